"""The few functions that notebooks and programs call; the command line does the same through the same rooms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.api.results import Results
    from gaic.source.diagnostic import Diagnostic

__all__ = ["build", "check_model", "evaluate_model", "explain", "format_text"]


def check_model(path: str | Path) -> tuple[Diagnostic, ...]:
    """All findings of a model, sorted by place; an empty tuple is a fine one."""
    from gaic.api import compile as pipeline

    return pipeline.check_model(Path(path)).diagnostics


def evaluate_model(path: str | Path) -> Results:
    """Check and evaluate a model; raises `ModelError`, which carries the findings."""
    from gaic.api.compile import compile_model
    from gaic.api.results import Results
    from gaic.source.diagnostic import ModelError

    outcome = compile_model(Path(path))
    if outcome.ledger is None:
        raise ModelError(outcome.diagnostics)
    return Results(outcome, outcome.ledger)


def build(path: str | Path, output: str | Path | None = None, *, force: bool = False) -> Results:
    """Check and evaluate a model, and write its site and `results.json` into `output` if one is given.

    Raises `ModelError` for a model with errors and `UsageError` for a folder that may not be written.
    """
    from gaic.api.compile import build_model
    from gaic.api.directory import write_directory
    from gaic.api.results import Results
    from gaic.api.site import site_files
    from gaic.source.diagnostic import ModelError

    outcome = build_model(Path(path))
    if outcome.ledger is None:
        raise ModelError(outcome.diagnostics)
    if output is not None:
        write_directory(Path(output), site_files(outcome, Path(path), outcome.ledger), force=force)
    return Results(outcome, outcome.ledger)


def explain(path: str | Path, value: str) -> str:
    """The explanation of one value of a model as text; raises `ModelError` and `UnknownPathError`."""
    from gaic.report.terminal import render_explanation

    results = evaluate_model(path)
    return render_explanation(results.ledger, results.account(value).node)


def format_text(text: str) -> str:
    """A text of the language in the one format; raises `ModelError` where it has syntax errors."""
    from gaic.api import formatting

    return formatting.format_text(text)
