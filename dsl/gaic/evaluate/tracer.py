"""Runs formulas again with one reading a little larger or smaller, on a copy of what a run holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.evaluate.faults import FailedBefore, NotReady, RowFault
from gaic.evaluate.formulas import Formulas
from gaic.evaluate.frame import Frame, Scalars, SeriesRows
from gaic.units.series import SeriesFault, scale
from gaic.units.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.check import core as c
    from gaic.evaluate.frame import Numbers, Rows
    from gaic.evaluate.run import Run
    from gaic.evaluate.sites import Site
    from gaic.lower.joins import Indices
    from gaic.units.series import Series

STEP = 1e-6
"""A reading is tried at so much more and less of its value."""
AGREED = 1e-3
"""Slopes up and down that differ by no more are one slope."""


class Tracer(Formulas):
    """Formulas in which the result of one part may be scaled; nothing of the first run depends on what is asked here.

    After `begin`, `reads` and `frames` hold by the identity of each part what nodes it read in which rows, and in which
    frames it gathered; parts that the scaled one is not in keep their result.
    """

    def __init__(self, base: Run) -> None:
        super().__init__(base.graph, base.store.copy(), Workshop(hours_limit=base.workshop.hours_limit))
        own, first = self.arithmetic.over_time, base.formulas.arithmetic.over_time
        own.beginning, own.horizon = first.beginning, first.horizon
        self.reads: dict[int, list[tuple[Indices, Indices]]] = {}
        self.frames: dict[int, list[Frame]] = {}
        self._kept: dict[int, Rows] = {}
        self._frame: Frame | None = None
        self._site: Site | None = None
        self._factor = 1.0

    def begin(self, core: c.Core, frame: Frame) -> Rows:
        """Run an expression as it is, and take note of what it reads; rows are numbered by the nodes of the frame."""
        self.reads, self.frames, self._kept = {}, {}, {}
        self._frame, self._site = frame, None
        return self.run(core, frame)

    def slope(self, core: c.Core, frame: Frame, base: Numbers, site: Site) -> Numbers:
        """By how many % an expression changes with 1 % more of a site, in each row; 0 where that says nothing.

        Where the slopes up and down differ, as at a step or an edge, it is the smaller one.
        """
        if core is site.core:
            return np.asarray(base != 0.0, dtype=np.float64)
        up, down = (self._try(core, frame, base, site, factor) for factor in (1.0 + STEP, 1.0 - STEP))
        agreed = np.abs(up - down) <= AGREED * np.maximum(1.0, np.maximum(np.abs(up), np.abs(down)))
        smaller = np.where(np.abs(up) <= np.abs(down), up, down)
        found = np.where(agreed, (up + down) / 2.0, smaller)
        found = np.where(np.isnan(up), down, np.where(np.isnan(down), up, found))
        return np.where(np.isfinite(found), found, 0.0)

    def _try(self, core: c.Core, frame: Frame, base: Numbers, site: Site, factor: float) -> Numbers:
        """The slope of each row towards one side; not a number where the expression has no value there."""
        self._site, self._factor = site, factor
        tried = self._measure_rows(core, frame)
        change = tried - base
        with np.errstate(all="ignore"):
            same = np.sign(tried) == np.sign(base)
            curved = np.log1p(np.where(same, change / base, 0.0)) / np.log1p(factor - 1.0)
            return np.where(same & (base != 0.0), curved, change / (np.abs(base) * (factor - 1.0)))

    def _measure_rows(self, core: c.Core, frame: Frame) -> Numbers:
        try:
            return measure(self.run(core, frame))
        except (RowFault, FailedBefore, NotReady, SeriesFault):
            return np.array([self._measure_alone(core, frame, row) for row in range(frame.n)], dtype=np.float64)

    def _measure_alone(self, core: c.Core, frame: Frame, row: int) -> float:
        try:
            return float(measure(self.run(core, frame.take(np.array([row], dtype=np.int64))))[0])
        except (RowFault, FailedBefore, NotReady, SeriesFault):
            return float("nan")

    # ------------------------------------------------------------ what differs from a plain run

    def run(self, core: c.Core, frame: Frame) -> Rows:
        """What an expression gives for each row, with the site scaled."""
        if frame is not self._frame:
            return super().run(core, frame)
        if self._site is None:
            rows = self._kept[id(core)] = super().run(core, frame)
            return rows
        kept = self._kept.get(id(core)) if id(core) not in self._site.way else None
        return kept if kept is not None else super().run(core, frame)

    def _read(self, read: c.Read, frame: Frame) -> Rows:
        rows = super()._read(read, frame)
        found = self.store.edges.pop()
        if self._site is None:
            self.reads.setdefault(id(read), []).append(found)
        return self._scaled(read, rows)

    def _gather(self, gather: c.Gather, frame: Frame, *, may_be_empty: bool = False) -> Rows:
        if self._site is None:
            self.frames.setdefault(id(gather), []).append(frame)
        return self._scaled(gather, super()._gather(gather, frame, may_be_empty=may_be_empty))

    def _scaled(self, core: c.Core, rows: Rows) -> Rows:
        if self._site is None or core is not self._site.core:
            return rows
        match rows:
            case Scalars(values, known):
                return Scalars(values * self._factor, known)
            case SeriesRows(values, known):
                return SeriesRows([scale(series, self._factor) for series in values], known)
            case _:
                return rows


def read_conditions(run: Run, conditions: Iterable[c.Core]) -> Iterator[int]:
    """The nodes that conditions at top level read, as far as these can be evaluated."""
    tracer = Tracer(run)
    for condition in conditions:
        try:
            tracer.begin(condition, Frame(1, {}, np.array([-1], dtype=np.int64)))
        except (RowFault, FailedBefore):
            continue
        for read in tracer.reads.values():
            for _, nodes in read:
                yield from nodes[nodes >= 0].tolist()


def measure(rows: Rows) -> Numbers:
    """One number for each row: a number itself, of a series the sum of its hours, 0 for anything else."""
    match rows:
        case Scalars(values, known):
            return values if known is None else np.where(known, values, 0.0)
        case SeriesRows(values):
            return add_hours(values)
        case _:
            return np.zeros(len(rows.values))


def add_hours(rows: Iterable[Series]) -> Numbers:
    """The sum of the hours of each series, from the sums of their arrays: no array is made."""
    sums: dict[int, float] = {}

    def add(series: Series) -> float:
        total = 0.0
        for term in series.terms:
            if id(term.values) not in sums:
                sums[id(term.values)] = float(np.add.reduce(term.values))
            total += term.factor * sums[id(term.values)]
        return total

    return np.array([add(series) for series in rows], dtype=np.float64)
