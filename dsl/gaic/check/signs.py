"""What a reader must know of a name on an object: the signature of an attribute, a reference, a way back, a set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.syntax.expressions import Binary
from gaic.syntax.paths import names_of

if TYPE_CHECKING:
    from gaic.check.program import Role
    from gaic.check.types import ListName, Type
    from gaic.source.text import Span
    from gaic.syntax.expressions import Expression
    from gaic.units.measures import Unit


@dataclass(frozen=True, slots=True)
class AttributeSign:
    """What a reader must know of an attribute; `keys` is how many it is read with."""

    role: Role
    type: Type
    unit: Unit | None
    optional: bool
    keys: int
    span: Span


@dataclass(frozen=True, slots=True)
class RefSign:
    """What a reader must know of a reference."""

    kind: str
    many: bool
    optional: bool
    list_name: ListName
    span: Span


@dataclass(frozen=True, slots=True)
class BackSign:
    """What a reader must know of a way back: the kind of the owners, the lists."""

    kind: str
    lists: tuple[ListName, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class SetSign:
    """What a reader must know of a set: the kind of its members."""

    kind: str
    chains: tuple[tuple[str, ...], ...]
    span: Span


Sign = AttributeSign | RefSign | BackSign | SetSign


def chain_of(expression: Expression | None) -> tuple[str, ...] | None:
    """The names of `a.b.c` as text, None for anything else."""
    names = names_of(expression)
    return tuple(name.text for name in names) if names else None


def alternatives_of(expression: Expression) -> tuple[tuple[str, ...], ...] | None:
    """The chains of `a.b | c.d`, None for anything else."""
    match expression:
        case Binary("|", left, right):
            first, second = alternatives_of(left), alternatives_of(right)
            return (*first, *second) if first and second else None
        case other:
            chain = chain_of(other)
            return (chain,) if chain else None
