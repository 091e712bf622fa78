"""Where a formula reads values, and what lies between each reading and the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.check.types import Measure, Truth
from gaic.evaluate.bends import Bend
from gaic.lower.walk import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator


BENDS = {
    "ceil": Bend.ROUNDED,
    "floor": Bend.ROUNDED,
    "round": Bend.ROUNDED,
    "tier_share": Bend.ROUNDED,
    "max": Bend.EXTREME,
    "min": Bend.EXTREME,
    "peak": Bend.EXTREME,
    "at_least": Bend.BRANCH,
}
HOLDING = frozenset({"held", "expired"})
"""Functions whose second argument, a time, is rounded up to whole hours."""
GATHERED = frozenset({"sum", "min", "max"})
"""Gatherings of numbers that follow their members."""
STRAIGHT = Bend(0)


@dataclass(frozen=True, slots=True)
class Site:
    """A reading, or a gathering of readings, in a formula.

    `way` are the expressions around it, itself included, by identity. A site that is not `live` stands where numbers
    only decide: the result does not follow it.
    """

    core: c.Read | c.Gather
    way: frozenset[int]
    bends: Bend
    live: bool


def find_sites(core: c.Core, way: tuple[int, ...] = (), bends: Bend = STRAIGHT) -> Iterator[Site]:
    """The sites of an expression, without those inside a gathering that is a site itself."""
    way = (*way, id(core))
    match core:
        case c.Read():
            yield Site(core, frozenset(way), bends, isinstance(core.type, Measure))
        case c.Gather():
            yield from _gathering_sites(core, way, bends)
        case c.Negate(inner) | c.Adopt(inner):
            yield from find_sites(inner, way, bends)
        case c.Arithmetic(_, left, right) | c.Otherwise(left, right):
            yield from find_sites(left, way, bends)
            yield from find_sites(right, way, bends)
        case c.Choose(condition, first, second):
            yield from _deciding_sites(condition, bends)
            if _compares_numbers(condition):
                bends |= Bend.BRANCH
            yield from find_sites(first, way, bends)
            yield from find_sites(second, way, bends)
        case c.Apply(function, arguments):
            for place, argument in enumerate(arguments):
                held = place == 1 and function in HOLDING
                bend = Bend.ROUNDED if held else BENDS.get(function, STRAIGHT)
                yield from find_sites(argument, way, bends | bend)
        case _:
            yield from _deciding_sites(core, bends)


def bend_of(gather: c.Gather) -> Bend:
    """What a gathering does to its members."""
    return BENDS.get(gather.function, STRAIGHT)


def _gathering_sites(gather: c.Gather, way: tuple[int, ...], bends: Bend) -> Iterator[Site]:
    if gather.condition is not None:
        yield from _deciding_sites(gather.condition, bends)
    if gather.body is None:
        return
    if gather.function in GATHERED and isinstance(gather.body.type, Measure):
        yield Site(gather, frozenset(way), bends, live=True)
    else:
        yield from _deciding_sites(gather.body, bends)


def _deciding_sites(core: c.Core, bends: Bend) -> Iterator[Site]:
    """Readings of numbers and truths that only decide which way a formula goes; words and presence do not vary."""
    present = {id(part) for given in parts_of(core) if isinstance(given, c.Given) for part in parts_of(given)}
    for part in parts_of(core):
        if isinstance(part, c.Read) and id(part) not in present and isinstance(part.type, Measure | Truth):
            yield Site(part, frozenset(), bends | Bend.BRANCH, live=False)


def _compares_numbers(condition: c.Core) -> bool:
    return any(isinstance(part, c.Compare) and isinstance(part.left.type, Measure) for part in parts_of(condition))
