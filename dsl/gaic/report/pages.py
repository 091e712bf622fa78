"""Pages as data: of an object, of the whole model, of its sources. Templates only write what is here."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue
from gaic.report import addresses, listing, sections, words
from gaic.report.markdown import read_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.evaluate.account import LinkAccount, ObjectAccount
    from gaic.report.facts import Facts, Pointer
    from gaic.report.markdown import Block

# An attribute with more members explains the first in full and lists the others.
MOST_MEMBERS = 8


@dataclass(frozen=True, slots=True)
class Target:
    """An object as others refer to it; `href` counts from the folder of the object pages."""

    path: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A row of the table of parameters. `anchor` is empty for a series: it has a section of its own.

    `week` has the hours of each day of a week in which they differ.
    """

    pointer: Pointer
    anchor: str
    blocks: tuple[Block, ...]
    range: tuple[str, str] | None
    week: tuple[words.Day, ...]
    formula: tuple[listing.Piece, ...] | None
    place: listing.Place


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a reference of an object leads, and how many times the target counts."""

    account: LinkAccount
    times: str
    target: Target
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A calculated attribute: one section, or one for each member; `rows` are members that are only listed."""

    name: str
    label: str
    blocks: tuple[Block, ...]
    by_member: bool
    sections: tuple[sections.Section, ...]
    rows: tuple[Pointer, ...]
    members: str


@dataclass(frozen=True, slots=True)
class ObjectPage:
    """Everything that the page of an object shows, in its order."""

    object: ObjectAccount
    blocks: tuple[Block, ...]
    kind_blocks: tuple[Block, ...]
    place: listing.Place
    parameters: tuple[Parameter, ...]
    series: tuple[sections.Section, ...]
    connections: tuple[Connection, ...]
    readers: tuple[Target, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The objects of one kind."""

    label: str
    kind: str
    objects: tuple[Target, ...]


def build_object_page(facts: Facts, object_: ObjectAccount) -> ObjectPage:
    """Gather the page of one object."""
    pointers = facts.point(object_.nodes)
    given = [pointer for pointer in pointers if pointer.role != "calculated"]
    series = [pointer for pointer in given if isinstance(pointer.account.value, HourlyValue)]
    members = _group_members(pointer for pointer in pointers if pointer.role == "calculated")
    limits = sections.choose_limits(len(series) + sum(min(len(group), MOST_MEMBERS) for group in members))
    return ObjectPage(
        object=object_,
        blocks=read_markdown(object_.doc),
        kind_blocks=read_markdown(object_.kind_doc),
        place=listing.show_place(object_.span),
        parameters=tuple(_describe_parameter(facts, pointer) for pointer in given),
        series=tuple(sections.explain_value(facts, pointer.node, limits) for pointer in series),
        connections=tuple(
            Connection(
                link, words.write_number(link.weight), target_object(facts, link.target), read_markdown(link.doc)
            )
            for link in object_.links
        ),
        readers=tuple(target_object(facts, path) for path in object_.used_by),
        groups=tuple(_build_group(facts, group, limits) for group in members),
    )


def target_object(facts: Facts, path: str) -> Target:
    """An object to link to, by its path."""
    return Target(path, facts.labels.get(path) or path, f"{addresses.slug_of(path)}.html")


def shelve_objects(facts: Facts, *, library: bool) -> tuple[Shelf, ...]:
    """Objects by kind, kinds in the order in which their first object is declared."""
    shelves: dict[tuple[str, str], list[Target]] = {}
    for object_ in facts.objects:
        if object_.library is library:
            shelf = shelves.setdefault((object_.kind_label or object_.kind, object_.kind), [])
            shelf.append(target_object(facts, object_.path))
    return tuple(Shelf(label, kind, tuple(targets)) for (label, kind), targets in shelves.items())


def _group_members(pointers: Iterable[Pointer]) -> list[list[Pointer]]:
    return [list(group) for _, group in groupby(pointers, key=lambda pointer: pointer.account.attribute)]


def _build_group(facts: Facts, members: list[Pointer], limits: sections.Limits) -> Group:
    first = members[0].account
    return Group(
        name=first.attribute,
        label=first.label or first.attribute,
        blocks=read_markdown(first.doc),
        by_member=first.member is not None,
        sections=tuple(sections.explain_value(facts, p.node, limits) for p in members[:MOST_MEMBERS]),
        rows=tuple(members[MOST_MEMBERS:]),
        members=words.count_words(len(members), "member"),
    )


def _describe_parameter(facts: Facts, pointer: Pointer) -> Parameter:
    account = pointer.account
    has_section = isinstance(account.value, HourlyValue)
    return Parameter(
        pointer=pointer,
        anchor="" if has_section else pointer.anchor,
        blocks=read_markdown(account.doc),
        range=sections.find_range(account),
        week=words.list_days(account.value),
        formula=sections.write_formula(facts, pointer),
        place=listing.locate_place(account.span),
    )
