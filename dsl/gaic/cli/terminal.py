"""Streams of the process: their encoding, their colours, what may be printed on them."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

import click

from gaic.cli.options import Settings

if TYPE_CHECKING:
    from collections.abc import Callable


def prepare_streams() -> None:
    """Write UTF-8 on every system, whatever the locale or the code page of the console."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def escape_hidden(text: str) -> str:
    """Write control characters and marks of direction as `<U+202E>`, so that nobody's text can act on a terminal."""
    from gaic.source.width import escaped

    return "\n".join(map(escaped, _restore_bytes(text).split("\n")))


def _restore_bytes(text: str) -> str:
    """Read as UTF-8 what Python could not read under this locale, as in names of files."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # a surrogate that was never a byte
        return text


def wants_colour(stream: TextIO | None, choice: str | None = None) -> bool:
    """Say whether colours may be written to a stream, or to a file (None).

    What `--color` says counts (`choice`, else that of the running command), then `NO_COLOR`, then `FORCE_COLOR` or
    `CLICOLOR_FORCE`; with none of them colours are for terminals that know them.
    """
    choice = choice or _chosen_colour()
    if choice != "auto":
        return choice == "always"
    if stream is None or os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def _chosen_colour() -> str:
    context = click.get_current_context(silent=True)
    settings = context.find_object(Settings) if context is not None else None
    return settings.colour if settings is not None else "auto"


def is_terminal(stream: TextIO) -> bool:
    """Say whether somebody reads along."""
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def print_result(text: str) -> None:
    """Write a result on stdout; nobody's control characters get through."""
    click.echo(escape_hidden(text))


def print_message(text: str) -> None:
    """Write a message on stderr; nobody's control characters get through."""
    click.echo(escape_hidden(text), err=True)


def print_rendered(text: str, *, colour: bool, err: bool) -> None:
    """Write text that was rendered for a terminal: its colours are ours, everything in it is escaped already."""
    if text:
        click.echo(text, err=err, color=colour, nl=not text.endswith("\n"))


def print_coloured(render: Callable[[bool], str]) -> None:
    """Write what is rendered on stdout, in colours where it can show them."""
    colour = wants_colour(sys.stdout)
    text = render(colour)
    print_rendered(text if colour else escape_hidden(text), colour=colour, err=False)
