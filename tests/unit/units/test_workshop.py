"""Operations that make arrays, each array once."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gaic.units import workshop as room
from gaic.units.rounding import guarded_ceil
from gaic.units.series import (
    NOTHING,
    Series,
    SeriesFault,
    SeriesTrouble,
    Term,
    add_all,
    constant,
    from_values,
    scale,
    shift,
    subtract,
)
from gaic.units.windows import window_sums
from gaic.units.workshop import Summary, Workshop

W = Workshop()


def listed(series: Series) -> list[float]:
    """Give the values of a series."""
    return [float(value) for value in W.values(series)]


def refuse(reason: SeriesTrouble, hour: int | None = None) -> pytest.RaisesExc[SeriesFault]:
    """Expect a fault for that reason."""
    return pytest.raises(SeriesFault, check=lambda fault: (fault.reason, fault.hour) == (reason, hour))


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The widths of the windows that were really summed."""
    widths: list[int] = []

    def counted(values: np.ndarray, width: int, length: int) -> np.ndarray:
        widths.append(width)
        return window_sums(values, width, length)

    monkeypatch.setattr(room, "window_sums", counted)
    return widths


# ---------------------------------------------------------------- single hours


def test_one_hour_is_read_without_an_array() -> None:
    series = add_all(
        (scale(from_values(10, [1.0, 2.0, 4.0]), -3.0), from_values(12, [8.0, 16.0]), constant(20, 2, 0.0))
    )
    assert [W.at(series, hour) for hour in range(10, 22)] == listed(series)
    assert (W.at(series, 9), W.at(series, 22), W.at(NOTHING, 0)) == (0.0, 0.0, 0.0)


def test_the_hour_of_the_peak_is_the_first_that_is_as_good_as_highest() -> None:
    assert W.peak_hour(from_values(5, [1.0, 3.0, 3.0])) == 6
    assert W.peak_hour(scale(from_values(5, [1.0, 3.0, 0.5]), -1.0)) == 7
    assert W.peak_hour(from_values(5, [2.0, 3.0, 3.0 + 1e-12])) == 6
    assert W.peak_hour(from_values(5, [0.0, 0.0])) == 5
    assert W.peak_hour(NOTHING) == 0


# ---------------------------------------------------------------- arrays


def test_values_of_a_shared_array_are_that_array() -> None:
    series = from_values(0, [1.0, 2.0])
    assert W.values(series) is series.terms[0].values
    assert not W.values(scale(series, 2.0)).flags.writeable
    assert listed(NOTHING) == []


def test_sums_that_differ_by_a_factor_share_one_array() -> None:
    workshop = Workshop()
    one, two = from_values(0, [1.0, 2.0]), from_values(1, [5.0, 7.0])
    total = add_all([one, scale(two, 0.1)])
    tripled = add_all([scale(one, 3.0), scale(two, 0.1 * 3.0)])
    assert workshop.condense(total).terms[0].values is workshop.condense(tripled).terms[0].values
    assert [float(x) for x in workshop.values(tripled)] == pytest.approx([3.0, 7.5, 2.1])


def test_condensing_keeps_extent_clock_and_zeros() -> None:
    series = W.condense(shift(from_values(5, [1.0], local=True), 0.5))
    assert (series.start, series.n, series.local, len(series.terms)) == (5, 2, True, 1)
    nil = constant(0, 3, 0.0)
    assert W.condense(nil) is nil
    assert listed(nil) == [0.0, 0.0, 0.0]


def test_arrays_in_use_are_found_again_although_the_memory_is_full() -> None:
    workshop = Workshop(cache_bytes=0)
    total = add_all([from_values(0, [1.0, 2.0]), from_values(1, [5.0])])
    first = workshop.condense(total)
    assert workshop.condense(total).terms[0].values is first.terms[0].values


