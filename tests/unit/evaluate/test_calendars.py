"""Days, months and hours of the day, with numbers that were worked out by hand."""

from __future__ import annotations

import calendar as almanac
import math
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.evaluate.account import Course
from gaic.evaluate.calendars import join_days, join_months, list_days, read_calendar

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 24


def hour_of(text: str) -> int:
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - EPOCH) // timedelta(hours=1)


def day_of(text: str) -> int:
    return date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()


def month_of(year: int, month: int) -> int:
    return year * 12 + month - 1


def test_days_of_a_series_that_begins_and_ends_within_one() -> None:
    # 2 hours of 31 December, all of 1 January, 3 hours of 2 January
    hours = np.array([5.0, -1.0, *range(DAY), 7.0, 7.0, 1.0])
    days = list_days(hour_of("2024-12-31T22:00"), hours, "kg")
    assert days.first == day_of("2024-12-31")
    assert days.hours == (2, 24, 3)
    assert days.sums == (4.0, 276.0, 15.0)
    assert days.low == (-1.0, 0.0, 1.0)
    assert days.high == (5.0, 23.0, 7.0)
    assert days.unit == "kg"


def test_hours_within_one_day() -> None:
    days = list_days(hour_of("2025-03-09T05:00"), np.array([2.0, 4.0]), "")
    assert (days.first, days.hours, days.sums, days.low, days.high) == (
        day_of("2025-03-09"),
        (2,),
        (6.0,),
        (2.0,),
        (4.0,),
    )
    found = read_calendar(hour_of("2025-03-09T05:00"), np.array([2.0, 4.0]), "W", 360, 36)
    assert found.days == 0
    assert found.band == Course(hour_of("2025-03-09T05:00"), 1.0, (2.0, 4.0), (2.0, 4.0), (2.0, 4.0), "W")
    assert (found.months.first, found.months.hours, found.months.sums) == (month_of(2025, 3), (2,), (6.0,))
    (means,) = found.daily_hours.means
    assert means == (*(None,) * 5, 2.0, 4.0, *(None,) * 17)
    assert (found.lowest_hour, found.highest_hour) == (hour_of("2025-03-09T05:00"), hour_of("2025-03-09T06:00"))


def test_three_days_are_read_day_by_day_and_less_hour_by_hour() -> None:
    start = hour_of("2025-01-01T00:00")
    assert read_calendar(start, np.ones(71), "", 360, 36).days == 0
    found = read_calendar(start, np.repeat([1.0, 2.0, 3.0], DAY), "", 360, 36)
    assert found.days == 1
    assert found.band == Course(start, 24.0, (1.0, 2.0, 3.0), (1.0, 2.0, 3.0), (1.0, 2.0, 3.0), "")


def test_a_day_of_the_band_that_is_cut_keeps_the_mean_of_its_hours() -> None:
    hours = np.array([10.0, *[1.0] * 72])
    found = read_calendar(hour_of("2024-12-31T23:00"), hours, "", 360, 36)
    assert found.band.start == hour_of("2024-12-31T00:00")
    assert found.band.middle == (10.0, 1.0, 1.0, 1.0)


def test_a_leap_year_has_its_day_and_is_joined_to_weeks() -> None:
    found = read_calendar(hour_of("2024-01-01T00:00"), np.arange(366.0 * DAY), "", 360, 36)
    assert found.months.hours == tuple(DAY * days for days in (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31))
    assert found.months.sums[0] == 743 * 744 / 2
    assert math.fsum(found.months.sums) == 8783 * 8784 / 2
    assert found.days == 7
    assert len(found.band.middle) == 53
    assert (found.band.low[1], found.band.high[1], found.band.middle[1]) == (168.0, 335.0, 251.5)
    # the last week has two days
    assert (found.band.low[-1], found.band.high[-1], found.band.middle[-1]) == (8736.0, 8783.0, 8759.5)
    assert found.daily_hours.stride == 1
    # 00:00 of January: 0, 24, ..., 720
    assert found.daily_hours.means[0][0] == 360.0


