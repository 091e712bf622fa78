"""Evaluates assertions, and says what their parts were where one fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.evaluate.account import CheckRow
from gaic.evaluate.breakdown import NOT_REACHED, break_down, lacks_variable
from gaic.evaluate.faults import FailedBefore, RowFault
from gaic.evaluate.frame import Frame
from gaic.evaluate.run import make_frame, run_stage, start_run
from gaic.evaluate.substitute import Substitution, flatten
from gaic.lower.walk import parts_of
from gaic.source.diagnostic import BROKEN_PROMISE, Diagnostic, Label, Severity

if TYPE_CHECKING:
    from gaic.check.program import Promise
    from gaic.evaluate.account import CheckPart
    from gaic.evaluate.run import Run
    from gaic.lower.graph import Graph


INDENT = "  "
WIDEST = 60
"""Characters up to which the parts of a condition share a column."""
SHOWN = 3
"""Inputs of an object that a message about it underlines."""


@dataclass(slots=True)
class Checks:
    """What came of the assertions of a run.

    `rows` are all that could be evaluated; `faults` findings of the model: rules of kinds that do not hold, conditions
    that cannot be computed; `broken` the promises of the files that do not hold, with which the model itself is sound;
    `accused` the values that broken rules read.
    """

    rows: list[CheckRow] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    broken: list[Diagnostic] = field(default_factory=list)
    accused: set[int] = field(default_factory=set)


def run_checks(run: Run, substitution: Substitution) -> Checks:
    """Evaluate the assertions of kinds for each object, then those of the files."""
    checks = Checks()
    structure = run.graph.structure
    for number in range(len(structure.entities)):
        for promise in structure.kind(number).promises:
            _check_rule(checks, run, substitution, number, promise)
    for promise in structure.program.promises:
        _enter(checks, _evaluate(run, substitution, promise, None, set()), [], checks.broken)
    return checks


def _check_rule(checks: Checks, run: Run, substitution: Substitution, number: int, promise: Promise) -> None:
    """Evaluate an assertion of a kind for one of its objects."""
    found = _evaluate(run, substitution, promise, number, checks.accused)
    places: list[Label] = []
    if isinstance(found, CheckRow) and not found.ok:
        this_object = Label(run.graph.structure.entities[number].span, "this object")
        places = _find_places(run, number, promise)[:SHOWN] or [this_object]
    _enter(checks, found, places, checks.faults)


def _find_places(run: Run, number: int, promise: Promise) -> list[Label]:
    """Where an object sets what a condition reads of it, or what that reads of it in turn."""
    seen: set[str] = set()
    places: list[Label] = []
    waiting = [promise.condition]
    while waiting:
        for part in parts_of(waiting.pop(0)):
            own = isinstance(part, c.Read) and isinstance(part.subject, c.Variable) and part.subject.slot == 0
            if not own or not isinstance(part, c.Read) or part.keys or part.attribute in seen:
                continue
            seen.add(part.attribute)
            node = int(run.graph.nodes(part.attribute, np.array([number], dtype=np.int64))[0])
            piece = run.pieces.piece(node) if node >= 0 else None
            if piece is None:
                continue
            if piece.given:
                places.append(Label(piece.formula.span, f"`{part.attribute}` is set here"))
            else:
                waiting.append(piece.formula.core)
    return places


def _enter(
    checks: Checks, found: CheckRow | Diagnostic | None, places: list[Label], findings: list[Diagnostic]
) -> None:
    match found:
        case CheckRow():
            checks.rows.append(found)
            if not found.ok:
                findings.append(_report(found, places))
        case Diagnostic():
            checks.faults.append(found)
        case None:
            pass


def list_unexplained(run: Run, accused: set[int]) -> tuple[Diagnostic, ...]:
    """Findings of values that could not be computed, but for those that read what a broken rule complains of."""
    return tuple(finding for node, finding in run.failed if not _reads_any(run, node, accused))


def _reads_any(run: Run, node: int, accused: set[int]) -> bool:
    piece = run.pieces.piece(node)
    if piece is None or not accused:
        return False
    column = run.graph.column_of(node)
    frame = make_frame(column, np.array([node - column.first], dtype=np.int64))
    for part in parts_of(piece.formula.core):
        if isinstance(part, c.Read) and not part.keys and not lacks_variable(part, frame):
            objects = run.formulas.things(part.subject, frame)
            if accused.intersection(run.graph.nodes(part.attribute, objects).tolist()):
                return True
    return False


def check_constant_promises(graph: Graph) -> tuple[Diagnostic, ...]:
    """Findings of assertions that no series decides: those of kinds for each object, then those of the files.

    Only what they rest on is computed: numbers, words and references, and no hour.
    """
    varying = _find_varying(graph)
    structure = graph.structure
    rules = [
        (number, promise)
        for number in range(len(structure.entities))
        for promise in structure.kind(number).promises
        if _is_fixed(promise.condition, varying)
    ]
    promises = [p for p in structure.program.promises if _is_fixed(p.condition, varying)]
    if not rules and not promises:
        return ()
    run = start_run(graph)
    for stage in graph.order:
        if varying.isdisjoint(graph.columns[index].attribute.name for index in stage.columns):
            run_stage(run, stage)
    substitution = Substitution(run, run.pieces)
    checks = Checks()
    for number, promise in rules:
        _check_rule(checks, run, substitution, number, promise)
    for promise in promises:
        _enter(checks, _evaluate(run, substitution, promise, None, set()), [], checks.broken)
    return (*checks.faults, *checks.broken)


def _find_varying(graph: Graph) -> set[str]:
    """Names of attributes that rest on a series, on what may be circular, or on an attribute of such a name."""
    varying = {
        graph.columns[index].attribute.name for stage in graph.order if stage.circular for index in stage.columns
    }
    reads: dict[str, set[str]] = {}
    for column in graph.columns:
        name = column.attribute.name
        for piece in column.pieces:
            for part in parts_of(piece.formula.core):
                if isinstance(part, c.Hours):
                    varying.add(name)
                elif isinstance(part, c.Read):
                    reads.setdefault(part.attribute, set()).add(name)
    waiting = list(varying)
    while waiting:
        for reader in reads.get(waiting.pop(), ()):
            if reader not in varying:
                varying.add(reader)
                waiting.append(reader)
    return varying


def _is_fixed(core: c.Core, varying: set[str]) -> bool:
    return not any(
        isinstance(part, c.Hours) or (isinstance(part, c.Read) and part.attribute in varying) for part in parts_of(core)
    )


def _evaluate(
    run: Run, substitution: Substitution, promise: Promise, number: int | None, accused: set[int]
) -> CheckRow | Diagnostic | None:
    """One assertion; None if it rests on a value that failed, which was reported there.

    What a broken rule reads is added to `accused`.
    """
    none = np.array([-1], dtype=np.int64)
    frame = Frame(1, {0: none if number is None else np.array([number], dtype=np.int64)}, none)
    entity = None if number is None else run.graph.structure.entities[number]
    kept = len(run.store.edges)
    try:
        ok = bool(run.formulas.truths(promise.condition, frame)[0])
        if not ok and promise.severity is Severity.ERROR:
            accused.update(node for _, nodes in run.store.edges[kept:] for node in nodes.tolist())
    except FailedBefore:
        return None
    except RowFault as fault:
        labels = (Label(entity.span, "for this object"),) if entity else ()
        return Diagnostic(fault.code, fault.message, fault.span, labels=labels, help=fault.fix)
    finally:
        del run.store.edges[kept:]
    parts = break_down(substitution, promise.condition, frame)
    condition = flatten(promise.written.span.text)
    path = entity.path if entity else None
    return CheckRow(promise.name, path, ok, promise.severity.value, promise.message, condition, parts, promise.span)


def _tell_parts(parts: tuple[CheckPart, ...]) -> str:
    """The parts of a condition, a line each, indented below what they are part of; values stand in one column."""
    texts = [f"{INDENT * part.depth}{part.text}" for part in parts]
    column = max((len(text) for text in texts if len(text) <= WIDEST), default=0)
    lines = []
    for part, text in zip(parts, texts, strict=True):
        sign = "" if part.value in ("", "true", "false", NOT_REACHED) else "= "
        lines.append(f"{text:<{column}}  {sign}{part.value}".rstrip())
    return "\n".join(lines)


def _report(row: CheckRow, places: list[Label]) -> Diagnostic:
    """The finding of a broken assertion; `places` of the object stand before the assertion itself."""
    warning = row.severity != Severity.ERROR.value
    code = "GAI630" if warning else "GAI330" if row.object else BROKEN_PROMISE
    first, *rest = (*places, Label(row.span, f"`{row.name}` does not hold"))
    return Diagnostic(
        code,
        f"{row.object}: {row.message}" if row.object else f"the promise `{row.name}` is broken: {row.message}",
        first.span,
        label=first.text,
        labels=tuple(rest),
        notes=(_tell_parts(row.parts),),
        severity=Severity.WARNING if warning else Severity.ERROR,
    )
