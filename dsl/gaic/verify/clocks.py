"""Local clocks, from the list of their changes: nothing is asked of the time zones of this machine."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from gaic.verify.faults import FormulaError
from gaic.verify.hours import NOTHING, Hours, check_length, constant, shift

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOUR: Final = 3600
DAY: Final = 24
WEEK: Final = 7 * DAY
MONDAY: Final = 4 * DAY
"""The first Monday of 1970, in hours: all weeks begin with it."""
MOST_REMEMBERED: Final = 8
"""Rows of hours for which a clock remembers the hours of the week."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What a clock is ahead of UTC, in seconds: `offset` from the second `since`, then what each change says.

    Nothing is known outside of `since` and `until`.
    """

    name: str
    since: int
    until: int
    offset: int
    changes: tuple[tuple[int, int], ...]
    weeks: dict[tuple[int, int], list[tuple[tuple[int, float], ...]]] = field(default_factory=dict, compare=False)

    def ahead(self, second: int) -> int:
        """What the clock is ahead at a second of UTC."""
        self._check(second)
        place = bisect_right(self.changes, second, key=lambda change: change[0])
        return self.changes[place - 1][1] if place else self.offset

    def ahead_on_wall(self, second: int, *, second_time: bool = False) -> int:
        """What the clock is ahead when it shows a time: the first of two, and before the change for one it skips."""
        self._check(second)
        before = self.offset
        for at, after in self.changes:
            turn = at + (min(before, after) if second_time else max(before, after))
            if second < turn:
                break
            before = after
        return before

    def utc(self, second: int) -> int:
        """The second of UTC in which the clock shows a time."""
        return second - self.ahead_on_wall(second)

    def stretches(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Cut a time of UTC where the clock changes: from, to, and what it is ahead."""
        while begin < end:
            later = next((at for at, _ in self.changes if at > begin), end)
            yield begin, min(later, end), self.ahead(begin)
            begin = min(later, end)

    def _check(self, second: int) -> None:
        if not self.since <= second <= self.until:
            raise FormulaError(f"the evidence does not say how the clock of {self.name} went then")


