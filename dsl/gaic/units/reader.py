"""Reads composite units with the help of Pint."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.units.dimension import NUMBER
from gaic.units.measures import Unit
from gaic.units.spelling import Trouble, UnknownUnit, split_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.units.door import Magnitude, PintDoor, PintQuantity
    from gaic.units.spelling import Spellings

PLAIN = Unit("", NUMBER, None, 1.0, ())
"""The unit of plain numbers, which nobody writes."""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One spelling of a declared unit: the name by which Pint knows it, and the tag of its type."""

    key: str
    tag: str | None


class UnitReader:
    """Text to `Unit`, each text once; `entries` has every spelling that may occur."""

    def __init__(self, door: PintDoor, entries: Mapping[str, UnitEntry], spellings: Spellings) -> None:
        self._door = door
        self.entries = entries
        self._spellings = spellings
        self._read: dict[str, Unit] = {"": PLAIN}

    def read(self, text: str) -> Unit:
        """Read a unit such as `J/kg`; raise `UnknownUnit`."""
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._parse(text)
        return found

    def quantity(self, magnitude: Magnitude, unit: Unit) -> PintQuantity:
        """Give a number or array with its unit as a Pint quantity."""
        return self._door.quantity(magnitude, self._powers(unit.parts))

    def _powers(self, parts: tuple[tuple[str, int], ...]) -> dict[str, int]:
        """Give a unit in the names that Pint knows."""
        powers: dict[str, int] = {}
        for name, exponent in parts:
            key = self.entries[name].key
            powers[key] = powers.get(key, 0) + exponent
        return {key: exponent for key, exponent in powers.items() if exponent}

    def _parse(self, text: str) -> Unit:
        factors = split_unit(text)
        for name, _ in factors:
            if name not in self.entries:
                raise self._spellings.unknown(text, factors, name)
        tag = self.entries[text].tag if text in self.entries else None
        powers = self._powers(factors)
        worth, _ = self._door.reduce(powers)
        if worth == 0 or not math.isfinite(worth):
            raise UnknownUnit(text, text, Trouble.SIZE, "no number is large or small enough to convert it")
        return Unit(text, self._door.dimension(powers), tag, worth, factors)
