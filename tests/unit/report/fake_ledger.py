"""A book that is filled by hand: what `report` is given in its own tests."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from gaic.evaluate.account import Account, Course, HourlyValue, ObjectAccount
from gaic.evaluate.calendars import list_days, read_calendar
from gaic.source.text import SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gaic.evaluate.account import CheckRow, TotalRow, Value
    from gaic.evaluate.calendar import Calendar, Days
    from gaic.evaluate.working import Working

COUNT = 26299
START = 482135  # 2024-12-31 23:00 UTC, in hours since 1970
NOWHERE = Span(SourceFile("nowhere.gai", "calc nothing = 1\n"), 0, 16)


def make_series(seed: int, factor: float, count: int = COUNT) -> list[float]:
    """Hourly numbers that look drawn by lot, with a course over the day and a slow rise."""
    numbers, state = [], seed
    for hour in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        daily = 3 + 2 * math.sin(hour / 24 * 2 * math.pi)
        numbers.append(factor * round((daily + state % 4) * (1 + hour / count)))
    return numbers


def summarize(numbers: Sequence[float], unit: str, nature: str, *, local: bool = False) -> HourlyValue:
    total = math.fsum(numbers)
    return HourlyValue(
        nature=nature,
        unit=unit,
        start=START,
        n=len(numbers),
        first10=tuple(numbers[:10]),
        last10=tuple(numbers[-10:]),
        min=min(numbers),
        max=max(numbers),
        mean=total / len(numbers),
        sum=total if nature == "amount" else None,
        local=local,
    )


@dataclass
class FakeBook:
    """A book that is filled by hand."""

    accounts: dict[int, Account] = field(default_factory=dict)
    edges: dict[int, tuple[int, ...]] = field(default_factory=dict)
    shelves: list[ObjectAccount] = field(default_factory=list)
    series: dict[int, list[float]] = field(default_factory=dict)
    rows: list[TotalRow] = field(default_factory=list)
    asserted: tuple[CheckRow, ...] = ()
    workings: dict[int, Working] = field(default_factory=dict)
    asked: int = 0
    delivered: float | None = None

    def objects(self) -> tuple[ObjectAccount, ...]:
        return tuple(self.shelves)

    def account(self, node: int) -> Account:
        self.asked += 1
        return self.accounts[node]

    def depends_on(self, node: int) -> tuple[int, ...]:
        return self.edges[node]

    def used_by(self, node: int) -> tuple[int, ...]:
        return tuple(reader for reader, read in self.edges.items() if node in read)

    def ancestors(self, node: int) -> tuple[int, ...]:
        found: dict[int, None] = {}
        front = [node]
        while front:
            front = [
                d for reader in front for d in self.edges[reader] if d not in found and not found.update({d: None})
            ]
        return tuple(found)

    def course(self, node: int, bins: int) -> Course | None:
        numbers = self.series.get(node)
        if numbers is None:
            return None
        wide = len(numbers) / bins
        cuts = [numbers[round(part * wide) : round((part + 1) * wide)] for part in range(bins)]
        return Course(
            START,
            wide,
            tuple(sum(cut) / len(cut) for cut in cuts),
            tuple(min(cut) for cut in cuts),
            tuple(max(cut) for cut in cuts),
            self.unit(node),
        )

    def unit(self, node: int) -> str:
        value = self.accounts[node].value
        return value.unit if isinstance(value, HourlyValue) else ""

    def hours(self, node: int) -> NDArray[np.float64]:
        return np.array(self.series.get(node, []))

    def calendar(self, node: int, parts: int, columns: int) -> Calendar | None:
        hours = self.hours(node)
        return read_calendar(START, hours, self.unit(node), parts, columns) if len(hours) else None

    def days(self, node: int) -> Days | None:
        hours = self.hours(node)
        return list_days(START, hours, self.unit(node)) if len(hours) else None

    def working(self, node: int) -> Working | None:
        return self.workings.get(node)

    def totals(self) -> tuple[TotalRow, ...]:
        return tuple(self.rows)

    def spread(self, row: TotalRow, edges: Sequence[int]) -> tuple[float, ...]:
        """What the series of a total come to in each span; `START` is the first hour of all of them."""
        spans = [(max(0, begin - START), max(0, end - START)) for begin, end in pairwise(edges)]
        found = [self.series[node] for node in row.nodes if node in self.series]
        return tuple(math.fsum(math.fsum(series[begin:end]) for series in found) for begin, end in spans)

    def delivered_units(self) -> float | None:
        return self.delivered

    def checks(self) -> tuple[CheckRow, ...]:
        return self.asserted

    def find(self, path: str) -> int:
        return next(node for node, account in self.accounts.items() if account.path == path)

    def add(self, path: str, value: Value, edges: Sequence[str] = (), **more: Any) -> int:
        """Add a value; what is not said of it is filled in. An object of one value may have the path of the value."""
        node = len(self.accounts)
        plain, _, member = path.partition("[")
        owner, _, attribute = plain.rpartition(".")
        account = Account(
            node=node,
            path=path,
            object=owner or path,
            attribute=attribute if owner else "value",
            member=member.rstrip("]") or None,
            kind="kind",
            role="calculated" if more.get("formula") else "input",
            given=True,
            label=attribute.replace("_", " ").capitalize(),
            doc="",
            value=value,
            formula=None,
            substituted=None,
            written=None,
            default=None,
            source=None,
            source_text=None,
            confidence=None,
            note=None,
            limits=None,
            uncertain=False,
            span=NOWHERE,
        )
        self.accounts[node] = replace(account, **more)
        self.edges[node] = tuple(self.find(edge) for edge in edges)
        return node

    def add_series(self, path: str, numbers: list[float], unit: str, nature: str, **more: Any) -> int:
        node = self.add(path, summarize(numbers, unit, nature, local=more.pop("local", False)), **more)
        self.series[node] = numbers
        return node

    def shelve(self, path: str, kind: str, kind_label: str, span: Span, **more: Any) -> None:
        """Make an object of all values whose path names it."""
        nodes = tuple(node for node, account in self.accounts.items() if account.object == path)
        object_ = ObjectAccount(path, kind, kind_label, "", "", "", "", nodes, (), (), library=False, span=span)
        self.shelves.append(replace(object_, **more))
