"""Local clocks: the rules of the `tzdata` package, read with the standard library."""

from __future__ import annotations

import functools
import math
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


def offset_of_clock(series: Hours, zone: str) -> float:
    """The hours that the clock of a zone is ahead when it shows the first hour, the smaller of two; 0 for nothing."""
    if not series.values:
        return 0.0
    wall = (_EPOCH + series.start * _HOUR).replace(tzinfo=zone_of(zone))
    both = [wall.replace(fold=fold).utcoffset() for fold in (0, 1)]
    return min(ahead / _HOUR for ahead in both if ahead is not None)


def from_wall_clock(series: Hours, zone: str) -> Hours:
    """The amounts that stand for each hour shown by a clock, minute by minute, on the axis of UTC."""
    if not series.local or not series.values:
        return series
    clock, minute = zone_of(zone), timedelta(minutes=1)
    first = (_EPOCH + series.start * _HOUR).replace(tzinfo=clock) - _EPOCH
    last = (_EPOCH + (series.start + len(series.values)) * _HOUR).replace(tzinfo=clock) - _EPOCH
    seen: dict[int, list[int]] = {place: [] for place in range(len(series.values))}
    for count in range(first // minute, last // minute):
        shown = (_EPOCH + count * minute).astimezone(clock).replace(tzinfo=None) - _EPOCH.replace(tzinfo=None)
        if 0 <= shown // _HOUR - series.start < len(series.values):
            seen[shown // _HOUR - series.start].append(count // 60)
    parts: list[list[float]] = [[] for _ in range(-(-last // _HOUR) - first // _HOUR)]
    for place, value in enumerate(series.values):
        skipped = (_EPOCH + (series.start + place) * _HOUR).replace(tzinfo=clock) - _EPOCH
        hours = seen[place] or [min(skipped // _HOUR, first // _HOUR + len(parts) - 1)]
        for hour in hours:
            parts[hour - first // _HOUR].append(value / len(hours))
    return Hours(first // _HOUR, tuple(math.fsum(part) for part in parts), series.unit)


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
