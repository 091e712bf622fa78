"""Writes an expression as a formula. A name stays the word it is in the file, so that both can be read side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from gaic.report.mathml import joining as j
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

    from gaic.report.mathml.joining import Part
    from gaic.report.mathml.tokens import Link
    from gaic.syntax.expressions import (
        Argument,
        Expression,
        Generator,
    )


def unlinked(_: Name) -> None:
    """A formula without links."""


def write_math(expression: Expression, link: Link = unlinked, spell: Callable[[str], str] = str) -> Node:
    """The formula of an expression.

    `link` turns a name that stands in it (of a value, an object, a kind, a type, a function) into an address; `spell`
    writes a unit as pages do.
    """
    writer = _Writer(link, spell)
    return j.display(writer.write(expression, j.LOOSE), format_expression(expression))


def write_equation(
    name: Name, keys: Sequence[Name], expression: Expression, link: Link = unlinked, spell: Callable[[str], str] = str
) -> Node:
    """`name = expression`; `keys` stand below the name."""
    writer = _Writer(link, spell)
    subject = j.below(t.name(name, unlinked), [t.name(key, unlinked) for key in keys])
    read = f"{name.text}[{', '.join(key.text for key in keys)}]" if keys else name.text
    return j.display(j.equal(subject, writer.write(expression, j.LOOSE)), f"{read} = {format_expression(expression)}")


class _Writer:
    def __init__(self, link: Link, spell: Callable[[str], str]) -> None:
        self.link = link
        self.spell = spell

    def write(self, expression: Expression, needed: int) -> Node:
        """An expression where something at least so tight is needed."""
        return j.hold(self.part(expression), needed)

    def part(self, expression: Expression) -> Part:
        match expression:
            case Binary():
                return self.binary(expression)
            case Unary("not", operand):
                return j.deny(self.part(operand))
            case Unary(_, operand):
                return j.negate(self.part(operand))
            case Conditional():
                return j.LOOSE, self.cases(expression)
            case Convert(operand, unit):
                return j.CHANGED, t.row(self.write(operand, j.CHANGED), t.sign("→"), t.unit(self.spell(unit.text)))
            case Cast(operand, kind):
                return j.CHANGED, t.row(self.write(operand, j.CHANGED), t.keyword("as"), t.name(kind, self.link))
            case Spread(operator, left, right):
                between = t.sign("±") if operator == "+-" else t.keyword("to")
                return j.SPREAD, t.row(self.write(left, j.SIGNED), between, self.write(right, j.SIGNED))
            case Every(kind):
                return j.SIGNED, t.row(
                    t.word("every", "keyword"), t.gap(), t.name(Name(kind.text, kind.span), self.link)
                )
            case Sourced(value):
                return self.part(value)
            case Aggregate():
                return self.aggregate(expression)
            case Call():
                return j.WHOLE, self.call(expression)
            case Reference() | Member() | Index() | Amend():
                return j.WHOLE, self.place(expression)
            case _:
                return j.WHOLE, self.literal(expression)

    # ---------------------------------------------------------------- operators

    def binary(self, binary: Binary) -> Part:
        operator, left, right = binary.operator, binary.left, binary.right
        match operator:
            case "+" | "-" | "*":
                return self.chain(binary)
            case "/":
                return j.divide(self.part(left), self.part(right))
            case "^":
                return j.raise_to(self.part(left), self.part(right))
            case "and" | "or":
                return j.connect(operator, self.part(left), self.part(right))
            case "??":
                first = t.row(self.write(left, j.ELSE), t.keyword("if set, else"))
                return j.ELSE, j.joined((first, self.write(right, j.OR)))
            case "|":
                return j.JOINED, t.row(self.write(left, j.JOINED), t.sign("\N{UNION}"), self.write(right, j.RANGE))
            case "..":
                return j.RANGE, t.row(self.write(left, j.CHANGED), t.keyword("to"), self.write(right, j.CHANGED))
            case _:
                return j.compare(operator, self.part(left), self.part(right))

    def chain(self, binary: Binary) -> Part:
        """A sum or a product of many."""
        level = j.CHAINS[binary.operator][0]
        terms: list[tuple[str, Part]] = []
        first: Expression = binary
        while isinstance(first, Binary) and first.operator in j.CHAINS and j.CHAINS[first.operator][0] == level:
            terms.append((first.operator, self.part(first.right)))
            first = first.left
        return j.chain(self.part(first), terms[::-1])

    def cases(self, conditional: Conditional) -> Node:
        """The branches of `if` below one another behind a brace."""
        branches: list[tuple[Node, Node]] = []
        rest: Expression = conditional
        while isinstance(rest, Conditional):
            when = t.row(t.word("if", "keyword"), t.gap(), self.write(rest.condition, j.LOOSE))
            branches.append((self.write(rest.first, j.LOOSE), when))
            rest = rest.second
        branches.append((self.write(rest, j.LOOSE), t.word("otherwise", "keyword")))
        return t.row(t.sign("{"), _branches(branches))

    # ---------------------------------------------------------------- calls

    def call(self, call: Call) -> Node:
        function = call.function
        arguments = [self.argument(argument) for argument in call.arguments]
        if isinstance(function, Reference) and all(argument.name is None for argument in call.arguments):
            return j.call(function.name, lambda shown: self.function(function, shown), arguments)[1]
        return t.row(self.function(function), t.fenced(j.listed(arguments)))

    def function(self, function: Expression, shown: str = "") -> Node:
        """The name of a function."""
        if not isinstance(function, Reference):
            return self.write(function, j.WHOLE)
        return t.name(Name(function.name, function.span), self.link, shown, style="function")

    def argument(self, argument: Argument) -> Node:
        value = self.write(argument.value, j.LOOSE)
        return t.row(t.name(argument.name, unlinked), t.sign("="), value) if argument.name else value

    def aggregate(self, aggregate: Aggregate) -> Part:
        """Members below the sign, one line for each generator, the condition last."""
        function = aggregate.function.name if isinstance(aggregate.function, Reference) else ""
        lines = [self.generator(each) for each in aggregate.generators]
        if aggregate.condition is not None:
            lines.append(t.row(t.word("where", "keyword"), t.gap(), self.write(aggregate.condition, j.LOOSE)))
        members = lines[0] if len(lines) == 1 else t.stacked(lines, "members")
        if function == "sum":
            sigma = t.sign("∑", ("movablelimits", "false"), ("largeop", "true"))
            return j.GATHERED, t.row(Node("munder", (sigma, members)), self.write(aggregate.body, j.PRODUCT))
        sign = Node("munder", (self.function(aggregate.function), members))
        if function == "count":
            return j.GATHERED, sign
        return j.WHOLE, t.row(sign, t.fenced(self.write(aggregate.body, j.LOOSE)))

    def generator(self, generator: Generator) -> Node:
        return t.row(t.name(generator.name, unlinked), t.sign("∈"), self.write(generator.collection, j.SIGNED))

    # ---------------------------------------------------------------- names and values

    def place(self, expression: Reference | Member | Index | Amend) -> Node:
        match expression:
            case Reference(text, span):
                return t.name(Name(text, span), self.link)
            case Member(subject, name):
                dot = t.sign(".", ("lspace", "0"), ("rspace", "0"))
                return t.row(self.write(subject, j.WHOLE), dot, t.name(name, self.link))
            case Index(subject, keys):
                return j.below(self.write(subject, j.WHOLE), [self.write(key, j.LOOSE) for key in keys])
            case Amend(base, block):
                entries = [t.word(format_entry(entry)) for entry in block.entries]
                return t.row(self.write(base, j.WHOLE), t.keyword("with"), t.fenced(j.listed(entries, ";"), "{", "}"))
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
                return t.fenced(j.listed([t.number(repr(each).removesuffix(".0")) for each in values]), "[", "]")
            case ListLiteral(items):
                return t.fenced(j.listed([self.write(item, j.LOOSE) for item in items]), "[", "]")
            case Table(rows):
                lines = [
                    t.row(self.write(each.key, j.RANGE), t.sign("↦"), self.write(each.value, j.LOOSE)) for each in rows
                ]
                return t.row(t.sign("{"), t.stacked(j.shorten(lines)))
            case _:
                assert_never(expression)


def _branches(branches: Sequence[tuple[Node, Node]]) -> Node:
    """A column of values and one of when they hold; where that is too wide, each value below its condition."""
    if all(value.width + when.width <= j.LONGEST_EQUATION for value, when in branches):
        rows = tuple(Node("mtr", (Node("mtd", (value,)), Node("mtd", (when,)))) for value, when in branches)
        return Node("mtable", rows, (("class", "cases"), ("displaystyle", "true")))
    return t.stacked(line for value, when in branches for line in (when, t.row(t.gap("1.5em"), value)))
