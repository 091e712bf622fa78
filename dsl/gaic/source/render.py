"""Diagnostics as text: a short form with one line each, and a full one that shows the source."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from gaic.source.diagnostic import Severity
from gaic.source.width import cells, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.source.diagnostic import Diagnostic
    from gaic.source.text import SourceFile, Span
    from gaic.source.width import Cell

_MOST_COLUMNS = 160
_MOST_CHARACTERS = 1_000  # a longer line is cut before it is measured
_BEFORE_MARK = 40  # characters of a cut line that stay before the place
_CUT = "..."
_RESET = "\x1b[0m"
_STYLES = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "strong": "\x1b[1m",
    "frame": "\x1b[1;34m",
    "secondary": "\x1b[1;34m",
    "help": "\x1b[1;36m",
}


def render_concise(diagnostics: Iterable[Diagnostic]) -> str:
    """One line each: `file:line:column: error[GAI201]: message`."""
    return "".join(f"{_place(d.span)}{_title(d)}: {escaped(d.message)}\n" for d in diagnostics)


def render_full(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Each with its place, the source around it, what else plays a part, notes and help."""
    return "\n".join("".join(f"{line}\n" for line in _Page(colour=colour).lines(d)) for d in diagnostics)


def _title(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.severity.value}[{diagnostic.code}]"


def _place(span: Span | None) -> str:
    return "" if span is None else f"{_at(span)}: "


def _at(span: Span) -> str:
    line, column = span.file.locate(span.start)
    return f"{escaped(span.file.name)}:{line}:{column}"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label that is drawn: `style` is that of the severity for the main place, else `secondary`."""

    span: Span
    text: str
    sign: str
    style: str

    @property
    def line(self) -> int:
        return self.span.line


class _Page:
    """Draws one diagnostic; all excerpts share the width of the line numbers."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour
        self._gutter = 1

    def _paint(self, text: str, style: str) -> str:
        return f"{_STYLES[style]}{text}{_RESET}" if self._colour and text else text

    def lines(self, diagnostic: Diagnostic) -> Iterator[str]:
        severity = "error" if diagnostic.severity is Severity.ERROR else "warning"
        message = self._paint(f": {escaped(diagnostic.message)}", "strong")
        yield self._paint(_title(diagnostic), severity) + message
        marks = [_Mark(label.span, label.text, "-", "secondary") for label in diagnostic.labels]
        if diagnostic.span is not None:
            marks.insert(0, _Mark(diagnostic.span, diagnostic.label, "^", severity))
        self._gutter = max((len(str(mark.line)) for mark in marks), default=1)
        files = list(dict.fromkeys(mark.span.file for mark in marks))
        for number, file in enumerate(files):
            yield from self._excerpt(file, [mark for mark in marks if mark.span.file is file], first=number == 0)
        details = [*(("note", note) for note in diagnostic.notes)]
        if diagnostic.help is not None:
            details.append(("help", diagnostic.help))
        if marks and details:
            yield self._frame("|")
        for name, text in details:
            yield from self._detail(name, text)

    def _detail(self, name: str, text: str) -> Iterator[str]:
        first, *others = text.split("\n")
        margin = " " * (self._gutter + 1)
        yield f"{margin}{self._paint('=', 'frame')} {self._paint(name, 'help')}: {escaped(first)}"
        for other in others:
            yield f"{margin}{' ' * (len(name) + 4)}{escaped(other)}"

    def _frame(self, sign: str, rest: str = "") -> str:
        return f"{' ' * (self._gutter + 1)}{self._paint(sign, 'frame')}{rest}"

    def _excerpt(self, file: SourceFile, marks: list[_Mark], *, first: bool) -> Iterator[str]:
        arrow = "-->" if first else ":::"
        yield f"{' ' * self._gutter}{self._paint(arrow, 'frame')} {_at(marks[0].span)}"
        yield self._frame("|")
        previous = 0
        # The sort is stable: on one line the main place comes first.
        for number, group in groupby(sorted(marks, key=_line_of), key=_line_of):
            if previous and number == previous + 2:
                yield self._numbered(previous + 1, _Window.around(file.line(previous + 1), 0))
            elif previous and number > previous + 1:
                yield self._paint(_CUT, "frame")
            previous = number
            yield from self._line(number, file, list(group))

    def _line(self, number: int, file: SourceFile, marks: list[_Mark]) -> Iterator[str]:
        start = file.line_starts[number - 1]
        window = _Window.around(file.line(number), marks[0].span.start - start)
        yield self._numbered(number, window)
        for mark in marks:
            left, right = window.columns(mark.span.start - start, mark.span.end - start)
            signs = self._paint(mark.sign * max(1, right - left), mark.style)
            text = self._paint(f" {escaped(mark.text)}", mark.style) if mark.text else ""
            yield self._frame("|", f" {' ' * left}{signs}{text}")

    def _numbered(self, number: int, window: _Window) -> str:
        margin = self._paint(f"{number:>{self._gutter}} |", "frame")
        return f"{margin} {window.shown}".rstrip()


def _line_of(mark: _Mark) -> int:
    return mark.line


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of a line that is shown, from its character `first`."""

    row: list[Cell]
    first: int
    cut_left: bool
    cut_right: bool

    @classmethod
    def around(cls, line: str, start: int) -> _Window:
        """A line, or of a long one the part around the character `start`."""
        if len(line) <= _MOST_CHARACTERS:
            row = cells(line)
            if sum(cell.width for cell in row) <= _MOST_COLUMNS:
                return cls(row, 0, cut_left=False, cut_right=False)
        first = max(0, min(start, len(line)) - _BEFORE_MARK)
        row = cells(line[first : first + _MOST_COLUMNS])
        room = _MOST_COLUMNS - 2 * len(_CUT)
        last = 0
        while last < len(row) and row[last].width <= room:
            room -= row[last].width
            last += 1
        return cls(row[:last], first, cut_left=first > 0, cut_right=first + last < len(line))

    @property
    def shown(self) -> str:
        """The part with `...` where it is cut."""
        text = "".join(cell.shown for cell in self.row)
        return f"{_CUT if self.cut_left else ''}{text}{_CUT if self.cut_right else ''}"

    def columns(self, start: int, end: int) -> tuple[int, int]:
        """Where some characters of the line begin and end as shown, counted from 0."""
        return self._column(start), self._column(end)

    def _column(self, index: int) -> int:
        shown = self.row[: max(0, index - self.first)]
        return (len(_CUT) if self.cut_left else 0) + sum(cell.width for cell in shown)
