"""What an outcome means for the caller: findings as they are shown, and the exit code."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING

from gaic.cli.listing import MOST_SHOWN, list_findings
from gaic.cli.options import RAISED_BY
from gaic.cli.terminal import is_terminal, print_message, print_rendered, wants_colour
from gaic.source.diagnostic import BROKEN_PROMISE, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from gaic.cli.options import Settings
    from gaic.evaluate.account import CheckRow
    from gaic.source.diagnostic import Diagnostic


class Verdict(IntEnum):
    """Exit codes for a model that could be read."""

    FINE = 0
    ERRORS = 1
    BROKEN_PROMISE = 3


def weigh(diagnostics: Iterable[Diagnostic], settings: Settings) -> tuple[Diagnostic, ...]:
    """The findings with the weight that the options give them: under `--strict` a warning is an error.

    Those about a limit say how it is raised, which only the command line can do.
    """
    weighed = tuple(_hint(diagnostic) for diagnostic in diagnostics)
    if not settings.strict:
        return weighed
    return tuple(replace(diagnostic, severity=Severity.ERROR) for diagnostic in weighed)


def _hint(diagnostic: Diagnostic) -> Diagnostic:
    option = RAISED_BY.get(diagnostic.code)
    if option is None or diagnostic.help is not None:
        return diagnostic
    return replace(diagnostic, help=f"if that is meant, raise the limit with `--{option} N`")


def audible(diagnostics: Iterable[Diagnostic], settings: Settings) -> tuple[Diagnostic, ...]:
    """The findings that are printed: with `-q` only errors."""
    return tuple(d for d in diagnostics if not settings.quiet or d.severity is Severity.ERROR)


def judge(diagnostics: Iterable[Diagnostic], checks: Iterable[CheckRow] | None, settings: Settings) -> Verdict:
    """The verdict on a model from its findings, before they are weighed, and its promises (None: not evaluated).

    A promise that is broken inside a kind is an error of the model; at top level the model is fine. Errors weigh more
    than broken promises, which are among the findings too.
    """
    diagnostics = tuple(diagnostics)
    if settings.strict and any(diagnostic.severity is Severity.WARNING for diagnostic in diagnostics):
        return Verdict.ERRORS
    broken = [row for row in checks or () if not row.ok and row.severity == Severity.ERROR.value]
    if broken:
        return Verdict.BROKEN_PROMISE if all(row.object is None for row in broken) else Verdict.ERRORS
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if errors and all(diagnostic.code == BROKEN_PROMISE for diagnostic in errors):
        return Verdict.BROKEN_PROMISE
    return Verdict.ERRORS if errors else Verdict.FINE


def exit_code(verdict: Verdict, settings: Settings) -> int:
    """The exit code of a verdict."""
    return 0 if settings.exit_zero else int(verdict)


def print_findings(diagnostics: Iterable[Diagnostic], settings: Settings) -> None:
    """Print findings as the options weigh them on stderr, with the source text around them."""
    from gaic.source.render import render_full

    colour = wants_colour(sys.stderr)
    findings = audible(weigh(diagnostics, settings), settings)
    text = list_findings(findings, lambda some: render_full(some, colour=colour), most=MOST_SHOWN, gap="\n")
    print_rendered(text, colour=colour, err=True)
    point_to_pages(findings, sys.stderr, settings)


def point_to_pages(findings: Sequence[Diagnostic], shown_on: TextIO, settings: Settings) -> None:
    """Say once below the findings where they are explained; only to somebody who reads them on a terminal."""
    if not findings or settings.quiet or not is_terminal(shown_on):
        return
    command = f"`gaic rule {findings[0].code}`"
    alone = len({finding.code for finding in findings}) == 1
    text = f"{command} explains this code" if alone else f"`gaic rule CODE` explains a finding, for example {command}"
    print_message(f"\n{text}")
