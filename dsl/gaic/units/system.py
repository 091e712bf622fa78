"""The system of units of a project: built from declarations in any order, then read only.

`Number` is the built-in dimension of plain numbers. Dimensions, units and quantities have name spaces of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.units.assembly import Assembly, DeclaredDimension, DeclaredQuantity, DeclaredUnit
from gaic.units.measures import WrongDimension
from gaic.units.spelling import join_unit
from gaic.units.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gaic.units.dimension import Dimension
    from gaic.units.door import Magnitude, PintQuantity
    from gaic.units.faults import UnitFault
    from gaic.units.measures import QuantityType, Unit
    from gaic.units.reader import UnitReader


class UnitSystemBuilder:
    """Collects declarations; each `add_...` returns the number by which a fault names the declaration."""

    def __init__(self) -> None:
        self._count = 0
        self._dimensions: list[DeclaredDimension] = []
        self._units: list[DeclaredUnit] = []
        self._quantities: list[DeclaredQuantity] = []

    def add_dimension(self, name: str) -> int:
        """Declare a base dimension."""
        self._dimensions.append(DeclaredDimension(self._next(), name))
        return self._count

    def add_unit(
        self, names: Sequence[str], type_name: str, prefixes: Sequence[str], value: tuple[float, str | None] | None
    ) -> int:
        """Declare a unit: long name first, then symbols.

        `value` is number and unit (None: a plain number); no value makes it the base unit of dimension `type_name`.
        Each prefix is allowed before every symbol, or before the only name if there is one.
        """
        self._units.append(DeclaredUnit(self._next(), tuple(names), type_name, tuple(prefixes), value))
        return self._count

    def add_quantity(self, name: str, unit_text: str, tag: str | None = None) -> int:
        """Declare a named type: the unit shown, and perhaps a tag."""
        self._quantities.append(DeclaredQuantity(self._next(), name, unit_text, tag))
        return self._count

    def finish(self) -> tuple[UnitSystem, tuple[UnitFault, ...]]:
        """Build the system from all sound declarations; faults come in the order of declaration."""
        reader, quantities, bare, faults = Assembly(self._dimensions, self._units, self._quantities).run()
        return UnitSystem(reader, quantities, bare), faults

    def _next(self) -> int:
        self._count += 1
        return self._count


class UnitSystem:
    """All units and types of a project. Answers are remembered, so that asking twice costs nothing.

    `bare` are dimensions as types; a quantity of that name takes precedence.
    """

    def __init__(
        self, reader: UnitReader, quantities: Mapping[str, QuantityType], bare: Mapping[str, QuantityType]
    ) -> None:
        self._reader = reader
        self._types = {**bare, **quantities}
        self._vocabulary = Vocabulary(quantities.values(), bare.values())

    # ------------------------------------------------------------ units

    def unit(self, text: str) -> Unit:
        """Read a unit such as `a/b`, `a^2` or `%`; raise `UnknownUnit`."""
        return self._reader.read(text)

    def units(self) -> tuple[str, ...]:
        """Give every spelling of a single unit, prefixed forms included, in order of the alphabet."""
        return tuple(sorted(self._reader.entries))

    def default_unit(self, dimension: Dimension) -> Unit:
        """Give the unit in which values of a dimension are shown where no type says it."""
        return self.display_unit(self._vocabulary.compose(dimension))

    def display_unit(self, factors: Iterable[tuple[QuantityType, int]]) -> Unit:
        """Compose the unit of a product of types: `A/B` is shown in `a/b`.

        A plain number shown in a unit without tag leaves the others alone.
        """
        factors = tuple(factors)
        if len(factors) == 1 and factors[0][1] == 1:
            return factors[0][0].unit
        exponents: dict[str, int] = {}
        for each, exponent in factors:
            if each.dimension.is_number and each.unit.tag is None:
                continue
            for name, power in each.unit.parts:
                exponents[name] = exponents.get(name, 0) + power * exponent
        return self.unit(join_unit(exponents))

    def convert(self, value: float, source: Unit, target: Unit) -> float:
        """Convert a number to another unit: value * source.factor / target.factor."""
        if source.dimension != target.dimension:
            raise WrongDimension(source, target)
        return value if source.parts == target.parts else value * source.factor / target.factor

    def quantity(self, magnitude: Magnitude, unit: Unit) -> PintQuantity:
        """Give a number or array with its unit as a Pint quantity."""
        return self._reader.quantity(magnitude, unit)

    # ------------------------------------------------------------ types

    def type(self, name: str) -> QuantityType | None:
        """Give a quantity, or a dimension as the type that is shown in its base unit."""
        return self._types.get(name)

    def types(self) -> tuple[QuantityType, ...]:
        """Give all types, in order of the alphabet."""
        return tuple(self._types[name] for name in sorted(self._types))

    def describe(self, dimension: Dimension) -> str:
        """Give the name that a reader knows, or else a product of such names: `A/B`."""
        return self._vocabulary.describe(dimension)

    def hint_difference(self, left: Dimension, right: Dimension) -> str:
        """Say factor by factor what lies between two dimensions: `missing factor B (C = A * B)`; may be empty."""
        return self._vocabulary.explain_gap(left, right)
