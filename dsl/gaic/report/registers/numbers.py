"""The numbers that a model is made from, each as it is written once, with its share of every total.

A number that many objects share (they take one default, or extend one object) is one row. Its share is that of
`study.influence`: how much a total follows it, in parts of what it follows all numbers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report import charts, words
from gaic.source.text import Origin
from gaic.study.factors import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gaic.report.facts import Facts, Pointer
    from gaic.study.influence import Influence, Influences

    Shares = tuple[float, ...]
    """One share for each total."""

UNMEASURED = "Shares of the totals were not measured."
TOO_LARGE = "Shares of the totals were not measured: the model is too large for it."
MEASURED = "A share says how much a total follows a number; those of all numbers add up to 100 %."
FIGURES = 9
"""Decimals that decide on an order: equal shares keep the order of the model on every machine."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written once: the values that it gives, how sure it is, how it comes in, its shares."""

    pointers: tuple[Pointer, ...]
    rating: str
    standing: Standing
    shares: Shares

    @property
    def largest(self) -> float:
        """The largest share of any total."""
        return max(self.shares, default=0.0)


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers in the order of the model. `criteria` are the totals that shares are of; none if not measured."""

    rows: tuple[Number, ...]
    criteria: tuple[str, ...]
    remark: str


def list_numbers(facts: Facts, influences: Influences | None) -> Numbers:
    """Gather the given numbers, and those in formulas of inputs that move a total."""
    measured = influences is not None and influences.measured
    found = influences.rows if influences is not None and measured else ()
    in_totals = {node for row in found for node in row.factor.nodes}
    groups: dict[tuple[object, ...], list[Pointer]] = {}
    for pointer in facts.pointers.values():
        if pointer.original or pointer.node in in_totals:
            groups.setdefault(_key(pointer), []).append(pointer)
    places = {pointer.node: place for place, group in enumerate(groups.values()) for pointer in group}
    weights: dict[int, list[Influence]] = {}
    for row in found:
        weights.setdefault(places[row.factor.nodes[0]], []).append(row)
    criteria = influences.criteria if influences is not None and measured else ()
    remark = MEASURED if measured else UNMEASURED if influences is None else TOO_LARGE
    rows = (_make_number(group, weights.get(place, ())) for place, group in enumerate(groups.values()))
    return Numbers(tuple(rows), tuple(total.criterion_label for total in criteria), remark)


def _key(pointer: Pointer) -> tuple[object, ...]:
    """What makes two values one number: the place where it is written, and what is said of it."""
    account = pointer.account
    source = account.source.path if account.source is not None else account.source_text
    return account.span, account.attribute, source, account.confidence, account.note


def _make_number(pointers: Sequence[Pointer], found: Sequence[Influence]) -> Number:
    standing = found[0].factor.standing if found else _stand(pointers[0])
    return Number(tuple(pointers), words.rate_own(pointers[0].account), standing, add_shares(r.shares for r in found))


def _stand(pointer: Pointer) -> Standing:
    """How a number comes in that moves no total."""
    account = pointer.account
    if account.span.file.origin is not Origin.LIBRARY:
        return Standing.GIVEN
    if account.role == "constant":
        return Standing.CONSTANT
    return Standing.CATALOGUE if account.given else Standing.DEFAULT


def add_shares(shares: Iterable[Shares]) -> Shares:
    """The shares of several numbers together, total by total."""
    return tuple(map(math.fsum, zip(*shares, strict=True)))


def sort_by_share(rows: Iterable[Number]) -> list[Number]:
    """The largest share first; equal ones in their order."""
    return sorted(rows, key=lambda row: -round(row.largest, FIGURES))


def show_shares(shares: Shares, criteria: Sequence[str]) -> tuple[str, ...]:
    """Shares in words, one for each total; numbers that enter no total have none."""
    return tuple(show_share(share) for share in shares) if shares else ("0 %",) * len(criteria)


def show_share(share: float) -> str:
    """A share of a total in hundredths."""
    return charts.show_share(100 * share) if share else "0 %"
