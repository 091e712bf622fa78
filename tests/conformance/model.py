"""An evaluated model as the comparison sees it: values by the label of their object and the name of their attribute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gaic.api.lookup import FoundWithoutValue, UnknownPathError, find_path
from gaic.evaluate.account import AbsentValue, HourlyValue, ScalarValue, WeeklyValue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gaic.api.results import Results
    from gaic.evaluate.account import ObjectAccount, TotalRow
    from gaic.units.system import UnitSystem


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a unit of gaic."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A series: one number per hour, the first `start` hours after 1970-01-01T00:00Z (on a local clock if `local`).

    A week is one too: its 168 hours on a local clock, from hour 0.
    """

    start: int
    values: tuple[float, ...]
    unit: str
    local: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A text, a word of a choice, a truth or the label of an object."""

    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """An attribute that is there and has no value."""


Value = Number | Hours | Word | Nothing
Values = dict[str | None, Value]
"""The values of one attribute, by the label of the member where there is one per member, else by None."""


class Evaluated(Protocol):
    """What the comparison asks of a model."""

    @property
    def system(self) -> UnitSystem:
        """Its units."""
        ...

    def find(self, label: str, attribute: str) -> Values | None:
        """The values of an attribute of the object with that label; None if there is no such object or attribute."""
        ...

    def totals(self) -> Mapping[tuple[str, str], float]:
        """The totals by category and phase, in kg."""
        ...


class AmbiguousLabelError(Exception):
    """Two objects of the model have the label and the attribute that are asked for."""

    def __init__(self, label: str, attribute: str) -> None:
        super().__init__(f"more than one object with the label {label!r} has {attribute!r}")


class Model:
    """Results of gaic, found by label."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._ledger = results.ledger
        self._by_label: dict[str, list[ObjectAccount]] = {}
        self._labels: dict[str, str] = {}
        for each in sorted(self._ledger.objects(), key=lambda each: each.library):
            self._by_label.setdefault(each.label, []).append(each)
            self._labels[each.path] = each.label

    @property
    def system(self) -> UnitSystem:
        """Its units."""
        return self._ledger.program.system

    @property
    def results(self) -> Results:
        """The public results."""
        return self._results

    def find(self, label: str, attribute: str) -> Values | None:
        """The values of an attribute of the object with that label, objects of the model before those of the library.

        Raises `AmbiguousLabelError` where two objects of the model have the label and the attribute.
        """
        found = [self._values(each.path, attribute) for each in self._by_label.get(label, ()) if not each.library]
        found = [values for values in found if values is not None]
        if len(found) > 1:
            raise AmbiguousLabelError(label, attribute)
        if found:
            return found[0]
        library = (self._values(each.path, attribute) for each in self._by_label.get(label, ()) if each.library)
        return next((values for values in library if values is not None), None)

    def totals(self) -> dict[tuple[str, str], float]:
        """The totals by category and phase, in kg."""
        kilogram = self.system.unit("kgCO2e").factor
        return {
            (row.category, row.phase): row.value.value * self.system.unit(row.value.unit).factor / kilogram
            for row in self._gwp()
            if row.category is not None and row.phase is not None
        }

    def period_total(self) -> float:
        """The total over all categories and phases, in kg."""
        (row,) = (row for row in self._gwp() if row.category is None)
        return row.value.value * self.system.unit(row.value.unit).factor / self.system.unit("kgCO2e").factor

    def everything(self) -> Iterator[tuple[tuple[str, str, str, str | None], Value]]:
        """Every value of the model's own objects: label and kind of the object, attribute, label of the member.

        Numbers are in root units, named by their dimension.
        """
        for each in self._by_label.values():
            for found in each:
                for node in () if found.library else found.nodes:
                    account = self._ledger.account(node)
                    member = None if account.member is None else self._name_member(account.member)
                    yield (found.label, found.kind, account.attribute, member), self._in_root_units(self._value(node))

    def _gwp(self) -> list[TotalRow]:
        return [row for row in self._ledger.totals() if row.criterion == "gwp"]

    def _values(self, path: str, attribute: str) -> Values | None:
        try:
            found = find_path(self._ledger, f"{path}.{attribute}")
        except UnknownPathError:
            return None
        if isinstance(found, FoundWithoutValue):
            return self._without_value(found)
        if not found.table:
            return {None: self._value(found.nodes[0])}
        members = ((self._ledger.account(node).member or "", node) for node in found.nodes)
        return {self._name_member(member): self._value(node) for member, node in members}

    def _without_value(self, found: FoundWithoutValue) -> Values | None:
        """A reference as the label of what it leads to; a table without members as no values."""
        value = found.attribute["value"]
        match value:
            case {"shape": "table", "entries": {}}:
                return {}
            case {"shape": "reference", "value": str(target)}:
                return {None: Word(self._labels[target])}
            case _:
                return None

    def _value(self, node: int) -> Value:
        value = self._ledger.account(node).value
        match value:
            case ScalarValue():
                return Number(value.value, value.unit)
            case HourlyValue():
                return Hours(value.start, tuple(self._ledger.hours(node).tolist()), value.unit, value.local)
            case WeeklyValue():
                return Hours(0, value.values, value.unit, local=True)
            case AbsentValue():
                return Nothing()
            case _:
                return Word(str(value.value))

    def _in_root_units(self, value: Value) -> Value:
        match value:
            case Number(number, unit):
                found = self.system.unit(unit)
                return Number(number * found.factor, str(found.dimension))
            case Hours():
                found = self.system.unit(value.unit)
                hours = tuple(hour * found.factor for hour in value.values)
                return Hours(value.start, hours, str(found.dimension), value.local)
            case _:
                return value

    def _name_member(self, member: str) -> str:
        """The labels of the objects of a member; the second link to an object of the same list is `label#2`."""
        parts = (part.partition("#") for part in member.split(", "))
        return ", ".join(self._labels[path] + sign + count for path, sign, count in parts)
