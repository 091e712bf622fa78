"""From the rules of the grammar to the expressions of the tree, one method for each rule or alias."""

from __future__ import annotations

import re
from math import nan
from typing import TYPE_CHECKING, Any, Protocol

from gaic.parse.faults import Fault, say
from gaic.parse.text import shortened, text_value
from gaic.source.diagnostic import Diagnostic, Label
from gaic.source.limits import Limits
from gaic.source.text import SourceFile, Span
from gaic.syntax.declarations import Block, Unsupported
from gaic.syntax.expressions import (
    Aggregate,
    Amend,
    Argument,
    Binary,
    Call,
    Cast,
    ClockTime,
    Conditional,
    Convert,
    Date,
    Every,
    Generator,
    Index,
    ListLiteral,
    Member,
    Name,
    Nothing,
    Number,
    Numbers,
    Path,
    Quantity,
    Reference,
    Row,
    Sourced,
    Spread,
    Table,
    Text,
    Truth,
    Unary,
)

if TYPE_CHECKING:
    from lark import Token

    from gaic.syntax.expressions import Expression

Children = list[Any]
"""What a rule has recognised, in order: tokens and nodes, and None for an optional part that is not there."""

CONFIDENCES = ("high", "medium", "low")
_NUMBER = re.compile(r"[\d_]+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_SAFE_LENGTH = 300  # of a number without exponent that is neither too long nor too large
_UNIT_EXPONENT = re.compile(r"\^-?(\d+)")


class Placed(Protocol):
    """A node of the tree, which knows its place."""

    @property
    def span(self) -> Span:
        """Where it stands."""


def nodes(children: Children) -> Children:
    """The nodes among children: separators and brackets are tokens, and tokens are strings."""
    return [child for child in children if not isinstance(child, str)]


class ExpressionBuilder:
    """Builds the nodes of one file; `start_file` is called before its first chunk.

    A fault that leaves a sensible node behind (a clause given twice) is collected in `diagnostics`, and
    reading goes on.
    """

    def __init__(self) -> None:
        self.start_file(SourceFile("", ""), Limits())

    def start_file(self, file: SourceFile, limits: Limits) -> None:
        """Forget the file before."""
        self.file = file
        self.bounds = limits
        self.diagnostics: list[Diagnostic] = []
        self.lost: list[str] = []
        self.lost_entries: dict[int, list[str]] = {}
        self.start_chunk()

    def start_chunk(self) -> None:
        """Forget the chunk before: where brackets stood around an expression, by the identity of its node."""
        self._brackets: dict[int, tuple[Expression, int, int]] = {}
        self.lost_entries.clear()  # names of broken entries, by the place of the `{` of their block

    def report(self, fault: Fault, message: str, span: Span, help_: str | None = None) -> None:
        """Collect a diagnostic."""
        self.collect(say(fault, message, span, help_))

    def collect(self, diagnostic: Diagnostic) -> None:
        """Collect a diagnostic, up to as many as anyone would read."""
        if len(self.diagnostics) < self.bounds.mistakes:
            self.diagnostics.append(diagnostic)

    # ---------------------------------------------------------------- places

    def _span(self, first: Token | Placed, last: Token | Placed) -> Span:
        """From the start of one part to the end of another, tokens or nodes, with brackets around them."""
        if isinstance(first, str):
            start = first.start_pos or 0
        else:
            outer = self._brackets.get(id(first))
            start = outer[1] if outer else first.span.start
        if isinstance(last, str):
            end = last.end_pos or 0
        else:
            outer = self._brackets.get(id(last))
            end = outer[2] if outer else last.span.end
        return Span(self.file, start, end)

    def _token_span(self, token: Token) -> Span:
        return Span(self.file, token.start_pos or 0, token.end_pos or 0)

    # ---------------------------------------------------------------- names

    def _name(self, token: Token) -> Name:
        text: str = token.value
        span = self._token_span(token)
        if len(text) > self.bounds.name_length:
            self.report(
                Fault.NAME_LENGTH,
                f"this name has {len(text)} characters; at most {self.bounds.name_length} are allowed",
                span,
                "use a shorter name",
            )
        return Name(text, span)

    def _unit_name(self, token: Token) -> Name:
        """A unit where it stands alone, with the bound on its exponents checked."""
        return self._unit(token.value, self._token_span(token))

    def _unit(self, text: str, span: Span) -> Name:
        if len(text) > self.bounds.name_length:
            most = self.bounds.name_length
            self.report(Fault.NAME_LENGTH, f"this unit has {len(text)} characters; at most {most} are allowed", span)
        elif "^" in text:
            for match in _UNIT_EXPONENT.finditer(text):
                self._exponent_fits(match[1], span)
        return Name(text, span)

    def path(self, children: Children) -> Path:
        """`a.b.c`."""
        if len(children) == 1:
            name = self._name(children[0])
            return Path((name,), name.span)
        return Path(tuple(self._name(child) for child in children[::2]), self._span(children[0], children[-1]))

    typename = path

    # ---------------------------------------------------------------- literals

    def _exponent_fits(self, digits: str, span: Span) -> bool:
        """Whether an exponent is within its bound; a message says so if not."""
        most = self.bounds.exponent
        significant = digits.lstrip("0")
        if len(significant) <= len(str(most)) and int(significant or "0") <= most:
            return True
        shown = shortened(significant, 20)
        self.report(Fault.EXPONENT, f"the exponent {shown} is too large; at most {most} is allowed", span)
        return False

    def _float(self, text: str, span: Span) -> float:
        """The value of a number whose digits and exponent are within bounds; no number where they are not."""
        mantissa, mark, exponent = text.lower().partition("e")
        if mark and not self._exponent_fits(exponent.lstrip("+-"), span):
            return nan
        if len(mantissa) > self.bounds.digits:
            count = sum(character.isdigit() for character in mantissa)
            if count > self.bounds.digits:
                most = self.bounds.digits
                self.report(Fault.DIGITS, f"this number has {count} digits; at most {most} are allowed", span)
                return nan
        value = float(text)
        if value in (float("inf"), float("-inf")):
            help_ = "write it in a larger unit"
            self.report(Fault.DIGITS, "this number is too large; the largest is about 1.8e308", span, help_)
            return nan
        return value

    def number(self, children: Children) -> Number:
        """`1_000`, `2.5e3`."""
        text: str = children[0].value
        span = self._token_span(children[0])
        return Number(self._float(text, span), text, span)

    def quantity_literal(self, children: Children) -> Quantity:
        """`21.4 m/s`."""
        token = children[0]
        whole: str = token.value
        number = _NUMBER.match(whole)[0]  # type: ignore[index]  # a quantity token begins so
        unit = whole[len(number) :].lstrip(" \t")
        span = self._token_span(token)
        name = self._unit(unit, Span(self.file, span.end - len(unit), span.end))
        return Quantity(self._float(number, span), number, name, span)

    def numbers(self, children: Children) -> Numbers:
        """`[1, 2, 3, ...]`, sixteen or more plain numbers."""
        text: str = children[1].value
        parts = text.rstrip().rstrip(",").split(",")
        span = self._span(children[0], children[2])
        if "e" in text or "E" in text or max(map(len, parts)) > _SAFE_LENGTH:
            return Numbers(tuple(self._float(part.strip(), span) for part in parts), span)
        return Numbers(tuple(map(float, parts)), span)

    def _text(self, token: Token) -> Text:
        value, wrong = text_value(token.value)
        for offset, escape in wrong:
            start = (token.start_pos or 0) + offset
            self.report(
                Fault.ESCAPE,
                f"`{escape}` is no escape",
                Span(self.file, start, start + len(escape)),
                'a backslash is `\\\\`; the others are `\\n`, `\\t`, `\\"` and `\\u{1F600}`',
            )
        return Text(value, self._token_span(token))

    def text(self, children: Children) -> Text:
        """A text in quotes."""
        return self._text(children[0])

    def date(self, children: Children) -> Date:
        """`2026-01-01`."""
        return Date(children[0].value, self._token_span(children[0]))

    def time(self, children: Children) -> ClockTime:
        """`07:00`."""
        return ClockTime(children[0].value, self._token_span(children[0]))

    def truth(self, children: Children) -> Truth:
        """`true`, `false`."""
        return Truth(children[0].value == "true", self._token_span(children[0]))

    def nothing(self, children: Children) -> Nothing:
        """`nothing`."""
        return Nothing(self._token_span(children[0]))

    def list_literal(self, children: Children) -> ListLiteral:
        """`[a, 2 * b]`."""
        return ListLiteral(tuple(nodes(children)), self._span(children[0], children[-1]))

    def table(self, children: Children) -> Table:
        """`{ key => value }`."""
        return Table(tuple(nodes(children)), self._span(children[0], children[-1]))

    def row(self, children: Children) -> Row:
        """`key => value`."""
        return Row(children[0], children[2])

    # ---------------------------------------------------------------- places of values

    def reference(self, children: Children) -> Reference:
        """A bare name."""
        name = self._name(children[0])
        return Reference(name.text, name.span)

    def group(self, children: Children) -> Expression:
        """`(e)` is e; the brackets belong to the place of what is made with it."""
        inner: Expression = children[1]
        self._brackets[id(inner)] = (inner, children[0].start_pos, children[2].end_pos)
        return inner

    def member(self, children: Children) -> Member:
        """`subject.name`."""
        subject, _, name = children
        return Member(subject, self._name(name), self._span(subject, name))

    def index(self, children: Children) -> Index:
        """`subject[key, key]`."""
        subject, _, *keys, close = children
        return Index(subject, tuple(nodes(keys)), self._span(subject, close))

    def call(self, children: Children) -> Call:
        """`function(a, name = b)`."""
        function, _, *arguments, close = children
        given = tuple(part if isinstance(part, Argument) else Argument(None, part) for part in nodes(arguments))
        return Call(function, given, self._span(function, close))

    def named(self, children: Children) -> Argument:
        """`name = value` in a call."""
        return Argument(self._name(children[0]), children[2])

    def aggregate(self, children: Children) -> Aggregate:
        """`sum(e for x in S where c)`."""
        function, _, body, *generators, _where, condition, close = children
        return Aggregate(function, body, tuple(generators), condition, self._span(function, close))

    def generator(self, children: Children) -> Generator:
        """`x in S`, with or without `for` in front."""
        *_, name, _in, collection = children
        return Generator(self._name(name), collection, self._span(children[0], collection))

    def amend(self, children: Children) -> Amend:
        """`base { field = value }`."""
        base, block = children
        return Amend(base, self.refuse(block), self._span(base, block))

    def every(self, children: Children) -> Every:
        """`every kind`."""
        word, kind = children
        return Every(kind, self._span(word, kind))

    # ---------------------------------------------------------------- operators

    def unary(self, children: Children) -> Unary:
        """`-x`, `not x`."""
        operator, operand = children
        return Unary(operator.value, operand, self._span(operator, operand))

    def binary(self, children: Children) -> Binary:
        """`a + b` and all others with two sides."""
        left, operator, right = children
        if operator.type == "CIRCUMFLEX":
            power = right.operand if isinstance(right, Unary) else right
            if isinstance(power, Number) and power.value > self.bounds.exponent:
                text = shortened(power.text, 20)
                self.report(
                    Fault.EXPONENT,
                    f"the exponent {text} is too large; at most {self.bounds.exponent} is allowed",
                    power.span,
                )
        return Binary(operator.value, left, right, self._span(left, right))

    def spread(self, children: Children) -> Spread:
        """`a to b`, `a +- b`."""
        left, operator, right = children
        return Spread(operator.value, left, right, self._span(left, right))

    def convert(self, children: Children) -> Convert:
        """`x -> unit`."""
        operand, _, unit = children
        return Convert(operand, self._unit_name(unit), self._span(operand, unit))

    def cast(self, children: Children) -> Cast:
        """`x as Type`; a type of another module keeps its dots."""
        operand, _, path = children
        return Cast(operand, Name(path.text, path.span), self._span(operand, path))

    def conditional(self, children: Children) -> Conditional:
        """`if c then a else b`."""
        word, condition, _, first, _, second = children
        return Conditional(condition, first, second, self._span(word, second))

    # ---------------------------------------------------------------- where a value comes from

    def clause(self, children: Children) -> tuple[Token, Any]:
        """`from`, `conf` or `note` with what stands behind it."""
        word, what = children
        return word, what

    def sourced(self, children: Children) -> Sourced:
        """A value with its clauses, each at most once."""
        value, *clauses = children
        found: dict[str, tuple[Token, Any]] = {}
        end: Any = value
        for word, what in clauses:
            end = what
            if word.value in found:
                first = found[word.value][0]
                message = f"`{word.value}` is given twice for one value"
                labels = (Label(self._token_span(first), "the first one"),)
                second = self._span(word, what)
                self.collect(Diagnostic(Fault.REPEATED.value, message, second, "the second one", labels))
            else:
                found[word.value] = (word, what)
        source = found["from"][1] if "from" in found else None
        confidence = self._name(found["conf"][1]) if "conf" in found else None
        note = self._text(found["note"][1]) if "note" in found else None
        if confidence is not None and confidence.text not in CONFIDENCES:
            self.report(
                Fault.CHOICE,
                f"`{shortened(confidence.text)}` is no confidence",
                confidence.span,
                "write `conf high`, `conf medium` or `conf low`",
            )
        return Sourced(value, source, confidence, note, self._span(value, end))

    # ---------------------------------------------------------------- what is refused

    def refuse(self, block: Block) -> Block:
        """The block without the entries that this version refuses, each of them reported."""
        refused = [entry for entry in block.entries if isinstance(entry, Unsupported)]
        if not refused:
            return block
        for entry in refused:
            self.report(Fault.UNSUPPORTED, f"{entry.what} is not supported yet", entry.span)
        return Block(
            tuple(entry for entry in block.entries if not isinstance(entry, Unsupported)), block.span, block.lost
        )