def to_utc(series: Hours, clock: Clock) -> Hours:
    """The series on the axis of UTC: its first hour moves to the true instant, the others follow hour by hour."""
    if not series.local:
        return series
    seconds = clock.utc(series.start * HOUR)
    return shift(Hours(seconds // HOUR, series.values), seconds % HOUR / HOUR)


def to_utc_by(series: Hours, hours: float) -> Hours:
    """The series on the axis of UTC, its clock being ahead by the same hours all the time."""
    return shift(replace(series, local=False), -hours) if series.local else series


def offset_at_start(series: Hours, clock: Clock) -> float:
    """The hours that the clock is ahead at the first hour of a series on it; 0 of one in UTC, and of none."""
    if not (series.local and series.values):
        return 0.0
    return clock.ahead_on_wall(series.start * HOUR) / HOUR


def offset_of_clock(series: Hours, clock: Clock) -> float:
    """The hours that the clock is ahead when it shows the first hour, the smaller of two; 0 of nothing."""
    if not series.values:
        return 0.0
    wall = series.start * HOUR
    return min(clock.ahead_on_wall(wall), clock.ahead_on_wall(wall, second_time=True)) / HOUR


def from_wall_clock(series: Hours, clock: Clock) -> Hours:
    """Amounts that stand for each hour shown by a clock, on the axis of UTC; nothing is lost.

    What stands for an hour that is skipped falls into the hour of the change, what stands for one that is shown twice
    is split over both.
    """
    if not series.local or not series.values:
        return series
    first, last = clock.utc(series.start * HOUR), clock.utc(series.end * HOUR)
    begin, behind = first // HOUR, -(-last // HOUR)
    shown = [(hour, place - series.start, time) for hour, place, time in _read(clock, first, last)]
    seen = [0] * len(series.values)
    for _, place, time in shown:
        if 0 <= place < len(seen):
            seen[place] += time
    moved = [0.0] * check_length(behind - begin)
    for hour, place, time in shown:
        if 0 <= place < len(seen):
            moved[hour - begin] += series.values[place] * (time / seen[place])
    for place, time in enumerate(seen):
        if not time:
            hour = clock.utc((series.start + place) * HOUR) // HOUR - begin
            moved[min(max(hour, 0), len(moved) - 1)] += series.values[place]
    return Hours(begin, moved)


def _read(clock: Clock, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Hours of UTC, the hour that the clock shows in them, and for how many seconds."""
    for begin, end, ahead in clock.stretches(first, last):
        at = begin
        while at < end:
            until = min((at // HOUR + 1) * HOUR, ((at + ahead) // HOUR + 1) * HOUR - ahead, end)
            yield at // HOUR, (at + ahead) // HOUR, until - at
            at = until


# ---------------------------------------------------------------- weeks


def weekly(value: float) -> Hours:
    """The week that has one value in all hours."""
    return constant(MONDAY, WEEK, value, local=True)


def expand(week: Hours, over: Hours, clock: Clock) -> Hours:
    """What a week says in the hours of a series: the mean by time of what the clock shows in each."""
    return _lay(week, over, clock, over.start * HOUR)


def expand_from_monday(week: Hours, over: Hours, clock: Clock) -> Hours:
    """The same, and nothing before the clock first shows Monday 00:00."""
    return _lay(week, over, clock, _monday(over, clock)) if over.values else NOTHING


def from_monday(series: Hours, clock: Clock) -> Hours:
    """Nothing before the clock first shows Monday 00:00; of the hour in which it does the share of the time left."""
    if not series.values:
        return series
    whole, rest = divmod(_monday(series, clock) - series.start * HOUR, HOUR)
    gone = min(whole, len(series.values))
    values = [0.0] * gone + list(series.values[gone:])
    if gone < len(values):
        values[gone] *= 1.0 - rest / HOUR
    return replace(series, values=values)


def _monday(series: Hours, clock: Clock) -> int:
    """The first second from the begin of a series in which the clock shows Monday 00:00; a local one has its own."""
    begin = series.start * HOUR
    wall = begin if series.local else begin + clock.ahead(begin)
    weeks = -((MONDAY * HOUR - wall) // (WEEK * HOUR))
    monday = (MONDAY + weeks * WEEK) * HOUR
    return monday if series.local else max(clock.utc(monday), begin)


def _lay(week: Hours, over: Hours, clock: Clock, since: int) -> Hours:
    if not (week.values and over.values):
        return NOTHING
    if over.local:
        raise FormulaError("a series in local time meets one in UTC")
    if len(week.values) != WEEK:
        raise FormulaError(f"a week has {WEEK} hours")
    places = _places(clock, since, over.end * HOUR)
    values: Sequence[float] = week.values
    laid = [
        values[parts[0][0]] if len(parts) == 1 and parts[0][1] == 1.0 else sum(values[p] * time for p, time in parts)
        for parts in places
    ]
    return Hours(over.start, ([0.0] * len(over.values) + laid)[-len(over.values) :])


def _places(clock: Clock, since: int, until: int) -> list[tuple[tuple[int, float], ...]]:
    """The hours of the week that the clock shows in each hour of UTC from a second on, each with its part of the hour.

    The last of them ends at `until`; they are remembered, since many weeks lie over the same hours.
    """
    known = clock.weeks.get((since, until))
    if known is None:
        check_length(until // HOUR - since // HOUR)
        hours = groupby(_read(clock, since, until), key=lambda part: part[0])
        shared: dict[tuple[tuple[int, float], ...], tuple[tuple[int, float], ...]] = {}
        known = []
        for _, parts in hours:
            shown = tuple(((place - MONDAY) % WEEK, time / HOUR) for _, place, time in parts)
            known.append(shared.setdefault(shown, shown))
        if len(clock.weeks) >= MOST_REMEMBERED:
            clock.weeks.clear()
        clock.weeks[since, until] = known
    return known
