"""Adds up the hours of a series by day, by month and by hour of the day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from gaic.evaluate.account import Course
from gaic.evaluate.calendar import Calendar, DailyHours, Days, Months
from gaic.units.days import DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hours = NDArray[np.float64]
    Counts = NDArray[np.int64]

WEEK: Final = 7
SHORT: Final = 3 * DAY
"""Hours from which on a series is read day by day."""
ENOUGH: Final = WEEK * DAY
"""Hours that a month at an end must have: the means of fewer would stand out by chance."""
STRIDES: Final = (1, 3, 12, 60, 120, 600, 1200, 6000, 12000, 120000)
"""Months that a column of hours of the day may hold: a month, a quarter, 1, 5, 10, ... years."""

_EPOCH_MONTH: Final = 1970 * 12


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """The whole days around a stretch of hours: `lead` and `tail` are hours of them before it and behind it.

    `starts` are the places of the first days of months; `counts` are hours by month and hour of the day.
    """

    first_day: int
    lead: int
    tail: int
    days: int
    first_month: int
    starts: Counts
    counts: Counts


def list_days(start: int, hours: Hours, unit: str) -> Days:
    """Read a series, at least one hour that begins `start` hours after 1970-01-01T00:00, day by day."""
    frame = _frame(start, len(hours))
    counts, sums, low, high = _gather(frame, hours, 1)
    return Days(
        frame.first_day, tuple(counts.tolist()), tuple(sums.tolist()), tuple(low.tolist()), tuple(high.tolist()), unit
    )


def read_calendar(start: int, hours: Hours, unit: str, parts: int, columns: int) -> Calendar:
    """Read a series, at least one hour, with at most `parts` parts of its band and `columns` of hours of the day."""
    frame = _frame(start, len(hours))
    padded = _pad(frame, hours)
    by_month = np.add.reduceat(padded, frame.starts, axis=0) + 0.0
    days, band = _read_band(frame, start, hours, unit, parts)
    return Calendar(
        days=days,
        band=band,
        months=Months(
            frame.first_month, tuple(frame.counts.sum(axis=1).tolist()), tuple(by_month.sum(axis=1).tolist())
        ),
        daily_hours=_read_daily_hours(frame, by_month, columns),
        lowest_hour=start + int(hours.argmin()),
        highest_hour=start + int(hours.argmax()),
    )


def join_days(days: int, parts: int) -> int:
    """How many days a part of a chart holds, so that there are at most `parts`: one, or whole weeks.

    Other numbers of days would cut weekends in another way in each part, and so draw waves that are not there.
    """
    return 1 if days <= parts else -(-days // (parts * WEEK)) * WEEK


def join_months(first: int, months: int, columns: int) -> int:
    """How many months a column holds, so that there are at most `columns` of them."""
    last = first + months - 1
    return next((stride for stride in STRIDES if last // stride - first // stride < columns), STRIDES[-1])


@lru_cache(maxsize=64)
def _frame(start: int, n: int) -> _Frame:
    """Lay whole days and months around `n` hours; many series of a model have the same."""
    first_day, lead = divmod(start, DAY)
    days = -(-(lead + n) // DAY)
    tail = days * DAY - lead - n
    months = np.arange(first_day, first_day + days).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    starts = np.flatnonzero(np.diff(months, prepend=months[0] - 1))
    counts = np.repeat(np.diff(np.append(starts, days))[:, np.newaxis], DAY, axis=1)
    counts[0, :lead] -= 1
    counts[-1, DAY - tail :] -= 1
    return _Frame(first_day, lead, tail, days, int(months[0]) + _EPOCH_MONTH, starts, counts)


def _pad(frame: _Frame, hours: Hours) -> Hours:
    """Put hours into a row for each day; those that the series does not have are 0."""
    padded = np.zeros(frame.days * DAY)
    padded[frame.lead : frame.lead + len(hours)] = hours
    return padded.reshape(frame.days, DAY)


def _gather(frame: _Frame, hours: Hours, days: int) -> tuple[Counts, Hours, Hours, Hours]:
    """How many hours there are in groups of whole days, their sums, the lowest and the highest of each."""
    edges = np.arange(0, frame.days * DAY, days * DAY) - frame.lead
    edges[0] = 0
    counts = np.diff(edges, append=len(hours))
    sums = np.add.reduceat(hours, edges) + 0.0
    return counts, sums, np.minimum.reduceat(hours, edges) + 0.0, np.maximum.reduceat(hours, edges) + 0.0


def _read_band(frame: _Frame, start: int, hours: Hours, unit: str, parts: int) -> tuple[int, Course]:
    """Mean, lowest and highest hour of groups of whole days; of a short series each hour."""
    if len(hours) < min(SHORT, parts + 1):
        each = tuple((hours + 0.0).tolist())
        return 0, Course(start, 1.0, each, each, each, unit)
    days = join_days(frame.days, parts)
    counts, sums, low, high = _gather(frame, hours, days)
    mean = tuple((sums / counts).tolist())
    course = Course(frame.first_day * DAY, float(days * DAY), mean, tuple(low.tolist()), tuple(high.tolist()), unit)
    return days, course


def _read_daily_hours(frame: _Frame, by_month: Hours, columns: int) -> DailyHours:
    """The mean of each hour of the day in each column of months; months at the ends with few hours are left out."""
    enough = np.flatnonzero(frame.counts.sum(axis=1) >= ENOUGH)
    shown = slice(enough[0], enough[-1] + 1) if len(enough) else slice(None)
    by_month, counts = by_month[shown], frame.counts[shown]
    first = frame.first_month + (shown.start or 0)
    stride = join_months(first, len(by_month), columns)
    places = (first + np.arange(len(by_month))) // stride
    starts = np.flatnonzero(np.diff(places, prepend=places[0] - 1))
    sums, counts = np.add.reduceat(by_month, starts, axis=0), np.add.reduceat(counts, starts, axis=0)
    means = sums / np.maximum(counts, 1)
    return DailyHours(
        int(first),
        len(by_month),
        stride,
        tuple(
            tuple(mean if count else None for mean, count in zip(row, present, strict=True))
            for row, present in zip(means.tolist(), counts.tolist(), strict=True)
        ),
    )
