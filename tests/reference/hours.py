"""Hourly series with Pint units around those of `gaic.verify`, which knows no units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.verify.hours import NOTHING, scale
from tests.reference.quantities import factor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.verify.hours import Hours as BareHours
    from tests.reference.quantities import Unit


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """A series in a unit."""

    bare: BareHours
    unit: Unit

    @property
    def start(self) -> int:
        """The first hour, counted from 1970."""
        return self.bare.start

    @property
    def end(self) -> int:
        """The hour behind the last one."""
        return self.bare.end

    @property
    def values(self) -> Sequence[float]:
        """One number per hour."""
        return self.bare.values

    @property
    def local(self) -> bool:
        """Say whether the hours are those of a local clock."""
        return self.bare.local

    def to(self, unit: Unit) -> BareHours:
        """The series in another unit, without it; Pint raises where that does not fit. An empty one fits anywhere."""
        if not self.values:
            return self.bare
        by = factor(self.unit, unit)
        return self.bare if by == 1.0 else scale(self.bare, by)


def nothing(unit: Unit) -> Hours:
    """The empty series."""
    return Hours(NOTHING, unit)
