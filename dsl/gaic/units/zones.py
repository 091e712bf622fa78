"""Time zones from the pinned `tzdata` package alone, and instants on a clock.

The system's own zone data differ between machines and are never read.
Where local clocks are put back, the first of the two equal times is meant; where they are put forward, a time that
does not exist means the same distance behind the change (02:30 is 03:30).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from importlib import metadata, resources
from typing import Final
from zoneinfo import ZoneInfo

from gaic.source.diagnostic import GaicError
from gaic.units.series import Series, SeriesFault, SeriesTrouble, shift

HOUR: Final = 3600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = re.compile(  # an offset stands behind a time only
    r"(?P<plain>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?)"
    r"(?P<offset>(?<=:..)(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))?"
)


class TimeTrouble(Enum):
    """What is wrong with a time or a zone."""

    BAD_INSTANT = "no date or time"
    NOT_A_WHOLE_HOUR = "not on a whole hour"
    UNKNOWN_ZONE = "unknown time zone"


class TimeFault(GaicError, ValueError):
    """A text is no instant on the axis of hours, or no zone."""

    exit_code = 1

    def __init__(self, reason: TimeTrouble, text: str) -> None:
        self.reason = reason
        self.text = text
        super().__init__(f"{reason.value}: {text!r}")


@dataclass(frozen=True, slots=True)
class Instant:
    """The begin of a whole hour: hours since 1970-01-01T00:00, on the local clock or else in UTC."""

    hour: int
    local: bool


def parse_instant(text: str) -> Instant:
    """Read `2026-01-01`, `2026-01-01T00:00`, `2026-01-01T00:00Z` or `2026-01-01T00:00+02:00` (then in UTC).

    Raises `TimeFault`, also for an instant that is not on a whole hour of its clock (`+05:30` never is in UTC).
    """
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise TimeFault(TimeTrouble.BAD_INSTANT, text)
    try:
        moment = datetime.fromisoformat(match["plain"]).replace(tzinfo=UTC)
    except ValueError as error:
        raise TimeFault(TimeTrouble.BAD_INSTANT, text) from error
    offset = match["offset"]
    seconds = (moment - _EPOCH) // timedelta(seconds=1) - (_offset_seconds(offset) if offset else 0)
    if seconds % HOUR:
        raise TimeFault(TimeTrouble.NOT_A_WHOLE_HOUR, text)
    return Instant(seconds // HOUR, local=offset is None)


def is_zone(name: str) -> bool:
    """Say whether `tzdata` has a zone of that name."""
    return name in zone_names()


@functools.cache
def zone_names() -> frozenset[str]:
    """Give the names of all zones."""
    listing = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(listing.split())


def tzdata_version() -> str:
    """Give the version of the `tzdata` package, such as `2026.1`."""
    return metadata.version("tzdata")


def utc_seconds(instant: Instant, zone: str) -> int:
    """Give the seconds since 1970-01-01T00:00Z of an instant, read on the clock of the zone if it is local."""
    seconds = instant.hour * HOUR
    if not instant.local:
        return seconds
    wall = _moment(seconds).replace(tzinfo=_load(zone), fold=0)
    return seconds - _seconds(wall.utcoffset())


def offset_at(seconds: int, zone: str) -> int:
    """Give what the clock of the zone is ahead of UTC, in seconds, at seconds since 1970-01-01T00:00Z."""
    try:
        return _seconds(_moment(seconds).astimezone(_load(zone)).utcoffset())
    except OverflowError as error:
        raise SeriesFault(SeriesTrouble.OUT_OF_CALENDAR) from error


def to_utc(series: Series, zone: str) -> Series:
    """Move a series from the local clock to UTC.

    The first hour starts at the UTC instant of its local start; the values stay consecutive hours, so the clock
    changes within do not move them. Where the zone is off by a fraction f of an hour, UTC hour h gets
    f * x[h - 1] + (1 - f) * x[h]: an amount is split over the two hours it falls into, and a level, which is 0 outside
    its extent, is averaged by time with the same weights. A series that is in UTC already is left alone.
    """
    if not series.local:
        return series
    seconds = utc_seconds(Instant(series.start, local=True), zone)
    whole, rest = divmod(seconds, HOUR)
    return shift(Series(whole, series.n, series.terms), rest / HOUR)


def to_utc_by(series: Series, hours: float) -> Series:
    """Move a series from a clock that is some hours ahead of UTC, all the time; one that is in UTC is left alone."""
    return shift(Series(series.start, series.n, series.terms), -hours) if series.local else series


def offset_at_start(series: Series, zone: str) -> int:
    """Give what the clock of the zone is ahead of UTC, in seconds, at the first hour of a series on that clock.

    0 for a series that is in UTC already, and for one without hours.
    """
    if not (series.local and series.n):
        return 0
    return series.start * HOUR - utc_seconds(Instant(series.start, local=True), zone)


def offset_of_clock(series: Series, zone: str) -> int:
    """Give what the clock of the zone is ahead of UTC, in seconds, when it shows the time at which a series begins.

    The time is read on that clock also where the series is in UTC. Of a time that the clock shows twice or not at all,
    the smaller of both offsets counts. 0 for a series without hours.
    """
    if not series.n:
        return 0
    wall = _moment(series.start * HOUR).replace(tzinfo=_load(zone))
    return min(_seconds(wall.replace(fold=fold).utcoffset()) for fold in (0, 1))


def period_hours(start: str, end: str, zone: str) -> tuple[int, int]:
    """Give first UTC hour and number of hours of a half-open period in the zone's time, such as two dates.

    Where the zone is off by a fraction of an hour, both ends move back to whole hours, so that it gains none.
    A period that ends before it begins has no hours. Raises `TimeFault`.
    """
    first = utc_seconds(parse_instant(start), zone) // HOUR
    behind = utc_seconds(parse_instant(end), zone) // HOUR
    return first, max(behind - first, 0)


@functools.cache
def _load(name: str) -> ZoneInfo:
    if not is_zone(name):
        raise TimeFault(TimeTrouble.UNKNOWN_ZONE, name)
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=name)


def _moment(seconds: int) -> datetime:
    try:
        return _EPOCH + timedelta(seconds=seconds)
    except OverflowError as error:
        raise SeriesFault(SeriesTrouble.OUT_OF_CALENDAR) from error


def _seconds(offset: timedelta | None) -> int:
    return offset // timedelta(seconds=1) if offset is not None else 0


def _offset_seconds(offset: str) -> int:
    if offset == "Z":
        return 0
    size = int(offset[1:3]) * HOUR + int(offset[4:6]) * 60
    return -size if offset[0] == "-" else size
