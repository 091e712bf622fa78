"""Where lines end: those ends that the author chose and that must be, and those that keep a line short."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from gaic.parse.layout_pieces import Role
from gaic.parse.newlines import CLOSING, OPENING, terminals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.parse.layout_pieces import Pieces

WIDTH = 120
"""Columns of a line, where it can be helped."""
STEP = 2
"""Columns of one step of indentation."""

_OPENS_VALUE = terminals("LSQB LBRACE")
_GIVING = terminals("EQUAL COLON")


class Rank(IntEnum):
    """Where a line that is too long ends, the first choice first."""

    COMMA = 1
    LIMITS = 2
    """Before `within` and `usual`, and before the `else` of an assertion."""
    ORIGIN = 3
    """Before `from`, `conf` and `note`."""
    VALUE = 4
    """Behind `=`, and behind the `:` of an assertion."""
    FOR = 5
    WHERE = 6
    BRANCH = 7
    """Before `then` and `else`."""
    OTHERWISE = 8
    OR = 9
    AND = 10
    COMPARE = 11
    UNION = 12
    SUM = 13
    PRODUCT = 14
    LATER = 15
    """Before further words of a kind of which one opens the line or ends the line above."""


_BEFORE = {
    "WITHIN": Rank.LIMITS,
    "USUAL": Rank.LIMITS,
    "FROM": Rank.ORIGIN,
    "CONF": Rank.ORIGIN,
    "NOTE": Rank.ORIGIN,
    "FOR": Rank.FOR,
    "WHERE": Rank.WHERE,
    "THEN": Rank.BRANCH,
    "ELSE": Rank.BRANCH,
    "OTHERWISE": Rank.OTHERWISE,
    "OR": Rank.OR,
    "AND": Rank.AND,
    "PLUS": Rank.SUM,
    "STAR": Rank.PRODUCT,
    "SLASH": Rank.PRODUCT,
}
"""Words and signs that may open a line."""
_EITHER = {"CMP": Rank.COMPARE, "VBAR": Rank.UNION, "MINUS": Rank.SUM}
"""Signs that may open a line inside brackets only, and elsewhere end one."""
_OPERATORS = tuple(Rank(number) for number in range(Rank.FOR, Rank.LATER))
_RUNS = (Rank.LIMITS, Rank.ORIGIN)


@dataclass(slots=True)
class Level:
    """What stands in a line at one depth of brackets: the places where it may end, and the brackets."""

    marks: defaultdict[Rank, list[int]] = field(default_factory=lambda: defaultdict(list))
    groups: list[int] = field(default_factory=list)
    entry: int | None = None
    """The indentation of the entry, where no bracket stands between it and the level."""


class Breaks:
    """For each piece of a chunk, whether a line begins with it."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._before = pieces.widths()
        self._texts = [place for place, text in enumerate(pieces.texts) if "\n" in text]  # those of several lines
        self.pads: dict[int, int] = {}
        """Blanks behind the names of fields, which set `=` in one column."""
        self._begins = bytearray(a | b for a, b in zip(pieces.ends_line, pieces.comment, strict=True))
        self._settle()

    def begins(self, place: int) -> bool:
        """Whether a line begins with a piece."""
        return bool(self._begins[place])

    def end(self, place: int) -> int:
        """Where the line ends that begins at a piece."""
        end = self._begins.find(1, place + 1)
        return len(self._pieces) if end == -1 else end

    # ------------------------------------------------------------ what must be

    def _settle(self) -> None:
        """Begin a line with each item and each entry of a block that is no line; brackets open and close alike."""
        pieces, begins = self._pieces, self._begins
        lines = self._line_ends()
        for place, kind in enumerate(pieces.kinds):
            if kind not in OPENING:
                continue
            other = pieces.match[place]
            if pieces.role[place] == Role.BLOCK:
                if lines[other] > lines[place]:
                    self._open_block(place)
            elif pieces.kinds[place + 1] == "NUMBERS":
                begins[place + 1] = begins[other] = begins[place + 1] | begins[other]
            elif other > place + 1:
                begins[other] = begins[place + 1] | pieces.comment[other]
            else:
                begins[other] = pieces.comment[other]
        place = 0
        while place < len(pieces):
            begins[place] |= pieces.starts[place]
            place = max(place, pieces.match[place]) + 1

    def _line_ends(self) -> array[int]:
        """For each piece, how many ends of lines stand before it."""
        pieces = self._pieces
        found = array("q")
        number = 0
        for place, text in enumerate(pieces.texts):
            number += pieces.ends_line[place]
            found.append(number)
            number += "\n" in text
        return found

    def _open_block(self, opening: int) -> None:
        """Give each entry of a block a line of its own."""
        closing = self._pieces.match[opening]
        entries = self._entries(opening)
        self._begins[closing] = bool(entries) or self._pieces.comment[closing]
        for entry in entries:
            self._begins[entry] = 1

    def _entries(self, opening: int) -> list[int]:
        """The entries of a block that is opened; the `=` of neighbouring fields comes into one column."""
        entries = self._pieces.elements(opening)
        self._align(entries)
        return entries

    def _align(self, entries: list[int]) -> None:
        pieces = self._pieces
        run: list[int] = []
        for entry in (*entries, None):
            is_field = entry is not None and pieces.kinds[entry] == "NAME" and pieces.kinds[entry + 1] == "EQUAL"
            if run and (not is_field or entry is None or pieces.apart[entry]):
                widest = max(len(pieces.texts[each]) for each in run)
                self.pads.update((each, widest - len(pieces.texts[each])) for each in run)
                run = []
            if is_field and entry is not None:
                run.append(entry)

    # ------------------------------------------------------------ lines that are too long

    def width(self, place: int, end: int, indent: int) -> int:
        """Columns that pieces take in one line: the most of its lines where a text has several."""
        pieces = self._pieces
        if bisect_left(self._texts, place) < bisect_left(self._texts, end):
            return max(map(len, self.written(place, end, indent).split("\n")))
        closed = end < len(pieces) and self.ends_items(end)
        width = self._before[end] - self._before[place] - len(pieces.blank(place))
        return indent + width + self.pads.get(place, 0) + closed

    def ends_items(self, place: int) -> bool:
        """Whether a piece is a bracket that closes a line of items and stands on its own line."""
        pieces = self._pieces
        is_end = pieces.kinds[place] in CLOSING and pieces.role[place] == Role.ITEMS
        return is_end and bool(self._begins[place]) and pieces.match[place] < place - 1

    def written(self, place: int, end: int, indent: int) -> str:
        """The text of pieces in one line."""
        pieces = self._pieces
        parts = [" " * indent, pieces.texts[place], " " * self.pads.get(place, 0)]
        for each in range(place + 1, end):
            if pieces.comma[each - 1]:
                parts.append(",")
            parts += (pieces.blank(each), pieces.texts[each])
        if pieces.comma[end - 1] or (end < len(pieces) and self.ends_items(end)):
            parts.append(",")
        return "".join(parts)

    def shorten(self, place: int, end: int, indent: int, inside: list[int | None]) -> bool:
        """End a line earlier, or open a bracket in it; False where nothing can be done.

        `inside` says, for each bracket that is open where the line begins, None, and for a block the indentation of
        the entry that the line belongs to. The loosest place of the outermost level wins; what no level offers is
        looked for within its brackets, the widest first.
        """
        waiting: list[Level | list[int] | int] = [*self._outward(self._levels(place, end, inside), inside)]
        chosen: list[int] = []
        while waiting and not chosen:
            match waiting.pop():
                case Level() as level:
                    chosen = self._chosen(level, (place, end, indent))
                    if not chosen:
                        closed = (each for each in level.groups if self._pieces.match[each] < end)
                        widest_last = sorted(closed, key=self._size, reverse=True)
                        waiting += [self._last_resort(level, (place, end, indent)), *widest_last]
                case int() as opening:
                    waiting += self._opened(opening)
                case places:
                    chosen = places
        for each in chosen:
            self._begins[each] = 1
        return bool(chosen)

    @staticmethod
    def _outward(levels: dict[int, Level], inside: list[int | None]) -> list[Level]:
        """The levels of a line, the outermost last."""
        for depth, level in levels.items():
            level.entry = inside[depth - 1] if depth <= 0 else None
        return [levels[depth] for depth in sorted(levels, reverse=True)]

    def _levels(self, place: int, end: int, inside: list[int | None]) -> dict[int, Level]:
        """What stands in a line, by depth: 0 where it begins, less behind brackets that were opened before."""
        pieces = self._pieces
        levels: defaultdict[int, Level] = defaultdict(Level)
        opening_rank = _BEFORE.get(pieces.kinds[place])
        depth = 0
        each = place
        while each < end:
            kind = pieces.kinds[each]
            if kind in CLOSING:
                depth -= 1
            elif each > place:
                in_entry = depth <= 0 and inside[depth - 1] is not None
                rank = self._rank(each, in_entry=in_entry)
                if rank in _RUNS and (levels[depth].marks[rank] or (depth == 0 and rank == opening_rank)):
                    rank = Rank.LATER
                if rank is not None:
                    levels[depth].marks[rank].append(each)
            if kind in OPENING:
                levels[depth].groups.append(each)
                if pieces.match[each] < end:
                    each = pieces.match[each]
                else:
                    depth += 1
            each += 1
        return levels

    def rank(self, place: int) -> Rank:
        """How loosely the operator binds that opens the line of a piece, or ends the line above."""
        kinds = self._pieces.kinds
        return _BEFORE.get(kinds[place]) or _EITHER.get(kinds[place]) or _EITHER.get(kinds[place - 1]) or Rank.LATER

    def _rank(self, place: int, *, in_entry: bool) -> Rank | None:
        """Which kind of place for a line end lies before a piece."""
        pieces = self._pieces
        kind, before = pieces.kinds[place], pieces.kinds[place - 1]
        if pieces.comma[place - 1]:
            return Rank.COMMA
        if pieces.sign[place] or pieces.sign[place - 1] or before in OPENING:
            return None
        if kind == "ELSE" and pieces.kinds[place + 2 : place + 3] == ["STRING"]:
            return Rank.LIMITS
        if in_entry and before in _GIVING:
            is_value = before == "EQUAL" or pieces.kinds[place - 3] == "ASSERT"
            return Rank.VALUE if is_value and kind not in _OPENS_VALUE else None
        return _BEFORE.get(kind) or _EITHER.get(before if in_entry else kind)

    def _chosen(self, level: Level, line: tuple[int, int, int]) -> list[int]:
        """The places where a line ends at one level, its brackets left alone: all of the loosest kind."""
        place, end, indent = line
        marks = level.marks
        for rank in (Rank.COMMA, Rank.LIMITS):
            if marks[rank]:
                return marks[rank]
        if marks[Rank.ORIGIN] and self.width(place, marks[Rank.ORIGIN][0], indent) <= WIDTH:
            return marks[Rank.ORIGIN]
        blocks = [each for each in level.groups if self._is_block_before(each, end)]
        if blocks:
            return self._opened_block(min(blocks, key=self._size))
        if marks[Rank.VALUE] and self._better_below(level, end):
            return marks[Rank.VALUE]
        return next((marks[rank] for rank in _OPERATORS if marks[rank]), [])

    def _last_resort(self, level: Level, line: tuple[int, int, int]) -> list[int]:
        """Where a line ends that can end nowhere better."""
        place, _, indent = line
        later = level.marks[Rank.LATER]
        fitting = [each for each in later if self.width(place, each, indent) <= WIDTH]
        return level.marks[Rank.ORIGIN] or fitting[-1:] or later

    def _is_block_before(self, opening: int, end: int) -> bool:
        """Whether a bracket is that of a block with entries that ends in the same line."""
        closing = self._pieces.match[opening]
        return self._pieces.role[opening] == Role.BLOCK and opening + 1 < closing < end

    def _opened_block(self, opening: int) -> list[int]:
        return [*self._entries(opening), self._pieces.match[opening]]

    def _better_below(self, level: Level, end: int) -> bool:
        """Whether a value gains by a line of its own: it fits there, or is no bracket with a line for each element."""
        value = level.marks[Rank.VALUE][0]
        stop = next(iter(level.marks[Rank.ORIGIN]), end)
        if level.entry is not None and self.width(value, stop, level.entry + STEP) <= WIDTH:
            return True
        if any(level.marks[rank] for rank in _OPERATORS):
            return True
        groups = [each for each in level.groups if each > value]
        return bool(groups) and not self._has_elements(min(groups, key=self._size))

    def _has_elements(self, opening: int) -> bool:
        """Whether a bracket gets a line for each of its elements when it is opened."""
        pieces = self._pieces
        numbers = pieces.kinds[opening + 1] == "NUMBERS"
        return numbers or (pieces.role[opening] == Role.ITEMS and len(pieces.elements(opening)) > 1)

    def _size(self, opening: int) -> int:
        return self._before[opening] - self._before[self._pieces.match[opening]]

    def _opened(self, opening: int) -> Sequence[Level | list[int]]:
        """The lines that a bracket makes when it is opened; where it holds one element, what that offers."""
        pieces = self._pieces
        closing = pieces.match[opening]
        if closing == opening + 1:
            return []
        if self._has_elements(opening):
            return [[*pieces.elements(opening), closing]]
        return self._outward(self._levels(opening + 1, closing, [None]), [None])
