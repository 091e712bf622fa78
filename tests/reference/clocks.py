"""Local clocks: the rules of the `tzdata` package, read with the standard library."""

from __future__ import annotations

import functools
from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from tests.reference.hours import Hours, shift

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


@functools.cache
def _zone(name: str) -> ZoneInfo:
    with resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules)


def to_utc(series: Hours, zone: str) -> Hours:
    """The series on the axis of UTC: its first hour moves to the true instant, the others follow hour by hour."""
    if not series.local:
        return series
    wall = (_EPOCH + series.start * _HOUR).replace(tzinfo=_zone(zone))
    seconds = (wall - _EPOCH) // timedelta(seconds=1)
    moved = Hours(seconds // 3600, series.values, series.unit)
    return shift(moved, seconds % 3600 / 3600) if series.values else moved
