"""Laws of the functions of series: products and ratios as linear forms, stocks, rotation, weeks, fleets."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.units.days import WEEK
from gaic.units.series import Series, add_all, constant, flat, from_values, scale, shift, subtract
from gaic.units.weeks import constant_week, make_week
from gaic.units.workshop import Workshop
from gaic.units.zones import HOUR, offset_at_start, to_utc, to_utc_by
from tests.laws.test_series_laws import check, extent, listed, mixed, naive, positive, quarters, simple_series, spans

ZONES = st.sampled_from(("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"))
any_floats = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6)
positive_floats = any_floats.map(abs)
bases = st.lists(simple_series(positive_floats), min_size=1, max_size=3)
factors = st.lists(st.floats(0.001, 1000.0), min_size=3, max_size=3)
hours = st.integers(-100, 100)
weeks = st.lists(quarters, min_size=WEEK, max_size=WEEK).map(make_week)
starts = st.integers(480_000, 520_000)  # 2024 to 2029


def mix(parts: list[Series], by: list[float]) -> Series:
    return add_all(scale(part, factor) for part, factor in zip(parts, by, strict=False))


# ---------------------------------------------------------------- products and ratios


@given(bases, bases, st.lists(factors, min_size=1, max_size=12))
def test_products_that_stay_linear_are_the_plain_ones(
    left: list[Series], right: list[Series], by: list[list[float]]
) -> None:
    workshop = Workshop()
    for number, each in enumerate(by):
        one, other = mix(left, each), mix(right, by[number - 1])
        product, plain = workshop.multiply(one, other), Workshop()._combine(one, other, lambda a, b: a * b)
        assert (product.start, product.n) == (plain.start, plain.n)
        assert listed(product) == pytest.approx(listed(plain), rel=1e-12, abs=0.0)


@given(mixed, mixed, st.integers(1, 6))
def test_products_of_quarters_are_exact_however_often_they_are_asked(x: Series, y: Series, times: int) -> None:
    workshop = Workshop()
    left, right = defaultdict(float, naive(x)), defaultdict(float, naive(y))
    for _ in range(times):
        check(workshop.multiply(x, y), {hour: left[hour] * right[hour] for hour in extent(x, y)}, extent(x, y))


@given(bases, simple_series(any_floats), st.lists(factors, min_size=1, max_size=8))
def test_a_product_is_zero_where_a_factor_is(parts: list[Series], other: Series, by: list[list[float]]) -> None:
    workshop = Workshop()
    for each in by:
        left = mix(parts, each)
        product = workshop.multiply(left, other)
        zeros = {h for s in (left, other) for h, v in zip(range(s.start, s.end), listed(s), strict=True) if v == 0.0}
        found = dict(zip(range(product.start, product.end), listed(product), strict=True))
        assert all(found[hour] == 0.0 for hour in zeros)


@given(bases, st.lists(factors, min_size=1, max_size=8))
def test_ratios_to_a_whole_add_up_to_one(parts: list[Series], by: list[list[float]]) -> None:
    workshop = Workshop()
    members = [mix(parts, each) for each in by]
    whole = add_all(members)
    shares = add_all(workshop.ratio(member, whole) for member in members)
    assert (shares.start, shares.n) == (whole.start, whole.n)
    expected = [1.0 if value else 0.0 for value in listed(whole)]
    assert listed(shares) == pytest.approx(expected, rel=1e-12, abs=0.0)


@given(positive, st.sampled_from((0.25, 1.0, 4.0)))
def test_a_ratio_keeps_the_hours_of_the_first(x: Series, k: float) -> None:
    found = Workshop().ratio(scale(x, k), x, 7.0)
    check(found, {hour: k if value else 7.0 for hour, value in naive(x).items()}, range(x.start, x.end))


@given(mixed, mixed)
def test_at_least(x: Series, y: Series) -> None:
    left, right = defaultdict(float, naive(x)), defaultdict(float, naive(y))
    both = extent(x, y)
    check(Workshop().at_least(x, y), {hour: float(left[hour] >= right[hour]) for hour in both}, both)
    check(Workshop().at_least(x, 2.5), {hour: float(left[hour] >= 2.5) for hour in extent(x)}, extent(x))


# ---------------------------------------------------------------- stocks and rotation


@given(mixed, spans, st.integers(0, 40))
def test_a_stock_changes_by_what_is_written_and_what_expires(x: Series, span: float, behind: int) -> None:
    end = x.end + behind - 10
    stock, gone = Workshop().held(x, span, end), Workshop().expired(x, span, end)
    assert (gone.start, gone.n) == (stock.start, stock.n)
    before = Series(stock.start + 1, stock.n, stock.terms) if stock.n else stock
    change = dict(zip(range(stock.start, stock.end + 1), listed(subtract(stock, before)), strict=False))
    written = defaultdict(float, naive(x))
    for hour, value in zip(range(gone.start, gone.end), listed(gone), strict=True):
        assert change[hour] == written[hour] - value


@given(mixed, hours)
def test_rotation(x: Series, by: int) -> None:
    values = [naive(x)[hour] for hour in range(x.start, x.end)]
    expected = {x.start + (place + by) % x.n: value for place, value in enumerate(values)}
    workshop = Workshop()
    turned = workshop.rotate(x, float(by))
    check(turned, expected, extent(x))
    check(workshop.rotate(turned, float(-by)), naive(x), extent(x))
    check(workshop.rotate(x, by + x.n * 5 + 1e-11), expected, extent(x))


# ---------------------------------------------------------------- clocks


@given(simple_series(quarters), starts, ZONES)
def test_one_offset_is_that_of_the_start(x: Series, start: int, zone: str) -> None:
    local = from_values(start, listed(x), local=True)
    by_zone, by_offset = to_utc(local, zone), to_utc_by(local, offset_at_start(local, zone) / HOUR)
    assert (by_offset.start, by_offset.n, by_offset.local) == (by_zone.start, by_zone.n, False)
    assert listed(by_offset) == listed(by_zone)


@given(weeks, starts, st.integers(1, 400), ZONES, quarters)
def test_laying_a_week_is_linear_and_repeats_after_a_week(
    week: Series, start: int, n: int, zone: str, k: float
) -> None:
    over = constant(start, n, 1.0)
    laid = listed(Workshop().expand(week, over, zone))
    assert listed(Workshop().expand(scale(week, k), over, zone)) == [value * k for value in laid]
    assert listed(Workshop().expand(constant_week(k), over, zone)) == [k] * n
    whole = listed(Workshop().expand(week, constant(start, n + 5, 1.0), zone))
    assert whole[:n] == laid
    if zone in {"UTC", "Asia/Kolkata"}:  # no clock changes there
        assert listed(Workshop().expand(week, shift(over, float(WEEK)), zone)) == laid


@given(mixed, starts, ZONES)
def test_what_is_behind_a_monday_stays(x: Series, start: int, zone: str) -> None:
    moved = Series(start, x.n, x.terms)
    kept = Workshop().from_monday(moved, zone)
    assert (kept.start, kept.n) == (moved.start, moved.n)
    pairs = list(zip(listed(kept), listed(moved), strict=True))
    reached = next((place for place, (a, b) in enumerate(pairs) if a == b != 0.0), len(pairs))
    assert all(a == b for a, b in pairs[reached:])
    assert all(abs(a) <= abs(b) for a, b in pairs)
    ones = listed(Workshop().from_monday(flat(1.0, moved), zone))
    assert ones == sorted(ones)


# ---------------------------------------------------------------- fleets


@given(
    st.lists(st.tuples(positive_floats, positive_floats, st.floats(0, 6)), min_size=1, max_size=20), st.integers(1, 9)
)
def test_a_fleet_is_shared_instance_by_instance(rows: list[tuple[float, float, float]], count: int) -> None:
    part = [row[0] for row in rows]
    whole = [row[0] + row[1] for row in rows]
    raw = [round(row[2], 3) for row in rows]
    shares = []
    for k in range(1, count + 1):
        there = [place for place, value in enumerate(raw) if value > k - 1 + 1e-7] or list(range(len(rows)))
        above, below = math.fsum(part[place] for place in there), math.fsum(whole[place] for place in there)
        shares.append(above / below if below else 0.0)
    all_of, needed = from_values(0, whole), from_values(0, raw)
    found = Workshop().tier_share(from_values(0, part), all_of, needed, count)
    assert found == pytest.approx(math.fsum(shares) / count, rel=1e-12)
    rest = [b - a for a, b in zip(part, whole, strict=True)]
    other = Workshop().tier_share(from_values(0, rest), all_of, needed, count)
    if all(whole):
        assert found + other == pytest.approx(1.0, rel=1e-9)
