"""What values rest on: sources with the values taken from them, hypotheses, and numbers without a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report import addresses, words
from gaic.report.markdown import is_safe_link, read_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gaic.check.program import Declared
    from gaic.report.facts import Facts, Pointer
    from gaic.report.markdown import Block

UNSOURCED = "no source given"


@dataclass(frozen=True, slots=True)
class Origin:
    """Given numbers of one source and one confidence; `href` leads to the register of sources."""

    title: str
    href: str
    confidence: str
    pointers: tuple[Pointer, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as the register shows it; `link` is its address if that is safe to follow."""

    anchor: str
    declared: Declared
    link: str
    blocks: tuple[Block, ...]
    fields: tuple[tuple[str, str], ...]
    pointers: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """All given values by what they rest on: `stated` and `unsourced` are numbers without a declared source."""

    citations: tuple[Citation, ...]
    stated: tuple[Pointer, ...]
    unsourced: tuple[Pointer, ...]


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


def register_sources(facts: Facts) -> Register:
    """Sort all given values of the model by their source; sources in the order of their titles."""
    cited: dict[str, tuple[Declared, list[Pointer]]] = {}
    stated: list[Pointer] = []
    unsourced: list[Pointer] = []
    for pointer in facts.pointers.values():
        account = pointer.account
        if account.role != "calculated" and account.source is not None:
            cited.setdefault(account.source.path, (account.source, []))[1].append(pointer)
        elif pointer.original:
            (stated if words.is_sourced(account) else unsourced).append(pointer)
    ordered = sorted(cited.values(), key=lambda entry: (entry[0].label.casefold(), entry[0].path))
    return Register(tuple(_cite(source, found) for source, found in ordered), tuple(stated), tuple(unsourced))


def _cite(source: Declared, pointers: Sequence[Pointer]) -> Citation:
    url = source.fields.get("url", "")
    return Citation(
        anchor=addresses.slug_of(source.path),
        declared=source,
        link=url if is_safe_link(url) else "",
        blocks=read_markdown(source.doc),
        fields=tuple((name, text) for name, text in source.fields.items() if name != "url" or not is_safe_link(url)),
        pointers=tuple(pointers),
    )
