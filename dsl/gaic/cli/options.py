"""Options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gaic import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.source.limits import Limits

    Command = TypeVar("Command", bound=Callable[..., Any])

# Option -> (field of `Limits`, what it bounds). Only the command line can raise a limit, never a project.
LIMITS = {
    "max-nesting": ("nesting", "open brackets"),
    "max-exponent": ("exponent", "as the size of an exponent"),
    "max-digits": ("digits", "digits in a number"),
    "max-name-length": ("name_length", "characters in a name"),
    "max-file-size": ("file_size", "bytes in a file"),
    "max-tokens": ("tokens", "tokens in a project"),
    "max-files": ("files", "files in a project"),
    "max-import-depth": ("import_depth", "imports inside imports"),
    "max-hours": ("series_hours", "hours in a series"),
    "max-rows": ("csv_rows", "rows in a CSV file"),
    "max-nodes": ("nodes", "values in a model"),
}

RAISED_BY = {
    "GAI503": "max-digits",
    "GAI504": "max-name-length",
    "GAI505": "max-file-size",
    "GAI506": "max-tokens",
    "GAI508": "max-import-depth",
    "GAI509": "max-hours",
    "GAI510": "max-rows",
    "GAI511": "max-nodes",
    "GAI513": "max-files",
}
"""Findings about a limit, and the option that raises it."""


COLOURS = ("auto", "always", "never")


@dataclass(slots=True)
class Settings:
    """What the options of any place on the command line set together; filled while it is read."""

    verbose: bool = False
    quiet: bool = False
    strict: bool = False
    exit_zero: bool = False
    colour: str = "auto"
    limits: dict[str, int] = field(default_factory=dict)

    def read_limits(self) -> Limits:
        """The limits of this call."""
        from gaic.source.limits import Limits

        return Limits(**self.limits)


def settings_of(context: click.Context) -> Settings:
    """The settings of the running command."""
    return context.ensure_object(Settings)


def _set(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def callback(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it
        if value:
            setattr(settings_of(context), name, True)

    return callback


def _flag(name: str, *spellings: str, text: str) -> Callable[[Command], Command]:
    return click.option(*spellings, is_flag=True, expose_value=False, callback=_set(name), help=text)


def _set_limit(name: str) -> Callable[[click.Context, click.Parameter, int | None], None]:
    def callback(context: click.Context, _: click.Parameter, value: int | None) -> None:
        if value is not None:
            if value < 1:
                message = f"{value} is not a number from 1 on."
                raise click.BadParameter(message)
            settings_of(context).limits[name] = value

    return callback


def _set_colour(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        settings_of(context).colour = value


def common_options(command: Command) -> Command:
    """`--version`, `-v`, `-q`, `--color`: on every command."""
    command = click.version_option(__version__, prog_name="gaic", message="%(prog)s %(version)s")(command)
    command = click.option(
        "--color",
        type=click.Choice(COLOURS),
        expose_value=False,
        callback=_set_colour,
        help="When to write colours: auto (on a terminal, and not with NO_COLOR), always or never.",
    )(command)
    command = _flag("quiet", "-q", "--quiet", text="Print results and errors only.")(command)
    return _flag("verbose", "-v", "--verbose", text="Print more; tracebacks of internal errors too.")(command)


def model_options(command: Command) -> Command:
    """Options of every command that reads a model: how strict to be, and the limits."""
    for option, (name, what) in reversed(LIMITS.items()):
        command = click.option(
            f"--{option}",
            type=int,
            metavar="N",
            expose_value=False,
            callback=_set_limit(name),
            help=f"Allow at most N {what}.",
        )(command)
    command = _flag("exit_zero", "--exit-zero", text="Exit with 0 where the model has errors or breaks a promise.")(
        command
    )
    return _flag("strict", "--strict", text="Count warnings as errors.")(command)
