"""Whoever changes the compiler, its library or what it runs on gets another fingerprint."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from gaic.api import fingerprint
from gaic.api.fingerprint import LIBRARIES, fingerprint_compiler
from gaic.source.diagnostic import GaicError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the compiler that may be edited."""
    copy = tmp_path / "gaic"
    shutil.copytree(fingerprint.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(fingerprint, "PACKAGE", copy)
    return copy


def test_it_depends_on_content_alone(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint_compiler()
    assert before is not None
    assert re.fullmatch("[0-9a-f]{64}", before)
    for path in package.rglob("*.py"):
        os.utime(path, (1, 1))
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.pyc").write_bytes(b"compiled")
    assert fingerprint_compiler() == before
    package.rename(tmp_path / "elsewhere")
    monkeypatch.setattr(fingerprint, "PACKAGE", tmp_path / "elsewhere")
    assert fingerprint_compiler() == before


def test_an_edit_that_keeps_size_and_time_is_seen(package: Path) -> None:
    before = fingerprint_compiler()
    path = package / "check" / "check.py"
    state = path.stat()
    text = path.read_text()
    path.write_text(text.replace("e", "f", 1))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert path.stat().st_size == state.st_size
    assert fingerprint_compiler() != before
    path.write_text(text)
    assert fingerprint_compiler() == before


@pytest.mark.parametrize("change", ["new", "renamed", "removed", "data"])
def test_every_file_counts(package: Path, change: str) -> None:
    before = fingerprint_compiler()
    match change:
        case "new":
            (package / "check" / "new.py").write_text("")
        case "renamed":
            (package / "check" / "check.py").rename(package / "check" / "chock.py")
        case "removed":
            (package / "check" / "check.py").unlink()
        case _:
            with (package / "parse" / "table.json").open("a") as file:
                file.write(" ")
    assert fingerprint_compiler() != before


def test_the_library_and_the_version_count(monkeypatch: pytest.MonkeyPatch) -> None:
    prints = {fingerprint_compiler()}
    monkeypatch.setattr(fingerprint, "hash_library", lambda: "another")
    prints.add(fingerprint_compiler())
    monkeypatch.setattr(fingerprint, "__version__", "99")
    prints.add(fingerprint_compiler())
    assert len(prints) == 3


@pytest.mark.parametrize("name", LIBRARIES)
def test_the_version_of_every_library_of_python_counts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint_compiler()
    really = fingerprint._version
    monkeypatch.setattr(fingerprint, "_version", lambda each: "99" if each == name else really(each))
    assert fingerprint_compiler() not in {before, None}
    monkeypatch.setattr(fingerprint, "_version", lambda each: None if each == name else really(each))
    assert fingerprint_compiler() is None


def test_a_version_is_found_without_an_import() -> None:
    from importlib.metadata import version

    assert [fingerprint._version(name) for name in LIBRARIES] == [f"{n}-{version(n)}.dist-info" for n in LIBRARIES]
    assert fingerprint._version("no_such_library") is None
    assert fingerprint._version("json") is None
    program = "import sys; from gaic.api.fingerprint import fingerprint_compiler as f; print(f())\n"
    program += "assert not {'lark', 'numpy', 'pint', 'tzdata'} & set(sys.modules)"
    shown = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert shown == {fingerprint_compiler()}


def test_what_cannot_be_read_has_none(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise GaicError

    with monkeypatch.context() as patch:
        patch.setattr(fingerprint, "hash_library", missing)
        assert fingerprint_compiler() is None
    shutil.rmtree(package)
    assert fingerprint_compiler() is None
