"""`gaic check`: everything up to evaluation; the findings are the result."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaic.cli.options import common_options, model_options, settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.cli.options import Settings
    from gaic.schema.findings import Checked
    from gaic.source.diagnostic import Diagnostic

FORMATS = ("full", "concise", "json", "github", "sarif", "junit")
FOR_PEOPLE = ("full", "concise")


@click.command(short_help="Check without evaluating.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(FORMATS), default="full", show_default=True, help="How to say it.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write there, not to stdout.")
@click.option("--fix", is_flag=True, help="Mend what can be mended by machine, and write the files.")
@click.option("--all", "everything", is_flag=True, help="Show all findings; else at most 20 per file, errors first.")
@click.option("--no-cache", is_flag=True, help="Find every answer anew, and keep none in .gaic/.")
@model_options
@common_options
@click.pass_context
def check(  # noqa: PLR0913 - one parameter per option
    context: click.Context,
    files: Sequence[Path],
    style: str,
    output: Path | None,
    *,
    fix: bool,
    everything: bool,
    no_cache: bool,
) -> int:
    """Check each FILE: names, units, rules, everything up to evaluation. Prints nothing where all is fine.

    The formats for programs (json, github, sarif, junit) always hold all findings. What was found is kept in .gaic/
    under the project root, and said again at once while nothing changes. With -v, the full format also lists the
    defaults that each object uses.
    """
    from gaic.cli.files import require_model
    from gaic.cli.listing import MOST_SHOWN
    from gaic.cli.secret import read_secret
    from gaic.cli.terminal import print_rendered, wants_colour
    from gaic.cli.verdict import audible, exit_code, judge, point_to_pages, weigh

    settings = settings_of(context)
    for file in files:
        require_model(file)
    if fix:
        _fix_all(files, settings)
    checked = _check_all(files, settings, None if no_cache else read_secret())
    verdict = judge([diagnostic for found in checked for diagnostic in found.diagnostics], None, settings)
    colour = wants_colour(sys.stdout if output is None else None)
    shown = [replace(found, diagnostics=audible(weigh(found.diagnostics, settings), settings)) for found in checked]
    text = _write_findings(shown, style, colour=colour, most=None if everything else MOST_SHOWN)
    listed = _list_defaults(files, settings, colour=colour) if settings.verbose and style == "full" else ""
    if output is None:
        print_rendered(text, colour=colour, err=False)
        print_rendered(f"\n{listed}" if text and listed else listed, colour=colour, err=False)
    else:
        _write_file(output, "\n".join(part for part in (text, listed) if part))
    if style in FOR_PEOPLE and not settings.quiet:
        findings = [diagnostic for found in shown for diagnostic in found.diagnostics]
        _print_count(findings)
        if output is None and style == "full":
            point_to_pages(findings, sys.stdout, settings)
    return exit_code(verdict, settings)


def _print_count(findings: Sequence[Diagnostic]) -> None:
    """Say on stderr how many findings there are, where there are any."""
    from gaic.cli.listing import count_findings
    from gaic.cli.terminal import print_message

    if findings:
        files = {diagnostic.span.file.name for diagnostic in findings if diagnostic.span is not None}
        where = f" in {len(files)} files" if len(files) > 1 else ""
        print_message(f"{count_findings(findings)}{where}")


def _list_defaults(files: Sequence[Path], settings: Settings, *, colour: bool) -> str:
    """The defaults that the objects of each model use."""
    from gaic.api.compile import check_model
    from gaic.report.defaults import render_used_defaults

    programs = (check_model(file, settings.read_limits()).program for file in dict.fromkeys(files))
    parts = (render_used_defaults(program, colour=colour) for program in programs if program is not None)
    return "\n".join(part for part in parts if part)


def _fix_all(files: Sequence[Path], settings: Settings) -> None:
    """Mend every file, and say how much was mended."""
    from gaic.api.fixing import fix_model
    from gaic.cli.files import shown_path
    from gaic.cli.progress import show_progress
    from gaic.cli.terminal import print_message

    with show_progress("mending", quiet=settings.quiet) as progress:
        fixed = [fix_model(file, settings.read_limits()) for file in progress.follow(dict.fromkeys(files))]
    if settings.quiet:
        return
    for each in fixed:
        for name, count in sorted(each.counts.items()):
            findings = "1 finding" if count == 1 else f"{count} findings"
            print_message(f"mended {findings} in {shown_path(each.outcome.root / name)}")


def _check_all(files: Sequence[Path], settings: Settings, secret: bytes | None) -> tuple[Checked, ...]:
    """Check every file; what several of them import is reported once."""
    from gaic.api.cached_check import check_file
    from gaic.cli.files import leading_folder
    from gaic.cli.progress import show_progress
    from gaic.schema.findings import Checked

    checked: list[Checked] = []
    seen: set[tuple[object, ...]] = set()
    with show_progress("checking", quiet=settings.quiet) as progress:
        for file in progress.follow(dict.fromkeys(files)):
            answer = check_file(file, settings.read_limits(), secret)
            root = answer.root
            fresh = tuple(d for d in answer.diagnostics if (root, *_identity(d)) not in seen)
            seen.update((root, *_identity(d)) for d in fresh)
            checked.append(Checked(file.as_posix(), leading_folder(root), fresh))
    return tuple(checked)


def _identity(diagnostic: Diagnostic) -> tuple[object, ...]:
    span = diagnostic.span
    where = (None, 0) if span is None else (span.file.name, span.start)
    return (*where, diagnostic.code, diagnostic.message)


def _write_findings(checked: Sequence[Checked], style: str, *, colour: bool, most: int | None) -> str:
    findings = tuple(diagnostic for found in checked for diagnostic in found.diagnostics)
    match style:
        case "full":
            from gaic.cli.listing import list_findings
            from gaic.source.render import render_full

            return list_findings(findings, lambda some: render_full(some, colour=colour), most=most, gap="\n")
        case "concise":
            from gaic.cli.listing import list_findings
            from gaic.source.render import render_concise

            return list_findings(findings, render_concise, most=most)
        case "json":
            from gaic.schema.diagnostics import diagnostics_document
            from gaic.schema.text import json_text

            return json_text(diagnostics_document(findings))
        case "sarif":
            from gaic import __version__
            from gaic.schema.findings import sarif_document
            from gaic.schema.text import json_text

            return json_text(sarif_document(checked, __version__))
        case "junit":
            from gaic.schema.findings import junit_text

            return junit_text(checked)
        case _:
            from gaic.schema.findings import github_text

            return github_text(checked)


def _write_file(output: Path, text: str) -> None:
    from gaic.cli.files import OutputError

    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(output, error) from None
