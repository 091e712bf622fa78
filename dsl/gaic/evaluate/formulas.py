"""Runs checked expressions over rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.types import LinkTo, Measure, ObjectOf
from gaic.evaluate.arithmetic import Arithmetic
from gaic.evaluate.faults import FailedBefore, NotReady, RowFault
from gaic.evaluate.frame import Scalars, SeriesRows, ThingRows, TruthRows, WordRows, merge_rows, take_rows
from gaic.evaluate.matching import match_rows, plan_matches
from gaic.lower.joins import LARGEST, TooManyRowsError
from gaic.lower.lower import join_collection
from gaic.lower.structure import subject_of
from gaic.source.diagnostic import Diagnostic, ModelError
from gaic.units.series import NOTHING, add_all, scale

if TYPE_CHECKING:
    from gaic.evaluate.frame import Frame, Numbers, Rows, Truths
    from gaic.evaluate.store import Store
    from gaic.lower.graph import Graph
    from gaic.lower.joins import Indices
    from gaic.units.series import Series
    from gaic.units.workshop import Workshop


class Formulas:
    """Evaluates expressions of one graph against one store, and records every reading."""

    def __init__(self, graph: Graph, store: Store, workshop: Workshop) -> None:
        self.graph = graph
        self.store = store
        self.structure = graph.structure
        self.arithmetic = Arithmetic(workshop, graph.structure.program.system.unit("h").factor)

    # ------------------------------------------------------------ dispatch

    def run(self, core: c.Core, frame: Frame) -> Rows:  # noqa: C901 - one case per node
        """What an expression gives for each row of a frame."""
        match core:
            case c.Literal(value):
                return Scalars(np.full(frame.n, value))
            case c.Word(value):
                return WordRows([value] * frame.n)
            case c.TruthLiteral(value):
                return TruthRows(np.full(frame.n, value, dtype=np.bool_))
            case c.Hours(series):
                if series is not None:
                    self.arithmetic.over_time.note_input(series)
                return SeriesRows([series if series is not None else NOTHING] * frame.n)
            case c.Variable() | c.ObjectLiteral() | c.Far() | c.Follow():
                return self._thing(core, frame)
            case c.Read():
                return self._read(core, frame)
            case c.LinkPart(subject, part):
                links = self.things(subject, frame)
                table = self.structure.links
                return Scalars(table.weights[links] if part == "weight" else table.positions[links].astype(np.float64))
            case c.Choose() | c.Logic() | c.Otherwise() | c.Given():
                return self._branch(core, frame)
            case c.Gather():
                return self._gather(core, frame)
            case c.Belongs():
                return self._belongs(core, frame)
            case c.Adopt(operand):
                return self.run(operand, frame)
            case c.Negate(operand):
                return self._negate(self.run(operand, frame))
            case c.Arithmetic(operator, left, right):
                return self.arithmetic.combine(operator, self.run(left, frame), self.run(right, frame), core.span)
            case c.Compare(operator, left, right):
                return self._compare(operator, left, right, frame)
            case c.Apply(function, arguments):
                return self.arithmetic.apply(function, [self.run(a, frame) for a in arguments], core)

    def things(self, core: c.Core, frame: Frame) -> Indices:
        """The objects or links that an expression names in each row."""
        rows = self.run(core, frame)
        return rows.values if isinstance(rows, ThingRows) else np.full(frame.n, -1, dtype=np.int64)

    def truths(self, core: c.Core, frame: Frame) -> Truths:
        """Whether a condition holds in each row."""
        rows = self.run(core, frame)
        return rows.values if isinstance(rows, TruthRows) else np.zeros(frame.n, dtype=np.bool_)

    # ------------------------------------------------------------ names

    def _thing(self, core: c.Variable | c.ObjectLiteral | c.Far | c.Follow, frame: Frame) -> ThingRows:
        match core:
            case c.Variable(slot):
                return ThingRows(frame.slots[slot])
            case c.ObjectLiteral(path):
                return ThingRows(np.full(frame.n, self.structure.number[path], dtype=np.int64))
            case c.Far(subject):
                return ThingRows(self.structure.far(self.things(subject, frame), subject.type))
            case c.Follow(subject, ref):
                targets = self.structure.follow(ref, self.things(subject, frame))
                there = targets >= 0
                return ThingRows(targets, None if there.all() else there)

    def _read(self, read: c.Read, frame: Frame) -> Rows:
        objects = self.things(read.subject, frame)
        members = tuple(self.things(key, frame) for key in read.keys)
        nodes = self.graph.nodes(read.attribute, objects, members)
        there = nodes[nodes >= 0]
        if not self.store.ready[there].all():
            raise NotReady(there[~self.store.ready[there]])
        if self.store.failed[there].any():
            raise FailedBefore
        self.store.edges.append((frame.nodes, nodes))
        rows = self.store.read(nodes, read.type)
        if members and ((nodes < 0) & (objects >= 0)).any():
            return self._no_member(read, rows)
        if rows.known is not None and not read.optional and not isinstance(rows, SeriesRows):
            raise RowFault(
                "GAI301", f"`{read.span.text}` is not set", read.span, "set it, or guard it with `given(...)`"
            )
        return rows

    def _no_member(self, read: c.Read, rows: Rows) -> Rows:
        """A series of what is no member is empty; a number is a fault."""
        if isinstance(rows, SeriesRows):
            return SeriesRows(rows.values)
        message = f"`{read.span.text}` has no value for {'this member' if len(read.keys) == 1 else 'these members'}"
        raise RowFault("GAI403", message, read.span, "ask first: `where x in ...`")

    # ------------------------------------------------------------ branches

    def _branch(self, core: c.Choose | c.Logic | c.Otherwise | c.Given, frame: Frame) -> Rows:
        match core:
            case c.Choose(condition, first, second):
                holds = self.truths(condition, frame)
                return self._split(holds, first, second, frame)
            case c.Logic(operator, left, right):
                holds = self.truths(left, frame)
                open_ = np.flatnonzero(holds if operator == "and" else ~holds)
                result = holds.copy()
                if len(open_):
                    result[open_] = self.truths(right, frame.take(open_))
                return TruthRows(result)
            case c.Otherwise(left, right):
                rows = self.attempt(left, frame)
                if rows.known is None:
                    return rows
                rest = np.flatnonzero(~rows.known)
                other = self.run(right, frame.take(rest))
                return merge_rows(frame.n, [(np.flatnonzero(rows.known), _known_part(rows)), (rest, other)])
            case c.Given(operand):
                rows = self.run(operand, frame)
                return TruthRows(np.ones(frame.n, dtype=np.bool_) if rows.known is None else rows.known)

    def attempt(self, core: c.Core, frame: Frame) -> Rows:
        """What an optional expression gives; `known` says in which rows it is set, or has members."""
        if isinstance(core, c.Gather):
            return self._gather(core, frame, may_be_empty=True)
        return self.run(core, frame)

    def _split(self, holds: Truths, first: c.Core, second: c.Core, frame: Frame) -> Rows:
        yes, no = np.flatnonzero(holds), np.flatnonzero(~holds)
        parts: list[tuple[Indices, Rows]] = []
        if len(yes) or not len(no):
            parts.append((yes, self.run(first, frame.take(yes))))
        if len(no):
            parts.append((no, self.run(second, frame.take(no))))
        return merge_rows(frame.n, parts)

    # ------------------------------------------------------------ operators

    def _negate(self, rows: Rows) -> Rows:
        match rows:
            case TruthRows(values):
                return TruthRows(~values)
            case SeriesRows(values):
                return SeriesRows([scale(value, -1.0) for value in values])
            case Scalars(values):
                return Scalars(-values)
            case _:
                return rows

    def _compare(self, operator: str, left: c.Core, right: c.Core, frame: Frame) -> TruthRows:
        if isinstance(left.type, Measure):
            return self.arithmetic.compare(operator, self.run(left, frame), self.run(right, frame))
        first, second = self.run(self._far(left), frame), self.run(self._far(right), frame)
        if isinstance(first, WordRows) and isinstance(second, WordRows):
            equal = np.array([a == b for a, b in zip(first.values, second.values, strict=True)], dtype=np.bool_)
        else:
            equal = np.asarray(first.values == second.values, dtype=np.bool_)
        return TruthRows(equal if operator == "==" else ~equal)

    def _far(self, core: c.Core) -> c.Core:
        """The object for which a link stands in a comparison."""
        return c.Far(core, ObjectOf(core.type.kind), core.span) if isinstance(core.type, LinkTo) else core

    def _belongs(self, core: c.Belongs, frame: Frame) -> TruthRows:
        items = self.things(core.item, frame)
        parents, members = self.expand(core.collection, frame)
        if isinstance(core.collection.element, LinkTo) and not isinstance(core.item.type, LinkTo):
            members = self.structure.far(members, core.collection.element)
        hits = np.bincount(parents[members == items[parents]], minlength=frame.n)
        return TruthRows(hits > 0)

    # ------------------------------------------------------------ gathering

    def expand(self, collection: c.Collection, frame: Frame) -> tuple[Indices, Indices]:
        """The members of a collection for each row: row and member."""
        subject = subject_of(collection)
        if subject is None:
            return join_collection(self.structure, collection, np.arange(frame.n))
        subjects = self.things(subject, frame)
        known = np.flatnonzero(subjects >= 0)
        parents, members = join_collection(self.structure, collection, subjects[known])
        return known[parents], members

    def members(self, gather: c.Gather, frame: Frame) -> tuple[Frame, Indices]:
        """The rows that a gathering runs over, and for each the row it belongs to."""
        inner, rows, condition = self.candidates(gather, frame)
        if condition is not None:
            kept = np.flatnonzero(self.truths(condition, inner))
            inner, rows = inner.take(kept), rows[kept]
        return inner, rows

    def candidates(self, gather: c.Gather, frame: Frame) -> tuple[Frame, Indices, c.Core | None]:
        """As `members`, with those for which the condition that is given too does not hold.

        Parts of the condition that name the member itself are kept already.
        """
        inner, rows = frame, np.arange(frame.n)
        wanted, condition = plan_matches(gather)
        for binding in gather.bindings:
            target = wanted.get(binding.slot)
            try:
                if target is None:
                    parents, members = self.expand(binding.collection, inner)
                else:
                    parents, members = self._expand_matching(binding.collection, target, inner)
            except TooManyRowsError:
                message = f"this runs over more than {LARGEST:,} members at once"
                raise ModelError([Diagnostic("GAI514", message, gather.span)]) from None
            inner, rows = inner.take(parents).bind(binding.slot, members), rows[parents]
        return inner, rows, condition

    def _expand_matching(self, collection: c.Collection, target: c.Core, frame: Frame) -> tuple[Indices, Indices]:
        """The members of a collection that stand for one object in each row: row and member."""
        wanted = self.things(self._far(target), frame)
        subject = subject_of(collection)
        subjects = self.things(subject, frame) if subject is not None else np.zeros(frame.n, dtype=np.int64)
        known = np.flatnonzero((subjects >= 0) & (wanted >= 0))
        distinct, places = np.unique(subjects[known], return_inverse=True)
        owners, members = join_collection(self.structure, collection, distinct)
        objects = members
        if isinstance(collection.element, LinkTo):
            table = self.structure.links
            objects = (table.owners if collection.element.backward else table.targets)[members]
        rows, found = match_rows(owners, objects, places, wanted[known])
        return known[rows], members[found]

    def _gather(self, gather: c.Gather, frame: Frame, *, may_be_empty: bool = False) -> Rows:
        inner, rows = self.members(gather, frame)
        if gather.body is None:
            return Scalars(np.bincount(rows, minlength=frame.n).astype(np.float64))
        body = self.run(gather.body, inner)
        match body:
            case TruthRows(values):
                return self._gather_truths(gather.function, values, rows, frame.n)
            case SeriesRows(values):
                return self._gather_series(gather.function, values, rows, frame.n)
            case Scalars(values):
                return self._gather_numbers(gather, values, rows, frame.n, may_be_empty=may_be_empty)
            case _:
                return body

    def _gather_truths(self, function: str, values: Truths, rows: Indices, n: int) -> TruthRows:
        hits = np.bincount(rows[values], minlength=n)
        return TruthRows(hits > 0 if function == "any" else hits == np.bincount(rows, minlength=n))

    def _gather_series(self, function: str, values: list[Series], rows: Indices, n: int) -> SeriesRows:
        groups: list[list[Series]] = [[] for _ in range(n)]
        for row, value in zip(rows.tolist(), values, strict=True):
            groups[row].append(value)
        if function == "sum":
            return SeriesRows([add_all(group) for group in groups])
        return SeriesRows([self.arithmetic.extreme(function, group) for group in groups])

    def _gather_numbers(
        self, gather: c.Gather, values: Numbers, rows: Indices, n: int, *, may_be_empty: bool
    ) -> Scalars:
        if gather.function == "sum":
            return Scalars(np.asarray(np.bincount(rows, weights=values, minlength=n), dtype=np.float64))
        filled = np.bincount(rows, minlength=n) > 0
        if not (filled.all() or may_be_empty):
            fix = f"say what holds then: `{gather.function}(...) ?? other`"
            raise RowFault("GAI404", f"`{gather.function}` of no members has no value", gather.span, fix)
        order = np.argsort(rows, kind="stable")
        starts = np.searchsorted(rows[order], np.flatnonzero(filled))
        reduce = np.minimum if gather.function == "min" else np.maximum
        result = np.zeros(n)
        if len(starts):
            result[filled] = reduce.reduceat(values[order], starts)
        return Scalars(result, None if filled.all() else filled)


def _known_part(rows: Rows) -> Rows:
    return rows if rows.known is None else take_rows(rows, np.flatnonzero(rows.known))
