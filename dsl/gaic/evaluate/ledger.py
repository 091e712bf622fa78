"""An evaluated model: every value with what it was made from."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from gaic.evaluate.accounts import Accountant
from gaic.evaluate.calendars import list_days, read_calendar
from gaic.evaluate.checks import list_unexplained, run_checks
from gaic.evaluate.totals import add_totals, count_units, spread_total
from gaic.evaluate.work_out import Worker
from gaic.lower.names import find_nodes, name_node
from gaic.source.diagnostic import Diagnostic, Severity
from gaic.units.series import Series, hour_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gaic.check.program import Program
    from gaic.evaluate.account import Account, CheckRow, Course, ObjectAccount, TotalRow
    from gaic.evaluate.calendar import Calendar, Days
    from gaic.evaluate.run import Run
    from gaic.evaluate.working import Working
    from gaic.lower.graph import Graph
    from gaic.lower.joins import Indices


class Ledger:
    """Values by node, and the graph of what was read for them. Node numbers follow kinds and attributes."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.graph: Graph = run.graph
        self.program: Program = run.graph.structure.program
        self._starts, self._reads = run.store.dependencies()
        self._accountant = Accountant(run, self._is_uncertain)
        self._accounts: dict[int, Account] = {}
        checks = run_checks(run, self._accountant.substitution)
        self._checks = tuple(checks.rows)
        self.broken = tuple(checks.broken)
        self.diagnostics: tuple[Diagnostic, ...] = (
            *run.faults,
            *list_unexplained(run, checks.accused),
            *checks.faults,
            *self._compare_period(),
        )

    def _compare_period(self) -> tuple[Diagnostic, ...]:
        """Warn of a study that lasts longer than its hourly inputs: nothing is there in the hours without any."""
        study, inputs = self.program.study, self.run.formulas.arithmetic.over_time
        if study.start is None or inputs.beginning is None or inputs.horizon is None:
            return ()
        if inputs.beginning <= study.start and study.start + study.hours <= inputs.horizon:
            return ()
        message = "the period of the study is longer than the hours that the model gives"
        span = f"{hour_text(inputs.beginning)} to {hour_text(inputs.horizon)}"
        return (
            Diagnostic(
                "GAI640",
                message,
                study.span,
                notes=(f"hourly inputs run from {span}", "what follows demand is there only where there is demand"),
                help="write zeros for the hours without demand, or shorten the period",
                severity=Severity.WARNING,
            ),
        )

    # ------------------------------------------------------------ graph

    def readings(self) -> tuple[Indices, Indices]:
        """What all nodes read, in rows: node n reads `reads[starts[n] : starts[n + 1]]`."""
        return self._starts, self._reads

    def depends_on(self, node: int) -> tuple[int, ...]:
        """Direct dependencies, in order of appearance, without repeats."""
        return tuple(self._reads[self._starts[node] : self._starts[node + 1]].tolist())

    @cached_property
    def _readers(self) -> tuple[Indices, Indices]:
        counts = np.diff(self._starts)
        readers = np.repeat(np.arange(self.graph.size), counts)
        order = np.argsort(self._reads, kind="stable")
        starts = np.zeros(self.graph.size + 1, dtype=np.int64)
        np.cumsum(np.bincount(self._reads, minlength=self.graph.size), out=starts[1:])
        return starts, readers[order]

    def used_by(self, node: int) -> tuple[int, ...]:
        """Values whose formula reads this one."""
        starts, readers = self._readers
        return tuple(readers[starts[node] : starts[node + 1]].tolist())

    def ancestors(self, node: int) -> tuple[int, ...]:
        """Everything that a value rests on, nearest first."""
        found = dict.fromkeys(self.depends_on(node))
        waiting = list(found)
        for near in waiting:
            for far in self.depends_on(near):
                if far not in found:
                    found[far] = None
                    waiting.append(far)
        return tuple(found)

    @cached_property
    def _uncertain(self) -> NDArray[np.bool_]:
        """Nodes that rest on an uncertain input: those inputs, and whatever reads them, directly or not."""
        marks = np.zeros(self.graph.size, dtype=np.bool_)
        waiting = list(self._accountant.uncertain_inputs())
        marks[waiting] = True
        while waiting:
            for reader in self.used_by(waiting.pop()):
                if not marks[reader]:
                    marks[reader] = True
                    waiting.append(reader)
        return marks

    def _is_uncertain(self, node: int) -> bool:
        return bool(self._uncertain[node])

    # ------------------------------------------------------------ values

    def account(self, node: int) -> Account:
        """All that is known of one value."""
        known = self._accounts.get(node)
        if known is None:
            known = self._accounts[node] = self._accountant.account(node)
        return known

    def objects(self) -> tuple[ObjectAccount, ...]:
        """Objects of the project in order of declaration, then those of the library that are in use."""
        return self._objects

    @cached_property
    def _objects(self) -> tuple[ObjectAccount, ...]:
        return self._accountant.objects()

    @cached_property
    def _totals(self) -> tuple[TotalRow, ...]:
        return add_totals(self.run, self._accountant)

    def find(self, path: str) -> int | None:
        """The node of a path; None if it names nothing or a table."""
        nodes = find_nodes(self.graph, path)
        return nodes[0] if len(nodes) == 1 and not self._is_table(nodes[0], path) else None

    def table(self, path: str) -> tuple[int, ...]:
        """The nodes of an attribute with one value per member, all of them."""
        return find_nodes(self.graph, path)

    def _is_table(self, node: int, path: str) -> bool:
        """Say whether a path that leads to a node names a whole table, and not one value of it."""
        column = self.graph.column_of(node)
        owner = self.graph.structure.entities[int(column.objects[node - column.first])]
        return bool(column.members) and path.strip() == f"{owner.path}.{column.attribute.name}"

    def paths(self) -> tuple[str, ...]:
        """The paths of all values."""
        return tuple(name_node(self.graph, node) for node in range(self.graph.size))

    def hours(self, node: int) -> NDArray[np.float64]:
        """Every hour of a series, in the unit of its account."""
        value = self.run.store.others[node]
        if not isinstance(value, Series):
            return np.empty(0)
        return self.run.workshop.values(value) / self._accountant.pieces.factor(node)

    def course(self, node: int, bins: int) -> Course | None:
        """A series in at most `bins` equal parts; None for a value without one."""
        return self._accountant.course(node, bins, self.hours(node))

    def calendar(self, node: int, parts: int, columns: int) -> Calendar | None:
        """A series by days, months and hours of the day, in at most so many parts and columns; None without hours."""
        value = self.run.store.others[node]
        if not isinstance(value, Series) or not value.n:
            return None
        return read_calendar(value.start, self.hours(node), self._accountant.pieces.text(node), parts, columns)

    def days(self, node: int) -> Days | None:
        """A series day by day; None without hours."""
        value = self.run.store.others[node]
        if not isinstance(value, Series) or not value.n:
            return None
        return list_days(value.start, self.hours(node), self._accountant.pieces.text(node))

    @cached_property
    def _worker(self) -> Worker:
        return Worker(self.run)

    def working(self, node: int) -> Working | None:
        """How a value is worked out with numbers; None for one that is given or could not be computed."""
        return self._worker.work_out(node)

    def totals(self) -> tuple[TotalRow, ...]:
        """Parts of every criterion by category and phase, and their sums."""
        return self._totals

    def spread(self, row: TotalRow, edges: Sequence[int]) -> tuple[float, ...]:
        """What the series of a total come to from each edge (an hour since 1970) up to the next."""
        return spread_total(self.run, row, edges)

    def delivered_units(self) -> float | None:
        """How many functional units the model brings; None where the study does not say both in fitting units."""
        name = self.program.study.name
        return count_units(self.run, self.find(f"{name}.functional_unit"), self.find(f"{name}.delivered"))

    def checks(self) -> tuple[CheckRow, ...]:
        """Assertions that were evaluated."""
        return self._checks
