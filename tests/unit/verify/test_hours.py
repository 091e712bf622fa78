"""Functions over time in plain floats, each with its own cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.verify import clocks, hours
from gaic.verify.faults import FormulaError
from gaic.verify.hours import LONGEST, NOTHING, Hours
from tests.reference.clocks import clock_of

if TYPE_CHECKING:
    from collections.abc import Callable

X = Hours(10, [4.0, 0.0, 8.0])
LOCAL = Hours(10, [1.0], local=True)
PARIS_SPRING = 494_208  # 2026-05-19T00:00, a Tuesday
SUMMER_TIME = 492_937  # 2026-03-27T01:00; the clock of Paris is put forward at 492_985, 2026-03-29T01:00Z


def rows(series: Hours) -> tuple[int, list[float]]:
    return series.start, list(series.values)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (hours.add((X, Hours(12, [1.0, 2.0]))), (10, [4.0, 0.0, 9.0, 2.0])),
        (hours.add((X, NOTHING)), (10, [4.0, 0.0, 8.0])),
        (hours.add(()), (0, [])),
        (hours.subtract(NOTHING, X), (10, [-4.0, -0.0, -8.0])),
        (hours.multiply(X, Hours(11, [5.0, 5.0, 5.0])), (10, [0.0, 0.0, 40.0, 0.0])),
        (hours.multiply(X, NOTHING), (0, [])),
        (hours.divide(X, Hours(9, [1.0, 2.0, 2.0, 2.0])), (10, [2.0, 0.0, 4.0])),
        (hours.power(X, 2.0), (10, [16.0, 0.0, 64.0])),
        (hours.extreme(max, (X, Hours(13, [1.0]), 2.0)), (10, [4.0, 2.0, 8.0, 2.0])),
        (hours.extreme(min, (NOTHING, 2.0)), (0, [])),
        (hours.shift(X, 2.0), (12, [4.0, 0.0, 8.0])),
        (hours.shift(X, 0.25), (10, [3.0, 1.0, 6.0, 2.0])),
        (hours.shift(X, -0.5), (9, [2.0, 2.0, 4.0, 4.0])),
        (hours.in_parallel(X, 2.5), (10, [4.0, 4.0, 10.0, 8.0, 4.0])),
        (hours.in_parallel(X, 0.5), (10, [2.0, 0.0, 4.0])),
        (hours.in_parallel(X, 1e-12), (10, [4e-12, 0.0, 8e-12])),
        (hours.in_parallel(X, 0.0), (10, [0.0, 0.0, 0.0])),
        (hours.held(X, 1.5, 15), (10, [4.0, 4.0, 8.0, 8.0, 0.0])),
        (hours.held(X, 1.0, 11), (10, [4.0])),
        (hours.held(X, 1.0, 10), (0, [])),
        (hours.cumulative(X, 14), (10, [4.0, 4.0, 12.0, 12.0])),
        (hours.expired(X, 1.5, 16), (10, [0.0, 0.0, 4.0, 0.0, 8.0, 0.0])),
        (hours.expired(X, 9.0, 12), (10, [0.0, 0.0])),
        (hours.rotate(X, 1.0), (10, [8.0, 4.0, 0.0])),
        (hours.rotate(X, -4.0), (10, [0.0, 8.0, 4.0])),
        (hours.at_least(X, 4.0), (10, [1.0, 0.0, 1.0])),
        (hours.at_least(X, Hours(11, [0.0, 9.0])), (10, [1.0, 1.0, 0.0])),
        (hours.ratio(X, Hours(10, [2.0, 0.0, 2.0]), 7.0), (10, [2.0, 7.0, 4.0])),
        (hours.flat(3.0, X), (10, [3.0, 3.0, 3.0])),
    ],
)
def test_a_function_gives(found: Hours, wanted: tuple[int, list[float]]) -> None:
    assert rows(found) == wanted


def test_sums_of_zeros_are_zero_where_running_sums_are_not() -> None:
    noisy = Hours(0, [0.1, 0.2, 0.3, 0.0, 0.0, 0.0])
    assert list(hours.held(noisy, 3.0, 9).values)[-3:] == [0.0, 0.0, 0.0]


def test_numbers_of_a_series() -> None:
    assert (hours.total(X), hours.mean(X), hours.peak(X)) == (12.0, 4.0, 8.0)
    assert (hours.total(NOTHING), hours.mean(NOTHING), hours.peak(NOTHING)) == (0.0, 0.0, 0.0)


def test_ceil_forgives_a_billionth() -> None:
    assert [hours.ceil(v) for v in (3.0000000001, 3.00001, -0.5, 4e8 + 0.3)] == [3.0, 4.0, 0.0, 4e8]


def test_a_fleet_is_shared_one_after_the_other() -> None:
    part, whole, needed = Hours(0, [1.0, 3.0]), Hours(0, [4.0, 4.0]), Hours(0, [1.0, 2.0])
    # the first is needed in both hours, 4 of 8; the second in the second hour, 3 of 4; the third in none, 4 of 8
    assert hours.tier_share(part, whole, needed, 2.5) == pytest.approx((0.5 + 0.75 + 0.5) / 3)
    assert hours.tier_share(part, whole, needed, 0.0) == 0.0
    assert hours.tier_share(NOTHING, NOTHING, NOTHING, 3.0) == 0.0


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda: hours.add((X, LOCAL)), "local time meets one in UTC"),
        (lambda: hours.divide(X, X), "divides by zero"),
        (lambda: hours.ratio(X, NOTHING, 0.0), "divides by zero"),
        (lambda: hours.power(X, -1.0), "divides by zero"),
        (lambda: hours.held(X, -1.0, 20), "time below 0"),
        (lambda: hours.shift(X, float("inf")), "no number"),
        (lambda: hours.rotate(X, 0.5), "part of an hour"),
        (lambda: hours.cumulative(X, 11 + LONGEST), "more than 1,000,000 hours"),
        (lambda: hours.add((X, Hours(LONGEST * 2, [1.0]))), "more than 1,000,000 hours"),
        (lambda: hours.in_parallel(X, 1e300), "more than 1,000,000 hours"),
        (lambda: clock_of("UTC").ahead(10**12), "how the clock of UTC went then"),
    ],
)
def test_what_has_no_result(function: Callable[[], object], message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        function()


# ---------------------------------------------------------------- clocks


def test_a_local_start_becomes_the_true_instant() -> None:
    local = Hours(PARIS_SPRING, [1.0, 3.0], local=True)
    assert rows(clocks.to_utc(local, clock_of("Europe/Paris"))) == (PARIS_SPRING - 2, [1.0, 3.0])
    assert rows(clocks.to_utc(local, clock_of("Asia/Kolkata"))) == (PARIS_SPRING - 6, [0.5, 2.0, 1.5])
    assert rows(clocks.to_utc_by(local, 5.5)) == (PARIS_SPRING - 6, [0.5, 2.0, 1.5])
    assert clocks.to_utc(X, clock_of("Asia/Kolkata")) is X
    assert clocks.offset_at_start(local, clock_of("Asia/Kolkata")) == 5.5
    assert clocks.offset_at_start(X, clock_of("Asia/Kolkata")) == 0.0


def test_hours_on_the_wall_are_all_kept_when_the_clock_changes() -> None:
    # 01:00, 02:00 (skipped) and 03:00 of 2026-03-29 in Paris
    skipped = Hours(492_985, [1.0, 2.0, 4.0], local=True)
    assert rows(clocks.from_wall_clock(skipped, clock_of("Europe/Paris"))) == (492_984, [1.0, 6.0])
    # 02:00 of 2026-10-25 is shown twice
    twice = Hours(498_025, [1.0, 2.0, 4.0], local=True)
    assert rows(clocks.from_wall_clock(twice, clock_of("Europe/Paris"))) == (498_023, [1.0, 1.0, 1.0, 4.0])
    ambiguous = Hours(498_026, [1.0], local=True)
    assert clocks.offset_of_clock(ambiguous, clock_of("Europe/Paris")) == 1.0
    assert clocks.offset_at_start(ambiguous, clock_of("Europe/Paris")) == 2.0


def test_a_week_lies_on_the_clock() -> None:
    week = Hours(96, [float(place) for place in range(168)], local=True)
    over = Hours(PARIS_SPRING, [0.0] * 2)
    assert list(clocks.expand(week, over, clock_of("Europe/Paris")).values) == [26.0, 27.0]
    assert list(clocks.expand(week, over, clock_of("Asia/Kolkata")).values) == [29.5, 30.5]
    assert list(clocks.expand(clocks.weekly(2.5), over, clock_of("UTC")).values) == [2.5, 2.5]
    with pytest.raises(FormulaError, match="168 hours"):
        clocks.expand(Hours(96, [1.0], local=True), over, clock_of("UTC"))


def test_nothing_is_before_the_first_monday() -> None:
    sunday = Hours(PARIS_SPRING + 5 * 24 + 17, [1.0] * 4)  # 17:00Z; Monday begins at 18:30Z in Kolkata
    assert list(clocks.from_monday(sunday, clock_of("Asia/Kolkata")).values) == [0.0, 0.5, 1.0, 1.0]
    assert list(clocks.from_monday(sunday, clock_of("UTC")).values) == [0.0] * 4
    week = clocks.weekly(2.0)
    assert list(clocks.expand_from_monday(week, sunday, clock_of("Asia/Kolkata")).values) == [0.0, 1.0, 2.0, 2.0]
