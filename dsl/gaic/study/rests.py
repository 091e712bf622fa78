"""What every value rests on: the inputs below it, and how much it follows each.

For every value the elasticity d ln value / d ln input comes from one backward pass (`evaluate.backward`): it holds
close to the numbers of the build, and is called local. The totals and the values that a model names are computed again
as well (`study.retrial`), for the inputs that matter most and those that state a range.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gaic.evaluate.backward import Backward, mark_nodes
from gaic.evaluate.bends import Bend
from gaic.evaluate.slopes import trace_slopes
from gaic.evaluate.totals import sum_over_time
from gaic.study.factors import has_range
from gaic.study.inputs import find_inputs
from gaic.study.named import find_named
from gaic.study.reach import WORK
from gaic.study.retrial import Trial, try_again

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.evaluate.backward import Follows
    from gaic.evaluate.frame import Truths
    from gaic.evaluate.ledger import Ledger
    from gaic.study.inputs import Inputs
    from gaic.study.retrial import Result

    Figure = tuple[int, ...]
    """The nodes whose values are added."""

STRONGEST = 12
"""Inputs of a named value that are moved because of their elasticity, and again because of a stated range."""
NEGLIGIBLE = 1e-7
"""Elasticities below are what is left over where ways cancel out."""
FIGURES = 9
"""Decimals that decide on an order: equal influences keep the order of the nodes on every machine."""
MOST_TOGETHER = 32
"""Values that share a backward pass."""
CELLS = 4_000_000
"""Numbers that a backward pass may hold."""
PASSED = 3_000_000_000
"""Readings that all backward passes together may pass; some thirty seconds."""
MOST_LOOKED_AT = 100_000
"""Inputs of named figures among which those worth moving are sought; figures behind that keep their local slopes."""
TOLD = 1_000
"""Telling one input of a value costs as much as passing so many readings."""


@dataclass(frozen=True, slots=True)
class Reliance:
    """An input that a figure rests on: its number in the model, its nodes below the figure, the strongest first.

    `elasticity` is the sum over the nodes; `bends` say what lies on the way. `result` is there where the figure was
    computed again with this input moved.
    """

    input: int
    nodes: tuple[int, ...]
    elasticity: float
    bends: Bend
    result: Result | None = None

    @property
    def effect(self) -> float:
        """The largest change of the figure that was seen, in parts of it; unseen, with 1 % more of the input."""
        seen = self.result.changes if self.result is not None else ()
        return max(map(abs, seen), default=abs(self.elasticity) / 100.0)


@dataclass(frozen=True, slots=True)
class Rests:
    """What a figure rests on: inputs, those with the largest effect first; `choices` are nodes of words and truths.

    `named` says that the figure belongs to those that are computed again.
    """

    inputs: tuple[Reliance, ...]
    choices: tuple[int, ...]
    named: bool


class Sensitivity:
    """What the figures of an evaluated model rest on; each is found when it is asked for.

    `limit` bounds the work of computing again, `passed` that of the backward passes.
    """

    def __init__(self, ledger: Ledger, limit: int = WORK // 2, passed: int = PASSED) -> None:
        self._ledger = ledger
        self._limit = limit
        self._passed = passed
        self._told = 0
        self._last: tuple[Figure, Follows] | None = None

    def rests_on(self, node: int) -> Rests | None:
        """What a value rests on; None if the model is too large to say."""
        if self._is_spent:
            return None
        together = self._neighbours.get(node, (node,))
        if self._last is None or self._last[0] != together:
            self._last = together, self._backward.follow([{each: 1.0} for each in together])
        return self._tell(self._last[1], together.index(node), (node,))

    def rests_on_total(self, criterion: str) -> Rests | None:
        """What the total of a criterion rests on; None if there is none, or the model is too large."""
        figure = self._totals.get(criterion)
        if figure is None or self._is_spent:
            return None
        return self._tell(self._backward.follow([self._weigh(figure)]), 0, figure)

    # ------------------------------------------------------------ passes

    @property
    def _is_spent(self) -> bool:
        return self._backward.work + TOLD * self._told > self._passed

    @cached_property
    def _backward(self) -> Backward:
        return Backward(trace_slopes(self._ledger.run, *self._ledger.readings()))

    @cached_property
    def _totals(self) -> Mapping[str, Figure]:
        rows = self._ledger.totals()
        return {row.criterion: row.nodes for row in rows if row.category is None and row.phase is None}

    def _weigh(self, figure: Figure) -> Mapping[int, float]:
        """The nodes of a figure with their parts of it."""
        if len(figure) == 1:
            return {figure[0]: 1.0}
        parts = {node: sum_over_time(self._ledger.run, node) for node in figure}
        whole = sum(parts.values())
        return {node: part / whole if whole else 0.0 for node, part in parts.items()}

    @cached_property
    def _neighbours(self) -> Mapping[int, Figure]:
        """For each node that reads others those that share its pass: of its object, and of the objects beside it."""
        owners = {
            column.first + row: owner
            for column in self._ledger.graph.columns
            for row, owner in enumerate(column.objects.tolist())
            if self._ledger.depends_on(column.first + row)
        }
        ordered = tuple(sorted(owners, key=lambda node: (owners[node], node)))
        return {node: group for group in self._pack(ordered) for node in group}

    def _pack(self, nodes: Figure) -> list[Figure]:
        """Nodes in groups that share a pass."""
        width = max(1, min(MOST_TOGETHER, CELLS // max(1, self._ledger.graph.size)))
        return [nodes[begin : begin + width] for begin in range(0, len(nodes), width)]

    # ------------------------------------------------------------ inputs

    @cached_property
    def _inputs(self) -> Inputs:
        return find_inputs(self._ledger)

    @cached_property
    def _marks(self) -> tuple[Truths, Truths]:
        size = self._ledger.graph.size
        return mark_nodes(size, self._inputs.numbers), mark_nodes(size, self._inputs.choices)

    def _tell(self, follows: Follows, place: int, figure: Figure) -> Rests:
        results = self._results.get(figure)
        reliances = self._find_reliances(follows, place, figure)
        if results is not None:
            reliances = [replace(each, result=results.get(each.input)) for each in reliances]
        reliances.sort(key=lambda each: (-round(each.effect, FIGURES), each.nodes))
        choices, _, _ = follows.rows(place, self._marks[1])
        own = frozenset(figure)
        return Rests(tuple(reliances), tuple(n for n in choices if n not in own), named=results is not None)

    def _find_reliances(self, follows: Follows, place: int, figure: Figure) -> list[Reliance]:
        """The inputs that a figure rests on, in order of their nodes."""
        groups: dict[int, list[tuple[int, float, int]]] = {}
        own = frozenset(figure)
        for node, slope, bends in zip(*follows.rows(place, self._marks[0]), strict=True):
            if node not in own:
                groups.setdefault(self._inputs.numbers[node], []).append((node, slope, bends))
        self._told += len(groups)
        return [_make_reliance(number, found) for number, found in groups.items()]

    # ------------------------------------------------------------ computed again

    @cached_property
    def _results(self) -> Mapping[Figure, Mapping[int, Result]]:
        """What comes of the named figures when inputs move."""
        wanted: dict[int, tuple[float, list[Figure]]] = {}
        figures = list(dict.fromkeys((*self._totals.values(), *((node,) for node in find_named(self._ledger)))))
        for begin in range(0, len(figures), MOST_TOGETHER):
            if self._told > MOST_LOOKED_AT:
                break
            together = figures[begin : begin + MOST_TOGETHER]
            follows = self._backward.follow([self._weigh(figure) for figure in together])
            for place, figure in enumerate(together):
                for number, share in self._choose(self._find_reliances(follows, place, figure)).items():
                    largest, readers = wanted.get(number, (0.0, []))
                    wanted[number] = max(largest, share), [*readers, figure]
        nodes = self._inputs.list_nodes()
        order = sorted(wanted, key=lambda number: (-round(wanted[number][0], FIGURES), nodes[number]))
        trials = (Trial(number, nodes[number], tuple(wanted[number][1])) for number in order)
        found = try_again(self._ledger, trials, self._limit)
        return {figure: found.get(figure, {}) for figure in figures}

    def _choose(self, reliances: list[Reliance]) -> Mapping[int, float]:
        """The inputs that are worth moving, with their shares: the strongest, and of those that state a range."""
        whole = sum(abs(each.elasticity) for each in reliances) or 1.0
        ordered = sorted(reliances, key=lambda each: (-round(abs(each.elasticity), FIGURES), each.nodes))
        moving = [each for each in ordered if each.elasticity or each.bends]
        ranged = [each for each in ordered if has_range(self._ledger.run.pieces.piece(each.nodes[0]))]
        return {each.input: abs(each.elasticity) / whole for each in (*moving[:STRONGEST], *ranged[:STRONGEST])}


def _make_reliance(number: int, found: list[tuple[int, float, int]]) -> Reliance:
    if len(found) > 1:
        found.sort(key=lambda each: (-round(abs(each[1]), FIGURES), each[0]))
    elasticity = sum(slope for _, slope, _ in found)
    bends = Bend(0)
    for _, _, each in found:
        bends |= Bend(each)
    return Reliance(number, tuple(n for n, _, _ in found), elasticity if abs(elasticity) > NEGLIGIBLE else 0.0, bends)
