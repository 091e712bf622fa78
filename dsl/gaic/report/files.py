"""The `.gai` files that the pages refer to, line by line, with the values that each line declares beside it.

A file of the project stands there whole, and so does one of the library that fits on a page. Of a longer one of the
library only the declarations that are used are shown. A page holds a fixed run of lines, so that the address of a line
follows from its number alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.account import AbsentValue
from gaic.report import addresses
from gaic.report.listing import ELLIPSIS, Piece, count_lines, cut_code, lines_around
from gaic.source.text import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gaic.report.book import SiteHead
    from gaic.report.facts import Facts, Pointer
    from gaic.source.text import SourceFile, Span

MOST_NAMED = 2
"""Values that stand beside one line; of a line with more the first."""
LONGEST_MARK = 72
"""Characters beside a line; a longer value is cut."""
MOST_AROUND = 40
"""Lines of a declaration that are shown before and behind a place in it, where the file is not shown whole."""
LONGEST_LINE = 1000
"""A longer line is cut: nobody reads it to its end."""
MOST_TEXT, MOST_PIECES = 120_000, 6_000
"""A page with more characters or coloured words is written plain, its lines cut at `SHORT_LINE`."""
SHORT_LINE = 160


@dataclass(frozen=True, slots=True)
class Mark:
    """A value beside the line that declares it; `href` counts from the folder of the object pages."""

    text: str
    path: str
    href: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line with what it declares; `skipped` lines before it are not shown, `hidden` values not named."""

    number: int
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    hidden: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a file: the run of lines that it has room for, and its address."""

    first: int
    last: int
    href: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that is listed: the lines that are shown, and how many values it declares."""

    file: SourceFile
    shown: Sequence[int]
    pointers: Mapping[int, tuple[Pointer, ...]]
    parts: tuple[Part, ...]

    @property
    def shipped(self) -> bool:
        """Say whether it belongs to the library."""
        return self.file.origin is Origin.LIBRARY

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return count_lines(self.file)

    @property
    def values(self) -> int:
        """How many values of the model its lines declare."""
        return sum(map(len, self.pointers.values()))


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page of a file; `rest` lines behind the last one are not shown, `plain` if words are not coloured."""

    listed: Listed
    part: Part
    lines: tuple[FileLine, ...]
    rest: int
    plain: bool


def list_files(facts: Facts, head: SiteHead) -> tuple[Listed, ...]:
    """The files that pages refer to, the project's first, each group by name."""
    used: dict[SourceFile, dict[Span, None]] = {file: {} for file in head.files}
    pointers: dict[SourceFile, dict[int, list[Pointer]]] = {}
    for pointer in facts.pointers.values():
        span = pointer.account.span
        used.setdefault(span.file, {})[span] = None
        if not isinstance(pointer.account.value, AbsentValue):
            pointers.setdefault(span.file, {}).setdefault(span.line, []).append(pointer)
    for span in _find_places(facts, head):
        used.setdefault(span.file, {})[span] = None
    found = [
        _list_file(file, spans, {line: tuple(each) for line, each in pointers.get(file, {}).items()})
        for file, spans in used.items()
    ]
    return tuple(sorted(found, key=lambda listed: (listed.shipped, listed.file.name)))


def _find_places(facts: Facts, head: SiteHead) -> Iterator[Span]:
    """Every place that a page names beside those of the values."""
    for object_ in facts.objects:
        yield object_.span
        if object_.kind_span is not None:
            yield object_.kind_span
    for pointer in facts.pointers.values():
        if pointer.account.source is not None:
            yield pointer.account.source.span
    yield from (word.span for word in head.words)
    yield from (check.span for check in facts.book.checks())
    if head.study.span is not None:
        yield head.study.span
    for diagnostic in head.diagnostics:
        if diagnostic.span is not None:
            yield diagnostic.span


