"""A total as a flow, from objects over categories and phases to the sum: all that enters a node leaves it.

The height of every node and band is its value, on one scale; each node has room for its label, whatever its height.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from gaic.report import addresses
from gaic.report.criteria import add_up, name_object, rank, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gaic.report.criteria import Criterion
    from gaic.report.facts import Facts

T = TypeVar("T")

WIDTH = 960
TALL = 260
"""Height of the total in pixels."""
NODE = 14
ROW = 19
"""Height that a label takes at least."""
GAP = 5
MARGIN = 8
PHASES = 2
"""The column of the phases."""
COLUMNS = (240, 440, 660, 846)
"""Left edges of the nodes: objects, categories, phases, total."""
ROOMS = (226, 194, 160, 92)
"""Pixels of a label; those of objects stand before their nodes, the others behind."""
MOST_OBJECTS = 12
MOST_CATEGORIES = 8
MOST_PHASES = 6
LETTER = 12
"""Size of a label in pixels."""

# Parts of the size of a letter that no usual face goes beyond; wide scripts take a whole one.
_SLIM, _COMMON, _LARGE, _WHOLE = 0.42, 0.64, 0.79, 1.05
_SLIM_LETTERS = frozenset("fijlrtIJ.,:;'|!()[]- ")
_LAST_COMMON = "\u036f"

Key = tuple[int, str]
"""A node: its column, and what it stands for there; an empty name stands for all that are not drawn alone."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its number, its place in pixels, its label in one or several lines. `value` is in full."""

    number: int
    column: int
    title: str
    href: str
    lines: tuple[str, ...]
    color: int | None
    value: str
    x: str
    y: str
    height: str
    text_x: str
    text_y: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Band:
    """A band between two nodes, by their numbers."""

    source: int
    target: int
    title: str
    color: int | None
    value: str
    path: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture in a frame of `WIDTH` x `height`; `refusal` says why there is none."""

    nodes: tuple[Node, ...] = ()
    bands: tuple[Band, ...] = ()
    height: str = "0"
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Number, upper edge and height of a node, and the middle of the row that it has to itself."""

    number: int
    top: float
    height: float
    middle: float


def draw_flow(facts: Facts, criterion: Criterion, objects: int = MOST_OBJECTS) -> Flow:
    """Draw one criterion with so many objects.

    A part below zero has no height, and where nothing adds up there is nothing to draw.
    """
    if any(item.value < 0 for item in criterion.items):
        return Flow(refusal="There is no picture of the flow: a part of the total is below zero.")
    total = math.fsum(item.value for item in criterion.items)
    if total <= 0:
        return Flow(refusal="There is no picture of the flow: nothing adds to the total.")
    flows = _find_flows(criterion, objects)
    values = _weigh(flows)
    columns = [_order(criterion, column, values) for column in range(len(COLUMNS))]
    places, height = _place_nodes(columns, values, TALL / total)
    return Flow(
        nodes=tuple(_write_node(facts, criterion, key, values[key], place) for key, place in places.items()),
        bands=tuple(_write_bands(facts, criterion, flows, places, TALL / total)),
        height=_write(height),
    )


# ------------------------------------------------------------ what flows


def _find_flows(criterion: Criterion, most: int) -> dict[tuple[Key, Key], float]:
    """What flows from node to node; the smallest objects, categories and phases share a node."""
    items = criterion.items
    categories = _largest(add_up(items, lambda item: item.category), MOST_CATEGORIES)
    phases = _largest(add_up(items, lambda item: item.phase), MOST_PHASES)
    objects = _largest(add_up(items, lambda item: (item.category, item.object)), most)
    heaps: dict[tuple[Key, Key], list[float]] = {}
    for item in items:
        if item.value == 0:
            continue
        category = item.category if item.category in categories else ""
        own = f"{category}/{item.object if (item.category, item.object) in objects and category else ''}"
        phase = item.phase if item.phase in phases else ""
        chain = ((0, own), (1, category), (2, phase), (3, ""))
        for source, target in pairwise(chain):
            heaps.setdefault((source, target), []).append(item.value)
    return {ends: math.fsum(heap) for ends, heap in heaps.items()}


def _largest(sums: Mapping[T, float], most: int) -> frozenset[T]:
    return frozenset(name for name, _ in rank(sums, most).kept)


def _weigh(flows: Mapping[tuple[Key, Key], float]) -> dict[Key, float]:
    """The value of every node: what leaves it, and of the last one what enters it."""
    heaps: dict[Key, list[float]] = {}
    for (source, target), value in flows.items():
        heaps.setdefault(source, []).append(value)
        if target[0] == len(COLUMNS) - 1:
            heaps.setdefault(target, []).append(value)
    return {key: math.fsum(heap) for key, heap in heaps.items()}


def _order(criterion: Criterion, column: int, values: Mapping[Key, float]) -> list[Key]:
    """The nodes of a column from top to bottom: categories and phases as declared, objects by size below theirs."""
    keys = [key for key in values if key[0] == column]
    names = [*(criterion.phases if column == PHASES else criterion.categories), ""]

    def rank_of(key: Key) -> tuple[int, bool, float]:
        name, _, own = key[1].rpartition("/") if column == 0 else (key[1], "", key[1])
        return names.index(name), not own, -values[key]

    return sorted(keys, key=rank_of)


