"""Where boxes and edges of a picture are: columns from left to right, no box over another, no edge through a box."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gaic.report.layers import arrange_layers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gaic.report.layers import Edge, Layers, Slot

BOX_WIDTH = 208
COLUMN_GAP = 46
ROW_GAP = 12
LANE_HEIGHT = 2
MARGIN = 3
ROUNDS = 6
# Room that an arrow head takes before its box.
HEAD = 5
# A sum of distances may miss a half by its rounding.
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Box:
    """Upper left corner and height of the box of a value, in whole pixels."""

    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """An edge: from a dependency to its reader, and the commands of its SVG path."""

    source: int
    target: int
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture; `boxes[i]` belongs to value i."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@lru_cache(maxsize=512)
def draw_graph(heights: tuple[int, ...], edges: tuple[Edge, ...]) -> Drawing:
    """Draw values of the given heights; value 0 stands alone on the right. Objects of one kind share a drawing."""
    layers = arrange_layers(len(heights), edges)
    middles = _place_slots(layers, heights)
    top = min(middle - _height_of(slot, layers, heights) / 2 for slot, middle in middles.items())
    middles = {slot: middle - top + MARGIN for slot, middle in middles.items()}
    columns = len(layers.columns)
    boxes = tuple(
        Box(_left_of(layers.ranks[value], columns), _to_pixel(middles[value, layers.ranks[value]] - height / 2), height)
        for value, height in enumerate(heights)
    )
    bottom = max(middle + _height_of(slot, layers, heights) / 2 for slot, middle in middles.items())
    return Drawing(
        width=_left_of(0, columns) + BOX_WIDTH + MARGIN,
        height=math.ceil(bottom) + MARGIN,
        boxes=boxes,
        lines=tuple(
            Line(source, target, _route_edge(source, target, layers.ranks, columns, middles))
            for source, target in edges
        ),
    )


def _left_of(rank: int, columns: int) -> int:
    return MARGIN + (columns - 1 - rank) * (BOX_WIDTH + COLUMN_GAP)


def _height_of(slot: Slot, layers: Layers, heights: Sequence[int]) -> float:
    value, column = slot
    return heights[value] if layers.ranks[value] == column else LANE_HEIGHT


def _place_slots(layers: Layers, heights: Sequence[int]) -> dict[Slot, float]:
    """The middle of every slot: as near to its neighbours as order and distances allow, to and fro between columns."""
    neighbours: dict[Slot, list[Slot]] = {}
    for slot, targets in layers.joints.items():
        for target in targets:
            neighbours.setdefault(slot, []).append(target)
            neighbours.setdefault(target, []).append(slot)
    middles = {slot: 0.0 for column in layers.columns for slot in column}
    for round_ in range(ROUNDS):
        columns = layers.columns if round_ % 2 == 0 else layers.columns[::-1]
        for column in columns:
            sizes = [_height_of(slot, layers, heights) for slot in column]
            wishes = [_mean([middles[n] for n in neighbours.get(slot, (slot,))]) for slot in column]
            middles.update(zip(column, spread_out(wishes, sizes), strict=True))
    return middles


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def spread_out(wishes: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Middles in the order given, `ROW_GAP` between neighbours, nearest to the wishes by least squares.

    Less the room that is taken above, this is a regression onto sequences that do not fall: neighbours out of order
    are pooled and share the mean of their wishes.
    """
    offsets, offset = [], 0.0
    for index, size in enumerate(sizes):
        offset += (sizes[index - 1] + size) / 2 + ROW_GAP if index else 0.0
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for wish, taken in zip(wishes, offsets, strict=True):
        mean, members = wish - taken, 1
        while pools and pools[-1][0] > mean:
            above, others = pools.pop()
            mean = (mean * members + above * others) / (members + others)
            members += others
        pools.append((mean, members))
    bases = [mean for mean, members in pools for _ in range(members)]
    return [base + taken for base, taken in zip(bases, offsets, strict=True)]


def _route_edge(source: int, target: int, ranks: Sequence[int], columns: int, middles: Mapping[Slot, float]) -> str:
    """From the right side of a box through the lanes between to the left side of another one, as a smooth curve."""
    x = _left_of(ranks[source], columns) + BOX_WIDTH
    y = _to_pixel(middles[source, ranks[source]])
    path = f"M{x} {y}"
    for column in range(ranks[source] - 1, ranks[target] - 1, -1):
        arrived = column == ranks[target]
        y_next = _to_pixel(middles[target if arrived else source, column])
        across = _left_of(column, columns) - (HEAD if arrived else 0) - x
        bend, down = across // 2, y_next - y
        path += f"c{bend} 0 {across - bend} {down} {across} {down}" if down else f"h{across}"
        x, y = _left_of(column, columns) + BOX_WIDTH, y_next
        if not arrived:
            path += f"h{BOX_WIDTH}"
    return path


def _to_pixel(number: float) -> int:
    """The nearest whole pixel; halves always go down the page, so that distances between boxes stay what they are."""
    return math.floor(number + 0.5 + SLACK)
