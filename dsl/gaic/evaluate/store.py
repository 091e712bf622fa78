"""Values of all nodes while a graph runs, and which reading led to which."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from gaic.check.types import Measure, Truth, Words
from gaic.evaluate.frame import Scalars, SeriesRows, ThingRows, TruthRows, WordRows
from gaic.units.series import NOTHING, Series

if TYPE_CHECKING:
    from gaic.check.types import Type
    from gaic.evaluate.frame import Rows
    from gaic.lower.joins import Indices


@dataclass(slots=True)
class Store:
    """Numbers stand in one array, everything else in a list. A node is ready, and then known, unset or failed."""

    size: int
    numbers: np.ndarray[tuple[int], np.dtype[np.float64]] = field(init=False)
    others: list[Series | str | bool | None] = field(init=False)
    known: np.ndarray[tuple[int], np.dtype[np.bool_]] = field(init=False)
    ready: np.ndarray[tuple[int], np.dtype[np.bool_]] = field(init=False)
    failed: np.ndarray[tuple[int], np.dtype[np.bool_]] = field(init=False)
    edges: list[tuple[Indices, Indices]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = np.zeros(self.size)
        self.others = [None] * self.size
        self.known = np.zeros(self.size, dtype=np.bool_)
        self.ready = np.zeros(self.size, dtype=np.bool_)
        self.failed = np.zeros(self.size, dtype=np.bool_)

    def copy(self) -> Store:
        """The same values in a store of their own, without what was read for them."""
        other = Store(self.size)
        other.take_back(self, np.arange(self.size))
        return other

    def take_back(self, other: Store, nodes: Indices) -> None:
        """Hold for some nodes what another store of the same graph holds."""
        for own, theirs in (
            (self.known, other.known),
            (self.ready, other.ready),
            (self.failed, other.failed),
        ):
            own[nodes] = theirs[nodes]
        self.numbers[nodes] = other.numbers[nodes]
        for node in nodes.tolist():
            self.others[node] = other.others[node]

    def write(self, nodes: Indices, rows: Rows) -> None:
        """Keep what a formula gave for some nodes."""
        self.known[nodes] = True if rows.known is None else rows.known
        self.ready[nodes] = True
        match rows:
            case Scalars(values):
                self.numbers[nodes] = values
            case TruthRows(values):
                for node, truth in zip(nodes.tolist(), values.tolist(), strict=True):
                    self.others[node] = truth
            case SeriesRows(series):
                for node, each in zip(nodes.tolist(), series, strict=True):
                    self.others[node] = each
            case WordRows(words):
                for node, word in zip(nodes.tolist(), words, strict=True):
                    self.others[node] = word
            case ThingRows():
                message = "an attribute cannot hold an object"
                raise TypeError(message)

    def read(self, nodes: Indices, type_: Type) -> Rows:
        """What some nodes hold; a node of -1 is unset (a series there is empty)."""
        there = nodes >= 0
        known = there & self.known[nodes]
        mask = None if known.all() else known
        match type_:
            case Measure(form) if form.value == "scalar":
                return Scalars(np.where(there, self.numbers[nodes], 0.0), mask)
            case Truth():
                return TruthRows(
                    np.array([n >= 0 and self.others[n] is True for n in nodes.tolist()], dtype=np.bool_), mask
                )
            case Words():
                return WordRows([self._word(n) for n in nodes.tolist()], mask)
            case _:
                return SeriesRows([self.series(n) for n in nodes.tolist()], mask)

    def series(self, node: int) -> Series:
        """The series of a node, empty where there is none."""
        value = self.others[node] if node >= 0 else None
        return value if isinstance(value, Series) else NOTHING

    def _word(self, node: int) -> str:
        value = self.others[node] if node >= 0 else None
        return value if isinstance(value, str) else ""

    def dependencies(self) -> tuple[Indices, Indices]:
        """For all nodes what they read, in order of appearance without repeats: row starts, and nodes read."""
        if not self.edges:
            return np.zeros(self.size + 1, dtype=np.int64), np.empty(0, dtype=np.int64)
        readers = np.concatenate([r for r, _ in self.edges])
        reads = np.concatenate([n for _, n in self.edges])
        sound = (readers >= 0) & (reads >= 0)
        readers, reads = readers[sound], reads[sound]
        _, first = np.unique(readers * self.size + reads, return_index=True)
        first.sort()
        readers, reads = readers[first], reads[first]
        order = np.argsort(readers, kind="stable")
        starts = np.zeros(self.size + 1, dtype=np.int64)
        np.cumsum(np.bincount(readers, minlength=self.size), out=starts[1:])
        return starts, reads[order]
