"""Time zones and instants."""

from __future__ import annotations

import os
import re
import zoneinfo
from typing import TYPE_CHECKING

import pytest

from gaic.units.series import SeriesFault, from_values, hour_text
from gaic.units.workshop import Workshop
from gaic.units.zones import (
    HOUR,
    Instant,
    TimeFault,
    TimeTrouble,
    is_zone,
    offset_at,
    parse_instant,
    period_hours,
    to_utc,
    tzdata_version,
    utc_seconds,
    zone_names,
)

if TYPE_CHECKING:
    from gaic.units.series import Series

DAY = 20_454 * 24  # 2026-01-01


def start_text(series: Series) -> str:
    """The first hour of a series as text."""
    return hour_text(series.start, local=series.local)


def local(text: str, values: list[float]) -> Series:
    """Make a series on the local clock."""
    return from_values(parse_instant(text).hour, values, local=True)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("1970-01-01", Instant(0, local=True)),
        ("2026-01-01", Instant(DAY, local=True)),
        ("2026-01-01T05:00", Instant(DAY + 5, local=True)),
        ("2026-01-01T05:00:00", Instant(DAY + 5, local=True)),
        ("2026-01-01T05:00Z", Instant(DAY + 5, local=False)),
        ("2026-01-01T05:00:00Z", Instant(DAY + 5, local=False)),
        ("2026-01-01T05:00+02:00", Instant(DAY + 3, local=False)),
        ("2026-01-01T05:00-02:00", Instant(DAY + 7, local=False)),
        ("2026-01-01T05:30+05:30", Instant(DAY, local=False)),
    ],
)
def test_instants(text: str, instant: Instant) -> None:
    assert parse_instant(text) == instant


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", TimeTrouble.BAD_INSTANT),
        ("2026", TimeTrouble.BAD_INSTANT),
        ("2026-13-01", TimeTrouble.BAD_INSTANT),
        ("2026-02-30", TimeTrouble.BAD_INSTANT),
        ("2026-01-01Z", TimeTrouble.BAD_INSTANT),
        ("2026-01-01 05:00", TimeTrouble.BAD_INSTANT),
        ("2026-01-01T24:00", TimeTrouble.BAD_INSTANT),
        ("2026-01-01T05:60", TimeTrouble.BAD_INSTANT),
        ("2026-01-01T05", TimeTrouble.BAD_INSTANT),
        ("2026-01-01T05:00+24:00", TimeTrouble.BAD_INSTANT),
        ("0000-01-01", TimeTrouble.BAD_INSTANT),
        ("20260101", TimeTrouble.BAD_INSTANT),
        ("٢٠٢٦-01-01", TimeTrouble.BAD_INSTANT),
        ("2026-01-01T05:30", TimeTrouble.NOT_A_WHOLE_HOUR),
        ("2026-01-01T05:00:01", TimeTrouble.NOT_A_WHOLE_HOUR),
        ("2026-01-01T05:00+05:30", TimeTrouble.NOT_A_WHOLE_HOUR),
    ],
)
def test_texts_that_are_no_instant(text: str, reason: TimeTrouble) -> None:
    with pytest.raises(TimeFault, match=re.escape(repr(text))) as caught:
        parse_instant(text)
    assert (caught.value.reason, caught.value.text) == (reason, text)


def test_zones_come_from_the_package() -> None:
    assert is_zone("Europe/Paris")
    assert is_zone("UTC")
    assert not is_zone("Europe/paris")
    assert not is_zone("../zones")
    assert len(zone_names()) > 400
    assert re.fullmatch(r"20[0-9]{2}\.[0-9]+", tzdata_version())
    with pytest.raises(TimeFault, match="unknown time zone: 'Mars/Base'"):
        offset_at(0, "Mars/Base")


def test_zones_do_not_come_from_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    monkeypatch.setitem(os.environ, "TZ", "Asia/Tokyo")
    assert offset_at(DAY * HOUR, "Africa/Nairobi") == 3 * HOUR


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-01-01T00:00", "Europe/Paris", "2025-12-31T23:00:00Z"),
        ("2026-07-01T00:00", "Europe/Paris", "2026-06-30T22:00:00Z"),
        ("2026-01-01T00:00", "America/New_York", "2026-01-01T05:00:00Z"),
        ("2026-10-25T02:00", "Europe/Paris", "2026-10-25T00:00:00Z"),  # comes twice: the first
        ("2026-03-29T02:00", "Europe/Paris", "2026-03-29T01:00:00Z"),  # does not come: one hour later
        ("2026-01-01T00:00Z", "Europe/Paris", "2026-01-01T00:00:00Z"),
    ],
)
def test_instants_in_utc(text: str, zone: str, utc: str) -> None:
    assert hour_text(utc_seconds(parse_instant(text), zone) // HOUR) == utc


def test_a_local_series_starts_at_the_utc_instant_of_its_start() -> None:
    series = to_utc(local("2026-01-01", [1.0, 2.0]), "Europe/Paris")
    assert (start_text(series), series.n, series.local) == ("2025-12-31T23:00:00Z", 2, False)


def test_clock_changes_do_not_move_the_hours_within() -> None:
    series = to_utc(local("2026-03-29", [1.0] * 48), "Europe/Paris")
    assert (start_text(series), series.n) == ("2026-03-28T23:00:00Z", 48)


def test_an_amount_off_by_half_an_hour_is_split_over_two_hours() -> None:
    series = to_utc(local("2026-01-01", [2.0, 4.0]), "Asia/Kolkata")
    assert start_text(series) == "2025-12-31T18:00:00Z"
    assert Workshop().values(series).tolist() == [1.0, 3.0, 2.0]


def test_an_amount_off_by_three_quarters() -> None:
    series = to_utc(local("2026-01-01", [4.0]), "Asia/Kathmandu")  # 5:45 ahead
    assert start_text(series) == "2025-12-31T18:00:00Z"
    assert Workshop().values(series).tolist() == [3.0, 1.0]


def test_a_series_in_utc_is_left_alone() -> None:
    series = from_values(0, [1.0])
    assert to_utc(series, "Asia/Kolkata") is series


@pytest.mark.parametrize(
    ("start", "end", "zone", "first", "hours"),
    [
        ("2026-01-01", "2027-01-01", "Europe/Paris", "2025-12-31T23:00:00Z", 8760),
        ("2026-03-29", "2026-03-30", "Europe/Paris", "2026-03-28T23:00:00Z", 23),
        ("2026-10-25", "2026-10-26", "Europe/Paris", "2026-10-24T22:00:00Z", 25),
        ("2026-01-01", "2026-01-02", "Asia/Kolkata", "2025-12-31T18:00:00Z", 24),
        ("2026-01-02", "2026-01-01", "UTC", "2026-01-02T00:00:00Z", 0),
        ("2026-01-01T03:00", "2026-01-01T05:00", "UTC", "2026-01-01T03:00:00Z", 2),
    ],
)
def test_periods(start: str, end: str, zone: str, first: str, hours: int) -> None:
    hour, n = period_hours(start, end, zone)
    assert (hour_text(hour), n) == (first, hours)


def test_the_ends_of_the_calendar() -> None:
    with pytest.raises(SeriesFault):
        offset_at(253_402_300_799, "Asia/Tokyo")
    with pytest.raises(SeriesFault):
        utc_seconds(Instant(10**9, local=True), "Asia/Tokyo")


def test_every_zone_can_be_read() -> None:
    assert all(abs(offset_at(DAY * HOUR, zone)) <= 14 * HOUR for zone in zone_names())
