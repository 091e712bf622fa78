"""Evaluates assertions, and says what their parts were where one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.types import Measure, Truth, Words
from gaic.evaluate.account import CheckRow
from gaic.evaluate.faults import FailedBefore, RowFault
from gaic.evaluate.frame import Frame
from gaic.evaluate.run import start_run
from gaic.evaluate.substitute import Substitution, flatten
from gaic.lower.walk import parts_of
from gaic.source.diagnostic import BROKEN_PROMISE, Diagnostic, Label, Severity

if TYPE_CHECKING:
    from gaic.check.program import Promise
    from gaic.evaluate.run import Run
    from gaic.lower.graph import Graph


def run_checks(
    run: Run, substitution: Substitution
) -> tuple[tuple[CheckRow, ...], tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Evaluate the assertions of kinds for each object, then those of the files.

    Gives all rows, the findings of the model (rules of kinds that do not hold), and the promises of the files that are
    broken: with those the model itself is sound.
    """
    rows: list[CheckRow] = []
    faults: list[Diagnostic] = []
    broken: list[Diagnostic] = []
    structure = run.graph.structure
    for number, entity in enumerate(structure.entities):
        for promise in structure.kind(number).promises:
            match _evaluate(run, substitution, promise, number):
                case CheckRow() as row:
                    rows.append(row)
                    if not row.ok:
                        faults.append(_report(row, (Label(entity.span, "for this object"),)))
                case Diagnostic() as fault:
                    faults.append(fault)
                case None:
                    pass
    for promise in structure.program.promises:
        match _evaluate(run, substitution, promise, None):
            case CheckRow() as row:
                rows.append(row)
                if not row.ok:
                    broken.append(_report(row, ()))
            case Diagnostic() as fault:
                faults.append(fault)
            case None:
                pass
    return tuple(rows), tuple(faults), tuple(broken)


def check_constant_promises(graph: Graph) -> tuple[Diagnostic, ...]:
    """Findings of assertions of the files that constants alone decide: nothing is run for them."""
    constant = [
        p for p in graph.structure.program.promises if not any(_is_open(part) for part in parts_of(p.condition))
    ]
    if not constant:
        return ()
    run = start_run(graph)
    substitution = Substitution(run, run.pieces)
    found = [_evaluate(run, substitution, promise, None) for promise in constant]
    broken = [_report(row, ()) for row in found if isinstance(row, CheckRow) and not row.ok]
    return (*broken, *(fault for fault in found if isinstance(fault, Diagnostic)))


def _is_open(core: c.Core) -> bool:
    """Say whether an expression asks for a value or an object."""
    return isinstance(core, c.Read | c.Gather | c.ObjectLiteral | c.Belongs | c.Hours)


def _evaluate(
    run: Run, substitution: Substitution, promise: Promise, number: int | None
) -> CheckRow | Diagnostic | None:
    """One assertion; None if it rests on a value that failed, which was reported there."""
    none = np.array([-1], dtype=np.int64)
    frame = Frame(1, {0: none if number is None else np.array([number], dtype=np.int64)}, none)
    entity = None if number is None else run.graph.structure.entities[number]
    kept = len(run.store.edges)
    try:
        ok = bool(run.formulas.truths(promise.condition, frame)[0])
    except FailedBefore:
        return None
    except RowFault as fault:
        labels = (Label(entity.span, "for this object"),) if entity else ()
        return Diagnostic(fault.code, fault.message, fault.span, labels=labels, help=fault.fix)
    finally:
        del run.store.edges[kept:]
    parts = _parts(substitution, promise.condition, frame)
    condition = flatten(promise.written.span.text)
    path = entity.path if entity else None
    return CheckRow(promise.name, path, ok, promise.severity.value, promise.message, condition, parts, promise.span)


def _parts(substitution: Substitution, condition: c.Core, frame: Frame) -> tuple[tuple[str, str], ...]:
    """The values of the readings and calls in a condition, each once, in order."""
    found: dict[str, str] = {}
    for part in parts_of(condition):
        if not isinstance(part, c.Read | c.Apply | c.Gather) or _has_variables(part):
            continue
        if isinstance(part.type, Measure | Truth | Words):
            text = flatten(part.span.text)
            if text not in found:
                found[text] = substitution.leaf(part, frame)
    return tuple(found.items())


def _has_variables(core: c.Core) -> bool:
    """Say whether an expression stands inside a gathering, so that it has no single value."""
    bound = {b.slot for p in parts_of(core) if isinstance(p, c.Gather) for b in p.bindings}
    return any(isinstance(p, c.Variable) and p.slot != 0 and p.slot not in bound for p in parts_of(core))


def _report(row: CheckRow, labels: tuple[Label, ...]) -> Diagnostic:
    warning = row.severity != Severity.ERROR.value
    code = "GAI630" if warning else "GAI330" if row.object else BROKEN_PROMISE
    return Diagnostic(
        code,
        f"{row.object}: {row.message}" if row.object else f"the promise `{row.name}` is broken: {row.message}",
        row.span,
        label=f"`{row.name}` does not hold",
        labels=labels,
        notes=(f"the condition is: {row.condition}", *(f"{name} = {value}" for name, value in row.parts)),
        severity=Severity.WARNING if warning else Severity.ERROR,
    )
