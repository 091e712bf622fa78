"""Writes the working of a value as a formula of numbers, and as plain text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from gaic.evaluate.working import Called, Combined, Figure, Gathered, Named, Phrase, Signed, Stated
from gaic.report import words
from gaic.report.mathml import joining as j
from gaic.report.mathml import tokens as t
from gaic.report.mathml.node import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gaic.evaluate.working import Term
    from gaic.report.mathml.joining import Part

    Link = Callable[[int], str | None]
    """Where a value is explained: the address of a node, None if it has none."""

LONGEST_CALL = 36


def write_numbers(
    name: str,
    keys: Sequence[str],
    terms: Sequence[Term],
    link: Link = lambda _: None,
    spell: Callable[[str], str] = str,
) -> Node:
    """`name = numbers = result`: the last of `terms` is the result; `keys` stand below the name."""
    writer = _Writer(link, spell)
    subject = j.below(_name(name), [_name(key) for key in keys])
    *steps, result = [writer.write(term, j.LOOSE) for term in terms]
    values = [*steps, Node("mrow", (result,), (("class", "result"),))]
    return j.display(j.equal(subject, *values), f"{name} = {' = '.join(say(term, spell) for term in terms)}")


def say(term: Term, spell: Callable[[str], str] = str) -> str:
    """A formula of numbers as plain text."""
    return _Speaker(spell).say(term, j.LOOSE)


def is_wide(call: Called) -> bool:
    """Say whether a call takes too much room to stand below its value."""
    return len(say(replace(call, value=None))) > LONGEST_CALL


def list_wide_calls(term: Term) -> Iterator[Called]:
    """Calls of which only the name stands below their value, in order of appearance."""
    match term:
        case Signed(_, operand):
            yield from list_wide_calls(operand)
        case Combined(_, left, right):
            yield from list_wide_calls(left)
            yield from list_wide_calls(right)
        case Called(_, arguments, value):
            if value is not None and is_wide(term):
                yield term
            for argument in arguments:
                yield from list_wide_calls(argument)
        case Gathered(_, members):
            for member in members:
                yield from list_wide_calls(member)
        case _:
            pass


def _name(text: str, href: str | None = None, style: str = "") -> Node:
    shown = text.replace("_", t.WORD_SPACE)
    return t.linked(shown, href, style) if href else _word(shown, style)


def _word(text: str, style: str = "") -> Node:
    """A word that is a value: beside an operator it takes room as a number does, which `mtext` does not."""
    return Node("mi", (text,), (("class", style),) if style else ())


def _function(shown: str) -> Node:
    return _name(shown, style="function")


class _Writer:
    def __init__(self, link: Link, spell: Callable[[str], str]) -> None:
        self.link = link
        self.spell = spell

    def write(self, term: Term, needed: int) -> Node:
        return j.hold(self.part(term), needed)

    def part(self, term: Term) -> Part:
        match term:
            case Figure(value, unit):
                return self.figure(value, unit)
            case Phrase(text):
                return j.WHOLE, _word(text)
            case Named(text, node):
                return j.WHOLE, _name(text, self.link(node))
            case Stated(text, state):
                return j.COMPARED, t.row(_name(text), t.gap(), t.word(state, "keyword"))
            case Signed("not", operand):
                return j.deny(self.part(operand))
            case Signed(_, operand):
                return j.negate(self.part(operand))
            case Combined():
                return self.combined(term)
            case Called():
                return self.call(term)
            case Gathered():
                return self.gathered(term)
            case _:
                assert_never(term)

    def figure(self, value: float, unit: str) -> Part:
        """A number; with a power of ten or a unit it is no base of a power."""
        mantissa, exponent = words.split_number(abs(value))
        number = t.number(f"{mantissa.replace(words.GROUP_SPACE, '_')}{f'e{exponent}' if exponent else ''}")
        node = t.row(number, t.unit(self.spell(unit))) if unit else number
        if value < 0 and mantissa != "0":
            return j.SIGNED, t.row(t.sign(t.MINUS, ("form", "prefix")), node)
        return (j.POWER if unit or exponent else j.WHOLE), node

    def combined(self, term: Combined) -> Part:
        match term.operator:
            case "+" | "-" | "*":
                first, rest = _unchain(term)
                return j.chain(self.part(first), [(operator, self.part(each)) for operator, each in rest])
            case "/":
                return j.divide(self.part(term.left), self.part(term.right))
            case "^":
                return j.raise_to(self.part(term.left), self.part(term.right))
            case "and" | "or":
                return j.connect(term.operator, self.part(term.left), self.part(term.right))
            case _:
                return j.compare(term.operator, self.part(term.left), self.part(term.right))

    def call(self, term: Called) -> Part:
        """A function; where its value does not follow from the numbers, that stands above it, or above its name."""
        places = [self.write(each, j.LOOSE) for each in term.arguments]
        level, call = j.call(term.function, _function, places)
        if term.value is None:
            return level, call
        if is_wide(term):
            call = t.row(_function(term.function), t.word(f"({j.ELLIPSIS})"))
        brace = Node("munder", (self.write(term.value, j.LOOSE), t.sign("⏟")))
        return j.WHOLE, Node("munder", (brace, call), (("class", "call"),))

    def gathered(self, term: Gathered) -> Part:
        if term.function != "sum":
            places = [self.write(member, j.LOOSE) for member in term.members]
            return j.WHOLE, t.row(_function(term.function), t.fenced(j.listed([*places, *_tell_more(term)])))
        parts = [(j.WHOLE, self.write(member, j.GATHERED)) for member in term.members]
        if term.rest is not None:
            parts.append((j.WHOLE, t.row(self.write(term.rest, j.GATHERED), *_tell_more(term))))
        else:
            parts += [(j.WHOLE, more) for more in _tell_more(term)]
        return j.chain(parts[0], [("+", part) for part in parts[1:]])


def _unchain(term: Combined) -> tuple[Term, list[tuple[str, Term]]]:
    """A sum or a product of many: the first, and the others with the operators in front of them."""
    level = j.CHAINS[term.operator][0]
    rest: list[tuple[str, Term]] = []
    first: Term = term
    while isinstance(first, Combined) and first.operator in j.CHAINS and j.CHAINS[first.operator][0] == level:
        rest.append((first.operator, first.right))
        first = first.left
    return first, rest[::-1]


def _tell_more(term: Gathered) -> list[Node]:
    return [_word(f"{t.WORD_SPACE}{_count_more(term)}", "keyword")] if term.more else []


def _count_more(term: Gathered) -> str:
    return f"({term.more} more)" if term.rest is not None else f"{j.ELLIPSIS} ({term.more} more)"


class _Speaker:
    """Writes numbers on one line of text, with the brackets that a formula has."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        self.spell = spell

    def say(self, term: Term, needed: int) -> str:
        level, text = self.part(term)
        return text if level >= needed else f"({text})"

    def part(self, term: Term) -> tuple[int, str]:
        match term:
            case Figure(value, unit):
                level = j.SIGNED if value < 0 else j.POWER if unit else j.WHOLE
                return level, f"{words.write_number(value)} {self.spell(unit)}".rstrip()
            case Phrase(text) | Named(text):
                return j.WHOLE, text
            case Stated(text, state):
                return j.COMPARED, f"{text} {state}"
            case Signed(operator, operand):
                level = j.NOT if operator == "not" else j.SIGNED
                return level, f"{'not ' if operator == 'not' else t.MINUS}{self.say(operand, level)}"
            case Combined():
                return self.combined(term)
            case Called(function, arguments, value):
                call = f"{function}({', '.join(self.say(each, j.LOOSE) for each in arguments)})"
                return j.WHOLE, call if value is None else f"({call} = {self.say(value, j.LOOSE)})"
            case Gathered():
                return self.gathered(term)
            case _:
                assert_never(term)

    def combined(self, term: Combined) -> tuple[int, str]:
        match term.operator:
            case "+" | "-" | "*":
                level, needed, sign = j.CHAINS[term.operator]
                right = self.part(term.right)
                bare = right[0] >= needed and right[0] != j.SIGNED
                return level, f"{self.say(term.left, level)} {sign} {right[1] if bare else f'({right[1]})'}"
            case "/":
                return j.PRODUCT, f"{self.say(term.left, j.PRODUCT)} / {self.say(term.right, j.POWER)}"
            case "^":
                return j.POWER, f"{self.say(term.left, j.WHOLE)}^{self.say(term.right, j.WHOLE)}"
            case "and" | "or":
                level = j.WORDS[term.operator]
                return level, f"{self.say(term.left, level)} {term.operator} {self.say(term.right, level + 1)}"
            case _:
                sides = (self.say(side, j.JOINED) for side in (term.left, term.right))
                return j.COMPARED, f" {j.SIGNS[term.operator]} ".join(sides)

    def gathered(self, term: Gathered) -> tuple[int, str]:
        if term.function != "sum":
            more = [_count_more(term)] if term.more else []
            return (
                j.WHOLE,
                f"{term.function}({', '.join([*(self.say(each, j.LOOSE) for each in term.members), *more])})",
            )
        parts = [self.say(member, j.GATHERED) for member in term.members]
        if term.more:
            rest = "" if term.rest is None else f"{self.say(term.rest, j.GATHERED)} "
            parts.append(rest + _count_more(term))
        return j.SUM, " + ".join(parts)
