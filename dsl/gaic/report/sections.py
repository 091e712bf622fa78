"""The explanation of one value, ready to be written: everything that its section on a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.account import ScalarValue
from gaic.report import listing, words
from gaic.report.markdown import read_markdown
from gaic.report.over_time import MOST_PARTS, show_series
from gaic.report.pictures import draw_picture, grow_tree
from gaic.report.rests import show_reliances
from gaic.report.working import show_working

if TYPE_CHECKING:
    from gaic.evaluate.account import Account
    from gaic.report.facts import Facts, Pointer
    from gaic.report.markdown import Block
    from gaic.report.over_time import OverTime
    from gaic.report.pictures import Picture, Tree
    from gaic.report.rests import Reliances
    from gaic.report.working import Working


# Sections that a page has full room for.
ROOMY = 8
CROWDED = 2.0
# What a crowded page grants each section at least; below that it explains attributes in a line each.
FEWEST_BOXES, FEWEST_BRANCHES, FEWEST_PARTS, FEWEST_INPUTS = 6, 6, 60, 3
# Attributes that a page explains in sections (fewer only where nothing else helps), and how many of these tables with
# members may add.
MOST_SECTIONS = 60
TIGHT = 8.0
MOST_MEMBER_SECTIONS = 24
# Parameters whose documentation a page has room for; it stands in the file, too.
MOST_DOCS = 80


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a page shows: the more sections there are, the less has each.

    `boxes` of a graph, `branches` of a tree, `parts` of a chart, `rows` of dependencies, `names` in a list, lines
    `around` a place, full `members` of an attribute, `sections` in all; and whether there are `docs` with parameters,
    `maps` of hours and `months` of series.
    """

    boxes: int
    branches: int
    parts: int
    inputs: int
    rows: int
    names: int
    around: int
    members: int
    sections: int
    docs: bool
    maps: bool
    months: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One value explained. `direct` counts all direct dependencies, `hidden_readers` readers that are not listed."""

    pointer: Pointer
    nature: str
    range: tuple[str, str] | None
    blocks: tuple[Block, ...]
    formula: tuple[listing.Piece, ...] | None
    substituted: str
    working: Working | None
    dependencies: tuple[Pointer, ...]
    direct: int
    picture: Picture | None
    tree: Tree | None
    rests: Reliances | None
    readers: tuple[Pointer, ...]
    hidden_readers: int
    series: OverTime | None
    place: listing.Place


def choose_limits(attributes: int, parameters: int = 0, squeeze: float = 1.0) -> Limits:
    """Share the room of a page among its attributes; `squeeze` is how many times more crowded it is than it looks."""
    crowd = max(1.0, attributes * squeeze / ROOMY)
    return Limits(
        boxes=max(FEWEST_BOXES, int(30 / crowd)),
        branches=max(FEWEST_BRANCHES, int(30 / crowd)),
        parts=max(FEWEST_PARTS, int(MOST_PARTS / crowd)),
        inputs=max(FEWEST_INPUTS, int(12 / crowd)),
        rows=max(4, int(30 / crowd)),
        names=max(2, int(12 / crowd)),
        around=2 if crowd <= CROWDED else 0,
        members=max(1, min(8, int(MOST_MEMBER_SECTIONS / (attributes * squeeze)) if attributes else 8)),
        sections=MOST_SECTIONS if squeeze < TIGHT else max(4, int(MOST_SECTIONS / squeeze)),
        docs=parameters * squeeze <= MOST_DOCS,
        maps=squeeze < CROWDED,
        months=squeeze < TIGHT / 2,
    )


def explain_value(facts: Facts, node: int, limits: Limits) -> Section:
    """Gather what is said of one value."""
    pointer = facts.pointers[node]
    account = pointer.account
    edges = facts.edges[node]
    ancestors = facts.book.ancestors(node) if edges else ()
    readers = facts.book.used_by(node)
    return Section(
        pointer=pointer,
        nature=words.name_nature(account.value),
        range=find_range(account),
        blocks=read_markdown(account.doc),
        formula=write_formula(facts, pointer),
        substituted=account.substituted or "",
        working=show_working(facts, node) if account.formula is not None else None,
        dependencies=facts.point(edges[: limits.rows]),
        direct=len(edges),
        picture=draw_picture(facts, node, ancestors, limits.boxes) if edges else None,
        tree=grow_tree(facts, node, ancestors, limits.branches) if edges else None,
        rests=show_reliances(facts, node, limits.inputs),
        readers=facts.point(readers[: limits.names]),
        hidden_readers=max(0, len(readers) - limits.names),
        series=show_series(facts, account, limits.parts, maps=limits.maps, months=limits.months),
        place=listing.show_place(account.span, limits.around),
    )


def write_formula(facts: Facts, pointer: Pointer) -> tuple[listing.Piece, ...] | None:
    """The formula of a value with its names linked; None for a plain value."""
    account = pointer.account
    if account.formula is None:
        return None
    return listing.link_formula(account.formula, account.object, facts.point(facts.edges[pointer.node]))


def find_range(account: Account) -> tuple[str, str] | None:
    """The ends of an uncertain number and their meaning."""
    match account.value:
        case ScalarValue(unit=unit, range=range_) if range_ is not None:
            return words.show_range(range_, unit)
        case _:
            return None
