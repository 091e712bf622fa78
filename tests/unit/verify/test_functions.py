"""Operators and functions as formula trees call them: one case for each, and what each refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gaic.verify.faults import FormulaError
from gaic.verify.hours import Hours
from gaic.verify.recompute import Setting
from gaic.verify.sizes import size_of
from gaic.verify.trees import Scope, Spending, evaluate
from tests.reference.clocks import clock_of

if TYPE_CHECKING:
    from gaic.verify.functions import Value

HOUR = 3600.0
LEVEL = Hours(500_000, [2.0, -3.0])
LOCAL = Hours(500_000, [2.0, 4.0], local=True)
WEEK = Hours(96, [1.0] * 168, local=True)
A: Any = ["read", 0]
B: Any = ["read", 1]
C: Any = ["read", 2]


def scope(*arguments: Value, horizon: int | None = 500_003) -> Scope:
    setting = Setting(HOUR, horizon, {"Asia/Kolkata": clock_of("Asia/Kolkata")})
    return Scope(setting, arguments, ["a", None], [2.0, True], [LEVEL], Spending(10_000))


def outcome(tree: object, *arguments: Value) -> object:
    found = evaluate(tree, scope(*arguments))
    return (found.start - 500_000, list(found.values)) if isinstance(found, Hours) else found


@pytest.mark.parametrize(
    ("tree", "arguments", "wanted"),
    [
        (["+", A, B], (1.0, 2.0), 3.0),
        (["-", A, B], (1.0, 2.0), -1.0),
        (["*", A, B], (3.0, 2.0), 6.0),
        (["/", A, B], (3.0, 2.0), 1.5),
        (["^", A, B], (3.0, 2.0), 9.0),
        (["+", A, B], (LEVEL, LEVEL), (0, [4.0, -6.0])),
        (["-", A, B], (LEVEL, LEVEL), (0, [0.0, 0.0])),
        (["*", A, B], (LEVEL, LEVEL), (0, [4.0, 9.0])),
        (["/", A, B], (LEVEL, LEVEL), (0, [1.0, 1.0])),
        (["+", A, 1], (LEVEL,), (0, [3.0, -2.0])),
        (["-", A, 1], (LEVEL,), (0, [1.0, -4.0])),
        (["*", A, 2], (LEVEL,), (0, [4.0, -6.0])),
        (["/", A, 2], (LEVEL,), (0, [1.0, -1.5])),
        (["^", A, 2], (LEVEL,), (0, [4.0, 9.0])),
        (["+", 1, A], (LEVEL,), (0, [3.0, -2.0])),
        (["-", 1, A], (LEVEL,), (0, [-1.0, 4.0])),
        (["*", 2, A], (LEVEL,), (0, [4.0, -6.0])),
        (["/", 6, A], (LEVEL,), (0, [3.0, -2.0])),
        (["*", A, B], (None, LEVEL), (-500_000, [])),
        (["negate", A], (LEVEL,), (0, [-2.0, 3.0])),
        (["hours", 0], (), (0, [2.0, -3.0])),
        (["nothing"], (), (-500_000, [])),
        (["object", 0], (), "a"),
        (["==", ["object", 0], ["object", 1]], (), False),
        (["!=", "a", ["object", 0]], (), False),
        (["<", ["fact", 0], 3], (), True),
        (["not", ["fact", 1]], (), False),
        (["or", ["fact", 1], None], (), True),
        (["given", False, A], (None,), False),
        (["??", A], (0.0,), 0.0),
        (["if", True, ["fact", 1], ["??", A, "b"]], (None,), "b"),
        (["call", "min", [A, B, 4]], (LEVEL, None), (0, [2.0, -3.0])),
        (["call", "max", [A, B]], (3.0, 5.0), 5.0),
        (["call", "ceil", [A]], (1.2,), 2.0),
        (["call", "floor", [A, 10]], (LEVEL,), (0, [0.0, -10.0])),
        (["call", "round", [A, 4]], (6.0,), 8.0),
        (["call", "round", [2.5]], (), 2.0),
        (["call", "abs", [A]], (LEVEL,), (0, [2.0, 3.0])),
        (["call", "sqrt", [9]], (), 3.0),
        (["call", "exp", [0]], (), 1.0),
        (["call", "log", [1]], (), 0.0),
        (["call", "log2", [8]], (), 3.0),
        (["call", "total", [A]], (LEVEL,), -1.0),
        (["call", "mean", [A]], (LEVEL,), -0.5),
        (["call", "peak", [A]], (None,), 0.0),
        (["call", "integrate", [A]], (LEVEL,), (0, [7200.0, -10800.0])),
        (["call", "rate", [A]], (Hours(500_000, [7200.0]),), (0, [2.0])),
        (["call", "flat", [7, A]], (LEVEL,), (0, [7.0, 7.0])),
        (["call", "shift", [A, HOUR]], (LEVEL,), (1, [2.0, -3.0])),
        (["call", "rotate", [A, HOUR]], (LEVEL,), (0, [-3.0, 2.0])),
        (["call", "in_parallel", [A, 2 * HOUR]], (LEVEL,), (0, [2.0, -1.0, -3.0])),
        (["call", "held", [A, HOUR]], (LEVEL,), (0, [2.0, -3.0, 0.0])),
        (["call", "held", [A, HOUR, B]], (LEVEL, Hours(500_000, [0.0])), (0, [2.0])),
        (["call", "held", [A, HOUR, B]], (LEVEL, None), (-500_000, [])),
        (["call", "held", [A, HOUR]], (LOCAL,), (0, [2.0, 4.0])),
        (["call", "expired", [A, HOUR]], (LEVEL,), (0, [0.0, 2.0, -3.0])),
        (["call", "cumulative", [A]], (LEVEL,), (0, [2.0, -1.0, -1.0])),
        (["call", "to_utc", [A, "Asia/Kolkata"]], (LOCAL,), (-6, [1.0, 3.0, 2.0])),
        (["call", "to_utc", [A, HOUR]], (LOCAL,), (-1, [2.0, 4.0])),
        (["call", "from_wall_clock", [A, "Asia/Kolkata"]], (LOCAL,), (-6, [1.0, 3.0, 2.0])),
        (["call", "from_wall_clock", [A, "Asia/Kolkata"]], (LEVEL,), (0, [2.0, -3.0])),
        (["call", "offset_at_start", [A, "Asia/Kolkata"]], (LOCAL,), 5.5 * HOUR),
        (["call", "offset_of_clock", [A, "Asia/Kolkata"]], (LEVEL,), 5.5 * HOUR),
        (["call", "offset_of_clock", [A, "Asia/Kolkata"]], (None,), 0.0),
        (["call", "from_monday", [A, "Asia/Kolkata"]], (LEVEL,), (0, [0.0, 0.0])),
        (["call", "from_monday", [A, "Asia/Kolkata"]], (None,), (-500_000, [])),
        (["call", "weekly", [3]], (), (96 - 500_000, [3.0] * 168)),
        (["call", "expand", [A, B, "Asia/Kolkata"]], (WEEK, LEVEL), (0, [1.0, 1.0])),
        (["call", "expand", [A, B, "Asia/Kolkata"]], (WEEK, None), (-500_000, [])),
        (["call", "expand_from_monday", [A, B, "Asia/Kolkata"]], (WEEK, LEVEL), (0, [0.0, 0.0])),
        (["call", "at_least", [A, 2]], (LEVEL,), (0, [1.0, 0.0])),
        (["call", "at_least", [1, A]], (LEVEL,), (0, [0.0, 1.0])),
        (["call", "at_least", [A, B]], (None, LEVEL), (0, [0.0, 1.0])),
        (["call", "ratio", [A, B]], (LEVEL, LEVEL), (0, [1.0, 1.0])),
        (["call", "ratio", [A, 2]], (LEVEL,), (0, [1.0, -1.5])),
        (["call", "ratio", [6, A]], (LEVEL,), (0, [3.0, -2.0])),
        (["call", "ratio", [0, 0, 5]], (), 5.0),
        (["call", "tier_share", [A, B, C, 1]], (LOCAL, LOCAL, LOCAL), 1.0),
        (["gather", "sum", False, [1, 2]], (), 3.0),
        (["gather", "sum", True, []], (), (-500_000, [])),
        (["gather", "max", True, []], (), (-500_000, [])),
        (["gather", "min", False, [3, 2]], (), 2.0),
        (["gather", "count", False, [["where", False, [">", 1, 2], None], 1]], (), 1.0),
        (["gather", "any", False, [["fact", 1], [">", 1, 2]]], (), True),
        (["gather", "all", False, [["fact", 1], [">", 1, 2]]], (), False),
    ],
)
def test_a_formula_gives(tree: object, arguments: tuple[Value, ...], wanted: object) -> None:
    assert outcome(tree, *arguments) == wanted


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (["^", 2, A], "raises to a power that is a series"),
        (["^", A, A], "raises to a power that is a series"),
        (["<", A, 2], "compares series"),
        (["==", A, "word"], "compares series"),
        (["call", "total", [3]], "takes for a series what is none"),
        (["call", "expand", [A, A, 3]], "takes for a text what is none"),
        (["call", "expand", [A, ["call", "weekly", [1]], "Asia/Kolkata"]], "local time meets one in UTC"),
        (["call", "to_utc", [["call", "weekly", [1]], "Mars"]], "how the clock of Mars goes"),
        (["call", "sqrt", [-1]], "has no result"),
        (["call", "log", [0]], "has no result"),
        (["call", "sqrt", []], "with what that does not take"),
        (["/", 1, 0], "divides by zero"),
        (["and", ["fact", 1], None], "takes the wrong side of `and`"),
        (["read", 9], "reads what the export does not have"),
        (["+", 1, "word"], "takes for a number what is none"),
    ],
)
def test_what_a_formula_refuses(tree: object, message: str) -> None:
    with pytest.raises(FormulaError, match=message):
        evaluate(tree, scope(LEVEL))


@pytest.mark.parametrize(
    ("tree", "size"),
    [
        (["-", A, A], 6.0),
        (["*", ["-", A, A], 2], 12.0),
        (["/", ["-", 8, 8], 4], 4.0),
        (["negate", ["-", 8, 8]], 16.0),
        (["if", True, ["fact", 1], ["-", 8, 8]], 16.0),
        (["call", "integrate", [["-", A, A]]], 6.0 * HOUR),
        (["call", "rate", [["-", A, A]]], 6.0 / HOUR),
        (["call", "total", [["-", A, A]]], 12.0),
        (["call", "held", [["-", A, A], HOUR]], 6.0),
        (["gather", "sum", False, [["-", 1, 1], ["where", False, ["fact", 1], None]]], 2.0),
        (["fact", 1], 0.0),
    ],
)
def test_the_size_of_what_is_added_up(tree: object, size: float) -> None:
    assert size_of(tree, scope(LEVEL)) == pytest.approx(size)
