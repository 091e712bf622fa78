"""Evaluates the model of a command that asks one question of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.cli.files import require_model
from gaic.cli.progress import show_progress
from gaic.cli.verdict import Verdict, judge, print_findings

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.cli.options import Settings
    from gaic.evaluate.ledger import Ledger


def evaluate_model(file: Path, settings: Settings) -> tuple[Ledger | None, Verdict]:
    """Evaluate a model and print its findings; there is no ledger where it has errors."""
    require_model(file)
    from gaic.api.compile import compile_model

    with show_progress(f"evaluating {file.name}", quiet=settings.quiet):
        outcome = compile_model(file, settings.read_limits())
    print_findings(outcome.diagnostics, settings)
    verdict = judge(outcome.diagnostics, outcome.ledger.checks() if outcome.ledger else None, settings)
    return (None if verdict is Verdict.ERRORS else outcome.ledger), verdict
