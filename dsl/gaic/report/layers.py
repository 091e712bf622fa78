"""Which column each box of a picture stands in, and in which order: columns by longest path, order by barycentre.

An edge that spans several columns gets a lane (a slot without a box) in each column between, so that it can be drawn
around the boxes there. The lanes of one value are shared by all its long edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SWEEPS = 6

Edge = tuple[int, int]
# The value in a slot and the column: a value's own column, or one that it only passes.
Slot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layers:
    """Columns counted from the last value (0) to the left; `joints` leads from a slot to those right of it."""

    ranks: tuple[int, ...]
    columns: tuple[tuple[Slot, ...], ...]
    joints: Mapping[Slot, tuple[Slot, ...]]


def arrange_layers(count: int, edges: Sequence[Edge]) -> Layers:
    """Place the values 0 to `count - 1`; 0 is the one explained, and an edge leads from a dependency to its reader."""
    ranks = _rank_values(count, edges)
    joints = _join_slots(ranks, edges)
    columns: list[list[Slot]] = [[] for _ in range(max(ranks) + 1)]
    for value, column in sorted(joints.keys() | {(0, 0)}):
        columns[column].append((value, column))
    return Layers(ranks, _order_columns(columns, joints), joints)


def _rank_values(count: int, edges: Sequence[Edge]) -> tuple[int, ...]:
    """Length of the longest path from each value to value 0."""
    readers: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        readers[source].append(target)
    ranks: dict[int, int] = {0: 0}
    for start in range(count):
        pending = [start]
        while pending:
            value = pending[-1]
            missing = [] if value in ranks else [reader for reader in readers[value] if reader not in ranks]
            pending.extend(missing)
            if not missing:
                ranks.setdefault(pending.pop(), 1 + max((ranks[reader] for reader in readers[value]), default=0))
    return tuple(ranks[value] for value in range(count))


def _join_slots(ranks: Sequence[int], edges: Sequence[Edge]) -> dict[Slot, tuple[Slot, ...]]:
    """From every slot of a value to the next column: its own lane, or the boxes that read it there."""
    joints: dict[Slot, tuple[Slot, ...]] = {}
    for value, rank in enumerate(ranks):
        targets = [target for source, target in edges if source == value]
        last = min((ranks[target] for target in targets), default=rank)
        for column in range(rank, last, -1):
            arrivals = tuple((target, column - 1) for target in targets if ranks[target] == column - 1)
            lane = ((value, column - 1),) if column - 1 > last else ()
            joints[value, column] = arrivals + lane
    return joints


def _order_columns(columns: list[list[Slot]], joints: Mapping[Slot, tuple[Slot, ...]]) -> tuple[tuple[Slot, ...], ...]:
    """Sort every column by the mean place of its neighbours, to and fro; keep the order with fewest crossings."""
    sources: dict[Slot, list[Slot]] = {}
    for slot, targets in joints.items():
        for target in targets:
            sources.setdefault(target, []).append(slot)
    best = [list(column) for column in columns]
    fewest = _count_crossings(best, joints)
    for sweep in range(SWEEPS):
        leftward = sweep % 2 == 0
        order = range(1, len(columns)) if leftward else range(len(columns) - 2, -1, -1)
        for index in order:
            fixed = {slot: place for place, slot in enumerate(columns[index - 1 if leftward else index + 1])}
            _sort_column(columns[index], joints if leftward else sources, fixed)
        crossings = _count_crossings(columns, joints)
        if crossings < fewest:
            best, fewest = [list(column) for column in columns], crossings
        if fewest == 0:
            break
    return tuple(tuple(column) for column in best)


def _sort_column(column: list[Slot], neighbours: Mapping[Slot, Sequence[Slot]], fixed: Mapping[Slot, int]) -> None:
    """Order a column in place; a slot without neighbours keeps its place."""
    keys: dict[Slot, tuple[float, int]] = {}
    for place, slot in enumerate(column):
        places = [fixed[neighbour] for neighbour in neighbours.get(slot, ())]
        keys[slot] = (sum(places) / len(places) if places else float(place), place)
    column.sort(key=keys.__getitem__)


def _count_crossings(columns: Sequence[Sequence[Slot]], joints: Mapping[Slot, tuple[Slot, ...]]) -> int:
    """Pairs of edges between neighbouring columns whose ends are in opposite order."""
    crossings = 0
    for index in range(1, len(columns)):
        right = {slot: place for place, slot in enumerate(columns[index - 1])}
        ends: list[int] = []
        for slot in columns[index]:
            places = [right[target] for target in joints.get(slot, ())]
            crossings += sum(1 for place in places for end in ends if end > place)
            ends.extend(places)
    return crossings
