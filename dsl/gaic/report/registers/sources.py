"""The register of sources: what is cited, how old it is, which numbers rest on it, what they weigh."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gaic.report import addresses, listing, words
from gaic.report.markdown import is_safe_link, read_markdown
from gaic.report.registers.numbers import FIGURES, add_shares, show_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.check.program import Declared, Study
    from gaic.report.facts import Facts, Pointer
    from gaic.report.markdown import Block
    from gaic.report.registers.numbers import Number, Numbers, Shares

MOST_NAMES = 60
"""Values that are named under a source; of one with more the first."""
DAYS_PER_YEAR = 365.25
HALF_A_DAY = 12
UNKNOWN = "age not known"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as the register shows it; `link` is its address if that is safe to follow, `hidden` counts values."""

    anchor: str
    declared: Declared
    link: str
    blocks: tuple[Block, ...]
    fields: tuple[tuple[str, str], ...]
    age: str
    shares: tuple[str, ...]
    pointers: tuple[Pointer, ...]
    hidden: int
    place: listing.Place

    @property
    def values(self) -> int:
        """How many values rest on it."""
        return len(self.pointers) + self.hidden


@dataclass(frozen=True, slots=True)
class Register:
    """All cited sources, those with the largest share first; `day` is what their age is counted up to."""

    citations: tuple[Citation, ...]
    criteria: tuple[str, ...]
    remark: str
    day: str
    stated: int
    unsourced: int


def register_sources(facts: Facts, numbers: Numbers, study: Study) -> Register:
    """Sort the given values by their source."""
    cited: dict[str, tuple[Declared, list[Pointer]]] = {}
    for pointer in facts.pointers.values():
        source = pointer.account.source
        if pointer.role != "calculated" and source is not None:
            cited.setdefault(source.path, (source, []))[1].append(pointer)
    shares = _share_sources(numbers)
    ordered = sorted(
        cited.values(),
        key=lambda entry: (
            -round(max(shares.get(entry[0].path, ()), default=0.0), FIGURES),
            entry[0].label.casefold(),
            entry[0].path,
        ),
    )
    day = find_day(study)
    bare = [row for row in numbers.rows if row.pointers[0].account.source is None]
    return Register(
        citations=tuple(
            _cite(source, found, day, show_shares(shares.get(source.path, ()), numbers.criteria))
            for source, found in ordered
        ),
        criteria=numbers.criteria,
        remark=numbers.remark,
        day=day.isoformat() if day is not None else "",
        stated=sum(row.rating != "unsourced" for row in bare),
        unsourced=sum(row.rating == "unsourced" for row in bare),
    )


def _share_sources(numbers: Numbers) -> dict[str, Shares]:
    found: dict[str, list[Number]] = {}
    for row in numbers.rows:
        source = row.pointers[0].account.source
        if source is not None and row.shares:
            found.setdefault(source.path, []).append(row)
    return {path: add_shares(row.shares for row in rows) for path, rows in found.items()}


def _cite(source: Declared, pointers: Sequence[Pointer], day: date | None, shares: tuple[str, ...]) -> Citation:
    url = source.fields.get("url", "")
    return Citation(
        anchor=addresses.slug_of(source.path),
        declared=source,
        link=url if is_safe_link(url) else "",
        blocks=read_markdown(source.doc),
        fields=tuple((name, text) for name, text in source.fields.items() if name != "url" or not is_safe_link(url)),
        age=tell_age(source, day),
        shares=shares,
        pointers=tuple(pointers[:MOST_NAMES]),
        hidden=max(0, len(pointers) - MOST_NAMES),
        place=listing.locate_place(source.span),
    )


def find_day(study: Study) -> date | None:
    """The day that ages are counted up to: `as_of` of the study, else the first day of its period."""
    stated = read_date(study.fields.get("as_of", ""))
    if stated is not None or study.start is None:
        return stated
    return (words.EPOCH + timedelta(hours=study.start + HALF_A_DAY)).date()  # hours are UTC, days are not


def tell_age(source: Declared, day: date | None) -> str:
    """The years since a source was published, or else read."""
    word = "published" if read_date(source.fields.get("published", "")) else "read"
    then = read_date(source.fields.get(word, ""))
    if then is None or day is None:
        return UNKNOWN
    years = (day - then).days / DAYS_PER_YEAR
    return f"{word} after that day" if years < 0 else f"{years:.1f} years since {word}"


def read_date(text: str) -> date | None:
    """The day that a text names; None if it names none."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
