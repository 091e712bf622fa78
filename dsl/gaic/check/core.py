"""Checked expressions: names are resolved, every node has a type, numbers are in root units.

This is what the graph is made of, what runs, and what a page shows with its numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.check.types import LinkTo, ObjectOf, Type
    from gaic.source.text import Span
    from gaic.units.measures import Unit
    from gaic.units.series import Series


@dataclass(frozen=True, slots=True)
class Range:
    """What is known of an uncertain number: ends in root units, and what they mean."""

    low: float
    high: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A number in root units; `text` is what was written, `range` what is uncertain about it."""

    value: float
    type: Type
    text: str
    span: Span
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A text, a zone, a date or a word of a choice."""

    value: str
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class TruthLiteral:
    """`true` or `false`."""

    value: bool
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """A series that stands in the text, in a file or in a shape; `None` is `nothing`."""

    series: Series | None
    type: Type
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Variable:
    """The object itself (slot 0) or what a generator or a key of a table binds."""

    slot: int
    name: str
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class ObjectLiteral:
    """An object named by its path."""

    path: str
    type: ObjectOf
    span: Span


@dataclass(frozen=True, slots=True)
class Far:
    """The far object of a link."""

    subject: Core
    type: ObjectOf
    span: Span


@dataclass(frozen=True, slots=True)
class Follow:
    """The object that a single reference leads to; `optional` if it may lead nowhere."""

    subject: Core
    ref: str
    type: ObjectOf
    span: Span
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """The value of an attribute, of one row of a table if it has `keys`; `optional` if it may be unset."""

    subject: Core
    attribute: str
    keys: tuple[Core, ...]
    type: Type
    span: Span
    optional: bool = False


@dataclass(frozen=True, slots=True)
class LinkPart:
    """The `weight` or the `position` of a link."""

    subject: Core
    part: str
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Negate:
    """`-x`, or `not x` if the type is a truth."""

    operand: Core
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+ - * / ^` of two numbers."""

    operator: str
    left: Core
    right: Core
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Compare:
    """`< <= > >= == !=` of two numbers, texts or objects."""

    operator: str
    left: Core
    right: Core
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Logic:
    """`and`, `or`: the right side is evaluated only where the left does not decide."""

    operator: str
    left: Core
    right: Core
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Belongs:
    """`x in collection`."""

    item: Core
    collection: Collection
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Choose:
    """`if c then a else b`: only the branch taken is evaluated."""

    condition: Core
    first: Core
    second: Core
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Otherwise:
    """`a ?? b`: b where a is unset."""

    left: Core
    right: Core
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Given:
    """`given(x)`: true where x is set."""

    operand: Core
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Apply:
    """A built-in function of numbers and series."""

    function: str
    arguments: tuple[Core, ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Binding:
    """One generator of a gathering, or one key of a table: a slot, its name and where its members come from."""

    slot: int
    name: str
    collection: Collection


@dataclass(frozen=True, slots=True)
class Gather:
    """`sum`, `min`, `max`, `count`, `any`, `all` over members."""

    function: str
    body: Core | None
    bindings: tuple[Binding, ...]
    condition: Core | None
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Adopt:
    """The same number under another tag (`as`) or shown in another unit (`->`)."""

    operand: Core
    type: Type
    span: Span
    unit: Unit | None = None


Core = (
    Literal
    | Word
    | TruthLiteral
    | Hours
    | Variable
    | ObjectLiteral
    | Far
    | Follow
    | Read
    | LinkPart
    | Negate
    | Arithmetic
    | Compare
    | Logic
    | Belongs
    | Choose
    | Otherwise
    | Given
    | Apply
    | Gather
    | Adopt
)
"""Any checked expression."""


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a list reference of `subject`, in order."""

    subject: Core
    ref: str
    element: LinkTo


@dataclass(frozen=True, slots=True)
class Backs:
    """The links that point at `subject` under its way back `name`."""

    subject: Core
    name: str
    element: LinkTo


@dataclass(frozen=True, slots=True)
class Members:
    """The distinct objects of a set of `subject`."""

    subject: Core
    name: str
    element: ObjectOf


@dataclass(frozen=True, slots=True)
class Everything:
    """All objects of a kind and its children."""

    kind: str
    element: ObjectOf


@dataclass(frozen=True, slots=True)
class Earlier:
    """The links of the same list in front of `link`."""

    link: Core
    element: LinkTo


Collection = Links | Backs | Members | Everything | Earlier
"""Where a generator takes its members from."""
