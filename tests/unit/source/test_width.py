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
        # Emoji: flags, keycaps, families, skin tones, a flag of three parts, text and picture style.
        ("\U0001f1eb\U0001f1f7", 2),
        ("\U0001f1eb\U0001f1f7\U0001f1e9\U0001f1ea", 4),
        ("1\ufe0f\u20e3", 2),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", 2),
        ("\U0001f469\U0001f3fd\u200d\U0001f680", 2),
        ("\U0001f3f3\ufe0f\u200d\U0001f308", 2),
        ("\u2764\ufe0f\u200d\U0001f525", 2),
        ("\u2764", 1),
        ("\u2764\ufe0e", 1),
        ("\u231a", 2),
        ("\U0001f3fd", 2),
        ("a\U0001f3fd", 3),
        # Marks that stand on the letter before, and those of other scripts.
        ("a\u0308\u0323o", 2),
        ("\u0928\u093f", 1),
        ("\u0e01\u0e33", 2),
        ("\u05e9\u05b8\u05c1", 1),
        ("\u0301", 0),
        # Wide, half-width and ambiguous.
        ("\uff71\uff9e", 2),
        ("\uac00", 2),
        ("\u3042\u3099", 2),
        ("\u03b1\u00b5\u2126", 3),
        # What would act on a terminal is spelled out.
        ("\x00\x7f\x9b", 24),
        ("\u2028\u2029\u2066\u2069", 32),
        ("\ufeff\u200b\u00ad", 24),
        ("\ud800", 8),
        ("\t\u65e5\t", 8),
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
