"""How much values follow everything below them: one pass from the values back to what they rest on.

With the slope of every reading (`slopes`), that of a value for any value below it is the sum over all ways that lead
there, each the product of its slopes. Going backwards, each node hands what has come together at it to what it reads,
once; the ways are never walked one by one. Values that are asked together share the pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from gaic.evaluate.slopes import Marks, Slopes
    from gaic.lower.joins import Indices

REACHED = 128
"""Mark of a node that a value rests on, beside those of `Bend`."""
STEP = 4_000
"""Going down one level costs as much as passing so many readings."""


@dataclass(frozen=True, slots=True)
class Follows:
    """How much some values follow the nodes below them, and themselves: by node and value; marks of `Bend`."""

    nodes: Indices
    slopes: NDArray[np.float64]
    bends: NDArray[np.uint8]

    def rows(self, value: int, wanted: NDArray[np.bool_]) -> tuple[list[int], list[float], list[int]]:
        """Of one value the wanted nodes that it rests on, by number: nodes, slopes, bends."""
        kept = np.flatnonzero(wanted[self.nodes] & (self.bends[:, value] >= REACHED))
        kept = kept[np.argsort(self.nodes[kept])]
        bends = self.bends[kept, value] & ~np.uint8(REACHED)
        return self.nodes[kept].tolist(), self.slopes[kept, value].tolist(), bends.tolist()


class Backward:
    """Passes over one graph of slopes; `work` counts readings that were passed, once for each value, and levels.

    A reading is worth about a hundredth of a microsecond.
    """

    def __init__(self, slopes: Slopes) -> None:
        self._slopes = slopes
        self._size = len(slopes.starts) - 1
        self._levels = _find_levels(slopes.starts, slopes.reads)
        self._place = np.full(self._size, -1, dtype=np.int64)
        self.work = 0

    def follow(self, values: Sequence[Mapping[int, float]]) -> Follows:
        """The slopes of some values, each the sum of nodes with their parts in it, for all that is below them."""
        nodes = self._find_ancestors(sorted({node for value in values for node in value}))
        self._place[nodes] = np.arange(len(nodes))
        slopes = np.zeros((len(nodes), len(values)))
        bends = np.zeros((len(nodes), len(values)), dtype=np.uint8)
        for number, value in enumerate(values):
            places = self._place[list(value)]
            slopes[places, number] = list(value.values())
            bends[places, number] = REACHED
        self._pass_down(nodes, slopes, bends)
        self._place[nodes] = -1
        return Follows(nodes, slopes, bends)

    def _pass_down(self, nodes: Indices, slopes: NDArray[np.float64], bends: Marks) -> None:
        """Hand on what each node has, from the highest level to the lowest."""
        starts = self._slopes.starts
        counts = starts[nodes + 1] - starts[nodes]
        readers = np.repeat(np.arange(len(nodes)), counts)
        edges = np.arange(len(readers)) + np.repeat(starts[nodes] - (np.cumsum(counts) - counts), counts)
        reads = self._place[self._slopes.reads[edges]]
        levels = self._levels[nodes][readers]
        order = np.lexsort((reads, -levels))
        readers, reads, edges, levels = readers[order], reads[order], edges[order], levels[order]
        bounds = [*np.flatnonzero(np.diff(levels, prepend=-1)).tolist(), len(levels)]
        self.work += len(edges) * slopes.shape[1] + len(bounds) * STEP
        first = np.diff(reads, prepend=-1) != 0
        for begin, end in pairwise(bounds):
            part = slice(begin, end)
            groups = np.flatnonzero(first[part] | (np.arange(begin, end) == begin))
            into, given = reads[part][groups], readers[part]
            factors, marks = self._slopes.slopes[edges[part], None], self._slopes.bends[edges[part], None]
            slopes[into] += np.add.reduceat(slopes[given] * factors, groups, axis=0)
            handed = np.where(bends[given] >= REACHED, bends[given] | marks, np.uint8(0))
            bends[into] |= np.bitwise_or.reduceat(handed, groups, axis=0)

    def _find_ancestors(self, nodes: Sequence[int]) -> Indices:
        """Some nodes and all that they rest on, the highest level first."""
        found = np.array(nodes, dtype=np.int64)
        self._place[found] = 0
        parts = [found]
        while len(found):
            starts = self._slopes.starts
            counts = starts[found + 1] - starts[found]
            places = np.arange(counts.sum()) + np.repeat(starts[found] - (np.cumsum(counts) - counts), counts)
            reads = np.unique(self._slopes.reads[places])
            found = reads[self._place[reads] < 0]
            self._place[found] = 0
            parts.append(found)
        everything = np.concatenate(parts)
        return everything[np.lexsort((everything, -self._levels[everything]))]


def mark_nodes(size: int, nodes: Iterable[int]) -> NDArray[np.bool_]:
    """A mark for each of `size` nodes, set for some."""
    marks = np.zeros(size, dtype=np.bool_)
    marks[list(nodes)] = True
    return marks


def _find_levels(starts: Indices, reads: Indices) -> Indices:
    """For each node the longest way down from it: 0 for one that reads nothing."""
    size = len(starts) - 1
    open_ = np.diff(starts)
    order = np.argsort(reads, kind="stable")
    readers = np.repeat(np.arange(size), open_)[order]
    ends = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(reads, minlength=size), out=ends[1:])
    levels = np.zeros(size, dtype=np.int64)
    found, level = np.flatnonzero(open_ == 0), 0
    while len(found):
        levels[found] = level
        counts = ends[found + 1] - ends[found]
        places = np.arange(counts.sum()) + np.repeat(ends[found] - (np.cumsum(counts) - counts), counts)
        above, times = np.unique(readers[places], return_counts=True)
        open_[above] -= times
        found, level = above[open_[above] == 0], level + 1
    return levels
