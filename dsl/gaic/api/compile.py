"""From a file to an evaluated model: the whole pipeline in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gaic.check.check import check_bundle
from gaic.load.bundle import load_bundle
from gaic.load.files import ReadFault
from gaic.load.library import hash_library
from gaic.source.diagnostic import ModelError, has_errors, sort_diagnostics
from gaic.source.limits import USUAL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gaic.check.program import Program
    from gaic.evaluate.ledger import Ledger
    from gaic.load.bundle import Bundle
    from gaic.load.files import Asked, InputFile
    from gaic.source.diagnostic import Diagnostic
    from gaic.source.limits import Limits
    from gaic.source.text import SourceFile
    from gaic.study.influence import Influences
    from gaic.study.rests import Sensitivity


@dataclass(frozen=True, slots=True)
class Library:
    """The standard library that a model was compiled with: the version of gaic, and the hash of its files."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: the program and the ledger are None where errors stood in the way.

    `asked` says where each name of a file that stands in the texts led; None where a file could not be had.
    `texts` are the `.gai` files that were read, the library's among them. After `build_model` there are `influences` on
    the totals, and who tells what each value rests on, where there is a ledger.
    """

    program: Program | None
    ledger: Ledger | None
    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[InputFile, ...]
    asked: tuple[Asked, ...] | None
    library: Library
    root: Path
    texts: tuple[SourceFile, ...] = ()
    influences: Influences | None = None
    sensitivity: Sensitivity | None = None


def check_model(path: Path, limits: Limits = USUAL, drafts: Mapping[str, str] | None = None) -> Outcome:
    """Check a model: everything up to evaluation. `drafts` are texts that count instead of what a file holds, by name.

    Circles among values are found too, by running only models that may have one, and so are assertions that no series
    decides.
    """
    program, diagnostics, bundle = _check(path, limits, drafts)
    if program is not None:
        diagnostics = (*diagnostics, *_check_graph(program, limits))
    return _outcome(program, None, diagnostics, bundle, path)


def compile_model(path: Path, limits: Limits = USUAL) -> Outcome:
    """Check and evaluate a model. Broken promises of the file are among the findings, with the ledger there."""
    program, diagnostics, bundle = _check(path, limits)
    if program is None:
        return _outcome(None, None, diagnostics, bundle, path)
    ledger, found = _evaluate(program, limits)
    return _outcome(program, ledger, (*diagnostics, *found), bundle, path)


def build_model(path: Path, limits: Limits = USUAL) -> Outcome:
    """Check and evaluate a model, and ask what moves its totals; weak defaults that do are among the findings."""
    from gaic.study.defaults import warn_of_defaults
    from gaic.study.influence import measure_influence
    from gaic.study.rests import Sensitivity

    outcome = compile_model(path, limits)
    if outcome.ledger is None:
        return outcome
    influences = measure_influence(outcome.ledger)
    found = warn_of_defaults(outcome.ledger.program, influences)
    return replace(
        outcome,
        diagnostics=sort_diagnostics((*outcome.diagnostics, *found)),
        influences=influences,
        sensitivity=Sensitivity(outcome.ledger),
    )


def _check(
    path: Path, limits: Limits, drafts: Mapping[str, str] | None = None
) -> tuple[Program | None, tuple[Diagnostic, ...], Bundle | None]:
    try:
        bundle, faults = load_bundle(path, limits, drafts)
    except ReadFault as fault:
        return None, (fault.at(None),), None
    program, diagnostics = check_bundle(bundle, faults)
    return program, diagnostics, bundle


def _check_graph(program: Program, limits: Limits) -> tuple[Diagnostic, ...]:
    from gaic.evaluate.checks import check_constant_promises
    from gaic.evaluate.run import find_cycles
    from gaic.lower.lower import lower

    try:
        graph = lower(program, limits)
        return (*find_cycles(graph), *check_constant_promises(graph))
    except ModelError as error:
        return error.diagnostics


def run_program(program: Program, limits: Limits) -> Ledger:
    """Evaluate a program, whatever it complains of; raises `ModelError` where it is too large."""
    from gaic.evaluate.ledger import Ledger
    from gaic.evaluate.run import run_graph
    from gaic.lower.lower import lower
    from gaic.units.workshop import Workshop

    return Ledger(run_graph(lower(program, limits), Workshop(hours_limit=limits.series_hours)))


def _evaluate(program: Program, limits: Limits) -> tuple[Ledger | None, tuple[Diagnostic, ...]]:
    try:
        ledger = run_program(program, limits)
    except ModelError as error:
        return None, error.diagnostics
    if has_errors(ledger.diagnostics):
        return None, (*ledger.diagnostics, *ledger.broken)
    return ledger, (*ledger.diagnostics, *ledger.broken)


def _outcome(
    program: Program | None,
    ledger: Ledger | None,
    diagnostics: tuple[Diagnostic, ...],
    bundle: Bundle | None,
    path: Path,
) -> Outcome:
    from gaic import __version__

    files = bundle.files if bundle is not None else None
    return Outcome(
        program,
        ledger,
        sort_diagnostics(diagnostics),
        tuple(files.read.values()) if files is not None else (),
        files.trail() if files is not None else None,
        Library(__version__, hash_library()),
        files.root if files is not None else path.resolve().parent,
        tuple(module.tree.file for module in bundle.modules.values()) if bundle is not None else (),
    )
