"""Writes the pieces of a chunk line by line: indentation, blank lines, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from gaic.parse.layout_breaks import STEP, WIDTH, Breaks
from gaic.parse.layout_pieces import BLANKS, Role
from gaic.parse.newlines import CLOSING, OPENING, terminals

if TYPE_CHECKING:
    from gaic.parse.layout_breaks import Rank
    from gaic.parse.layout_pieces import Pieces
    from gaic.parse.layout_sheet import Sheet

_MARK = re.compile(r"\n|#[^\n]*")
_CLAUSES = terminals("FROM CONF NOTE WITHIN USUAL")
_BRANCHES = terminals("THEN ELSE")
_GENERATORS = terminals("FOR WHERE")
_GIVING = terminals("EQUAL COLON")
_WHOLE = terminals("DOC NUMBERS")
_PER_LINE = (24, 12, 6, 3, 1)
"""Numbers on one line where lines are filled anew: days of hours, and parts of a day."""


@dataclass(slots=True)
class Frame:
    """An open bracket, or the file: what stands in it, and how far lines in it are indented.

    `base` is the indentation of the line with the bracket, `inner` that of what is in it, `element` that of the present
    element, or of the value of the present entry of a block. `ladder` has the operators that open lines of that
    element, the loosest first, each with the indentation of its lines.
    """

    role: Role
    opening: int
    base: int
    inner: int
    element: int = 0
    ladder: list[tuple[Rank, int]] = field(default_factory=list)

    def begin(self, indent: int) -> int:
        """Begin an element at an indentation."""
        self.element = indent
        self.ladder.clear()
        return indent

    def climb(self, rank: Rank) -> int:
        """The indentation of a line with an operator: a step deeper than that of a looser one above."""
        while self.ladder and self.ladder[-1][0] > rank:
            self.ladder.pop()
        if not self.ladder:
            self.ladder.append((rank, self.element + STEP))
        elif self.ladder[-1][0] < rank:
            self.ladder.append((rank, self.ladder[-1][1] + STEP))
        return self.ladder[-1][1]


class Blanks(Enum):
    """Where blank lines of a gap stay, one for several."""

    ALL = "between entries, items and elements"
    INNER = "behind the first comment only: the gap is the beginning of a block or bracket"
    NONE = "nowhere: within an expression, and between documentation and what it is about"


def write_pieces(text: str, pieces: Pieces, sheet: Sheet) -> None:
    """Lay out the pieces of one chunk."""
    _Writer(text, pieces, sheet).write()


def write_comments(text: str, start: int, end: int, sheet: Sheet, indent: int, blanks: Blanks) -> bool:
    """Lay out the comments of a gap; whether a blank line stands behind them, or in the gap if there are none."""
    may_be_apart = blanks == Blanks.ALL
    ends = 0
    for mark in _MARK.finditer(text, start, end):
        if mark[0] == "\n":
            ends += 1
            continue
        comment = mark[0].rstrip(BLANKS)
        if ends or not sheet.comment_on(comment):
            sheet.add_comment(" " * indent + comment, apart=may_be_apart and ends > 1)
            may_be_apart = blanks != Blanks.NONE
        ends = 0
    return may_be_apart and ends > 1


def write_documentation(block: str, indent: int, sheet: Sheet, *, apart: bool) -> None:
    """Lay out a block of `##` lines."""
    for line in block.split("\n"):
        sheet.add_comment(" " * indent + line.strip(BLANKS), apart=apart)
        apart = False


class _Writer:
    """Goes through the pieces once."""

    def __init__(self, text: str, pieces: Pieces, sheet: Sheet) -> None:
        self._text = text
        self._pieces = pieces
        self._sheet = sheet
        self._breaks = Breaks(pieces)
        self._frames = [Frame(Role.BLOCK, -1, -STEP, 0)]

    def write(self) -> None:
        """Write all lines."""
        place = 0
        while place < len(self._pieces):
            indent = self._indent(place)
            end = self._breaks.end(place)
            while self._is_long(place, end, indent) and self._breaks.shorten(place, end, indent, self._inside()):
                end = self._breaks.end(place)
            self._write_line(place, end, indent)
            self._go_on(place, end, indent)
            place = end

    def _is_long(self, place: int, end: int, indent: int) -> bool:
        return self._pieces.kinds[place] not in _WHOLE and self._breaks.width(place, end, indent) > WIDTH

    def _inside(self) -> list[int | None]:
        return [frame.inner if frame.role == Role.BLOCK else None for frame in self._frames]

    # ------------------------------------------------------------ indentation

    def _indent(self, place: int) -> int:
        """Where a line begins."""
        pieces, frame = self._pieces, self._frames[-1]
        kind = pieces.kinds[place]
        if kind in CLOSING:
            return frame.base
        if frame.role == Role.BLOCK:
            if pieces.starts[place]:
                return frame.begin(frame.inner)
            if pieces.kinds[place - 1] in _GIVING or kind in _BRANCHES:
                return frame.begin(frame.inner + STEP)
            if kind in _CLAUSES:
                return frame.inner + STEP
        elif place == frame.opening + 1 or pieces.comma[place - 1] or kind in _BRANCHES:
            return frame.begin(frame.inner)
        elif kind in _GENERATORS:
            return frame.inner
        return frame.climb(self._breaks.rank(place))

    def _go_on(self, place: int, end: int, indent: int) -> None:
        """Go into the brackets that a line opens and out of those that it closes.

        What is in a bracket stands a step deeper than the line with the bracket. Where it begins behind the bracket,
        lines are set apart more, and again more for each further bracket of the same line.
        """
        pieces = self._pieces
        known = len(self._frames)
        for each in range(place, end):
            kind = pieces.kinds[each]
            if kind in OPENING:
                role = Role(pieces.role[each])
                frame = Frame(role, each, indent, indent + STEP)
                if role != Role.BLOCK and not self._breaks.begins(each + 1):
                    frame.inner += STEP * (1 + len(self._frames) - known)
                frame.begin(frame.inner - STEP if role == Role.GROUP else frame.inner)
                self._frames.append(frame)
            elif kind in CLOSING:
                self._frames.pop()
                known = min(known, len(self._frames))

    # ------------------------------------------------------------ lines

    def _write_line(self, place: int, end: int, indent: int) -> None:
        pieces = self._pieces
        kind = pieces.kinds[place]
        inner = self._frames[-1].inner if kind in CLOSING else indent
        start, stop = pieces.gap_start[place], pieces.gap_end[place]
        apart = write_comments(self._text, start, stop, self._sheet, inner, self._blanks(place))
        apart = apart and kind not in CLOSING
        if kind == "DOC":
            write_documentation(pieces.texts[place], indent, self._sheet, apart=apart)
        elif kind == "NUMBERS":
            self._write_numbers(place, indent)
        else:
            self._sheet.add(self._breaks.written(place, end, indent), apart=apart)

    def _blanks(self, place: int) -> Blanks:
        """Which blank lines may stand before a line."""
        pieces, frame = self._pieces, self._frames[-1]
        if place > 0 and pieces.kinds[place - 1] == "DOC":
            return Blanks.NONE
        if place > 0 and place == frame.opening + 1:
            return Blanks.INNER
        between = pieces.starts[place] or pieces.comma[place - 1] or pieces.kinds[place] in CLOSING
        return Blanks.ALL if between else Blanks.NONE

    def _write_numbers(self, place: int, indent: int) -> None:
        """A list of numbers line by line, in columns; the lines of the author where none is too long."""
        rows = self._pieces.rows[place]
        widest = max(len(number) for row in rows for number in row)
        most = (WIDTH - indent + 1) // (widest + 2)
        if max(map(len, rows)) > most:
            numbers = [number for row in rows for number in row]
            size = next((size for size in _PER_LINE if size <= most), 1)
            rows = [numbers[start : start + size] for start in range(0, len(numbers), size)]
        if len(rows) == 1:
            widest = 0
        for row in rows:
            self._sheet.add(" " * indent + ", ".join(f"{number:>{widest}}" for number in row) + ",", apart=False)
