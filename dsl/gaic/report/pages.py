"""Pages as data: of an object, of the whole model, of its sources. Templates only write what is here."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue
from gaic.report import addresses, listing, sections, words
from gaic.report.markdown import read_markdown
from gaic.report.working import tell_working

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.evaluate.account import LinkAccount, ObjectAccount
    from gaic.report.facts import Facts, Pointer
    from gaic.report.markdown import Block
    from gaic.report.words import Shown
    from gaic.report.working import Line

# Objects that this one refers to, or that refer to it, and are named; rows that say what they are made from, with so
# many values.
MOST_LINKS = MOST_READERS = 100
MOST_TRACED = 60
MOST_TRACES = 4


@dataclass(frozen=True, slots=True)
class Target:
    """An object as others refer to it; `href` counts from the folder of the object pages."""

    path: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A row of the table of parameters. `anchor` is empty for a series: it has a section of its own.

    `week` has the hours of each day of a week in which they differ, `worked` how a formula came to the value.
    """

    pointer: Pointer
    anchor: str
    blocks: tuple[Block, ...]
    range: tuple[str, str] | None
    week: tuple[words.Day, ...]
    formula: tuple[listing.Piece, ...] | None
    worked: tuple[Line, ...]
    place: listing.Place


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a reference of an object leads, and how many times the target counts."""

    account: LinkAccount
    times: str
    target: Target
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A member that is only listed, and some of what it is made from; `hidden` counts the rest."""

    pointer: Pointer
    dependencies: tuple[Pointer, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Group:
    """A calculated attribute: one section, or one for some members; `rows` are members that are only listed.

    `shown` is the value of an attribute without members; `hidden` counts members that are not listed either.
    """

    name: str
    label: str
    blocks: tuple[Block, ...]
    by_member: bool
    shown: Shown | None
    sections: tuple[sections.Section, ...]
    rows: tuple[Row, ...]
    hidden: int
    members: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A calculated attribute that a very long page explains in a line: its values, its formula, its place."""

    name: str
    label: str
    pointers: tuple[Pointer, ...]
    hidden: int
    formula: tuple[listing.Piece, ...] | None
    place: listing.Place


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
    hidden_connections: int
    readers: tuple[Target, ...]
    hidden_readers: int
    groups: tuple[Group, ...]
    briefs: tuple[Brief, ...]


def build_object_page(facts: Facts, object_: ObjectAccount, squeeze: float = 1.0) -> ObjectPage:
    """Gather the page of one object; a larger `squeeze` shows less of everything."""
    pointers = facts.point(object_.nodes)
    given = [pointer for pointer in pointers if pointer.role != "calculated"]
    series = [pointer for pointer in given if isinstance(pointer.account.value, HourlyValue)]
    groups = _group_members(pointer for pointer in pointers if pointer.role == "calculated")
    limits = sections.choose_limits(len(series) + len(groups), len(given), squeeze)
    full = max(0, limits.sections - len(series))
    return ObjectPage(
        object=object_,
        blocks=read_markdown(object_.doc),
        kind_blocks=read_markdown(object_.kind_doc),
        place=listing.show_place(object_.span),
        parameters=tuple(_describe_parameter(facts, pointer, docs=limits.docs) for pointer in given),
        series=tuple(sections.explain_value(facts, pointer.node, limits) for pointer in series),
        connections=tuple(
            Connection(
                link, words.write_number(link.weight), target_object(facts, link.target), read_markdown(link.doc)
            )
            for link in object_.links[:MOST_LINKS]
        ),
        hidden_connections=max(0, len(object_.links) - MOST_LINKS),
        readers=tuple(target_object(facts, path) for path in object_.used_by[:MOST_READERS]),
        hidden_readers=max(0, len(object_.used_by) - MOST_READERS),
        groups=tuple(_build_group(facts, group, limits) for group in groups[:full]),
        briefs=tuple(_abridge_group(facts, group) for group in groups[full:]),
    )


def target_object(facts: Facts, path: str) -> Target:
    """An object to link to, by its path."""
    return Target(path, facts.labels.get(path) or path, f"{addresses.slug_of(path)}.html")


def _group_members(pointers: Iterable[Pointer]) -> list[list[Pointer]]:
    return [list(group) for _, group in groupby(pointers, key=lambda pointer: pointer.account.attribute)]


def _build_group(facts: Facts, members: list[Pointer], limits: sections.Limits) -> Group:
    first = members[0].account
    by_member = first.member is not None
    listed = [pointer for pointer in members[limits.members :] if has_address(pointer)]
    return Group(
        name=first.attribute,
        label=first.label or first.attribute,
        blocks=read_markdown(first.doc),
        by_member=by_member,
        shown=None if by_member else members[0].shown,
        sections=tuple(sections.explain_value(facts, p.node, limits) for p in members[: limits.members]),
        rows=tuple(_list_member(facts, p, index) for index, p in enumerate(listed)),
        hidden=len(members) - min(len(members), limits.members) - len(listed),
        members=words.count_words(len(members), "member"),
    )


def has_address(pointer: Pointer) -> bool:
    """Say whether a member has a place of its own on its page."""
    return pointer.account.member is None or pointer.anchor != pointer.account.attribute


def _list_member(facts: Facts, pointer: Pointer, index: int) -> Row:
    edges = facts.edges[pointer.node] if index < MOST_TRACED else ()
    return Row(pointer, facts.point(edges[:MOST_TRACES]), max(0, len(edges) - MOST_TRACES))


def _abridge_group(facts: Facts, members: list[Pointer]) -> Brief:
    first = members[0]
    listed = [pointer for pointer in members if has_address(pointer)]
    return Brief(
        name=first.account.attribute,
        label=first.label,
        pointers=tuple(listed),
        hidden=len(members) - len(listed),
        formula=sections.write_formula(facts, first),
        place=listing.locate_place(first.account.span),
    )


def _describe_parameter(facts: Facts, pointer: Pointer, *, docs: bool) -> Parameter:
    account = pointer.account
    has_section = isinstance(account.value, HourlyValue)
    return Parameter(
        pointer=pointer,
        anchor="" if has_section else pointer.anchor,
        blocks=read_markdown(account.doc) if docs else (),
        range=sections.find_range(account),
        week=words.list_days(account.value),
        formula=sections.write_formula(facts, pointer),
        worked=() if has_section else tell_working(facts, pointer.node),
        place=listing.locate_place(account.span),
    )
