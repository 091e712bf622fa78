"""Runs a graph: column after column, and object after object where columns depend on each other in a circle."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.findings import describe_circle
from gaic.evaluate.faults import FailedBefore, NotReady, RowFault
from gaic.evaluate.formulas import Formulas
from gaic.evaluate.frame import Frame, Scalars, SeriesRows
from gaic.evaluate.pieces import Pieces
from gaic.evaluate.store import Store
from gaic.lower.names import name_node
from gaic.lower.walk import parts_of
from gaic.source.diagnostic import Diagnostic, Label
from gaic.units.numbers import format_short
from gaic.units.series import hour_text
from gaic.units.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.evaluate.frame import Rows
    from gaic.lower.graph import Column, Graph, Piece, Stage
    from gaic.lower.joins import Indices
    from gaic.source.text import Span
    from gaic.units.series import Series

    Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Run:
    """A graph that was run: its values, what was read for them, what could not be computed."""

    graph: Graph
    store: Store
    workshop: Workshop
    formulas: Formulas
    pieces: Pieces
    faults: list[Diagnostic] = field(default_factory=list)
    failed: list[tuple[int, Diagnostic]] = field(default_factory=list)


def run_graph(graph: Graph, workshop: Workshop | None = None, progress: Progress | None = None) -> Run:
    """Compute every value of a graph; what fails is a finding, and what rests on it is left out."""
    run = start_run(graph, workshop)
    # What is not finite is found where a result is written, with its place; numpy need not warn before.
    with np.errstate(all="ignore"):
        for number, stage in enumerate(graph.order):
            run_stage(run, stage)
            if progress is not None:
                progress(number + 1, len(graph.order))
    return run


def start_run(graph: Graph, workshop: Workshop | None = None) -> Run:
    """A run of which nothing is computed yet."""
    store = Store(graph.size)
    workshop = workshop or Workshop()
    return Run(graph, store, workshop, Formulas(graph, store, workshop), Pieces(graph))


def find_cycles(graph: Graph) -> tuple[Diagnostic, ...]:
    """Findings of stages that may be circular; runs only what they need."""
    if not any(stage.circular for stage in graph.order):
        return ()
    run = run_graph(graph)
    return tuple(d for d in run.faults if d.code == "GAI406")


def run_stage(run: Run, stage: Stage) -> None:
    """Compute one stage."""
    if stage.circular:
        _run_in_waves(run, stage)
        return
    column = run.graph.columns[stage.columns[0]]
    _mark_unset(run, column)
    for piece in _write_literals(run, column):
        _run_piece(run, column, piece)


def run_nodes(run: Run, nodes: Indices) -> None:
    """Compute some nodes again, each after those of them that it reads; `nodes` are sorted."""
    columns = np.unique(np.searchsorted(run.graph.starts, nodes, side="right") - 1)
    wanted = {int(index): _rows_in(run.graph.columns[index], nodes) for index in columns}
    for stage in run.graph.order:
        here = [index for index in stage.columns if index in wanted]
        if stage.circular:
            _resolve_again(run, [run.graph.columns[i].first + row for i in here for row in wanted[i].tolist()])
            continue
        for index in here:
            column = run.graph.columns[index]
            for piece, rows in _group_rows(run, column, wanted[index]):
                _run_piece(run, column, replace(piece, rows=rows))


def _rows_in(column: Column, nodes: Indices) -> Indices:
    """The rows of a column that are among some sorted nodes."""
    low, high = np.searchsorted(nodes, (column.first, column.first + column.size))
    return nodes[low:high] - column.first


def _group_rows(run: Run, column: Column, rows: Indices) -> list[tuple[Piece, Indices]]:
    """Rows of a column by the formula that they run."""
    groups: dict[int, tuple[Piece, list[int]]] = {}
    for row in rows.tolist():
        piece = run.pieces.piece(column.first + row)
        if piece is not None:
            groups.setdefault(id(piece), (piece, []))[1].append(row)
    return [(piece, np.array(found, dtype=np.int64)) for piece, found in groups.values()]


def _resolve_again(run: Run, nodes: list[int]) -> None:
    run.store.ready[nodes] = False
    for node in nodes:
        _resolve(run, node)


def _write_literals(run: Run, column: Column) -> list[Piece]:
    """Write all inputs that are plain numbers at once; gives the other pieces."""
    plain = [p for p in column.pieces if p.given and isinstance(p.formula.core, c.Literal)]
    if plain:
        rows = np.concatenate([p.rows for p in plain])
        values = [p.formula.core.value for p in plain if isinstance(p.formula.core, c.Literal)]
        run.store.write(column.first + rows, Scalars(np.array(values)))
    return [p for p in column.pieces if not (p.given and isinstance(p.formula.core, c.Literal))]


def _mark_unset(run: Run, column: Column) -> None:
    """Rows without a formula are ready and unset."""
    covered = np.zeros(column.size, dtype=np.bool_)
    for piece in column.pieces:
        covered[piece.rows] = True
    run.store.ready[column.first + np.flatnonzero(~covered)] = True


def _run_piece(run: Run, column: Column, piece: Piece) -> None:
    try:
        _compute(run, column, piece, piece.rows)
    except (RowFault, FailedBefore):
        for row in piece.rows.tolist():
            _compute_alone(run, column, piece, row)


def _compute_alone(run: Run, column: Column, piece: Piece, row: int) -> None:
    """Compute one row; a fault is reported and the row marked."""
    rows = np.array([row], dtype=np.int64)
    kept = len(run.store.edges)
    try:
        _compute(run, column, piece, rows)
    except RowFault as fault:
        del run.store.edges[kept:]
        _fail(run, column.first + row, fault)
    except FailedBefore:
        del run.store.edges[kept:]
        _mark_failed(run, column.first + row)


def _compute(run: Run, column: Column, piece: Piece, rows: Indices) -> None:
    nodes = column.first + rows
    kept = len(run.store.edges)
    try:
        result = run.formulas.run(piece.formula.core, make_frame(column, rows))
        _check_result(column, piece, result, nodes, run)
    except (RowFault, FailedBefore, NotReady):
        del run.store.edges[kept:]
        raise
    run.store.write(nodes, result)


def make_frame(column: Column, rows: Indices) -> Frame:
    """The frame in which rows of a column are computed: the object in slot 0, the members of its keys behind it."""
    slots = {slot: values[rows] for slot, values in enumerate((column.objects, *column.members))}
    return Frame(len(rows), slots, column.first + rows)


def _check_result(column: Column, piece: Piece, result: Rows, nodes: Indices, run: Run) -> None:
    attribute, span = column.attribute, piece.formula.span
    if result.known is not None and not attribute.optional:
        message = f"`{name_node(run.graph, int(nodes[~result.known][0]))}` is not set"
        raise RowFault("GAI301", message, span, f"set `{attribute.name}`")
    match result:
        case Scalars(values):
            if not np.isfinite(values).all():
                raise RowFault("GAI402", f"`{attribute.name}` is no finite number", span)
            _check_bounds(column, piece, values if result.known is None else values[result.known])
        case SeriesRows(values):
            _check_series_bounds(column, piece, values, run)
            for series in values:
                if series.n > run.workshop.hours_limit:
                    raise RowFault("GAI509", f"a series longer than {run.workshop.hours_limit:,} hours", span)
                if not all(np.isfinite(term.factor) for term in series.terms):
                    raise RowFault("GAI402", f"`{attribute.name}` is no finite number", span)
        case _:
            pass


def _check_bounds(column: Column, piece: Piece, values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    """Computed inputs must lie in their allowed range; literals were checked before."""
    if not isinstance(piece.formula.core, c.Literal):
        _refuse_outside(column, piece, values)


def _refuse_outside(
    column: Column, piece: Piece, values: np.ndarray[tuple[int], np.dtype[np.float64]], when: str = ""
) -> None:
    within = column.attribute.within
    if within is None:
        return
    outside = (values < within.low) | (values > within.high)
    if outside.any():
        unit = column.attribute.unit
        factor, text = (unit.factor, f" {unit.shown}".rstrip()) if unit is not None else (1.0, "")
        shown = f"{format_short(float(values[outside][0]) / factor)}{text}"
        message = f"`{column.attribute.name}` is {shown}{when}, allowed is {within.written}"
        raise RowFault("GAI310", message, piece.formula.span, labels=(Label(within.span, "the allowed range"),))


def _check_series_bounds(column: Column, piece: Piece, values: list[Series], run: Run) -> None:
    """Every hour of an hourly input must lie in its allowed range."""
    within = column.attribute.within
    if within is None:
        return
    for series in values:
        if series.n and (run.workshop.lowest(series) < within.low or run.workshop.peak(series) > within.high):
            hours = run.workshop.values(series)
            outside = int(np.flatnonzero((hours < within.low) | (hours > within.high))[0])
            when = f" at {hour_text(series.start + outside, local=series.local)}"
            _refuse_outside(column, piece, hours[outside : outside + 1], when)


def _fail(run: Run, node: int, fault: RowFault) -> None:
    entity = run.graph.structure.entities[
        int(run.graph.column_of(node).objects[node - run.graph.column_of(node).first])
    ]
    finding = Diagnostic(
        fault.code,
        f"{name_node(run.graph, node)}: {fault.message}",
        fault.span,
        labels=(*fault.labels, *(() if entity.span == fault.span else (Label(entity.span, "for this object"),))),
        help=fault.fix,
    )
    run.failed.append((node, finding))
    _mark_failed(run, node)


def _mark_failed(run: Run, node: int) -> None:
    run.store.ready[node] = True
    run.store.failed[node] = True


# ---------------------------------------------------------------- circular stages


def _run_in_waves(run: Run, stage: Stage) -> None:
    """Compute the rows of columns that depend on each other, each after what it reads."""
    columns = [run.graph.columns[i] for i in stage.columns]
    for column in columns:
        _mark_unset(run, column)
    for column in columns:
        for node in range(column.first, column.first + column.size):
            _resolve(run, node)


def _resolve(run: Run, node: int) -> None:
    """Compute a node and before it whatever it waits for; a node that waits for itself closes a cycle."""
    path = [node]
    waiting = {node}
    while path:
        here = path[-1]
        if run.store.ready[here]:
            waiting.discard(path.pop())
            continue
        column = run.graph.column_of(here)
        row = here - column.first
        piece = run.pieces.piece(here)
        if piece is None:
            continue
        try:
            _compute_alone(run, column, piece, row)
        except NotReady as signal:
            missing = int(signal.nodes[0])
            if missing in waiting:
                _report_cycle(run, path[path.index(missing) :])
                continue
            path.append(missing)
            waiting.add(missing)


def _report_cycle(run: Run, nodes: list[int]) -> None:
    links = [
        (name_node(run.graph, node), _reading_span(run, node, nodes[(i + 1) % len(nodes)]))
        for i, node in enumerate(nodes)
    ]
    fix = "one of them must be given, or calculated without the others"
    run.faults.append(describe_circle("GAI406", links, "reads", fix))
    for node in nodes:
        _mark_failed(run, node)


def _reading_span(run: Run, node: int, target: int) -> Span:
    """Where the formula of a node reads an attribute."""
    piece = run.pieces.piece(node)
    name = run.graph.column_of(target).attribute.name
    if piece is None:
        return run.graph.column_of(node).attribute.span
    reads = (p for p in parts_of(piece.formula.core) if isinstance(p, c.Read) and p.attribute == name)
    found = next(reads, None)
    return found.span if found else piece.formula.span
