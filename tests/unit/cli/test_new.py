"""`gaic new` as it is typed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Gaic


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="quotes and separators of POSIX")
def test_it_says_what_to_type_next(gaic: Gaic, here: Path) -> None:
    found = gaic("new", "a/My service", "--template", "rag")
    assert (found.code, found.err) == (0, "")
    assert found.out == (
        "a/My service holds .gitignore, README.md, ci-example.yml, gaic.toml, model.gai, starts.csv.\n"
        "\n"
        "Type next:\n"
        "  cd 'a/My service'\n"
        "  gaic check model.gai\n"
        "  gaic build model.gai\n"
        "and open build/model/index.html in a browser.\n"
    )
    assert (here / "a" / "My service" / "starts.csv").is_file()
    assert gaic("new", "x/../y").out.startswith("y holds ")


def test_this_folder_needs_no_way_to_it(gaic: Gaic, here: Path) -> None:
    found = gaic("new", ".")
    assert found.code == 0
    assert found.out.startswith("This folder holds ")
    assert "cd " not in found.out
    assert (here / "model.gai").read_text(encoding="utf-8").startswith(f"## {here.name.strip('_')}: people talk")


def test_quiet_says_nothing(gaic: Gaic, here: Path) -> None:
    found = gaic("new", "mine", "-q")
    assert (found.code, found.out, found.err) == (0, "", "")
    assert (here / "mine" / "model.gai").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("",), "error: `` cannot be the name of a project: it is empty\nhelp: use letters"),
        ((" ",), "error: ` ` cannot be the name"),
        (("a\u202eb",), "error: `a<U+202E>b` cannot be the name of a project: `<U+202E>` is not usable in it\n"),
        (("full",), "error: full is not empty\nhelp: name a folder that is not there yet, or an empty one\n"),
        (("mine", "--template", "chart"), "Usage: gaic new [OPTIONS] NAME\n"),
        ((), "Usage: gaic new [OPTIONS] NAME\n"),
    ],
)
def test_wrong_use_writes_nothing(gaic: Gaic, here: Path, arguments: tuple[str, ...], said: str) -> None:
    (here / "full").mkdir()
    (here / "full" / "file").write_text("")
    found = gaic("new", *arguments)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(said)
    assert sorted(path.name for path in here.rglob("*")) == ["file", "full"]
