"""Local clocks: the rules of the `tzdata` package, read with the standard library."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from tests.reference.hours import Hours, shift

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)


@functools.cache
def zone_of(name: str) -> ZoneInfo:
    with resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules)


def offset_at_start(series: Hours, zone: str) -> float:
    """The hours that the clock of a zone is ahead at the first hour of a series on that clock; else 0."""
    if not (series.local and series.values):
        return 0.0
    ahead = (_EPOCH + series.start * _HOUR).replace(tzinfo=zone_of(zone)).utcoffset()
    return ahead / _HOUR if ahead is not None else 0.0


def to_utc_by(series: Hours, hours: float) -> Hours:
    """The series on the axis of UTC, its clock being ahead by the same hours all the time."""
    return shift(replace(series, local=False), -hours) if series.local else series


def to_utc(series: Hours, zone: str) -> Hours:
    """The series on the axis of UTC: its first hour moves to the true instant, the others follow hour by hour."""
    if not series.local:
        return series
    wall = (_EPOCH + series.start * _HOUR).replace(tzinfo=zone_of(zone))
    seconds = (wall - _EPOCH) // timedelta(seconds=1)
    moved = Hours(seconds // 3600, series.values, series.unit)
    return shift(moved, seconds % 3600 / 3600) if series.values else moved
