"""Collects what the check has to say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaic.source.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from gaic.source.diagnostic import Label
    from gaic.source.text import Span


@dataclass(slots=True)
class Findings:
    """A list of findings that grows while a program is checked."""

    items: list[Diagnostic] = field(default_factory=list)

    def error(  # noqa: PLR0913 - the parts of a message, each with a name at the call
        self,
        code: str,
        message: str,
        span: Span | None,
        *,
        label: str = "",
        labels: tuple[Label, ...] = (),
        notes: tuple[str, ...] = (),
        fix: str | None = None,
    ) -> None:
        """Add an error."""
        self.items.append(Diagnostic(code, message, span, label, labels, notes, fix))

    def warn(  # noqa: PLR0913 - as above
        self,
        code: str,
        message: str,
        span: Span | None,
        *,
        label: str = "",
        labels: tuple[Label, ...] = (),
        notes: tuple[str, ...] = (),
        fix: str | None = None,
    ) -> None:
        """Add a warning."""
        self.items.append(Diagnostic(code, message, span, label, labels, notes, fix, Severity.WARNING))


def did_you_mean(near: str | None) -> str | None:
    """The help line for a name that looks like another one."""
    return f"did you mean `{near}`?" if near else None