def _list_file(file: SourceFile, spans: Iterable[Span], pointers: Mapping[int, tuple[Pointer, ...]]) -> Listed:
    count = count_lines(file)
    whole = file.origin is not Origin.LIBRARY or count <= addresses.LINES_OF_FILE
    shown: Sequence[int] = range(1, count + 1) if whole else _choose_lines(file, spans)
    return Listed(file, shown, pointers, tuple(_cut_parts(file, shown)))


def _choose_lines(file: SourceFile, spans: Iterable[Span]) -> Sequence[int]:
    """The lines of the declarations in which some places stand, and those that a page shows around a place."""
    chosen: set[int] = set()
    for span in spans:
        if span.line not in chosen:
            chosen.update(_declaration_around(file, span.line))
        chosen.update(lines_around(span))
    return sorted(chosen)


def _declaration_around(file: SourceFile, line: int) -> range:
    """The top-level item that a line belongs to, with the comment above it: items and comments begin in column 1."""
    count = count_lines(file)
    first = line
    while first > max(1, line - MOST_AROUND) and not _opens_item(file.line(first)):
        first -= 1
    while first > max(1, line - MOST_AROUND) and file.line(first - 1).startswith("#"):
        first -= 1
    last = line
    while last < min(count, line + MOST_AROUND) and not file.line(last + 1).startswith("#"):
        if _opens_item(file.line(last + 1)):
            break
        last += 1
    return range(first, last + 1)


def _opens_item(text: str) -> bool:
    return text[:1].isalpha()


def _cut_parts(file: SourceFile, shown: Sequence[int]) -> Iterator[Part]:
    for part in dict.fromkeys(map(addresses.part_of_line, shown)):
        first = (part - 1) * addresses.LINES_OF_FILE + 1
        last = min(part * addresses.LINES_OF_FILE, count_lines(file))
        shipped = file.origin is Origin.LIBRARY
        yield Part(first, last, addresses.page_of_file(file.name, part, shipped=shipped))


def build_file_pages(listed: Listed) -> Iterator[FilePage]:
    """The pages of a file."""
    texts = listed.file.text.split("\n")
    for part in listed.parts:
        numbers = [number for number in listed.shown if part.first <= number <= part.last]
        pieces = [cut_code(texts[number - 1], LONGEST_LINE) for number in numbers]
        coloured = sum(1 for line in pieces for piece in line if piece.style)
        plain = coloured > MOST_PIECES or sum(len(piece.text) for line in pieces for piece in line) > MOST_TEXT
        if plain:
            pieces = [(Piece(_shorten(texts[number - 1])),) for number in numbers]
        before = [part.first - 1, *numbers]
        lines = tuple(
            FileLine(number, cut, *_mark_line(listed.pointers.get(number, ())), skipped=number - last - 1)
            for number, cut, last in zip(numbers, pieces, before, strict=False)
        )
        yield FilePage(listed, part, lines, part.last - numbers[-1], plain)


def _shorten(text: str) -> str:
    return text if len(text) <= SHORT_LINE else text[:SHORT_LINE] + ELLIPSIS


def _mark_line(pointers: Sequence[Pointer]) -> tuple[tuple[Mark, ...], int]:
    """The first values of a line, as many as there is room for; the object is named where several stand there."""
    marks: list[Mark] = []
    room = LONGEST_MARK
    for pointer in pointers[:MOST_NAMED]:
        shown = pointer.shown.whole
        text = _cut(shown if len(pointers) == 1 else f"{_name_owner(pointer)}: {shown}")
        room -= len(text)
        if marks and room < 0:
            break
        marks.append(Mark(text, pointer.path, pointer.href))
    return tuple(marks), len(pointers) - len(marks)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_MARK else text[:LONGEST_MARK] + ELLIPSIS


def _name_owner(pointer: Pointer) -> str:
    account = pointer.account
    return account.object if account.member is None else f"{account.object}[{account.member}]"
