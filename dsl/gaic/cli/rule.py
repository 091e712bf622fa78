"""`gaic rule`: what a code means, why the rule is there, and how to mend the model."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from gaic.cli.options import common_options
from gaic.source.diagnostic import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.source.rules.pages import Rule


class UnknownCodeError(UsageError):
    """A code that no finding has."""

    def __init__(self, asked: str, near: Sequence[str]) -> None:
        self.asked = asked
        advice = f"did you mean {' or '.join(near)}?" if near else "codes are written like `GAI201`:"
        self.hint = f"{advice} `gaic rule` lists all"
        super().__init__(f"there is no code `{asked}`")


@click.command(short_help="Explain the code of a finding.")
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the pages as JSON.")
@common_options
def rule(codes: Sequence[str], *, as_json: bool) -> int:
    """Print the page of each CODE (`GAI201`, or only `201`). Without one, list all codes."""
    from gaic.cli.terminal import print_rendered, wants_colour

    pages = list(dict.fromkeys(map(_require_rule, codes))) or _read_all()
    colour = wants_colour(sys.stdout) and not as_json
    print_rendered(_write(pages, as_json=as_json, listed=not codes, colour=colour), colour=colour, err=False)
    return 0


def _require_rule(asked: str) -> Rule:
    from gaic.source.rules.pages import find_code, near_codes, read_rule

    code = find_code(asked)
    found = None if code is None else read_rule(code)
    if found is None:
        raise UnknownCodeError(asked, near_codes(asked))
    return found


def _read_all() -> list[Rule]:
    from gaic.source.rules.pages import list_codes, read_rule

    return [found for code in list_codes() if (found := read_rule(code)) is not None]


def _write(pages: Sequence[Rule], *, as_json: bool, listed: bool, colour: bool) -> str:
    if as_json:
        from gaic.schema.rules import rules_document
        from gaic.schema.text import json_text

        return json_text(rules_document(pages))
    from gaic.source.rules.drawing import render_list, render_rule

    if listed:
        return render_list(pages, colour=colour)
    return "\n\n".join(render_rule(page, colour=colour, width=_measure_width()) for page in pages)


def _measure_width() -> int:
    """How long lines may be: as the terminal is wide, up to what reads well."""
    from gaic.cli.terminal import is_terminal
    from gaic.source.rules.drawing import WIDTH

    return min(WIDTH, shutil.get_terminal_size().columns) if is_terminal(sys.stdout) else WIDTH
