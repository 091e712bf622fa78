"""Amounts on a wall clock: nothing is lost, and each hour lies where the clock shows it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaic.units.series import from_values
from gaic.units.wall_clock import from_wall_clock
from gaic.units.workshop import Workshop
from gaic.units.zones import to_utc

ZONES = ("Europe/Paris", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
NEW_YEAR_2026 = 490_896  # hours since 1970-01-01T00:00
YEAR = 8760


@settings(max_examples=60)
@given(st.sampled_from(ZONES), st.integers(0, YEAR), st.lists(st.integers(0, 9), min_size=1, max_size=80))
def test_nothing_is_lost(zone: str, later: int, values: list[int]) -> None:
    moved = from_wall_clock(np.array(values, dtype=np.float64), NEW_YEAR_2026 + later, zone)
    assert Workshop().total(moved) == pytest.approx(sum(values), abs=1e-9)


@pytest.mark.parametrize("zone", ZONES)
def test_without_a_change_of_the_clock_hours_follow_each_other(zone: str) -> None:
    values = np.arange(1.0, 49.0)
    moved = from_wall_clock(values, NEW_YEAR_2026, zone)
    expected = to_utc(from_values(NEW_YEAR_2026, values, local=True), zone)
    assert (moved.start, moved.n) == (expected.start, expected.n)
    assert Workshop().values(moved).tolist() == pytest.approx(Workshop().values(expected).tolist())


def test_a_clock_put_back_by_half_an_hour_splits_the_half_hour_it_shows_twice() -> None:
    """Lord Howe Island: on 2026-04-05 at 02:00 the clock goes back to 01:30, from UTC + 11 h to UTC + 10.5 h."""
    start = NEW_YEAR_2026 + (31 + 28 + 31 + 4) * 24  # 2026-04-05T00:00
    moved = from_wall_clock(np.array([6.0, 12.0, 24.0]), start, "Australia/Lord_Howe")
    # 00:00 is 13:00Z; 01:00 to 02:00 takes one and a half hours, 14:00Z to 15:30Z; 02:00 is 15:30Z
    assert Workshop().values(moved).tolist() == pytest.approx([6.0, 8.0, 4.0 + 12.0, 12.0])


def test_nothing_stays_nothing() -> None:
    assert from_wall_clock(np.array([]), NEW_YEAR_2026, "Europe/Paris").n == 0
