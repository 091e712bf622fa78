from __future__ import annotations

import pytest

from gaic.parse.text import documentation, shortened, text_value


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ('""', ""),
        ('"plain"', "plain"),
        (r'"a\n\t\"\\b"', 'a\n\t"\\b'),
        (r'"\u{1F600}\u{e9}"', "\U0001f600\u00e9"),
        ('"""a\\n"b" """', 'a\\n"b" '),
        ('"""\n  first\n    second\n  """', "first\n  second\n"),
    ],
)
def test_escapes_are_resolved(literal: str, value: str) -> None:
    assert text_value(literal) == (value, [])


@pytest.mark.parametrize(
    ("literal", "wrong"),
    [
        (r'"a\qb"', [(2, r"\q")]),
        (r'"\u{110000}"', [(1, r"\u{110000}")]),
        (r'"\u{d800}"', [(1, r"\u{d800}")]),
        (r'"\u12\x"', [(1, r"\u"), (5, r"\x")]),
    ],
)
def test_other_escapes_are_named_with_their_offset(literal: str, wrong: list[tuple[int, str]]) -> None:
    assert text_value(literal)[1] == wrong


def test_documentation_loses_its_signs() -> None:
    assert documentation("## One.\n  ##\n  ##   - two") == "One.\n\n  - two"


def test_long_texts_are_cut() -> None:
    assert shortened("abc") == "abc"
    assert shortened("x" * 50) == "x" * 37 + "..."
