"""Unit algebra: dimensions are a group, factors multiply, declarations have no order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.units.dimension import NUMBER, Dimension, base
from gaic.units.numbers import format_number, round_significant
from gaic.units.spelling import UnknownUnit, join_unit, split_unit
from gaic.units.system import UnitSystemBuilder

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.units.system import UnitSystem

DECLARATIONS: tuple[Callable[[UnitSystemBuilder], int], ...] = (
    lambda b: b.add_dimension("A"),
    lambda b: b.add_dimension("B"),
    lambda b: b.add_unit(["aye", "a"], "A", ["k", "m"], None),
    lambda b: b.add_unit(["bee", "b"], "B", ["k"], None),
    lambda b: b.add_unit(["cee", "c"], "C", ["M"], (2.5, "a*kb^2")),
    lambda b: b.add_unit(["dee", "d"], "A", [], (7.0, "c/b^2")),
    lambda b: b.add_unit(["percent", "%"], "Number", [], (0.01, None)),
    lambda b: b.add_unit(["nut"], "Nuts", [], (1.0, None)),
    lambda b: b.add_quantity("C", "Mc"),
    lambda b: b.add_quantity("Nuts", "nut", "nuts"),
    lambda b: b.add_quantity("A", "ka"),
)
NAMES = ("a", "ka", "ma", "b", "kb", "c", "Mc", "d", "%", "nut")


def build(declarations: tuple[Callable[[UnitSystemBuilder], int], ...]) -> UnitSystem:
    """Build a system without faults."""
    builder = UnitSystemBuilder()
    for declare in declarations:
        declare(builder)
    system, faults = builder.finish()
    assert faults == ()
    return system


WORLD = build(DECLARATIONS)

dimensions = st.dictionaries(st.sampled_from("ABCD"), st.integers(-4, 4)).map(
    lambda powers: Dimension(tuple(sorted((name, power) for name, power in powers.items() if power)))
)
factors = st.dictionaries(st.sampled_from(NAMES), st.integers(-3, 3).filter(bool), min_size=1, max_size=4)


@given(dimensions, dimensions, dimensions)
def test_dimensions_are_a_commutative_group(x: Dimension, y: Dimension, z: Dimension) -> None:
    assert x * y == y * x
    assert (x * y) * z == x * (y * z)
    assert x * NUMBER == x
    assert x / x == NUMBER
    assert x / y * y == x


@given(dimensions, st.integers(-3, 3), st.integers(-3, 3))
def test_powers_add(x: Dimension, m: int, n: int) -> None:
    assert x**m * x**n == x ** (m + n)
    assert (x**m) ** n == x ** (m * n)


@given(factors)
def test_a_unit_written_is_read_as_it_was(powers: dict[str, int]) -> None:
    assert dict(split_unit(join_unit(powers))) == powers


@given(factors)
def test_factor_and_dimension_of_a_product_are_those_of_its_parts(powers: dict[str, int]) -> None:
    unit = WORLD.unit(join_unit(powers))
    factor, dimension = 1.0, NUMBER
    for name, power in powers.items():
        part = WORLD.unit(name)
        factor *= part.factor**power
        dimension *= part.dimension**power
    assert unit.dimension == dimension
    assert unit.factor == pytest.approx(factor, rel=1e-13)


@given(factors, st.floats(1e-6, 1e6))
def test_conversions_there_and_back(powers: dict[str, int], value: float) -> None:
    unit = WORLD.unit(join_unit(powers))
    root = WORLD.default_unit(unit.dimension)
    assert WORLD.convert(WORLD.convert(value, unit, root), root, unit) == pytest.approx(value, rel=1e-13)


@given(factors, st.floats(1e-6, 1e6))
def test_pint_converts_alike(powers: dict[str, int], value: float) -> None:
    unit = WORLD.unit(join_unit(powers))
    rooted = WORLD.quantity(value, unit).to_root_units()
    assert rooted.magnitude == pytest.approx(value * unit.factor, rel=1e-13)


@given(factors)
def test_what_is_described_is_the_dimension(powers: dict[str, int]) -> None:
    dimension = WORLD.unit(join_unit(powers)).dimension
    assert WORLD.default_unit(dimension).dimension == dimension
    described = NUMBER
    text = WORLD.describe(dimension)
    for position, (name, power) in enumerate(split_unit(text.removeprefix("1/"))):
        known = WORLD.type(name)
        assert known is not None
        described *= known.dimension ** (-power if position == 0 and text.startswith("1/") else power)
    assert described == dimension


@given(st.permutations(DECLARATIONS))
def test_declarations_have_no_order(shuffled: list[Callable[[UnitSystemBuilder], int]]) -> None:
    other = build(tuple(shuffled))
    assert other.units() == WORLD.units()
    assert other.types() == WORLD.types()
    for text in (*NAMES, "Mc/ka", "d*%"):
        assert other.unit(text) == WORLD.unit(text)
    for dimension in (base("A"), base("A") * base("B"), base("B") ** 2, base("A") / base("B") ** 3):
        assert other.describe(dimension) == WORLD.describe(dimension)


@given(st.text(max_size=30))
def test_any_text_is_a_unit_or_a_fault(text: str) -> None:
    try:
        read = WORLD.unit(text).text
    except UnknownUnit as unknown:
        read = unknown.text
    assert read == text


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2))
def test_written_numbers_are_read_as_the_rounded_ones_and_keep_the_order(numbers: list[float]) -> None:
    for x in numbers:
        assert float(format_number(x)) == round_significant(x)
    rounded = [round_significant(x) for x in sorted(numbers)]
    assert all(low <= high for low, high in pairwise(rounded))
