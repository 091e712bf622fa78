"""Days of a week as tables: what is there or falls into each hour of the local clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.core import Literal
from gaic.check.days import DAY_FIELDS, MINUTES, collect_fields, find_day, read_times, report_rows
from gaic.check.functions import literal_value
from gaic.check.operators import is_poison
from gaic.check.types import Form, Measure
from gaic.source.diagnostic import Label
from gaic.syntax import expressions as s
from gaic.units.days import DAY, WEEKDAYS
from gaic.units.shapes import ShapeRow, check_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.check.core import Core
    from gaic.check.findings import Findings
    from gaic.check.measures import Measures
    from gaic.syntax.declarations import Field

    Day = list[float]
    """The values of 24 hours."""


class DayTables:
    """Reads the block of one week."""

    def __init__(self, findings: Findings, measures: Measures, value: Callable[[s.Expression], Core]) -> None:
        self.findings = findings
        self.measures = measures
        self.value = value
        self.fields: dict[str, Field] = {}
        self.first: Core | None = None

    def read(self, written: s.Amend) -> tuple[list[float], Measure] | None:
        """The 168 values of a week and the type of one; None after a finding."""
        fields = collect_fields(written.block.entries, "a week", DAY_FIELDS, frozenset(), self.findings)
        if fields is None:
            return None
        self.fields = fields
        values: list[float] = []
        for name in WEEKDAYS:
            field = find_day(fields, name)
            if field is None:
                self.findings.error("GAI326", "a week needs a `weekday`", written.base.span, label=f"no `{name}`")
                return None
            day = self._day(field.value, (field.name.text,))
            if day is None:
                return None
            values += day
        type_ = self.first.type if self.first is not None else None
        return (values, type_) if isinstance(type_, Measure) else None

    def _day(self, value: s.Expression, behind: tuple[str, ...]) -> Day | None:
        """A day: a table, one value for all of it, another day, or that times a number."""
        match value:
            case s.Table(rows):
                return self._table(value, rows, behind[0])
            case s.Sourced(inner):
                return self._day(inner, behind)
            case s.Reference(name) if name in self.fields and name not in behind:
                return self._day(self.fields[name].value, (*behind, name))
            case s.Binary("*", left, right) if self._is_day(left) or self._is_day(right):
                days, factor = (left, right) if self._is_day(left) else (right, left)
                found, number = self._day(days, behind), self._factor(factor)
                return None if found is None or number is None else [value * number for value in found]
            case _:
                number = self._number(value)
                return None if number is None else [number] * DAY

    def _is_day(self, written: s.Expression) -> bool:
        return isinstance(written, s.Table) or (isinstance(written, s.Reference) and written.name in self.fields)

    def _table(self, table: s.Table, rows: tuple[s.Row, ...], name: str) -> Day | None:
        """The hours of a table; an hour that several rows share has their mean by time."""
        spans = [read_times(row, "a day", "07:00..09:00 => 4 kW", self.findings) for row in rows]
        numbers = [self._number(row.value) for row in rows]
        if None in spans or None in numbers:
            return None
        found = [(*span, number) for span, number in zip(spans, numbers, strict=True) if span and number is not None]
        fault = check_rows(0, [ShapeRow(start, end, 0.0) for start, end, _ in found])
        if fault is not None:
            report_rows(fault, name, table, self.findings)
            return None
        day = [0.0] * DAY
        for start, end, number in found:
            for hour in range(start // MINUTES, -(-end // MINUTES)):
                covered = min(end, (hour + 1) * MINUTES) - max(start, hour * MINUTES)
                day[hour] += number * (covered / MINUTES)
        return day

    # ------------------------------------------------------------ numbers

    def _number(self, written: s.Expression) -> float | None:
        """The value of an hour in root units; all values of a week have one type."""
        core = self.value(written)
        number = self._literal(core, "a value of a week is a number with its unit")
        if number is None:
            return None
        first = self.first = self.first or core
        if first.type == core.type:
            return number
        describe = self.measures.describe
        labels = (Label(first.span, describe(first.type)),)
        self.findings.error(
            "GAI201", "the values of a week are not of one type", core.span, label=describe(core.type), labels=labels
        )
        return None

    def _factor(self, written: s.Expression) -> float | None:
        core = self.value(written)
        number = self._literal(core, "a day is multiplied by a plain number")
        if number is None or (isinstance(core.type, Measure) and core.type.is_plain):
            return number
        self.findings.error("GAI327", "a day is multiplied by a plain number", written.span)
        return None

    def _literal(self, core: Core, message: str) -> float | None:
        """A number that is written out; None after a finding."""
        if is_poison(core):
            return None
        if isinstance(core, Literal) and core.range is not None:
            self.findings.error("GAI090", "an uncertain value of a week is not supported yet", core.span)
            return None
        number = literal_value(core)
        if number is None or not isinstance(core.type, Measure) or core.type.form is not Form.SCALAR:
            self.findings.error("GAI327", message, core.span)
            return None
        return number
