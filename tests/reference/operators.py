"""Operators and functions on one number or series at a time."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING

from tests.reference import hours as h
from tests.reference import weeks
from tests.reference.clocks import from_wall_clock, offset_at_start, offset_of_clock, to_utc, to_utc_by
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
        if function in {"weekly", "at_least", "ratio", "tier_share"}:
            return self._of_several(function, arguments)
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
                return self._stock(h.cumulative, series, arguments[1:])
            case "to_utc" if word is not None:
                return to_utc(series, word)
            case "from_wall_clock" if word is not None:
                return from_wall_clock(series, word)
            case "offset_at_start" if word is not None:
                return offset_at_start(series, word) * self.units.hour
            case "offset_of_clock" if word is not None:
                return offset_of_clock(series, word) * self.units.hour
            case "from_monday" if word is not None:
                return weeks.from_monday(series, word)
            case "expand_from_monday" if word is not None and isinstance(span, Hours):
                return weeks.expand_from_monday(series, span, word)
            case "expand" if word is not None and isinstance(span, Hours):
                return weeks.expand(series, span, word)
            case _ if span is not None and not isinstance(span, Hours):
                return self._over_time(function, series, span.to(self.units.hour).magnitude, arguments[2:])
            case _:
                raise MisfitError(function, "series")

    def _stock(self, make: Callable[[Hours, int], Hours], series: Hours, until: Sequence[Number]) -> Hours:
        """A stock with its end: the last hour of another series, else of the model."""
        if not series.values:
            return series
        ends = [each.end if each.values else series.start for each in until if isinstance(each, Hours)]
        end = ends[0] if ends else max(self.horizon(), series.end)
        return make(series, end) if end > series.start else h.nothing(series.unit)

    def _of_several(self, function: str, arguments: Sequence[Number]) -> Number:
        first = arguments[0]
        if function == "weekly" and not isinstance(first, Hours):
            return weeks.repeat(first)
        if function == "tier_share":
            part, whole, raw = (each for each in arguments[:3] if isinstance(each, Hours))
            needed = h.change(raw, lambda v: v * factor(raw.unit, self.units.one))
            return self.units.number(h.tier_share(part, whole, needed, _plain_of(arguments[3])))
        if function == "ratio" and not any(isinstance(each, Hours) for each in arguments):
            return self._ratio_of_numbers(arguments)
        left, right = _as_hours(first, arguments[1])
        if function == "at_least":
            return h.at_least(left, right, self.units.one)
        unit = left.unit / right.unit
        otherwise = arguments[2] if len(arguments) > 2 else 0.0 * unit
        return h.ratio(left, right, 0.0 if isinstance(otherwise, Hours) else otherwise.to(unit).magnitude)

    def _ratio_of_numbers(self, arguments: Sequence[Number]) -> Number:
        left, right, *otherwise = arguments
        if isinstance(left, Hours) or isinstance(right, Hours):
            raise MisfitError("ratio", "scalar")
        if left.magnitude == right.magnitude == 0:
            return otherwise[0] if otherwise else 0.0 * (left.units / right.units)
        return left / right

    def _over_time(self, function: str, series: Hours, span: float, until: Sequence[Number]) -> Hours:
        match function:
            case "shift":
                return h.shift(series, span)
            case "in_parallel":
                return h.in_parallel(series, span)
            case "rotate":
                return h.rotate(series, round(span))
            case "to_utc":
                return to_utc_by(series, span)
            case "held":
                return self._stock(lambda s, end: h.held(s, span, end), series, until)
            case "expired":
                return self._stock(lambda s, end: h.expired(s, span, end), series, until)
            case _:
                raise MisfitError(function, "series")


def _as_hours(left: Number, right: Number) -> tuple[Hours, Hours]:
    """Two operands as series; a number holds in the hours of the other."""
    if isinstance(left, Hours):
        return left, right if isinstance(right, Hours) else h.flat(right, left)
    if isinstance(right, Hours):
        return h.flat(left, right), right
    raise MisfitError("numbers", "series")


def _plain_of(number: Number) -> float:
    if isinstance(number, Hours):
        raise MisfitError("count", "scalar")
    return plain(number)


def _unitless(step: Quantity) -> Quantity:
    """The number of a step without its unit."""
    return step.magnitude * (step.units / step.units)
