"""Writes an expression as a formula. A name stays the word it is in the file, so that both can be read side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from gaic.report.mathml import tokens as t
from gaic.report.mathml.node import Node
from gaic.syntax.expressions import (
    Aggregate,
    Amend,
    Binary,
    Call,
    Cast,
    ClockTime,
    Conditional,
    Convert,
    Date,
    Every,
    Index,
    ListLiteral,
    Member,
    Name,
    Nothing,
    Number,
    Numbers,
    Quantity,
    Reference,
    Sourced,
    Spread,
    Table,
    Text,
    Truth,
    Unary,
)
from gaic.syntax.format import format_entry, format_expression

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gaic.report.mathml.tokens import Link
    from gaic.syntax.expressions import (
        Argument,
        Expression,
        Generator,
    )

# How tightly a part holds together; what stands beside an operator is bracketed if it is looser than that.
_LOOSE, _ELSE, _OR, _AND, _NOT, _COMPARED, _JOINED, _RANGE, _CHANGED, _SPREAD = range(10)
_SUM, _GATHERED, _PRODUCT, _SIGNED, _POWER, _WHOLE = range(10, 16)

_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠", "in": "∈"}
_WORDS = {"or": _OR, "and": _AND}
_BRACKETS = {"ceil": ("⌈", "⌉"), "floor": ("⌊", "⌋"), "abs": ("|", "|")}

# A sum, a product or a list of arguments that is wider goes over several lines.
LONGEST_LINE = 84
LONGEST_EQUATION = 110
MOST_ITEMS = 24
LONGEST_TEXT = 2000
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

Part = tuple[int, Node]
"""A part of a formula and how tightly it holds together."""


def unlinked(_: Name) -> None:
    """A formula without links."""


def write_math(expression: Expression, link: Link = unlinked, spell: Callable[[str], str] = str) -> Node:
    """The formula of an expression.

    `link` turns a name that stands in it (of a value, an object, a kind, a type, a function) into an address; `spell`
    writes a unit as pages do.
    """
    writer = _Writer(link, spell)
    return _display(writer.write(expression, _LOOSE), format_expression(expression))


def write_equation(
    name: Name, keys: Sequence[Name], expression: Expression, link: Link = unlinked, spell: Callable[[str], str] = str
) -> Node:
    """`name = expression`; `keys` stand below the name."""
    writer = _Writer(link, spell)
    subject = writer.below(t.name(name, unlinked), [t.name(key, unlinked) for key in keys])
    read = f"{name.text}[{', '.join(key.text for key in keys)}]" if keys else name.text
    return _display(_equal(subject, writer.write(expression, _LOOSE)), f"{read} = {format_expression(expression)}")


def _display(inside: Node, text: str) -> Node:
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT] + ELLIPSIS
    return Node("math", (inside,), (("display", "block"), ("alttext", text)))


def _equal(subject: Node, value: Node) -> Node:
    """A name and what it equals; a wide value begins on a line of its own."""
    if subject.width + value.width <= LONGEST_EQUATION:
        return t.row(subject, t.sign("="), value)
    return t.stacked((t.row(subject, t.sign("=")), t.row(t.gap("2em"), value)))


class _Writer:
    def __init__(self, link: Link, spell: Callable[[str], str]) -> None:
        self.link = link
        self.spell = spell

    def write(self, expression: Expression, needed: int) -> Node:
        """An expression where something at least so tight is needed."""
        level, node = self.part(expression)
        return node if level >= needed else t.fenced(node)

    def part(self, expression: Expression) -> Part:
        match expression:
            case Binary():
                return self.binary(expression)
            case Unary("not", operand):
                return _NOT, t.row(t.word("not", "keyword"), t.gap(), self.write(operand, _NOT))
            case Unary(_, operand):
                return _SIGNED, t.row(t.sign(t.MINUS, ("form", "prefix")), self.write(operand, _SIGNED))
            case Conditional():
                return _LOOSE, self.cases(expression)
            case Convert(operand, unit):
                return _CHANGED, t.row(self.write(operand, _CHANGED), t.sign("→"), t.unit(self.spell(unit.text)))
            case Cast(operand, kind):
                return _CHANGED, t.row(self.write(operand, _CHANGED), t.keyword("as"), t.name(kind, self.link))
            case Spread(operator, left, right):
                between = t.sign("±") if operator == "+-" else t.keyword("to")
                return _SPREAD, t.row(self.write(left, _SIGNED), between, self.write(right, _SIGNED))
            case Every(kind):
                return _SIGNED, t.row(
                    t.word("every", "keyword"), t.gap(), t.name(Name(kind.text, kind.span), self.link)
                )
            case Sourced(value):
                return self.part(value)
            case Aggregate():
                return self.aggregate(expression)
            case Call():
                return _WHOLE, self.call(expression)
            case Reference() | Member() | Index() | Amend():
                return _WHOLE, self.place(expression)
            case _:
                return _WHOLE, self.literal(expression)

    # ---------------------------------------------------------------- operators

    def binary(self, binary: Binary) -> Part:
        operator, left, right = binary.operator, binary.left, binary.right
        match operator:
            case "+" | "-":
                return _SUM, self.chain(binary, {"+": "+", "-": t.MINUS}, _SUM, _GATHERED)
            case "*":
                return _PRODUCT, self.chain(binary, {"*": t.TIMES}, _PRODUCT, _SIGNED)
            case "/":
                # Tighter than a product: the bar holds both sides together, no brackets are wanted around it.
                return _SIGNED, Node("mfrac", (self.write(left, _LOOSE), self.write(right, _LOOSE)))
            case "^":
                return _POWER, Node("msup", (self.write(left, _WHOLE), self.write(right, _LOOSE)))
            case "and" | "or":
                level = _WORDS[operator]
                parts = t.row(self.write(left, level), t.keyword(operator)), self.write(right, level + 1)
                return level, _joined(parts)
            case "??":
                return _ELSE, _joined(
                    (t.row(self.write(left, _ELSE), t.keyword("if set, else")), self.write(right, _OR))
                )
            case "|":
                return _JOINED, t.row(self.write(left, _JOINED), t.sign("\N{UNION}"), self.write(right, _RANGE))
            case "..":
                return _RANGE, t.row(self.write(left, _CHANGED), t.keyword("to"), self.write(right, _CHANGED))
            case _:
                sides = self.write(left, _JOINED), self.write(right, _JOINED)
                return _COMPARED, t.row(sides[0], t.sign(_SIGNS[operator]), sides[1])

    def chain(self, binary: Binary, signs: dict[str, str], level: int, right_needs: int) -> Node:
        """A sum or a product of many, over several lines if it is wide."""
        terms: list[tuple[str, Expression]] = []
        first: Expression = binary
        while isinstance(first, Binary) and first.operator in signs:
            terms.append((signs[first.operator], first.right))
            first = first.left
        # A sum over members takes in every product behind it, so it may stand bare only at the end.
        parts = [self.write(first, level)]
        for text, term in reversed(terms):
            right = self.write(term, _POWER if isinstance(term, Unary) else right_needs)  # no two signs in a row
            parts.append(t.row(t.between(text), right))
        return _joined(parts)

    def cases(self, conditional: Conditional) -> Node:
        """The branches of `if` below one another behind a brace."""
        branches: list[tuple[Node, Node]] = []
        rest: Expression = conditional
        while isinstance(rest, Conditional):
            when = t.row(t.word("if", "keyword"), t.gap(), self.write(rest.condition, _LOOSE))
            branches.append((self.write(rest.first, _LOOSE), when))
            rest = rest.second
        branches.append((self.write(rest, _LOOSE), t.word("otherwise", "keyword")))
        return t.row(t.sign("{"), _branches(branches))

    # ---------------------------------------------------------------- calls

    def call(self, call: Call) -> Node:
        function = call.function.name if isinstance(call.function, Reference) else ""
        places = [argument.value for argument in call.arguments if argument.name is None]
        if len(places) == len(call.arguments):
            match function, places:
                case (("ceil" | "floor" | "abs"), [inside, *unit]):
                    whole = t.fenced(self.write(inside, _LOOSE), *_BRACKETS[function])
                    return self.below(whole, [self.write(each, _LOOSE) for each in unit])
                case "sqrt", [inside]:
                    return Node("msqrt", (self.write(inside, _LOOSE),))
                case "log2", [inside]:
                    logarithm = self.below(self.function(call.function, "log"), [t.number("2")])
                    return t.row(logarithm, t.fenced(self.write(inside, _LOOSE)))
                case _:
                    pass
        arguments = [self.argument(argument) for argument in call.arguments]
        return t.row(self.function(call.function), t.fenced(_listed(arguments)))

    def function(self, function: Expression, shown: str = "") -> Node:
        """The name of a function."""
        if not isinstance(function, Reference):
            return self.write(function, _WHOLE)
        return t.name(Name(function.name, function.span), self.link, shown, style="function")

    def argument(self, argument: Argument) -> Node:
        value = self.write(argument.value, _LOOSE)
        return t.row(t.name(argument.name, unlinked), t.sign("="), value) if argument.name else value

    def aggregate(self, aggregate: Aggregate) -> Part:
        """Members below the sign, one line for each generator, the condition last."""
        function = aggregate.function.name if isinstance(aggregate.function, Reference) else ""
        lines = [self.generator(each) for each in aggregate.generators]
        if aggregate.condition is not None:
            lines.append(t.row(t.word("where", "keyword"), t.gap(), self.write(aggregate.condition, _LOOSE)))
        members = lines[0] if len(lines) == 1 else t.stacked(lines, "members")
        if function == "sum":
            sigma = t.sign("∑", ("movablelimits", "false"), ("largeop", "true"))
            return _GATHERED, t.row(Node("munder", (sigma, members)), self.write(aggregate.body, _PRODUCT))
        sign = Node("munder", (self.function(aggregate.function), members))
        if function == "count":
            return _GATHERED, sign
        return _WHOLE, t.row(sign, t.fenced(self.write(aggregate.body, _LOOSE)))

    def generator(self, generator: Generator) -> Node:
        return t.row(t.name(generator.name, unlinked), t.sign("∈"), self.write(generator.collection, _SIGNED))

    def below(self, base: Node, keys: Sequence[Node]) -> Node:
        """Something with a key, or several, below the line."""
        return Node("msub", (base, t.listed(keys))) if keys else base

    # ---------------------------------------------------------------- names and values

    def place(self, expression: Reference | Member | Index | Amend) -> Node:
        match expression:
            case Reference(text, span):
                return t.name(Name(text, span), self.link)
            case Member(subject, name):
                dot = t.sign(".", ("lspace", "0"), ("rspace", "0"))
                return t.row(self.write(subject, _WHOLE), dot, t.name(name, self.link))
            case Index(subject, keys):
                return self.below(self.write(subject, _WHOLE), [self.write(key, _LOOSE) for key in keys])
            case Amend(base, block):
                entries = [t.word(format_entry(entry)) for entry in block.entries]
                return t.row(self.write(base, _WHOLE), t.keyword("with"), t.fenced(_listed(entries, ";"), "{", "}"))
            case _:
                assert_never(expression)

    def literal(
        self,
        expression: Number | Quantity | Numbers | Text | Truth | Nothing | Date | ClockTime | ListLiteral | Table,
    ) -> Node:
        match expression:
            case Number(_, text):
                return t.number(text)
            case Quantity(_, text, unit):
                return t.row(t.number(text), t.unit(self.spell(unit.text)))
            case Date(text) | ClockTime(text):
                return t.word(text)
            case Text(value):
                return t.word(f"“{value}”")
            case Truth(value):
                return t.word("true" if value else "false")
            case Nothing():
                return t.word("nothing")
            case Numbers(values):
                return t.fenced(_listed([t.number(repr(each).removesuffix(".0")) for each in values]), "[", "]")
            case ListLiteral(items):
                return t.fenced(_listed([self.write(item, _LOOSE) for item in items]), "[", "]")
            case Table(rows):
                lines = [
                    t.row(self.write(each.key, _RANGE), t.sign("↦"), self.write(each.value, _LOOSE)) for each in rows
                ]
                return t.row(t.sign("{"), t.stacked(_shorten(lines)))
            case _:
                assert_never(expression)


def _branches(branches: Sequence[tuple[Node, Node]]) -> Node:
    """A column of values and one of when they hold; where that is too wide, each value below its condition."""
    if all(value.width + when.width <= LONGEST_EQUATION for value, when in branches):
        rows = tuple(Node("mtr", (Node("mtd", (value,)), Node("mtd", (when,)))) for value, when in branches)
        return Node("mtable", rows, (("class", "cases"), ("displaystyle", "true")))
    return t.stacked(line for value, when in branches for line in (when, t.row(t.gap("1.5em"), value)))


def _joined(parts: Sequence[Node]) -> Node:
    """Parts side by side, or below one another as far as they are too wide for one line."""
    if sum(part.width for part in parts) <= LONGEST_LINE:
        return t.row(*parts)
    lines: list[list[Node]] = [[]]
    for part in parts:
        if lines[-1] and sum(each.width for each in lines[-1]) + part.width > LONGEST_LINE:
            lines.append([])
        lines[-1].append(part)
    return t.stacked(t.row(*line) for line in lines) if len(lines) > 1 else t.row(*parts)


def _listed(parts: Sequence[Node], separator: str = ",") -> Node:
    """Parts with commas between them, over several lines if they are wide."""
    parts = _shorten(parts)
    marked = [*(t.row(part, t.sign(separator)) for part in parts[:-1]), *parts[-1:]]
    return _joined(marked) if marked else Node("mrow")


def _shorten(parts: Sequence[Node]) -> list[Node]:
    """Some of many parts, and how many more there are."""
    if len(parts) <= MOST_ITEMS:
        return list(parts)
    return [*parts[:MOST_ITEMS], t.word(f"{ELLIPSIS} {len(parts) - MOST_ITEMS} more")]
