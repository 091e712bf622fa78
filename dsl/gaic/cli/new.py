"""`gaic new`: a project to begin with."""

from __future__ import annotations

import os
from pathlib import Path

import click

from gaic.cli.options import common_options, settings_of

TEMPLATES = ("chat", "rag", "agent", "batch", "blank")
MODEL = "model.gai"


@click.command(short_help="Start a project.")
@click.argument("name")
@click.option(
    "--template", type=click.Choice(TEMPLATES), default=TEMPLATES[0], show_default=True, help="What to begin with."
)
@common_options
@click.pass_context
def new(context: click.Context, name: str, template: str) -> int:
    """Write a project that builds into the new or empty folder NAME.

    chat: people ask a model on machines of one's own. rag: answers from one's own documents. agent: a task that sets
    off several calls of a model and of tools. batch: work in the night that nobody waits for. blank: the smallest model
    that builds.
    """
    from gaic.api.new_project import UnusableNameError, start_project
    from gaic.cli.files import shown_path
    from gaic.cli.terminal import print_result

    if not name.strip():
        raise UnusableNameError(name, "it is empty")
    started = start_project(Path(name), template)
    if settings_of(context).quiet:
        return 0
    folder = shown_path(started.folder)
    print_result(f"{'This folder' if folder == '.' else folder} holds {', '.join(started.files)}.\n\nType next:")
    for line in _next_commands(folder):
        print_result(f"  {line}")
    print_result(f"and open {Path('build', Path(MODEL).stem, 'index.html')} in a browser.")
    return 0


def _next_commands(folder: str) -> list[str]:
    """What to type: on Windows with its quotes, elsewhere with those of a shell."""
    import shlex
    import subprocess

    quoted = subprocess.list2cmdline([folder]) if os.name == "nt" else shlex.quote(folder)
    change = [] if folder == "." else [f"cd {quoted}"]
    return [*change, f"gaic check {MODEL}", f"gaic build {MODEL}"]
