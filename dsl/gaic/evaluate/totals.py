"""Adds up what counts: per criterion, category and phase."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gaic.evaluate.account import ScalarValue, TotalRow
from gaic.units.series import Series

if TYPE_CHECKING:
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
    total = math.fsum(sum_over_time(run, node) for node in nodes) / factor
    labels = [_label(accountant, name) for name in key]
    return TotalRow(
        criterion=key[0],
        criterion_label=labels[0] or key[0],
        category=key[1],
        category_label=labels[1],
        phase=key[2],
        phase_label=labels[2],
        value=ScalarValue(total, unit.shown if unit else ""),
        nodes=tuple(sorted(nodes)),
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
