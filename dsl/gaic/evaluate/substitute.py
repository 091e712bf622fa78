"""Formulas as text: with names as written, and with the numbers of one object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.types import LinkTo
from gaic.evaluate.faults import FailedBefore, RowFault
from gaic.evaluate.frame import Scalars, SeriesRows, ThingRows, TruthRows, WordRows
from gaic.evaluate.run import make_frame
from gaic.units.numbers import format_short

if TYPE_CHECKING:
    from gaic.check.types import Type
    from gaic.evaluate.frame import Frame, Rows
    from gaic.evaluate.pieces import Pieces
    from gaic.evaluate.run import Run
    from gaic.lower.graph import Column
    from gaic.units.measures import Unit
    from gaic.units.series import Series

BLANKS = re.compile(r"\s+")
SHOWN_MEMBERS = 3
SHOWN_HOURS = 3
COMMENT = re.compile(r"#[^\n]*")


def flatten(text: str) -> str:
    """A piece of source on one line, without comments."""
    return BLANKS.sub(" ", COMMENT.sub("", text)).strip() if '"' not in text else BLANKS.sub(" ", text).strip()


class Substitution:
    """Writes formulas with this build's numbers. Reading for a text records nothing."""

    def __init__(self, run: Run, pieces: Pieces) -> None:
        self.run = run
        self.pieces = pieces
        self.graph = run.graph

    def write(self, core: c.Core, column: Column, row: int) -> str:
        """The formula of one row with numbers in the place of names."""
        frame = make_frame(column, np.array([row], dtype=np.int64))
        kept = len(self.run.store.edges)
        try:
            return flatten(self._text(core, frame))
        except (RowFault, FailedBefore):
            return flatten(core.span.text)
        finally:
            del self.run.store.edges[kept:]

    def leaf(self, core: c.Core, frame: Frame, unit: Unit | None) -> str:
        """The value of an expression in a frame of one row as text."""
        kept = len(self.run.store.edges)
        try:
            return self._show(self.run.formulas.run(core, frame), core.type, unit)
        except (RowFault, FailedBefore):
            return "not computed"
        finally:
            del self.run.store.edges[kept:]

    def unit_of(self, read: c.Read, frame: Frame) -> Unit | None:
        """The unit of the attribute that is read in a frame of one row."""
        formulas = self.run.formulas
        objects = formulas.things(read.subject, frame)
        members = tuple(formulas.things(key, frame) for key in read.keys)
        node = int(self.graph.nodes(read.attribute, objects, members)[0])
        return self.pieces.unit(node) if node >= 0 else None

    def name(self, number: int, type_: Type) -> str:
        """The path of an object, or of the far object of a link."""
        if isinstance(type_, LinkTo):
            number = int(self.graph.structure.far(np.array([number]), type_)[0])
        return self.graph.structure.entities[number].path if number >= 0 else "none"

    # ------------------------------------------------------------ text

    def _text(self, core: c.Core, frame: Frame) -> str:
        match core:
            case c.Read():
                return self._read(core, frame)
            case c.LinkPart() | c.Belongs() | c.Given():
                return self._show(self.run.formulas.run(core, frame), core.type, None)
            case c.Follow() | c.ObjectLiteral() | c.Variable() | c.Far():
                return self._show(self.run.formulas.run(core, frame), core.type, None)
            case c.Choose(condition, first, second):
                holds = bool(self.run.formulas.truths(condition, frame)[0])
                return self._text(first if holds else second, frame)
            case c.Otherwise(left, right):
                rows = self.run.formulas.run(left, frame)
                return self._text(left if rows.known is None or bool(rows.known[0]) else right, frame)
            case c.Gather():
                return self._gather(core, frame)
            case _:
                return self._replace(core, frame)

    def _replace(self, core: c.Core, frame: Frame) -> str:
        """The source of an expression with its parts replaced."""
        span = core.span
        text, at = [], span.start
        for part in _children(core):
            inner = part.span
            if inner.file is not span.file or inner.start < at or inner.end > span.end:
                continue
            text.append(span.file.text[at : inner.start])
            text.append(self._text(part, frame))
            at = inner.end
        text.append(span.file.text[at : span.end])
        return "".join(text)

    def _gather(self, gather: c.Gather, frame: Frame) -> str:
        inner, _ = self.run.formulas.members(gather, frame)
        if gather.body is None or inner.n == 0:
            return self._show(self.run.formulas.run(gather, frame), gather.type, None)
        shown = [
            self._text(gather.body, inner.take(np.array([i], dtype=np.int64)))
            for i in range(min(inner.n, SHOWN_MEMBERS))
        ]
        rest = f"{inner.n - SHOWN_MEMBERS} more" if inner.n > SHOWN_MEMBERS else ""
        if gather.function == "sum":
            parts = [f"({t})" if _needs_brackets(t) and inner.n > 1 else t for t in shown]
            joined = " + ".join([*parts, *([f"... ({rest})"] if rest else [])])
            return f"({joined})" if inner.n > 1 else joined
        return f"{gather.function}({', '.join([*shown, *([f'... ({rest})'] if rest else [])])})"

    # ------------------------------------------------------------ values

    def _read(self, read: c.Read, frame: Frame) -> str:
        rows = self.run.formulas.run(read, frame)
        return self._show(rows, read.type, self.unit_of(read, frame))

    def _show(self, rows: Rows, type_: Type, unit: Unit | None) -> str:
        if rows.known is not None and not bool(rows.known[0]) and not isinstance(rows, SeriesRows):
            return "unset"
        match rows:
            case Scalars(values):
                return self.number(float(values[0]), type_, unit)
            case TruthRows(values):
                return "true" if bool(values[0]) else "false"
            case WordRows(values):
                return values[0]
            case ThingRows(values):
                return self.name(int(values[0]), type_)
            case SeriesRows(values):
                return self._series(values[0], type_, unit)

    def number(self, value: float, type_: Type, unit: Unit | None) -> str:
        """A number in a unit, or in the usual one of its dimension."""
        unit = unit or self.pieces.usual(type_)
        if unit is None:
            return format_short(value)
        return f"{format_short(value / unit.factor)} {unit.shown}".strip()

    def _series(self, series: Series, type_: Type, unit: Unit | None) -> str:
        if series.n == 0:
            return "nothing"
        unit = unit or self.pieces.usual(type_)
        factor = unit.factor if unit is not None else 1.0
        values = self.run.workshop.values(series)
        if len(values) <= 2 * SHOWN_HOURS:
            numbers = " ".join(format_short(v / factor) for v in values.tolist())
        else:
            head = " ".join(format_short(v / factor) for v in values[:SHOWN_HOURS].tolist())
            numbers = f"{head} ... {format_short(float(values[-1]) / factor)}"
        return f"[{numbers}] {unit.shown if unit else ''}".strip()


def _needs_brackets(text: str) -> bool:
    return any(sign in text for sign in (" + ", " - "))


def _children(core: c.Core) -> list[c.Core]:
    match core:
        case c.Arithmetic(_, left, right) | c.Compare(_, left, right) | c.Logic(_, left, right):
            return [left, right]
        case c.Negate(operand) | c.Adopt(operand):
            return [operand]
        case c.Apply(_, arguments):
            return list(arguments)
        case _:
            return []
