"""Which formula each node ran, and in which unit its value is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.check.types import Measure

if TYPE_CHECKING:
    from gaic.check.types import Type
    from gaic.lower.graph import Graph, Piece
    from gaic.units.measures import Unit


class Pieces:
    """Looks up formulas and units of nodes, a column at a time."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._pieces: dict[int, Piece | None] = {}
        self._usual: dict[Type, Unit | None] = {}

    def piece(self, node: int) -> Piece | None:
        """The formula that a node ran; None if it is unset."""
        if node not in self._pieces:
            column = self.graph.column_of(node)
            for row in range(column.size):
                self._pieces[column.first + row] = None
            for piece in column.pieces:
                for row in piece.rows.tolist():
                    self._pieces[column.first + row] = piece
        return self._pieces[node]

    def unit(self, node: int) -> Unit | None:
        """The unit in which a value is shown: the written one of a plain input, else that of its type."""
        piece = self.piece(node)
        if piece is not None and piece.formula.unit is not None:
            return piece.formula.unit
        return self.graph.column_of(node).attribute.unit

    def factor(self, node: int) -> float:
        """What one of the shown unit is worth in root units."""
        unit = self.unit(node)
        return unit.factor if unit is not None else 1.0

    def text(self, node: int) -> str:
        """The shown unit as text."""
        unit = self.unit(node)
        return unit.shown if unit is not None else ""

    def usual(self, type_: Type) -> Unit | None:
        """The unit of a number that belongs to no attribute: that of its count, else of its dimension."""
        if type_ not in self._usual:
            self._usual[type_] = self._find_usual(type_)
        return self._usual[type_]

    def _find_usual(self, type_: Type) -> Unit | None:
        if not isinstance(type_, Measure):
            return None
        system = self.graph.structure.program.system
        if type_.tag is not None:
            alike = (t.unit for t in system.types() if (t.dimension, t.tag) == (type_.dimension, type_.tag))
            return next(alike, None)
        return None if type_.dimension.is_number else system.default_unit(type_.dimension)


def is_plain(core: c.Core) -> bool:
    """Say whether what an input says is a value and no formula."""
    while isinstance(core, c.Adopt):
        core = core.operand
    return isinstance(core, c.Literal | c.Word | c.TruthLiteral | c.Hours)
