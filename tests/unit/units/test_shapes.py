"""Shapes spread over a period."""

from __future__ import annotations

import pytest

from gaic.units.series import NOTHING, Series, SeriesFault, SeriesTrouble, hour_text
from gaic.units.shapes import RowTrouble, ShapeFault, ShapeRow, check_rows, expand_shape
from gaic.units.workshop import Workshop
from gaic.units.zones import parse_instant, period_hours

W = Workshop()
WHOLE = (ShapeRow(0, 1440, 1 / 24),)
OFFICE = (ShapeRow(0, 480, 0.0), ShapeRow(480, 1080, 0.09), ShapeRow(1080, 1440, 1 / 60))
STAIRS = tuple(ShapeRow(60 * hour, 60 * hour + 60, float(hour)) for hour in range(24))


def spread(rows: tuple[ShapeRow, ...], zone: str, start: str, end: str) -> Series:
    """Spread the same rows for each weekday over a period."""
    series = expand_shape(dict.fromkeys(range(7), rows), zone, *period_hours(start, end, zone))
    assert isinstance(series, Series)
    return series


def listed(series: Series) -> list[float]:
    """Give the values of a series."""
    return [float(value) for value in W.values(series)]


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize("rows", [WHOLE, OFFICE, STAIRS, STAIRS[::-1]])
def test_sound_rows(rows: tuple[ShapeRow, ...]) -> None:
    assert check_rows(0, rows) is None


@pytest.mark.parametrize(
    ("rows", "fault", "message"),
    [
        ([], (RowTrouble.GAP, None, 0, 1440), "00:00..24:00 leaves a time out"),
        ([(0, 480, 1.0)], (RowTrouble.GAP, None, 480, 1440), "08:00..24:00 leaves a time out"),
        ([(60, 1440, 1.0)], (RowTrouble.GAP, None, 0, 60), "00:00..01:00 leaves a time out"),
        ([(500, 1440, 1.0), (0, 480, 1.0)], (RowTrouble.GAP, None, 480, 500), "08:00..08:20 leaves a time out"),
        ([(0, 800, 1.0), (600, 1440, 1.0)], (RowTrouble.OVERLAP, 1, 600, 800), "10:00..13:20 covers a time twice"),
        ([(0, 1440, 1.0), (60, 70, 1.0)], (RowTrouble.OVERLAP, 1, 60, 70), "01:00..01:10 covers a time twice"),
        ([(0, 1500, 1.0)], (RowTrouble.OUTSIDE, 0, 0, 1500), "00:00..25:00 outside 00:00 to 24:00"),
        ([(-60, 1440, 1.0)], (RowTrouble.OUTSIDE, 0, -60, 1440), "-1:00..24:00 outside 00:00 to 24:00"),
        ([(0, 1440, 1.0), (5, 5, 1.0)], (RowTrouble.EMPTY, 1, 5, 5), "00:05..00:05 does not end after it begins"),
        ([(0, 1440, -1.0)], (RowTrouble.BAD_SHARE, 0, 0, 1440), "00:00..24:00 negative or not finite"),
        ([(0, 1440, float("nan"))], (RowTrouble.BAD_SHARE, 0, 0, 1440), "00:00..24:00 negative or not finite"),
    ],
)
def test_faulty_rows(rows: list[tuple[int, int, float]], fault: tuple[object, ...], message: str) -> None:
    found = check_rows(3, [ShapeRow(*row) for row in rows])
    assert found is not None
    assert (found.weekday, found.reason, found.row, found.start, found.end) == (3, *fault)
    assert found.message == message


def test_a_faulty_weekday_is_the_answer() -> None:
    result = expand_shape({0: WHOLE, 5: (), 6: ()}, "UTC", 0, 24)
    assert isinstance(result, ShapeFault)
    assert (result.weekday, result.reason) == (5, RowTrouble.GAP)


# ---------------------------------------------------------------- ordinary days


def test_rows_give_the_amount_per_hour_on_the_local_clock() -> None:
    series = spread(STAIRS, "Europe/Paris", "2026-01-05", "2026-01-06")
    assert hour_text(series.start) == "2026-01-04T23:00:00Z"
    assert listed(series) == [float(hour) for hour in range(24)]
    assert not series.local


def test_rows_may_begin_within_an_hour() -> None:
    rows = (ShapeRow(0, 90, 4.0), ShapeRow(90, 1440, 0.0))
    assert listed(spread(rows, "UTC", "2026-01-05", "2026-01-06"))[:3] == [4.0, 2.0, 0.0]


