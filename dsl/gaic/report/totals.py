"""The totals of a model as tables, bars and charts, one set per criterion."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue
from gaic.report import charts, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.evaluate.account import TotalRow
    from gaic.report.facts import Facts, Pointer

COURSE_PARTS = 180
MOST_NAMES = 30


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the bar: the value of a category in a phase; `color` and `shade` are numbers of styles."""

    category: str
    phase: str
    value: words.Shown
    segment: charts.Segment
    color: int
    shade: int


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A category: a number per phase (empty if nothing counts there), their sum, its share, the values added."""

    label: str
    color: int
    cells: tuple[str, ...]
    sum: str
    share: str
    pointers: tuple[Pointer, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class TotalTable:
    """The totals of one criterion; `parts` is empty where a bar would say nothing (a part below zero)."""

    name: str
    label: str
    whole: words.Shown
    phases: tuple[str, ...]
    lines: tuple[TotalLine, ...]
    sums: tuple[str, ...]
    parts: tuple[Part, ...]
    chart: charts.Chart | None
    charted: int
    counted: int


def tabulate_totals(facts: Facts) -> tuple[TotalTable, ...]:
    """One table per criterion, in the order of the rows."""
    criteria: dict[str, list[TotalRow]] = {}
    for row in facts.book.totals():
        criteria.setdefault(row.criterion, []).append(row)
    return tuple(_tabulate_criterion(facts, rows) for rows in criteria.values())


def sum_rows(rows: Sequence[TotalRow]) -> float | None:
    """The sum of some totals; None if there are none or their units differ."""
    if len({row.value.unit for row in rows}) != 1:
        return None
    return math.fsum(row.value.value for row in rows)


def list_labels(rows: Sequence[TotalRow]) -> tuple[dict[str, str], dict[str, str]]:
    """Names and labels of the categories and of the phases that occur, in order."""
    categories = {row.category: row.category_label or row.category for row in rows if row.category is not None}
    phases = {row.phase: row.phase_label or row.phase for row in rows if row.phase is not None}
    return categories, phases


def _tabulate_criterion(facts: Facts, rows: list[TotalRow]) -> TotalTable:
    parts = [row for row in rows if row.category is not None and row.phase is not None]
    categories, phases = list_labels(parts)
    whole = next((row for row in rows if row.category is None and row.phase is None), rows[0])
    nodes = list(dict.fromkeys(node for row in parts for node in row.nodes))
    courses = [
        course
        for node in nodes
        if isinstance(facts.pointers[node].account.value, HourlyValue)
        and (course := facts.book.course(node, COURSE_PARTS)) is not None
    ]
    course = charts.add_courses(courses, COURSE_PARTS)
    return TotalTable(
        name=whole.criterion,
        label=whole.criterion_label or whole.criterion,
        whole=words.show_value(whole.value),
        phases=tuple(phases.values()),
        lines=tuple(
            _write_line(facts, label, number, [row for row in parts if row.category == name], list(phases), whole)
            for number, (name, label) in enumerate(categories.items())
        ),
        sums=tuple(_write_sum([row for row in parts if row.phase == phase]) for phase in phases),
        parts=_stack_rows(parts, list(categories), list(phases)),
        chart=charts.draw_course(course) if course else None,
        charted=len(courses),
        counted=len(nodes),
    )


def _write_line(
    facts: Facts, label: str, color: int, rows: list[TotalRow], phases: list[str], whole: TotalRow
) -> TotalLine:
    total = sum_rows(rows)
    nodes = list(dict.fromkeys(node for row in rows for node in row.nodes))
    share = "" if total is None or whole.value.value <= 0 else charts.show_share(100 * total / whole.value.value)
    return TotalLine(
        label=label,
        color=color,
        cells=tuple(_write_sum([row for row in rows if row.phase == phase]) for phase in phases),
        sum=_write_sum(rows),
        share=share,
        pointers=facts.point(nodes[:MOST_NAMES]),
        hidden=max(0, len(nodes) - MOST_NAMES),
    )


def _write_sum(rows: Sequence[TotalRow]) -> str:
    total = sum_rows(rows)
    return "" if total is None else words.write_number(total)


def _stack_rows(rows: list[TotalRow], categories: list[str], phases: list[str]) -> tuple[Part, ...]:
    """Pieces of one bar, category by category, in each the phases in order."""
    if sum_rows(rows) is None:
        return ()
    ordered = sorted(rows, key=lambda row: (categories.index(row.category or ""), phases.index(row.phase or "")))
    segments = charts.stack_parts([row.value.value for row in ordered])
    if segments is None:
        return ()
    return tuple(
        Part(
            category=row.category_label or row.category or "",
            phase=row.phase_label or row.phase or "",
            value=words.show_value(row.value),
            segment=segment,
            color=categories.index(row.category or ""),
            shade=phases.index(row.phase or ""),
        )
        for row, segment in zip(ordered, segments, strict=True)
    )
