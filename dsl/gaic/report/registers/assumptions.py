"""The register of assumptions: what nobody vouches for, the worst first, in each group what weighs most first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.provenance import HYPOTHESIS
from gaic.report.registers.numbers import add_shares, show_shares, sort_by_share
from gaic.report.registers.rows import tabulate_numbers
from gaic.study.factors import Standing

if TYPE_CHECKING:
    from gaic.report.registers.numbers import Number, Numbers
    from gaic.report.registers.rows import Table

MOST_ROWS = 200
"""Rows of a group; of one with more those that weigh most."""


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers of one sort; `count` of them, with `shares` of the totals together."""

    anchor: str
    title: str
    meaning: str
    count: int
    shares: tuple[str, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The groups in their order, empty ones among them."""

    groups: tuple[Group, ...]
    criteria: tuple[str, ...]
    remark: str
    counted: int


SORTS = (
    ("unsourced", "Without a source", "Numbers that name no source, and hypotheses that give no reason."),
    ("hypotheses", "Hypotheses", "Numbers that the model or the library assumes, with the reason that it gives."),
    ("stated", "Stated without a declared source", "Numbers that say where they come from, but cite nothing."),
    ("weak", "Of low confidence", "Numbers with a source whose own declaration holds them to be estimates."),
    ("defaults", "Defaults of the library in use", "Sourced numbers of inputs that the model leaves as they are."),
)


def register_assumptions(numbers: Numbers) -> Assumptions:
    """Sort the numbers that are assumptions; each is in the first group that it belongs to."""
    found: dict[str, list[Number]] = {anchor: [] for anchor, _, _ in SORTS}
    for row in numbers.rows:
        sort = sort_number(row)
        if sort:
            found[sort].append(row)
    groups = tuple(
        Group(
            anchor=anchor,
            title=title,
            meaning=meaning,
            count=len(found[anchor]),
            shares=show_shares(add_shares(row.shares for row in found[anchor] if row.shares), numbers.criteria),
            table=tabulate_numbers(sort_by_share(found[anchor]), numbers, MOST_ROWS),
        )
        for anchor, title, meaning in SORTS
    )
    return Assumptions(groups, numbers.criteria, numbers.remark, len(numbers.rows))


def sort_number(row: Number) -> str:
    """The group of a number; empty for one that is no assumption."""
    account = row.pointers[0].account
    if row.rating == "unsourced":
        return "unsourced"
    if account.source is None:
        return "hypotheses" if account.source_text == HYPOTHESIS else "stated"
    if row.rating == "low":
        return "weak"
    return "defaults" if row.standing is Standing.DEFAULT else ""
