"""Units and quantity types as the rest of gaic sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.source.diagnostic import GaicError

if TYPE_CHECKING:
    from gaic.units.dimension import Dimension


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written.

    `factor` is what one of it is worth in root units (Pint's), `parts` are the declared names with exponents.
    `tag` is set only where the text is one single unit that was declared with a tagged type.
    The unit of plain numbers has an empty text and no parts.
    """

    text: str
    dimension: Dimension
    tag: str | None
    factor: float
    parts: tuple[tuple[str, int], ...]

    @property
    def shown(self) -> str:
        """The text behind a number: empty for the unit of plain numbers, whatever its name."""
        return "" if self.dimension.is_number and self.tag is None and self.factor == 1.0 else self.text


@dataclass(frozen=True, slots=True)
class QuantityType:
    """A named type: its dimension, the unit in which values are shown, and perhaps a tag."""

    name: str
    dimension: Dimension
    unit: Unit
    tag: str | None


class WrongDimension(GaicError):
    """A value cannot be converted to a unit of another dimension."""

    exit_code = 1

    def __init__(self, source: Unit, target: Unit) -> None:
        self.source = source
        self.target = target
        super().__init__(f"`{source.text}` cannot be converted to `{target.text}`")
