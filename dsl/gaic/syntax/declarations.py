"""Declarations of the tree: top-level items and the entries of their blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.source.text import SourceFile, Span
    from gaic.syntax.expressions import Expression, Generator, Name, Path, Text


# ---------------------------------------------------------------- types


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a measure: a type name with an exponent, negative behind `/`."""

    name: Path
    exponent: int


@dataclass(frozen=True, slots=True)
class MeasureType:
    """`amount A/B?`: form ("scalar", "amount", "level", "intensity"), factors, optional or not."""

    form: str
    weekly: bool
    factors: tuple[Factor, ...]
    optional: bool
    span: Span


@dataclass(frozen=True, slots=True)
class WordType:
    """A choice `a | b | c`; a single word is `text`, `bool`, `date` or `zone`."""

    words: tuple[Name, ...]
    optional: bool
    span: Span


@dataclass(frozen=True, slots=True)
class LinkType:
    """Type of a reference: `kind`, `kind?` or `[kind]`."""

    kind: Path
    many: bool
    optional: bool
    span: Span


ValueType = MeasureType | WordType


@dataclass(frozen=True, slots=True)
class Limits:
    """`lo .. hi` behind `within` or `usual`."""

    low: Expression
    high: Expression
    span: Span


# ---------------------------------------------------------------- entries of a block


@dataclass(frozen=True, slots=True)
class Field:
    """`name = value`."""

    name: Name
    value: Expression
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Input:
    """`input name : type = default within lo .. hi usual lo .. hi`."""

    name: Name
    type: ValueType
    default: Expression | None
    within: Limits | None
    usual: Limits | None
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Ref:
    """`ref name : kind`, or derived `ref name = path` (then `type` is None)."""

    name: Name
    type: LinkType | None
    value: Expression | None
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Back:
    """`back name = kind.ref`; `path` holds kind and reference."""

    name: Name
    path: Path
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class SetEntry:
    """`set name = a.b | c.d`."""

    name: Name
    value: Expression
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Let:
    """`let name : type = value`, at top level or in a kind."""

    name: Name
    type: ValueType | None
    value: Expression
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Counts:
    """`counts CRITERION PHASE`."""

    criterion: Path
    phase: Path
    span: Span


@dataclass(frozen=True, slots=True)
class Calc:
    """`calc name[p in a, q in p.b] : type counts c p = formula`; an abstract kind may leave the formula out."""

    name: Name
    binders: tuple[Generator, ...]
    type: ValueType
    counts: Counts | None
    formula: Expression | None
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Assert:
    """`assert name: condition else error "message"`; `severity` is the written word."""

    name: Name
    condition: Expression
    severity: Name
    message: Text
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A construct of the language that this version refuses: `what` names it."""

    what: str
    span: Span


Entry = Field | Input | Ref | Back | SetEntry | Let | Calc | Assert | Unsupported


@dataclass(frozen=True, slots=True)
class Block:
    """What stands between `{` and `}`, in order.

    `lost` are names that broken entries would have declared; an empty one stands for one that nobody can tell.
    """

    entries: tuple[Entry, ...]
    span: Span
    lost: tuple[str, ...] = ()


# ---------------------------------------------------------------- top-level items


@dataclass(frozen=True, slots=True)
class Import:
    """`import std.module`, `import "file.gai"`, with `as g` or `{ a, b }`. One of `module`, `file` is set."""

    module: Path | None
    file: Text | None
    alias: Name | None
    names: tuple[Name, ...] | None
    span: Span


@dataclass(frozen=True, slots=True)
class Dimension:
    """`dimension Ticket`."""

    name: Name
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Unit:
    """`unit name n : A prefixes k M = 8 m`."""

    names: tuple[Name, ...]
    type: Path
    prefixes: tuple[Name, ...]
    value: Expression | None
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class QuantityType:
    """`quantity A : n tag`."""

    name: Name
    unit: Name
    tag: Name | None
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Kind:
    """`abstract kind name "Label" extends parent { ... }`."""

    name: Name
    label: Text | None
    parent: Path | None
    abstract: bool
    block: Block
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Object:
    """`template kind name "Label" extends other { ... }`; also `study`, `source`, `shape` and the like."""

    kind: Path
    name: Name
    label: Text | None
    parent: Path | None
    template: bool
    block: Block
    doc: str
    span: Span


Item = Import | Dimension | Unit | QuantityType | Kind | Object | Let | Assert | Unsupported


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its documentation and its items in order.

    `lost` are names that broken items would have declared: whoever looks for one of them need not say that
    it is unknown; an empty one stands for all the names of an import that could not be read. `tokens` is the number of
    words and signs that were read.
    """

    file: SourceFile
    doc: str
    items: tuple[Item, ...]
    lost: tuple[str, ...] = ()
    tokens: int = 0
