"""Trees back to text: the one-line form of expressions, types and entries.

Reading the text again gives the same tree, and there are no more parentheses than that takes. Numbers stay as
they were written.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, assert_never

from gaic.syntax.declarations import (
    Assert,
    Back,
    Calc,
    Field,
    Input,
    Let,
    MeasureType,
    Ref,
    SetEntry,
    Unsupported,
)
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

if TYPE_CHECKING:
    from gaic.syntax.declarations import Entry, Limits, LinkType, ValueType
    from gaic.syntax.expressions import Argument, Expression, Generator

# Levels of the grammar, loosest first. What an operand needs is at least the level behind it.
_SOURCED, _WHOLE, _NOT, _CONVERT, _SPREAD, _SIGNED, _LITERAL, _PLACE = 0, 1, 5, 9, 10, 13, 15, 16
_BINARY = {
    "??": (2, 2, 3),
    "or": (3, 3, 4),
    "and": (4, 4, 5),
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!=", "in"), (6, 7, 7)),
    "|": (7, 7, 8),
    "..": (8, 9, 9),
    "+": (11, 11, 12),
    "-": (11, 11, 12),
    "*": (12, 12, 13),
    "/": (12, 12, 13),
    "^": (14, 15, 13),
}
"""For each operator its own level and what its left and right side need."""
_ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def format_expression(expression: Expression) -> str:
    """The text of an expression in one line."""
    return _format(expression, _SOURCED)


def format_type(kind: ValueType) -> str:
    """The text of a type, such as `amount Ticket/Time` or `a | b?`."""
    if not isinstance(kind, MeasureType):
        return " | ".join(word.text for word in kind.words) + ("?" if kind.optional else "")
    text = ""
    for index, factor in enumerate(kind.factors):
        sign = "" if index == 0 else "*" if factor.exponent > 0 else "/"
        power = abs(factor.exponent)
        text += f"{sign}{factor.name.text}{f'^{power}' if power != 1 else ''}"
    form = "" if kind.form == "scalar" else f"{kind.form} "
    return f"{'weekly ' if kind.weekly else ''}{form}{text}{'?' if kind.optional else ''}"


def format_entry(entry: Entry) -> str:
    """The text of an entry of a block in one line, without its documentation."""
    match entry:
        case Field(name, value):
            return f"{name.text} = {format_expression(value)}"
        case Input():
            return _format_input(entry)
        case Ref(name, kind, value):
            return f"ref {name.text}{f' : {_format_link(kind)}' if kind else ''}{_equals(value)}"
        case Back(name, path):
            return f"back {name.text} = {path.text}"
        case SetEntry(name, value):
            return f"set {name.text}{_equals(value)}"
        case Let(name, let_type, value):
            return f"let {name.text}{f' : {format_type(let_type)}' if let_type else ''}{_equals(value)}"
        case Calc():
            return _format_calc(entry)
        case Assert(name, condition, severity, message):
            text = _format(condition, _WHOLE)
            return f"assert {name.text}: {text} else {severity.text} {_quoted(message.value)}"
        case Unsupported():
            return entry.span.text
        case _:
            assert_never(entry)


def _equals(value: Expression | None) -> str:
    return "" if value is None else f" = {format_expression(value)}"


def _format_input(entry: Input) -> str:
    text = f"input {entry.name.text} : {format_type(entry.type)}{_equals(entry.default)}"
    for word, limits in (("within", entry.within), ("usual", entry.usual)):
        if limits:
            text += f" {word} {_format_limits(limits)}"
    return text


def _format_limits(limits: Limits) -> str:
    needed = _BINARY["+"][0]
    return f"{_format(limits.low, needed)} .. {_format(limits.high, needed)}"


def _format_link(kind: LinkType) -> str:
    return f"[{kind.kind.text}]" if kind.many else f"{kind.kind.text}{'?' if kind.optional else ''}"


def _format_calc(entry: Calc) -> str:
    keys = f"[{', '.join(_generator(each) for each in entry.binders)}]" if entry.binders else ""
    counts = f" counts {entry.counts.criterion.text} {entry.counts.phase.text}" if entry.counts else ""
    return f"calc {entry.name.text}{keys} : {format_type(entry.type)}{counts}{_equals(entry.formula)}"


def _format(expression: Expression, needed: int) -> str:
    level, text = _written(expression)
    return text if level >= needed else f"({text})"


def _written(expression: Expression) -> tuple[int, str]:
    """The text of an expression and its level."""
    match expression:
        case Binary(operator, left, right):
            level, left_needs, right_needs = _BINARY[operator]
            return level, f"{_format(left, left_needs)} {operator} {_format(right, right_needs)}"
        case Unary("not", operand):
            return _NOT, f"not {_format(operand, _NOT)}"
        case Unary(operator, operand):
            return _SIGNED, f"{operator}{_format(operand, _SIGNED)}"
        case Conditional(condition, first, second):
            parts = (_format(part, _WHOLE) for part in (condition, first, second))
            return _WHOLE, "if {} then {} else {}".format(*parts)
        case Convert(operand, unit):
            return _CONVERT, f"{_format(operand, _CONVERT)} -> {unit.text}"
        case Cast(operand, kind):
            return _CONVERT, f"{_format(operand, _CONVERT)} as {kind.text}"
        case Spread(operator, left, right):
            return _SPREAD, f"{_format(left, _SIGNED)} {operator} {_format(right, _SIGNED)}"
        case Every(kind):
            return _SIGNED, f"every {kind.text}"
        case Sourced():
            return _SOURCED, _sourced(expression)
        case Reference() | Member() | Index() | Call() | Aggregate() | Amend():
            return _PLACE, _place(expression)
        case _:
            return _LITERAL, _literal(expression)


def _place(expression: Reference | Member | Index | Call | Aggregate | Amend) -> str:
    match expression:
        case Reference(name):
            return name
        case Member(subject, name):
            return f"{_format(subject, _PLACE)}.{name.text}"
        case Index(subject, keys):
            return f"{_format(subject, _PLACE)}[{', '.join(_format(key, _WHOLE) for key in keys)}]"
        case Call(function, arguments):
            return f"{_format(function, _PLACE)}({', '.join(_argument(argument) for argument in arguments)})"
        case Aggregate(function, body, generators, condition):
            loops = "".join(f" for {_generator(each)}" for each in generators)
            where = f" where {_format(condition, _WHOLE)}" if condition is not None else ""
            return f"{_format(function, _PLACE)}({_format(body, _WHOLE)}{loops}{where})"
        case Amend(base, block):
            entries = "; ".join(format_entry(entry) for entry in block.entries)
            return f"{_format(base, _PLACE)} {{ {entries} }}" if entries else f"{_format(base, _PLACE)} {{}}"
        case _:
            assert_never(expression)


def _argument(argument: Argument) -> str:
    name = f"{argument.name.text} = " if argument.name else ""
    return name + _format(argument.value, _WHOLE)


def _generator(generator: Generator) -> str:
    source = generator.collection
    return f"{generator.name.text} in {_format(source, _SIGNED if isinstance(source, Every) else _PLACE)}"


def _literal(
    expression: Number | Quantity | Numbers | Text | Truth | Nothing | Date | ClockTime | ListLiteral | Table,
) -> str:
    match expression:
        case Number(_, text) | Date(text) | ClockTime(text):
            return text
        case Quantity(_, text, unit):
            return f"{text} {unit.text}"
        case Numbers(values):
            return f"[{', '.join(_plain(value) for value in values)}]"
        case Text(value):
            return _quoted(value)
        case Truth(value):
            return "true" if value else "false"
        case Nothing():
            return "nothing"
        case ListLiteral(items):
            return f"[{', '.join(format_expression(item) for item in items)}]"
        case Table(rows):
            texts = [f"{_format(row.key, _BINARY['..'][0])} => {format_expression(row.value)}" for row in rows]
            return f"{{ {', '.join(texts)} }}" if texts else "{}"
        case _:
            assert_never(expression)


def _sourced(expression: Sourced) -> str:
    text = _format(expression.value, _WHOLE)
    if expression.source is not None:
        text += f" from {expression.source.text}"
    if expression.confidence is not None:
        text += f" conf {expression.confidence.text}"
    if expression.note is not None:
        text += f" note {_quoted(expression.note.value)}"
    return text


def _plain(value: float) -> str:
    """The shortest decimal that is this number; whole numbers without a point."""
    return repr(value).removesuffix(".0")


def _quoted(value: str) -> str:
    return '"' + "".join(_ESCAPES.get(character) or _seen(character) for character in value) + '"'


def _seen(character: str) -> str:
    """A character, or the escape of one that is not seen."""
    return f"\\u{{{ord(character):x}}}" if unicodedata.category(character) in _UNSEEN else character
