"""Errors in gaic itself: told once, with a report that can be sent, and always exit code 70."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from gaic import __version__
from gaic.cli import crash
from gaic.cli.options import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.cli.conftest import Compiler, Gaic

# Runs the command with a stand-in for the compiler that fails in the way the test says.
STAND_IN = """
import sys
from types import SimpleNamespace
from gaic.cli.main import main

def deeper():
    deeper()

def fail(*_):
    {body}

sys.modules["gaic.api.compile"] = SimpleNamespace(build_model=fail, compile_model=fail, check_model=fail)
main(sys.argv[1:])
"""


def reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("gaic-crash-*.txt"))


def run(folder: Path, body: str, arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A command line of a shell that runs the command; `$GAIC` stands for the command."""
    paths = [os.path.abspath(path) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]  # noqa: PTH100 - texts
    script = folder / "stand_in.py"
    script.write_text(STAND_IN.format(body=body))
    return subprocess.run(
        ["sh", "-c", arguments.replace("$GAIC", f'"{sys.executable}" "{script}"')],
        cwd=folder,
        # Unbuffered, what a test prints would fail by itself.
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": ""},
        capture_output=True,
        check=False,
    )


def test_the_report_holds_versions_command_limits_and_places(gaic: Gaic, compiler: Compiler, project: Path) -> None:
    compiler.failure = TypeError("oh \x1b[2J\u202e")
    found = gaic("build", "m.gai", "--max-rows", "7")
    assert (found.code, found.out) == (70, "")
    (path,) = reports(project)
    assert found.err == (
        "internal error: TypeError: oh <U+001B>[2J<U+202E>\n"
        "This is a fault of gaic, not of your model. Please report it.\n"
        f"Send {path.name} along: it holds versions, the command line and the places in the code, not your model.\n"
        "The same command with -v prints the traceback.\n"
    )
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"gaic {__version__}: internal error TypeError\n")
    assert "command:  gaic build m.gai --max-rows 7\nlimits:   csv_rows=7\npython:   " in text
    assert re.search(r"^packages: click \d.*, numpy \d.*, tzdata \d", text, re.MULTILINE)
    assert "TypeError: oh <U+001B>[2J<U+202E>\n" in text
    assert "\n  gaic/cli/build.py:" in text


def test_the_report_tells_nobody_where_anything_lies_or_what_the_environment_is(
    gaic: Gaic, compiler: Compiler, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "m.gai").write_text("# a secret plan")
    monkeypatch.setenv("SECRET_PLAN", "a hidden word")
    compiler.failure = ValueError("x")
    gaic("build", "m.gai")
    (path,) = reports(project)
    text = path.read_text()
    for word in ("secret plan", "SECRET_PLAN", "a hidden word", str(Path.cwd()), str(Path(crash.__file__).parent)):
        assert word not in text
    assert "not the text of your model, no environment variables, no time" in text


def test_the_same_error_leaves_one_report_and_nothing_is_replaced(
    gaic: Gaic, compiler: Compiler, project: Path
) -> None:
    compiler.failure = TypeError("oh")
    first = gaic("build", "m.gai")
    (path,) = reports(project)
    before = path.stat()
    compiler.failure = TypeError("oh")
    assert gaic("build", "m.gai").err == first.err
    assert reports(project) == [path]
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    path.write_text("mine")
    compiler.failure = TypeError("oh")
    found = gaic("build", "m.gai")
    assert path.read_text() == "mine"
    assert found.code == 70
    assert "The report cannot be written into this folder, so here it is:\n\ngaic " in found.err
    assert "command:  gaic build m.gai" in found.err


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_is_not_written_through(gaic: Gaic, compiler: Compiler, project: Path) -> None:
    compiler.failure = TypeError("oh")
    gaic("build", "m.gai")
    (path,) = reports(project)
    path.unlink()
    path.symlink_to(project / "far")
    compiler.failure = TypeError("oh")
    assert "so here it is" in gaic("build", "m.gai").err
    assert not (project / "far").exists()


def test_where_no_file_can_be_written_the_report_is_printed(
    gaic: Gaic, compiler: Compiler, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, mode: str = "r", **settings: str) -> IO[str]:
        if "x" in mode:
            raise PermissionError(13, "Permission denied", str(self))
        return really_open(self, mode, **settings)  # type: ignore[call-overload, no-any-return]  # handed through

    compiler.failure = TypeError("oh")
    really_open = Path.open
    monkeypatch.setattr(Path, "open", refuse)
    found = gaic("build", "m.gai")
    assert found.code == 70
    assert "so here it is:\n\ngaic " in found.err
    assert "not the text of your model" in found.err
    assert reports(project) == []


