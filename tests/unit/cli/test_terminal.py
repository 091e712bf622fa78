from __future__ import annotations

import io
import sys
import time

import pytest

from gaic.cli.progress import show_progress
from gaic.cli.terminal import escape_hidden, is_terminal, prepare_streams, wants_colour


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_want_a_terminal_that_knows_them_and_nobody_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(Terminal())
    assert not wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "")
    assert wants_colour(Terminal()), "empty means not set: no-color.org"
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(Terminal())
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_colour(Terminal())
    closed = io.StringIO()
    closed.close()
    assert not is_terminal(closed)


def test_hidden_characters_are_spelled_out() -> None:
    assert escape_hidden("a\x1b[2Jb\u202ec\r\nd\u2066\x9b") == "a<U+001B>[2Jb<U+202E>c<U+000D>\nd<U+2066><U+009B>"
    assert escape_hidden("日本 é") == "日本 é"
    assert escape_hidden("\udcc3\udcb6\udcff") == "ö\ufffd"
    assert escape_hidden("\ud800") == "<U+D800>"


def test_streams_that_are_no_files_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    latin = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stderr", latin)
    prepare_streams()
    assert latin.encoding == "utf-8"


def test_progress_shows_and_erases_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("gaic.cli.progress.QUIET_FOR", 0.0)
    monkeypatch.setattr("gaic.cli.progress.EVERY", 0.01)
    with show_progress("reading", quiet=False) as progress:
        progress.begin("writing \x1b")
        assert list(progress.follow("ab")) == ["a", "b"]
        deadline = time.monotonic() + 10
        while "writing <U+001B> 2 (0 s)" not in terminal.getvalue() and time.monotonic() < deadline:
            time.sleep(0.01)
    assert "writing <U+001B> 2 (0 s)" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[2K")


@pytest.mark.parametrize(("quiet", "stream"), [(True, Terminal()), (False, io.StringIO()), (False, Terminal())])
def test_progress_keeps_still_for_short_work_and_where_nobody_looks(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, quiet: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with show_progress("reading", quiet=quiet):
        pass
    assert stream.getvalue() == ""
