"""A week of 168 hours as a table of days, where that says it shorter than a list."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from gaic.units.days import DAY, WEEKDAYS, WEEKEND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORKING = len(WEEKDAYS) - len(WEEKEND)
MOST_ROWS = 32
"""More rows than this are no easier to read than all hours one after the other."""

Day = tuple[str, ...]


def days_of(values: Sequence[str]) -> Iterator[tuple[str, Day]]:
    """The days that a table names, each with its 24 hours; what a `weekday` or `weekend` covers is left out."""
    days = [tuple(values[start : start + DAY]) for start in range(0, len(values), DAY)]
    usual = Counter(days[:WORKING]).most_common(1)[0][0]
    yield "weekday", usual
    yield from ((WEEKDAYS[place], day) for place, day in enumerate(days[:WORKING]) if day != usual)
    saturday, sunday = days[WORKING:]
    if saturday == sunday != usual:
        yield "weekend", saturday
    elif saturday != sunday:
        yield from ((name, day) for name, day in zip(WEEKEND, (saturday, sunday), strict=True) if day != usual)


def rows_of(day: Day) -> tuple[tuple[int, int, str], ...]:
    """Runs of equal hours: from, to, value."""
    rows: list[tuple[int, int, str]] = []
    for value, run in groupby(day):
        start = rows[-1][1] if rows else 0
        rows.append((start, start + len(list(run)), value))
    return tuple(rows)


def table_lines(values: Sequence[str], unit: str, width: int) -> tuple[str, ...]:
    """The entries of a table of days, lines of at most `width` signs where that can be; none if a list is shorter."""
    days = [(name, rows_of(day)) for name, day in days_of(values)]
    if sum(len(rows) for _, rows in days) > MOST_ROWS:
        return ()
    widest = max(len(name) for name, _ in days)
    return tuple(line for name, rows in days for line in _entry(f"{name:<{widest}} = ", rows, unit, width))


def _entry(head: str, rows: Sequence[tuple[int, int, str]], unit: str, width: int) -> Iterator[str]:
    if len(rows) == 1:
        yield head + f"{rows[0][2]} {unit}".rstrip()
        return
    texts = [f"{start:02}:00..{end:02}:00 => {value} {unit}".rstrip() for start, end, value in rows]
    line = f"{head}{{ {', '.join(texts)} }}"
    if len(line) <= width:
        yield line
        return
    yield f"{head}{{"
    yield from (f"  {text}," for text in texts)
    yield "}"
