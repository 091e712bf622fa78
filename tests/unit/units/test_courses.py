"""Growth and seasons, alone and in a shape."""

from __future__ import annotations

import math

import pytest

from gaic.units.courses import Course, CourseFault, Growth
from gaic.units.series import Series
from gaic.units.shapes import ShapeRow, expand_shape
from gaic.units.workshop import Workshop
from gaic.units.zones import parse_instant, period_hours

W = Workshop()
EVEN = dict.fromkeys(range(7), (ShapeRow(0, 1440, 1.0),))
HALVES = (0.5,) * 6 + (2.0,) * 6
JANUARY_5 = 20_458  # days since 1970-01-01


def spread(course: Course, zone: str, start: str, end: str) -> Series:
    """Spread one an hour over a period."""
    series = expand_shape(EVEN, zone, *period_hours(start, end, zone), course=course)
    assert isinstance(series, Series)
    return series


def noons(series: Series) -> list[float]:
    """Give the value of the twelfth hour of each day."""
    return [float(value) for value in W.values(series)[12::24]]


def test_compound_growth_is_as_much_in_each_time() -> None:
    growth = Growth(0.1, 30.4375, compound=True)
    assert growth.factor(0) == 1.0
    assert growth.factor(487) == pytest.approx(1.1**16, rel=1e-14)  # 16 months
    assert growth.factor(1) ** 30.4375 == pytest.approx(1.1, rel=1e-14)


def test_linear_growth_is_a_part_of_the_first_day() -> None:
    growth = Growth(-0.7, 7.0, compound=False)
    assert [growth.factor(day) for day in (0, 1, 5)] == pytest.approx([1.0, 0.9, 0.5], rel=1e-15)
    assert growth.factor(10) == 0.0
    assert growth.factor(11) < 0.0


def test_growth_beyond_all_numbers_is_infinite() -> None:
    assert Growth(1.0, 1.0, compound=True).factor(2000) == math.inf
    assert Growth(-0.5, 1.0, compound=True).factor(2000) == 0.0


def test_a_course_multiplies_both_and_grows_from_its_first_day() -> None:
    course = Course(Growth(1.0, 1.0, compound=True), HALVES)
    assert [course.factor(JANUARY_5, JANUARY_5 + day) for day in (-1, 0, 2, 180)] == [0.5, 0.5, 2.0, 2.0 * 2.0**180]
    assert Course().factor(0, 5) == 1.0


def test_days_of_a_shape_grow() -> None:
    course = Course(Growth(1.0, 1.0, compound=True))
    assert noons(spread(course, "UTC", "2026-01-05", "2026-01-09")) == [1.0, 2.0, 4.0, 8.0]


def test_a_period_that_begins_within_a_day_has_that_as_its_first() -> None:
    course = Course(Growth(1.0, 1.0, compound=True))
    values = W.values(spread(course, "UTC", "2026-01-05T22:00", "2026-01-06T02:00"))
    assert values.tolist() == [1.0, 1.0, 2.0, 2.0]


def test_a_period_that_was_moved_back_to_a_whole_hour_grows_from_its_own_first_day() -> None:
    course = Course(Growth(1.0, 1.0, compound=True))
    values = W.values(spread(course, "Asia/Kolkata", "2026-01-05", "2026-01-07")).tolist()
    assert values == [1.0] * 24 + [1.5] + [2.0] * 23


def test_months_are_those_of_the_local_date() -> None:
    values = W.values(spread(Course(None, HALVES), "Pacific/Auckland", "2026-06-30", "2026-07-02")).tolist()
    assert values == [0.5] * 24 + [2.0] * 24
    series = expand_shape(EVEN, "Pacific/Auckland", parse_instant("2026-06-30").hour, 24, course=Course(None, HALVES))
    assert isinstance(series, Series)
    assert W.values(series).tolist() == [0.5] * 12 + [2.0] * 12


@pytest.mark.parametrize(("start", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_that_is_not_24_hours_long_keeps_its_volume(start: str, hours: int) -> None:
    first, _ = period_hours(start, start + "T23:00", "Europe/Paris")
    series = expand_shape(EVEN, "Europe/Paris", first, hours, course=Course(None, (3.0,) * 12))
    assert isinstance(series, Series)
    assert W.total(series) == pytest.approx(72.0, rel=1e-14)


@pytest.mark.parametrize(
    ("growth", "message"),
    [
        (Growth(-0.5, 1.0, compound=False), "falls below 0 on 2026-01-08"),
        (Growth(1e300, 1.0, compound=True), "is beyond all numbers on 2026-01-07"),
    ],
)
def test_volumes_that_cannot_be(growth: Growth, message: str) -> None:
    fault = expand_shape(EVEN, "UTC", *period_hours("2026-01-05", "2026-01-12", "UTC"), course=Course(growth))
    assert isinstance(fault, CourseFault)
    assert fault.message == message


def test_seasons_that_are_no_numbers() -> None:
    fault = expand_shape(EVEN, "UTC", 0, 24, course=Course(None, (math.nan,) * 12))
    assert isinstance(fault, CourseFault)
    assert fault.message == "is beyond all numbers on 1970-01-01"
