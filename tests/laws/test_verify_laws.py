"""What verifies a site, against the evaluator: the same operations in plain floats, hour by hour.

Quarters are exact in binary, so both must agree to the last bit; other numbers to 1e-12 of the largest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.units import zones
from gaic.units.series import Series, SeriesFault, add_all, from_values, scale, shift, subtract
from gaic.units.wall_clock import from_wall_clock
from gaic.units.weeks import make_week
from gaic.units.workshop import Workshop
from gaic.verify import clocks, hours
from gaic.verify.faults import FormulaError
from gaic.verify.hours import Hours
from tests.laws.test_series_laws import listed, mixed, positive, quarters, spans
from tests.reference.clocks import clock_of

if TYPE_CHECKING:
    from collections.abc import Callable

ZONES = st.sampled_from(
    ("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")
)
WEEKS = st.lists(quarters, min_size=168, max_size=168)
STARTS = st.integers(350_000, 520_000)  # 2009 to 2029
CHANGES = st.sampled_from((494_209, 489_674, 499_084, 364_800, 489_169))  # hours about which clocks change
LENGTHS = st.integers(1, 300)


def plain(series: Series) -> Hours:
    return Hours(series.start, listed(series), series.local)


def agree(found: Hours, wanted: Series, *, exact: bool = True) -> None:
    assert len(found.values) == wanted.n
    if not wanted.n:
        return
    assert (found.start, found.local) == (wanted.start, wanted.local)
    if exact:
        assert list(found.values) == listed(wanted)
    else:
        assert list(found.values) == pytest.approx(listed(wanted), rel=1e-12, abs=1e-12)


def outcome(function: Callable[[], object]) -> object:
    """The result, or None where there is none."""
    try:
        return function()
    except (SeriesFault, FormulaError):
        return None


@given(mixed, mixed, quarters)
def test_hour_by_hour(x: Series, y: Series, k: float) -> None:
    a, b = plain(x), plain(y)
    agree(hours.add((a, b)), add_all((x, y)))
    agree(hours.subtract(a, b), subtract(x, y))
    agree(hours.scale(a, k), scale(x, k))
    agree(hours.multiply(a, b), Workshop().multiply(x, y))
    agree(hours.at_least(a, b), Workshop().at_least(x, y))
    agree(hours.at_least(a, k), Workshop().at_least(x, k))
    agree(hours.extreme(max, (a, b, k)), Workshop().maximum(Workshop().maximum(x, y), k))
    agree(hours.extreme(min, (a, b, k)), Workshop().minimum(Workshop().minimum(x, y), k))
    agree(hours.change(a, hours.ceil), Workshop().ceil(x))
    agree(hours.change(a, abs), Workshop().absolute(x))


@given(mixed, mixed, quarters)
def test_quotients_and_where_there_is_none(x: Series, y: Series, k: float) -> None:
    for found, wanted in (
        (lambda: hours.ratio(plain(x), plain(y), k), lambda: Workshop().ratio(x, y, k)),
        (lambda: hours.divide(plain(x), plain(y)), lambda: Workshop().divide(x, y)),
    ):
        mine, theirs = outcome(found), outcome(wanted)
        assert (mine is None) == (theirs is None)
        if isinstance(mine, Hours) and isinstance(theirs, Series):
            agree(mine, theirs, exact=False)


@given(mixed, spans, st.integers(-20, 60))
def test_stocks(x: Series, span: float, behind: int) -> None:
    a, end = plain(x), x.end + behind
    agree(hours.in_parallel(a, span), Workshop().in_parallel(x, span))
    agree(hours.held(a, span, end), Workshop().held(x, span, end))
    agree(hours.expired(a, span, end), Workshop().expired(x, span, end))
    agree(hours.cumulative(a, end), Workshop().cumulative(x, end))


@given(mixed, quarters, st.integers(-50, 50))
def test_moves(x: Series, span: float, turns: int) -> None:
    agree(hours.shift(plain(x), span), shift(x, span))
    agree(hours.shift(plain(x), span + 1e-11), shift(x, span + 1e-11), exact=False)
    agree(hours.rotate(plain(x), float(turns)), Workshop().rotate(x, float(turns)))


@given(positive, positive, positive, st.integers(0, 12).map(lambda n: n / 2))
def test_tiers(part: Series, rest: Series, raw: Series, count: float) -> None:
    whole = add_all((part, rest))
    found = hours.tier_share(plain(part), plain(whole), plain(raw), count)
    assert found == pytest.approx(Workshop().tier_share(part, whole, raw, count), rel=1e-12)


@given(st.lists(quarters, min_size=1, max_size=80), STARTS | CHANGES, ZONES)
def test_clocks(values: list[float], start: int, zone: str) -> None:
    local, clock = from_values(start, values, local=True), clock_of(zone)
    agree(clocks.to_utc(plain(local), clock), zones.to_utc(local, zone))
    assert clocks.offset_at_start(plain(local), clock) == zones.offset_at_start(local, zone) / zones.HOUR
    for each in (local, from_values(start, values)):
        assert clocks.offset_of_clock(plain(each), clock) == zones.offset_of_clock(each, zone) / zones.HOUR
    wall = from_wall_clock(Workshop().values(local), start, zone)
    agree(clocks.from_wall_clock(plain(local), clock), wall, exact=False)


@given(WEEKS, STARTS | CHANGES, LENGTHS, ZONES)
def test_weeks(week: list[float], start: int, n: int, zone: str) -> None:
    over, clock = from_values(start, [1.0] * n), clock_of(zone)
    laid = Hours(96, week, local=True)
    agree(clocks.expand(laid, plain(over), clock), Workshop().expand(make_week(week), over, zone), exact=False)
    found = clocks.expand_from_monday(laid, plain(over), clock)
    agree(found, Workshop().expand(make_week(week), over, zone, whole_weeks=True), exact=False)
    for each in (over, from_values(start, [1.0] * n, local=True)):
        agree(clocks.from_monday(plain(each), clock), Workshop().from_monday(each, zone), exact=False)
