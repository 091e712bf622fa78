"""Runs parts of a graph again with other formulas in some places; the first run stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gaic.evaluate.faults import FailedBefore, RowFault
from gaic.evaluate.formulas import Formulas
from gaic.evaluate.frame import Frame
from gaic.evaluate.pieces import Pieces
from gaic.evaluate.run import Run, run_nodes
from gaic.source.diagnostic import Severity
from gaic.units.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gaic.check.core import Core
    from gaic.lower.graph import Graph, Piece


class ChangedPieces(Pieces):
    """The formulas of a graph but for those of some nodes."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.changed: Mapping[int, Piece] = {}

    def piece(self, node: int) -> Piece | None:
        """The formula that a node runs now; None if it is unset."""
        return self.changed.get(node) or super().piece(node)


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold for one object, and the nodes that say whether it does."""

    condition: Core
    frame: Frame
    reads: tuple[int, ...]


class Rerun:
    """A copy of a run in which some values are computed again, as often as one likes.

    `rules` are the assertions of kinds without which a model is refused. Arrays are made in a workshop of its own, so
    that nothing of the first run depends on what is asked here.
    """

    def __init__(self, base: Run) -> None:
        self._base = base
        self._pieces = ChangedPieces(base.graph)
        workshop = Workshop(hours_limit=base.workshop.hours_limit)
        store = base.store.copy()
        self.run = Run(base.graph, store, workshop, Formulas(base.graph, store, workshop), self._pieces)
        self._set_hours()
        self.rules = tuple(self._find_rules())
        self._rules_of: dict[int, list[Rule]] = {}
        for rule in self.rules:
            for node in rule.reads:
                self._rules_of.setdefault(node, []).append(rule)

    def compute(self, nodes: Iterable[int], changed: Mapping[int, Piece]) -> bool:
        """Compute some nodes anew, with other formulas for those in `changed`; says whether the model still holds.

        It does where all of them have a value and no rule is broken. `nodes` are all that rest on a change, as far as
        they are of interest; the others keep their values. `reset` takes everything back.
        """
        self._pieces.changed = changed
        self._set_hours()
        wanted = np.array(sorted(nodes), dtype=np.int64)
        with np.errstate(all="ignore"):
            run_nodes(self.run, wanted)
            return not self.run.store.failed[wanted].any() and self._holds(wanted.tolist())

    def reset(self, nodes: Iterable[int]) -> None:
        """Give nodes the values back that they have in the first run."""
        self.run.store.take_back(self._base.store, np.array(sorted(nodes), dtype=np.int64))
        self.run.store.edges.clear()
        self.run.faults.clear()
        self.run.failed.clear()

    def _set_hours(self) -> None:
        """Let stocks last as long as in the first run; a change of times may move hourly inputs."""
        own, first = self.run.formulas.arithmetic.over_time, self._base.formulas.arithmetic.over_time
        own.beginning, own.horizon = first.beginning, first.horizon

    def _find_rules(self) -> Iterator[Rule]:
        """The rules of all objects that can be evaluated."""
        structure, edges = self.run.graph.structure, self.run.store.edges
        for number in range(len(structure.entities)):
            frame = Frame(1, {0: np.array([number], dtype=np.int64)}, np.array([-1], dtype=np.int64))
            for promise in structure.kind(number).promises:
                if promise.severity is Severity.ERROR and self._is_kept(promise.condition, frame):
                    reads = {node for _, nodes in edges for node in nodes.tolist() if node >= 0}
                    yield Rule(promise.condition, frame, tuple(sorted(reads)))
                edges.clear()

    def _holds(self, nodes: Iterable[int]) -> bool:
        """Say whether the rules that read some nodes are kept."""
        rules = {id(rule): rule for node in nodes for rule in self._rules_of.get(node, ())}
        return all(self._is_kept(rule.condition, rule.frame) for rule in rules.values())

    def _is_kept(self, condition: Core, frame: Frame) -> bool:
        try:
            return bool(self.run.formulas.truths(condition, frame)[0])
        except (RowFault, FailedBefore):
            return False
