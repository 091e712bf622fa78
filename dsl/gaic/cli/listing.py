"""How many findings people are shown, and what is said of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.source.diagnostic import Severity
from gaic.source.width import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gaic.source.diagnostic import Diagnostic

MOST_SHOWN = 20
"""Findings of one file that are shown where people read them."""


def list_findings(
    diagnostics: Iterable[Diagnostic], render: Callable[[Sequence[Diagnostic]], str], *, most: int | None, gap: str = ""
) -> str:
    """The findings as rendered, of each file at most so many, with a line for the rest; `gap` stands between files."""
    parts: list[str] = []
    for found in _by_file(diagnostics):
        shown = found if most is None else _gravest(found, most)
        kept = set(map(id, shown))
        rest = [diagnostic for diagnostic in found if id(diagnostic) not in kept]
        parts.append(render(shown) + (f"{gap}{_describe_rest(rest)}\n" if rest else ""))
    return gap.join(parts)


def _by_file(diagnostics: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """The findings of each file in their order, files in order of their first one."""
    files: dict[object, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        files.setdefault(diagnostic.span and diagnostic.span.file.name, []).append(diagnostic)
    return list(files.values())


def _gravest(diagnostics: Sequence[Diagnostic], most: int) -> list[Diagnostic]:
    """As many of the findings as may be shown, in their order: no error is left out for a warning."""
    numbers = sorted(range(len(diagnostics)), key=lambda number: diagnostics[number].severity is not Severity.ERROR)
    return [diagnostics[number] for number in sorted(numbers[:most])]


def _describe_rest(rest: Sequence[Diagnostic]) -> str:
    span = rest[0].span
    where = f" in {escaped(span.file.name)}" if span is not None else ""
    return f"... and {len(rest)} more{where} ({count_findings(rest)}); `gaic check --all` shows them"


def count_findings(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings there are, such as "3 errors, 1 warning"."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    counts = ((severities.count(severity), severity.value) for severity in Severity)
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
