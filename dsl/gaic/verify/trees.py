"""Formula trees of the export: what each node means, and what it comes to.

A number, a text or a truth stands for itself. Anything else is a list that begins with a word:

- `["read", i]`: the value of the i-th argument; `["object", i]` the path of the i-th object; `["fact", i]` the i-th of
  what follows from the links of the model alone; `["hours", i]` the i-th series of the export; `["nothing"]`
- `["negate", x]`, `["not", x]`, `["+", a, b]` and so with `- * / ^ == != < <= > >=`; `["and", a, b]`,
  `["or", a, b]`, in which b is null where a decided
- `["if", holds, condition, taken]`; `["??", a]` where a is set, else `["??", a, b]`; `["given", holds, x]`
- `["call", function, [x ...]]`
- `["gather", function, of_series, [member ...]]`, in which a member that had to meet a condition is
  `["where", holds, condition, x]`, with null for x where it does not hold
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gaic.verify import functions
from gaic.verify.faults import FormulaError
from gaic.verify.hours import NOTHING, Hours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gaic.verify.functions import Setting, Value

    Tree = object

DEEPEST: Final = 400
"""Lists inside each other; no formula of the language has more."""

_SIGNS: Final = frozenset("+-*/^")
_NAMES: Final = frozenset({"read", "object", "fact", "hours", "nothing"})
_NOT_SET: Final = frozenset({"min", "max"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What the names of one formula stand for at one value."""

    setting: Setting
    arguments: Sequence[Value]
    objects: Sequence[str | None]
    facts: Sequence[float | bool]
    series: Sequence[Hours]
    spend: Spending


class Spending:
    """Counts hours that were computed; raises where a model has more than may be."""

    def __init__(self, most: int) -> None:
        self.left = most

    def pay(self, value: Value) -> Value:
        """Count what was computed."""
        self.left -= len(value.values) if isinstance(value, Hours) else 1
        if self.left < 0:
            raise TooMuchError
        return value


class TooMuchError(Exception):
    """To compute all of this again would take too long."""


def evaluate(tree: Tree, scope: Scope) -> Value:
    """What a tree comes to; None for what is not set. Raises `FormulaError`."""
    try:
        return _value(tree, scope)
    except RecursionError:
        raise FormulaError("it is nested too deeply") from None
    except (ArithmeticError, ValueError) as error:
        raise FormulaError(_EXPLAINED.get(type(error), "it has no result")) from None


_EXPLAINED: Final[Mapping[type[Exception], str]] = {
    ZeroDivisionError: "it divides by zero",
    OverflowError: "it is beyond all numbers",
}


def _value(tree: Tree, scope: Scope) -> Value:
    match tree:
        case bool() | str() | float():
            return tree
        case int():
            return float(tree)
        case [str() as name, *rest] if name in _NAMES:
            return _named(name, rest, scope)
        case [str() as sign, left, right] if sign in _SIGNS:
            return scope.spend.pay(functions.combine(sign, _value(left, scope), _value(right, scope)))
        case ["call", str() as function, list() as arguments]:
            return scope.spend.pay(_call(function, [_value(each, scope) for each in arguments], scope))
        case ["gather", str() as function, bool() as of_series, list() as members]:
            return scope.spend.pay(_gather(function, members, scope, of_series=of_series))
        case ["if", bool() as holds, condition, taken]:
            _expect(holds, truth(condition, scope), "takes the wrong branch of `if`")
            return _value(taken, scope)
        case ["??", left, *right] if len(right) <= 1:
            found = _value(left, scope)
            if (found is None) is not bool(right):
                raise FormulaError(f"it takes for {'unset what is set' if right else 'set what is not'}")
            return _value(right[0], scope) if right else found
        case ["negate", operand]:
            return scope.spend.pay(functions.negate(_value(operand, scope)))
        case _:
            return truth(tree, scope)


def truth(tree: Tree, scope: Scope) -> bool:
    """A tree that must be true or false."""
    match tree:
        case ["not", operand]:
            return not truth(operand, scope)
        case ["and" | "or" as word, left, right]:
            first = truth(left, scope)
            decided = first is (word == "or")
            _expect(right is None, decided, f"takes the wrong side of `{word}`")
            return first if decided else truth(right, scope)
        case ["given", bool() as holds, operand]:
            _expect(holds, _value(operand, scope) is not None, "is wrong on what is given")
            return holds
        case [str() as sign, left, right] if sign in functions.COMPARISONS:
            return functions.compare(sign, _value(left, scope), _value(right, scope))
        case bool() | ["read" | "fact", _] | ["gather", "any" | "all", *_] | ["if", *_] | ["??", *_]:
            found = _value(tree, scope)
            if isinstance(found, bool):
                return found
        case _:
            pass
    raise FormulaError("it is no formula that this version of gaic knows")


def _named(name: str, rest: list[object], scope: Scope) -> Value:
    match name, rest:
        case "nothing", []:
            return NOTHING
        case "read", [int() as place] if 0 <= place < len(scope.arguments):
            return scope.arguments[place]
        case "fact", [int() as place] if 0 <= place < len(scope.facts):
            return scope.facts[place]
        case "object", [int() as place] if 0 <= place < len(scope.objects):
            return scope.objects[place]
        case "hours", [int() as place] if 0 <= place < len(scope.series):
            return scope.series[place]
        case _:
            raise FormulaError("it reads what the export does not have")


def _call(function: str, arguments: list[Value], scope: Scope) -> Value:
    try:
        return functions.call(function, arguments, scope.setting)
    except TypeError:
        raise FormulaError(f"it calls `{function}` with what that does not take") from None


def _gather(function: str, members: list[object], scope: Scope, *, of_series: bool) -> Value:
    bodies = [body for member in members for body in _body_of(member, scope)]
    match function:
        case "any" | "all":
            truths = [truth(body, scope) for body in bodies]
            return any(truths) if function == "any" else all(truths)
        case "count":
            return float(len(bodies))
        case "sum":
            return functions.add([_value(body, scope) for body in bodies], of_series=of_series)
        case "min" | "max":
            found = functions.extreme(function, [_value(body, scope) for body in bodies])
            return NOTHING if found is None and of_series else found
        case _:
            raise FormulaError("it gathers in a way that the language does not have")


def _body_of(member: object, scope: Scope) -> list[object]:
    """What is gathered of a member: nothing where its condition does not hold."""
    match member:
        case ["where", bool() as holds, condition, body]:
            _expect(holds, truth(condition, scope), "takes the wrong members")
            return [body] if holds else []
        case _:
            return [member]


def _expect(expected: bool, found: bool, what: str) -> None:  # noqa: FBT001 - what the export says, what comes of it
    if expected is not found:
        raise FormulaError(f"it {what}: the condition is {str(found).lower()}")


def check_depth(tree: Tree) -> None:
    """Raise `FormulaError` for a tree that is too deep to walk."""
    level: list[object] = [tree]
    for _ in range(DEEPEST):
        level = [part for each in level if isinstance(each, list) for part in each]
        if not level:
            return
    raise FormulaError(f"it has more than {DEEPEST} levels")
