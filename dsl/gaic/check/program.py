"""The checked program: kinds with their formulas, objects with their inputs and links."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.check.core import Binding, Core
    from gaic.check.types import ListName, Type
    from gaic.source.diagnostic import Severity
    from gaic.source.text import Span
    from gaic.syntax.expressions import Expression
    from gaic.units.measures import Unit
    from gaic.units.system import UnitSystem


class Role(Enum):
    """What an attribute is: given by the object, calculated by its kind, or a constant of its kind."""

    INPUT = "input"
    CALCULATED = "calculated"
    CONSTANT = "constant"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value comes from: a source (path of a declaration), how sure it is, a remark."""

    source: str | None = None
    confidence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A checked expression with what was written and where it comes from.

    `unit` is the unit that a plain value was written in; its values are shown in it.
    """

    core: Core
    written: Expression
    provenance: Provenance
    span: Span
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Counting:
    """An attribute counts in the totals of a criterion, in a phase."""

    criterion: str
    phase: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """Allowed (`within`) or plausible (`usual`) ends in root units, and where they are written."""

    low: float
    high: float
    span: Span

    @property
    def written(self) -> str:
        """The ends as they stand in the file."""
        return " ".join(self.span.text.split()).replace(" .. ", " to ")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a concrete kind, with its formula there (an input's default, a calculation).

    A calculation with `keys` has one value for each combination of their members.
    """

    name: str
    role: Role
    type: Type
    unit: Unit | None
    optional: bool
    keys: tuple[Binding, ...]
    formula: Formula | None
    within: Bounds | None
    usual: Bounds | None
    counting: Counting | None
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of a kind: to one object or a list of links; `path` if it is derived from others."""

    name: str
    kind: str
    many: bool
    optional: bool
    derived: tuple[str, ...] | None
    list_name: ListName
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Back:
    """A way back: the links of `lists` that point at an object of the kind."""

    name: str
    kind: str
    lists: tuple[ListName, ...]
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class ObjectSet:
    """A set of objects: one or more chains of references, ways back and sets to walk."""

    name: str
    kind: str
    chains: tuple[tuple[str, ...], ...]
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Promise:
    """An assertion: a condition that must hold, the words to say if it does not."""

    name: str
    condition: Core
    written: Expression
    severity: Severity
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind as its objects see it: everything inherited is in."""

    name: str
    shown: str
    label: str
    doc: str
    parents: tuple[str, ...]
    abstract: bool
    category: str
    attributes: Mapping[str, Attribute]
    refs: Mapping[str, Reference]
    backs: Mapping[str, Back]
    sets: Mapping[str, ObjectSet]
    promises: tuple[Promise, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a reference: where it leads and its weight."""

    target: str
    weight: float
    span: Span


@dataclass(frozen=True, slots=True)
class Entity:
    """An object that counts: its kind, the inputs it sets, its links."""

    path: str
    kind: str
    label: str
    doc: str
    inputs: Mapping[str, Formula]
    links: Mapping[str, tuple[Link, ...]]
    base: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration of words: a source, a criterion, a phase, a category."""

    path: str
    sort: str
    label: str
    doc: str
    fields: Mapping[str, str]
    span: Span


@dataclass(frozen=True, slots=True)
class Study:
    """What the model is for. Fields that were not written are absent from `fields`."""

    name: str
    label: str
    fields: Mapping[str, str]
    zone: str
    start: int | None
    hours: int
    span: Span | None


@dataclass(frozen=True, slots=True)
class Program:
    """A model that passed the check. Entities are in order of declaration."""

    system: UnitSystem
    kinds: Mapping[str, Kind]
    entities: tuple[Entity, ...]
    declared: Mapping[str, Declared]
    study: Study
    promises: tuple[Promise, ...]
