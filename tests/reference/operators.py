"""Operators and functions on quantities: units here, numbers and hours as `gaic.verify` computes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gaic.verify import functions, hours
from gaic.verify.functions import COMPARISONS, EXTREMES, PLAIN
from gaic.verify.hours import Hours as BareHours
from tests.reference.clocks import clock_of
from tests.reference.faults import MisfitError
from tests.reference.hours import Hours
from tests.reference.quantities import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gaic.verify.clocks import Clock
    from gaic.verify.functions import Value as Bare
    from tests.reference.quantities import Quantity, Unit, Units

    Number = Quantity | Hours

__all__ = ["COMPARISONS", "Functions", "combine", "extreme", "negate", "reduce", "total"]

ROUNDINGS = frozenset({"ceil", "floor", "round"})
REDUCTIONS = {"total": hours.total, "mean": hours.mean, "peak": hours.peak}


def unit_of(number: Number) -> Unit:
    """The unit of a number or a series."""
    return number.unit if isinstance(number, Hours) else number.units


def strip(number: Number, unit: Unit) -> float | BareHours:
    """A number or a series in a unit, without it."""
    return number.to(unit) if isinstance(number, Hours) else number.to(unit).magnitude


def dress(found: Bare, unit: Unit) -> Number:
    """A plain result with its unit."""
    if isinstance(found, BareHours):
        return Hours(found, unit)
    if found is None or isinstance(found, str):
        raise MisfitError("result", "number")
    return found * unit


# ---------------------------------------------------------------- operators


def combine(sign: str, left: Number, right: Number) -> Number:
    """`+ - * / ^`; Pint computes with numbers alone."""
    if not isinstance(left, Hours) and not isinstance(right, Hours):
        return _combine_quantities(sign, left, right)
    one, other = unit_of(left), unit_of(right)
    match sign:
        case "+" | "-":
            unit = unit_of(_leading((left, right)))
            return dress(functions.combine(sign, strip(left, unit), strip(right, unit)), unit)
        case "*":
            return dress(functions.combine(sign, strip(left, one), strip(right, other)), one * other)
        case "/":
            return dress(functions.combine(sign, strip(left, one), strip(right, other)), one / other)
        case _:
            exponent = _plain_of(right)
            return dress(functions.combine(sign, strip(left, one), exponent), one**exponent)


def _combine_quantities(sign: str, left: Quantity, right: Quantity) -> Quantity:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            return left ** plain(right)


def negate(number: Number) -> Number:
    """`-x`."""
    return dress(functions.negate(number.bare), number.unit) if isinstance(number, Hours) else -number


def total(numbers: Sequence[Number], zero: Number) -> Number:
    """The sum of members; `zero` if there are none."""
    if not numbers:
        return zero
    unit = unit_of(_leading(numbers))
    if any(isinstance(n, Hours) for n in numbers):
        return dress(functions.add([strip(n, unit) for n in numbers], of_series=True), unit)
    return math.fsum(n.to(unit).magnitude for n in numbers if not isinstance(n, Hours)) * unit


def extreme(function: str, numbers: Sequence[Number]) -> Number:
    """`min`, `max`."""
    unit = unit_of(_leading(numbers))
    return dress(functions.extreme(function, [strip(n, unit) for n in numbers]), unit)


def reduce(function: str, series: Hours) -> Quantity:
    """`total`, `mean`, `peak`: one number of a series."""
    return REDUCTIONS[function](series.bare) * series.unit


def _leading(numbers: Sequence[Number]) -> Number:
    """The number whose unit is that of all: the first series that is not empty, else the first one."""
    return next((n for n in numbers if isinstance(n, Hours) and n.values), numbers[0])


# ---------------------------------------------------------------- functions


class Functions:
    """The built-in functions; `horizon` gives the hour in which stocks end."""

    hour = 1.0
    """Times come as numbers of hours."""

    def __init__(self, units: Units, horizon: Callable[[], int]) -> None:
        self.units = units
        self._horizon = horizon

    @property
    def horizon(self) -> int:
        """The hour behind the last one of any hourly input."""
        return self._horizon()

    def clock(self, name: str) -> Clock:
        """The clock of a time zone."""
        return clock_of(name)

    def apply(self, function: str, arguments: Sequence[Number], word: str | None) -> Number:
        """A call; `word` is the zone of functions of clocks."""
        if function in EXTREMES:
            return extreme(function, arguments)
        if function in ROUNDINGS:
            step = arguments[1] if len(arguments) > 1 else 1.0 * self.units.one
            return self._rounded(function, arguments[0], step)
        if function in PLAIN:
            return dress(functions.call(function, [_plain_of(arguments[0])], self), self.units.one)
        if function in {"at_least", "ratio", "tier_share"}:
            return self._of_several(function, arguments)
        unit = unit_of(arguments[0])
        bare: list[Bare] = [strip(arguments[0], unit), *map(self._strip_rest, arguments[1:])]
        if word is not None:
            bare.append(word)
        return dress(functions.call(function, bare, self), self._unit_of_result(function, unit))

    def _strip_rest(self, number: Number) -> Bare:
        """A time in hours; a series is there for its hours alone."""
        return number.bare if isinstance(number, Hours) else number.to(self.units.hour).magnitude

    def _unit_of_result(self, function: str, unit: Unit) -> Unit:
        match function:
            case "integrate":
                return unit * self.units.hour
            case "rate":
                return unit / self.units.hour
            case "offset_at_start" | "offset_of_clock":
                return self.units.hour
            case _:
                return unit

    def _rounded(self, function: str, number: Number, step: Number) -> Number:
        """`ceil`, `floor`, `round` to whole steps."""
        steps = combine("/", number, step)
        by_one = functions.call(function, [strip(steps, self.units.one)], self)
        return combine("*", dress(by_one, self.units.one), step)

    def _of_several(self, function: str, arguments: Sequence[Number]) -> Number:
        left, right, *rest = arguments
        one, unit = self.units.one, unit_of(left)
        match function:
            case "at_least":
                return dress(functions.call(function, [strip(left, unit), strip(right, unit)], self), one)
            case "ratio":
                result = unit / unit_of(right)
                bare = [strip(left, unit), strip(right, unit_of(right)), *(strip(n, result) for n in rest)]
                return dress(functions.call(function, bare, self), result)
            case _:
                bare = [strip(left, unit), strip(right, unit), *(strip(n, one) for n in rest)]
                return dress(functions.call(function, bare, self), one)


def _plain_of(number: Number) -> float:
    if isinstance(number, Hours):
        raise MisfitError("count", "scalar")
    return plain(number)
