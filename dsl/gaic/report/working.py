"""How a value is worked out, ready to be written: its formula, the formula with numbers, what the values decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, assert_never

from gaic.evaluate.working import Branch, Combined, Extreme, Preference
from gaic.report import words
from gaic.report.markdown import Phrase
from gaic.report.mathml.node import Written
from gaic.report.mathml.numbers import list_wide_calls, say, write_numbers
from gaic.report.mathml.writer import write_equation
from gaic.syntax.expressions import Name
from gaic.units.days import DAY, WEEK, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.evaluate.working import Called, Decision, Hour, Term
    from gaic.evaluate.working import Working as Worked
    from gaic.report.facts import Facts
    from gaic.report.mathml.node import Node

# A formula that takes more bytes is shown as text.
LONGEST_MARKUP = 4096
LONGEST_TEXT = 2000
MOST_LINES = 4
MOST_CALLS = 3

# Monday 1970-01-05 00:00, in hours since 1970-01-01 00:00: where weeks begin.
FIRST_MONDAY = 4 * DAY

Line = tuple[Phrase, ...]
"""A sentence."""


@dataclass(frozen=True, slots=True)
class Working:
    """How a value is worked out. Formulas that are too long for mathematics are None; then there is `text`.

    `moment` is the hour that the numbers are of, in words (empty of what has no hours). `lines` say what the values
    decided, outermost first, and what functions of other hours came to; `hidden` counts decisions that are left out.
    """

    formula: Written | None
    numbers: Written | None
    text: str
    moment: str
    lines: tuple[Line, ...]
    hidden: int


def show_working(facts: Facts, node: int) -> Working | None:
    """The working of a value; None if the book has none."""
    worked = facts.book.working(node)
    if worked is None:
        return None
    terms = [worked.result] if worked.numbers == worked.result else [worked.numbers, worked.result]
    keys = () if worked.member is None else (worked.member,)
    numbers = _bound(write_numbers(worked.name, keys, terms, lambda each: _find_address(facts, (each,)), worked.spell))
    lines = [_tell(decision, worked.spell) for decision in worked.decisions]
    calls = dict.fromkeys(list_wide_calls(worked.numbers))
    return Working(
        formula=_bound(_write_formula(facts, worked)),
        numbers=numbers,
        text=_cut(" = ".join(say(term, worked.spell) for term in terms)) if numbers is None else "",
        moment=_name_hour(worked.hour),
        lines=(*lines[:MOST_LINES], *(_tell_call(call, worked) for call in islice(calls, MOST_CALLS))),
        hidden=max(0, len(lines) - MOST_LINES),
    )


def tell_working(facts: Facts, node: int) -> tuple[Line, ...]:
    """The working of a value in a few lines of text, for tables; none if the book has none."""
    worked = facts.book.working(node)
    if worked is None:
        return ()
    lines = [_tell(decision, worked.spell) for decision in worked.decisions[:MOST_LINES]]
    if worked.numbers != worked.result:
        lines.insert(0, (_plain(_cut(f"= {say(worked.numbers, worked.spell)}")),))
    return tuple(lines)


def _write_formula(facts: Facts, worked: Worked) -> Node:
    span = worked.written.span
    link = _link_names(facts, worked)
    return write_equation(
        Name(worked.name, span), [Name(key, span) for key in worked.keys], worked.written, link, worked.spell
    )


def _link_names(facts: Facts, worked: Worked) -> Callable[[Name], str | None]:
    """What leads from a name in the formula to the value that it stands for."""
    return lambda name: _find_address(facts, worked.meanings.get(name.span.end, ()))


def _find_address(facts: Facts, nodes: tuple[int, ...]) -> str | None:
    """Where values are explained: one value, or the members of one attribute of an object."""
    pointers = [facts.pointers[node] for node in nodes if node in facts.pointers]
    places = {(pointer.account.object, pointer.account.attribute) for pointer in pointers}
    if not pointers or len(places) > 1:
        return None
    if len(pointers) == 1:
        return pointers[0].href
    return f"{pointers[0].href.partition('#')[0]}#{pointers[0].account.attribute}"


def _bound(formula: Node) -> Written | None:
    """A formula as it is written, if it is not too long."""
    text = str(formula)
    return Written(text) if len(text.encode()) <= LONGEST_MARKUP else None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _name_hour(hour: Hour | None) -> str:
    """The hour of the highest value in words."""
    if hour is None:
        return ""
    if hour.clock == "week":
        day, rest = divmod((hour.number - FIRST_MONDAY) % WEEK, DAY)
        time, of_what = f"{WEEKDAYS[day].capitalize()} {rest:02d}:00", " of the week"
    else:
        clock = "UTC" if hour.clock == "UTC" else "local time"
        time, of_what = f"{words.show_hour(hour.number)} {clock}", ""
    if hour.alike:
        return f"in the first hour{of_what}, {time} (all hours are alike)"
    return f"in the highest hour{of_what}, {time}"


# ---------------------------------------------------------------- decisions


def _tell(decision: Decision, spell: Callable[[str], str]) -> Line:
    match decision:
        case Branch(condition, facts, holds, taken):
            told = "" if facts is None else f" ({_say_facts(facts, spell)})"
            line = (_code(condition), _plain(f" {'holds' if holds else 'does not hold'}{told}"))
            return (*line, _plain(", so "), _code(taken), _plain(" counts.")) if taken else (*line, _plain("."))
        case Preference(first, state, second, used):
            line = (_code(first), _plain(f" {state}"))
            return (
                (*line, _plain(", so "), _code(second), _plain(" counts.")) if used else (*line, _plain(" and counts."))
            )
        case Extreme(function, decisive, value, count):
            which = "smallest" if function == "min" else "largest"
            return _plain(f"The {which} of {count} is "), _code(decisive), _plain(f": {say(value, spell)}.")
        case _:
            assert_never(decision)


def _tell_call(call: Called, worked: Worked) -> Line:
    """What a function came to whose arguments do not stand among the numbers."""
    value = "" if call.value is None else say(call.value, worked.spell)
    when = "" if worked.hour is None else " in this hour"
    return _code(say(replace(call, value=None), worked.spell)), _plain(f" is {value}{when}.")


def _say_facts(facts: Term, spell: Callable[[str], str]) -> str:
    if isinstance(facts, Combined) and facts.operator == "and":
        return f"{_say_facts(facts.left, spell)} and {_say_facts(facts.right, spell)}"
    return say(facts, spell)


def _plain(text: str) -> Phrase:
    return Phrase("plain", text)


def _code(text: str) -> Phrase:
    return Phrase("code", text)