def test_weekdays_count_from_monday() -> None:
    start = parse_instant("2026-01-05").hour  # a Monday
    series = expand_shape({day: (ShapeRow(0, 1440, float(day)),) for day in range(6)}, "UTC", start, 8 * 24)
    assert isinstance(series, Series)
    assert listed(series)[12::24] == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0, 0.0]


def test_a_day_that_the_period_cuts_keeps_the_hours_it_has() -> None:
    series = spread(STAIRS, "UTC", "2026-01-05T20:00", "2026-01-06T02:00")
    assert listed(series) == [20.0, 21.0, 22.0, 23.0, 0.0, 1.0]


def test_half_hour_zones_split_each_row() -> None:
    series = spread(STAIRS, "Asia/Kolkata", "2026-01-05", "2026-01-06")
    assert hour_text(series.start) == "2026-01-04T18:00:00Z"
    assert listed(series) == [11.5, *(hour + 0.5 for hour in range(23))]


def test_no_hours_are_nothing_and_too_many_a_fault() -> None:
    assert expand_shape({}, "UTC", 0, 0) is NOTHING
    with pytest.raises(SeriesFault) as caught:
        expand_shape({}, "UTC", 0, 25, hours_limit=24)
    assert caught.value.reason is SeriesTrouble.TOO_LONG


# ---------------------------------------------------------------- days that are not 24 hours long


def test_a_day_of_23_hours_keeps_its_volume() -> None:
    values = listed(spread(STAIRS, "Europe/Paris", "2026-03-29", "2026-03-30"))
    factor = 276 / 274  # the hour from 02:00 is left out
    assert values == pytest.approx([0, factor, *(hour * factor for hour in range(3, 24))])
    assert sum(values) == pytest.approx(276)


def test_a_day_of_25_hours_keeps_its_volume() -> None:
    values = listed(spread(STAIRS, "Europe/Paris", "2026-10-25", "2026-10-26"))
    factor = 276 / 278  # the hour from 02:00 comes twice
    assert values == pytest.approx([0, factor, 2 * factor, *(hour * factor for hour in range(2, 24))])


def test_a_change_by_half_an_hour() -> None:
    rows = (ShapeRow(0, 60, 0.0), ShapeRow(60, 120, 1.0), ShapeRow(120, 1320, 0.1), ShapeRow(1320, 1440, 0.0))
    values = listed(spread(rows, "Australia/Lord_Howe", "2026-04-05", "2026-04-06"))
    assert sum(values) == pytest.approx(3.0)
    assert max(values) == pytest.approx(3.0 / 3.5)  # half an hour of 1 comes twice


def test_a_day_without_midnight() -> None:
    values = listed(spread(STAIRS, "America/Havana", "2026-03-08", "2026-03-09"))
    assert len(values) == 23
    assert values == pytest.approx([float(hour) for hour in range(1, 24)])


def test_a_day_with_two_midnights() -> None:
    values = listed(spread(STAIRS, "America/Havana", "2025-11-02", "2025-11-03"))
    assert values == pytest.approx([0.0, 0.0, *(float(hour) for hour in range(1, 24))])


@pytest.mark.parametrize(
    ("zone", "day", "rows", "hour"),
    [
        ("Europe/Paris", "2026-03-29", (ShapeRow(0, 120, 0.0), ShapeRow(120, 180, 7.0), ShapeRow(180, 1440, 0.0)), 2),
        ("America/Havana", "2026-03-08", (ShapeRow(0, 60, 7.0), ShapeRow(60, 1440, 0.0)), 0),
    ],
)
def test_a_volume_in_hours_that_the_clock_skips_falls_behind_them(
    zone: str, day: str, rows: tuple[ShapeRow, ...], hour: int
) -> None:
    values = listed(spread(rows, zone, day, day + "T23:00"))
    assert values.pop(hour) == 7.0
    assert not any(values)


def test_a_day_that_a_zone_left_out_has_no_volume() -> None:
    series = spread(WHOLE, "Pacific/Apia", "2011-12-29", "2012-01-01")
    assert series.n == 48
    assert W.total(series) == pytest.approx(2.0)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
@pytest.mark.parametrize("rows", [WHOLE, OFFICE])
def test_three_years_have_the_volume_of_their_days(zone: str, rows: tuple[ShapeRow, ...]) -> None:
    assert W.total(spread(rows, zone, "2026-01-01", "2029-01-01")) == pytest.approx(1096.0)
