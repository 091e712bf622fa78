"""The graph: columns of values, numbered nodes, and the order in which columns can be computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.check.program import Attribute, Formula
    from gaic.lower.joins import Indices
    from gaic.lower.structure import Structure

MISSING = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of a column that run one formula; `given` says that objects set it themselves."""

    formula: Formula
    rows: Indices
    given: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One attribute of one concrete kind.

    Row i belongs to `objects[i]` and is node `first + i`; of a table it also belongs to `members[k][i]`, an object or a
    link, for each of its keys. Where that is a link, `repeats[k][i]` links stand before it that lead to the same
    object. Rows that no piece covers are unset.
    """

    kind: str
    attribute: Attribute
    first: int
    objects: Indices
    members: tuple[Indices, ...]
    repeats: tuple[Indices | None, ...]
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.objects)


@dataclass(frozen=True, slots=True)
class Stage:
    """Columns to compute together: one, or several that depend on each other in a circle."""

    columns: tuple[int, ...]
    circular: bool


@dataclass(slots=True)
class _Table:
    """Nodes of an attribute name that is read with so many keys.

    `nodes` are by object; with keys, by place in the last level. A level is sorted and joins the places in the level
    before it (the objects, at first) with the members of one key, so that no number overflows.
    """

    levels: tuple[Indices, ...]
    nodes: Indices


@dataclass(frozen=True, slots=True)
class Graph:
    """A program ready to run."""

    structure: Structure
    columns: tuple[Column, ...]
    order: tuple[Stage, ...]
    size: int
    starts: Indices
    named: Mapping[str, tuple[Column, ...]]
    _tables: dict[tuple[str, int], _Table] = field(default_factory=dict)

    def column_of(self, node: int) -> Column:
        """The column that a node belongs to."""
        return self.columns[int(np.searchsorted(self.starts, node, side="right")) - 1]

    def nodes(self, attribute: str, objects: Indices, members: tuple[Indices, ...] = ()) -> Indices:
        """The nodes of an attribute of objects (and members of each key); `MISSING` where there is none."""
        table = self._table(attribute, len(members))
        if not len(table.nodes):
            return np.full(len(objects), MISSING, dtype=np.int64)
        here = objects
        for level, keys in zip(table.levels, members, strict=True):
            wanted = here * self._stride() + keys
            places = np.minimum(np.searchsorted(level, wanted), len(level) - 1)
            here = np.where(level[places] == wanted, places, MISSING)
        return np.where(here >= 0, table.nodes[here], MISSING)

    def _stride(self) -> int:
        return max(len(self.structure.entities), len(self.structure.links.owners)) + 1

    def _table(self, attribute: str, keys: int) -> _Table:
        table = self._tables.get((attribute, keys))
        if table is None:
            table = self._tables[attribute, keys] = self._build_table(attribute, keys)
        return table

    def _build_table(self, attribute: str, keys: int) -> _Table:
        columns = [column for column in self.named.get(attribute, ()) if len(column.members) == keys]
        if not columns:
            return _Table((), np.empty(0, dtype=np.int64))
        here = np.concatenate([column.objects for column in columns])
        levels: list[Indices] = []
        for key in range(keys):
            members = np.concatenate([column.members[key] for column in columns])
            level, here = np.unique(here * self._stride() + members, return_inverse=True)
            levels.append(level)
        nodes = np.full(len(levels[-1]) if levels else len(self.structure.entities), MISSING, dtype=np.int64)
        nodes[here] = np.concatenate([np.arange(column.first, column.first + column.size) for column in columns])
        return _Table(tuple(levels), nodes)
