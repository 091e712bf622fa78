from __future__ import annotations

import pytest

from gaic.source.diagnostic import Severity
from gaic.source.rules.drawing import render_list, render_rule
from gaic.source.rules.pages import Rule, Section, find_code, near_codes, parse_page, read_rule, split_pieces

PAGE = """\
# GAI201: two things

Severity: error, warning

About `it`.

## Why

Because of a reason
that takes two lines.

- first
  entry
- second

## Example

```gai
## Documentation of the lamp.
lamp a {}

lamp b {}
```

Behind.
"""
RULE = Rule(
    "GAI201",
    "two things",
    (Severity.ERROR, Severity.WARNING),
    "About `it`.",
    (
        Section("Why", "Because of a reason\nthat takes two lines.\n\n- first\n  entry\n- second"),
        Section("Example", "```gai\n## Documentation of the lamp.\nlamp a {}\n\nlamp b {}\n```\n\nBehind."),
    ),
)


def test_a_page_is_read_and_headings_in_programs_are_none() -> None:
    assert parse_page(PAGE) == RULE
    assert parse_page(PAGE.replace("\n", "\r\n")) == RULE


@pytest.mark.parametrize(
    "text", ["", "# A page\n", "# GAI20: x\n\nSeverity: error\n\nx\n", PAGE.replace("error,", "fatal,")]
)
def test_a_page_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"a page begins|not a valid"):
        parse_page(text)


def test_a_section_is_cut_into_programs_and_text() -> None:
    pieces = [(piece.program, piece.text) for piece in split_pieces(RULE.sections[1].text)]
    assert pieces == [(True, "## Documentation of the lamp.\nlamp a {}\n\nlamp b {}"), (False, "Behind.")]


def test_a_page_is_drawn_for_a_width() -> None:
    assert render_rule(RULE, width=20) == (
        "error or warning GAI201: two things\n\nAbout `it`.\n\nWhy\n\nBecause of a reason\nthat takes two\nlines.\n\n"
        "- first entry\n- second\n\nExample\n\n    ## Documentation of the lamp.\n    lamp a {}\n\n    lamp b {}\n\n"
        "Behind.\n"
    )


def test_colours_only_where_they_are_wanted() -> None:
    assert render_rule(RULE, colour=True).startswith("\x1b[1;31merror or warning\x1b[0m \x1b[1mGAI201")
    assert "\x1b" not in render_rule(RULE)
    assert render_list([RULE], colour=True).startswith("\x1b[1mUnits")


def test_the_list_has_a_heading_for_each_hundred() -> None:
    first, second = read_rule("GAI001"), read_rule("GAI014")
    assert first is not None
    assert second is not None
    assert render_list([first, second, RULE]) == (
        f"Syntax\n  GAI001  error             {first.title}\n  GAI014  error             {second.title}\n"
        "\nUnits, counts and series\n  GAI201  error or warning  two things\n"
    )


@pytest.mark.parametrize("asked", ["GAI001", "gai001", "001", "1", "Gai1"])
def test_a_code_is_found_however_it_is_written(asked: str) -> None:
    assert find_code(asked) == "GAI001"


@pytest.mark.parametrize("asked", ["", "GAI", "GAI999", "0001", "\u0661", "xGAI001", "GAI001.md", "../pages"])
def test_what_is_no_code_has_no_page(asked: str) -> None:
    assert find_code(asked) is None
    assert read_rule(asked) is None


def test_the_nearest_codes_are_those_with_near_numbers() -> None:
    assert near_codes("gai000") == ("GAI001", "GAI002", "GAI003")
    assert near_codes("GAI2O1") == ("GAI201",)
    assert near_codes("nothing") == ()
