"""Hourly series against plain Python: every operation, hour by hour, and the laws between them."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.units.series import (
    NOTHING,
    add_all,
    add_scalar,
    constant,
    from_values,
    scale,
    shift,
    subtract,
)
from gaic.units.workshop import Workshop
from gaic.units.zones import HOUR, offset_at, to_utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gaic.units.series import (
        Series,
    )

    Naive = Mapping[int, float]
    """Hour to value; absent hours are 0."""

# Quarters are exact in binary, and so are their sums and products here: equality then means equality. A workshop
# that has seen a series may give its multiples rounded once more, so each question goes to a new one.
quarters = st.integers(-40, 40).map(lambda number: number / 4)
amounts = st.integers(0, 40).map(lambda number: number / 4)
spans = st.integers(0, 60).map(lambda number: number / 4)


def simple_series(values: st.SearchStrategy[float]) -> st.SearchStrategy[Series]:
    """Series of one array."""
    return st.builds(from_values, st.integers(-30, 30), st.lists(values, min_size=1, max_size=20))


def series_of(values: st.SearchStrategy[float]) -> st.SearchStrategy[Series]:
    """Series of one or more terms, with a repeated array, and constants."""
    simple = simple_series(values)
    constants = st.builds(constant, st.integers(-30, 30), st.integers(1, 20), values)
    twice = st.builds(
        lambda one, hours, k: add_all([one, scale(shift(one, hours), k)]), simple, st.integers(0, 5), values
    )
    several = st.lists(simple, min_size=2, max_size=3).map(add_all)
    return st.one_of(simple, constants, twice, several)


mixed = series_of(quarters)
positive = series_of(amounts)


def naive(series: Series) -> dict[int, float]:
    """Give the hours of the extent, summed up from the terms in plain Python."""
    hours = dict.fromkeys(range(series.start, series.end), 0.0)
    for term in series.terms:
        for place, value in enumerate(term.values.tolist()):
            hours[series.start + term.offset + place] += term.factor * value
    return hours


def listed(series: Series) -> list[float]:
    """Give the values."""
    return [float(value) for value in Workshop().values(series)]


def check(series: Series, expected: Naive, extent: range) -> None:
    """Compare values and extent exactly."""
    assert (series.start, series.n) == ((extent.start, len(extent)) if extent else (series.start, 0))
    assert listed(series) == [expected.get(hour, 0.0) for hour in extent]


def extent(*series: Series) -> range:
    """Give the union of extents."""
    present = [each for each in series if each.n]
    return range(min(each.start for each in present), max(each.end for each in present)) if present else range(0)


# ---------------------------------------------------------------- against plain Python


@given(mixed)
def test_values(x: Series) -> None:
    check(x, naive(x), extent(x))
    check(Workshop().condense(x), naive(x), extent(x))


@given(mixed, mixed)
def test_sum_and_difference(x: Series, y: Series) -> None:
    plus, minus = defaultdict(float, naive(x)), defaultdict(float, naive(x))
    for hour, value in naive(y).items():
        plus[hour] += value
        minus[hour] -= value
    check(add_all([x, y]), plus, extent(x, y))
    check(subtract(x, y), minus, extent(x, y))


@given(mixed, quarters)
def test_numbers(x: Series, k: float) -> None:
    check(scale(x, k), {hour: value * k for hour, value in naive(x).items()}, extent(x))
    check(add_scalar(x, k), {hour: value + k for hour, value in naive(x).items()}, extent(x))
    check(Workshop().maximum(x, k), {hour: max(value, k) for hour, value in naive(x).items()}, extent(x))
    check(Workshop().minimum(x, k), {hour: min(value, k) for hour, value in naive(x).items()}, extent(x))


@given(mixed, mixed)
def test_pairs(x: Series, y: Series) -> None:
    left, right = defaultdict(float, naive(x)), defaultdict(float, naive(y))
    both = extent(x, y)
    check(Workshop().multiply(x, y), {hour: left[hour] * right[hour] for hour in both}, both)
    check(Workshop().maximum(x, y), {hour: max(left[hour], right[hour]) for hour in both}, both)
    check(Workshop().minimum(x, y), {hour: min(left[hour], right[hour]) for hour in both}, both)


@given(mixed, st.integers(0, 8), st.lists(st.sampled_from([0.25, 0.5, 1.0, -2.0, 4.0]), min_size=7, max_size=9))
def test_quotient(x: Series, before: int, below: list[float]) -> None:
    y = from_values(x.start - before, below * 20)
    divisors = naive(y)
    check(Workshop().divide(x, y), {hour: value / divisors[hour] for hour, value in naive(x).items()}, extent(x))


@given(mixed)
def test_rounding(x: Series) -> None:
    operations: list[tuple[Callable[[Series], Series], Callable[[float], float]]] = [
        (Workshop().ceil, math.ceil),
        (Workshop().floor, math.floor),
        (Workshop().round, round),
        (Workshop().absolute, abs),
    ]
    for operation, reference in operations:
        check(operation(x), {hour: float(reference(value)) for hour, value in naive(x).items()}, extent(x))


@given(mixed, st.integers(-80, 80))
def test_shift(x: Series, hours: int) -> None:
    part = hours / 4 - hours // 4
    moved: defaultdict[int, float] = defaultdict(float)
    for hour, value in naive(x).items():
        moved[hour + hours // 4] += (1 - part) * value
        moved[hour + hours // 4 + 1] += part * value
    start = x.start + hours // 4
    check(shift(x, hours / 4), moved, range(start, start + x.n + (part > 0)))


@given(mixed, spans)
def test_in_parallel(x: Series, hours: float) -> None:
    whole, part = math.floor(hours), hours % 1
    expected: defaultdict[int, float] = defaultdict(float)
    for hour, value in naive(x).items():
        for later in range(whole):
            expected[hour + later] += value
        expected[hour + whole] += part * value
    check(Workshop().in_parallel(x, hours), expected, range(x.start, x.end + max(math.ceil(hours), 1) - 1))


@given(mixed, spans, st.integers(-3, 30))
def test_held(x: Series, hours: float, behind: int) -> None:
    end = x.end + behind
    written = defaultdict(float, naive(x))
    expected = {hour: sum(written[hour - back] for back in range(math.ceil(hours))) for hour in range(x.start, end)}
    check(Workshop().held(x, hours, end), expected, range(x.start, max(end, x.start)))


@given(mixed, st.integers(-3, 30))
def test_cumulative(x: Series, behind: int) -> None:
    end = x.end + behind
    written = naive(x)
    expected = {hour: sum(value for early, value in written.items() if early <= hour) for hour in range(x.start, end)}
    check(Workshop().cumulative(x, end), expected, range(x.start, max(end, x.start)))


@given(mixed, quarters)
def test_summaries(x: Series, k: float) -> None:
    values = [value * k for value in naive(x).values()]
    summary = Workshop().summary(scale(x, k))
    assert summary.first10 == tuple(values[:10])
    assert summary.last10 == tuple(values[-10:])
    assert (summary.min, summary.max, summary.sum) == (min(values), max(values), sum(values))
    assert summary.mean == pytest.approx(sum(values) / len(values), rel=1e-15)


# ---------------------------------------------------------------- laws


@given(mixed, mixed)
def test_addition_commutes(x: Series, y: Series) -> None:
    assert listed(add_all([x, y])) == listed(add_all([y, x]))
    assert listed(add_all([x, NOTHING])) == listed(x)


@given(mixed, st.integers(-20, 20), st.integers(-20, 20))
def test_shifts_add_up(x: Series, first: int, second: int) -> None:
    once, twice = shift(x, (first + second) / 4), shift(shift(x, first / 4), second / 4)
    assert Workshop().total(twice) == Workshop().total(once)
    if first % 4 == 0 or second % 4 == 0:
        assert listed(twice) == listed(once)
        assert twice.start == once.start


@given(mixed, spans)
def test_the_total_in_parallel_is_hours_times_the_total(x: Series, hours: float) -> None:
    assert Workshop().total(Workshop().in_parallel(x, hours)) == hours * Workshop().total(x)


@given(series_of(st.floats(0, 1e6)), st.floats(0, 50))
def test_the_total_in_parallel_within_rounding(x: Series, hours: float) -> None:
    expected = hours * Workshop().total(x)
    assert Workshop().total(Workshop().in_parallel(x, hours)) == pytest.approx(expected, rel=1e-9)


@given(positive, spans, st.integers(0, 30))
def test_what_is_never_negative_stays_so(x: Series, hours: float, behind: int) -> None:
    assert Workshop().lowest(Workshop().in_parallel(x, hours)) >= 0.0
    assert Workshop().lowest(Workshop().held(x, hours, x.end + behind)) >= 0.0


@given(positive, st.integers(0, 30))
def test_a_stock_is_held_at_most_for_ever(x: Series, behind: int) -> None:
    end = x.end + behind
    assert listed(Workshop().held(x, 1e6, end)) == listed(Workshop().cumulative(x, end))


@given(mixed, spans, quarters)
def test_windows_commute_with_scaling(x: Series, hours: float, k: float) -> None:
    end = x.end + 5
    scaled = scale(x, k)
    assert listed(Workshop().in_parallel(scaled, hours)) == listed(scale(Workshop().in_parallel(x, hours), k))
    assert listed(Workshop().held(scaled, hours, end)) == listed(scale(Workshop().held(x, hours, end), k))


@given(st.lists(mixed, max_size=4))
def test_totals_add_up(many: list[Series]) -> None:
    assert Workshop().total(add_all(many)) == sum(map(Workshop().total, many))


@given(series_of(st.floats(-1e6, 1e6)))
def test_ceil_is_the_next_whole_number_but_for_noise(x: Series) -> None:
    for value, up in zip(listed(x), listed(Workshop().ceil(x)), strict=True):
        assert up == math.floor(up)
        assert value - 1e-9 * max(1.0, abs(value)) <= up < value + 1


@given(
    st.integers(-400_000, 600_000),
    st.lists(amounts, min_size=1, max_size=60),
    st.sampled_from(["Europe/Paris", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]),
)
def test_the_way_to_utc_keeps_the_volume_and_the_length_but_for_one_hour(
    start: int, values: list[float], zone: str
) -> None:
    there = to_utc(from_values(start, values, local=True), zone)
    assert Workshop().total(there) == pytest.approx(sum(values), rel=1e-12)
    assert there.n in (len(values), len(values) + 1)
    ahead = offset_at(there.start * HOUR, zone) / HOUR
    assert abs(start - there.start - ahead) <= 25
