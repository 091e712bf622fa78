"""Finds numbers in formulas that have no name and no source."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gaic.syntax import expressions as s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.check.findings import Findings


def report_naked_numbers(formula: s.Expression, findings: Findings, *, library: bool, data: bool = False) -> None:
    """Report every number that is not 0, 1, a power of ten or one of a unit.

    An error in the library, a warning in a model. With `data` the formula may also be one value alone.
    """
    if data and not any(isinstance(e, s.Reference | s.Member) for e in walk(formula)):
        return
    for part in walk(formula):
        if isinstance(part, s.Number | s.Quantity) and not is_neutral(part.value):
            say = findings.error if library else findings.warn
            say(
                "GAI601",
                f"the number {part.span.text} has no name and no source",
                part.span,
                notes=("a formula holds 0, 1, powers of ten and one of a unit; any other number is a named value",),
                fix="name it: `let name = "
                + part.span.text
                + ' from source`, or write `(... from hypothesis note "...")`',
            )


def is_neutral(value: float) -> bool:
    """Say whether a number is 0 or a power of ten."""
    if value == 0:
        return True
    power = round(math.log10(abs(value)))
    return abs(value) == float(f"1e{power}")


def walk(expression: s.Expression) -> Iterator[s.Expression]:
    """Every part of an expression that stands in a formula; not inside values with a source, nor exponents."""
    yield expression
    match expression:
        case s.Sourced():
            return
        case s.Binary("^", left, _):
            yield from walk(left)
        case s.Binary(_, left, right) | s.Spread(_, left, right):
            yield from walk(left)
            yield from walk(right)
        case s.Unary(_, operand) | s.Convert(operand) | s.Cast(operand):
            yield from walk(operand)
        case s.Member(subject):
            yield from walk(subject)
        case s.Index(subject, keys):
            for part in (subject, *keys):
                yield from walk(part)
        case s.Call(s.Reference("hourly" | "weekly" | "between")):
            return
        case s.Call(_, arguments):
            for argument in arguments:
                yield from walk(argument.value)
        case s.Aggregate(_, body, _, condition):
            yield from walk(body)
            if condition is not None:
                yield from walk(condition)
        case s.Conditional(condition, first, second):
            yield from walk(condition)
            yield from walk(first)
            yield from walk(second)
        case _:
            return
