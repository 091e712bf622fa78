"""Dimensions: exact products of powers of named base dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Exponent = int | Fraction


@dataclass(frozen=True, slots=True)
class Dimension:
    """A product of base dimensions, such as `A*B^2/C^3`.

    `powers` holds (name, exponent), sorted by name, without zeros: equal dimensions are equal objects.
    Build one with `base` and the operators `*`, `/`, `**`, or with `product`.
    """

    powers: tuple[tuple[str, Exponent], ...] = ()

    @property
    def is_number(self) -> bool:
        """True for the dimension of plain numbers."""
        return not self.powers

    @property
    def weight(self) -> Exponent:
        """Sum of the absolute exponents: how long the written form is."""
        total: Exponent = 0
        for _, exponent in self.powers:
            total += exponent if exponent > 0 else -exponent
        return total

    def __mul__(self, other: Dimension) -> Dimension:
        return product((*self.powers, *other.powers))

    def __truediv__(self, other: Dimension) -> Dimension:
        return self * other**-1

    def __pow__(self, exponent: Exponent) -> Dimension:
        return product((name, power * exponent) for name, power in self.powers)

    def __str__(self) -> str:
        return render_powers(self.powers) or NUMBER_NAME


NUMBER_NAME = "Number"
NUMBER = Dimension()


def base(name: str) -> Dimension:
    """Give the base dimension of that name."""
    return Dimension(((name, 1),))


def product(powers: Iterable[tuple[str, Exponent]]) -> Dimension:
    """Multiply powers of base dimensions; a name may occur more than once."""
    total: dict[str, Exponent] = {}
    for name, exponent in powers:
        total[name] = total.get(name, 0) + exponent
    return Dimension(tuple((name, _simplest(total[name])) for name in sorted(total) if total[name]))


def render_powers(powers: Iterable[tuple[str, Exponent]]) -> str:
    """Write powers as `A*B^2/C/D^3`, or `1/C` where nothing stands above the line; no powers give an empty text."""
    powers = tuple(powers)
    above = "*".join(_render_power(name, exponent) for name, exponent in powers if exponent > 0)
    below = "".join("/" + _render_power(name, -exponent) for name, exponent in powers if exponent < 0)
    return (above or "1") + below if above or below else ""


def _render_power(name: str, exponent: Exponent) -> str:
    match exponent:
        case 1:
            return name
        case int():
            return f"{name}^{exponent}"
        case _:
            return f"{name}^({exponent})"


def _simplest(exponent: Exponent) -> Exponent:
    return exponent.numerator if exponent.denominator == 1 else exponent
