"""Every way in which a declaration can be wrong is a typed value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.units.dimension import NUMBER, base
from gaic.units.faults import UnitFaultKind
from gaic.units.spelling import Trouble, UnknownUnit
from gaic.units.system import UnitSystemBuilder
from tests.unit.units.worlds import declare_world

if TYPE_CHECKING:
    from gaic.units.faults import UnitFault
    from gaic.units.system import UnitSystem

Kind = UnitFaultKind


def start() -> UnitSystemBuilder:
    """Declare dimension A with unit a: declarations 1 and 2."""
    builder = UnitSystemBuilder()
    assert builder.add_dimension("A") == 1
    assert builder.add_unit(["aye", "a"], "A", ["k"], None) == 2
    return builder


def only_fault(builder: UnitSystemBuilder) -> tuple[UnitSystem, UnitFault]:
    """Build and expect one fault."""
    system, faults = builder.finish()
    assert len(faults) == 1, faults
    return system, faults[0]


def test_a_sound_world_has_no_fault() -> None:
    assert declare_world().finish()[1] == ()


@pytest.mark.parametrize("value", [None, (2.0, "a")])
def test_unknown_type(value: tuple[float, str] | None) -> None:
    builder = start()
    builder.add_quantity("Weight", "a")
    builder.add_unit(["x"], "Weigth", [], value)
    _, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.declaration) == (Kind.UNKNOWN_TYPE, "x", 4)
    assert (fault.part, fault.similar) == ("Weigth", ("Weight",))


def test_unknown_unit_in_a_value() -> None:
    builder = start()
    builder.add_unit(["x"], "A", [], (2.0, "a*aze"))
    system, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.part) == (Kind.UNKNOWN_UNIT, "x", "aze")
    with pytest.raises(UnknownUnit) as caught:
        system.unit("x")
    assert caught.value.trouble is Trouble.FAULTY


def test_unreadable_unit_in_a_value() -> None:
    builder = start()
    builder.add_unit(["x"], "A", [], (2.0, "a**2"))
    assert only_fault(builder)[1].kind is Kind.UNKNOWN_UNIT


def test_unknown_unit_of_a_quantity() -> None:
    builder = start()
    builder.add_quantity("Q", "Ma")
    _, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.part) == (Kind.UNKNOWN_UNIT, "Q", "Ma")
    assert fault.hint == "declared forms: `aye`, `a` and `ka`"


def test_what_depends_on_a_faulty_unit_is_not_reported_again() -> None:
    builder = start()
    builder.add_unit(["x"], "A", [], (2.0, "nobody"))
    builder.add_unit(["y"], "Q", [], (2.0, "x"))
    builder.add_quantity("Q", "y/a")
    system, fault = only_fault(builder)
    assert fault.subject == "x"
    assert system.type("Q") is None


@pytest.mark.parametrize("names", [["z", "a"], ["z", "ka"], ["z", "z"]])
def test_duplicate_unit(names: list[str]) -> None:
    builder = start()
    builder.add_unit(names, "A", [], (2.0, "a"))
    system, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.declaration, fault.part) == (Kind.DUPLICATE_UNIT, "z", 3, names[1]) or (
        # a prefixed form gives way to a name that stands in the text
        fault.kind,
        fault.subject,
        fault.declaration,
        fault.part,
    ) == (Kind.DUPLICATE_UNIT, "aye", 2, "ka")
    assert system.unit("z").factor == 2.0


def test_a_unit_whose_names_are_all_taken_is_left_out() -> None:
    builder = start()
    builder.add_unit(["a"], "A", [], (2.0, "aye"))
    system, fault = only_fault(builder)
    assert (fault.kind, fault.other, fault.members) == (Kind.DUPLICATE_UNIT, 2, ("aye",))
    assert system.unit("a").factor == 1.0


@pytest.mark.parametrize(("name", "other"), [("A", 1), ("Number", None)])
def test_duplicate_dimension(name: str, other: int | None) -> None:
    builder = start()
    builder.add_dimension(name)
    _, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.declaration, fault.other) == (Kind.DUPLICATE_DIMENSION, name, 3, other)


def test_duplicate_quantity() -> None:
    builder = start()
    builder.add_quantity("Q", "a")
    builder.add_quantity("Q", "ka")
    system, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.declaration, fault.other) == (Kind.DUPLICATE_QUANTITY, "Q", 4, 3)
    kept = system.type("Q")
    assert kept is not None
    assert kept.unit.text == "a"


def test_wrong_dimension_of_a_unit() -> None:
    builder = start()
    builder.add_unit(["x"], "A", [], (2.0, "a^2"))
    system, fault = only_fault(builder)
    assert (fault.kind, fault.found, fault.expected) == (Kind.WRONG_DIMENSION, base("A") ** 2, base("A"))
    assert system.unit("x").factor == 2.0


@pytest.mark.parametrize(("name", "expected"), [("A", base("A")), ("Number", NUMBER)])
def test_wrong_dimension_of_a_quantity_that_bears_the_name_of_a_dimension(name: str, expected: object) -> None:
    builder = start()
    builder.add_quantity(name, "a^2")
    _, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.expected) == (Kind.WRONG_DIMENSION, name, expected)


def test_a_circle_is_reported_once_from_its_first_unit_on() -> None:
    builder = start()
    builder.add_unit(["outside"], "A", [], (1.0, "z"))
    builder.add_unit(["x"], "A", [], (1.0, "y"))
    builder.add_unit(["y"], "A", [], (1.0, "z"))
    builder.add_unit(["z"], "A", [], (1.0, "x"))
    system, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.declaration) == (Kind.CIRCULAR, "x", 4)
    assert fault.members == ("x", "y", "z")
    with pytest.raises(UnknownUnit):
        system.unit("outside")


def test_a_unit_defined_by_itself() -> None:
    builder = start()
    builder.add_unit(["x"], "A", [], (1.0, "x"))
    assert only_fault(builder)[1].members == ("x",)


@pytest.mark.parametrize("name", ["", "1x", "a b", "€", "_x"])
def test_bad_name(name: str) -> None:
    builder = start()
    builder.add_unit(["x", name], "A", [], (2.0, "a"))
    system, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.part) == (Kind.BAD_NAME, "x", name)
    assert system.unit("x").factor == 2.0


@pytest.mark.parametrize(("names", "prefix"), [(["x"], "kk"), (["x", "%"], "k")])
def test_bad_prefix(names: list[str], prefix: str) -> None:
    builder = start()
    builder.add_unit(names, "A", [prefix], (2.0, "a"))
    _, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.part) == (Kind.BAD_PREFIX, "x", prefix)


@pytest.mark.parametrize("number", [0.0, -1.0, float("nan"), float("inf")])
def test_bad_value(number: float) -> None:
    builder = start()
    builder.add_unit(["x"], "A", [], (number, "a"))
    assert only_fault(builder)[1].kind is Kind.BAD_VALUE


def test_a_value_that_only_a_prefix_makes_too_large() -> None:
    builder = start()
    builder.add_unit(["x"], "A", ["G"], (1e300, "a"))
    assert only_fault(builder)[1].kind is Kind.BAD_VALUE


def test_a_chain_of_squares_ends_at_the_largest_exponent() -> None:
    builder = start()
    builder.add_unit(["x0"], "Number", [], (1.0, "a/ka"))
    previous = "a"
    for number in range(1, 8):
        builder.add_quantity(f"X{number}", f"x{number}")
        builder.add_unit([f"x{number}"], f"X{number}", [], (1.0, f"{previous}^2"))
        previous = f"x{number}"
    _, fault = only_fault(builder)
    assert (fault.kind, fault.subject) == (Kind.BAD_VALUE, "x7")


def test_an_overflow_inside_a_value() -> None:
    builder = start()
    builder.add_unit(["x"], "A", [], (1e30, "a"))
    builder.add_quantity("Y", "y")
    builder.add_unit(["y"], "Y", [], (1.0, "x^64"))
    _, fault = only_fault(builder)
    assert (fault.kind, fault.subject) == (Kind.BAD_VALUE, "y")


@pytest.mark.parametrize("type_name", ["Q", "Number"])
def test_missing_value(type_name: str) -> None:
    builder = start()
    builder.add_quantity("Q", "a", "tag")
    builder.add_unit(["x"], type_name, [], None)
    _, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.part) == (Kind.MISSING_VALUE, "x", type_name)


def test_second_base_unit() -> None:
    builder = start()
    builder.add_unit(["x"], "A", [], None)
    _, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.part, fault.other) == (Kind.SECOND_BASE, "x", "A", 2)


def test_a_dimension_without_base_unit() -> None:
    builder = start()
    builder.add_dimension("Z")
    system, fault = only_fault(builder)
    assert (fault.kind, fault.subject, fault.declaration) == (Kind.NO_BASE, "Z", 3)
    assert system.type("Z") is None


def test_a_dimension_whose_base_unit_is_faulty_is_not_reported_again() -> None:
    builder = start()
    builder.add_dimension("Z")
    builder.add_unit(["1z"], "Z", [], None)
    assert only_fault(builder)[1].kind is Kind.BAD_NAME


def test_a_long_chain_and_one_that_doubles_are_no_burden() -> None:
    builder = start()
    builder.add_unit(["s0"], "A", [], (1.0, "a"))
    for number in range(3000, 0, -1):
        builder.add_unit([f"s{number}"], "A", [], (1.0, f"s{number - 1}"))
    for number in range(1, 60):
        previous = f"t{number - 1}" if number > 1 else "a"
        builder.add_unit([f"t{number}"], "A", [], (1.0, f"{previous}*{previous}/{previous}"))
    system, faults = builder.finish()
    assert faults == ()
    assert system.unit("s3000").factor == 1.0


def test_faults_come_in_the_order_of_declaration() -> None:
    builder = start()
    builder.add_quantity("Q", "none")
    builder.add_unit(["x"], "Nothing", [], (1.0, "a"))
    builder.add_dimension("A")
    assert [fault.declaration for fault in builder.finish()[1]] == [3, 4, 5]
