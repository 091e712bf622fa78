"""Lines of `.gai` text and formulas, cut into pieces that templates colour and link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report import addresses
from gaic.source.text import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.report.facts import Pointer
    from gaic.source.text import SourceFile, Span

AROUND = 2
MOST_LINES = 12
LONGEST_LINE = 240
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `style` is "" or what it is in the language, `href` the value that it names."""

    text: str
    style: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file; `marked` if it belongs to the place that is shown."""

    number: int
    pieces: tuple[Piece, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a `.gai` file with the lines around it; `shipped` if the file belongs to the library."""

    file: str
    line: int
    shipped: bool
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """File and line as tools print them."""
        return f"{self.file}:{self.line}"

    @property
    def href(self) -> str:
        """Where the line is shown, from the root of the site."""
        return addresses.line_of_file(self.file, self.line, shipped=self.shipped)


# Words that open or join declarations; they are only coloured, never understood here.
_WORDS = (
    "abstract all any as assert before calc category conf counts criterion dimension else error every extends for from "
    "if import in input kind let not note nothing or and phase quantity ref set shape source study template then to "
    "unit usual warning where within back"
)
_MARKS = re.compile(
    r"(?P<remark>#.*)"
    r'|(?P<text>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<figure>(?<![\w.])\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?(?![\w]))"
    rf"|(?P<word>(?<![\w.])(?:{'|'.join(_WORDS.split())})(?!\w))"
)
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


def locate_place(span: Span) -> Place:
    """The place of a span without its lines, for tables."""
    return Place(span.file.name, span.line, span.file.origin is Origin.LIBRARY, ())


def show_place(span: Span, around: int = AROUND) -> Place:
    """The place of a span with some lines around it; a long span shows its first lines."""
    first, last = span_lines(span)
    lines = tuple(
        Line(number, cut_code(span.file.line(number)), first <= number <= last) for number in lines_around(span, around)
    )
    return Place(span.file.name, first, span.file.origin is Origin.LIBRARY, lines)


def span_lines(span: Span) -> tuple[int, int]:
    """The first and the last line of a span."""
    return span.line, span.file.locate(max(span.start, span.end - 1))[0]


def count_lines(file: SourceFile) -> int:
    """The lines of a file; what stands behind the last line end is one only if it is not empty."""
    return max(1, len(file.line_starts) - file.text.endswith("\n"))


def lines_around(span: Span, around: int = AROUND) -> range:
    """The lines that a place shows: those of the span, at most so many, and some around it."""
    first, last = span_lines(span)
    end = min(count_lines(span.file), last + around, first + MOST_LINES - AROUND - 1)
    return range(max(1, first - around), end + 1)


def cut_code(text: str, longest: int = LONGEST_LINE) -> tuple[Piece, ...]:
    """Cut a line into pieces by what they are: remark, text, figure, word; a longer line loses its end."""
    if len(text) > longest:
        text = text[:longest] + ELLIPSIS
    pieces: list[Piece] = []
    position = 0
    for found in _MARKS.finditer(text):
        if found.start() > position:
            pieces.append(Piece(text[position : found.start()]))
        pieces.append(Piece(found[0], found.lastgroup or ""))
        position = found.end()
    if position < len(text):
        pieces.append(Piece(text[position:]))
    return tuple(pieces)


def link_formula(formula: str, owner: str, dependencies: Sequence[Pointer]) -> tuple[Piece, ...]:
    """Cut a formula so that every name that means one of the dependencies, and only one, leads there."""
    pieces: list[Piece] = []
    position = 0
    for found in _NAME.finditer(formula):
        href = _find_meant(found[0], owner, dependencies)
        if href:
            pieces += [Piece(formula[position : found.start()]), Piece(found[0], "name", href)]
            position = found.end()
    return (*pieces, Piece(formula[position:]))


def _find_meant(name: str, owner: str, dependencies: Sequence[Pointer]) -> str:
    """A plain name is an attribute of the owner (or a constant by itself), a dotted one leads to another object."""
    before, _, last = name.rpartition(".")
    meant = [
        pointer
        for pointer in dependencies
        if (pointer.account.attribute == last and (pointer.account.object == owner) != bool(before))
        or (not before and pointer.account.object == name)
    ]
    if len(meant) == 1:
        return meant[0].href
    if len({pointer.account.attribute for pointer in meant}) == len({pointer.account.object for pointer in meant}) == 1:
        return f"{meant[0].href.partition('#')[0]}#{last}"
    return ""
