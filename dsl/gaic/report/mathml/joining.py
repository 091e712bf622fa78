"""How parts of a formula are put together: which holds tightest, where brackets are wanted, where a line breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.report.mathml import tokens as t
from gaic.report.mathml.node import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# How tightly a part holds together; what stands beside an operator is bracketed if it is looser than that.
LOOSE, ELSE, OR, AND, NOT, COMPARED, JOINED, RANGE, CHANGED, SPREAD = range(10)
SUM, GATHERED, PRODUCT, SIGNED, QUOTIENT, POWER, WHOLE = range(10, 17)

SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠", "in": "∈"}
CHAINS = {"+": (SUM, GATHERED, "+"), "-": (SUM, GATHERED, t.MINUS), "*": (PRODUCT, SIGNED, t.TIMES)}
"""Of an operator that joins many: how tightly it holds, what its right side needs, its sign."""
WORDS = {"or": OR, "and": AND}
_BRACKETS = {"ceil": ("⌈", "⌉"), "floor": ("⌊", "⌋"), "abs": ("|", "|")}

# A sum, a product or a list of arguments that is wider goes over several lines.
LONGEST_LINE = 100
LONGEST_EQUATION = 100
MOST_ITEMS = 24
LONGEST_TEXT = 2000
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

Part = tuple[int, Node]
"""A part of a formula and how tightly it holds together."""


def display(inside: Node, text: str) -> Node:
    """A formula that stands alone, with its text beside it."""
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT] + ELLIPSIS
    return Node("math", (inside,), (("display", "block"), ("alttext", text)))


def equal(subject: Node, *values: Node) -> Node:
    """A name and what it equals, or what that equals again; wide values begin on lines of their own."""
    if subject.width + sum(value.width for value in values) <= LONGEST_EQUATION:
        return t.row(subject, *(each for value in values for each in (t.sign("="), value)))
    first, *rest = values
    lines = [t.row(subject, t.sign("=")), t.row(t.gap("2em"), first)]
    return t.stacked([*lines, *(t.row(t.gap("1em"), t.between("="), value) for value in rest)])


def hold(part: Part, needed: int) -> Node:
    """A part where something at least so tight is needed: in brackets if it is looser."""
    level, node = part
    return node if level >= needed else t.fenced(node)


# ---------------------------------------------------------------- operators


def negate(operand: Part) -> Part:
    """`-x`."""
    return SIGNED, t.row(t.sign(t.MINUS, ("form", "prefix")), hold(operand, SIGNED))


def deny(operand: Part) -> Part:
    """`not x`."""
    return NOT, t.row(t.word("not", "keyword"), t.gap(), hold(operand, NOT))


def chain(first: Part, rest: Sequence[tuple[str, Part]]) -> Part:
    """A sum or a product of many, over several lines if it is wide: the operators are all `+` and `-`, or all `*`."""
    level = CHAINS[rest[0][0]][0]
    parts = [hold(first, level)]
    for operator, term in rest:
        _, needed, text = CHAINS[operator]
        # A sum over members takes in every product behind it, so it may stand bare only at the end.
        # No two signs stand in a row.
        right = t.fenced(term[1]) if term[0] == SIGNED else hold(term, needed)
        parts.append(t.row(t.between(text), right))
    return level, joined(parts)


def divide(left: Part, right: Part) -> Part:
    """`a / b`: the bar holds both sides together, no brackets are wanted around it."""
    return QUOTIENT, Node("mfrac", (left[1], right[1]))


def raise_to(left: Part, right: Part) -> Part:
    """`a ^ b`."""
    return POWER, Node("msup", (hold(left, WHOLE), right[1]))


def compare(operator: str, left: Part, right: Part) -> Part:
    """`a < b` and the like."""
    return COMPARED, t.row(hold(left, JOINED), t.sign(SIGNS[operator]), hold(right, JOINED))


def connect(operator: str, left: Part, right: Part) -> Part:
    """`a and b`, `a or b`."""
    level = WORDS[operator]
    return level, joined((t.row(hold(left, level), t.keyword(operator)), hold(right, level + 1)))


def call(function: str, name: Callable[[str], Node], places: Sequence[Node]) -> Part:
    """A function of arguments by place: brackets of their own for some, else its name, which `name` writes."""
    match function, places:
        case (("ceil" | "floor" | "abs"), [inside, *unit]):
            return WHOLE, below(t.fenced(inside, *_BRACKETS[function]), unit)
        case "sqrt", [inside]:
            return WHOLE, Node("msqrt", (inside,))
        case "log2", [inside]:
            return WHOLE, t.row(below(name("log"), [t.number("2")]), t.fenced(inside))
        case _:
            return WHOLE, t.row(name(function), t.fenced(listed(places)))


def below(base: Node, keys: Sequence[Node]) -> Node:
    """Something with a key, or several, below the line."""
    return Node("msub", (base, t.listed(keys))) if keys else base


# ---------------------------------------------------------------- lines


def joined(parts: Sequence[Node]) -> Node:
    """Parts side by side, or below one another as far as they are too wide for one line."""
    if sum(part.width for part in parts) <= LONGEST_LINE:
        return t.row(*parts)
    lines: list[list[Node]] = [[]]
    for part in parts:
        if lines[-1] and sum(each.width for each in lines[-1]) + part.width > LONGEST_LINE:
            lines.append([])
        lines[-1].append(part)
    return t.stacked(t.row(*line) for line in lines) if len(lines) > 1 else t.row(*parts)


def listed(parts: Sequence[Node], separator: str = ",") -> Node:
    """Parts with commas between them, over several lines if they are wide."""
    parts = shorten(parts)
    marked = [*(t.row(part, t.sign(separator)) for part in parts[:-1]), *parts[-1:]]
    return joined(marked) if marked else Node("mrow")


def shorten(parts: Sequence[Node]) -> list[Node]:
    """Some of many parts, and how many more there are."""
    if len(parts) <= MOST_ITEMS:
        return list(parts)
    return [*parts[:MOST_ITEMS], t.word(f"{ELLIPSIS} {len(parts) - MOST_ITEMS} more")]
