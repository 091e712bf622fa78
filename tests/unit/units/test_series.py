"""Linear forms: what touches factors and places only."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from gaic.units.series import (
    NOTHING,
    SeriesFault,
    SeriesTrouble,
    add_all,
    add_scalar,
    check_clocks,
    constant,
    flat,
    from_values,
    hour_text,
    ones,
    scale,
    shift,
    split_hours,
    subtract,
)
from gaic.units.workshop import Workshop

if TYPE_CHECKING:
    from gaic.units.series import (
        Series,
    )


def start_text(series: Series) -> str:
    """The first hour of a series as text."""
    return hour_text(series.start, local=series.local)


def listed(series: Series) -> list[float]:
    """Give the values of a series."""
    return [float(value) for value in Workshop().values(series)]


def refuse(reason: SeriesTrouble) -> pytest.RaisesExc[SeriesFault]:
    """Expect a fault for that reason."""
    return pytest.raises(SeriesFault, check=lambda fault: fault.reason is reason)


def test_values_are_copied_and_read_only() -> None:
    given = np.array([1.0, 2.0])
    series = from_values(5, given)
    given[0] = 99.0
    assert listed(series) == [1.0, 2.0]
    assert (series.start, series.n, series.end, series.local) == (5, 2, 7, False)
    assert not series.terms[0].values.flags.writeable


def test_a_read_only_array_is_shared() -> None:
    array = np.array([1.0])
    array.flags.writeable = False
    assert from_values(0, array).terms[0].values is array


def test_values_may_come_with_a_factor() -> None:
    assert listed(from_values(0, [1, 2], factor=3.0)) == [3.0, 6.0]
    assert from_values(0, [1, 2], factor=0.0).n == 2


def test_no_values_are_nothing() -> None:
    assert from_values(7, []) is NOTHING
    assert constant(7, 0, 1.0) is NOTHING


def test_constants_of_one_length_share_one_array_that_takes_no_room() -> None:
    assert constant(0, 1000, 2.0).terms[0].values is constant(9, 1000, 3.0, local=True).terms[0].values
    assert ones(1000).strides == (0,)
    assert listed(constant(0, 3, 2.5)) == [2.5, 2.5, 2.5]
    assert listed(constant(0, 3, 0.0)) == [0.0, 0.0, 0.0]


def test_scaling_keeps_the_array_and_zero_keeps_the_hours() -> None:
    series = from_values(0, [1.0, 2.0])
    assert scale(series, 3.0).terms[0].values is series.terms[0].values
    assert listed(scale(series, 3.0)) == [3.0, 6.0]
    assert listed(scale(series, 0.0)) == [0.0, 0.0]
    assert scale(NOTHING, 3.0).n == 0


def test_a_sum_covers_the_union_also_where_there_is_a_hole() -> None:
    total = add_all([from_values(4, [1.0]), NOTHING, from_values(1, [5.0])])
    assert (total.start, total.n) == (1, 4)
    assert listed(total) == [5.0, 0.0, 0.0, 1.0]


def test_sums_of_nothing_and_of_one() -> None:
    series = from_values(0, [1.0], local=True)
    assert add_all([]) is NOTHING
    assert add_all([NOTHING, NOTHING]) is NOTHING
    assert add_all([NOTHING, series]) is series


def test_terms_of_one_array_at_one_place_become_one() -> None:
    series = from_values(3, [1.0, 2.0])
    total = add_all([series, scale(series, 4.0), shift(series, 1), series])
    assert [(term.offset, term.factor) for term in total.terms] == [(0, 6.0), (1, 1.0)]


def test_a_difference_with_itself_is_exactly_zero() -> None:
    series = from_values(3, [0.1, 0.2])
    gone = subtract(series, series)
    assert gone.terms == ()
    assert listed(gone) == [0.0, 0.0]
    assert listed(subtract(series, from_values(4, [0.2]))) == [0.1, 0.0]


@pytest.mark.parametrize(
    ("hours", "start", "values"),
    [
        (0, 10, [1.0, 2.0]),
        (3, 13, [1.0, 2.0]),
        (-2, 8, [1.0, 2.0]),
        (0.25, 10, [0.75, 1.75, 0.5]),
        (-0.25, 9, [0.25, 1.25, 1.5]),
        (1 + 1e-12, 11, [1.0, 2.0]),
        (1 - 1e-12, 11, [1.0, 2.0]),
    ],
)
def test_shift(hours: float, start: int, values: list[float]) -> None:
    moved = shift(from_values(10, [1.0, 2.0]), hours)
    assert moved.start == start
    assert listed(moved) == values


def test_a_shift_of_nothing_is_nothing() -> None:
    assert shift(NOTHING, 0.5) is NOTHING


@pytest.mark.parametrize(
    ("hours", "split"),
    [
        (2.5, (2, 0.5)),
        (2.0, (2, 0.0)),
        (2 + 5e-10, (2, 0.0)),
        (3 - 5e-10, (3, 0.0)),
        (-0.5, (-1, 0.5)),
        (0.0, (0, 0.0)),
    ],
)
def test_hours_are_split_with_tolerance(hours: float, split: tuple[int, float]) -> None:
    assert split_hours(hours) == split


@pytest.mark.parametrize("hours", [math.nan, math.inf, -math.inf])
def test_hours_are_finite(hours: float) -> None:
    with refuse(SeriesTrouble.BAD_HOURS):
        split_hours(hours)


def test_a_number_is_added_to_the_hours_there_are() -> None:
    assert listed(add_scalar(from_values(0, [1.0, 2.0]), 10.0)) == [11.0, 12.0]
    assert add_scalar(NOTHING, 10.0) is NOTHING


def test_flat_covers_another_series() -> None:
    like = from_values(3, [1.0, 2.0], local=True)
    series = flat(4.0, like)
    assert (series.start, series.n, series.local, listed(series)) == (3, 2, True, [4.0, 4.0])
    assert flat(4.0, NOTHING) is NOTHING


def test_clocks_do_not_mix_but_nothing_goes_with_both() -> None:
    local, utc = from_values(0, [1.0], local=True), from_values(0, [1.0])
    assert check_clocks(local, NOTHING)
    assert not check_clocks(utc, NOTHING)
    assert add_all([NOTHING, local]).local
    with refuse(SeriesTrouble.MIXED_CLOCKS):
        add_all([local, utc])


@pytest.mark.parametrize(
    ("hour", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:00:00Z"),
        (482_135, "2024-12-31T23:00:00Z"),
        (-17_259_888, "0001-01-01T00:00:00Z"),
    ],
)
def test_hours_as_text(hour: int, text: str) -> None:
    assert hour_text(hour) == text
    assert hour_text(hour, local=True) == text[:-1]
    assert start_text(from_values(hour, [1.0])) == text


@pytest.mark.parametrize("hours", [1e12, -1e12, 1e300])
def test_no_series_leaves_the_calendar(hours: float) -> None:
    with refuse(SeriesTrouble.OUT_OF_CALENDAR):
        shift(from_values(0, [1.0]), hours)


def test_a_fault_says_where() -> None:
    assert str(SeriesFault(SeriesTrouble.DIVISION_BY_ZERO, 1)) == "division by zero at 1970-01-01T01:00:00Z"
    assert str(SeriesFault(SeriesTrouble.TOO_LONG)) == "the series has too many hours"
