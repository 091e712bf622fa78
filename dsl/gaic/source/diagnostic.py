"""What gaic says about a text: values that are collected, sorted and shown elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.source.text import Span


BROKEN_PROMISE = "GAI340"
"""Code of an assertion of a file that does not hold: the model itself is sound then."""


class Severity(Enum):
    """How grave a finding is; an error stops the build."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Label:
    """A place that a message underlines, and what is said there."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a file, and the text that takes their place; an empty span inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What to type instead, in words, and the edits that do it where a machine may."""

    help: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: where it is, what it is, facts (`notes`) and what to type instead (`help`).

    `labels` are secondary places (causes, the other party); `span` may be missing where there is no text. `fix` has the
    edits that do what `help` says, where it is safe to do so unseen: they end this finding and bring no other.
    """

    code: str
    message: str
    span: Span | None
    label: str = ""
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None
    severity: Severity = Severity.ERROR
    fix: tuple[Edit, ...] = ()


class GaicError(Exception):
    """Base of every failure that gaic raises on purpose; `exit_code` is what the command returns."""

    exit_code = 70


class ModelError(GaicError):
    """The model has errors: carries all diagnostics of the stage that stopped."""

    exit_code = 1

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sort_diagnostics(diagnostics)
        first = next((d for d in self.diagnostics if d.severity is Severity.ERROR), None)
        super().__init__(f"{first.code}: {first.message}" if first else "the model has errors")


class UsageError(GaicError):
    """The command or call was used in a wrong way (a file that is not there, a unit that does not fit)."""

    exit_code = 2


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, place, code and message, and drop repetitions of one message at one place."""

    def key(d: Diagnostic) -> tuple[str, int, str, str]:
        return ("", 0, d.code, d.message) if d.span is None else (d.span.file.name, d.span.start, d.code, d.message)

    return tuple({key(d): d for d in sorted(diagnostics, key=key)}.values())


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether one of the findings is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
