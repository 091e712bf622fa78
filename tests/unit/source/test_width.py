from __future__ import annotations

import pytest

from gaic.source.width import cells, escaped, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("plain", 5),
        ("\u65e5\u672c", 4),
        ("e\u0301", 1),
        ("\u00e9", 1),
        ("\uff21", 2),
        ("\U0001f600", 2),
        ("\U0001f469\u200d\U0001f467", 2),
        ("\U0001f44d\U0001f3fd", 2),
        ("\u2764\ufe0f", 2),
        ("\U0001f600\ufe0f", 2),
        ("\u1112\u1161\u11ab", 2),
        ("a\tb", 5),
        ("\t\t", 8),
        ("\u202e", 8),
        ("\x1b", 8),
        ("\u200d", 8),
    ],
)
def test_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_marks_are_shown_not_obeyed() -> None:
    assert escaped("a\u202eb\x1b[31m\x00") == "a<U+202E>b<U+001B>[31m<U+0000>"
    assert escaped("two\nlines\tx") == "two lines x"
    assert escaped("plain") == "plain"
    assert escaped("\u65e5") == "\u65e5"


def test_a_tab_goes_to_the_next_stop() -> None:
    assert [cell.width for cell in cells("ab\tc\t")] == [1, 1, 2, 1, 3]
