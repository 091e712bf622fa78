"""Series and weeks as a foreign file holds them: packed, listed, or in the form of a form that was filled in."""

from __future__ import annotations

import json
import math
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gaic.exchange.document import as_number, as_numbers, as_text
from gaic.exchange.faults import BadValueError, StrangeValueError
from gaic.exchange.packed import LARGEST_SINGLE, shortest, unpack
from gaic.exchange.profiles import read_profiles
from gaic.source.diagnostic import GaicError
from gaic.units.days import DAY, WEEK
from gaic.units.zones import TimeFault, is_zone, parse_instant, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.exchange.document import Json
    from gaic.exchange.table import Table

START = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.0+)?)?)?( ?[+-]\d\d:\d\d|Z)?")
SECONDS = 3600


@dataclass(slots=True)
class Allowance:
    """How many hours one series may have, and how many are left for all that are still to be read."""

    each: int
    left: int

    @property
    def most(self) -> int:
        """How many the next series may have."""
        return min(self.each, self.left)

    def take(self, hours: int) -> None:
        """Count the hours of a series; raises `BadValueError` where there are too many in all."""
        self.left -= hours
        if self.left < 0:
            raise BadValueError("all series together have too many hours")


def read_hours(value: dict[str, Json], table: Table, allowance: Allowance) -> tuple[str, tuple[str, ...]]:
    """The first hour and the values of a series.

    Raises `BadValueError` for a broken one, `StrangeValueError` for a form that is not known.
    """
    form, most = value.get("form_inputs"), allowance.most
    if "compressed_values" in value:
        packed = as_text(value["compressed_values"], "`compressed_values`")
        numbers = unpack(packed, most, table.extra)
        as_numbers(list(numbers), "the packed series", most)
    elif "values" in value:
        numbers = as_numbers(value["values"], "`values`", most)
    elif isinstance(form, dict):
        start, texts = _grow(form, table, most)
        allowance.take(len(texts))
        return start, texts
    else:
        raise StrangeValueError("a series in a form that is not known")
    if not numbers:
        raise StrangeValueError("a series without hours")
    allowance.take(len(numbers))
    return read_start(value.get("start_date"), value.get("timezone")), shortest(numbers)


def read_start(written: Json, zone: Json) -> str:
    """The first hour in our form: on the local clock, or in UTC if the file names a zone or an offset."""
    match = START.fullmatch(as_text(written, "`start_date`"))
    if match is None:
        raise BadValueError(f"`start_date` is no date: {written!r}")
    offset = (match[3] or "").strip()
    clock = f"{match[1]}T{match[2] or '00:00'}"
    try:
        instant = parse_instant(clock + offset)
    except TimeFault as fault:
        raise BadValueError(f"`start_date`: {fault}") from None
    if not instant.local:
        return _utc(instant.hour * SECONDS)
    if zone is None:
        return clock
    name = as_text(zone, "`timezone`")
    if not is_zone(name):
        raise BadValueError(f"`timezone`: there is no zone {name!r}")
    try:
        seconds = utc_seconds(instant, name)
    except GaicError as fault:
        raise BadValueError(f"`start_date`: {fault}") from None
    return _utc(seconds)


def _utc(seconds: int) -> str:
    if seconds % SECONDS:
        raise StrangeValueError("the series does not begin on a whole hour of UTC")
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%MZ")
    except OverflowError:
        raise BadValueError("`start_date` lies outside the calendar") from None


def read_week(value: dict[str, Json], table: Table) -> tuple[tuple[str, ...], str]:
    """The values of a week (one if all are equal) and their unit; raises like `read_hours`."""
    form = value.get("form_inputs")
    unit = value.get("unit")
    if "recurring_values" in value:
        listed = value["recurring_values"]
        numbers = as_numbers(_parsed(listed) if isinstance(listed, str) else listed, "`recurring_values`", WEEK)
        if len(numbers) != WEEK:
            raise BadValueError(f"a week has {WEEK} hours, not {len(numbers)}")
    elif isinstance(form, dict) and table.layout.constant["value"] in form:
        numbers = (_form_number(form, table.layout.constant["value"]),)
        unit = unit or form.get(table.layout.constant["unit"])
    elif isinstance(form, dict) and table.layout.profiles["profiles"] in form:
        numbers = read_profiles(form, table.layout.profiles)
        unit = unit or form.get(table.layout.profiles["unit"])
    else:
        raise StrangeValueError("a week in a form that is not known")
    texts = shortest(numbers)
    return (texts[:1] if len(set(texts)) == 1 else texts), as_text(unit or "", "`unit`")


def _parsed(text: str) -> Json:
    """A list of numbers that stands in a text."""
    if len(text) > WEEK * 40:
        raise BadValueError("`recurring_values` is longer than a week")
    try:
        found: Json = json.loads(text)
    except (ValueError, RecursionError):
        raise BadValueError("`recurring_values` is no list of numbers") from None
    return found


# ------------------------------------------------------------ growth


def _grow(form: dict[str, Json], table: Table, most: int) -> tuple[str, tuple[str, ...]]:
    """A volume of a first span that grows from day to day, spread evenly over the hours of each day.

    With q = (1 + growth)^(1/days of its span), day k has v0 q^k, where v0 q^0 + ... over the first span is its volume.
    How many days a span has says the table. Values are those of single-precision floats, as in packed
    series.
    """
    keys, spans = table.layout.growth, table.layout.spans
    if not all(key in form for key in keys.values()):
        raise StrangeValueError("a series in a form that is not known")
    span, rate_span, unit = (_days(form[keys[key]], spans) for key in ("volume_span", "growth_span", "length_unit"))
    days = _form_number(form, keys["length"]) * unit
    if not 0 < days * DAY <= most or not round(days * DAY):
        raise BadValueError(f"a series of {days:g} days is empty, or longer than {most:,} hours")
    rate = 1 + _form_number(form, keys["growth"]) / 100
    if rate <= 0:
        raise BadValueError("a volume shrinks by less than 100 %")
    daily = rate ** (1 / rate_span)
    try:
        first = _form_number(form, keys["volume"]) / sum(daily**day for day in range(span)) / DAY
        levels = [first * daily**day for day in range(math.ceil(days))]
    except OverflowError:
        levels = [math.inf]
    if max(map(abs, levels)) > LARGEST_SINGLE:
        raise BadValueError("the series grows beyond all numbers")
    texts = shortest(struct.unpack("<f", struct.pack("<f", level))[0] for level in levels)
    return read_start(form[keys["start"]], None), tuple(texts[hour // DAY] for hour in range(round(days * DAY)))


def _days(span: Json, spans: Mapping[str, int]) -> int:
    name = as_text(span, "a span of time").removesuffix("s")
    if name not in spans:
        raise StrangeValueError(f"the span of time {name!r} is not known")
    return spans[name]


def _form_number(form: dict[str, Json], key: str) -> float:
    """A number of a form, which may hold it as text."""
    value = form.get(key)
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            raise BadValueError(f"`{key}` is no number") from None
    return as_number(value, f"`{key}`")
