"""Shapes: how the volume of a day falls into its hours, on the clock of a zone, spread over a period."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np

from gaic.units.courses import STEADY, CourseFault
from gaic.units.series import HOURS_LIMIT, NOTHING, SeriesFault, SeriesTrouble, from_values
from gaic.units.zones import HOUR, Instant, offset_at, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gaic.units.courses import Course
    from gaic.units.series import Hours as Values
    from gaic.units.series import Series

_MINUTES: Final = 24 * 60
_DAY: Final = 24 * HOUR
_EPOCH_WEEKDAY: Final = 3  # 1970-01-01 was a Thursday


class RowTrouble(Enum):
    """What is wrong with the rows of a day."""

    OUTSIDE = "outside 00:00 to 24:00"
    EMPTY = "does not end after it begins"
    OVERLAP = "covers a time twice"
    GAP = "leaves a time out"
    BAD_SHARE = "negative or not finite"


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """From `start` to `end`, in minutes of the local day, each hour has this share of the day's volume."""

    start: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """A fault in the rows of a weekday (Monday = 0); `row` counts from 0, None where a time is left out."""

    weekday: int
    reason: RowTrouble
    row: int | None
    start: int
    end: int

    @property
    def message(self) -> str:
        """The fault with the time in question: `08:00..09:00 covers a time twice`."""
        times = f"{_clock(self.start)}..{_clock(self.end)}"
        return f"{times} {self.reason.value}"


def check_rows(weekday: int, rows: Sequence[ShapeRow]) -> ShapeFault | None:
    """Find what keeps rows from covering the day exactly once; they may stand in any order."""
    for place, row in enumerate(rows):
        reason = _find_trouble(row)
        if reason is not None:
            return ShapeFault(weekday, reason, place, row.start, row.end)
    reached = 0
    for place in sorted(range(len(rows)), key=lambda place: rows[place].start):
        row = rows[place]
        if row.start < reached:
            return ShapeFault(weekday, RowTrouble.OVERLAP, place, row.start, min(row.end, reached))
        if row.start > reached:
            return ShapeFault(weekday, RowTrouble.GAP, None, reached, row.start)
        reached = row.end
    return ShapeFault(weekday, RowTrouble.GAP, None, reached, _MINUTES) if reached < _MINUTES else None


def expand_shape(
    rows_by_weekday: Mapping[int, Sequence[ShapeRow]],
    zone: str,
    start_hour: int,
    n: int,
    *,
    course: Course = STEADY,
    hours_limit: int = HOURS_LIMIT,
) -> Series | ShapeFault | CourseFault:
    """Spread shapes over `n` UTC hours: an amount of plain numbers, the share of a day's volume in each hour.

    Weekdays count from Monday = 0; one that is not there has no volume. A row gives the share per hour of the local
    clock. A day of 23 or 25 hours is scaled so that it keeps its volume; if all of it was in hours that the clock
    skips, it falls into the hour behind them. Where the zone is off by a fraction of an hour, an hour gets the
    parts of the two local hours in it. A day that the period cuts keeps the hours it has. The course multiplies the
    volume of each local day; the one in which the first hour ends is its first.
    """
    faults = (check_rows(weekday, rows_by_weekday[weekday]) for weekday in sorted(rows_by_weekday))
    fault = next(filter(None, faults), None)
    if fault is not None:
        return fault
    if n > hours_limit:
        raise SeriesFault(SeriesTrouble.TOO_LONG)
    if n <= 0:
        return NOTHING
    values = _fill(_Days(rows_by_weekday, zone), start_hour, n, course)
    if isinstance(values, CourseFault):
        return values
    values.flags.writeable = False
    return from_values(start_hour, values)


