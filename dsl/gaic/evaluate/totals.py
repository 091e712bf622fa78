"""Adds up what counts: per criterion, category and phase, and over the spans of a calendar."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from gaic.check.types import Measure
from gaic.evaluate.account import ScalarValue, TotalRow
from gaic.units.series import Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.evaluate.accounts import Accountant
    from gaic.evaluate.run import Run
    from gaic.units.measures import Unit

    Key = tuple[str, str, str]


def add_totals(run: Run, accountant: Accountant) -> tuple[TotalRow, ...]:
    """The sum over time of every value that counts, by criterion, category and phase; then the sum per criterion."""
    groups: dict[Key, list[int]] = {}
    units: dict[str, Unit | None] = {}
    kinds = run.graph.structure.program.kinds
    for column in run.graph.columns:
        counting = column.attribute.counting
        if counting is None or column.members:
            continue
        units.setdefault(counting.criterion, column.attribute.unit)
        key = (counting.criterion, kinds[column.kind].category, counting.phase)
        groups.setdefault(key, []).extend(range(column.first, column.first + column.size))
    rows: list[TotalRow] = []
    for criterion in _in_order(accountant, "criterion", units):
        keys = [k for k in groups if k[0] == criterion]
        categories = _in_order(accountant, "category", dict.fromkeys(k[1] for k in keys))
        phases = _in_order(accountant, "phase", dict.fromkeys(k[2] for k in keys))
        for category in categories:
            for phase in phases:
                nodes = groups.get((criterion, category, phase))
                if nodes is not None:
                    rows.append(_row(run, accountant, (criterion, category, phase), nodes, units[criterion]))
        everything = [n for k in keys for n in groups[k]]
        rows.append(_row(run, accountant, (criterion, None, None), everything, units[criterion]))
    return tuple(rows)


def _in_order(accountant: Accountant, sort: str, names: dict[str, object] | dict[str, Unit | None]) -> list[str]:
    """Names in the order in which the library declares them, then the others in order of appearance."""
    declared = [d.path for d in accountant.program.declared.values() if d.sort == sort]
    return [*(n for n in declared if n in names), *(n for n in names if n not in declared)]


def _row(
    run: Run, accountant: Accountant, key: tuple[str, str | None, str | None], nodes: list[int], unit: Unit | None
) -> TotalRow:
    factor = unit.factor if unit is not None else 1.0
    nodes = sorted(nodes)
    sums = [sum_over_time(run, node) for node in nodes]
    labels = [_label(accountant, name) for name in key]
    return TotalRow(
        criterion=key[0],
        criterion_label=labels[0] or key[0],
        category=key[1],
        category_label=labels[1],
        phase=key[2],
        phase_label=labels[2],
        value=ScalarValue(math.fsum(sums) / factor, unit.shown if unit else ""),
        nodes=tuple(nodes),
        parts=tuple(each / factor for each in sums),
    )


def _label(accountant: Accountant, name: str | None) -> str | None:
    if name is None:
        return None
    declared = accountant.program.declared.get(name)
    if declared is not None:
        return declared.label
    own = (kind.label for kind in accountant.program.kinds.values() if name == kind.category == kind.shown)
    return next(own, name.replace("_", " "))


def sum_over_time(run: Run, node: int) -> float:
    """What a value adds to a total: the sum of its hours, or the number itself, in root units; 0 where it is unset."""
    held = run.store.others[node]
    if isinstance(held, Series):
        return run.workshop.total(held) if held.n else 0.0
    return float(run.store.numbers[node]) if run.store.known[node] else 0.0


def spread_total(run: Run, row: TotalRow, edges: Sequence[int]) -> tuple[float, ...]:
    """What the series of a total come to from each edge up to the next, in the unit of the total.

    Edges are hours since 1970-01-01T00:00 that do not fall. Hours of a local clock are taken as they are written; a
    value without hours is in none of the spans.
    """
    sums = np.zeros(len(edges) - 1)
    for node in row.nodes:
        held = run.store.others[node]
        if isinstance(held, Series) and held.n:
            cuts = np.clip(np.asarray(edges, dtype=np.int64) - held.start, 0, held.n)
            filled = np.flatnonzero(cuts[:-1] < cuts[1:])
            if len(filled):  # a span without hours would get the hour at its edge
                sums[filled] += np.add.reduceat(run.workshop.values(held)[: cuts[-1]], cuts[filled])
    unit = next(
        column.attribute.unit
        for column in run.graph.columns
        if column.attribute.counting is not None and column.attribute.counting.criterion == row.criterion
    )
    return tuple((sums / (unit.factor if unit is not None else 1.0)).tolist())


def count_units(run: Run, functional_unit: int | None, delivered: int | None) -> float | None:
    """How many functional units the model brings; None where one of the two numbers is missing or they do not fit."""
    if functional_unit is None or delivered is None:
        return None
    types = [run.graph.column_of(node).attribute.type for node in (functional_unit, delivered)]
    measures = [each for each in types if isinstance(each, Measure)]
    tags = {each.tag for each in measures} - {None}
    if len(measures) < len(types) or len({each.dimension for each in measures}) > 1 or len(tags) > 1:
        return None
    one, all_ = (sum_over_time(run, node) for node in (functional_unit, delivered))
    return all_ / one if one > 0.0 and all_ > 0.0 else None
