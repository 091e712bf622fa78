"""Rows on which an expression runs at once, and what it gives for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gaic.units.series import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from gaic.lower.joins import Indices
    from gaic.units.series import Series

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Frame:
    """`n` rows: what each variable stands for in them, and the node that each row computes (-1: none)."""

    n: int
    slots: Mapping[int, Indices]
    nodes: Indices

    def take(self, rows: Indices) -> Frame:
        """Some of the rows, in the order given, also repeated."""
        return Frame(len(rows), {slot: values[rows] for slot, values in self.slots.items()}, self.nodes[rows])

    def bind(self, slot: int, values: Indices) -> Frame:
        """The same rows with one more variable."""
        return Frame(self.n, {**self.slots, slot: values}, self.nodes)


@dataclass(frozen=True, slots=True)
class Scalars:
    """Numbers in root units; `known` says where there is one (None: everywhere)."""

    values: Numbers
    known: Truths | None = None


@dataclass(frozen=True, slots=True)
class SeriesRows:
    """A series for each row."""

    values: list[Series]
    known: Truths | None = None


@dataclass(frozen=True, slots=True)
class TruthRows:
    """True or false for each row."""

    values: Truths
    known: Truths | None = None


@dataclass(frozen=True, slots=True)
class WordRows:
    """A text for each row."""

    values: list[str]
    known: Truths | None = None


@dataclass(frozen=True, slots=True)
class ThingRows:
    """An object or a link for each row, by number; -1 is none."""

    values: Indices
    known: Truths | None = None


Rows = Scalars | SeriesRows | TruthRows | WordRows | ThingRows


def take_rows(rows: Rows, places: Indices) -> Rows:
    """Some of the rows, in the order given."""
    known = None if rows.known is None else rows.known[places]
    match rows:
        case Scalars(values):
            return Scalars(values[places], known)
        case TruthRows(values):
            return TruthRows(values[places], known)
        case ThingRows(values):
            return ThingRows(values[places], known)
        case SeriesRows(values):
            return SeriesRows([values[i] for i in places.tolist()], known)
        case WordRows(values):
            return WordRows([values[i] for i in places.tolist()], known)


def merge_rows(n: int, parts: list[tuple[Indices, Rows]]) -> Rows:
    """Put parts of one sort back to their places among `n` rows; parts of no rows are left out."""
    parts = [(places, rows) for places, rows in parts if len(places)] or parts[:1]
    if len(parts) == 1 and len(parts[0][0]) == n:
        return parts[0][1]
    known = np.ones(n, dtype=np.bool_)
    for places, rows in parts:
        if rows.known is not None:
            known[places] = rows.known
    mask = None if known.all() else known
    match parts[0][1]:
        case Scalars():
            numbers = np.zeros(n)
            for places, rows in parts:
                numbers[places] = np.asarray(rows.values, dtype=np.float64)
            return Scalars(numbers, mask)
        case TruthRows():
            truths = np.zeros(n, dtype=np.bool_)
            for places, rows in parts:
                truths[places] = np.asarray(rows.values, dtype=np.bool_)
            return TruthRows(truths, mask)
        case ThingRows():
            things = np.full(n, -1, dtype=np.int64)
            for places, rows in parts:
                things[places] = np.asarray(rows.values, dtype=np.int64)
            return ThingRows(things, mask)
        case SeriesRows():
            return SeriesRows(_merge_series(n, parts), mask)
        case WordRows():
            return WordRows(_merge_words(n, parts), mask)


def _merge_series(n: int, parts: list[tuple[Indices, Rows]]) -> list[Series]:
    merged = [NOTHING] * n
    for places, rows in parts:
        if isinstance(rows, SeriesRows):
            for place, value in zip(places.tolist(), rows.values, strict=True):
                merged[place] = value
    return merged


def _merge_words(n: int, parts: list[tuple[Indices, Rows]]) -> list[str]:
    merged = [""] * n
    for places, rows in parts:
        if isinstance(rows, WordRows):
            for place, value in zip(places.tolist(), rows.values, strict=True):
                merged[place] = value
    return merged
