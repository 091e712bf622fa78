"""Derives values: replaces the names of a formula by what they stand for at one node. Reading here records nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import numpy as np

from gaic.check import core as c
from gaic.check.types import LinkTo
from gaic.evaluate.derivation import (
    Adoption,
    Calling,
    Choice,
    Fallback,
    Fixed,
    Gathering,
    Known,
    Member,
    Negation,
    Operation,
    Reading,
    Setting,
    Thing,
)
from gaic.evaluate.faults import FailedBefore, RowFault
from gaic.evaluate.frame import Scalars, TruthRows
from gaic.evaluate.run import make_frame
from gaic.lower.walk import parts_of

if TYPE_CHECKING:
    from gaic.check.types import Type
    from gaic.evaluate.derivation import Derivation
    from gaic.evaluate.frame import Frame, Rows
    from gaic.evaluate.run import Run

# Gatherings inside each other that all show several members.
DEEPEST = 2


class Deriver:
    """Derives the values of one run.

    Without a limit every member that a gathering considers is there; with one at most `most` of those that count, and
    only the first where gatherings stand in gatherings of gatherings, so that the parts do not multiply.
    """

    def __init__(self, run: Run, most: int | None = None) -> None:
        self._run = run
        self._formulas = run.formulas
        self._graph = run.graph
        self._most = most
        self._depth = 0
        self._places: dict[int, tuple[Derivation, Frame]] = {}

    def derive(self, node: int) -> Derivation | None:
        """How a value came about; None if it is unset or could not be computed."""
        self._places = {}
        piece = self._run.pieces.piece(node)
        if piece is None or self._run.store.failed[node]:
            return None
        column = self._graph.column_of(node)
        frame = make_frame(column, np.array([node - column.first], dtype=np.int64))
        kept = len(self._run.store.edges)
        try:
            return self._part(piece.formula.core, frame)
        except (RowFault, FailedBefore):
            return None
        finally:
            del self._run.store.edges[kept:]

    def rows(self, part: Derivation) -> Rows:
        """What a part of the latest derivation comes to, in one row."""
        _, frame = self._places[id(part)]
        kept = len(self._run.store.edges)
        try:
            return self._formulas.run(part.core, frame)
        finally:
            del self._run.store.edges[kept:]

    def members(self, gathering: Gathering) -> tuple[tuple[str, ...], Rows | None]:
        """All members of a gathering of the latest derivation: what they are called, and what is gathered of each."""
        gather = gathering.core
        kept = len(self._run.store.edges)
        try:
            inner, _ = self._formulas.members(gather, self._places[id(gathering)][1])
            names = tuple(
                ", ".join(self._path(int(inner.slots[b.slot][row]), b.collection.element) for b in gather.bindings)
                for row in range(inner.n)
            )
            return names, None if gather.body is None else self._formulas.run(gather.body, inner)
        finally:
            del self._run.store.edges[kept:]

    def find_meant(self, read: c.Read, whole: Derivation) -> int | None:
        """What a name means that stands in the formula of a derivation and was not read; None inside gatherings."""
        frame = self._places[id(whole)][1]
        bound = (part.slot in frame.slots for part in parts_of(read) if isinstance(part, c.Variable))
        return self._node(read, frame) if all(bound) else None

    def _part(self, core: c.Core, frame: Frame) -> Derivation:
        part = self._derive(core, frame)
        self._places[id(part)] = part, frame
        return part

    def _derive(self, core: c.Core, frame: Frame) -> Derivation:
        match core:
            case c.Literal() | c.Hours() | c.Word() | c.TruthLiteral():
                return Fixed(core)
            case c.Read():
                return Reading(core, self._node(core, frame))
            case c.Variable() | c.ObjectLiteral() | c.Far() | c.Follow():
                number = int(self._formulas.things(core, frame)[0])
                return Thing(core, self._path(number, core.type) if number >= 0 else None)
            case c.LinkPart() | c.Belongs():
                return Known(core, self._known(core, frame))
            case c.Negate(operand):
                return Negation(core, self._part(operand, frame))
            case c.Logic(operator, left, right):
                decided = bool(self._formulas.truths(left, frame)[0]) is (operator == "or")
                return Operation(core, self._part(left, frame), None if decided else self._part(right, frame))
            case c.Arithmetic(_, left, right) | c.Compare(_, left, right):
                return Operation(core, self._part(left, frame), self._part(right, frame))
            case c.Choose(condition, first, second):
                holds = bool(self._formulas.truths(condition, frame)[0])
                return Choice(core, self._part(condition, frame), holds, self._part(first if holds else second, frame))
            case c.Otherwise(left, right):
                rows = self._formulas.attempt(left, frame)
                used = rows.known is not None and not bool(rows.known[0])
                asked = self._part(left, frame)
                if not used:
                    return Fallback(core, used=False, taken=asked)
                return Fallback(core, used=True, taken=self._part(right, frame), unset=asked)
            case c.Given(operand):
                node = self._node(operand, frame) if isinstance(operand, c.Read) else None
                return Setting(core, bool(self._formulas.truths(core, frame)[0]), node)
            case c.Apply(_, arguments):
                return Calling(core, tuple(self._part(argument, frame) for argument in arguments))
            case c.Gather():
                return self._gathering(core, frame)
            case c.Adopt(operand):
                return Adoption(core, self._part(operand, frame))
            case _:
                assert_never(core)

    def _node(self, read: c.Read, frame: Frame) -> int | None:
        objects = self._formulas.things(read.subject, frame)
        members = tuple(self._formulas.things(key, frame) for key in read.keys)
        node = int(self._graph.nodes(read.attribute, objects, members)[0])
        return node if node >= 0 else None

    def _known(self, core: c.LinkPart | c.Belongs, frame: Frame) -> float | bool:
        rows = self._formulas.run(core, frame)
        match rows:
            case Scalars(values):
                return float(values[0])
            case TruthRows(values):
                return bool(values[0])
            case _:
                raise TypeError(rows)

    def _gathering(self, gather: c.Gather, frame: Frame) -> Gathering:
        inner, _, condition = self._formulas.candidates(gather, frame)
        if self._most is not None and condition is not None:
            inner = inner.take(np.flatnonzero(self._formulas.truths(condition, inner)))
        most = inner.n if self._most is None else self._most if self._depth < DEEPEST else 1
        shown = min(inner.n, most)
        rows = (inner.take(np.array([row], dtype=np.int64)) for row in range(shown))
        self._depth += 1
        try:
            members = tuple(self._member(gather, condition, alone) for alone in rows)
        finally:
            self._depth -= 1
        return Gathering(gather, members, inner.n - shown)

    def _member(self, gather: c.Gather, condition: c.Core | None, alone: Frame) -> Member:
        names = tuple(
            (binding.name, self._path(int(alone.slots[binding.slot][0]), binding.collection.element))
            for binding in gather.bindings
        )
        holds = condition is None or bool(self._formulas.truths(condition, alone)[0])
        return Member(
            names=names,
            condition=None if condition is None else self._part(condition, alone),
            holds=holds,
            body=self._part(gather.body, alone) if gather.body is not None and holds else None,
        )

    def _path(self, number: int, type_: Type) -> str:
        """The path of an object, or of the far object of a link."""
        structure = self._graph.structure
        if isinstance(type_, LinkTo):
            number = int(structure.far(np.array([number]), type_)[0])
        return structure.entities[number].path