# ------------------------------------------------------------ where it is


def _place_nodes(
    columns: Sequence[Sequence[Key]], values: Mapping[Key, float], scale: float
) -> tuple[dict[Key, _Place], float]:
    """Stack the nodes of each column, each in a row of its own; columns share their middle."""
    rows = [[max(ROW, values[key] * scale) for key in column] for column in columns]
    sizes = [sum(row) + GAP * (len(row) - 1) for row in rows]
    places: dict[Key, _Place] = {}
    for column, row, size in zip(columns, rows, sizes, strict=True):
        top = MARGIN + (max(sizes) - size) / 2
        for key, taken in zip(column, row, strict=True):
            height = values[key] * scale
            places[key] = _Place(len(places), top + (taken - height) / 2, height, top + taken / 2)
            top += taken + GAP
    return places, max(sizes) + 2 * MARGIN


def _write_bands(
    facts: Facts,
    criterion: Criterion,
    flows: Mapping[tuple[Key, Key], float],
    places: Mapping[Key, _Place],
    scale: float,
) -> Iterable[Band]:
    """Bands from top to bottom, at both ends beside each other in the order of the nodes that they lead to."""
    ends = sorted(flows, key=lambda pair: (places[pair[0]].number, places[pair[1]].number))
    leaving = {key: place.top for key, place in places.items()}
    entering = dict(leaving)
    for source, target in ends:
        value = flows[source, target]
        height = value * scale
        left, right = leaving[source], entering[target]
        leaving[source] += height
        entering[target] += height
        names = [_tell_name(facts, criterion, key) for key in (source, target)]
        yield Band(
            source=places[source].number,
            target=places[target].number,
            title=f"{names[0]} \N{RIGHTWARDS ARROW} {names[1]}: {criterion.show(value).text}",
            color=_color(criterion, source),
            value=criterion.show(value).exact,
            path=_trace(COLUMNS[source[0]] + NODE, left, COLUMNS[target[0]], right, height),
        )


def _trace(x: float, y: float, x_end: float, y_end: float, height: float) -> str:
    """The outline of a band: along its upper edge to the right, and back below it."""
    bend = _write((x + x_end) / 2)
    there = f"M{_write(x)} {_write(y)}C{bend} {_write(y)} {bend} {_write(y_end)} {_write(x_end)} {_write(y_end)}"
    low, low_end = _write(y + height), _write(y_end + height)
    return f"{there}V{low_end}C{bend} {low_end} {bend} {low} {_write(x)} {low}Z"


# ------------------------------------------------------------ what is written


def _write_node(facts: Facts, criterion: Criterion, key: Key, value: float, place: _Place) -> Node:
    column = key[0]
    shown, share = criterion.show(value), criterion.show_share(value)
    name = _tell_name(facts, criterion, key)
    x, room = COLUMNS[column], ROOMS[column]
    if column == len(COLUMNS) - 1:
        lines = tuple(fit_text(line, room) for line in ("Total", shown.number, shown.unit) if line)
    else:
        tail = f" {share}"
        lines = (fit_text(name, room - measure_text(tail)) + tail,)
    return Node(
        number=place.number,
        column=column,
        title=f"{name}: {shown.text} ({share})",
        href=addresses.page_of(key[1].rpartition("/")[2]) if column == 0 and not key[1].endswith("/") else "",
        lines=lines,
        color=_color(criterion, key),
        value=shown.exact,
        x=_write(x),
        y=_write(place.top),
        height=_write(place.height),
        text_x=_write(x - 6 if column == 0 else x + NODE + 6),
        text_y=_write(place.middle + 4 - (len(lines) - 1) * LETTER * 0.65),
        anchor="end" if column == 0 else "start",
    )


def _tell_name(facts: Facts, criterion: Criterion, key: Key) -> str:
    column, name = key
    if column == 0:
        category, _, path = name.rpartition("/")
        return shorten(name_object(facts, path)) if path else f"others of {_category(criterion, category)}"
    if column == 1:
        return _category(criterion, name)
    if column == len(COLUMNS) - 1:
        return criterion.label
    return criterion.phases[name] if name else "other phases"


def _category(criterion: Criterion, name: str) -> str:
    return criterion.categories[name] if name else "other categories"


def _color(criterion: Criterion, key: Key) -> int | None:
    """The number of the category that a node belongs to; None behind the categories."""
    if key[0] > 1:
        return None
    name = key[1].rpartition("/")[0] if key[0] == 0 else key[1]
    return list(criterion.categories).index(name) if name else None


def measure_text(text: str) -> float:
    """Pixels that a label takes at most; an estimate that is a little too wide for usual faces."""
    return LETTER * sum(
        _SLIM
        if letter in _SLIM_LETTERS
        else _WHOLE
        if letter in "mwMW@%<>+=\N{MULTIPLICATION SIGN}" or letter > _LAST_COMMON
        else _LARGE
        if letter.isupper()
        else _COMMON
        for letter in text
    )


def fit_text(text: str, room: float) -> str:
    """The beginning of a label that fits into so many pixels."""
    if measure_text(text) <= room:
        return text
    kept = text
    while kept and measure_text(kept) + LETTER > room:
        kept = kept[:-1]
    return kept.rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _write(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
