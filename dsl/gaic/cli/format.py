"""`gaic fmt`: brings files into the one format."""

from __future__ import annotations

import sys
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaic.cli.options import common_options, model_options, settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.api.formatting import Formatted
    from gaic.cli.options import Settings

STANDARD_INPUT = "-"
NAME_OF_INPUT = "<stdin>"


class Outcome(IntEnum):
    """Exit codes."""

    FINE = 0
    ERRORS = 1
    USAGE = 2
    DIFFERENT = 4


_BY_WEIGHT = (Outcome.FINE, Outcome.DIFFERENT, Outcome.ERRORS, Outcome.USAGE)


@click.command("fmt", short_help="Bring files into the one format.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Change nothing; name the files that would change, and exit with 4.")
@click.option("--diff", is_flag=True, help="Change nothing; print what would change, and exit with 4.")
@model_options
@common_options
@click.pass_context
def format_files(context: click.Context, files: Sequence[str], *, check: bool, diff: bool) -> int:
    """Bring each FILE into the one format, in place; `-` is standard input, written to standard output.

    A file with syntax errors is left as it is. There are no options of style: line ends are mostly those of the author,
    and all between them is written in one way.
    """
    from gaic.cli.files import require_model

    settings = settings_of(context)
    names = tuple(dict.fromkeys(files))
    for name in names:
        if name != STANDARD_INPUT:
            require_model(Path(name))
    outcomes = [_format_one(name, settings, check=check, diff=diff) for name in names]
    gravest = max(outcomes, key=_BY_WEIGHT.index)
    return 0 if settings.exit_zero and gravest is not Outcome.USAGE else int(gravest)


def _format_one(name: str, settings: Settings, *, check: bool, diff: bool) -> Outcome:
    """Format one file, or standard input, and say what came of it."""
    from gaic.source.diagnostic import ModelError, UsageError

    try:
        formatted = _read(name, settings)
        if diff:
            _print_diff(formatted)
        elif check:
            _print_name(formatted)
        elif name == STANDARD_INPUT:
            click.echo(formatted.after.encode(), nl=False)
        elif formatted.changed:
            _rewrite(name, formatted, settings)
    except ModelError as error:
        from gaic.cli.verdict import print_findings

        print_findings(error.diagnostics, settings)
        return Outcome.ERRORS
    except UsageError as error:
        from gaic.cli.terminal import print_message

        print_message(f"error: {error}")
        return Outcome.USAGE
    return Outcome.DIFFERENT if formatted.changed and (check or diff) else Outcome.FINE


def _read(name: str, settings: Settings) -> Formatted:
    from gaic.api.formatting import format_bytes, format_file
    from gaic.cli.files import shown_path
    from gaic.cli.progress import show_progress

    limits = settings.read_limits()
    if name == STANDARD_INPUT:
        # None where the caller closed it.
        raw = b"" if sys.stdin is None else sys.stdin.buffer.read(limits.file_size + 1)
        return format_bytes(raw, NAME_OF_INPUT, limits)
    with show_progress(f"formatting {name}", quiet=settings.quiet):
        return format_file(Path(name), Path(shown_path(Path(name))).as_posix(), limits)


def _rewrite(name: str, formatted: Formatted, settings: Settings) -> None:
    from gaic.api.formatting import rewrite_file
    from gaic.cli.terminal import print_message

    rewrite_file(Path(name), formatted)
    if not settings.quiet:
        print_message(f"formatted {formatted.name}")


def _print_name(formatted: Formatted) -> None:
    from gaic.cli.terminal import print_result

    if formatted.changed:
        print_result(formatted.name)


def _print_diff(formatted: Formatted) -> None:
    """Print what would change: as it is for a program, and without anybody's control characters on a terminal."""
    from gaic.cli.terminal import escape_hidden, is_terminal

    text = formatted.diff()
    click.echo(escape_hidden(text) if is_terminal(sys.stdout) else text.encode(), nl=False)
