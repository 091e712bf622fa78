"""The tokens of one chunk as pieces of a layout: which belong together, what stood between them."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import accumulate
from typing import TYPE_CHECKING

from gaic.parse.newlines import CLOSING, OPENING, opens_block, terminals

if TYPE_CHECKING:
    from lark import Token

BLANKS = " \t\r"
"""What may stand at the end of a line and is left out there."""

_SEPARATING = terminals("NL SEMI")
_SUBJECT = terminals("NAME RPAR RSQB RBRACE")
"""Behind these `(` is a call and `[` an index."""
_OPERAND = _SUBJECT | terminals("TYPE NUMBER NUMBERS QUANTITY STRING DATE TIME TRUE FALSE NOTHING UNIT OPT")
"""Behind these `-` has two sides."""
_TIGHT_BEFORE = terminals("RPAR RSQB DOT OPT")
_TIGHT_BEHIND = terminals("LPAR LSQB DOT")
_TYPE_SIGNS = terminals("STAR SLASH CIRCUMFLEX")
_SHORTEST = 2
_IN_TYPE = _TYPE_SIGNS | terminals("TYPE NAME DOT NUMBER")


class Role(IntEnum):
    """What a bracket holds."""

    BLOCK = 0
    """Entries, each a statement."""
    ITEMS = 1
    """What commas separate; the last one may have a comma too."""
    GROUP = 2
    """One expression, or the name of a kind."""
    GATHERED = 3
    """An expression with the generators behind it."""


@dataclass(slots=True)
class Pieces:
    """The tokens of a chunk without commas, semicolons and line ends, which are marks of the piece before or behind.

    `gap_start` and `gap_end` bound what stood in front of a piece: blanks, line ends, comments, separators.
    """

    kinds: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    gap_start: array[int] = field(default_factory=lambda: array("q"))
    gap_end: array[int] = field(default_factory=lambda: array("q"))
    comma: bytearray = field(default_factory=bytearray)
    """A comma follows, other than one before a closing bracket."""
    starts: bytearray = field(default_factory=bytearray)
    """It begins an item or entry, or the documentation of one."""
    tight: bytearray = field(default_factory=bytearray)
    """No blank stands between it and the piece before."""
    sign: bytearray = field(default_factory=bytearray)
    """A `-` with one side, or a sign within a type: no place for a line end."""
    ends_line: bytearray = field(default_factory=bytearray)
    """A line end stood in front of it."""
    apart: bytearray = field(default_factory=bytearray)
    """A blank line or a comment of its own line stood in front of it."""
    comment: bytearray = field(default_factory=bytearray)
    """A comment stood in front of it."""
    match: array[int] = field(default_factory=lambda: array("q"))
    """The other bracket of a pair; -1 for all else."""
    role: bytearray = field(default_factory=bytearray)
    """What a bracket holds, on both of the pair."""
    rows: dict[int, list[list[str]]] = field(default_factory=dict)
    """The lines of a list of plain numbers as they were written."""
    end: int = 0
    """Where the last one ends."""

    def __len__(self) -> int:
        return len(self.kinds)

    def blank(self, place: int) -> str:
        """What stands between a piece and the one before on the same line."""
        if self.starts[place] and self.kinds[place - 1] != "LBRACE":
            return "; "
        return "" if self.tight[place] else " "

    def widths(self) -> array[int]:
        """For each piece the width of all before it, written in one line."""
        pairs = zip(map(len, self.texts), range(len(self.kinds)), strict=True)
        each = (length + len(self.blank(place)) + self.comma[place] for length, place in pairs)
        return array("q", accumulate(each, initial=0))

    def elements(self, opening: int) -> list[int]:
        """Where the elements in a pair of brackets begin: entries of a block, or what commas separate."""
        found: list[int] = []
        block = self.role[opening] == Role.BLOCK
        place, end = opening + 1, self.match[opening]
        while place < end:
            if self.starts[place] if block else place == opening + 1 or self.comma[place - 1]:
                found.append(place)
            other = self.match[place]
            place = max(place, other) + 1
        return found


def read_pieces(text: str, tokens: list[Token], start: int) -> Pieces:
    """The pieces of one chunk; `start` is where the text begins that no chunk before has covered."""
    return _Cutter(text, start).cut(tokens)


class _Cutter:
    """Goes through the tokens of a chunk once."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._pieces = Pieces(end=start)
        self._gap = start
        self._opened: list[int] = []
        self._range = [-1]  # the last `..` in each open bracket
        self._new = True
        self._in_type = False

    def cut(self, tokens: list[Token]) -> Pieces:
        pieces = self._pieces
        for token in tokens:
            kind = token.type
            if kind == "COMMA":
                pieces.comma[-1] = 1
                self._in_type = False
                self._range[-1] = -1
            elif kind in _SEPARATING:
                self._new = not self._opened or pieces.role[self._opened[-1]] == Role.BLOCK
            else:
                self._add(kind, token)
        pieces.end = self._gap
        return pieces

    def _add(self, kind: str, token: Token) -> None:
        pieces = self._pieces
        place = len(pieces)
        start = token.start_pos or 0
        pieces.kinds.append(kind)
        pieces.texts.append(token.value)
        pieces.gap_start.append(self._gap)
        pieces.gap_end.append(start)
        pieces.comma.append(0)
        pieces.starts.append(self._new)
        pieces.sign.append(self._is_sign(kind, place))
        pieces.tight.append(place > 0 and not self._new and self._is_tight(kind, place))
        ends = self._text.find("\n", self._gap, start)
        pieces.ends_line.append(ends != -1)
        pieces.apart.append(ends != -1 and self._text.find("\n", ends + 1, start) != -1)
        pieces.comment.append(self._text.find("#", self._gap, start) != -1)
        pieces.match.append(-1)
        pieces.role.append(0)
        self._gap = token.end_pos or 0
        self._new = kind == "DOC"
        self._in_type = kind == "TYPE" or (self._in_type and kind in _IN_TYPE)
        if kind in OPENING:
            self._open(kind, place)
        elif kind in CLOSING:
            self._close(kind, place)
        elif kind == "NUMBERS":
            pieces.rows[place] = number_rows(token.value)
            pieces.ends_line[place] |= "\n" in token.value
            pieces.texts[place] = ", ".join(number for row in pieces.rows[place] for number in row)
        elif kind == "FOR" and self._opened:
            pieces.role[self._opened[-1]] = Role.GATHERED
        elif kind == "DOTDOT":
            self._range[-1] = place
        elif kind == "GIVES" and self._range[-1] >= 0:
            pieces.tight[self._range[-1]] = pieces.tight[self._range[-1] + 1] = 1
            self._range[-1] = -1

    def _is_sign(self, kind: str, place: int) -> bool:
        pieces = self._pieces
        if kind == "MINUS":
            return self._new or pieces.kinds[place - 1] not in _OPERAND or bool(pieces.comma[place - 1])
        return self._in_type and kind in _TYPE_SIGNS

    def _is_tight(self, kind: str, place: int) -> bool:
        pieces = self._pieces
        before = pieces.kinds[place - 1]
        if pieces.comma[place - 1]:
            return kind in CLOSING and kind != "RBRACE"
        if kind in _TIGHT_BEFORE or before in _TIGHT_BEHIND or pieces.sign[place] + pieces.sign[place - 1]:
            return kind != "MINUS" or before in _TIGHT_BEHIND or bool(pieces.sign[place - 1])
        match kind:
            case "LPAR" | "LSQB":
                return before in _SUBJECT
            case "RBRACE":
                return before == "LBRACE"
            case "COLON":
                return place > 1 and pieces.kinds[place - 2] == "ASSERT"
            case _:
                return False

    def _open(self, kind: str, place: int) -> None:
        pieces = self._pieces
        before = pieces.kinds[place - 1]
        if kind == "LBRACE":
            names = bool(opens_block(kind, before)) and not self._opened and pieces.kinds[self._head()] == "IMPORT"
            block = opens_block(kind, before) and not names
            pieces.role[place] = Role.BLOCK if block else Role.ITEMS
            self._new = block
        elif kind == "LSQB":
            pieces.role[place] = Role.GROUP if before == "COLON" else Role.ITEMS
        else:
            pieces.role[place] = Role.ITEMS if before in _SUBJECT and pieces.tight[place] else Role.GROUP
        self._opened.append(place)
        self._range.append(-1)

    def _head(self) -> int:
        """Where the current item begins."""
        return self._pieces.starts.rfind(1)

    def _close(self, kind: str, place: int) -> None:
        pieces = self._pieces
        opening = self._opened.pop()
        self._range.pop()
        pieces.starts[place] = 0
        if pieces.role[opening] == Role.ITEMS:
            pieces.comma[place - 1] = 0
            if kind == "RSQB" and self._is_plain(opening, place):
                place = self._join_numbers(opening, place)
        if kind == "RBRACE":
            pieces.tight[place] = pieces.kinds[place - 1] == "LBRACE"
        pieces.match[opening] = place
        pieces.match[place] = opening
        pieces.role[place] = pieces.role[opening]
        self._new = False

    def _is_plain(self, opening: int, place: int) -> bool:
        """Whether several plain numbers stand between two brackets, and nothing else."""
        pieces = self._pieces
        if place - opening <= _SHORTEST or pieces.comment.count(1, opening + 1):
            return False
        for each in range(opening + 1, place):
            if pieces.kinds[each] == "MINUS":
                if not pieces.sign[each] or pieces.kinds[each + 1] != "NUMBER":
                    return False
            elif pieces.kinds[each] != "NUMBER" or not (pieces.comma[each] or each == place - 1):
                return False
        return True

    def _join_numbers(self, opening: int, place: int) -> int:
        """Make one piece of a list of plain numbers, as the lexer does with a long one; where its bracket is then."""
        pieces = self._pieces
        kinds = pieces.kinds
        rows: list[list[str]] = [[]]
        sign = ""
        for each in range(opening + 1, place):
            if pieces.ends_line[each] and rows[-1]:
                rows.append([])
            if kinds[each] == "MINUS":
                sign = "-"
            else:
                rows[-1].append(sign + pieces.texts[each])
                sign = ""
        ends_line = any(pieces.ends_line[opening + 1 :])
        first = opening + 1
        for column in (
            pieces.kinds,
            pieces.texts,
            pieces.gap_start,
            pieces.gap_end,
            pieces.comma,
            pieces.starts,
            pieces.tight,
            pieces.sign,
            pieces.ends_line,
            pieces.apart,
            pieces.comment,
            pieces.match,
            pieces.role,
        ):
            del column[first + 1 : place]
        kinds[first] = "NUMBERS"
        pieces.texts[first] = ", ".join(number for row in rows for number in row)
        pieces.comma[first] = pieces.sign[first] = 0
        pieces.ends_line[first] = ends_line
        pieces.rows[first] = rows
        return first + 1


def number_rows(text: str) -> list[list[str]]:
    """The numbers of a list, line by line."""
    rows = ([number.strip() for number in line.split(",") if number.strip()] for line in text.split("\n"))
    return [row for row in rows if row]
