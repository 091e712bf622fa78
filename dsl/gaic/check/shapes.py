"""Shapes: weekdays as tables of hours, on the clock of a zone, and how their volume moves over the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.context import Context
from gaic.check.core import Hours, Literal
from gaic.check.courses import GROWTHS, read_growth, read_seasons
from gaic.check.days import DAY_FIELDS, collect_fields, find_day, read_times, report_rows
from gaic.check.functions import literal_value
from gaic.check.operators import is_poison, poisoned
from gaic.check.shares import read_share
from gaic.check.structural import check_zone
from gaic.check.types import Form, Measure
from gaic.source.diagnostic import Label
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Object
from gaic.units.courses import Course, CourseFault
from gaic.units.days import WEEKDAYS
from gaic.units.dimension import NUMBER
from gaic.units.series import SeriesFault
from gaic.units.shapes import ShapeFault, ShapeRow, check_rows, expand_shape

if TYPE_CHECKING:
    from gaic.check.core import Core
    from gaic.check.findings import Findings
    from gaic.check.infer import Inference
    from gaic.check.program import Study
    from gaic.check.symbols import Symbol
    from gaic.syntax.declarations import Field
    from gaic.units.courses import Growth
    from gaic.units.series import Series

SHAPE_FIELDS = ("timezone", *DAY_FIELDS, *GROWTHS, "seasons")
LATER_FIELDS = frozenset({"holidays", "holiday"})


class ShapeReader:
    """Reads shapes and spreads them over the period of the study."""

    def __init__(self, inference: Inference, study: Study, findings: Findings) -> None:
        self.inference = inference
        self.study = study
        self.findings = findings

    def shape(self, symbol: Symbol) -> Core:
        """The series of a shape over the period of the study: an amount of plain numbers, a share per hour."""
        span = symbol.name.span
        fields = self._fields(symbol)
        if fields is None:
            return poisoned(span)
        zone = fields.get("timezone")
        text = zone.value.value if zone is not None and isinstance(zone.value, s.Text) else self.study.zone
        if zone is not None and not check_zone(text, zone.value.span, self.findings):
            return poisoned(span)
        if "weekday" not in fields:
            if not self._is_lost(symbol):
                self.findings.error("GAI326", "a shape needs a `weekday`", span)
            return poisoned(span)
        days, course = self._days(symbol, fields), self._course(fields)
        if days is None or course is None or self._is_lost(symbol):
            return poisoned(span)
        if self.study.start is None and "period" in self.study.fields:
            return poisoned(span)
        if self.study.start is None:
            self.findings.error(
                "GAI325",
                "a shape runs over the period of the study, and there is none",
                span,
                fix="add `study name { period = 2026-01-01 .. 2027-01-01 }`",
            )
            return poisoned(span)
        series = self._expand(symbol, fields, (days, text, course))
        if series is None:
            return poisoned(span)
        return Hours(series, Measure(Form.AMOUNT, NUMBER), f"shape {symbol.name.text}", span)

    def _fields(self, symbol: Symbol) -> dict[str, Field] | None:
        """The fields by their names; None after a finding."""
        declaration = symbol.declaration
        if not isinstance(declaration, Object):
            return {}
        if declaration.parent is not None:
            self.findings.error("GAI090", "`extends` of a shape is not supported yet", declaration.parent.span)
            return None
        return collect_fields(declaration.block.entries, "a shape", SHAPE_FIELDS, LATER_FIELDS, self.findings)

    @staticmethod
    def _is_lost(symbol: Symbol) -> bool:
        """Say whether the shape has an entry that could not be read."""
        return isinstance(symbol.declaration, Object) and bool(symbol.declaration.block.lost)

    def _expand(
        self,
        symbol: Symbol,
        fields: dict[str, Field],
        read: tuple[dict[int, tuple[ShapeRow, ...]], str, Course],
    ) -> Series | None:
        days, zone, course = read
        span = symbol.name.span
        try:
            series = expand_shape(days, zone, self.study.start or 0, self.study.hours, course=course)
        except SeriesFault as fault:
            self.findings.error("GAI509", f"this shape cannot be spread over the period: {fault}", span)
            return None
        if isinstance(series, CourseFault):
            place = next((fields[name].value.span for name in GROWTHS if name in fields), span)
            self.findings.error("GAI328", f"the volume of a day {series.message}", place)
            return None
        return None if isinstance(series, ShapeFault) else series

    # ------------------------------------------------------------ growth and seasons

    def _course(self, fields: dict[str, Field]) -> Course | None:
        """How the volume moves over the period; None after a finding."""
        if all(name in fields for name in GROWTHS):
            first, second = (fields[name].name for name in GROWTHS)
            self.findings.error(
                "GAI328",
                f"a shape has `{first.text}` or `{second.text}`, not both",
                second.span,
                labels=(Label(first.span, "the other one"),),
            )
            return None
        growth: Growth | None = None
        for field in (fields[name] for name in GROWTHS if name in fields):
            growth = read_growth(field, self.inference.measures, self.findings)
            if growth is None:
                return None
        if "seasons" not in fields:
            return Course(growth)
        seasons = read_seasons(fields["seasons"].value, self.findings)
        return Course(growth, seasons) if seasons is not None else None

    # ------------------------------------------------------------ days

    def _days(self, symbol: Symbol, fields: dict[str, Field]) -> dict[int, tuple[ShapeRow, ...]] | None:
        """The rows of each weekday, Monday is 0; None after a finding."""
        days: dict[int, tuple[ShapeRow, ...] | None] = {}
        read: dict[str, tuple[ShapeRow, ...] | None] = {}
        for number, day in enumerate(WEEKDAYS):
            field = find_day(fields, day) or fields["weekday"]
            if field.name.text not in read:
                read[field.name.text] = self._day(field, fields, symbol)
            days[number] = read[field.name.text]
        found = {number: rows for number, rows in days.items() if rows is not None}
        return found if len(found) == len(days) else None

    def _day(self, field: Field, fields: dict[str, Field], symbol: Symbol) -> tuple[ShapeRow, ...] | None:
        """The rows of a day, which cover it once; None after a finding, at the table that they are written in."""
        rows = self._rows(field.value, fields, symbol, ())
        fault = check_rows(0, rows) if rows is not None else None
        if fault is None:
            return rows
        table = _find_table(field.value)
        if table is not None:
            report_rows(fault, field.name.text, table, self.findings)
        return None

    def _rows(
        self, value: s.Expression, fields: dict[str, Field], symbol: Symbol, behind: tuple[str, ...]
    ) -> tuple[ShapeRow, ...] | None:
        match value:
            case s.Table(rows):
                read = [self._row(row) for row in rows]
                return tuple(r for r in read if r is not None) if all(r is not None for r in read) else None
            case s.Sourced(inner):
                return self._rows(inner, fields, symbol, behind)
            case s.Reference(name) if name in fields and name not in behind:
                return self._rows(fields[name].value, fields, symbol, (*behind, name))
            case s.Binary("*", left, right):
                days, factor = (left, right) if isinstance(left, s.Reference | s.Table) else (right, left)
                found = self._rows(days, fields, symbol, behind)
                number = self._number(factor, symbol)
                if found is None or number is None:
                    return None
                return tuple(ShapeRow(r.start, r.end, r.share * number) for r in found)
            case _:
                self.findings.error("GAI327", "a day of a shape is a table or another day times a number", value.span)
                return None

    def _number(self, expression: s.Expression, symbol: Symbol) -> float | None:
        core = self.inference.value(expression, Context(symbol.module))
        number = literal_value(core)
        uncertain = isinstance(core, Literal) and core.range is not None
        if number is None or uncertain or not isinstance(core.type, Measure) or not core.type.is_plain:
            if not is_poison(core):
                self.findings.error("GAI327", "a share is a plain number or a percentage", expression.span)
            return None
        return number

    def _row(self, row: s.Row) -> ShapeRow | None:
        times = read_times(row, "a shape", "07:00..09:00 => 4 %", self.findings)
        if times is None:
            return None
        share = read_share(row.value)
        if share is None:
            self.findings.error("GAI327", "a share is a plain number or a percentage", row.value.span)
            return None
        return ShapeRow(*times, share)


def _find_table(value: s.Expression) -> s.Table | None:
    """The table that a day is written as; None where it is another day, which has its own finding."""
    match value:
        case s.Table():
            return value
        case s.Sourced(inner):
            return _find_table(inner)
        case s.Binary("*", left, right):
            return _find_table(left) or _find_table(right)
        case _:
            return None
