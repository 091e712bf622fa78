"""`gaic eval`: one attribute."""

from __future__ import annotations

from pathlib import Path

import click

from gaic.cli.options import common_options, model_options, settings_of


@click.command("eval", short_help="Print one value.")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("path")
@click.option("--unit", metavar="U", help="Convert to this unit.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; a series in full.")
@model_options
@common_options
@click.pass_context
def evaluate(context: click.Context, file: Path, path: str, unit: str | None, *, as_json: bool) -> int:
    """Evaluate FILE and print the value of PATH, such as a.b, or a.b[c] (also written a.b.c) of one member."""
    from gaic.api.query import answer_query
    from gaic.cli.answer import answer_text
    from gaic.cli.model import evaluate_model
    from gaic.cli.terminal import print_rendered, print_result
    from gaic.cli.verdict import exit_code
    from gaic.schema.text import json_text

    settings = settings_of(context)
    ledger, verdict = evaluate_model(file, settings)
    if ledger is not None:
        answer = answer_query(ledger, path, unit)
        if as_json:
            print_rendered(json_text(answer.document()), colour=False, err=False)
        else:
            print_result(answer_text(answer))
    return exit_code(verdict, settings)
