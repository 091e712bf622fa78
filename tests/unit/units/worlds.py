"""Small invented worlds: dimensions A and B, with C = A*B, D = C/B^2 and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.units.system import UnitSystemBuilder

if TYPE_CHECKING:
    from gaic.units.system import UnitSystem


def declare_world() -> UnitSystemBuilder:
    """Declare the world, with references forwards and backwards."""
    builder = UnitSystemBuilder()
    builder.add_quantity("C", "kc")
    builder.add_quantity("Rate", "r")
    builder.add_unit(["cee", "c"], "C", ["k", "m"], (5.0, "a*b"))
    builder.add_unit(["are", "r"], "Rate", [], (1.0, "a/b"))
    builder.add_dimension("A")
    builder.add_dimension("B")
    builder.add_unit(["aye", "a"], "A", ["k", "m", "u"], None)
    builder.add_unit(["bee", "b", "bb"], "B", ["k"], None)
    builder.add_unit(["dozen_a"], "A", ["k"], (12.0, "a"))
    builder.add_unit(["count"], "Number", [], (1.0, None))
    builder.add_unit(["percent", "%"], "Number", [], (0.01, None))
    builder.add_unit(["ohm", "Ω"], "B", [], (3.0, "b"))
    builder.add_unit(["nut"], "Nuts", ["k"], (1.0, None))
    builder.add_quantity("Nuts", "nut", "nuts")
    builder.add_quantity("Share", "count")
    builder.add_quantity("B", "kb")
    builder.add_quantity("StoredA", "ka", "stored")
    return builder


def make_world() -> UnitSystem:
    """Build the world, which has no fault."""
    system, faults = declare_world().finish()
    assert faults == ()
    return system
