"""The totals of a model by category and phase: a table and the bar that is drawn over it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report import charts, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gaic.evaluate.account import TotalRow
    from gaic.report.criteria import Criterion

MOST_CATEGORIES = 24
MOST_PHASES = 6


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
    """A category: a number per phase (None where nothing counts there), their sum and its share."""

    label: str
    color: int
    cells: tuple[words.Shown | None, ...]
    sum: words.Shown | None
    share: str


@dataclass(frozen=True, slots=True)
class TotalTable:
    """The totals of one criterion; `parts` is empty where a bar would say nothing (a part below zero).

    `sums` are those of the phases. Small categories and phases beyond the most that are told apart are one.
    """

    label: str
    whole: words.Shown
    phases: tuple[str, ...]
    lines: tuple[TotalLine, ...]
    sums: tuple[words.Shown | None, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Categories or phases that are shown as one, mostly just one of them."""

    label: str
    names: frozenset[str]


def tabulate_totals(criterion: Criterion) -> TotalTable:
    """The table of one criterion, in the order of the categories."""
    categories = _group(criterion.categories, MOST_CATEGORIES, "more category", "more categories")
    phases = _group(criterion.phases, MOST_PHASES, "more phase")
    return TotalTable(
        label=criterion.label,
        whole=words.show_value(criterion.whole.value),
        phases=tuple(phase.label for phase in phases),
        lines=tuple(_write_line(criterion, group, number, phases) for number, group in enumerate(categories)),
        sums=tuple(_sum_of(criterion, [r for r in criterion.rows if r.phase in phase.names]) for phase in phases),
        parts=_stack_rows(criterion, categories, phases),
    )


def sum_rows(rows: Sequence[TotalRow]) -> float | None:
    """The sum of some totals; None if there are none or their units differ."""
    if len({row.value.unit for row in rows}) != 1:
        return None
    return math.fsum(row.value.value for row in rows)


def _group(labels: Mapping[str, str], most: int, one: str, many: str = "") -> list[_Group]:
    names = list(labels)
    if len(names) <= most:
        return [_Group(labels[name], frozenset({name})) for name in names]
    groups = [_Group(labels[name], frozenset({name})) for name in names[: most - 1]]
    rest = names[most - 1 :]
    return [*groups, _Group(words.count_words(len(rest), one, many), frozenset(rest))]


def _write_line(criterion: Criterion, group: _Group, color: int, phases: Sequence[_Group]) -> TotalLine:
    rows = [row for row in criterion.rows if row.category in group.names]
    total = sum_rows(rows)
    return TotalLine(
        label=group.label,
        color=color,
        cells=tuple(_sum_of(criterion, [row for row in rows if row.phase in phase.names]) for phase in phases),
        sum=_sum_of(criterion, rows),
        share="" if total is None else criterion.show_share(total),
    )


def _sum_of(criterion: Criterion, rows: Sequence[TotalRow]) -> words.Shown | None:
    total = sum_rows(rows)
    return None if total is None else criterion.show(total)


def _stack_rows(criterion: Criterion, categories: Sequence[_Group], phases: Sequence[_Group]) -> tuple[Part, ...]:
    """Pieces of one bar, category by category, in each the phases in order."""
    if sum_rows(criterion.rows) is None:
        return ()
    cells = [
        (category, phase, sum_rows([r for r in criterion.rows if r.category in group.names and r.phase in own.names]))
        for category, group in enumerate(categories)
        for phase, own in enumerate(phases)
    ]
    filled = [(category, phase, value) for category, phase, value in cells if value is not None]
    segments = charts.stack_parts([value for _, _, value in filled])
    if segments is None:
        return ()
    return tuple(
        Part(
            category=categories[category].label,
            phase=phases[phase].label,
            value=criterion.show(value),
            segment=segment,
            color=category,
            shade=phase,
        )
        for (category, phase, value), segment in zip(filled, segments, strict=True)
    )
