"""Findings as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.schema.values import place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.schema.text import Json
    from gaic.source.diagnostic import Diagnostic, Edit

DIAGNOSTICS = "gaic.diagnostics/1"


def diagnostics_document(diagnostics: Iterable[Diagnostic]) -> Json:
    """All findings as a document of their own."""
    return {"schema": DIAGNOSTICS, "diagnostics": [diagnostic_object(d) for d in diagnostics]}


def diagnostic_object(diagnostic: Diagnostic) -> Json:
    """One finding. `labels` begin with what is said at the place of the finding itself, if anything is."""
    labels = [{"at": place(label.span), "text": label.text} for label in diagnostic.labels]
    if diagnostic.span is not None and diagnostic.label:
        labels.insert(0, {"at": place(diagnostic.span), "text": diagnostic.label})
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "at": None if diagnostic.span is None else place(diagnostic.span),
        "labels": labels,
        "notes": list(diagnostic.notes),
        "help": diagnostic.help,
        "fix": [_edit(edit) for edit in diagnostic.fix] or None,
    }


def _edit(edit: Edit) -> Json:
    line, column = edit.span.file.locate(edit.span.end)
    return {"at": place(edit.span), "end": {"line": line, "column": column}, "text": edit.text}
