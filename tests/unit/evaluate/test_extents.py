"""Where parts of a formula have values: the same as the series that they come to."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from gaic.evaluate.extents import EMPTY, combine, lies_outside, measure, reach, unite
from gaic.units.series import NOTHING, add_all, add_scalar, constant, flat
from gaic.units.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.units.series import Series

W = Workshop()
SERIES = (NOTHING, constant(0, 4, 2.0), constant(2, 4, 3.0), constant(9, 1, 4.0))
PAIRS: dict[str, Callable[[Series, Series], Series]] = {
    "+": lambda a, b: add_all((a, b)),
    "*": W.multiply,
    "max": lambda a, b: W.maximum(a, b) if a.n and b.n else a if a.n else b,
    "at_least": W.at_least,
    "ratio": lambda a, b: W.ratio(a, add_all((b, flat(1.0, a)))),
}


@pytest.mark.parametrize("operator", PAIRS)
def test_two_series_reach_as_far_as_what_they_come_to(operator: str) -> None:
    for left, right in itertools.product(SERIES, repeat=2):
        sides = measure(left), measure(right)
        extent = combine(operator, *sides) if operator in {"+", "*"} else reach(operator, sides)
        assert extent == measure(PAIRS[operator](left, right)), (left, right)


def test_numbers_hold_in_the_hours_of_the_series_beside_them() -> None:
    for series in SERIES:
        extent = measure(series)
        assert measure(add_scalar(series, 1.0)) == combine("+", extent, None) == combine("-", None, extent)
        assert combine("/", None, extent) == combine("^", extent, None) == extent
        assert reach("max", (extent, None)) == reach("at_least", (None, extent)) == extent
        assert (
            reach("flat", (None, extent)) == reach("ratio", (None, extent)) == reach("ceil", (extent, None)) == extent
        )
    assert combine("+", None, None) is reach("min", (None, None)) is unite(()) is None


def test_only_a_series_has_an_outside() -> None:
    assert lies_outside(4, (0, 4))
    assert lies_outside(0, EMPTY)
    assert not lies_outside(3, (0, 4))
    assert not lies_outside(4, None)
    assert not lies_outside(None, EMPTY)
