"""How much each value follows each value that its formula reads.

The slope of a reader r for what it reads, n, is d ln r / d ln n: 0.4 says that n larger by 1 % makes r larger by 0.4 %.
A series counts by the sum of its hours, and all its hours grow together. A slope is found by running the formula of a
whole column with one reading a millionth larger and smaller; where the two differ, as at a step of `ceil` or an edge of
`max`, the smaller one counts. Of a sum over members each has its part; of a largest one, the member that decides.
What is 0 has no slope: no part of nothing is anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.types import Measure
from gaic.evaluate.faults import FailedBefore, NotReady, RowFault
from gaic.evaluate.frame import Frame, Scalars, SeriesRows
from gaic.evaluate.run import make_frame
from gaic.evaluate.sites import bend_of, find_sites
from gaic.evaluate.tracer import Tracer, add_hours, measure
from gaic.lower.walk import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from gaic.evaluate.bends import Bend
    from gaic.evaluate.frame import Numbers, Rows
    from gaic.evaluate.run import Run
    from gaic.evaluate.sites import Site
    from gaic.lower.joins import Indices
    from gaic.units.series import Series

    Marks = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Slopes:
    """For each node what it reads, in rows (`reads[starts[n] : starts[n + 1]]`), with slopes and bends."""

    starts: Indices
    reads: Indices
    slopes: Numbers
    bends: Marks


@dataclass(frozen=True, slots=True)
class Found:
    """Readings that were found in rows of a frame: row, node read, slope of the row for it."""

    rows: Indices
    nodes: Indices
    slopes: Numbers
    bends: Bend


def trace_slopes(run: Run, starts: Indices, reads: Indices) -> Slopes:
    """Find the slopes of all values of a run for what they read, which is given in rows."""
    size = len(starts) - 1
    keys = np.repeat(np.arange(size), np.diff(starts)) * size + reads
    order = np.argsort(keys, kind="stable")
    slopes, bends = np.zeros(len(reads)), np.zeros(len(reads), dtype=np.uint8)
    tracer = Tracer(run)
    with np.errstate(all="ignore"):
        for readers, found in _trace_columns(tracer):
            wanted = readers * size + found.nodes
            places = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
            places = order[places]
            sound = (keys[places] == wanted) & (found.nodes >= 0)
            np.add.at(slopes, places[sound], found.slopes[sound])
            np.bitwise_or.at(bends, places[sound], np.uint8(found.bends))
    return Slopes(starts, reads, slopes, bends)


def _trace_columns(tracer: Tracer) -> Iterator[tuple[Indices, Found]]:
    """What every formula of a graph reads: the nodes that read, and what was found in them."""
    for column in tracer.graph.columns:
        for piece in column.pieces:
            core = piece.formula.core
            if not len(piece.rows) or not any(isinstance(part, c.Read) for part in parts_of(core)):
                continue
            nodes = column.first + piece.rows
            for found in trace_formula(tracer, core, make_frame(column, piece.rows)):
                if len(found.rows):
                    yield nodes[found.rows], found


def trace_formula(tracer: Tracer, core: c.Core, frame: Frame) -> list[Found]:
    """How much an expression follows what it reads, in each row of a frame."""
    frame = Frame(frame.n, frame.slots, np.arange(frame.n))
    try:
        result = tracer.begin(core, frame)
    except (RowFault, FailedBefore, NotReady):
        return []  # a value that failed follows nothing
    base = measure(result)
    varies = isinstance(core.type, Measure)
    sites = [
        (site, tracer.slope(core, frame, base, site) if site.live and varies else np.zeros(frame.n))
        for site in find_sites(core)
    ]
    reads, frames = tracer.reads, tracer.frames
    found: list[Found] = []
    for site, slope in sites:
        if isinstance(site.core, c.Gather):
            for each in frames.get(id(site.core), ()):
                found.extend(_trace_members(tracer, site.core, each, slope, site))
        else:
            found.extend(Found(rows, nodes, slope[rows], site.bends) for rows, nodes in reads.get(id(site.core), ()))
    return found


def _trace_members(tracer: Tracer, gather: c.Gather, frame: Frame, slope: Numbers, site: Site) -> list[Found]:
    """How much a gathering follows what its members read; the nodes of the frame are rows of the whole formula."""
    if gather.body is None:
        return []
    inner, owners = tracer.members(gather, frame)
    if not inner.n:
        return []
    found = trace_formula(tracer, gather.body, inner)
    shares = _share_out(tracer, gather, tracer.run(gather.body, inner), owners, frame.n)
    rows = frame.nodes[owners]
    weights = slope[rows] * shares
    bends = site.bends | bend_of(gather)
    return [Found(rows[each.rows], each.nodes, weights[each.rows] * each.slopes, bends | each.bends) for each in found]


def _share_out(tracer: Tracer, gather: c.Gather, rows: Rows, owners: Indices, n: int) -> Numbers:
    """The part that each member has in what it is gathered into; members that decide together share alike."""
    if gather.function == "sum":
        parts = measure(rows)
    elif isinstance(rows, SeriesRows):
        parts = _deciding_hours(tracer, gather.function, rows.values, owners, n)
    else:
        values = rows.values if isinstance(rows, Scalars) else np.zeros(len(owners))
        extreme = np.full(n, -np.inf if gather.function == "max" else np.inf)
        (np.maximum if gather.function == "max" else np.minimum).at(extreme, owners, values)
        parts = np.asarray(values == extreme[owners], dtype=np.float64)
    wholes = np.bincount(owners, weights=parts, minlength=n)[owners]
    return np.divide(parts, wholes, out=np.zeros(len(parts)), where=wholes != 0.0)


def _deciding_hours(tracer: Tracer, function: str, members: list[Series], owners: Indices, n: int) -> Numbers:
    """The sum of each member over the hours in which it is the largest, or smallest."""
    work = tracer.arithmetic.workshop
    groups: list[list[int]] = [[] for _ in range(n)]
    for place, owner in enumerate(owners.tolist()):
        groups[owner].append(place)
    parts = np.zeros(len(members))
    for group in groups:
        extreme = tracer.arithmetic.extreme(function, [members[place] for place in group])
        for place in group:
            ahead = (members[place], extreme) if function == "max" else (extreme, members[place])
            parts[place] = add_hours([work.multiply(members[place], work.at_least(*ahead))])[0]
    return parts
