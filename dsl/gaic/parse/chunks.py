"""Cut a file into chunks that are parsed alone: an item, or several on one line, with the documentation above."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Possessive repetitions (`*+`) remember no way back, which for a line of megabytes would take gigabytes.
# Texts and comments are taken whole, so that a line in them is no cut. An open `"` ends with its line: with a mandatory
# closing quote the scan would try again at each quote of the line. A line starts a chunk unless it begins with a blank,
# a bracket or a plain comment.
_SCAN = re.compile(
    r'"""(?s:.)*?"""'
    r'|"(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"?'
    r"|#[^\n]*"
    r"|\n(?=[^\s()\[\]{}#]|\#\#)"
)
_FIRST = re.compile(r"[^\s()\[\]{}#]|##")
_BLANK = re.compile(r"(?:[ \t\n]++|#(?!#)[^\n]*+)*+")
_DOC_LINES = re.compile(r"##[^\n]*+(?:\n##[^\n]*+)*+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The characters from `start` up to `end`.

    `indented` where the text should have begun in column 1 and does not; `told` where a message has said so already,
    and no other about it would help. `joined` are the lines in column 1 at its end that should be indented.
    """

    start: int
    end: int
    indented: bool = False
    told: bool = False
    joined: tuple[Chunk, ...] = ()


def cut(text: str) -> tuple[str, Iterator[Chunk]]:
    """The documentation block of the file, and its chunks one after the other; blank ones are left out.

    A `##` block at the head of the file, with a blank line behind it, is the documentation of the file.
    """
    starts = _starts(text)
    first = next(starts, len(text))
    lead = end_of_blank(text, 0, first)
    if lead < first:
        return "", chain((Chunk(lead, first, indented=True),), _chunks(text, first, starts))
    head = _DOC_LINES.match(text, first)
    if head is None or not _blank_line_follows(text, head.end()):
        return "", _chunks(text, first, starts)
    return head[0], _chunks(text, head.end(), starts)


def _chunks(text: str, first: int, starts: Iterator[int]) -> Iterator[Chunk]:
    for start, end in pairwise(chain((first,), starts, (len(text),))):
        begin = end_of_blank(text, start, end)
        if begin < end:
            yield Chunk(begin, end)


def _starts(text: str) -> Iterator[int]:
    """Offsets of the lines that begin a chunk: of an item, or of the `##` above it."""
    ends = (match.end() for match in _SCAN.finditer(text) if match[0] == "\n")
    documented = False
    for start in chain((0,), ends) if _FIRST.match(text) else ends:
        if not documented:
            yield start
        documented = text.startswith("##", start)


def end_of_blank(text: str, start: int, end: int) -> int:
    """Where blanks and comments end that begin at `start`."""
    blank = _BLANK.match(text, start, end)
    return blank.end() if blank else start


def _blank_line_follows(text: str, end: int) -> bool:
    """Whether a blank line, or the end of the text, follows the line that ends at `end`."""
    line_end = text.find("\n", end)
    if line_end == -1:
        return True
    next_end = text.find("\n", line_end + 1)
    return not text[line_end + 1 : len(text) if next_end == -1 else next_end].strip()
