"""The summary of a model as data: what an answer comes to, what it is made of, when it falls due, what to act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report import addresses, words
from gaic.report.contributions import grow_contributions
from gaic.report.criteria import add_up, gather_criteria, name_object, rank, shorten
from gaic.report.flow import MOST_OBJECTS as MOST_OBJECTS_DRAWN
from gaic.report.flow import draw_flow
from gaic.report.spans import MOST_COLUMNS
from gaic.report.timeline import follow_time
from gaic.report.totals import tabulate_totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.check.program import Study
    from gaic.evaluate.account import CheckRow, ObjectAccount
    from gaic.report.book import SiteHead
    from gaic.report.contributions import ContributionTree
    from gaic.report.criteria import Criterion
    from gaic.report.facts import Facts
    from gaic.report.flow import Flow
    from gaic.report.levers import Lever, LeverTable
    from gaic.report.timeline import Timeline
    from gaic.report.totals import TotalTable
    from gaic.source.diagnostic import Diagnostic
    from gaic.study.influence import Influences

MOST_CRITERIA = 6
"""Criteria that are explained one by one; of others the total is said."""
TREE_ROWS = 240
"""Rows of all trees of a page."""
FLOW_OBJECTS = 24
"""Objects of all flows of a page, at most as many as a flow has room for."""
MOST_LEFT_OUT = 40
"""Criteria of which only the total is said."""
MOST_FINDINGS = 30
MOST_CHECKS = 60
MOST_OBJECTS = 800
"""Objects that the page lists; all of them are in the search."""
ROOMY_SHELF = 12
"""Objects of a kind up to which they stand open."""
MOST_INPUTS = 60
UNIT_FIELDS = ("functional_unit", "delivered")


@dataclass(frozen=True, slots=True)
class PerUnit:
    """A total per functional unit; without a value `missing` names what the study ought to say, or says it wrongly."""

    value: words.Shown | None
    unit: str
    delivered: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A part that a sentence names: its label, an address from the root of the site (or none), its share."""

    label: str
    href: str
    share: str


@dataclass(frozen=True, slots=True)
class CriterionPage:
    """Everything that the summary says of one criterion; `category` and `object` are the largest ones."""

    table: TotalTable
    per_unit: PerUnit
    category: Mention | None
    object: Mention | None
    lever: Lever | None
    tree: ContributionTree
    flow: Flow
    timeline: Timeline | None
    levers: LeverTable


@dataclass(frozen=True, slots=True)
class Shelf:
    """The objects of one kind as (label, path if it differs, address); `hidden` counts those that are not listed."""

    label: str
    kind: str
    objects: tuple[tuple[str, str, str], ...]
    hidden: int
    open: bool

    @property
    def count(self) -> int:
        """All objects of the kind."""
        return len(self.objects) + self.hidden


@dataclass(frozen=True, slots=True)
class Findings:
    """What the compiler found and what was asserted; the numbers count what is not listed."""

    diagnostics: tuple[Diagnostic, ...]
    hidden: int
    failed: tuple[CheckRow, ...]
    failed_hidden: int
    held: tuple[CheckRow, ...]
    held_hidden: int
    checks: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The first page of a site."""

    criteria: tuple[CriterionPage, ...]
    others: tuple[TotalTable, ...]
    findings: Findings
    own: tuple[Shelf, ...]
    shipped: tuple[Shelf, ...]
    inputs: int


def summarize(facts: Facts, head: SiteHead, influences: Influences | None) -> Summary:
    """Gather the first page; of large models the largest parts."""
    criteria = gather_criteria(facts)
    explained = criteria[:MOST_CRITERIA]
    room = max(1, len(explained))
    return Summary(
        criteria=tuple(_explain(facts, criterion, head.study, influences, room) for criterion in explained),
        others=tuple(map(tabulate_totals, criteria[MOST_CRITERIA:][:MOST_LEFT_OUT])),
        findings=_sort_findings(head.diagnostics, facts.book.checks()),
        own=shelve_objects([object_ for object_ in facts.objects if not object_.library]),
        shipped=shelve_objects([object_ for object_ in facts.objects if object_.library]),
        inputs=MOST_INPUTS,
    )


def _explain(
    facts: Facts, criterion: Criterion, study: Study, influences: Influences | None, room: int
) -> CriterionPage:
    from gaic.report.levers import find_levers

    levers = find_levers(facts, influences, criterion.name)
    categories = rank(add_up(criterion.items, lambda item: item.category), 1).kept
    objects = rank(add_up(criterion.items, lambda item: item.object), 1).kept
    return CriterionPage(
        table=tabulate_totals(criterion),
        per_unit=divide_total(facts, criterion, study),
        category=_mention(criterion, criterion.categories[categories[0][0]], "", categories[0][1])
        if categories
        else None,
        object=_mention(
            criterion, shorten(name_object(facts, objects[0][0])), addresses.page_of(objects[0][0]), objects[0][1]
        )
        if objects
        else None,
        lever=levers.levers[0] if levers.levers else None,
        tree=grow_contributions(facts, criterion, TREE_ROWS // room),
        flow=draw_flow(facts, criterion, min(MOST_OBJECTS_DRAWN, FLOW_OBJECTS // room)),
        timeline=follow_time(facts, criterion, study, MOST_COLUMNS // min(room, 3)),
        levers=levers,
    )


def _mention(criterion: Criterion, label: str, href: str, value: float) -> Mention:
    return Mention(label, href, criterion.show_share(value))


def divide_total(facts: Facts, criterion: Criterion, study: Study) -> PerUnit:
    """The total per functional unit, or what has to be said for it."""
    unit = shorten(study.fields.get("functional_unit") or "")
    missing = tuple(name for name in UNIT_FIELDS if not study.fields.get(name))
    units = None if missing else facts.book.delivered_units()
    if units is None:
        return PerUnit(None, unit, "", missing)
    return PerUnit(criterion.show(criterion.total / units), unit, words.write_number(units), ())


def shelve_objects(objects: Sequence[ObjectAccount]) -> tuple[Shelf, ...]:
    """Objects by kind, kinds in the order in which their first object is declared."""
    kinds: dict[tuple[str, str], list[ObjectAccount]] = {}
    for object_ in objects:
        kinds.setdefault((object_.kind_label or object_.kind, object_.kind), []).append(object_)
    room = MOST_OBJECTS
    shelves = []
    for (label, kind), own in kinds.items():
        listed = own[:room]
        room -= len(listed)
        shelves.append(
            Shelf(
                shorten(label),
                shorten(kind),
                tuple(map(_list_object, listed)),
                len(own) - len(listed),
                open=len(own) <= ROOMY_SHELF,
            )
        )
    return tuple(shelves)


def _list_object(object_: ObjectAccount) -> tuple[str, str, str]:
    label = shorten(object_.label or object_.path)
    aside = shorten(object_.path) if object_.label and object_.label != object_.path else ""
    return label, aside, addresses.page_of(object_.path)


def _sort_findings(diagnostics: Sequence[Diagnostic], checks: Sequence[CheckRow]) -> Findings:
    failed = [check for check in checks if not check.ok]
    held = [check for check in checks if check.ok]
    return Findings(
        diagnostics=tuple(diagnostics[:MOST_FINDINGS]),
        hidden=len(diagnostics[MOST_FINDINGS:]),
        failed=tuple(failed[:MOST_CHECKS]),
        failed_hidden=len(failed[MOST_CHECKS:]),
        held=tuple(held[:MOST_CHECKS]),
        held_hidden=len(held[MOST_CHECKS:]),
        checks=len(checks),
    )
