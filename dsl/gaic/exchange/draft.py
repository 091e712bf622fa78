"""A translated model before it is text: objects with fields, references by the ids of the foreign file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.exchange.document import Cited
    from gaic.exchange.faults import LeftOut
    from gaic.exchange.table import Table


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value comes from: a source (None: nothing to cite), how sure it is, a remark."""

    cited: Cited | None = None
    hypothesis: bool = False
    confidence: str | None = None
    note: str | None = None

    @property
    def says_something(self) -> bool:
        """Say whether anything of it must be kept."""
        return self.cited is not None or self.confidence is not None or self.note is not None


NONE = Provenance()


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number as text with its unit, a word, or a text in quotes; `number` is None unless it is a number."""

    text: str
    unit: str
    number: float | None
    provenance: Provenance

    @property
    def written(self) -> str:
        """The value as it stands in a model."""
        return f"{self.text} {self.unit}" if self.unit and self.number is not None else self.text


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a reference: an id of the draft, or a path of the library."""

    target: str
    weight: str
    provenance: Provenance
    library: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """A reference: one link, or a list."""

    entries: tuple[Link, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """An hourly series: its first hour as written (with `Z` in UTC) and its values as text."""

    start: str
    values: tuple[str, ...]
    unit: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Week:
    """168 values of a week as text, or one that holds in all hours."""

    values: tuple[str, ...]
    unit: str
    provenance: Provenance


FieldValue = Scalar | Links | Hours | Week


@dataclass(slots=True)
class Item:
    """An object: `id` is that of the foreign file, `place` how messages call it there."""

    id: str
    kind: str
    label: str
    place: str
    docs: list[str] = field(default_factory=list)
    fields: dict[str, FieldValue] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Draft:
    """A translated model: its root (kind, name, label; None without one), objects in reading order, what is missing.

    `spoken` are sources that only documentation names.
    """

    table: Table
    rules: str
    title: str
    root: tuple[str, str, str] | None
    items: dict[str, Item]
    left_out: list[LeftOut]
    spoken: frozenset[Cited]

    @property
    def module(self) -> str:
        """The module of the library with the rules; empty for the library's own."""
        return self.table.rules[self.rules]
