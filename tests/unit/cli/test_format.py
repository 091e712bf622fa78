"""`gaic fmt`: what it writes, prints and returns."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from gaic.parse.layout import LayoutError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Gaic

UGLY = "let  a=1\n"
TIDY = "let a = 1\n"
DIFF = "--- {0}\n+++ {0}\n@@ -1 +1 @@\n-let  a=1\n+let a = 1\n"


@pytest.fixture
def folder(project: Path) -> Path:
    """A folder with a file that would change, one that would not, and one with a mistake."""
    (project / "ugly.gai").write_text(UGLY)
    (project / "tidy.gai").write_text(TIDY)
    (project / "bad.gai").write_text("let  a = 1 +\n")
    return project


def feed(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_files_are_changed_in_place(folder: Path, gaic: Gaic) -> None:
    before = (folder / "tidy.gai").stat()
    ended = gaic("fmt", "ugly.gai", "tidy.gai")
    assert (ended.code, ended.out, ended.err) == (0, "", "formatted ugly.gai\n")
    assert (folder / "ugly.gai").read_text() == TIDY
    after = (folder / "tidy.gai").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert gaic("fmt", "ugly.gai", "tidy.gai").err == ""


def test_quiet(folder: Path, gaic: Gaic) -> None:
    ended = gaic("fmt", "-q", "ugly.gai")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert (folder / "ugly.gai").read_text() == TIDY


def test_a_mistake_stops_no_other_file(folder: Path, gaic: Gaic) -> None:
    ended = gaic("fmt", "bad.gai", "ugly.gai")
    assert ended.code == 1
    assert "error[GAI002]: a value is missing after `+`" in ended.err
    assert "bad.gai:1:12" in ended.err
    assert ended.err.endswith("formatted ugly.gai\n")
    assert (folder / "bad.gai").read_text() == "let  a = 1 +\n"
    assert gaic("fmt", "--exit-zero", "bad.gai").code == 0


def test_check_names_what_would_change(folder: Path, gaic: Gaic) -> None:
    ended = gaic("fmt", "--check", "ugly.gai", "tidy.gai")
    assert (ended.code, ended.out, ended.err) == (4, "ugly.gai\n", "")
    assert (folder / "ugly.gai").read_text() == UGLY
    assert gaic("fmt", "--check", "--exit-zero", "ugly.gai").code == 0
    assert gaic("fmt", "--check", "tidy.gai").code == 0
    assert gaic("fmt", "--check", "ugly.gai", "bad.gai").code == 1


@pytest.mark.parametrize("options", [("--diff",), ("--diff", "--check")])
def test_diff_shows_what_would_change(folder: Path, gaic: Gaic, options: tuple[str, ...]) -> None:
    ended = gaic("fmt", *options, "tidy.gai", "ugly.gai")
    assert (ended.code, ended.out, ended.err) == (4, DIFF.format("ugly.gai"), "")
    assert (folder / "ugly.gai").read_text() == UGLY
    assert gaic("fmt", *options, "tidy.gai").code == 0


def test_a_diff_on_a_terminal_hides_no_sign(folder: Path, gaic: Gaic, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "ugly.gai").write_text("let  a=1 # \u202e\x1b[2J\n")
    monkeypatch.setattr("gaic.cli.terminal.is_terminal", lambda _: True)
    ended = gaic("fmt", "--diff", "-q", "ugly.gai")
    assert "+let a = 1  # <U+202E><U+001B>[2J\n" in ended.out


def test_standard_input(project: Path, gaic: Gaic, monkeypatch: pytest.MonkeyPatch) -> None:
    del project
    feed(monkeypatch, b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode())
    ended = gaic("fmt", "-")
    assert (ended.code, ended.out, ended.err) == (0, TIDY, "")
    feed(monkeypatch, UGLY.encode())
    ended = gaic("fmt", "--check", "-")
    assert (ended.code, ended.out) == (4, "<stdin>\n")
    feed(monkeypatch, UGLY.encode())
    ended = gaic("fmt", "--diff", "-")
    assert (ended.code, ended.out) == (4, DIFF.format("<stdin>"))
    feed(monkeypatch, TIDY.encode())
    assert gaic("fmt", "-").out == TIDY
    feed(monkeypatch, b"let a = (\n")
    ended = gaic("fmt", "-")
    assert (ended.code, ended.out) == (1, "")
    assert "<stdin>:1:9" in ended.err
    feed(monkeypatch, b"# too long\n")
    ended = gaic("fmt", "--max-file-size", "5", "-")
    assert ended.code == 1
    assert "GAI505" in ended.err
    assert "--max-file-size N" in ended.err
    monkeypatch.setattr(sys, "stdin", None)
    assert gaic("fmt", "-").out == ""


def test_files_that_are_not_there(folder: Path, gaic: Gaic) -> None:
    ended = gaic("fmt", "ugly.gai", "uglo.gai")
    assert ended.code == 2
    assert "there is no such file" in ended.err
    assert (folder / "ugly.gai").read_text() == UGLY
    assert gaic("fmt", ".").code == 2
    assert gaic("fmt").code == 2


def test_what_cannot_be_written_stops_no_other_file(folder: Path, gaic: Gaic) -> None:
    (folder / "other.gai").write_text(UGLY)
    (folder / "ugly.gai.gaic-new").write_text("")
    ended = gaic("fmt", "--exit-zero", "ugly.gai", "bad.gai", "other.gai")
    assert ended.code == 2
    assert "error: ugly.gai cannot be written: ugly.gai.gaic-new is in the way" in ended.err
    assert (folder / "ugly.gai").read_text() == UGLY
    assert (folder / "other.gai").read_text() == TIDY


def test_a_fault_of_ours_writes_nothing(folder: Path, gaic: Gaic, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "the layout of ugly.gai would change its meaning"
        raise LayoutError(message)

    monkeypatch.setattr("gaic.api.formatting.lay_out", fail)
    ended = gaic("fmt", "ugly.gai")
    assert ended.code == 70
    assert "internal error: LayoutError: the layout of ugly.gai would change its meaning" in ended.err
    assert (folder / "ugly.gai").read_text() == UGLY