def test_what_nobody_uses_is_forgotten_within_the_limit() -> None:
    workshop = Workshop(cache_bytes=16)
    total = add_all([from_values(0, [1.0, 2.0]), from_values(1, [5.0])])
    address = workshop.condense(total).terms[0].values.__array_interface__["data"][0]
    assert workshop.condense(total).terms[0].values.__array_interface__["data"][0] == address


def test_no_series_is_too_long() -> None:
    workshop = Workshop(hours_limit=10)
    far = add_all([from_values(0, [1.0]), from_values(10, [1.0])])
    ten = constant(0, 10, 1.0)
    for operation in (
        lambda: workshop.values(far),
        lambda: workshop.summary(far),
        lambda: workshop.in_parallel(ten, 2.0),
        lambda: workshop.held(ten, 2.0, 11),
        lambda: workshop.cumulative(ten, 11),
        lambda: workshop.maximum(ten, constant(1, 10, 1.0)),
        lambda: workshop.multiply(ten, constant(1, 10, 1.0)),
    ):
        with refuse(SeriesTrouble.TOO_LONG):
            operation()
    assert workshop.in_parallel(ten, 1.0).n == 10


# ---------------------------------------------------------------- windows


@pytest.mark.parametrize(
    ("hours", "values"),
    [
        (0.0, [0.0, 0.0, 0.0]),
        (0.5, [1.0, 0.0, 2.0]),
        (1.0, [2.0, 0.0, 4.0]),
        (1.5, [2.0, 1.0, 4.0, 2.0]),
        (2.0, [2.0, 2.0, 4.0, 4.0]),
        (2.25, [2.0, 2.0, 4.5, 4.0, 1.0]),
        (5.0, [2.0, 2.0, 6.0, 6.0, 6.0, 4.0, 4.0]),
        (2.0 + 1e-10, [2.0, 2.0, 4.0, 4.0]),
    ],
)
def test_in_parallel(hours: float, values: list[float]) -> None:
    result = W.in_parallel(from_values(7, [2.0, 0.0, 4.0]), hours)
    assert result.start == 7
    assert listed(result) == values


@pytest.mark.parametrize("hours", [-1.0, math.nan, math.inf])
def test_a_span_of_hours_is_finite_and_not_negative(hours: float) -> None:
    series = from_values(0, [1.0])
    with refuse(SeriesTrouble.BAD_HOURS):
        W.in_parallel(series, hours)
    with refuse(SeriesTrouble.BAD_HOURS):
        W.held(series, hours, 5)


def test_a_very_short_span_is_not_taken_for_0() -> None:
    series = from_values(0, [2.0])
    assert listed(W.in_parallel(series, 1e-12)) == [2e-12]
    assert listed(W.held(series, 1e-12, 2)) == [2.0, 0.0]
    assert listed(W.held(series, 1.0 + 1e-12, 2)) == [2.0, 0.0]


def test_nothing_stays_nothing() -> None:
    for result in (
        W.in_parallel(NOTHING, 2.0),
        W.held(NOTHING, 2.0, 10),
        W.cumulative(NOTHING, 10),
        W.ceil(NOTHING),
        W.maximum(NOTHING, 3.0),
        W.maximum(NOTHING, NOTHING),
        W.multiply(NOTHING, from_values(0, [1.0])),
        W.divide(NOTHING, NOTHING),
        W.condense(NOTHING),
    ):
        assert result.n == 0


def test_a_thousand_spans_of_one_array_take_one_pass(passes: list[int]) -> None:
    workshop = Workshop()
    starts = from_values(0, np.arange(1000.0))
    results = [workshop.in_parallel(scale(shift(starts, k % 7), 1.0 + k), 5.0 + k / 1000) for k in range(1000)]
    total = add_all(results)
    assert passes == [5]
    assert len(total.terms) == 14
    expected = sum((1.0 + k) * (5.0 + k / 1000) for k in range(1000)) * 499_500.0
    assert workshop.total(total) == pytest.approx(expected, rel=1e-12)


