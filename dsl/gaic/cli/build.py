"""`gaic build`: check, evaluate, write the site and the results, print the totals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaic.cli.options import common_options, model_options, settings_of

if TYPE_CHECKING:
    from gaic.api.compile import Outcome
    from gaic.api.directory import Written
    from gaic.cli.options import Settings
    from gaic.cli.progress import Progress
    from gaic.cli.verdict import Verdict
    from gaic.evaluate.ledger import Ledger


@click.command(short_help="Check, evaluate and write the site.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="Folder of the site.")
@click.option("--force", is_flag=True, help="Write into a folder that holds other things; they stay.")
@click.option(
    "--series", is_flag=True, help="Write every hourly series in full to DIR/data/series.npz, and tables of hours."
)
@click.option(
    "--evidence", is_flag=True, help="Write what `gaic verify DIR` needs to check the site without building it."
)
@model_options
@common_options
@click.pass_context
def build(context: click.Context, file: Path, output: Path | None, *, force: bool, series: bool, evidence: bool) -> int:
    """Check FILE, evaluate it, write its site and results.json, and print the totals.

    The site is written to build/NAME under the project root unless -o says otherwise. Open DIR/index.html in a browser.
    """
    from gaic.api.directory import check_directory
    from gaic.cli.files import require_model
    from gaic.cli.progress import show_progress
    from gaic.cli.verdict import exit_code, print_findings

    settings = settings_of(context)
    require_model(file)
    if output is not None:
        check_directory(output, force=force)
    order = Order(file, output, force=force, series=series, evidence=evidence)
    with show_progress(f"evaluating {file.name}", quiet=settings.quiet) as progress:
        outcome, verdict, written = _run(order, settings, progress)
    print_findings(outcome.diagnostics, settings)
    if outcome.ledger is not None and written is not None and not settings.quiet:
        _print_summary(outcome, outcome.ledger, written, settings)
    return exit_code(verdict, settings)


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, where to, and how."""

    file: Path
    output: Path | None
    force: bool
    series: bool
    evidence: bool


def _run(order: Order, settings: Settings, progress: Progress) -> tuple[Outcome, Verdict, Written | None]:
    """Evaluate the model and write its files, unless it has errors."""
    from gaic.api.compile import build_model
    from gaic.api.directory import default_directory, write_directory
    from gaic.api.site import site_files
    from gaic.cli.verdict import Verdict, judge

    outcome = build_model(order.file, settings.read_limits())
    ledger = outcome.ledger
    verdict = judge(outcome.diagnostics, ledger.checks() if ledger else None, settings)
    if ledger is None or verdict is Verdict.ERRORS:
        return outcome, verdict, None
    directory = default_directory(outcome.root, order.file) if order.output is None else order.output
    progress.begin("writing files")
    files = progress.follow(site_files(outcome, order.file, ledger, series=order.series, evidence=order.evidence))
    return outcome, verdict, write_directory(directory, files, force=order.force)


def _print_summary(outcome: Outcome, ledger: Ledger, written: Written, settings: Settings) -> None:
    from gaic.cli.files import shown_path
    from gaic.cli.terminal import print_coloured, print_result
    from gaic.report.influence import render_defaults, render_inputs
    from gaic.report.terminal import render_summary

    print_coloured(lambda colour: render_summary(ledger, colour=colour))
    influences = outcome.influences
    if influences is not None:
        render = render_inputs if settings.verbose else render_defaults
        print_coloured(lambda colour: render(ledger.program, influences, colour=colour))
    print_result(f"\nSite: {shown_path(written.directory / 'index.html')}")
    if settings.verbose:
        print_result(f"{written.written} files written, {written.unchanged} unchanged, {written.removed} removed")
