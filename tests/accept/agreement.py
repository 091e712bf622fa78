"""Compares a ledger with the reference evaluator, value by value, and remembers the worst difference.

Accepted (issue 2, item 4): hours within 1e-12 of the maximum of their series and 1e-9 relative on values above 1e-6 of
it; numbers within 1e-12 relative.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaic.evaluate.account import AbsentValue, HourlyValue, ScalarValue, TruthValue, WeeklyValue, WordValue
from tests.reference.hours import Hours
from tests.reference.model import Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.evaluate.ledger import Ledger
    from tests.reference.expressions import Value
    from tests.reference.quantities import Quantity, Unit

OF_MAXIMUM = 1e-12
RELATIVE = 1e-9
ABOVE = 1e-6
SCALARS = 1e-12


@dataclass
class Agreement:
    """How many values were compared, by sort, how far the worst were off, and what does not agree."""

    compared: Counter[str] = field(default_factory=Counter)
    worst_scalar: tuple[float, str] = (0.0, "")
    worst_hour: tuple[float, str] = (0.0, "")
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {sort}" for sort, count in sorted(self.compared.items()))
        scalar, hour = (f"{size:.2g} ({name})" for size, name in (self.worst_scalar, self.worst_hour))
        return f"{counts}; worst scalar {scalar}, worst hour {hour} of the maximum"

    def expect(self, name: str, found: object, wanted: object) -> None:
        """Compare two values that must be equal."""
        if found != wanted:
            self.faults.append(f"{name}: {found} instead of {wanted}")

    def expect_number(self, name: str, found: float, wanted: float) -> None:
        """Compare two numbers."""
        off = abs(found - wanted) / (abs(wanted) or 1.0)
        self.worst_scalar = max(self.worst_scalar, (off, name))
        if not off <= SCALARS:
            self.faults.append(f"{name}: {found!r} instead of {wanted!r}")

    def expect_hours(self, name: str, found: Sequence[float], wanted: Sequence[float]) -> None:
        """Compare two series hour by hour."""
        if len(found) != len(wanted):
            self.faults.append(f"{name}: {len(found)} hours instead of {len(wanted)}")
            return
        largest = max(map(abs, wanted), default=0.0)
        for hour, (have, want) in enumerate(zip(found, wanted, strict=True)):
            off = abs(have - want)
            if off > self.worst_hour[0] * largest and largest:
                self.worst_hour = (off / largest, f"{name} at hour {hour}")
            if not off <= OF_MAXIMUM * largest or (abs(want) > ABOVE * largest and off > RELATIVE * abs(want)):
                self.faults.append(f"{name}: {have!r} in hour {hour} instead of {want!r}")
                return


class Comparison:
    """One ledger against one reference."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.model = Model(ledger.program)
        self.agreement = Agreement()

    def run(self) -> Agreement:
        """Compare values, readings, totals and assertions."""
        names = {node: self.model.name(node) for node in self.model.nodes()}
        self.agreement.expect("paths", sorted(self.ledger.paths()), sorted(names.values()))
        if not self.agreement.faults:
            for node, name in names.items():
                self._compare_value(name, self.model.value(node))
            for node, name in names.items():
                self._compare_reads(name, {names[read] for read in self.model.reads[node]})
            self._compare_totals()
            self._compare_promises()
        return self.agreement

    def _node(self, name: str) -> int:
        node = self.ledger.find(name)
        assert node is not None, name
        return node

    def _compare_value(self, name: str, wanted: Value) -> None:
        node = self._node(name)
        found = self.ledger.account(node).value
        agreement = self.agreement
        match found, wanted:
            case AbsentValue(), None:
                agreement.compared["unset"] += 1
            case WordValue(value=word), str():
                agreement.compared["words"] += 1
                agreement.expect(name, word, wanted)
            case TruthValue(value=truth), bool():
                agreement.compared["truths"] += 1
                agreement.expect(name, truth, wanted)
            case HourlyValue(), Hours():
                agreement.compared["series"] += 1
                self._compare_hours(name, node, found, wanted)
            case WeeklyValue(), Hours():
                agreement.compared["weeks"] += 1
                expected = list(wanted.to(self._unit(found.unit)).values)
                agreement.expect_hours(name, found.values, expected)
            case ScalarValue(), _ if wanted is not None and not isinstance(wanted, Hours | str | bool):
                agreement.compared["scalars"] += 1
                agreement.expect_number(name, found.value, self._in_unit(wanted, found.unit))
            case _:
                agreement.faults.append(f"{name}: {found} instead of {wanted}")

    def _unit(self, text: str) -> Unit:
        return self.model.units.named(text)

    def _in_unit(self, quantity: Quantity, text: str) -> float:
        return quantity.to(self._unit(text)).magnitude

    def _compare_hours(self, name: str, node: int, found: HourlyValue, wanted: Hours) -> None:
        agreement = self.agreement
        if not wanted.values:
            agreement.expect(name, found.n, 0)
            return
        expected = list(wanted.to(self._unit(found.unit)).values)
        agreement.expect(f"{name}: start, length, clock", (found.start, found.n, found.local), _extent(wanted))
        agreement.expect_hours(name, self.ledger.hours(node).tolist(), expected)
        agreement.expect_hours(f"{name}: first ten", found.first10, expected[:10])
        agreement.expect_hours(f"{name}: last ten", found.last10, expected[-10:])
        total = math.fsum(expected)
        extremes = [min(expected), max(expected), total / len(expected)]
        agreement.expect_hours(f"{name}: minimum, maximum, mean", [found.min, found.max, found.mean], extremes)
        if found.sum is not None:
            # Hours that cancel out leave the rounding of what they were.
            size = math.fsum(map(abs, expected))
            agreement.expect_number(f"{name}: sum", found.sum + size, total + size)

    def _compare_reads(self, name: str, wanted: set[str]) -> None:
        paths = self.ledger.paths()
        found = {paths[node] for node in self.ledger.depends_on(self._node(name))}
        self.agreement.compared["readings"] += len(wanted)
        self.agreement.expect(f"{name}: what it reads", sorted(found), sorted(wanted))

    def _compare_totals(self) -> None:
        wanted = self.model.totals()
        rows = {(row.criterion, row.category, row.phase): row.value for row in self.ledger.totals()}
        self.agreement.expect("totals", sorted(map(str, rows)), sorted(map(str, wanted)))
        for group, value in rows.items():
            self.agreement.compared["totals"] += 1
            if group in wanted:
                self.agreement.expect_number(f"total {group}", value.value, self._in_unit(wanted[group], value.unit))

    def _compare_promises(self) -> None:
        found = [(row.name, row.object, row.ok) for row in self.ledger.checks()]
        self.agreement.compared["assertions"] += len(found)
        self.agreement.expect("assertions", found, self.model.promises())


def _extent(series: Hours) -> tuple[int, int, bool]:
    return series.start, len(series.values), series.local
