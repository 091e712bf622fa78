"""The door to Pint: an own empty registry, and the few questions that gaic asks it.

Pint decides what a unit is worth and which dimension it has. Its operators come out as `Any`, and its own types
differ between releases, so nothing but this module touches it, through the two protocols below.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol, cast

import pint
from pint.facets.plain import ScaleConverter, UnitDefinition
from pint.util import UnitsContainer

from gaic.units.dimension import product

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from gaic.units.dimension import Dimension

    Magnitude = float | NDArray[np.float64]


class PintQuantity(Protocol):
    """What gaic uses of a public result; the object is a `pint.Quantity` with all that Pint offers."""

    @property
    def magnitude(self) -> Magnitude:
        """The number or array, in the unit of the quantity."""
        ...

    def unit_items(self) -> Iterable[tuple[str, float]]:
        """The unit as names and exponents."""
        ...

    def to(self, other: str) -> PintQuantity:
        """Convert to another unit of the same dimension."""
        ...

    def to_root_units(self) -> PintQuantity:
        """Convert to the base units."""
        ...


class _PintRegistry(Protocol):
    def define(self, definition: UnitDefinition) -> None: ...

    def get_dimensionality(self, input_units: UnitsContainer) -> Mapping[str, float]: ...

    def Quantity(self, value: Magnitude, units: UnitsContainer) -> PintQuantity: ...  # noqa: N802 - Pint's name


class PintDoor:
    """A Pint registry that knows the declared units and no other.

    Pint builds prefixed units on its own from any prefix it knows; here it knows none, and each allowed prefixed
    form is a unit of its own.
    """

    def __init__(self) -> None:
        self._registry = cast("_PintRegistry", pint.UnitRegistry(None, on_redefinition="raise"))

    def define_base(self, names: Sequence[str], dimension: str) -> str:
        """Define the base unit of a dimension; returns the name by which Pint knows it."""
        return self._define(names, 1.0, {f"[{dimension}]": 1})

    def define(self, names: Sequence[str], factor: float, roots: Mapping[str, int]) -> str:
        """Define `names` = factor * root units; returns the name by which Pint knows it.

        The reference is always in root units: Pint walks through references without memory, and a chain in which
        each unit names the one before twice would take it for ever.
        """
        return self._define(names, factor, roots)

    def reduce(self, powers: Mapping[str, int]) -> tuple[float, dict[str, int]]:
        """Give the worth of a unit in root units, and these; 0 or infinite where no float holds the worth."""
        try:
            reduced = self._registry.Quantity(1.0, UnitsContainer(powers)).to_root_units()
        except OverflowError:
            return math.inf, {}
        return float(reduced.magnitude), {name: int(exponent) for name, exponent in reduced.unit_items()}

    def dimension(self, powers: Mapping[str, int]) -> Dimension:
        """Give the dimension of a unit."""
        found = self._registry.get_dimensionality(UnitsContainer(powers))
        return product((name.strip("[]"), int(exponent)) for name, exponent in found.items())

    def quantity(self, magnitude: Magnitude, powers: Mapping[str, int]) -> PintQuantity:
        """Make a Pint quantity."""
        return self._registry.Quantity(magnitude, UnitsContainer(powers))

    def _define(self, names: Sequence[str], factor: float, reference: Mapping[str, int]) -> str:
        plain = [name for name in names if name.isascii() and name.isidentifier() and name != "dimensionless"]
        # A declared name never begins with `_`, so the replacement is nobody else's name.
        key = plain[0] if plain else "_" + "_".join(f"{ord(letter):x}" for letter in names[0])
        symbol = plain[1] if len(plain) > 1 else None
        definition = UnitDefinition(key, symbol, tuple(plain[2:]), ScaleConverter(factor), UnitsContainer(reference))
        self._registry.define(definition)
        return key
