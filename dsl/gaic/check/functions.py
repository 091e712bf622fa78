"""The built-in functions: a closed list, each about numbers, time or sets, none about the domain."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from gaic.check.core import Apply, Gather, Literal, Negate, Range
from gaic.check.findings import did_you_mean
from gaic.check.operators import PLAIN, is_poison, poisoned
from gaic.check.over_time import OverTime
from gaic.check.types import EMPTINESS, TRUTH, Emptiness, Measure, Truth
from gaic.source.diagnostic import Edit, Repair
from gaic.source.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.check.core import Binding, Core
    from gaic.check.operators import Operators
    from gaic.source.text import Span

GATHERERS = ("sum", "min", "max", "count", "any", "all")
LATER = frozenset(
    {
        "first",
        "last",
        "normal",
        "lognormal",
        "triangular",
        "uniform",
        "beta",
        "discrete",
        "mixture",
        "samples",
    }
)
SPREADS = LATER - {"first", "last"}
NUMBER_ALONE = re.compile(r"[-+]?[0-9_]+(?:\.[0-9_]+)?(?:[eE][+-]?[0-9]+)?")
NORMAL_95 = 1.6448536269514722
"""95th percentile of the standard normal distribution."""


class Functions:
    """Types of calls, and what to say where the arguments do not fit."""

    def __init__(self, operators: Operators) -> None:
        self.operators = operators
        self.findings = operators.findings
        self.measures = operators.measures
        self.table: dict[str, tuple[int, int, Callable[[str, tuple[Core, ...], Span], Core]]] = {
            "min": (2, 64, self._extreme),
            "max": (2, 64, self._extreme),
            "ceil": (1, 2, self._round),
            "floor": (1, 2, self._round),
            "round": (1, 2, self._round),
            "abs": (1, 1, self._keep),
            "sqrt": (1, 1, self._transcend),
            "exp": (1, 1, self._transcend),
            "log": (1, 1, self._transcend),
            "log2": (1, 1, self._transcend),
            "between": (2, 2, self._between),
            **OverTime(operators).table,
        }

    def apply(self, function: str, arguments: tuple[Core, ...], name: Span, span: Span) -> Core:
        """A call with arguments by place."""
        if function in LATER:
            fix = "write `low to high`, `nominal +- deviation` or `between(low, high)`" if function in SPREADS else None
            self.findings.error("GAI090", f"`{function}` is not supported yet", name, fix=fix)
            return poisoned(span)
        known = self.table.get(function)
        if known is None:
            return self._report_unknown(function, name, span)
        least, most, check = known
        if not least <= len(arguments) <= most:
            wanted = (
                str(least) if least == most else f"{least} to {most}" if most < len(self.table) else f"{least} or more"
            )
            fix = f"`{function}(x for x in ...)` gathers members" if function in GATHERERS else None
            given = "here is 1" if len(arguments) == 1 else f"here are {len(arguments)}"
            message = f"`{function}` takes {wanted} argument{'' if wanted == '1' else 's'}, {given}"
            self.findings.error("GAI222", message, span, fix=fix)
            return poisoned(span)
        return poisoned(span) if is_poison(*arguments) else check(function, arguments, span)

    def _report_unknown(self, function: str, name: Span, span: Span) -> Core:
        if function in GATHERERS:
            self.findings.error(
                "GAI222", f"`{function}` gathers members", name, fix=f"write `{function}(x.a for x in members)`"
            )
            return poisoned(span)
        near = suggest(function, (*self.table, *GATHERERS, "given", "before", "hourly", "weekly"))
        self.findings.error("GAI221", f"there is no function `{function}`", name, fix=did_you_mean(near, name))
        return poisoned(span)

    def gather(
        self,
        function: str,
        body: Core | None,
        bindings: tuple[Binding, ...],
        condition: Core | None,
        name: Span,
        span: Span,
    ) -> Core:
        """`sum(...)`, `min`, `max`, `count`, `any`, `all` over members."""
        if function not in GATHERERS:
            near = suggest(function, GATHERERS)
            self.findings.error("GAI221", f"`{function}` does not gather members", name, fix=did_you_mean(near, name))
            return poisoned(span)
        if function == "count":
            return Gather(function, None, bindings, condition, PLAIN, span)
        if body is None:
            return poisoned(span)
        if function in {"any", "all"}:
            if isinstance(body.type, Truth):
                return Gather(function, body, bindings, condition, TRUTH, span)
            self.findings.error("GAI203", f"`{function}` wants a condition", body.span)
            return poisoned(span)
        if isinstance(body.type, Emptiness):
            return Gather(function, body, bindings, condition, EMPTINESS, span)
        measure = self.operators.want_number(body)
        return Gather(function, body, bindings, condition, measure, span) if measure else poisoned(span)

    # ------------------------------------------------------------ numbers

    def _extreme(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        first, result = arguments[0], arguments[0]
        measure = self.operators.want_number(first)
        for other in arguments[1:]:
            sum_ = self.operators.add("compare", result, other, span)
            if is_poison(sum_) or not isinstance(sum_.type, Measure):
                return poisoned(span)
            measure, result = sum_.type, sum_
        return Apply(function, arguments, measure, span) if measure else poisoned(span)

    def _round(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        measure = self.operators.want_number(arguments[0])
        if measure is None:
            return poisoned(span)
        if len(arguments) == 1 and not measure.dimension.is_number:
            self.findings.error(
                "GAI204",
                f"`{function}` of a number with a unit must name the unit",
                span,
                notes=(f"this is {self.measures.describe(measure)}",),
                fix=f"write for example `{function}(x, 1 {self.measures.system.default_unit(measure.dimension).text})`",
            )
            return poisoned(span)
        if len(arguments) > 1:
            unit = self.operators.want_number(arguments[1])
            if unit is None or not self.operators.same_dimension("compare", arguments[0], arguments[1], span):
                return poisoned(span)
            if unit.is_series or literal_value(arguments[1]) == 0:
                self.findings.error("GAI204", f"`{function}` rounds to one unit, such as `1 h`", arguments[1].span)
                return poisoned(span)
        return Apply(function, arguments, measure, span)

    def _keep(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        measure = self.operators.want_number(arguments[0])
        return Apply(function, arguments, measure, span) if measure else poisoned(span)

    def _transcend(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        measure = self.operators.want_number(arguments[0])
        if measure is None:
            return poisoned(span)
        if not measure.dimension.is_number or measure.is_series:
            self.findings.error(
                "GAI204",
                f"`{function}` takes a plain number, this is {self.measures.describe(measure)}",
                arguments[0].span,
                fix=self._divide_by_unit(measure),
            )
            return poisoned(span)
        return Apply(function, arguments, PLAIN, span)

    def _divide_by_unit(self, measure: Measure) -> str | None:
        if measure.is_series:
            return None
        return (
            f"divide by a unit first, for example `x / 1 {self.measures.system.default_unit(measure.dimension).text}`"
        )

    # ------------------------------------------------------------ uncertain values

    def spread(self, operator: str, low: Core, high: Core, span: Span) -> Core:
        """`low to high` (5th to 95th percentile) or `nominal +- deviation` (one standard deviation)."""
        ends = self._ends(low, high, span, relative=operator == "+-")
        if ends is None:
            return poisoned(span)
        first, second, measure = ends
        if operator == "+-":
            range_ = Range(first - NORMAL_95 * abs(second), first + NORMAL_95 * abs(second), "p5-p95")
            return Literal(first, measure, span.text, span, range_)
        if first > second:
            self.findings.error("GAI312", "the low end is above the high end", span, fix=swap(low, high))
            return poisoned(span)
        nominal = math.sqrt(first * second) if first > 0 else (first + second) / 2
        return Literal(nominal, measure, span.text, span, Range(first, second, "p5-p95"))

    def _between(self, _function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        ends = self._ends(arguments[0], arguments[1], span, relative=False)
        if ends is None:
            return poisoned(span)
        first, second, measure = ends
        if first > second:
            self.findings.error("GAI312", "the low end is above the high end", span, fix=swap(*arguments))
            return poisoned(span)
        return Literal((first + second) / 2, measure, span.text, span, Range(first, second, "bounds"))

    def _ends(self, low: Core, high: Core, span: Span, *, relative: bool) -> tuple[float, float, Measure] | None:
        """Both ends in root units; a bare low end takes the unit of the high one, a bare share of `+-` is relative."""
        if is_poison(low, high):
            return None
        first, second = literal_value(low), literal_value(high)
        if first is None or second is None or not isinstance(low.type, Measure) or not isinstance(high.type, Measure):
            self.findings.error("GAI313", "the ends of an uncertain value are numbers", span)
            return None
        if relative and _has_percent(high) and not _has_percent(low):
            return first, first * second, low.type
        if _is_bare(low) and not _is_bare(high):
            written, shown = _bare(low), _bare(high)
            if written is not None and shown:
                return written * (second / shown), second, high.type
        if low.type.dimension != high.type.dimension:
            note = self.operators.measures.system.hint_difference(low.type.dimension, high.type.dimension)
            message = "the ends of an uncertain value have different dimensions"
            self.operators.say("GAI201", message, span, low, high, note)
            return None
        return first, second, high.type


def swap(low: Core, high: Core) -> Repair:
    """The advice to write two ends the other way round, as an edit where both have their unit or neither has."""
    edits = (Edit(low.span, high.span.text), Edit(high.span, low.span.text))
    return Repair("swap them", edits if _is_bare(low) == _is_bare(high) else ())


def literal_value(core: Core) -> float | None:
    """The value of a literal in root units, None for anything else."""
    match core:
        case Literal(value=value):
            return value
        case Negate(Literal(value=value)):
            return -value
        case _:
            return None


def _is_bare(core: Core) -> bool:
    """Say whether a literal is written without a unit."""
    return NUMBER_ALONE.fullmatch(core.span.text.strip()) is not None


def _has_percent(core: Core) -> bool:
    return core.span.text.rstrip().endswith("%")


def _bare(core: Core) -> float | None:
    """The number of a literal as written, without its unit."""
    match core:
        case Literal(text=text):
            digits = text.replace("_", "").split(" ")[0]
            end = len(digits)
            while end:
                try:
                    return float(digits[:end])
                except ValueError:
                    end -= 1
            return None
        case Negate(operand):
            value = _bare(operand)
            return None if value is None else -value
        case _:
            return None