def test_a_report_that_does_not_fit_on_the_disk_is_taken_back(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(io.FileIO):
        def write(self, content: object) -> int:
            super().write(bytes(content)[:10])  # type: ignore[call-overload]  # bytes, whatever the base class takes
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", Full)
    crash.tell_internal(TypeError("oh"), Settings(), ["build"])
    assert reports(project) == []
    assert "so here it is" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("deeper()", "RecursionError: maximum recursion depth exceeded"),
        ("bytes(2**62)", "MemoryError"),
        ("raise AssertionError", "AssertionError"),
        ("raise FileNotFoundError(2, 'No such file', 'rules.txt')", "FileNotFoundError: [Errno 2] No such file: "),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_whatever_fails_is_told_the_same_way(project: Path, body: str, shown: str) -> None:
    finished = run(project, body, "$GAIC build m.gai")
    assert finished.returncode == 70
    assert finished.stderr.decode().startswith(f"internal error: {shown}")
    assert finished.stderr.count(b"internal error") == 1
    assert b"Traceback" not in finished.stderr
    (path,) = reports(project)
    lines = path.read_text().splitlines()
    assert len(lines) < 70
    assert any(line.startswith("  stand_in.py:") for line in lines)
    assert any(re.fullmatch(r"  \.\.\. \d+ more \.\.\.", line) for line in lines) == ("deeper" in body)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux that is always full")
@pytest.mark.parametrize(
    "streams", ["2>&-", "2>/dev/full", ">/dev/full", ">&- 2>&-", ">/dev/full 2>/dev/full", "2>&1 >/dev/full | true"]
)
def test_the_exit_code_is_70_whatever_becomes_of_the_streams(project: Path, streams: str) -> None:
    body = "print('half a result'); raise TypeError('oh')"
    finished = run(
        project,
        body,
        f"{{ $GAIC build m.gai {streams.removesuffix('| true')}; echo $? >code; }}"
        + (" | true" if streams.endswith("| true") else ""),
    )
    assert finished.returncode == 0
    assert (project / "code").read_text() == "70\n"
    assert b"Traceback" not in finished.stderr + finished.stdout
    assert len(reports(project)) == 1


def test_v_prints_the_traceback(gaic: Gaic, compiler: Compiler) -> None:
    compiler.failure = TypeError("oh")
    found = gaic("build", "m.gai", "-v")
    assert "\nTraceback (most recent call last):\n" in found.err
    assert found.err.endswith("TypeError: oh\n")
    assert "with -v" not in found.err


def test_where_an_error_came_from_is_part_of_the_report(project: Path) -> None:
    def inner() -> None:
        raise KeyError("inner")

    def outer() -> None:
        try:
            inner()
        except KeyError as error:
            raise TypeError("outer") from error

    crash.tell_internal(caught(outer), Settings(), [])
    (path,) = reports(project)
    text = path.read_text()
    assert text.index("TypeError: outer") < text.index("before that:\nKeyError: 'inner'")


def test_an_error_that_cannot_be_told_is_still_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise ValueError

    crash.tell_internal(Mute(), Settings(), ["x" * 1000])
    assert capsys.readouterr().err.startswith("internal error: Mute\n")
    assert len(reports(project)) == 1


def test_a_long_message_is_cut(project: Path) -> None:
    crash.tell_internal(TypeError("secret " * 1000), Settings(), [])
    (path,) = reports(project)
    assert max(map(len, path.read_text().splitlines())) < 400


def test_a_report_that_fails_gives_way_to_a_short_one(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(crash, "extract_tb", fail)
    crash.tell_internal(TypeError("oh"), Settings(), [])
    (path,) = reports(project)
    assert path.read_text() == f"gaic {__version__}: TypeError; the report failed with MemoryError\n"
    assert capsys.readouterr().err.startswith("internal error: TypeError: oh\n")


def test_the_packages_of_a_report_are_those_gaic_needs(repository: Path) -> None:
    needed = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert sorted(re.split(r"[^a-z0-9]", each)[0] for each in needed) == sorted(crash.LIBRARIES)


def caught(function: Callable[[], None]) -> Exception:
    """The error that a function ends with."""
    try:
        function()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error
    raise AssertionError
