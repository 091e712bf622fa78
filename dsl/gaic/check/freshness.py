"""Sources that are too old on the day as of which a model counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gaic.source.diagnostic import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gaic.check.findings import Findings
    from gaic.check.program import Declared, Study
    from gaic.source.text import Span

YEARS = 6
"""Age from which a figure no longer counts as of its time.

The pedigree matrix of Weidema and Wesnaes (1996) marks data down from 3, 6, 10 and 15 years on; within 6 years they get
one of the two best marks.
"""
DAYS_PER_YEAR = 365.25


def warn_of_stale_sources(
    study: Study, declared: Mapping[str, Declared], citations: Mapping[str, Collection[Span]], findings: Findings
) -> None:
    """Warn of cited sources that are past their `valid_until`, or that have none and were published too long ago.

    Nothing but `as_of` of the study says what day it is; without it nothing is stale.
    """
    today = _read_date(study.fields.get("as_of", ""))
    if today is None:
        return
    for path, places in citations.items():
        source = declared.get(path)
        if source is None:
            continue
        limit = _read_date(source.fields.get("valid_until", ""))
        word = "published" if _read_date(source.fields.get("published", "")) else "read"
        published = _read_date(source.fields.get(word, ""))
        if limit is not None and limit < today:
            message = f"the source `{path}` was valid until {limit}"
        elif limit is None and published is not None and (today - published).days >= YEARS * DAYS_PER_YEAR:
            age = int((today - published).days / DAYS_PER_YEAR)
            message = f"the source `{path}` is {age} years old"
        else:
            continue
        notes = [f"the study counts as of {today}"]
        if len(places) > 1:
            notes.append(f"{len(places)} values of the project cite it")
        label = Label(source.span, f"valid until {limit}" if limit is not None else f"{word} {published}")
        fix = "look for a newer figure, or say in the source how long it holds: `valid_until = ...`"
        findings.warn("GAI620", message, next(iter(places)), labels=(label,), notes=tuple(notes), fix=fix)


def _read_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
