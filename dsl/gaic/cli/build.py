"""`gaic build`: check, evaluate, write the site and the results, print the totals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaic.cli.options import common_options, model_options, settings_of

if TYPE_CHECKING:
    from gaic.api.directory import Written
    from gaic.cli.options import Settings


@click.command(short_help="Check, evaluate and write the site.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="Folder of the site.")
@click.option("--force", is_flag=True, help="Write into a folder that holds other things; they stay.")
@click.option("--series", is_flag=True, help="Write every hourly series in full to DIR/data/series.npz.")
@model_options
@common_options
@click.pass_context
def build(context: click.Context, file: Path, output: Path | None, *, force: bool, series: bool) -> int:
    """Check FILE, evaluate it, write its site and results.json, and print the totals.

    The site is written to build/NAME under the project root unless -o says otherwise. Open DIR/index.html in a browser.
    """
    from gaic.api.compile import compile_model
    from gaic.api.directory import check_directory, default_directory, write_directory
    from gaic.api.site import site_files
    from gaic.cli.files import require_model
    from gaic.cli.progress import show_progress
    from gaic.cli.verdict import Verdict, exit_code, judge, print_findings, weigh

    settings = settings_of(context)
    require_model(file)
    if output is not None:
        check_directory(output, force=force)
    with show_progress(f"evaluating {file.name}", quiet=settings.quiet) as progress:
        outcome = compile_model(file, settings.read_limits())
        findings = weigh(outcome.diagnostics, settings)
        verdict = judge(findings, outcome.ledger.checks() if outcome.ledger else None)
        written: Written | None = None
        if outcome.ledger is not None and verdict is not Verdict.ERRORS:
            directory = output if output is not None else default_directory(outcome.root, file)
            progress.begin("writing files")
            files = progress.follow(site_files(outcome, file, outcome.ledger, series=series))
            written = write_directory(directory, files, force=force)
    print_findings(findings, settings)
    if outcome.ledger is not None and written is not None and not settings.quiet:
        from gaic.report.terminal import render_summary

        _print_summary(render_summary(outcome.ledger), written, settings)
    return exit_code(verdict, settings)


def _print_summary(summary: str, written: Written, settings: Settings) -> None:
    from gaic.cli.files import shown_path
    from gaic.cli.terminal import print_result

    print_result(summary.rstrip("\n"))
    print_result(f"\nSite: {shown_path(written.directory / 'index.html')}")
    if settings.verbose:
        print_result(f"{written.written} files written, {written.unchanged} unchanged, {written.removed} removed")
