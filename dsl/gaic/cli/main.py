"""`gaic`: the group of commands, and what becomes of everything that can go wrong in one."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NoReturn

import click

from gaic.cli.build import build
from gaic.cli.check import check
from gaic.cli.doc import doc
from gaic.cli.evaluate import evaluate
from gaic.cli.explain import explain
from gaic.cli.format import format_files
from gaic.cli.importing import import_file
from gaic.cli.new import new
from gaic.cli.options import Settings, common_options
from gaic.cli.rule import rule
from gaic.cli.terminal import prepare_streams, print_message, print_rendered, wants_colour
from gaic.cli.verify import verify
from gaic.source.diagnostic import GaicError, ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Exit(IntEnum):
    """Exit codes that no failure carries itself."""

    USAGE = 2
    INTERNAL = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141  # 128 + SIGPIPE: what a shell sees of any other program


class Commands(click.Group):
    """The group of commands; `main` maps every outcome to an exit code."""

    def main(  # type: ignore[override] # it always ends the process
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "gaic",
        **extra: Any,  # noqa: ANN401 - as click declares it
    ) -> NoReturn:
        """Run a command and end the process with its exit code."""
        prepare_streams()
        settings = Settings()
        try:
            code = self._run(args, prog_name, settings, extra)
            _flush_stdout()
        except BrokenPipeError:
            _silence_stdout()
            code = Exit.BROKEN_PIPE
        except OSError as error:
            _silence_stdout()
            with suppress(OSError):  # as little as stdout
                print_message(f"the output cannot be written: {error.strerror}")
            code = Exit.USAGE
        sys.exit(code)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401 - as click declares it
        """Read the command line; a reader that went away while help was printed is none of click's business."""
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; as above."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error

    def _run(self, args: Sequence[str] | None, prog_name: str | None, settings: Settings, extra: dict[str, Any]) -> int:
        extra = {**extra, "standalone_mode": False, "obj": settings}
        try:
            code = super().main(args, prog_name, **extra)
        except _ReaderGoneError as error:
            raise BrokenPipeError from error
        except click.Abort:
            print_message("interrupted")
            return Exit.INTERRUPTED
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except GaicError as error:
            return _tell_failure(error, settings)
        except OSError as error:
            # Files are opened with their names, so what has none is the output.
            if error.filename is not None:
                return _tell_internal(error, settings, args)
            raise
        except Exception as error:  # noqa: BLE001 - the last net, which says what to do
            return _tell_internal(error, settings, args)
        return code if isinstance(code, int) else 0


class _ReaderGoneError(Exception):
    """Whoever read our output has stopped."""


def _tell_failure(error: GaicError, settings: Settings) -> int:
    if isinstance(error, ModelError):
        from gaic.cli.verdict import point_to_pages
        from gaic.source.render import render_full

        colour = wants_colour(sys.stderr, settings.colour)
        print_rendered(render_full(error.diagnostics, colour=colour), colour=colour, err=True)
        point_to_pages(error.diagnostics, sys.stderr, settings)
    else:
        print_message(f"error: {error}")
        hint = getattr(error, "hint", None)
        if hint:
            print_message(f"help: {hint}")
    if settings.verbose:
        _print_traceback(error)
    return 0 if settings.exit_zero and error.exit_code == ModelError.exit_code else error.exit_code


def _tell_internal(error: Exception, settings: Settings, args: Sequence[str] | None) -> int:
    from gaic.cli.crash import tell_internal

    tell_internal(error, settings, args)
    return Exit.INTERNAL


def _print_traceback(error: Exception) -> None:
    import traceback

    print_message("".join(traceback.format_exception(error)).rstrip())


def _flush_stdout() -> None:
    if sys.stdout is not None:  # None where the caller closed it
        sys.stdout.flush()


def _silence_stdout() -> None:
    """Keep Python from complaining at its end that stdout could not be flushed."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@common_options
def main() -> None:
    """Compile .gai files, evaluate them and explain every number."""


for command in (build, check, doc, evaluate, explain, format_files, import_file, new, rule, verify):
    main.add_command(command)
