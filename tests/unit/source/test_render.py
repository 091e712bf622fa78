"""Diagnostics as text, to the letter."""

from __future__ import annotations

from textwrap import dedent

from gaic.source.diagnostic import Diagnostic, Label, Severity
from gaic.source.render import render_concise, render_full
from gaic.source.text import SourceFile, Span

FILE = SourceFile("models/a.gai", "one\ntwo three\n\nfour\nfive\nsix\nseven\n" + "line\n" * 5 + "last")


def span(word: str, file: SourceFile = FILE) -> Span:
    start = file.text.index(word)
    return Span(file, start, start + len(word))


def block(text: str) -> str:
    return dedent(text).removeprefix("\n")


def test_one_line_each() -> None:
    found = [
        Diagnostic("GAI201", "cannot add Time and Energy", span("three")),
        Diagnostic("GAI301", "two\nlines \u202e", None, severity=Severity.WARNING),
    ]
    assert render_concise(found) == (
        "models/a.gai:2:5: error[GAI201]: cannot add Time and Energy\nwarning[GAI301]: two lines <U+202E>\n"
    )
    assert render_concise([]) == ""
    assert render_full([]) == ""


def test_the_source_with_all_parties_notes_and_help() -> None:
    other = SourceFile("stdlib/b.gai", "hello world")
    found = Diagnostic(
        "GAI201",
        "cannot add Time and Energy",
        span("three"),
        "this is Time",
        (
            Label(span("two"), "this is Energy"),
            Label(span("four"), "seen here"),
            Label(span("seven")),
            Label(span("world", other), "declared here"),
        ),
        ("a fact\n  on two lines", "another"),
        "convert it",
    )
    assert render_full([found]) == block("""
        error[GAI201]: cannot add Time and Energy
         --> models/a.gai:2:5
          |
        2 | two three
          |     ^^^^^ this is Time
          | --- this is Energy
        3 |
        4 | four
          | ---- seen here
        ...
        7 | seven
          | -----
         ::: stdlib/b.gai:1:7
          |
        1 | hello world
          |       ----- declared here
          |
          = note: a fact
                    on two lines
          = note: another
          = help: convert it
        """)


def test_line_numbers_share_a_margin() -> None:
    found = Diagnostic("GAI001", "x", span("last"), labels=(Label(span("two")),))
    assert render_full([found]) == block("""
        error[GAI001]: x
          --> models/a.gai:13:1
           |
         2 | two three
           | ---
        ...
        13 | last
           | ^^^^
        """)


def test_several_are_separated_by_a_blank_line() -> None:
    found = Diagnostic("GAI001", "x", None, help="y")
    assert render_full([found, found]) == block("""
        error[GAI001]: x
          = help: y

        error[GAI001]: x
          = help: y
        """)


def test_a_place_of_several_lines_is_underlined_to_the_end_of_its_first() -> None:
    found = Diagnostic("GAI001", "x", Span(FILE, 8, 20))
    assert render_full([found]).splitlines()[3:] == ["2 | two three", "  |     ^^^^^"]


def test_an_empty_place_has_one_mark() -> None:
    assert render_full([Diagnostic("GAI001", "x", Span(FILE, 3, 3))]).splitlines()[3:] == ["1 | one", "  |    ^"]
    end = len(FILE.text)
    assert render_full([Diagnostic("GAI001", "x", Span(FILE, end, end))]).splitlines()[3:] == [
        "13 | last",
        "   |     ^",
    ]


def test_columns_are_right_behind_wide_characters_tabs_and_marks() -> None:
    file = SourceFile("a.gai", "\t\u65e5e\u0301\U0001f469\u200d\U0001f467\u202e here")
    lines = render_full([Diagnostic("GAI001", "x", span("here", file))]).splitlines()
    assert lines[3] == "1 |     \u65e5e\u0301\U0001f469\u200d\U0001f467<U+202E> here"
    assert lines[4] == "  |" + " " * (1 + 4 + 2 + 1 + 2 + 8 + 1) + "^^^^"


def test_long_lines_are_cut_around_the_place() -> None:
    file = SourceFile("a.gai", "a " * 500 + "here" + " b" * 5000)
    lines = render_full([Diagnostic("GAI001", "x", span("here", file))]).splitlines()
    assert len(lines[3]) <= 164
    assert lines[3].startswith("1 | ...a a ")
    assert lines[3].endswith(" b b...")
    assert lines[4].index("^") == lines[3].index("here")
    assert lines[4].count("^") == 4


def test_marks_outside_a_cut_line_stay_at_its_ends() -> None:
    file = SourceFile("a.gai", "first " + "a " * 500 + "here" + " b" * 500 + " last")
    labels = (Label(span("first", file)), Label(span("last", file)))
    found = Diagnostic("GAI001", "x", span("here", file), labels=labels)
    lines = render_full([found]).splitlines()
    assert lines[5] == "  |    -"
    assert lines[6].index("-") <= len(lines[3])


def test_a_file_name_does_no_harm() -> None:
    file = SourceFile("a\x1b[2J.gai", "x")
    assert "a<U+001B>[2J.gai:1:1" in render_concise([Diagnostic("GAI001", "x", Span(file, 0, 1))])


def test_colour_is_only_there_when_asked_for() -> None:
    found = [Diagnostic("GAI001", "x", span("two"), "l", (Label(span("one")),), ("n",), severity=Severity.WARNING)]
    plain, coloured = render_full(found), render_full(found, colour=True)
    assert "\x1b" not in plain
    assert coloured.startswith("\x1b[1;33mwarning[GAI001]\x1b[0m\x1b[1m: x\x1b[0m\n")
    import re

    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_several_labels_of_one_line_have_a_line_each_and_the_place_comes_first() -> None:
    file = SourceFile("a.gai", "\u65e5\u672c + \U0001f44d\U0001f3fd * x")
    labels = (Label(span("\u65e5\u672c", file), "wide"), Label(span("\U0001f44d\U0001f3fd", file), "emoji"))
    lines = render_full([Diagnostic("GAI001", "m", span("x", file), "here", labels)]).splitlines()
    assert lines[3:] == [
        "1 | \u65e5\u672c + \U0001f44d\U0001f3fd * x",
        "  |             ^ here",
        "  | ---- wide",
        "  |        -- emoji",
    ]


def test_a_place_behind_the_last_line_end_is_an_empty_line() -> None:
    file = SourceFile("a.gai", "let a = 1\n")
    assert render_full([Diagnostic("GAI001", "m", Span(file, 10, 10))]).splitlines()[3:] == ["2 |", "  | ^"]


def test_a_place_that_begins_inside_an_emoji_still_has_a_mark() -> None:
    file = SourceFile("a.gai", "a \U0001f44d\U0001f3fd b")
    lines = render_full([Diagnostic("GAI001", "m", Span(file, 3, 4))]).splitlines()
    assert lines[4] == "  |     ^"


def test_a_long_line_of_wide_characters_is_cut_to_the_same_columns() -> None:
    file = SourceFile("a.gai", "\u65e5" * 100_000 + "x" + "\u672c" * 100_000)
    lines = render_full([Diagnostic("GAI001", "m", span("x", file))]).splitlines()
    before = lines[3].index("x")
    wide = sum(character in "\u65e5\u672c" for character in lines[3][:before])
    assert lines[4].index("^") == before + wide
    assert len(lines[3]) < 164
