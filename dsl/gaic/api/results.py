"""Results for Python: values as Pint quantities, series with their hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gaic.api.lookup import FoundWithoutValue, UnknownPathError, find_path
from gaic.evaluate.account import AbsentValue, HourlyValue, ScalarValue, WeeklyValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.api.compile import Outcome
    from gaic.evaluate.account import Account, CheckRow, TotalRow
    from gaic.evaluate.ledger import Ledger
    from gaic.lower.export import Digraph
    from gaic.source.diagnostic import Diagnostic
    from gaic.units.door import PintQuantity

    Plain = PintQuantity | str | bool | None

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hourly:
    """A series: the instant of its first hour (without zone if it is on a local clock), and one value per hour.

    `values` is a Pint quantity over a float64 array.
    """

    start: datetime
    nature: str
    values: PintQuantity


class Results:
    """An evaluated model. `results["a.b"]` is a Pint quantity, a series an `Hourly`; a week is one over 168 hours."""

    def __init__(self, outcome: Outcome, ledger: Ledger) -> None:
        self._outcome = outcome
        self.ledger = ledger

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Warnings, and promises of the file that are broken."""
        return self._outcome.diagnostics

    @property
    def totals(self) -> tuple[TotalRow, ...]:
        """Totals per criterion, category and phase; the row without category and phase is the sum."""
        return self.ledger.totals()

    @property
    def checks(self) -> tuple[CheckRow, ...]:
        """Assertions that were evaluated."""
        return self.ledger.checks()

    def paths(self) -> tuple[str, ...]:
        """The paths of all values."""
        return self.ledger.paths()

    def graph(self) -> Digraph:
        """The dependencies of this evaluation; an edge leads from what is read to the value that reads it."""
        from gaic.lower.export import make_digraph

        names = self.paths()
        edges = ((names[read], names[node]) for node in range(len(names)) for read in self.ledger.depends_on(node))
        return make_digraph(names, edges)

    def account(self, path: str) -> Account:
        """All that is known of one value; raises `UnknownPathError`."""
        found = find_path(self.ledger, path)
        if isinstance(found, FoundWithoutValue) or found.table:
            raise UnknownPathError(path, "it has no value of its own, or one per member")
        return self.ledger.account(found.nodes[0])

    def __getitem__(self, path: str) -> Plain | Hourly | dict[str, Plain | Hourly]:
        """The value of a path; one per member, by the name of the member, for an attribute that has several."""
        found = find_path(self.ledger, path)
        if isinstance(found, FoundWithoutValue):
            return _read_reference(found)
        if not found.table:
            return self._value(self.ledger.account(found.nodes[0]))
        accounts = [self.ledger.account(node) for node in found.nodes]
        return {account.member or "": self._value(account) for account in accounts}

    def __iter__(self) -> Iterator[str]:
        """The paths of all values."""
        return iter(self.paths())

    def _value(self, account: Account) -> Plain | Hourly:
        system = self.ledger.program.system
        match account.value:
            case ScalarValue(value, unit):
                return system.quantity(value, system.unit(unit))
            case HourlyValue() as hourly:
                start = EPOCH + timedelta(hours=hourly.start)
                values = system.quantity(self.ledger.hours(account.node), system.unit(hourly.unit))
                return Hourly(start.replace(tzinfo=None) if hourly.local else start, hourly.nature, values)
            case WeeklyValue(unit=unit):
                return system.quantity(self.ledger.hours(account.node), system.unit(unit))
            case AbsentValue():
                return None
            case other:
                return other.value


def _read_reference(found: FoundWithoutValue) -> str | dict[str, Plain | Hourly] | None:
    """The path of the object that a reference leads to, or those of a list by entry; None where it leads nowhere."""
    value = found.attribute["value"]
    if not isinstance(value, dict):
        return None
    entries = value.get("entries")
    if isinstance(entries, dict):
        return {entry: str(each["value"]) for entry, each in entries.items()}
    target = value.get("value")
    return target if isinstance(target, str) else None
