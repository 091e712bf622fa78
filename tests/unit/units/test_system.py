"""Units and types of a small invented world."""

from __future__ import annotations

import math

import numpy as np
import pint
import pytest

from gaic.units.dimension import NUMBER, base
from gaic.units.measures import WrongDimension
from gaic.units.system import UnitSystemBuilder
from tests.unit.units.worlds import make_world

A, B = base("A"), base("B")
WORLD = make_world()


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("aye", 1.0),
        ("ka", 1000.0),
        ("ua", 1e-6),
        ("kc", 5000.0),
        ("dozen_a", 12.0),
        ("kdozen_a", 12000.0),
        ("kbb", 1000.0),
        ("Ω", 3.0),
        ("%", 0.01),
        ("kc/ka", 5.0),
        ("c/%", 500.0),
        ("a^2/kb^2", 1e-6),
        ("a*a", 1.0),
        ("b^-1", 1.0),
        ("a/a", 1.0),
    ],
)
def test_factors_to_root_units(text: str, factor: float) -> None:
    assert WORLD.unit(text).factor == pytest.approx(factor, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "dimension"),
    [("ma", A), ("kc", A * B), ("c/bb^2/count", A / B), ("%", NUMBER), ("b^-2", B**-2), ("a/a", NUMBER)],
)
def test_dimensions(text: str, dimension: object) -> None:
    assert WORLD.unit(text).dimension == dimension


def test_a_unit_is_read_once() -> None:
    assert WORLD.unit("kc/ka") is WORLD.unit("kc/ka")


def test_a_prefix_stands_before_symbols_and_not_before_the_long_name() -> None:
    spelled = set(WORLD.units())
    assert {"ka", "kb", "kbb", "knut", "kdozen_a"} <= spelled
    assert not {"kaye", "kbee", "mb"} & spelled


@pytest.mark.parametrize(
    ("text", "tag"),
    [("nut", "nuts"), ("knut", "nuts"), ("count", None), ("nut/a", None), ("nut^2", None), ("ka", None)],
)
def test_only_a_single_unit_of_a_tagged_type_has_a_tag(text: str, tag: str | None) -> None:
    assert WORLD.unit(text).tag == tag


def test_types_know_dimension_unit_and_tag() -> None:
    stored = WORLD.type("StoredA")
    assert stored is not None
    assert (stored.dimension, stored.unit.text, stored.tag) == (A, "ka", "stored")


def test_a_dimension_is_a_type_shown_in_its_base_unit_unless_a_quantity_has_its_name() -> None:
    a, b, number = WORLD.type("A"), WORLD.type("B"), WORLD.type("Number")
    assert a is not None
    assert b is not None
    assert number is not None
    assert (a.unit.text, b.unit.text, number.unit.text) == ("a", "kb", "")
    assert WORLD.type("Z") is None
    assert [each.name for each in WORLD.types()] == ["A", "B", "C", "Number", "Nuts", "Rate", "Share", "StoredA"]


@pytest.mark.parametrize(
    ("factors", "text"),
    [
        ([("C", 1)], "kc"),
        ([("C", 1), ("B", -1)], "kc/kb"),
        ([("C", 1), ("B", -1), ("StoredA", -1)], "kc/kb/ka"),
        ([("B", -1)], "kb^-1"),
        ([("B", -1), ("C", -1)], "kb^-1/kc"),
        ([("B", 1), ("B", 1)], "kb^2"),
        ([("B", 1), ("B", -1)], ""),
        ([("B", 1), ("Share", -1)], "kb"),
        ([("Share", 1)], "count"),
        ([("C", 1), ("Nuts", -1)], "kc/nut"),
        ([], ""),
    ],
)
def test_display_units_are_composed_of_those_of_the_types(factors: list[tuple[str, int]], text: str) -> None:
    types = [(each, exponent) for name, exponent in factors if (each := WORLD.type(name))]
    assert WORLD.display_unit(types).text == text


@pytest.mark.parametrize(
    ("dimension", "name", "unit"),
    [
        (NUMBER, "Number", ""),
        (A, "A", "a"),
        (A * B, "C", "kc"),
        (A / B, "Rate", "r"),
        (NUMBER / B, "1/B", "kb^-1"),
        (A**2 * B, "C*A", "kc*a"),
        (A * B**2, "C*B", "kc*kb"),
        (B / A, "1/Rate", "r^-1"),
    ],
)
def test_a_dimension_is_described_by_known_names(dimension: object, name: str, unit: str) -> None:
    assert WORLD.describe(dimension) == name  # type: ignore[arg-type]  # parametrised
    assert WORLD.default_unit(dimension).text == unit  # type: ignore[arg-type]  # parametrised


