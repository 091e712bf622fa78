"""Generators that meet one member: `for x in xs where x == y` looks y up among the xs instead of trying each of them.

Without it the rows of `for a in as for b in bs where a == p and b == q` are as many as pairs, for each p and q anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.types import LinkTo, ObjectOf
from gaic.lower.joins import check_size
from gaic.lower.walk import parts_of

if TYPE_CHECKING:
    from gaic.lower.joins import Indices

NAMES = (c.Variable, c.ObjectLiteral, c.Far, c.Follow)
"""What names an object and reads no value."""


def plan_matches(gather: c.Gather) -> tuple[dict[int, c.Core], c.Core | None]:
    """The object that the member of a generator must be, by its slot, and what is left of the condition."""
    slots = [binding.slot for binding in gather.bindings]
    wanted: dict[int, c.Core] = {}
    rest: list[c.Core] = []
    for part in _list_conjuncts(gather.condition):
        found = _find_match(part, slots)
        if found is None or found[0] in wanted:
            rest.append(part)
        else:
            wanted[found[0]] = found[1]
    return wanted, _join_conjuncts(rest)


def _list_conjuncts(condition: c.Core | None) -> list[c.Core]:
    match condition:
        case None:
            return []
        case c.Logic("and", left, right):
            return [*_list_conjuncts(left), *_list_conjuncts(right)]
        case other:
            return [other]


def _join_conjuncts(parts: list[c.Core]) -> c.Core | None:
    joined: c.Core | None = None
    for part in parts:
        joined = part if joined is None else c.Logic("and", joined, part, part.type, part.span)
    return joined


def _find_match(part: c.Core, slots: list[int]) -> tuple[int, c.Core] | None:
    """The slot and the object of `x == y`, where y is known before x."""
    if not isinstance(part, c.Compare) or part.operator != "==":
        return None
    for one, other in ((part.left, part.right), (part.right, part.left)):
        slot = _member_slot(one)
        if slot is not None and slot in slots and _is_known(other, slots[slots.index(slot) :]):
            return slot, other
    return None


def _member_slot(core: c.Core) -> int | None:
    match core:
        case c.Variable(slot=slot) | c.Far(c.Variable(slot=slot)):
            return slot
        case _:
            return None


def _is_known(core: c.Core, later: list[int]) -> bool:
    """Say whether an expression names an object by what is bound before these slots."""
    return isinstance(core.type, ObjectOf | LinkTo) and all(
        isinstance(part, NAMES) and not (isinstance(part, c.Variable) and part.slot in later) for part in parts_of(core)
    )


def match_rows(owners: Indices, objects: Indices, wanted_owners: Indices, wanted: Indices) -> tuple[Indices, Indices]:
    """Pairs of (wanted, member): the members of each wanted owner that stand for the wanted object, in their order.

    `owners` and `objects` say whose each member is and for which object it stands.
    """
    stride = int(max(objects.max(initial=-1), wanted.max(initial=-1))) + 2
    keys, sought = owners * stride + objects + 1, wanted_owners * stride + wanted + 1
    order = np.argsort(keys, kind="stable")
    first = np.searchsorted(keys[order], sought, side="left")
    counts = np.searchsorted(keys[order], sought, side="right") - first
    check_size(int(counts.sum()))
    rows = np.repeat(np.arange(len(wanted)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, order[first[rows] + within]
