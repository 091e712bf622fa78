"""A week as named day profiles: each with a base value, and hours of the day in which another value holds."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from gaic.exchange.document import as_mapping, as_number
from gaic.exchange.faults import BadValueError
from gaic.exchange.packed import LARGEST_SINGLE
from gaic.units.days import DAY, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gaic.exchange.document import Json

DAYS = len(WEEKDAYS)


def read_profiles(form: dict[str, Json], keys: Mapping[str, str]) -> tuple[float, ...]:
    """The 168 hours of a week, Monday first, as single-precision floats like the values of packed series.

    `keys` are the names of the parts of a form. Raises `BadValueError` unless each day has one profile.
    """
    days: dict[int, tuple[float, ...]] = {}
    for entry in _entries(form[keys["profiles"]], "the profiles"):
        profile = as_mapping(entry, "a profile")
        hours = tuple(_read_day(profile, keys))
        for each in _entries(profile.get(keys["days"]), "the days of a profile"):
            day = _whole(each, "a day of a profile", DAYS - 1)
            if day in days:
                raise BadValueError(f"day {day} of the week has two profiles")
            days[day] = hours
    if len(days) != DAYS:
        raise BadValueError("a day of the week has no profile")
    return tuple(value for day in range(DAYS) for value in days[day])


def _read_day(profile: dict[str, Json], keys: Mapping[str, str]) -> list[float]:
    hours = [_single(profile.get(keys["base"]), "the base of a profile")] * DAY
    taken = 0
    for entry in _entries(profile.get(keys["ranges"]), "the ranges of a profile"):
        part = as_mapping(entry, "a range of a profile")
        start = _whole(part.get(keys["start"]), "the start of a range", DAY)
        end = _whole(part.get(keys["end"]), "the end of a range", DAY)
        if not taken <= start < end:
            raise BadValueError("the ranges of a profile overlap, or are not in order")
        hours[start:end] = [_single(part.get(keys["value"]), "the value of a range")] * (end - start)
        taken = end
    return hours


def _entries(value: Json, what: str) -> Iterator[Json]:
    """The entries of a list; more than a day has hours are no sound form."""
    if not isinstance(value, list) or len(value) > DAY:
        raise BadValueError(f"{what} are no list of at most {DAY}")
    return iter(value)


def _whole(value: Json, what: str, most: int) -> int:
    number = as_number(value, what)
    if not number.is_integer() or not 0 <= number <= most:
        raise BadValueError(f"{what} is no whole number up to {most}")
    return int(number)


def _single(value: Json, what: str) -> float:
    number = as_number(value, what)
    if abs(number) > LARGEST_SINGLE:
        raise BadValueError(f"{what} is beyond all numbers")
    (single,) = struct.unpack("<f", struct.pack("<f", number))
    return float(single)