@pytest.mark.parametrize(
    ("left", "right", "hint"),
    [
        (A, A, ""),
        (A * B, A, "C = A  B\nA = A\nmissing factor B (C = A * B)"),
        (A, A * B, "A = A\nC = A  B\nmissing factor B (C = A * B)"),
        (A, NUMBER, "missing factor A"),
        (NUMBER, A, "missing factor A"),
        (A**2, B, "missing factor Rate*A"),
    ],
)
def test_the_gap_between_two_dimensions_is_named(left: object, right: object, hint: str) -> None:
    assert WORLD.hint_difference(left, right) == hint  # type: ignore[arg-type]  # parametrised


def test_no_hint_where_dimensions_are_far_apart() -> None:
    builder = UnitSystemBuilder()
    for name in "PQRS":
        builder.add_dimension(name)
        builder.add_unit([name.lower()], name, [], None)
    system, _ = builder.finish()
    assert system.hint_difference(base("P") * base("Q"), base("R") * base("S")) == ""


def test_conversion() -> None:
    assert WORLD.convert(3.0, WORLD.unit("kc"), WORLD.unit("a*b")) == 15000.0
    assert WORLD.convert(0.3, WORLD.unit("kc"), WORLD.unit("kc")) == 0.3
    with pytest.raises(WrongDimension, match="`a` cannot be converted to `b`"):
        WORLD.convert(1.0, WORLD.unit("a"), WORLD.unit("b"))


def test_public_results_are_pint_quantities() -> None:
    quantity = WORLD.quantity(2.0, WORLD.unit("kc/Ω"))
    assert pint.Quantity in type(quantity).__mro__
    assert quantity.to("a").magnitude == pytest.approx(2 * 5000 / 3)
    assert dict(quantity.unit_items()) == {"kc": 1, "ohm": -1}
    hourly = WORLD.quantity(np.array([1.0, 2.0]), WORLD.unit("ka"))
    assert np.array_equal(np.asarray(hourly.to("a").magnitude), [1000.0, 2000.0])


def test_pint_knows_declared_units_only() -> None:
    quantity = WORLD.quantity(1.0, WORLD.unit("b"))
    with pytest.raises(pint.UndefinedUnitError):
        quantity.to("Mb")
    with pytest.raises(pint.DimensionalityError):
        quantity.to("a")


def test_names_that_pint_cannot_hold_have_a_stand_in() -> None:
    builder = UnitSystemBuilder()
    builder.add_dimension("Angle")
    builder.add_unit(["°"], "Angle", [], None)
    builder.add_unit(["dimensionless"], "Number", [], (1.0, None))
    builder.add_unit(["turn"], "Angle", [], (360.0, "°/dimensionless"))
    system, faults = builder.finish()
    assert faults == ()
    assert system.convert(0.5, system.unit("turn"), system.unit("°")) == pytest.approx(180.0)


def test_the_shortest_name_speaks_for_a_dimension_and_tagged_ones_never() -> None:
    builder = UnitSystemBuilder()
    builder.add_dimension("A")
    builder.add_unit(["a"], "A", [], None)
    builder.add_quantity("Z", "a", "z")
    builder.add_quantity("Long", "a")
    builder.add_quantity("Lung", "a")
    system, _ = builder.finish()
    assert system.describe(A) == "Long"


def test_a_fractional_power_is_described_as_it_is() -> None:
    assert WORLD.describe((A**1) ** 0) == "Number"
    assert WORLD.describe(base("Unheard") * A) == "A*Unheard"


def test_a_large_world_is_built_fast_enough_for_pint_to_stay_the_authority() -> None:
    builder = UnitSystemBuilder()
    builder.add_dimension("A")
    builder.add_unit(["a0"], "A", ["k", "M", "G", "T"], None)
    for number in range(1, 200):
        builder.add_unit([f"a{number}"], "A", ["k", "M", "G", "T"], (1.01, f"a{number - 1}"))
    system, faults = builder.finish()
    assert faults == ()
    assert system.unit("ka199").factor == pytest.approx(1000 * math.pow(1.01, 199))
