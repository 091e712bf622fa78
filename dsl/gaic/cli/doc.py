"""`gaic doc`: write the reference of the library, or of a project with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaic.cli.options import common_options, model_options, settings_of

if TYPE_CHECKING:
    from gaic.api.directory import Written
    from gaic.cli.options import Settings
    from gaic.cli.verdict import Verdict

# The name of the folder under `build`, where nobody says another one.
NAME = Path("library")


@click.command(short_help="Write the reference of the library.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="Folder of the site.")
@click.option("--force", is_flag=True, help="Write into a folder that holds other things; they stay.")
@model_options
@common_options
@click.pass_context
def doc(context: click.Context, file: Path | None, output: Path | None, *, force: bool) -> int:
    """Write the reference of the standard library as a site: kinds, inputs, defaults, sources, formulas.

    With FILE the kinds, quantities, units, sources, templates and imported objects of that project are in it, too. The
    site is written to build/library under the project root (without FILE: here) unless -o says otherwise. Open
    DIR/index.html in a browser.
    """
    from gaic.api.directory import check_directory, default_directory, write_directory
    from gaic.api.reference import reference_files
    from gaic.cli.files import require_model
    from gaic.cli.progress import show_progress
    from gaic.cli.verdict import Verdict, exit_code

    settings = settings_of(context)
    if file is not None:
        require_model(file)
    directory = default_directory(_find_root(file), NAME) if output is None else output
    check_directory(directory, force=force)
    with show_progress("reading the library", quiet=settings.quiet) as progress:
        verdict = _check(file, settings) if file is not None else Verdict.FINE
        if verdict is Verdict.ERRORS:
            return exit_code(verdict, settings)
        progress.begin("writing files")
        files = progress.follow(reference_files(file, settings.read_limits()))
        written = write_directory(directory, files, force=force)
    if not settings.quiet:
        _print_place(written, settings)
    return exit_code(Verdict.FINE, settings)


def _find_root(file: Path | None) -> Path:
    """The folder in which `build` stands."""
    from gaic.load.files import find_root

    return Path.cwd() if file is None else find_root(file)


def _check(file: Path, settings: Settings) -> Verdict:
    """The verdict on a model, with its findings printed: only what passes the check can be explained."""
    from gaic.api.compile import check_model
    from gaic.cli.verdict import judge, print_findings

    outcome = check_model(file, settings.read_limits())
    print_findings(outcome.diagnostics, settings)
    return judge(outcome.diagnostics, None, settings)


def _print_place(written: Written, settings: Settings) -> None:
    from gaic.cli.files import shown_path
    from gaic.cli.terminal import print_result

    print_result(f"Site: {shown_path(written.directory / 'index.html')}")
    if settings.verbose:
        print_result(f"{written.written} files written, {written.unchanged} unchanged, {written.removed} removed")
