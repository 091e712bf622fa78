"""How much each number of a model moves its totals.

The elasticity of a total T for a number x is d ln T / d ln x: 0.4 says that x larger by 1 % makes T larger by 0.4 %. It
is taken as a secant over x / 1.1 to 1.1 x, as far as the allowed range of x and the rules of the kinds let it go (a
model that is refused says nothing):

    e = ln(T(high) / T(low)) / ln(high / low)

A power law gives its exponent exactly. Counts that are rounded up move in steps: a step within a tenth of x enters, a
step farther away does not. Where T changes its sign on the way, e = (T(high) - T(low)) / (|T| ln(high / low)).

The share of a number is |e| over the sum of |e| of all numbers, so that the shares of one total add up to 100 %. All
hours of a series are one number; words, dates and the weights of links have no share.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.again import Rerun
from gaic.evaluate.totals import sum_over_time
from gaic.study.factors import Standing, find_factors
from gaic.study.reach import WORK, Reach, all_ancestors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.evaluate.account import TotalRow
    from gaic.evaluate.ledger import Ledger
    from gaic.study.factors import Factor, Use

STEP = 1.1
"""A number is tried at so many times its value, and at as many times less."""
RANKED = 0.05
"""Share from which the objects that use a default are measured one by one."""
MINOR = 0.1
"""An object that moves no total by this part of what the first one does is no longer named."""
FIGURES = 9
"""Decimals that decide on an order: equal influences keep the order of the texts on every machine."""


@dataclass(frozen=True, slots=True)
class Influence:
    """One number with its elasticity and its share for each total; no elasticities where it could not be varied.

    `uses` are those of the factor; of a default with a large share the strongest first, without the minor ones.
    """

    factor: Factor
    elasticities: tuple[float, ...] | None
    shares: tuple[float, ...]
    uses: tuple[Use, ...]

    @property
    def largest(self) -> float:
        """The largest share of any total."""
        return max(self.shares, default=0.0)


@dataclass(frozen=True, slots=True)
class Influences:
    """Numbers by their influence on the totals of `criteria`, the largest share first.

    `work` is what measuring takes; if that is more than `limit`, nothing was measured and there are no rows.
    """

    criteria: tuple[TotalRow, ...]
    rows: tuple[Influence, ...]
    work: int
    limit: int

    @property
    def measured(self) -> bool:
        """Say whether the model was small enough."""
        return self.work <= self.limit


def measure_influence(ledger: Ledger, limit: int = WORK) -> Influences:
    """Measure how much each number moves the total of each criterion; says so where that is too much work."""
    criteria = tuple(row for row in ledger.totals() if row.category is None and row.phase is None)
    counted = {node for row in criteria for node in row.nodes}
    below = counted | all_ancestors(ledger, counted)
    factors = find_factors(ledger, below)
    reach = Reach(ledger, below, limit)
    if not reach.can_follow(factor.nodes for factor in factors):
        return Influences(criteria, (), reach.work, limit)
    rerun = Rerun(ledger.run)
    ends = counted.union(*(rule.reads for rule in rerun.rules))
    reach = Reach(ledger, ends | all_ancestors(ledger, ends), limit)
    affected = [reach.behind(factor.nodes) for factor in factors]
    if reach.work > limit:
        return Influences(criteria, (), reach.work, limit)
    work = reach.work
    trial = _Trial(ledger, rerun, criteria)
    found = [trial.elasticities(factor, nodes) for factor, nodes in zip(factors, affected, strict=True)]
    shares = _share_out(found, len(criteria))
    rows = [
        Influence(factor, each, own, _rank_uses(factor, own, trial, reach))
        for factor, each, own in zip(factors, found, shares, strict=True)
    ]
    rows.sort(key=lambda row: -round(row.largest, FIGURES))
    return Influences(criteria, tuple(rows), work, limit)


def _share_out(found: Sequence[tuple[float, ...] | None], count: int) -> list[tuple[float, ...]]:
    """The shares of all numbers for each of so many totals."""
    sums = [math.fsum(abs(each[place]) for each in found if each is not None) for place in range(count)]
    nothing = (0.0,) * count
    return [
        tuple(abs(e) / total if total else 0.0 for e, total in zip(each or nothing, sums, strict=True))
        for each in found
    ]


def _rank_uses(factor: Factor, shares: tuple[float, ...], trial: _Trial, reach: Reach) -> tuple[Use, ...]:
    """The uses of a default, the strongest first, without those that move no total by a tenth of what that does."""
    large = factor.standing is Standing.DEFAULT and max(shares, default=0.0) >= RANKED
    if not large or len(factor.uses) == 1:
        return factor.uses
    strength: dict[Use, float] = {}
    for use in factor.uses:
        part = factor.within_object(use.entity)
        nodes = reach.behind(part.nodes)
        if reach.work > reach.limit:
            return factor.uses
        strength[use] = round(max(map(abs, trial.elasticities(part, nodes) or (0.0,))), FIGURES)
    least = MINOR * max(strength.values())
    return tuple(sorted((u for u, s in strength.items() if s > least), key=lambda u: -strength[u])) or factor.uses


class _Trial:
    """Evaluates totals with one number changed."""

    def __init__(self, ledger: Ledger, rerun: Rerun, criteria: tuple[TotalRow, ...]) -> None:
        self.rerun = rerun
        self.nodes = [row.nodes for row in criteria]
        self.parts = {node: sum_over_time(ledger.run, node) for nodes in self.nodes for node in nodes}
        self.totals = self._add({}) or ()

    def elasticities(self, factor: Factor, affected: tuple[int, ...]) -> tuple[float, ...] | None:
        """The elasticity of each total; None if the number cannot be changed at all."""
        if factor.value == 0.0:
            return (0.0,) * len(self.totals)  # no part of nothing is anything
        low, high = _reach_of(factor)
        below, above = self._totals_at(factor, affected, low), self._totals_at(factor, affected, high)
        low, below = (low, below) if below is not None else (1.0, self.totals)
        high, above = (high, above) if above is not None else (1.0, self.totals)
        if low == high:
            return None
        span = math.log(high / low)
        found = tuple(_slope(b, a, t, span) for b, a, t in zip(below, above, self.totals, strict=True))
        return found if all(map(math.isfinite, found)) else None

    def _totals_at(self, factor: Factor, affected: tuple[int, ...], ratio: float) -> tuple[float, ...] | None:
        """The totals with a number so many times as large; None if something has no value then."""
        if ratio == 1.0:
            return self.totals
        sound = self.rerun.compute(affected, factor.changed(ratio))
        changed = {n: sum_over_time(self.rerun.run, n) for n in affected if n in self.parts} if sound else {}
        self.rerun.reset(affected)
        return self._add(changed) if sound and all(map(math.isfinite, changed.values())) else None

    def _add(self, changed: dict[int, float]) -> tuple[float, ...] | None:
        """The totals with other parts at some nodes; None if one is too large for a number."""
        try:
            return tuple(math.fsum(changed.get(n, self.parts[n]) for n in nodes) for nodes in self.nodes)
        except OverflowError:
            return None


def _reach_of(factor: Factor) -> tuple[float, float]:
    """How far a number may go down and up, as ratios: a tenth, or to the end of its allowed range."""
    low, high = 1.0 / STEP, STEP
    if factor.within is None or factor.value is None:
        return low, high
    ends = sorted((factor.within.low / factor.value, factor.within.high / factor.value))
    return max(low, ends[0]), min(high, ends[1])


def _slope(below: float, above: float, total: float, span: float) -> float:
    """The elasticity between two totals; 0 for a total of 0, which has no part."""
    if min(below, above) > 0.0 or max(below, above) < 0.0:
        return (math.log(abs(above)) - math.log(abs(below))) / span
    unit = abs(total) * span
    return (above - below) / unit if unit else 0.0
