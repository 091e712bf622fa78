"""`gaic explain`: one attribute, explained in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from gaic.cli.options import common_options, model_options, settings_of


@click.command(short_help="Explain one value.")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("path")
@model_options
@common_options
@click.pass_context
def explain(context: click.Context, file: Path, path: str) -> int:
    """Evaluate FILE and print how PATH came about: formula, numbers, what it depends on, sources, place."""
    from gaic.api.query import answer_query
    from gaic.cli.answer import answer_text
    from gaic.cli.model import evaluate_model
    from gaic.cli.terminal import print_coloured, print_result
    from gaic.cli.verdict import exit_code
    from gaic.report.terminal import render_explanation

    settings = settings_of(context)
    ledger, verdict = evaluate_model(file, settings)
    if ledger is not None:
        answer = answer_query(ledger, path)
        nodes = [account.node for account in answer.accounts]
        if nodes:
            print_coloured(lambda colour: "\n".join(render_explanation(ledger, n, colour=colour) for n in nodes))
        else:
            print_result(f"{answer.found.path}\n{answer_text(answer)}")
    return exit_code(verdict, settings)
