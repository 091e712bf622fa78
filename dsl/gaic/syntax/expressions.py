"""Expressions of the tree. Every node knows its place; none knows what its names mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.source.text import Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands; also used for type, unit and kind names."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Path:
    """Names joined by dots, such as `a.b.c`."""

    names: tuple[Name, ...]
    span: Span

    @property
    def text(self) -> str:
        """The path as written, without blanks."""
        return ".".join(name.text for name in self.names)


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number, such as `1_000` or `2.5e3`; `text` is what was written."""

    value: float
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a tight unit, such as `21.4 a/h`."""

    value: float
    text: str
    unit: Name
    span: Span


@dataclass(frozen=True, slots=True)
class Numbers:
    """A long list of plain numbers, read as one token."""

    values: tuple[float, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """A string literal; `value` has the escapes resolved."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Nothing:
    """`nothing`: the empty series."""

    span: Span


@dataclass(frozen=True, slots=True)
class Date:
    """A date or instant as written, such as `2026-01-01` or `2026-01-01T00:00Z`."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day as written, such as `07:00` (`24:00` allowed)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A bare name used as a value."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Member:
    """`subject.name`."""

    subject: Expression
    name: Name
    span: Span


@dataclass(frozen=True, slots=True)
class Index:
    """`subject[key, key]`."""

    subject: Expression
    keys: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a call, by place (`name` is None) or by name."""

    name: Name | None
    value: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments)`; `function` is any expression, the checker asks for a name."""

    function: Expression
    arguments: tuple[Argument, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Generator:
    """`name in collection`, behind `for` or in the brackets of a calculation."""

    name: Name
    collection: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`function(body for x in S for y in x.t where condition)`."""

    function: Expression
    body: Expression
    generators: tuple[Generator, ...]
    condition: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class Every:
    """`every kind`: all objects of a kind and its children."""

    kind: Path
    span: Span


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x` or `not x`; `operator` is "-" or "not"."""

    operator: str
    operand: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands. `operator` is one of `+ - * / ^ < <= > >= == != and or in ?? | ..`."""

    operator: str
    left: Expression
    right: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Conditional:
    """`if condition then first else second`."""

    condition: Expression
    first: Expression
    second: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Convert:
    """`x -> unit`."""

    operand: Expression
    unit: Name
    span: Span


@dataclass(frozen=True, slots=True)
class Cast:
    """`x as Type`."""

    operand: Expression
    type: Name
    span: Span


@dataclass(frozen=True, slots=True)
class Spread:
    """An uncertain value: `low to high` (operator "to") or `a +- b` (operator "+-")."""

    operator: str
    left: Expression
    right: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class ListLiteral:
    """`[a, b, 2 * c]`."""

    items: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """`key => value` in a table."""

    key: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Table:
    """`{ key => value, ... }`."""

    rows: tuple[Row, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Amend:
    """`base { field = value }`: a new unnamed object made from another one."""

    base: Expression
    block: Block
    span: Span


@dataclass(frozen=True, slots=True)
class Sourced:
    """An expression with where it comes from: `from`, `conf`, `note` (each at most once)."""

    value: Expression
    source: Path | None
    confidence: Name | None
    note: Text | None
    span: Span


if TYPE_CHECKING:
    from gaic.syntax.declarations import Block

Expression = (
    Number
    | Quantity
    | Numbers
    | Text
    | Truth
    | Nothing
    | Date
    | ClockTime
    | Reference
    | Member
    | Index
    | Call
    | Aggregate
    | Every
    | Unary
    | Binary
    | Conditional
    | Convert
    | Cast
    | Spread
    | ListLiteral
    | Table
    | Amend
    | Sourced
)
"""Any expression. `(e)` in parentheses is just `e`, with the span of the parentheses left out."""