def test_months_at_the_ends_with_less_than_a_week_have_no_column() -> None:
    start = hour_of("2024-12-31T23:00")
    hours = np.array([1000.0, *[float(hour % DAY) for hour in range(3 * 365 * DAY)], *[1000.0] * 18])
    found = read_calendar(start, hours, "", 360, 36)
    assert (found.months.first, len(found.months.sums)) == (month_of(2024, 12), 38)
    assert (found.months.sums[0], found.months.sums[-1]) == (1000.0, 18000.0)
    daily = found.daily_hours
    assert (daily.first, daily.months, daily.stride, len(daily.means)) == (month_of(2025, 1), 36, 1, 36)
    assert set(daily.means) == {tuple(float(hour) for hour in range(DAY))}
    assert found.highest_hour == start


def test_short_months_stay_where_there_are_no_others() -> None:
    daily = read_calendar(hour_of("2025-01-28T00:00"), np.ones(8 * DAY), "", 360, 36).daily_hours
    assert (daily.first, daily.months, len(daily.means)) == (month_of(2025, 1), 2, 2)


def test_quarters_lie_as_the_calendar_has_them() -> None:
    # February 2025 to April 2028 are 39 months: quarters, the first of two months, the last of one
    start, end = hour_of("2025-02-01T00:00"), hour_of("2028-05-01T00:00")
    moments = [EPOCH + timedelta(hours=hour) for hour in range(start, end)]
    hours = np.array([float(moment.month) for moment in moments])
    daily = read_calendar(start, hours, "", 360, 36).daily_hours
    assert (daily.stride, len(daily.means)) == (3, 14)
    assert daily.means[0][5] == pytest.approx((2 * 28 + 3 * 31) / 59)
    assert daily.means[-1][5] == 4.0


@pytest.mark.parametrize(
    ("days", "parts", "joined"),
    [(1, 360, 1), (360, 360, 1), (361, 360, 7), (1097, 360, 7), (1097, 100, 14), (2520, 360, 7), (2521, 360, 14)],
)
def test_days_are_joined_to_whole_weeks(days: int, parts: int, joined: int) -> None:
    assert join_days(days, parts) == joined
    assert math.ceil(days / joined) <= parts


@pytest.mark.parametrize(
    ("months", "stride"), [(1, 1), (36, 1), (37, 3), (108, 3), (109, 12), (432, 12), (500, 60), (2100, 60), (2161, 120)]
)
def test_months_are_joined_to_quarters_and_years(months: int, stride: int) -> None:
    assert join_months(month_of(2000, 1), months, 36) == stride


@pytest.mark.parametrize("value", [0.0, -0.0, 5e-324, -1e-300, 1e300, -3.5])
def test_a_constant_keeps_its_value_and_zero_stays_zero(value: float) -> None:
    found = read_calendar(hour_of("2025-01-01T00:00"), np.full(40 * DAY, value), "", 360, 36)
    assert set(found.band.low) == set(found.band.high) == {value + 0.0}
    assert found.band.middle[0] == pytest.approx(value, rel=1e-12, abs=5e-324)
    assert (found.lowest_hour, found.highest_hour) == (hour_of("2025-01-01T00:00"),) * 2
    if value == 0:
        means = [mean for mean in found.daily_hours.means[0] if mean is not None]
        numbers = [*found.months.sums, *found.band.middle, *found.band.low, *means]
        assert {math.copysign(1.0, number) for number in numbers} == {1.0}
        assert set(numbers) == {0.0}


@given(
    st.integers(-600_000, 60_000_000),
    st.integers(1, 5000),
    st.integers(60, 360),
    st.integers(13, 36),
    st.integers(0, 2**32),
)
def test_every_hour_is_counted_once(start: int, n: int, parts: int, columns: int, seed: int) -> None:
    hours = np.random.default_rng(seed).integers(-50, 50, n).astype(np.float64)
    days, found = list_days(start, hours, ""), read_calendar(start, hours, "", parts, columns)
    assert sum(days.hours) == sum(found.months.hours) == n
    assert math.fsum(days.sums) == math.fsum(found.months.sums) == hours.sum()
    assert (min(days.low), max(days.high)) == (min(found.band.low), max(found.band.high)) == (hours.min(), hours.max())
    assert len(found.band.middle) <= parts
    assert len(found.daily_hours.means) <= columns
    assert hours[found.lowest_hour - start] == hours.min()
    assert hours[found.highest_hour - start] == hours.max()
    assert all(
        low <= mean <= high for low, mean, high in zip(found.band.low, found.band.middle, found.band.high, strict=True)
    )
    for place, count in enumerate(found.months.hours[1:-1], start=found.months.first + 1):
        assert count == DAY * almanac.monthrange(place // 12, place % 12 + 1)[1]
