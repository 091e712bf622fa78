"""The operators and built-in functions of the language on numbers and series. Numbers are in root units."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Final, Protocol

from gaic.verify import clocks, hours
from gaic.verify.faults import FormulaError
from gaic.verify.hours import NOTHING, Hours

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gaic.verify.clocks import Clock

    Value = float | bool | str | Hours | None


class Setting(Protocol):
    """What functions need to know beside their arguments."""

    @property
    def hour(self) -> float:
        """One hour in root units."""
        ...

    @property
    def horizon(self) -> int | None:
        """The hour behind the last one of any hourly input, with which stocks end."""
        ...

    def clock(self, name: str) -> Clock:
        """The clock of a time zone."""
        ...


COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
ROUNDINGS: Final[Mapping[str, Callable[[float], float]]] = {
    "ceil": hours.ceil,
    "floor": lambda v: float(math.floor(v)),
    "round": lambda v: float(round(v)),
    "abs": abs,
}
PLAIN: Final[Mapping[str, Callable[[float], float]]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "log2": math.log2,
}
EXTREMES: Final[Mapping[str, Callable[[float, float], float]]] = {"min": min, "max": max}


def number(value: Value) -> float:
    """A value that must be a number."""
    if isinstance(value, bool | str | Hours) or value is None:
        raise FormulaError("it takes for a number what is none")
    return value


def series(value: Value) -> Hours:
    """A value that must be a series; what is not set is an empty one."""
    if value is None:
        return NOTHING
    if not isinstance(value, Hours):
        raise FormulaError("it takes for a series what is none")
    return value


def word(value: Value) -> str:
    """A value that must be a text."""
    if not isinstance(value, str):
        raise FormulaError("it takes for a text what is none")
    return value


# ---------------------------------------------------------------- operators


def combine(sign: str, left: Value, right: Value) -> Value:
    """`+ - * / ^`."""
    if isinstance(left, Hours) or isinstance(right, Hours):
        left = NOTHING if left is None else left
        right = NOTHING if right is None else right
    if not isinstance(left, Hours):
        a = number(left)
        return _one_and_hours(sign, a, right) if isinstance(right, Hours) else _one_and_one(sign, a, number(right))
    return (
        _hours_and_hours(sign, left, right) if isinstance(right, Hours) else _hours_and_one(sign, left, number(right))
    )


def _one_and_one(sign: str, left: float, right: float) -> float:
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
            return math.pow(left, right)


def _hours_and_hours(sign: str, left: Hours, right: Hours) -> Hours:
    match sign:
        case "+":
            return hours.add((left, right))
        case "-":
            return hours.subtract(left, right)
        case "*":
            return hours.multiply(left, right)
        case "/":
            return hours.divide(left, right)
        case _:
            raise FormulaError("it raises to a power that is a series")


def _hours_and_one(sign: str, left: Hours, right: float) -> Hours:
    match sign:
        case "+":
            return hours.change(left, lambda v: v + right)
        case "-":
            return hours.change(left, lambda v: v - right)
        case "*":
            return hours.scale(left, right)
        case "/":
            return hours.scale(left, 1.0 / right)
        case _:
            return hours.power(left, right)


def _one_and_hours(sign: str, left: float, right: Hours) -> Hours:
    match sign:
        case "+":
            return hours.change(right, lambda v: left + v)
        case "-":
            return hours.change(right, lambda v: left - v)
        case "*":
            return hours.scale(right, left)
        case "/":
            return hours.divide(hours.flat(left, right), right)
        case _:
            raise FormulaError("it raises to a power that is a series")


def negate(value: Value) -> Value:
    """`-x`."""
    return hours.scale(value, -1.0) if isinstance(value, Hours) else -number(value)


def compare(sign: str, left: Value, right: Value) -> bool:
    """A comparison of two numbers; of texts, truths and objects whether they are the same."""
    if isinstance(left, Hours) or isinstance(right, Hours):
        raise FormulaError("it compares series")
    if sign in {"==", "!="} and not (isinstance(left, float) and isinstance(right, float)):
        return (left == right) is (sign == "==")
    return COMPARISONS[sign](number(left), number(right))


def add(values: Sequence[Value], *, of_series: bool) -> Value:
    """The sum of members."""
    return hours.add([series(v) for v in values]) if of_series else math.fsum(number(v) for v in values)


def extreme(function: str, values: Sequence[Value]) -> Value:
    """`min`, `max`: of numbers, or hour by hour; None of no members."""
    choose = EXTREMES[function]
    if not values:
        return None
    if any(isinstance(v, Hours) for v in values):
        return hours.extreme(choose, [v if isinstance(v, Hours) else number(v) for v in values])
    found = number(values[0])
    for value in values[1:]:
        found = choose(found, number(value))
    return found


# ---------------------------------------------------------------- functions


def call(function: str, arguments: Sequence[Value], setting: Setting) -> Value:
    """A built-in function; an argument that is not set is an empty series."""
    arguments = [NOTHING if v is None else v for v in arguments]
    if function in EXTREMES:
        return extreme(function, arguments)
    if function in ROUNDINGS:
        return _round(ROUNDINGS[function], *arguments)
    if function in PLAIN:
        return PLAIN[function](number(*arguments))
    if function not in _CALLS:
        raise FormulaError("it calls a function that the language does not have")
    return _CALLS[function](setting, *arguments)


def _round(rounding: Callable[[float], float], value: Value, unit: Value = None) -> Value:
    step = 1.0 if unit is None else number(unit)
    if not isinstance(value, Hours):
        return rounding(number(value) / step) * step
    rounded = hours.change(value if unit is None else hours.scale(value, 1.0 / step), rounding)
    return rounded if unit is None else hours.scale(rounded, step)


def _end_of(setting: Setting, stock: Hours, until: Sequence[Value]) -> int:
    """The hour behind the last one of a stock: that of another series, else of the model."""
    if until:
        (last,) = until
        end = series(last)
        hours.span_of((stock, end))
        return end.end if end.values else stock.start
    return stock.end if setting.horizon is None or stock.local else max(setting.horizon, stock.end)


def _move(function: Callable[[Hours, float], Hours]) -> Callable[..., Value]:
    return lambda setting, moved, time: function(series(moved), number(time) / setting.hour)


def _stock(function: Callable[[Hours, float, int], Hours]) -> Callable[..., Value]:
    def made(setting: Setting, written: Value, time: Value, *until: Value) -> Value:
        stock = series(written)
        return function(stock, number(time) / setting.hour, _end_of(setting, stock, until))

    return made


def _cumulative(setting: Setting, written: Value, *until: Value) -> Value:
    return hours.cumulative(series(written), _end_of(setting, series(written), until))


def _to_utc(setting: Setting, moved: Value, clock: Value) -> Value:
    if isinstance(clock, str):
        return clocks.to_utc(series(moved), setting.clock(clock))
    return clocks.to_utc_by(series(moved), number(clock) / setting.hour)


def _on_clock(function: Callable[[Hours, Clock], Hours]) -> Callable[..., Value]:
    return lambda setting, moved, zone: function(series(moved), setting.clock(word(zone)))


def _offset(function: Callable[[Hours, Clock], float]) -> Callable[..., Value]:
    return lambda setting, begun, zone: function(series(begun), setting.clock(word(zone))) * setting.hour


def _expand(function: Callable[[Hours, Hours, Clock], Hours]) -> Callable[..., Value]:
    return lambda setting, week, over, zone: function(series(week), series(over), setting.clock(word(zone)))


def _at_least(_: Setting, left: Value, right: Value) -> Value:
    if isinstance(left, Hours):
        return hours.at_least(left, right if isinstance(right, Hours) else number(right))
    return hours.at_least(hours.flat(number(left), series(right)), series(right))


def _ratio(_: Setting, left: Value, right: Value, otherwise: Value = 0.0) -> Value:
    rest = number(otherwise)
    if isinstance(left, Hours):
        return hours.ratio(left, right if isinstance(right, Hours) else hours.flat(number(right), left), rest)
    if isinstance(right, Hours):
        return hours.ratio(hours.flat(number(left), right), right, rest)
    return hours.ratio_of_numbers(number(left), number(right), rest)


def _tier_share(_: Setting, part: Value, whole: Value, raw: Value, count: Value) -> Value:
    return hours.tier_share(series(part), series(whole), series(raw), number(count))


_CALLS: Final[Mapping[str, Callable[..., Value]]] = {
    "total": lambda _, x: hours.total(series(x)),
    "mean": lambda _, x: hours.mean(series(x)),
    "peak": lambda _, x: hours.peak(series(x)),
    "integrate": lambda setting, x: hours.scale(series(x), setting.hour),
    "rate": lambda setting, x: hours.scale(series(x), 1.0 / setting.hour),
    "flat": lambda _, x, like: hours.flat(number(x), series(like)),
    "weekly": lambda _, x: clocks.weekly(number(x)),
    "shift": _move(hours.shift),
    "rotate": _move(hours.rotate),
    "in_parallel": _move(hours.in_parallel),
    "held": _stock(hours.held),
    "expired": _stock(hours.expired),
    "cumulative": _cumulative,
    "to_utc": _to_utc,
    "from_wall_clock": _on_clock(clocks.from_wall_clock),
    "from_monday": _on_clock(clocks.from_monday),
    "offset_at_start": _offset(clocks.offset_at_start),
    "offset_of_clock": _offset(clocks.offset_of_clock),
    "expand": _expand(clocks.expand),
    "expand_from_monday": _expand(clocks.expand_from_monday),
    "at_least": _at_least,
    "ratio": _ratio,
    "tier_share": _tier_share,
}
