"""Works numbers out again as a reader would: with their units, hour by hour, knowing nothing of the model."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gaic.evaluate.working import Called, Combined, Figure, Gathered, Signed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gaic.evaluate.working import Term


class NoNumber(Exception):
    """Words, whole series, or a function of other hours without a value."""


def _round_up(x: float, unit: float = 1.0) -> float:
    x /= unit
    return math.ceil(x - 1e-9 * max(1.0, abs(x))) * unit


def _ratio(a: float, b: float, otherwise: float = 0.0) -> float:
    return a / b if b else otherwise


FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs,
    "at_least": lambda a, b: float(a >= b),
    "ceil": _round_up,
    "exp": math.exp,
    "floor": lambda x, unit=1.0: math.floor(x / unit) * unit,
    "log": math.log,
    "log2": math.log2,
    "max": max,
    "min": min,
    "ratio": _ratio,
    "round": lambda x, unit=1.0: round(x / unit) * unit,
    "sqrt": math.sqrt,
}
GATHERED: dict[str, Callable[[Sequence[float]], float]] = {"sum": math.fsum, "min": min, "max": max}


def recompute(term: Term, worth: Callable[[str], float]) -> float:
    """What a term comes to in root units; `worth` says what one of a unit is."""
    match term:
        case Figure(value, unit):
            return value * (worth(unit) if unit else 1.0)
        case Signed("-", operand):
            return -recompute(operand, worth)
        case Combined(operator, left, right):
            return _combine(operator, recompute(left, worth), recompute(right, worth))
        case Called(value=Figure() as value):
            return recompute(value, worth)
        case Called(function, arguments) if function in FUNCTIONS:
            return FUNCTIONS[function](*(recompute(each, worth) for each in arguments))
        case Gathered(function, members, more, rest) if not more or rest is not None:
            return GATHERED[function]([recompute(each, worth) for each in (*members, *([rest] if rest else []))])
        case _:
            raise NoNumber(term)


def _combine(operator: str, left: float, right: float) -> float:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case "^":
            return math.pow(left, right)
        case _:
            raise NoNumber(operator)
