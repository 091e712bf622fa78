"""What a change of layout does to a text, as a unified diff.

The two texts hold the same words in the same order, so lines are matched by how many signs have come before them:
linear in the length of the text, which a search for equal lines is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = 3
"""Lines shown around a change."""

_SILENT = re.compile(r"[\s,;\ufeff]+")
"""What a layout puts in, leaves out or moves."""
_NO_END = "\\ No newline at end of file\n"


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines `old_start` to `old_end` of the one text become `new_start` to `new_end` of the other."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def unified_diff(before: str, after: str, name: str) -> str:
    """The difference between two layouts of one text; empty where they are equal."""
    old, new = _lines(before), _lines(after)
    parts: list[str] = []
    for hunk in _hunks(_joined(_changes(old, new))):
        parts += _written(hunk, old, new)
    return "".join((f"--- {name}\n", f"+++ {name}\n", *parts)) if parts else ""


def _lines(text: str) -> list[str]:
    """Lines with their ends; only LF ends a line."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _changes(old: list[str], new: list[str]) -> Iterator[_Change]:
    """The changes, in order."""
    row, line = 0, 0
    while row < len(old) or line < len(new):
        if row < len(old) and line < len(new) and old[row] == new[line]:
            row, line = row + 1, line + 1
            continue
        begin, first = row, line
        ahead = 0  # signs in lines of the old text less those of the new one
        while (row, line) == (begin, first) or ahead:
            if row < len(old) and (ahead <= 0 or line == len(new)):
                ahead += _signs(old[row])
                row += 1
            else:
                ahead -= _signs(new[line])
                line += 1
        yield _trimmed(_Change(begin, row, first, line), old, new)


def _joined(changes: Iterator[_Change]) -> Iterator[_Change]:
    """Changes, those without a line between them as one."""
    last: _Change | None = None
    for change in changes:
        if last is None or change.old_start > last.old_end:
            if last is not None:
                yield last
            last = change
        else:
            last = _Change(last.old_start, change.old_end, last.new_start, change.new_end)
    if last is not None:
        yield last


def _signs(line: str) -> int:
    return len(_SILENT.sub("", line))


def _trimmed(change: _Change, old: list[str], new: list[str]) -> _Change:
    """The change without equal lines at its end."""
    row, line = change.old_end, change.new_end
    while row > change.old_start and line > change.new_start and old[row - 1] == new[line - 1]:
        row, line = row - 1, line - 1
    return _Change(change.old_start, row, change.new_start, line)


def _hunks(changes: Iterator[_Change]) -> Iterator[list[_Change]]:
    """Changes that share their surroundings."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.old_start - hunk[-1].old_end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _written(hunk: list[_Change], old: list[str], new: list[str]) -> Iterator[str]:
    first, last = hunk[0], hunk[-1]
    lead = min(CONTEXT, first.old_start)
    row, line = first.old_start - lead, first.new_start - lead
    tail = min(CONTEXT, len(old) - last.old_end)
    yield f"@@ -{_extent(row, last.old_end + tail)} +{_extent(line, last.new_end + tail)} @@\n"
    for change in hunk:
        yield from _marked(" ", old[row : change.old_start])
        yield from _marked("-", old[change.old_start : change.old_end])
        yield from _marked("+", new[change.new_start : change.new_end])
        row = change.old_end
    yield from _marked(" ", old[row : row + tail])


def _extent(start: int, end: int) -> str:
    """Where lines begin, counted from 1, and how many they are."""
    number = end - start
    if number == 1:
        return f"{start + 1}"
    return f"{start + 1 if number else start},{number}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n{_NO_END}"
