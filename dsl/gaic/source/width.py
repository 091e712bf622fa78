"""How wide a text is on a terminal, and how it is shown without harm."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

TAB = 4
"""Columns from one tab stop to the next."""
WIDE = 2
"""Columns of a wide character."""

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_HANGUL_INNER = range(0x1160, 0x1200)
# Control, format (among them the marks that turn the direction of writing), line and paragraph separators, surrogates.
_ESCAPED = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_COMBINING = frozenset({"Mn", "Me", "Mc"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One character as it is shown, and the columns it takes."""

    shown: str
    width: int


def cells(line: str) -> list[Cell]:
    """Each character of a line as it is shown: a tab as blanks, a control or direction mark as `<U+202E>`.

    A combining mark takes no column, a wide character two; an emoji keeps two columns whatever is joined to it.
    """
    result: list[Cell] = []
    column = 0
    for index, character in enumerate(line):
        if "\x20" <= character <= "\x7e":
            cell = Cell(character, 1)
        elif character == "\t":
            blanks = TAB - column % TAB
            cell = Cell(" " * blanks, blanks)
        else:
            cell = _cell(line, index, result)
        result.append(cell)
        column += cell.width
    return result


def _cell(line: str, index: int, before: list[Cell]) -> Cell:
    character = line[index]
    code = ord(character)
    wide_before = _wide_before(before)
    category = unicodedata.category(character)
    if character == _JOINER and wide_before and index + 1 < len(line):
        return Cell(character, 0)
    if category in _ESCAPED:
        shown = f"<U+{code:04X}>"
        return Cell(shown, len(shown))
    if code in _SKIN_TONES and wide_before:
        return Cell(character, 0)
    if character == _EMOJI_STYLE:
        return Cell(character, 1 if before and before[-1].width == 1 else 0)
    if category in _COMBINING or code in _HANGUL_INNER:
        return Cell(character, 0)
    if index and line[index - 1] == _JOINER and before[-1].width == 0:
        return Cell(character, 0)
    return Cell(character, WIDE if unicodedata.east_asian_width(character) in "WF" else 1)


def _wide_before(before: list[Cell]) -> bool:
    """Whether the nearest character that takes columns is wide, an emoji with its style among them."""
    for cell in reversed(before):
        if cell.width:
            return cell.width == WIDE or cell.shown == _EMOJI_STYLE
    return False


def width(text: str) -> int:
    """The columns that a line takes as it is shown."""
    return sum(cell.width for cell in cells(text))


def escaped(text: str) -> str:
    """A text that may be shown in one line: line ends and tabs as blanks, other marks as `<U+202E>`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(cell.shown for cell in cells(text.replace("\n", " ").replace("\t", " ")))
