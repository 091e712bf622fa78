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

    Row i belongs to `objects[i]` (and to member `members[i]`, an object or a link, if there is one value per
    member) and is node `first + i`. Rows that no piece covers are unset.
    """

    kind: str
    attribute: Attribute
    first: int
    objects: Indices
    members: Indices | None
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
    """Nodes of an attribute name: by object, or by object and member."""

    by_object: Indices | None = None
    keys: Indices | None = None
    nodes: Indices | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """A program ready to run."""

    structure: Structure
    columns: tuple[Column, ...]
    order: tuple[Stage, ...]
    size: int
    starts: Indices
    named: Mapping[str, tuple[Column, ...]]
    _tables: dict[str, _Table] = field(default_factory=dict)

    def column_of(self, node: int) -> Column:
        """The column that a node belongs to."""
        return self.columns[int(np.searchsorted(self.starts, node, side="right")) - 1]

    def nodes(self, attribute: str, objects: Indices, members: Indices | None = None) -> Indices:
        """The nodes of an attribute of objects (and members); `MISSING` where there is none."""
        table = self._table(attribute)
        if members is None:
            if table.by_object is None:
                return np.full(len(objects), MISSING, dtype=np.int64)
            return np.where(objects >= 0, table.by_object[objects], MISSING)
        if table.keys is None or table.nodes is None or not len(table.keys):
            return np.full(len(objects), MISSING, dtype=np.int64)
        wanted = objects * self._stride() + members
        places = np.minimum(np.searchsorted(table.keys, wanted), len(table.keys) - 1)
        return np.where(table.keys[places] == wanted, table.nodes[places], MISSING)

    def _stride(self) -> int:
        return max(len(self.structure.entities), len(self.structure.links.owners)) + 1

    def _table(self, attribute: str) -> _Table:
        table = self._tables.get(attribute)
        if table is None:
            table = self._tables[attribute] = self._build_table(attribute)
        return table

    def _build_table(self, attribute: str) -> _Table:
        table = _Table()
        keys: list[Indices] = []
        nodes: list[Indices] = []
        for column in self.named.get(attribute, ()):
            numbers = np.arange(column.first, column.first + column.size)
            if column.members is None:
                if table.by_object is None:
                    table.by_object = np.full(len(self.structure.entities), MISSING, dtype=np.int64)
                table.by_object[column.objects] = numbers
            else:
                keys.append(column.objects * self._stride() + column.members)
                nodes.append(numbers)
        if keys:
            joined = np.concatenate(keys)
            order = np.argsort(joined, kind="stable")
            table.keys, table.nodes = joined[order], np.concatenate(nodes)[order]
        return table
