"""Names that a reader knows for dimensions: `C` and not `A^2*B/D^3`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.units.dimension import NUMBER, NUMBER_NAME, base, render_powers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.units.dimension import Dimension, Exponent
    from gaic.units.measures import QuantityType

    Factors = tuple[tuple[QuantityType, int], ...]


class Vocabulary:
    """The best named type of each dimension, and how others are composed of them.

    Best is the quantity that bears the name of its base dimension, else the untagged one with the shortest name,
    then in order of the alphabet: the order of declarations plays no part. A bare dimension is a last resort.
    """

    def __init__(self, quantities: Iterable[QuantityType], bare: Iterable[QuantityType]) -> None:
        untagged = (each for each in quantities if each.tag is None)
        ranked = sorted(untagged, key=lambda each: (each.dimension != base(each.name), len(each.name), each.name))
        self._best: dict[Dimension, QuantityType] = {}
        for each in (*ranked, *sorted(bare, key=lambda each: each.name)):
            if not each.dimension.is_number:
                self._best.setdefault(each.dimension, each)
        self._composed: dict[Dimension, Factors] = {}

    def compose(self, dimension: Dimension) -> Factors:
        """Write a dimension as few powers of named types that multiply up to it; empty if they cannot."""
        if dimension not in self._composed:
            self._composed[dimension] = self._compose(dimension)
        return self._composed[dimension]

    def describe(self, dimension: Dimension) -> str:
        """Give the name of a dimension, or the shortest product of known names: `A/B`."""
        if dimension.is_number:
            return NUMBER_NAME
        return render_powers((each.name, exponent) for each, exponent in self.compose(dimension)) or str(dimension)

    def explain_gap(self, left: Dimension, right: Dimension) -> str:
        """Say which factor lies between two dimensions: `missing factor B (C = A * B)`.

        Lines above it show both in base dimensions, one below the other, where their names do not say it. Empty where
        they are equal.
        """
        if left == right:
            return ""
        return "\n".join(filter(None, (*self._factors(left, right), self._missing_factor(left, right))))

    def _factors(self, left: Dimension, right: Dimension) -> tuple[str, ...]:
        """Both dimensions as powers of base dimensions, in common columns."""
        names = [self.describe(each) for each in (left, right)]
        if names == [str(left), str(right)] or left.is_number or right.is_number:
            return ()
        powers = [dict(each.powers) for each in (left, right)]
        rows = [[name] for name in names]
        for factor in sorted({*powers[0], *powers[1]}):
            for row, each in zip(rows, powers, strict=True):
                row.append(_power(factor, each[factor]) if factor in each else "")
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        cells = [list(map(str.ljust, row, widths)) for row in rows]
        return tuple(f"{name} = {'  '.join(factors)}".rstrip() for name, *factors in cells)

    def _missing_factor(self, left: Dimension, right: Dimension) -> str:
        if _powers_below(right / left) < _powers_below(left / right):
            left, right = right, left
        factors = self.compose(left / right)
        name = self.describe(left / right)
        if len(factors) == 1 and not left.is_number and not right.is_number:
            whole, part = self.describe(left), f"{self.describe(right)} * {name}"
            return f"missing factor {name}" + (f" ({whole} = {part})" if whole.replace("*", " * ") != part else "")
        return f"missing factor {name}" if len(factors) in (1, 2) else ""

    def _compose(self, dimension: Dimension) -> Factors:
        """Take off, again and again, the named type that leaves the shortest remainder."""
        exponents: dict[QuantityType, int] = {}
        rest = dimension
        while not rest.is_number:
            step = self._whole_step(rest, is_first=rest is dimension) or self._best_step(rest)
            if step is None:
                return ()
            named, exponent, rest = step
            exponents[named] = exponents.get(named, 0) + exponent
        return tuple((named, exponent) for named, exponent in exponents.items() if exponent)

    def _whole_step(self, rest: Dimension, *, is_first: bool) -> tuple[QuantityType, int, Dimension] | None:
        """Finish with one type; a remainder below the line is written there (`A/B`, not `A*C` with C = 1/B)."""
        inverse = rest**-1
        if inverse in self._best and not is_first and _powers_below(inverse) == 0:
            return self._best[inverse], -1, NUMBER
        return (self._best[rest], 1, NUMBER) if rest in self._best else None

    def _best_step(self, rest: Dimension) -> tuple[QuantityType, int, Dimension] | None:
        steps = [
            (left_over.weight, -exponent, place, named, exponent, left_over)
            for place, named in enumerate(self._best.values())
            for exponent, left_over in ((1, rest / named.dimension), (-1, rest * named.dimension))
        ]
        # Places are unique for each exponent, so the comparison never reaches the types themselves.
        weight, _, _, named, exponent, left_over = min(steps, default=(rest.weight, 0, 0, None, 0, rest))
        return None if named is None or weight >= rest.weight else (named, exponent, left_over)


def _power(name: str, exponent: Exponent) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"


def _powers_below(dimension: Dimension) -> int:
    return sum(1 for _, exponent in dimension.powers if exponent < 0)
