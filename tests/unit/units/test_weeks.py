"""Weeks over the hours of a series."""

from __future__ import annotations

import numpy as np
import pytest

from gaic.units.days import WEEK
from gaic.units.series import NOTHING, SeriesFault, SeriesTrouble, constant, from_values, scale
from gaic.units.weeks import constant_week, hours_to_monday, lay_week, list_week, make_week
from gaic.units.workshop import Workshop
from gaic.units.zones import parse_instant

NUMBERED = make_week([float(hour) for hour in range(WEEK)])


def hour(text: str) -> int:
    return parse_instant(text).hour


def test_a_week_has_168_hours() -> None:
    assert NUMBERED.n == WEEK
    assert NUMBERED.local
    assert list_week(scale(NUMBERED, 2.0))[:3] == [0.0, 2.0, 4.0]
    assert set(list_week(constant_week(0.1))) == {0.1}
    with pytest.raises(ValueError, match="168 hours, not 3"):
        make_week([1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        ("UTC", "2026-01-05T00:00Z", [0, 1, 2]),
        ("UTC", "2026-01-04T23:00Z", [167, 0, 1]),
        ("Europe/Paris", "2026-01-04T22:00Z", [167, 0, 1]),
        ("Europe/Paris", "2026-03-28T23:00Z", [144, 145, 147]),  # 02:00 is 03:00 on 29 March
        ("Europe/Paris", "2026-10-24T23:00Z", [145, 146, 146]),  # 03:00 is 02:00 on 25 October
        ("Asia/Kolkata", "2026-01-04T18:00Z", [83.5, 0.5, 1.5]),  # half of Sunday 23:00, half of Monday 00:00
        ("Asia/Kathmandu", "2026-01-04T19:00Z", [0.75, 1.75, 2.75]),
        ("Australia/Lord_Howe", "2026-04-04T13:00Z", [144, 145, 145.5]),  # 02:00 is 01:30 on 5 April
    ],
)
def test_each_utc_hour_has_what_the_clock_shows(zone: str, start: str, expected: list[float]) -> None:
    laid = lay_week(NUMBERED.terms[0].values, zone, hour(start), len(expected))
    assert laid.tolist() == expected


def test_a_clock_may_change_within_an_hour_and_twice_in_a_series() -> None:
    # London's local mean time is 75 s behind UTC until 1 December 1847, 00:01:15 UTC; a Wednesday
    start = hour("1847-11-30T23:00Z")
    laid = lay_week(NUMBERED.terms[0].values, "Europe/London", start, 3)
    assert laid[0] == pytest.approx((46 * 75 + 47 * 3525) / 3600, rel=1e-15)
    assert laid[1] == pytest.approx((47 * 75 + 48 * 3525) / 3600, rel=1e-15)
    assert laid[2] == 49
    year = lay_week(NUMBERED.terms[0].values, "Europe/Paris", hour("2026-01-05T00:00Z"), 8760)
    assert year[0] == 1
    assert year[24 * 180] == (24 * 180 + 2) % WEEK
    assert year[8759] == 8760 % WEEK


def test_weeks_are_laid_once_and_constant_ones_take_no_memory() -> None:
    workshop = Workshop()
    over = constant(hour("2026-01-01T00:00Z"), 48, 1.0)
    first = workshop.expand(NUMBERED, over, "Europe/Paris")
    second = workshop.expand(scale(NUMBERED, 3.0), over, "Europe/Paris")
    assert first.terms[0].values is second.terms[0].values
    assert second.terms[0].factor == 3.0
    flat = workshop.expand(constant_week(2.5), over, "Europe/Paris")
    assert flat.terms[0].values.strides == (0,)
    assert workshop.values(flat).tolist() == [2.5] * 48
    assert (flat.start, flat.n, flat.local) == (over.start, 48, False)


def test_a_week_over_nothing_is_nothing_and_wants_utc() -> None:
    workshop = Workshop()
    assert workshop.expand(NUMBERED, NOTHING, "UTC") is NOTHING
    assert workshop.expand(NOTHING, constant(0, 3, 1.0), "UTC") is NOTHING
    with pytest.raises(SeriesFault) as caught:
        workshop.expand(NUMBERED, constant(0, 3, 1.0, local=True), "UTC")
    assert caught.value.reason is SeriesTrouble.MIXED_CLOCKS


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        ("UTC", "2026-01-05T00:00Z", (0, 0.0)),
        ("UTC", "2026-01-05T01:00Z", (167, 0.0)),
        ("Europe/Paris", "2026-01-04T21:00Z", (2, 0.0)),
        ("Europe/Paris", "2026-03-29T00:00Z", (22, 0.0)),
        ("Asia/Kolkata", "2026-01-04T18:00Z", (0, 0.5)),
        ("Asia/Kathmandu", "2026-01-04T18:00Z", (0, 0.25)),
        ("America/New_York", "2026-01-05T00:00Z", (5, 0.0)),
    ],
)
def test_hours_to_the_first_monday(zone: str, start: str, expected: tuple[int, float]) -> None:
    assert hours_to_monday(constant(hour(start), 9, 1.0), zone) == expected


def test_a_local_series_has_its_own_monday() -> None:
    sunday = from_values(hour("2026-01-04T23:00"), [1.0, 2.0, 4.0], local=True)
    kept = Workshop().from_monday(sunday, "Asia/Kolkata")
    assert Workshop().values(kept).tolist() == [0.0, 2.0, 4.0]
    assert kept.local


def test_before_monday_terms_are_cut_each_alone() -> None:
    workshop = Workshop()
    start = hour("2026-01-04T16:00Z")  # Monday 00:00 in Kolkata is 18:30
    early, long = from_values(start, [1.0, 1.0]), from_values(start, [1.0, 2.0, 4.0, 8.0])
    assert workshop.from_monday(early, "Asia/Kolkata").terms == ()
    kept = workshop.from_monday(long, "Asia/Kolkata")
    assert workshop.values(kept).tolist() == [0.0, 0.0, 2.0, 8.0]
    assert workshop.from_monday(scale(long, 2.0), "Asia/Kolkata").terms[0].values is kept.terms[0].values
    whole = from_values(start + 3, [1.0, 2.0])
    assert workshop.from_monday(whole, "UTC").n == 2
    assert workshop.from_monday(NOTHING, "UTC") is NOTHING
    behind = from_values(hour("2026-01-05T00:00Z"), [1.0, 2.0])
    assert workshop.from_monday(behind, "UTC").terms[0].values is behind.terms[0].values


def test_laid_hours_stay_within_the_week() -> None:
    laid = lay_week(np.arange(WEEK, dtype=np.float64), "Asia/Kolkata", 0, 10_000)
    assert laid.min() >= 0.5
    assert laid.max() <= 166.5
