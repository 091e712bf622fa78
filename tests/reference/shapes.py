"""Shapes, minute by minute: each minute of UTC asks the clock of the zone which row it is in."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.reference.clocks import zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    Rows = Sequence[tuple[int, int, float]]
    """First minute of the local day, the minute behind the last, share per hour."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Course:
    """Growth in so many days, compound or not, and the factors of the months."""

    growth: float = 0.0
    days: float = 1.0
    compound: bool = True
    seasons: Sequence[float] = (1.0,) * 12

    def factor(self, day: date, first: date) -> float:
        """What the volume of a day is multiplied by."""
        times = max((day - first).days, 0) / self.days
        grown = (1 + self.growth) ** times if self.compound else 1 + self.growth * times
        return grown * self.seasons[day.month - 1]


def spread(week: Sequence[Rows], zone: str, start: int, hours: int, course: Course) -> list[float]:
    """The share in each of some UTC hours from `start`; `week` begins with Monday.

    A local day has its volume whatever its length: what its minutes add up to is scaled to it.
    """
    clock = zone_of(zone)
    first = (_EPOCH + timedelta(hours=start + 1) - _MINUTE).astimezone(clock).date()
    minutes: dict[date, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for minute in range((start - 48) * 60, (start + hours + 48) * 60):
        local = (_EPOCH + minute * _MINUTE).astimezone(clock)
        share = _share(week[local.weekday()], local.hour * 60 + local.minute)
        minutes[local.date()][minute // 60] += share / 60
    found = [0.0] * hours
    for day, parts in minutes.items():
        volume = math.fsum(share * (end - begin) / 60 for begin, end, share in week[day.weekday()])
        whole = math.fsum(parts.values())
        for hour, part in parts.items():
            if start <= hour < start + hours:
                found[hour - start] += part * (volume / whole if whole else 0.0) * course.factor(day, first)
    return found


def volume_of(week: Sequence[Rows], first: date, days: int, course: Course) -> float:
    """The volume of whole days."""
    all_days: Mapping[date, Rows] = {
        day: week[day.weekday()] for day in (first + timedelta(days=passed) for passed in range(days))
    }
    return math.fsum(
        share * (end - begin) / 60 * course.factor(day, first)
        for day, rows in all_days.items()
        for begin, end, share in rows
    )


def _share(rows: Rows, minute: int) -> float:
    return next(share for begin, end, share in rows if begin <= minute < end)