def test_stocks_of_sums_that_differ_by_a_factor_take_one_pass(passes: list[int]) -> None:
    workshop = Workshop()
    total = add_all([from_values(0, [1.0, 2.0]), from_values(1, [5.0])])
    stocks = [workshop.held(scale(total, k + 1.0), 2.0, 6) for k in range(10)]
    assert passes == [2]
    assert [float(x) for x in workshop.values(stocks[2])] == [3.0, 24.0, 21.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("hours", "end", "values"),
    [
        (1.0, 15, [1.0, 2.0, 4.0, 0.0, 0.0]),
        (1.5, 15, [1.0, 3.0, 6.0, 4.0, 0.0]),
        (2.0, 15, [1.0, 3.0, 6.0, 4.0, 0.0]),
        (2.0, 13, [1.0, 3.0, 6.0]),
        (2.0, 12, [1.0, 3.0]),
        (99.0, 15, [1.0, 3.0, 7.0, 7.0, 7.0]),
        (4.0, 16, [1.0, 3.0, 7.0, 7.0, 6.0, 4.0]),
        (0.0, 12, [0.0, 0.0]),
        (2.0, 10, []),
        (2.0, 3, []),
    ],
)
def test_held(hours: float, end: int, values: list[float]) -> None:
    assert listed(W.held(from_values(10, [1.0, 2.0, 4.0]), hours, end)) == values


def test_cumulative() -> None:
    assert listed(W.cumulative(from_values(10, [1.0, 2.0, 4.0]), 15)) == [1.0, 3.0, 7.0, 7.0, 7.0]
    assert listed(W.cumulative(scale(from_values(10, [1.0, 2.0]), 0.0), 13)) == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("width", [1, 2, 3, 7, 8, 31, 32, 33, 64, 100])
@pytest.mark.parametrize("length", [1, 5, 31, 32, 33, 131, 150])
def test_window_sums_against_the_definition(width: int, length: int) -> None:
    values = np.arange(1.0, 33.0)
    expected = [sum(values[h - i] for i in range(width) if 0 <= h - i < len(values)) for h in range(length)]
    assert window_sums(values, width, length).tolist() == expected


def test_empty_windows_are_exactly_zero() -> None:
    values = np.zeros(500)
    values[::50] = 0.1
    sums = window_sums(values, 7, 506)
    assert set(sums.tolist()) == {0.0, 0.1}


# ---------------------------------------------------------------- hour by hour


def test_ceil_forgives_noise_and_gives_no_negative_zero() -> None:
    assert listed(W.ceil(from_values(0, [2.0 + 1e-10, 2.0 + 1e-8, -0.4, 0.0, 1e-10, -1.5]))) == [2, 3, 0, 0, 0, -1]
    assert np.signbit(guarded_ceil(np.array([-0.4, 0.0, -0.0, 1e-12]))).sum() == 0
    assert guarded_ceil(np.array([1e6 + 5e-4, 1e6 + 2e-3])).tolist() == [1e6, 1e6 + 1]


def test_floor_round_and_absolute() -> None:
    series = from_values(0, [-1.5, -0.5, 0.5, 1.5, 2.5])
    assert listed(W.floor(series)) == [-2, -1, 0, 1, 2]
    assert listed(W.round(series)) == [-2, 0, 0, 2, 2]
    assert not np.signbit(W.values(W.round(series))[1])
    assert listed(W.absolute(series)) == [1.5, 0.5, 0.5, 1.5, 2.5]


def test_extremes_cover_both_extents_and_0_is_what_is_missing() -> None:
    left, right = from_values(0, [1.0, -2.0]), from_values(1, [3.0, -4.0])
    assert listed(W.maximum(left, right)) == [1.0, 3.0, 0.0]
    assert listed(W.minimum(left, right)) == [0.0, -2.0, -4.0]
    assert listed(W.maximum(NOTHING, left)) == [1.0, 0.0]
    assert W.maximum(left, right).start == 0


