"""`gaic verify`: check a built site against its own evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaic.cli.options import common_options, settings_of
from gaic.source.diagnostic import UsageError

if TYPE_CHECKING:
    from gaic.verify.faults import NoEvidenceError

DIFFERENCES = 4


class UnverifiableError(UsageError):
    """A folder has nothing to verify."""

    def __init__(self, error: NoEvidenceError) -> None:
        self.hint = error.hint
        super().__init__(str(error))


@click.command(short_help="Check a site against its evidence.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(("full", "json")), default="full", help="How differences are written."
)
@common_options
@click.pass_context
def verify(context: click.Context, directory: Path, form: str) -> int:
    """Hash the files of the site in DIR again, and compute every value again from its exported formula.

    DIR is what `gaic build --evidence` wrote. Nothing else is read: no model and no library. Exits with 4 if something
    differs.
    """
    from gaic.cli.progress import show_progress
    from gaic.cli.terminal import print_result
    from gaic.verify.faults import NoEvidenceError
    from gaic.verify.site import verify_site
    from gaic.verify.told import tell, tell_json

    quiet = settings_of(context).quiet
    try:
        with show_progress("computing values again", quiet=quiet):
            report = verify_site(directory)
    except NoEvidenceError as error:
        raise UnverifiableError(error) from None
    if form == "json":
        click.echo(tell_json(report), nl=False)
    elif report.differences or not quiet:
        print_result(tell(report))
    return DIFFERENCES if report.differences else 0
