"""What a total is made of: category, object, attribute, each with its share, so that what is printed adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report import addresses, words
from gaic.report.criteria import add_up, name_object, rank, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gaic.report.criteria import Criterion, Item
    from gaic.report.facts import Facts

MOST_CATEGORIES = 12
MOST_OBJECTS = 12
MOST_ATTRIBUTES = 4
ROOMY = 36
"""Rows up to which the whole tree is open."""


@dataclass(frozen=True, slots=True)
class Row:
    """A part at its depth (0 a category, 1 an object, 2 an attribute); `cumulated` counts from the largest neighbour.

    `href` counts from the root of the site and is empty for a category and for what several parts come to; `aside` is
    the path of an object or the phase of an attribute.
    """

    depth: int
    label: str
    aside: str
    href: str
    value: words.Shown
    share: str
    cumulated: str


@dataclass(frozen=True, slots=True)
class Limb:
    """A category with its objects and their attributes below it."""

    head: Row
    color: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ContributionTree:
    """The categories from the largest to the smallest; `open` where all of it is short enough to stand open."""

    limbs: tuple[Limb, ...]
    open: bool


def grow_contributions(facts: Facts, criterion: Criterion, room: int) -> ContributionTree:
    """The tree of one criterion in about `room` rows: of large models only the largest objects of each category."""
    objects = MOST_OBJECTS
    limbs = _grow(facts, criterion, objects)
    while objects > 1 and _count_rows(limbs) > room:
        objects -= 1
        limbs = _grow(facts, criterion, objects)
    return ContributionTree(limbs, open=_count_rows(limbs) <= ROOMY)


def _count_rows(limbs: Sequence[Limb]) -> int:
    return sum(1 + len(limb.rows) for limb in limbs)


def _grow(facts: Facts, criterion: Criterion, objects: int) -> tuple[Limb, ...]:
    by_category: dict[str, list[Item]] = {}
    for item in criterion.items:
        by_category.setdefault(item.category, []).append(item)
    ranked = rank(add_up(criterion.items, lambda item: item.category), MOST_CATEGORIES)
    names = list(criterion.categories)
    limbs = [
        Limb(
            _write_row(criterion, 0, _Name(criterion.categories[name]), value, running),
            names.index(name),
            tuple(_grow_objects(facts, criterion, by_category[name], objects)),
        )
        for (name, value), running in zip(ranked.kept, ranked.running, strict=True)
    ]
    if ranked.hidden:
        label = words.count_words(ranked.hidden, "more category", "more categories")
        limbs.append(Limb(_write_row(criterion, 0, _Name(label), ranked.rest, ranked.whole), 0, ()))
    return tuple(limbs)


def _grow_objects(facts: Facts, criterion: Criterion, items: Sequence[Item], most: int) -> Iterator[Row]:
    ranked = rank(add_up(items, lambda item: item.object), most)
    kept: dict[str, list[Item]] = {path: [] for path, _ in ranked.kept}
    for item in items:
        if item.object in kept:
            kept[item.object].append(item)
    for (path, value), running in zip(ranked.kept, ranked.running, strict=True):
        label = shorten(name_object(facts, path))
        aside = shorten(path) if label != path else ""
        yield _write_row(criterion, 1, _Name(label, addresses.page_of(path), aside), value, running)
        yield from _grow_attributes(criterion, kept[path])
    if ranked.hidden:
        yield _write_row(
            criterion, 1, _Name(words.count_words(ranked.hidden, "more object")), ranked.rest, ranked.whole
        )


def _grow_attributes(criterion: Criterion, items: Sequence[Item]) -> Iterator[Row]:
    ranked = rank({number: item.value for number, item in enumerate(items)}, MOST_ATTRIBUTES)
    for (number, value), running in zip(ranked.kept, ranked.running, strict=True):
        item = items[number]
        label, href = shorten(item.pointer.label), f"objects/{item.pointer.href}"
        yield _write_row(criterion, 2, _Name(label, href, criterion.phases[item.phase]), value, running)
    if ranked.hidden:
        label = words.count_words(ranked.hidden, "more value")
        yield _write_row(criterion, 2, _Name(label), ranked.rest, ranked.whole)


@dataclass(frozen=True, slots=True)
class _Name:
    """What a row is about: its words, where they lead, and what stands beside them."""

    label: str
    href: str = ""
    aside: str = ""


def _write_row(criterion: Criterion, depth: int, name: _Name, value: float, running: float) -> Row:
    shares = criterion.show_share(value), criterion.show_share(running)
    return Row(depth, name.label, name.aside, name.href, criterion.show(value), *shares)