def test_extremes_against_a_number_keep_the_extent() -> None:
    series = from_values(4, [1.0, 5.0])
    assert (W.maximum(series, 2.0).start, listed(W.maximum(series, 2.0))) == (4, [2.0, 5.0])
    assert listed(W.minimum(series, 2.0)) == [1.0, 2.0]


def test_product() -> None:
    assert listed(W.multiply(from_values(0, [1.0, 2.0]), from_values(1, [3.0, 4.0]))) == [0.0, 6.0, 0.0]


def test_quotient_keeps_the_extent_of_what_is_divided() -> None:
    result = W.divide(from_values(1, [6.0, 8.0]), from_values(0, [0.0, 3.0, 2.0, 0.0]))
    assert (result.start, listed(result)) == (1, [2.0, 4.0])


@pytest.mark.parametrize(
    ("below", "hour"),
    [(from_values(0, [1.0]), 1), (from_values(0, [1.0, 0.0]), 1), (NOTHING, 0), (from_values(1, [1.0]), 0)],
)
def test_division_by_zero_names_the_hour(below: Series, hour: int) -> None:
    with refuse(SeriesTrouble.DIVISION_BY_ZERO, hour):
        W.divide(from_values(0, [0.0, 1.0]), below)


def test_clocks_do_not_mix() -> None:
    local, utc = from_values(0, [1.0], local=True), from_values(0, [1.0])
    for operation in (W.maximum, W.minimum, W.multiply, W.divide):
        with refuse(SeriesTrouble.MIXED_CLOCKS):
            operation(local, utc)
    assert W.ceil(local).local
    assert W.maximum(local, 3.0).local
    assert W.divide(local, local).local
    assert W.in_parallel(local, 2.0).local
    assert W.held(local, 2.0, 4).local


# ---------------------------------------------------------------- to numbers


def test_summary_of_a_long_series() -> None:
    series = from_values(0, np.arange(30.0))
    assert W.summary(series) == Summary(
        tuple(map(float, range(10))), tuple(map(float, range(20, 30))), 0.0, 29.0, 14.5, 435.0
    )
    assert (W.total(series), W.mean(series), W.peak(series), W.lowest(series)) == (435.0, 14.5, 29.0, 0.0)


def test_summaries_are_scaled_and_turned_round() -> None:
    assert W.summary(from_values(0, [1.0, 3.0], factor=-2.0)) == Summary(
        (-2.0, -6.0), (-2.0, -6.0), -6.0, -2.0, -4.0, -8.0
    )
    zero = W.summary(from_values(0, [0.0], factor=-2.0))
    assert not any(map(np.signbit, (*zero.first10, zero.min, zero.max, zero.sum)))


def test_summaries_count_the_hours_between() -> None:
    gap = add_all([from_values(0, [2.0]), from_values(3, [4.0])])
    assert W.summary(gap) == Summary((2.0, 0.0, 0.0, 4.0), (2.0, 0.0, 0.0, 4.0), 0.0, 4.0, 1.5, 6.0)
    assert W.summary(constant(0, 2, 0.0)) == Summary((0.0, 0.0), (0.0, 0.0), 0.0, 0.0, 0.0, 0.0)
    assert W.total(subtract(gap, gap)) == 0.0


def test_nothing_is_summarised_as_zeros() -> None:
    assert W.summary(NOTHING) == Summary((), (), 0.0, 0.0, 0.0, 0.0)
    assert W.peak(NOTHING) == 0.0


def test_one_term_that_does_not_fill_the_extent() -> None:
    series = Series(0, 4, (Term(from_values(0, [5.0]).terms[0].values, 2, 2.0),))
    assert listed(series) == [0.0, 0.0, 10.0, 0.0]
    assert W.peak(series) == 10.0
