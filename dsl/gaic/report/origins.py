"""What values rest on: sources with the values taken from them, hypotheses, and numbers without a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.report.facts import Pointer

UNSOURCED = "no source given"


@dataclass(frozen=True, slots=True)
class Origin:
    """Given numbers of one source and one confidence; `href` leads to the register of sources."""

    title: str
    href: str
    confidence: str
    pointers: tuple[Pointer, ...]
    hidden: int


def group_origins(pointers: Iterable[Pointer], limit: int) -> tuple[Origin, ...]:
    """Group given numbers by source and confidence, those without a source first; name at most `limit` of a group."""
    groups: dict[tuple[str, str, str], list[Pointer]] = {}
    for pointer in pointers:
        account = pointer.account
        if pointer.original:
            confidence = words.rate_own(account)
            title, href = (UNSOURCED, "") if confidence == "unsourced" else pointer.source
            groups.setdefault((title, href, confidence), []).append(pointer)
    ordered = sorted(groups.items(), key=lambda group: group[0][2] != "unsourced")
    return tuple(
        Origin(title, href, confidence, tuple(found[:limit]), max(0, len(found) - limit))
        for (title, href, confidence), found in ordered
    )
