"""What values decided in a formula: conditions with their numbers, and which of several is the smallest or largest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.check.types import Measure
from gaic.evaluate.derivation import (
    Choice,
    Fixed,
    Gathering,
    Negation,
    Operation,
    Reading,
    Setting,
    Thing,
)
from gaic.evaluate.figures import NOTHING_THERE, UNSET, make_figure, quote
from gaic.evaluate.frame import SeriesRows, TruthRows
from gaic.evaluate.working import Combined, Extreme, Phrase, Stated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.evaluate.derivation import Calling, Derivation
    from gaic.evaluate.figures import Figures
    from gaic.evaluate.working import Figure, Term


OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def tell_facts(figures: Figures, part: Derivation) -> Term | None:
    """What decides a condition, as it is the case; None if that tells no more than the condition itself."""
    match part:
        case Operation(c.Compare(), Reading(core) as left) if not isinstance(core.type, Measure):
            return Stated(quote(core.span), f"is {_show_words(figures, left).text}")
        case Operation(c.Compare(operator)):
            return compare(figures, part, operator if holds(figures, part) else OPPOSITE[operator])
        case Operation(_, left, right):
            first, second = tell_facts(figures, left), None if right is None else tell_facts(figures, right)
            return first or second if first is None or second is None else Combined("and", first, second)
        case Negation(_, operand):
            return tell_facts(figures, operand)
        case Choice(_, condition):
            return tell_facts(figures, condition)
        case Reading(core):
            return Stated(quote(core.span), "is true" if holds(figures, part) else "is not true")
        case Setting(core, is_set):
            return Stated(quote(core.operand.span), "is set" if is_set else "is not set")
        case Gathering(core, [member], 0) if core.function in {"any", "all"} and member.body is not None:
            return tell_facts(figures, member.body)
        case Gathering(core) if core.function in {"any", "all"}:
            names, rows = figures.deriver.members(part)
            true = int(rows.values.sum()) if isinstance(rows, TruthRows) else 0
            return Phrase(f"true of {true} of {len(names)} members")
        case _:
            return None


def holds(figures: Figures, part: Derivation) -> bool:
    """Say whether a condition holds."""
    rows = figures.deriver.rows(part)
    return isinstance(rows, TruthRows) and bool(rows.values[0])


def compare(figures: Figures, part: Operation, operator: str) -> Term:
    """Two sides of a comparison with their numbers."""
    left, right = part.left, part.left if part.right is None else part.right
    if isinstance(left.core.type, Measure):
        return Combined(operator, _show_side(figures, left, part), _show_side(figures, right, part))
    return Combined(operator, _show_words(figures, left), _show_words(figures, right))


def _show_side(figures: Figures, side: Derivation, whole: Operation) -> Figure | Phrase:
    """One side of a comparison as a number, in a unit of the comparison."""
    match side:
        case Fixed(c.Literal() as core):
            return figures.show_literal(core)
        case Reading(_, node) if node is not None:
            return figures.read(node, None)
        case _:
            return figures.show(side, None, whole)


def _show_words(figures: Figures, side: Derivation) -> Phrase:
    """One side of a comparison of words or objects."""
    match side:
        case Thing(_, path):
            return Phrase(path) if path else NOTHING_THERE
        case Fixed(c.Word(value)):
            return Phrase(value)
        case _:
            shown = figures.show(side, None)
            return shown if isinstance(shown, Phrase) else UNSET


# ---------------------------------------------------------------- smallest and largest


def find_extreme(figures: Figures, call: Calling, hour: int | None) -> Extreme | None:
    """Which argument of `min` or `max` is the smallest or largest; None where only one takes part."""
    rows = [figures.deriver.rows(argument) for argument in call.arguments]
    series = [each.values[0] for each in rows if isinstance(each, SeriesRows)]
    if series and hour is None:
        return None
    # an empty series takes no part
    taking = [n for n, each in enumerate(rows) if not isinstance(each, SeriesRows) or each.values[0].n]
    if len(taking) <= 1:
        return None
    values = [figures.list_numbers(rows[n], hour)[0] for n in taking]
    place = _pick(call.core.function, values)
    decisive = call.arguments[taking[place]]
    value = make_figure(values[place], figures.choose_unit(decisive, call))
    return Extreme(call.core.function, quote(decisive.core.span), value, len(taking))


def find_extreme_member(figures: Figures, gathering: Gathering, hour: int | None) -> Extreme | None:
    """Which member is the smallest or largest."""
    names, rows = figures.deriver.members(gathering)
    if rows is None or len(names) <= 1 or (hour is None and isinstance(rows, SeriesRows)):
        return None
    values = figures.list_numbers(rows, hour)
    place = _pick(gathering.core.function, values)
    value = make_figure(values[place], figures.choose_unit(gathering))
    return Extreme(gathering.core.function, names[place], value, len(values))


def _pick(function: str, values: Sequence[float]) -> int:
    """The place of the first smallest or largest number."""
    return values.index(min(values) if function == "min" else max(values))
