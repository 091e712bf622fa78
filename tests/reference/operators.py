"""Operators and functions on one number or series at a time."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING

from tests.reference import hours as h
from tests.reference.clocks import to_utc
from tests.reference.faults import MisfitError
from tests.reference.hours import Hours
from tests.reference.quantities import factor, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.reference.quantities import Quantity, Units

    Number = Quantity | Hours

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
ROUNDINGS: Mapping[str, Callable[[float], float]] = {
    "ceil": h.guarded_ceil,
    "floor": lambda v: float(math.floor(v)),
    "round": lambda v: float(round(v)),
}
PLAIN: Mapping[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "log2": math.log2,
}
EXTREMES: Mapping[str, Callable[[Sequence[float]], float]] = {"min": min, "max": max}


def combine(sign: str, left: Number, right: Number) -> Number:
    """`+ - * / ^`."""
    if isinstance(left, Hours):
        return _hours_and_hours(sign, left, right) if isinstance(right, Hours) else _hours_and_one(sign, left, right)
    return _one_and_hours(sign, left, right) if isinstance(right, Hours) else _one_and_one(sign, left, right)


def _one_and_one(sign: str, left: Quantity, right: Quantity) -> Quantity:
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


def _hours_and_hours(sign: str, left: Hours, right: Hours) -> Hours:
    match sign:
        case "+":
            return h.add([left, right])
        case "-":
            return h.subtract(left, right)
        case "*":
            return h.multiply(left, right)
        case _:
            return h.divide(left, right)


def _hours_and_one(sign: str, left: Hours, right: Quantity) -> Hours:
    match sign:
        case "+":
            return h.add([left, h.flat(right, left)])
        case "-":
            return h.add([left, h.flat(-right, left)])
        case "*":
            return h.scale(left, right)
        case "/":
            return h.divide_by(left, right)
        case _:
            exponent = plain(right)
            powers = [v**exponent for v in left.values]
            return Hours(left.start, powers, left.unit**exponent, left.local)


def _one_and_hours(sign: str, left: Quantity, right: Hours) -> Hours:
    match sign:
        case "+":
            return h.add([right, h.flat(left, right)])
        case "-":
            return h.subtract(h.flat(left, right), right)
        case "*":
            return h.scale(right, left)
        case _:
            return h.divide(h.flat(left, right), right)


def negate(number: Number) -> Number:
    """`-x`."""
    return h.change(number, operator.neg) if isinstance(number, Hours) else -number


def total(numbers: Sequence[Number], zero: Number) -> Number:
    """The sum of members; `zero` if there are none."""
    series = [n for n in numbers if isinstance(n, Hours)]
    if series:
        return h.add(series)
    scalars = [n for n in numbers if not isinstance(n, Hours)]
    if not scalars:
        return zero
    unit = scalars[0].units
    return math.fsum(s.to(unit).magnitude for s in scalars) * unit


def extreme(function: str, numbers: Sequence[Number]) -> Number:
    """`min`, `max`: the hourly extreme over the union of hours; a number holds in all hours of the series."""
    series = [n for n in numbers if isinstance(n, Hours)]
    scalars = [n for n in numbers if not isinstance(n, Hours)]
    choose = EXTREMES[function]
    if not series:
        unit = scalars[0].units
        return choose([s.to(unit).magnitude for s in scalars]) * unit
    result = h.join(series, choose)
    limits = [s.to(result.unit).magnitude for s in scalars] if result.values else []
    return h.change(result, lambda v: choose([v, *limits]))


def rounded(function: str, number: Number, step: Quantity) -> Number:
    """`ceil`, `floor`, `round` to whole steps."""
    rounding = ROUNDINGS[function]
    if not isinstance(number, Hours):
        return rounding(plain(number / step)) * step.units * _unitless(step)
    steps = h.divide_by(number, step)
    by_one = factor(steps.unit, steps.unit / steps.unit)
    whole = h.change(steps, lambda v: rounding(v * by_one))
    return h.scale(Hours(whole.start, whole.values, steps.unit / steps.unit, whole.local), step)


def reduce(function: str, series: Hours) -> Quantity:
    """`total`, `mean`, `peak`: one number of a series, 0 of an empty one."""
    if not series.values:
        return 0.0 * series.unit
    match function:
        case "total":
            return math.fsum(series.values) * series.unit
        case "mean":
            return math.fsum(series.values) / len(series.values) * series.unit
        case _:
            return max(series.values) * series.unit


class Functions:
    """The built-in functions; `horizon` gives the hour in which stocks end."""

    def __init__(self, units: Units, horizon: Callable[[], int]) -> None:
        self.units = units
        self.horizon = horizon

    def apply(self, function: str, arguments: Sequence[Number], word: str | None) -> Number:
        """A call; `word` is the zone of `to_utc`."""
        first = arguments[0]
        if function in EXTREMES:
            return extreme(function, arguments)
        if function in ROUNDINGS:
            step = arguments[1] if len(arguments) > 1 else 1.0 * self.units.one
            if isinstance(step, Hours):
                raise MisfitError(function, "rounding")
            return rounded(function, first, step)
        if isinstance(first, Hours):
            return self._of_series(function, first, arguments, word)
        if function in PLAIN:
            return self.units.number(PLAIN[function](plain(first)))
        if function == "abs":
            return abs(first)
        like = arguments[1]
        if function != "flat" or not isinstance(like, Hours):
            raise MisfitError(function, "scalar")
        return h.flat(first, like)

    def _of_series(self, function: str, series: Hours, arguments: Sequence[Number], word: str | None) -> Number:
        span = arguments[1] if len(arguments) > 1 else None
        match function:
            case "total" | "mean" | "peak":
                return reduce(function, series)
            case "abs":
                return h.change(series, abs)
            case "integrate":
                return h.scale(series, 1.0 * self.units.hour)
            case "rate":
                return h.divide_by(series, 1.0 * self.units.hour)
            case "cumulative":
                return h.cumulative(series, max(self.horizon(), series.end)) if series.values else series
            case "to_utc" if word is not None:
                return to_utc(series, word)
            case _ if span is not None and not isinstance(span, Hours):
                return self._over_time(function, series, span.to(self.units.hour).magnitude)
            case _:
                raise MisfitError(function, "series")

    def _over_time(self, function: str, series: Hours, span: float) -> Hours:
        match function:
            case "shift":
                return h.shift(series, span)
            case "in_parallel":
                return h.in_parallel(series, span)
            case "held":
                return h.held(series, span, max(self.horizon(), series.end)) if series.values else series
            case _:
                raise MisfitError(function, "series")


def _unitless(step: Quantity) -> Quantity:
    """The number of a step without its unit."""
    return step.magnitude * (step.units / step.units)
