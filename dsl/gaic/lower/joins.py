"""Rows of members per object, and joins along them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gaic.source.diagnostic import GaicError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Indices = NDArray[np.int64]


LARGEST = 10_000_000
"""Rows that one gathering may run over at once."""


class TooManyRowsError(GaicError):
    """A gathering runs over more members than memory is good for."""


def check_size(rows: int) -> None:
    """Raise `TooManyRowsError` for a join that is too large."""
    if rows > LARGEST:
        raise TooManyRowsError


@dataclass(frozen=True, slots=True)
class Rows:
    """For each object the indices that belong to it: `data[starts[o] : starts[o + 1]]`."""

    starts: Indices
    data: Indices

    def join(self, rows: Indices) -> tuple[Indices, Indices]:
        """All members of all `rows`: for each the position in `rows` it belongs to, and the member."""
        first = self.starts[rows]
        counts = self.starts[rows + 1] - first
        check_size(int(counts.sum()))
        parents = np.repeat(np.arange(len(rows)), counts)
        within = np.arange(len(parents)) - np.repeat(np.cumsum(counts) - counts, counts)
        return parents, self.data[first[parents] + within]


def make_rows(members: Iterable[Iterable[int]]) -> Rows:
    """Rows from one collection per object."""
    lists = [list(each) for each in members]
    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(each) for each in lists], out=starts[1:])
    return Rows(starts, np.array([m for each in lists for m in each], dtype=np.int64))
