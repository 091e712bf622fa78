"""Texts and places in them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum


class Origin(Enum):
    """Where a text comes from: the user's project or the library that is shipped with gaic."""

    PROJECT = "project"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """One text with the name under which messages and pages show it.

    `name` is relative to the project root with `/` (library files: `stdlib/...`). Two files are equal
    only if they are the same object, so that a span stays cheap to hash.
    """

    name: str
    text: str
    origin: Origin = Origin.PROJECT
    line_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts = [0]
        position = self.text.find("\n")
        while position != -1:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        object.__setattr__(self, "line_starts", tuple(starts))

    def locate(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1; a column counts characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end == -1 else self.text[start:end]


@dataclass(frozen=True, slots=True)
class Span:
    """A place: the characters from `start` up to `end` of a file."""

    file: SourceFile
    start: int
    end: int

    @property
    def line(self) -> int:
        """Line of the first character, counted from 1."""
        return self.file.locate(self.start)[0]

    @property
    def column(self) -> int:
        """Column of the first character, counted from 1."""
        return self.file.locate(self.start)[1]

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.file.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """From the start of this place to the end of another one in the same file."""
        return Span(self.file, self.start, other.end)