def _fill(days: _Days, start_hour: int, n: int, course: Course) -> Values | CourseFault:
    """Give the amounts of all hours, local day by local day."""
    values = np.zeros(n)
    opening = days.at((start_hour + 1) * HOUR - 1)  # a period moved back to a whole hour may begin on the day before
    day = days.at(start_hour * HOUR)
    begin = days.begin(day)
    while begin < (start_hour + n) * HOUR:
        behind = days.begin(day + 1)
        first, amounts = days.spread(day, begin, behind)
        factor = course.factor(opening, day)
        if not 0.0 <= factor < math.inf:
            return CourseFault(day, factor)
        low, high = max(first, start_hour), min(first + len(amounts), start_hour + n)
        if low < high:
            part = amounts[low - first : high - first]
            values[low - start_hour : high - start_hour] += [amount * factor for amount in part]
        day, begin = day + 1, behind
    return values


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a local day without a clock change: UTC seconds, and what the clock is ahead."""

    begin: int
    end: int
    offset: int


class _Days:
    """Local days, counted from 1970-01-01, as amounts in UTC hours; ordinary ones repeat for weekday and offset."""

    def __init__(self, rows_by_weekday: Mapping[int, Sequence[ShapeRow]], zone: str) -> None:
        self._rows = rows_by_weekday
        self._zone = zone
        self._ordinary: dict[tuple[int, int], list[float]] = {}

    def at(self, seconds: int) -> int:
        """Give the local day of a UTC second."""
        return (seconds + offset_at(seconds, self._zone)) // _DAY

    def begin(self, day: int) -> int:
        """Give the UTC second in which a local day begins."""
        return utc_seconds(Instant(day * 24, local=True), self._zone)

    def spread(self, day: int, begin: int, end: int) -> tuple[int, list[float]]:
        """Give the first UTC hour of a day and the share of its volume in each of its hours."""
        weekday = (day + _EPOCH_WEEKDAY) % 7
        rows = self._rows.get(weekday, ())
        if end - begin != _DAY:
            return begin // HOUR, _rescale(rows, day * _DAY, tuple(self._stretches(begin, end)))
        key = (weekday, begin % HOUR)
        if key not in self._ordinary:
            whole = _Stretch(begin, end, day * _DAY - begin)
            self._ordinary[key] = _spread_rows(rows, day * _DAY, (whole,))
        return begin // HOUR, self._ordinary[key]

    def _stretches(self, begin: int, end: int) -> Iterator[_Stretch]:
        """Cut a day where its clock changes."""
        while begin < end:
            offset = offset_at(begin, self._zone)
            behind = self._change(begin, end, offset)
            yield _Stretch(begin, behind, offset)
            begin = behind

    def _change(self, begin: int, end: int, offset: int) -> int:
        """Give the first second from `begin` at which the clock is not `offset` ahead, or `end`."""
        same = begin
        probes: list[int] = [*range(begin + HOUR, end, HOUR), end - 1]
        for later in probes:
            if offset_at(later, self._zone) != offset:
                different = later
                while different - same > 1:
                    middle = (same + different) // 2
                    same, different = (middle, different) if offset_at(middle, self._zone) == offset else (same, middle)
                return different
            same = later
        return end


def _rescale(rows: Sequence[ShapeRow], midnight: int, stretches: Sequence[_Stretch]) -> list[float]:
    """Give the amounts of a day that is longer or shorter than 24 hours, with the volume that it has on others."""
    if not stretches:
        return []  # the zone left this day out, as when it crossed the date line
    amounts = _spread_rows(rows, midnight, stretches)
    volume = math.fsum(row.share * ((row.end - row.start) / 60) for row in rows)
    spread = math.fsum(amounts)  # the same on every Python; `sum` is not
    if spread > 0.0:
        return [amount * (volume / spread) for amount in amounts] if spread != volume else amounts
    changed = stretches[min(1, len(stretches) - 1)].begin
    amounts[changed // HOUR - stretches[0].begin // HOUR] = volume
    return amounts


def _spread_rows(rows: Sequence[ShapeRow], midnight: int, stretches: Sequence[_Stretch]) -> list[float]:
    """Give the amounts in the UTC hours that the stretches of one day touch."""
    first = stretches[0].begin // HOUR
    amounts = [0.0] * (-(-stretches[-1].end // HOUR) - first)
    for stretch in stretches:
        for row in rows:
            low = max(stretch.begin, midnight + row.start * 60 - stretch.offset)
            high = min(stretch.end, midnight + row.end * 60 - stretch.offset)
            for hour in range(low // HOUR, -(-high // HOUR)):
                covered = max(min(high, (hour + 1) * HOUR) - max(low, hour * HOUR), 0)
                amounts[hour - first] += row.share * (covered / HOUR)
    return amounts


def _find_trouble(row: ShapeRow) -> RowTrouble | None:
    if row.start < 0 or row.end > _MINUTES:
        return RowTrouble.OUTSIDE
    if row.end <= row.start:
        return RowTrouble.EMPTY
    if not math.isfinite(row.share) or row.share < 0:
        return RowTrouble.BAD_SHARE
    return None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
