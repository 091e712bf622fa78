"""Weeks: 168 hours of a local clock, Monday 00:00 first, and where a series meets them.

A week is a series on a local clock that begins with the first Monday of 1970.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gaic.units.days import WEEK
from gaic.units.series import constant, from_values
from gaic.units.zones import HOUR, Instant, offset_at, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.units.series import Hours, Series

_DAY: Final = 24 * HOUR
_MONDAY: Final = 4  # 1970-01-05, in days since 1970-01-01
_FIRST: Final = _MONDAY * 24


def make_week(values: Sequence[float] | Hours, factor: float = 1.0) -> Series:
    """Make the week of `factor * values`, one for each hour from Monday 00:00."""
    if len(values) != WEEK:
        message = f"a week has {WEEK} hours, not {len(values)}"
        raise ValueError(message)
    return from_values(_FIRST, values, local=True, factor=factor)


def constant_week(value: float) -> Series:
    """Make the week that has one value in all its hours."""
    return constant(_FIRST, WEEK, value, local=True)


def is_week(series: Series) -> bool:
    """Say whether a series is a week."""
    return series.local and series.start == _FIRST and series.n == WEEK


def list_week(week: Series) -> list[float]:
    """Give the values of a week."""
    values = np.zeros(WEEK)
    for term in week.terms:
        values += term.values * term.factor
    return values.tolist()


def lay_week(week: Hours, zone: str, start: int, n: int, since: int | None = None) -> Hours:
    """Give what 168 values say in each of `n` UTC hours, read on the clock of the zone; nothing before a UTC second.

    An hour in which the clock shows two hours of the week (zones off by a part of an hour, clock changes within it) has
    their mean by time. An hour that the clock skips counts nowhere, one that it repeats counts twice.
    """
    laid = np.zeros(n)
    begin = start * HOUR if since is None else max(start * HOUR, since)
    for stretch in cut_stretches(zone, begin, (start + n) * HOUR):
        first, behind = -(-stretch.begin // HOUR), stretch.end // HOUR
        if first > behind:  # begins and ends within one hour
            _add_part(laid, week, start, stretch)
            continue
        ahead, rest = divmod(stretch.offset, HOUR)
        places = (np.arange(first, behind) + (ahead - _FIRST)) % WEEK
        values = week[places]
        if rest:
            values = values * (1 - rest / HOUR) + week[(places + 1) % WEEK] * (rest / HOUR)
        laid[first - start : behind - start] += values
        _add_part(laid, week, start, Stretch(stretch.begin, first * HOUR, stretch.offset))
        _add_part(laid, week, start, Stretch(behind * HOUR, stretch.end, stretch.offset))
    return laid


def hours_to_monday(series: Series, zone: str) -> tuple[int, float]:
    """Count the hours of a series before the first Monday 00:00 of the clock: whole ones, and the part of the next.

    A series on a local clock is read on its own.
    """
    begin = series.start * HOUR
    wall = begin if series.local else begin + offset_at(begin, zone)
    midnight = -(-wall // _DAY)
    monday = (midnight + (_MONDAY - midnight) % 7) * 24
    reached = monday * HOUR if series.local else utc_seconds(Instant(monday, local=True), zone)
    whole, rest = divmod(max(reached - begin, 0), HOUR)
    return whole, rest / HOUR


@dataclass(frozen=True, slots=True)
class Stretch:
    """UTC seconds without a clock change, and what the clock is ahead in them."""

    begin: int
    end: int
    offset: int


def _add_part(laid: Hours, week: Hours, start: int, part: Stretch) -> None:
    """Add a part of one UTC hour: each hour of the clock with its share of the time."""
    at = part.begin
    while at < part.end:
        local = (at + part.offset) // HOUR
        until = min((local + 1) * HOUR - part.offset, part.end)
        laid[at // HOUR - start] += week[(local - _FIRST) % WEEK] * ((until - at) / HOUR)
        at = until


@functools.lru_cache(maxsize=256)
def cut_stretches(zone: str, begin: int, end: int) -> tuple[Stretch, ...]:
    """Cut a time where the clock of a zone changes."""
    found: list[Stretch] = []
    while begin < end:
        offset = offset_at(begin, zone)
        behind = _find_change(zone, begin, end, offset)
        found.append(Stretch(begin, behind, offset))
        begin = behind
    return tuple(found)


def _find_change(zone: str, same: int, end: int, offset: int) -> int:
    """Give the first second at which the clock is not `offset` ahead, or `end`; no clock changes back within a day."""
    while same < end - 1:
        later = min(same + _DAY, end - 1)
        if offset_at(later, zone) != offset:
            while later - same > 1:
                middle = (same + later) // 2
                same, later = (middle, later) if offset_at(middle, zone) == offset else (same, middle)
            return later
        same = later
    return end
