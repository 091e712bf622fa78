"""Names made from labels: short, unique, and none that the language has a use for."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from gaic.parse.words import ENTRY_WORDS, FORMS, LOCAL, RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gaic.exchange.document import Cited
    from gaic.exchange.draft import Draft

LONGEST = 48
OTHER_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "œ": "oe", "Œ": "oe", "ł": "l"})
BUILT_IN = (
    *("abs", "all", "any", "at_least", "before", "ceil", "count", "cumulative", "day", "exp"),
    *("expand", "expand_from_monday", "expired"),
    *("first", "flat", "floor", "from_monday", "from_wall_clock", "given", "held", "hour", "hourly", "hypothesis"),
    *("in_parallel", "integrate", "last", "log", "log2", "max", "mean", "min", "module", "month", "offset_at_start"),
    *("offset_of_clock", "peak", "rate", "ratio", "rotate", "round", "self", "shift", "sqrt", "std", "sum"),
    *("tier_share", "to_utc", "total", "week", "weekly", "year"),
)
"""Functions and the like: an object of such a name would hide them, or puzzle the reader."""
STRUCTURAL = ("source", "study", "shape", "criterion", "phase", "category", "rate", "scenario", "budget", "slo")
TAKEN = frozenset((*RESERVED, *LOCAL, *FORMS, *ENTRY_WORDS, *BUILT_IN, *STRUCTURAL))


def slug(label: str) -> str:
    """A label as a name: small letters without accents, digits and `_`; may be empty, or begin with a digit."""
    decomposed = unicodedata.normalize("NFKD", label.translate(OTHER_LETTERS))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}]", "", plain))
    name = ""
    for word in words:
        if name and len(name) + 1 + len(word) > LONGEST:
            break
        name = f"{name}_{word}" if name else word[:LONGEST]
    return name


class Namer:
    """Hands out names that are not taken yet."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = {*TAKEN, *taken}
        self.numbers: dict[str, int] = {}

    def name(self, label: str, sort: str) -> str:
        """A name for a label; where it says nothing or is taken, the sort of thing helps, then a number."""
        plain = slug(label)
        named = plain if plain and not plain[0].isdigit() else f"{sort}_{plain}".rstrip("_")
        with_sort = named if named.endswith(sort) else f"{named}_{sort}"
        for candidate in (named, with_sort):
            if candidate not in self.taken and (plain or candidate != sort):
                self.taken.add(candidate)
                return candidate
        number = self.numbers.get(with_sort, 2 if with_sort in self.taken else 1)
        while f"{with_sort}_{number}" in self.taken:
            number += 1
        self.numbers[with_sort] = number + 1
        self.taken.add(f"{with_sort}_{number}")
        return f"{with_sort}_{number}"


def name_all(draft: Draft, sources: Iterable[Cited], taken: Iterable[str]) -> tuple[dict[str, str], dict[Cited, str]]:
    """Names of the objects of a draft by id, and of sources; objects choose first."""
    root = () if draft.root is None else (draft.root[1],)
    namer = Namer((*taken, *root))
    kinds = [kind for _, kinds in draft.table.sections for kind in kinds]
    in_order = sorted(draft.items.values(), key=lambda item: kinds.index(item.kind))
    names: Mapping[str, str] = {item.id: namer.name(item.label, item.kind) for item in in_order}
    return dict(names), {cited: namer.name(cited.title, "source") for cited in sources}
