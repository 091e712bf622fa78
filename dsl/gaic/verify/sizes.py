"""How large the numbers were that a result was added up from: what its rounding errors are measured against.

`total(a) - total(b)` of equal totals is 0 or a few billionths of a billionth of them, depending on the order in which
hours were added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.verify.hours import Hours
from gaic.verify.trees import evaluate

if TYPE_CHECKING:
    from gaic.verify.functions import Value
    from gaic.verify.trees import Scope, Tree


def size_of(tree: Tree, scope: Scope) -> float:
    """The largest sum of sizes that stands behind a tree whose value is known to exist."""
    match tree:
        case ["+" | "-", left, right]:
            return size_of(left, scope) + size_of(right, scope)
        case ["*", left, right]:
            return size_of(left, scope) * size_of(right, scope)
        case ["/", left, right]:
            return size_of(left, scope) / (_smallest(evaluate(right, scope)) or 1.0)
        case ["negate", operand] | ["if", _, _, operand] | ["??", operand] | ["??", _, operand]:
            return size_of(operand, scope)
        case ["call", "integrate", [operand]]:
            return size_of(operand, scope) * scope.setting.hour
        case ["call", "rate", [operand]]:
            return size_of(operand, scope) / scope.setting.hour
        case ["call", "total", [operand]]:
            return size_of(operand, scope) * _count(evaluate(operand, scope))
        case ["call", _, [first, *_]]:
            return max(_largest(evaluate(tree, scope)), size_of(first, scope))
        case ["gather", "sum", _, list() as members]:
            return sum(size_of(member, scope) for member in members)
        case ["where", bool() as holds, _, body]:
            return size_of(body, scope) if holds else 0.0
        case _:
            return _largest(evaluate(tree, scope))


def _largest(value: Value) -> float:
    if isinstance(value, Hours):
        return max(map(abs, value.values), default=0.0)
    return abs(value) if isinstance(value, float) else 0.0


def _smallest(value: Value) -> float:
    """The smallest number that is not 0."""
    numbers = value.values if isinstance(value, Hours) else [value] if isinstance(value, float) else []
    return min((abs(v) for v in numbers if v), default=0.0)


def _count(value: Value) -> int:
    return len(value.values) if isinstance(value, Hours) else 1
