"""Shares in a fleet, instance by instance."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest

from gaic.units.series import NOTHING, SeriesFault, from_values
from gaic.units.tiers import share_tiers
from gaic.units.workshop import Workshop


def share(part: list[float], whole: list[float], raw: list[float], count: float) -> float:
    return share_tiers(np.array(part), np.array(whole), np.array(raw), count)


def test_each_instance_has_the_hours_that_need_it() -> None:
    assert share([8, 0, 1, 0], [10, 6, 2, 0], [2.5, 2, 0.5, 0], 3) == pytest.approx((0.5 + 0.5 + 0.8) / 3)
    assert share([8, 0, 1, 0], [10, 6, 2, 0], [2.5, 2, 0.5, 0], 1) == 0.5
    assert share([8, 0, 1, 0], [10, 6, 2, 0], [2.5, 2, 0.5, 0], 2.2) == pytest.approx((0.5 + 0.5 + 0.8) / 3)


def test_noise_needs_no_instance_more() -> None:
    assert share([1, 0], [1, 1], [1 + 1e-12, 0.5], 1) == 0.5
    assert share([1, 0], [1, 1], [2 + 1e-12, 2], 3) == 0.5


def test_nothing_has_no_share() -> None:
    assert share([], [], [], 4) == 0
    assert share([0, 0], [0, 0], [1, 2], 4) == 0
    assert share([1, 2], [3, 4], [1, 2], 0) == 0
    assert share([1, 2], [3, 4], [1, 2], -3) == 0
    assert Workshop().tier_share(NOTHING, NOTHING, NOTHING, 4) == 0
    assert Workshop().tier_share(from_values(0, [1.0]), from_values(0, [4.0]), NOTHING, 4) == 0.25
    with pytest.raises(SeriesFault, match="division by zero"):
        share([1, 0], [0, 1], [2, 1], 2)


def test_series_need_not_have_the_same_hours() -> None:
    part, whole = from_values(2, [1.0]), from_values(1, [1.0, 2.0, 1.0])
    assert Workshop().tier_share(part, whole, from_values(2, [1.5]), 2) == 0.5
    assert Workshop().tier_share(part, whole, from_values(7, [1.5]), 4) == pytest.approx(0.125)


def test_a_large_fleet_takes_no_longer() -> None:
    random = np.random.default_rng(3)
    whole = random.random(20_000)
    started = time.perf_counter()
    found = share_tiers(whole * 0.25, whole, random.random(20_000) * 1e8, 1e8)
    assert math.isclose(found, 0.25, rel_tol=1e-12)
    assert time.perf_counter() - started < 5
