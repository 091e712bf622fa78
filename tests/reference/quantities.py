"""Pint quantities and units of a program, as far as the reference computes with them."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Protocol, cast

from gaic.units.spelling import UnknownUnit
from tests.reference.faults import ConversionError

if TYPE_CHECKING:
    from gaic.check.core import Literal
    from gaic.units.dimension import Dimension
    from gaic.units.system import UnitSystem

_WRITTEN = re.compile(r"(?P<number>[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9]+)?)(?: ?(?P<unit>[^0-9 ].*))?")
_SAME = 1e-14


class Unit(Protocol):
    """What the reference uses of a `pint.Unit`."""

    def __mul__(self, other: Unit) -> Unit: ...

    def __truediv__(self, other: Unit) -> Unit: ...

    def __pow__(self, exponent: float) -> Unit: ...

    def __rmul__(self, number: float) -> Quantity: ...


class Quantity(Protocol):
    """What the reference uses of a `pint.Quantity`."""

    @property
    def magnitude(self) -> float: ...

    @property
    def units(self) -> Unit: ...

    def __add__(self, other: Quantity) -> Quantity: ...

    def __sub__(self, other: Quantity) -> Quantity: ...

    def __mul__(self, other: Quantity) -> Quantity: ...

    def __truediv__(self, other: Quantity) -> Quantity: ...

    def __pow__(self, exponent: float) -> Quantity: ...

    def __neg__(self) -> Quantity: ...

    def __abs__(self) -> Quantity: ...

    def __lt__(self, other: Quantity) -> bool: ...

    def __gt__(self, other: Quantity) -> bool: ...

    def to(self, other: Unit) -> Quantity: ...

    def to_root_units(self) -> Quantity: ...


def plain(quantity: Quantity) -> float:
    """The number that a quantity without dimension is; Pint raises for one that has a dimension."""
    one = quantity.units / quantity.units
    return quantity.to(one).magnitude


def factor(source: Unit, target: Unit) -> float:
    """What one of `source` is in `target`."""
    return 1.0 if source == target else (1.0 * source).to(target).magnitude


class Units:
    """The units of one program."""

    def __init__(self, system: UnitSystem) -> None:
        self.system = system
        self.hour = self.named("h")
        self.one = self.named("")

    def named(self, text: str) -> Unit:
        """The unit of that spelling."""
        return cast("Quantity", self.system.quantity(1.0, self.system.unit(text))).units

    def number(self, value: float) -> Quantity:
        """A plain number."""
        return value * self.one

    def root(self, dimension: Dimension) -> Unit:
        """The root unit of a dimension."""
        unit = self.one
        for name, exponent in dimension.powers:
            unit = unit * self._bases[name] ** float(exponent)
        return unit

    def literal(self, literal: Literal, dimension: Dimension) -> Quantity:
        """A number as it was written, if it is a number with its unit; else as the checker gives it, in root units."""
        written = _WRITTEN.fullmatch(literal.span.text)
        checked = literal.value * self.root(dimension)
        if written is None or literal.range is not None:
            return checked
        try:
            unit = self.named((written["unit"] or "").strip())
        except UnknownUnit:
            return checked
        quantity = float(written["number"].replace("_", "")) * unit
        again = quantity.to(checked.units).magnitude
        if abs(again - literal.value) > _SAME * abs(literal.value):
            raise ConversionError(literal.span.text, again, literal.value)
        return quantity

    @functools.cached_property
    def _bases(self) -> dict[str, Unit]:
        """The root unit of each base dimension."""
        found: dict[str, Unit] = {}
        for text in self.system.units():
            powers = self.system.unit(text).dimension.powers
            if len(powers) == 1 and powers[0][1] == 1:
                found.setdefault(powers[0][0], (1.0 * self.named(text)).to_root_units().units)
        return found
