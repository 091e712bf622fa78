"""What counts in a total, item by item: the one account that tables, trees, flows and charts of a criterion share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, TypeVar

from gaic.report import words
from gaic.report.charts import show_share
from gaic.units.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gaic.evaluate.account import TotalRow
    from gaic.report.facts import Facts, Pointer

T = TypeVar("T")

LONGEST = 60
"""Letters of a name on the summary; a page with hundreds of names stays small whatever they are."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Item:
    """One value that counts: where it counts, whose it is, and what it adds in the unit of the total."""

    pointer: Pointer
    category: str
    phase: str
    object: str
    value: float


@dataclass(frozen=True, slots=True)
class Criterion:
    """A total with its parts: `rows` by category and phase, `items` by value. The number of a category is its color."""

    name: str
    label: str
    whole: TotalRow
    rows: tuple[TotalRow, ...]
    categories: Mapping[str, str]
    phases: Mapping[str, str]
    items: tuple[Item, ...]

    @property
    def total(self) -> float:
        """The sum of everything, in its unit."""
        return self.whole.value.value

    @property
    def unit(self) -> str:
        """The unit of the total and of every item."""
        return self.whole.value.unit

    def show(self, value: float) -> words.Shown:
        """A part of the total, ready to print."""
        return words.Shown(words.write_number(value), self.unit, format_number(value))

    def show_share(self, value: float) -> str:
        """A part of the total in hundredths; empty where the total has no parts in that sense."""
        return show_share(100 * value / self.total) if self.total > 0 else ""


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """Some things by size: the largest, how many others there are, and what these come to together."""

    kept: tuple[tuple[T, float], ...]
    hidden: int
    rest: float

    @property
    def running(self) -> list[float]:
        """What the things kept come to, up to each of them."""
        return list(accumulate(value for _, value in self.kept))

    @property
    def whole(self) -> float:
        """What all things come to, those that are not kept included."""
        return math.fsum(value for _, value in self.kept) + self.rest


def gather_criteria(facts: Facts) -> tuple[Criterion, ...]:
    """Every criterion of the model with its parts, in the order of the totals."""
    found: dict[str, list[TotalRow]] = {}
    for row in facts.book.totals():
        found.setdefault(row.criterion, []).append(row)
    return tuple(_gather(facts, rows) for rows in found.values())


def list_labels(rows: Sequence[TotalRow]) -> tuple[dict[str, str], dict[str, str]]:
    """Names and labels of the categories and of the phases that occur, in order."""
    categories = {row.category: row.category_label or row.category for row in rows if row.category is not None}
    phases = {row.phase: row.phase_label or row.phase for row in rows if row.phase is not None}
    return categories, phases


def rank(sums: Mapping[T, float], most: int) -> Ranked[T]:
    """The largest of some things, in order of size; equal ones keep their order."""
    ordered = sorted(sums.items(), key=lambda each: -each[1])
    kept, others = ordered[:most], ordered[most:]
    return Ranked(tuple(kept), len(others), math.fsum(value for _, value in others))


def add_up(items: Sequence[Item], key: Callable[[Item], T]) -> dict[T, float]:
    """The sums of items with the same key, in order of appearance."""
    heaps: dict[T, list[float]] = {}
    for item in items:
        heaps.setdefault(key(item), []).append(item.value)
    return {name: math.fsum(heap) for name, heap in heaps.items()}


def name_object(facts: Facts, path: str) -> str:
    """The label of an object, or its path."""
    return facts.labels.get(path) or path


def shorten(text: str, letters: int = LONGEST) -> str:
    """The beginning of a text that is too long; marks of direction are made visible first, so that none is cut off."""
    text = words.make_visible(text)
    return text if len(text) <= letters else text[: letters - 1].rstrip() + ELLIPSIS


def _gather(facts: Facts, rows: list[TotalRow]) -> Criterion:
    parts = tuple(row for row in rows if row.category is not None and row.phase is not None)
    categories, phases = list_labels(parts)
    whole = next((row for row in rows if row.category is None and row.phase is None), rows[0])
    return Criterion(
        name=whole.criterion,
        label=whole.criterion_label or whole.criterion,
        whole=whole,
        rows=parts,
        categories={name: shorten(label) for name, label in categories.items()},
        phases={name: shorten(label) for name, label in phases.items()},
        items=tuple(
            Item(pointer, row.category or "", row.phase or "", pointer.account.object, value)
            for row in parts
            for pointer, value in zip(facts.point(row.nodes), row.parts, strict=True)
        ),
    )
