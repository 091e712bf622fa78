"""What came of a verification, as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.verify.recompute import Difference
    from gaic.verify.site import Report

SHOWN: Final = 20
"""Differences that people are shown."""
LONGEST: Final = 200
"""Characters of a text that is quoted."""
FORMAT: Final = "gaic.verification/1"


def tell(report: Report) -> str:
    """The outcome as text, without a line end."""
    if not report.differences:
        return (
            f"{_count(report.files, 'file')} and {_count(report.values, 'value')} "
            f"({_count(report.hours, 'hour')} of series) agree with the evidence"
        )
    lines = [line for difference in report.differences[:SHOWN] for line in _tell(difference)]
    more = len(report.differences) - SHOWN
    if more > 0:
        lines.append(f"... and {more:,} more")
    skipped = f"; {_count(report.skipped, 'value')} could not be computed again" if report.skipped else ""
    return "\n".join((*lines, f"{_count(len(report.differences), 'difference')}{skipped}"))


def tell_json(report: Report) -> str:
    """The outcome as a JSON document, with a line end."""
    rows = [
        {
            "file": each.file,
            "what": each.what,
            "message": each.message,
            "at": each.place,
            "exported": each.exported,
            "recomputed": each.recomputed,
            "formula": each.formula,
        }
        for each in report.differences
    ]
    document = {
        "schema": FORMAT,
        "ok": not rows,
        "files": report.files,
        "values": report.values,
        "hours": report.hours,
        "skipped": report.skipped,
        "differences": rows,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def escape(text: str) -> str:
    """A text on one line, with marks that are no letters as `<U+202E>`."""
    return "".join(c if c.isprintable() else " " if c in "\n\t" else f"<U+{ord(c):04X}>" for c in text)


def _tell(difference: Difference) -> Iterator[str]:
    where = "" if difference.what == "file" else f" {_quote(difference.what)}"
    place = f" ({_quote(difference.place)})" if difference.place else ""
    yield f"{_quote(difference.file)}:{where}{place} {_quote(difference.message)}"
    if difference.exported is not None:
        yield f"  evidence: {_quote(difference.exported)}"
    if difference.recomputed is not None:
        yield f"  found:    {_quote(difference.recomputed)}"
    if difference.formula:
        yield f"  formula:  {_quote(difference.formula)}"


def _quote(text: str) -> str:
    shown = escape(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 3] + "..."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
