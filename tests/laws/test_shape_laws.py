"""Shapes with growth and seasons: against a minute-by-minute reference, and laws."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaic.units.courses import Course, Growth
from gaic.units.series import Series
from gaic.units.shapes import ShapeRow, expand_shape
from gaic.units.workshop import Workshop
from gaic.units.zones import period_hours
from tests.reference import shapes as reference

if TYPE_CHECKING:
    from tests.reference.shapes import Rows

ZONES = ("Europe/Paris", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "America/Havana", "UTC")
YEAR_2026 = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) // 3600

shares = st.sampled_from([0.25, 0.5, 1.0, 3.0])  # not 0: what a clock skips is a rule of its own, tested elsewhere
times = st.lists(st.integers(1, 95).map(lambda quarter: 15 * quarter), max_size=3, unique=True).map(sorted)
days = times.flatmap(
    lambda cuts: st.lists(shares, min_size=len(cuts) + 1, max_size=len(cuts) + 1).map(
        lambda values: tuple(
            (begin, end, share) for (begin, end), share in zip(pairwise((0, *cuts, 1440)), values, strict=True)
        )
    )
)
weeks = st.lists(days, min_size=7, max_size=7)
seasons = st.lists(st.sampled_from([0.0, 0.6, 1.0, 1.2]), min_size=12, max_size=12).map(tuple)
compound = st.builds(
    Growth, st.floats(-0.3, 0.5), st.sampled_from([30.4375, 365.25, 30.0, 7.0]), compound=st.just(value=True)
)
linear = st.builds(Growth, st.floats(-0.1, 2.0), st.sampled_from([30.4375, 365.25]), compound=st.just(value=False))
courses = st.builds(Course, st.none() | compound | linear, st.none() | seasons)
still = st.builds(Growth, st.just(0.0), st.sampled_from([30.4375, 1.0]), compound=st.booleans())


def spread(week: list[Rows], zone: str, start: int, hours: int, course: Course) -> Series:
    """The series of a shape."""
    rows = {number: tuple(ShapeRow(*row) for row in day) for number, day in enumerate(week)}
    series = expand_shape(rows, zone, start, hours, course=course)
    assert isinstance(series, Series)
    return series


def same(course: Course) -> reference.Course:
    """The course as the reference knows it."""
    growth, months = course.growth, course.seasons or (1.0,) * 12
    return (
        reference.Course(seasons=months)
        if growth is None
        else reference.Course(growth.share, growth.days, growth.compound, months)
    )


@settings(max_examples=25, deadline=None)
@given(weeks, st.sampled_from(ZONES), st.integers(0, 364 * 24), st.integers(1, 72), courses)
def test_each_hour_is_that_of_the_reference(
    week: list[Rows], zone: str, passed: int, hours: int, course: Course
) -> None:
    start = YEAR_2026 + passed
    found = Workshop().values(spread(week, zone, start, hours, course)).tolist()
    assert found == pytest.approx(reference.spread(week, zone, start, hours, same(course)), rel=1e-12, abs=1e-12)


@settings(deadline=None)
@given(
    weeks,
    st.sampled_from(["Europe/Paris", "America/Havana", "UTC"]),
    st.integers(0, 364),
    st.integers(1, 90),
    courses,
)
def test_the_total_is_the_sum_of_the_volumes_of_the_days(
    week: list[Rows], zone: str, passed: int, days_: int, course: Course
) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC).date() + timedelta(days=passed)
    start, hours = period_hours(first.isoformat(), (first + timedelta(days=days_)).isoformat(), zone)
    total = Workshop().total(spread(week, zone, start, hours, course))
    assert total == pytest.approx(reference.volume_of(week, first, days_, same(course)), rel=1e-12)


@settings(deadline=None)
@given(weeks, st.sampled_from(ZONES), st.integers(0, 364 * 24), st.integers(1, 200), still)
def test_no_growth_and_even_seasons_change_no_bit(
    week: list[Rows], zone: str, passed: int, hours: int, growth: Growth
) -> None:
    start = YEAR_2026 + passed
    even = Course(growth, (1.0,) * 12)
    plain, moved = (Workshop().values(spread(week, zone, start, hours, each)) for each in (Course(), even))
    assert plain.tobytes() == moved.tobytes()


@settings(deadline=None)
@given(weeks, st.sampled_from(ZONES), st.integers(0, 364 * 24), courses, st.integers(1, 60), st.integers(1, 60))
def test_a_shorter_period_has_the_same_hours(
    week: list[Rows], zone: str, passed: int, course: Course, less: int, more: int
) -> None:
    start = YEAR_2026 + passed
    long = Workshop().values(spread(week, zone, start, less + more, course))
    short = Workshop().values(spread(week, zone, start, less, course))
    # A zone off by half an hour shares an hour between two days; both are there in both periods.
    assert long[: len(short)].tobytes() == short.tobytes()
