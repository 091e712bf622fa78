"""A series by the calendar: what its days, its months and the hours of its days come to.

Days and months are those of the clock that the series is on: UTC, or the local clock of a local one. All numbers are in
the unit that is shown beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.evaluate.account import Course


@dataclass(frozen=True, slots=True)
class Days:
    """A series day by day: `first` counts days since 1970-01-01, `hours` those that the series has of each day.

    `sums` adds up the hours of a day, `low` and `high` are its lowest and its highest hour.
    """

    first: int
    hours: tuple[int, ...]
    sums: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Months:
    """A series month by month: `first` is 12 times the year plus the month, counted from 0."""

    first: int
    hours: tuple[int, ...]
    sums: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DailyHours:
    """The mean of each hour of the day, 0 to 23, in columns of `stride` months, which lie as the calendar has them.

    The first column holds the month `first` (as in `Months`), all of them `months`: those at the ends of the series
    that have less than a week of hours are left out. A mean is None where the series has no such hour.
    """

    first: int
    months: int
    stride: int
    means: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A series for its charts and its table.

    `band` has a part for every `days` days, or for every hour where `days` is 0. The first hours of the lowest and of
    the highest value count from 1970-01-01T00:00.
    """

    days: int
    band: Course
    months: Months
    daily_hours: DailyHours
    lowest_hour: int
    highest_hour: int
