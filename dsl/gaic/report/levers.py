"""The inputs that move a total most: what each is, who set it, and what a tenth more of it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report.charts import show_share
from gaic.report.criteria import shorten
from gaic.report.influence import STANDINGS
from gaic.study.influence import STEP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.evaluate.account import Account
    from gaic.report.facts import Facts, Pointer
    from gaic.study.influence import Influence, Influences

MOST_LEVERS = 10
MOST_USES = 3
LONGEST_VALUE = 40
STEEP = 20.0
"""Elasticity from which a tenth more makes several times as much."""
SMALLEST_CHANGE = 0.05
"""In hundredths; less would print as 0.0."""


@dataclass(frozen=True, slots=True)
class Lever:
    """An input: `uses` are the values that it gives, `more` counts those that are not named.

    `width` is its share in hundredths of the largest one; `effect` says what a tenth more does, in words.
    """

    uses: tuple[Pointer, ...]
    more: int
    value: str
    share: str
    width: str
    effect: str
    source: tuple[str, str]
    confidence: str
    set_by: str


@dataclass(frozen=True, slots=True)
class LeverTable:
    """The strongest levers of one criterion; `refusal` says why there are none, `others` counts the weaker ones."""

    levers: tuple[Lever, ...] = ()
    others: int = 0
    rest: str = ""
    refusal: str = ""


def find_levers(facts: Facts, influences: Influences | None, criterion: str) -> LeverTable:
    """The ten inputs with the largest share of what moves the total of a criterion."""
    if influences is None:
        return LeverTable(refusal="What moves this total was not measured for this page.")
    if not influences.measured:
        return LeverTable(
            refusal="What moves this total was not measured: the model is too large to try each of its inputs."
        )
    place = next((i for i, row in enumerate(influences.criteria) if row.criterion == criterion), None)
    if place is None:
        return LeverTable(refusal="No input moves this total.")
    moving = sorted((row for row in influences.rows if row.shares[place] > 0), key=lambda row: -row.shares[place])
    if not moving:
        return LeverTable(refusal="No input moves this total.")
    pointers = {(p.account.object, p.account.attribute): p for p in facts.pointers.values()}
    largest = moving[0].shares[place]
    rest = sum(row.shares[place] for row in moving[MOST_LEVERS:])
    return LeverTable(
        levers=tuple(_describe(facts, pointers, row, place, largest) for row in moving[:MOST_LEVERS]),
        others=len(moving[MOST_LEVERS:]),
        rest=show_share(100 * rest),
    )


def _describe(
    facts: Facts, pointers: Mapping[tuple[str, str], Pointer], row: Influence, place: int, largest: float
) -> Lever:
    origin = facts.pointers[row.factor.places[0].node]
    used = [(facts.objects[use.entity].path, use.input) for use in row.uses]
    uses = [pointers[key] for key in dict.fromkeys(used) if key in pointers] or [origin]
    return Lever(
        uses=tuple(uses[:MOST_USES]),
        more=len(uses[MOST_USES:]),
        value=_write_value(row, origin),
        share=show_share(100 * row.shares[place]),
        width=f"{100 * row.shares[place] / largest:.1f}",
        effect=tell_effect((row.elasticities or ())[place]),
        source=_name_source(origin),
        confidence=_rate(origin.account),
        set_by=STANDINGS[row.factor.standing],
    )


def tell_effect(elasticity: float) -> str:
    """What a tenth more of an input does to a total, read off the secant: `total 4.1 % larger`."""
    if abs(elasticity) > STEEP:
        return "total changes several times over"
    change = 100 * (STEP**elasticity - 1)
    size = f"{abs(change):.1f} %" if abs(change) >= SMALLEST_CHANGE else "less than 0.1 %"
    return f"total {size} {'larger' if change > 0 else 'smaller'}"


def _write_value(row: Influence, origin: Pointer) -> str:
    """A number as it stands in the file; a shape stands there by its name alone."""
    text = " ".join(row.factor.span.text.split())
    return "a series of hours" if text == origin.path else shorten(text, LONGEST_VALUE)


def _name_source(pointer: Pointer) -> tuple[str, str]:
    text, href = pointer.source
    return (shorten(text) or "no source given"), href


def _rate(account: Account) -> str:
    return account.confidence or "not stated"
