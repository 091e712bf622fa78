"""Weeks and Mondays, minute by minute on the clock of a zone."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.reference.clocks import zone_of
from tests.reference.hours import Hours, nothing

if TYPE_CHECKING:
    from tests.reference.quantities import Quantity

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTES = 60


def repeat(quantity: Quantity) -> Hours:
    """The week that has one value in all hours; it begins on the first Monday of 1970, as all weeks do."""
    return Hours(4 * 24, [quantity.magnitude] * 168, quantity.units, local=True)


def expand(week: Hours, over: Hours, zone: str) -> Hours:
    """What a week says in the hours of a series: the mean of what the clock shows in the minutes of each."""
    if not (week.values and over.values):
        return nothing(week.unit)
    values = [_mean(week, _clock(hour, zone)) for hour in range(over.start, over.end)]
    return Hours(over.start, values, week.unit)


def expand_from_monday(week: Hours, over: Hours, zone: str) -> Hours:
    """The same, without the minutes before the clock first turns to a Monday."""
    if not (week.values and over.values):
        return nothing(week.unit)
    values: list[float] = []
    begun = False
    for hour in range(over.start, over.end):
        shown = [_moment(hour, minute, zone) for minute in range(_MINUTES)] if not begun else []
        turns = next((m for m in range(_MINUTES) if _is_monday(hour, m, zone)), None) if not begun else None
        if begun:
            values.append(_mean(week, _clock(hour, zone)))
        elif turns is None:
            values.append(0.0)
        else:
            values.append(_mean(week, Counter(_place(moment) for moment in shown[turns:])))
            begun = True
    return Hours(over.start, values, week.unit)


def _clock(hour: int, zone: str) -> Counter[int]:
    """The hours of the week that the clock shows in an hour of UTC, with the minutes of each."""
    first, last = _moment(hour, 0, zone), _moment(hour, _MINUTES - 1, zone)
    if _place(first) == _place(last):
        return Counter({_place(first): _MINUTES})
    return Counter(_place(_moment(hour, minute, zone)) for minute in range(_MINUTES))


def _mean(week: Hours, minutes: Counter[int]) -> float:
    return math.fsum(week.values[place] * count for place, count in minutes.items()) / _MINUTES


def _place(moment: datetime) -> int:
    return moment.weekday() * 24 + moment.hour


def _moment(hour: int, minute: int, zone: str | None) -> datetime:
    moment = _EPOCH + timedelta(hours=hour, minutes=minute)
    return moment if zone is None else moment.astimezone(zone_of(zone))


def from_monday(series: Hours, zone: str) -> Hours:
    """Nothing before the clock turns to a Monday: of the hour in which it does the share of the minutes left."""
    clock = None if series.local else zone
    kept: list[float] = []
    for hour in range(series.start, series.end):
        if kept and kept[-1]:
            kept.append(1.0)
        else:
            minute = next((m for m in range(_MINUTES) if _is_monday(hour, m, clock)), _MINUTES)
            kept.append((_MINUTES - minute) / _MINUTES)
    return replace(series, values=[value * share for value, share in zip(series.values, kept, strict=True)])


def _is_monday(hour: int, minute: int, clock: str | None) -> bool:
    """Say whether the clock turns to a Monday in a minute."""
    days = _moment(hour, minute - 1, clock).weekday(), _moment(hour, minute, clock).weekday()
    return days == (6, 0)
