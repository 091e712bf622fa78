"""Series that stand in the text: lists, files, constants and shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.context import Context
from gaic.check.core import Hours
from gaic.check.findings import did_you_mean, list_names
from gaic.check.functions import literal_value
from gaic.check.operators import is_poison, poisoned
from gaic.check.structural import check_zone
from gaic.check.types import Form, Measure
from gaic.load.files import ReadFault
from gaic.source.suggest import suggest
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Field, Object
from gaic.units.csv_hours import CsvFault, CsvTrouble, parse_csv_hours
from gaic.units.dimension import NUMBER
from gaic.units.series import SeriesFault, constant, from_values
from gaic.units.shapes import ShapeFault, ShapeRow, check_rows, expand_shape
from gaic.units.zones import TimeFault, parse_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.check.core import Core
    from gaic.check.findings import Findings
    from gaic.check.infer import Inference
    from gaic.check.program import Study
    from gaic.check.symbols import Symbol
    from gaic.source.text import Span
    from gaic.units.series import Hours as Values
    from gaic.units.zones import Instant

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHAPE_FIELDS = ("timezone", "weekday", "weekend", *WEEKDAYS)
LATER_FIELDS = frozenset({"holidays", "holiday"})
MINUTES = 60
ARGUMENTS = ("start", "column", "unit")


class HourlyReader:
    """Reads `hourly(...)` and shapes."""

    def __init__(self, inference: Inference, study: Study, findings: Findings) -> None:
        self.inference = inference
        self.study = study
        self.findings = findings
        self.files = inference.symbols.bundle.files

    # ------------------------------------------------------------ lists, files, constants

    def read(self, call: s.Call, context: Context) -> Core:
        """`hourly([3, 5], start = ...)`, `hourly("file.csv", start = ...)`, `hourly(2 b)`."""
        places = [a.value for a in call.arguments if a.name is None]
        named = {a.name.text: a.value for a in call.arguments if a.name is not None}
        for argument in call.arguments:
            if argument.name is not None and argument.name.text not in ARGUMENTS:
                near = suggest(argument.name.text, ARGUMENTS)
                self.findings.error(
                    "GAI222",
                    f"`hourly` has no argument `{argument.name.text}`",
                    argument.name.span,
                    notes=(f"it has {list_names(ARGUMENTS)}",),
                    fix=did_you_mean(near),
                )
                return poisoned(call.span)
        if len(places) != 1:
            self.findings.error("GAI222", "`hourly` takes a list, a file or a value", call.span)
            return poisoned(call.span)
        match places[0]:
            case s.Numbers(values):
                return self._series(call, values, named, context)
            case s.ListLiteral(items):
                return self._list(call, items, named, context)
            case s.Text(name):
                return self._file(call, name, places[0].span, named, context)
            case other:
                return self._constant(call, other, context)

    def _list(
        self, call: s.Call, items: tuple[s.Expression, ...], named: dict[str, s.Expression], context: Context
    ) -> Core:
        values = [_plain_number(item) for item in items]
        for item, value in zip(items, values, strict=True):
            if value is None:
                self.findings.error(
                    "GAI322",
                    "a list of hours holds plain numbers",
                    item.span,
                    fix="write the unit behind it: `[...] * 1 kWh`",
                )
                return poisoned(call.span)
        return self._series(call, tuple(v for v in values if v is not None), named, context)

    def _file(self, call: s.Call, name: str, span: Span, named: dict[str, s.Expression], context: Context) -> Core:
        column = named.get("column")
        wanted = column.value if isinstance(column, s.Text) else None
        try:
            path = self.files.resolve(context.module.folder, name)
            text = self.files.read_text(path)
        except ReadFault as fault:
            self.findings.items.append(fault.at(span))
            return poisoned(call.span)
        result = parse_csv_hours(text, wanted, self.files.limits.csv_rows)
        if isinstance(result, CsvFault):
            asked = column is not None and result.reason is CsvTrouble.UNKNOWN_COLUMN
            self._report_csv(name, result, column.span if asked and column is not None else span)
            return poisoned(call.span)
        if _is_number(result.column):
            message = f'"{name}": the first line is read as a header, and `{result.column}` looks like a value'
            self.findings.error("GAI323", message, span, fix="put the name of the column into the first line")
            return poisoned(call.span)
        written = named.get("start")
        if isinstance(written, s.Date) and result.start is not None and not _is_same(written.text, result.start):
            message = f'the times in "{name}" begin at {result.start}, the start given here is {written.text}'
            self.findings.error(
                "GAI324", message, written.span, fix="leave `start` out, or take the times out of the file"
            )
            return poisoned(call.span)
        return self._series(call, result.values, named, context, result.start)

    def _report_csv(self, name: str, fault: CsvFault, span: Span) -> None:
        code = "GAI510" if fault.reason is CsvTrouble.TOO_MANY_ROWS else "GAI323"
        place = f"row {fault.row}" + (f', column "{fault.column}"' if fault.column else "")
        cell = f": `{fault.cell}`" if fault.cell else ""
        columns = ", ".join(f'"{c}"' for c in fault.columns)
        notes = (f"the header is row 1; columns: {columns}",) if columns else ("the header is row 1",)
        fix = 'choose one: `column = "name"`' if fault.reason is CsvTrouble.CHOOSE_COLUMN else None
        self.findings.error(code, f'"{name}", {place}: {fault.reason.value}{cell}', span, notes=notes, fix=fix)

    def _series(
        self,
        call: s.Call,
        values: Sequence[float] | Values,
        named: dict[str, s.Expression],
        context: Context,
        start: str | None = None,
    ) -> Core:
        written = named.get("start")
        instant = self._start(call, written.text if isinstance(written, s.Date) else start, written)
        unit = named.get("unit")
        known = self.inference.measures.unit(s.Name(unit.span.text.strip('"'), unit.span)) if unit else None
        if instant is None or (unit is not None and known is None):
            return poisoned(call.span)
        if len(values) > self.files.limits.series_hours:
            self.findings.error("GAI509", f"a series longer than {self.files.limits.series_hours:,} hours", call.span)
            return poisoned(call.span)
        try:
            series = from_values(instant.hour, values, local=instant.local, factor=known.factor if known else 1.0)
        except SeriesFault as fault:
            self.findings.error("GAI324", f"this series cannot be placed: {fault}", call.span)
            return poisoned(call.span)
        type_ = Measure(context.form, known.dimension, known.tag) if known else Measure(context.form, NUMBER)
        return Hours(series, type_, call.span.text, call.span)

    def _start(self, call: s.Call, text: str | None, written: s.Expression | None) -> Instant | None:
        """The first hour: as written, else that of the file; a finding if there is none."""
        place = (written or call).span
        if text is None:
            fix = "add `start = 2026-01-01T00:00` (local clock; `Z` for UTC)"
            self.findings.error("GAI324", "these hours need a start", place, fix=fix)
            return None
        try:
            return parse_instant(text)
        except TimeFault as fault:
            self.findings.error("GAI324", f"this is no start: {fault}", place)
            return None

    def _constant(self, call: s.Call, written: s.Expression, context: Context) -> Core:
        core = self.inference.value(written, context)
        value = literal_value(core)
        if is_poison(core):
            return core
        if value is None or not isinstance(core.type, Measure):
            self.findings.error("GAI322", "`hourly` takes a list, a file or a number with its unit", written.span)
            return poisoned(call.span)
        if self.study.start is None and "period" in self.study.fields:
            return poisoned(call.span)
        if self.study.start is None:
            self.findings.error(
                "GAI325",
                "this value is repeated over the period of the study, and there is none",
                call.span,
                fix="add `study name { period = 2026-01-01 .. 2027-01-01 }`",
            )
            return poisoned(call.span)
        form = context.form if context.form is not Form.SCALAR else Form.AMOUNT
        series = constant(self.study.start, self.study.hours, value)
        return Hours(series, Measure(form, core.type.dimension, core.type.tag), call.span.text, call.span)

    # ------------------------------------------------------------ shapes

    def shape(self, symbol: Symbol) -> Core:
        """The series of a shape over the period of the study: an amount of plain numbers, a share per hour."""
        declaration = symbol.declaration
        span = symbol.name.span
        fields = (
            {e.name.text: e for e in declaration.block.entries if isinstance(e, Field)}
            if isinstance(declaration, Object)
            else {}
        )
        for name, entry in fields.items():
            if name in LATER_FIELDS:
                self.findings.error("GAI090", f"`{name}` in a shape is not supported yet", entry.name.span)
                return poisoned(span)
            if name not in SHAPE_FIELDS:
                near = suggest(name, SHAPE_FIELDS)
                note = f"it has {list_names(SHAPE_FIELDS)}"
                message = f"a shape has no field `{name}`"
                self.findings.error("GAI112", message, entry.name.span, notes=(note,), fix=did_you_mean(near))
                return poisoned(span)
        zone = fields.get("timezone")
        text = zone.value.value if zone is not None and isinstance(zone.value, s.Text) else self.study.zone
        if zone is not None and not check_zone(text, zone.value.span, self.findings):
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
        if "weekday" not in fields:
            self.findings.error("GAI326", "a shape needs a `weekday`", span)
            return poisoned(span)
        return self._expand(symbol, fields, text)

    def _expand(self, symbol: Symbol, fields: dict[str, Field], zone: str) -> Core:
        span = symbol.name.span
        days: dict[int, tuple[ShapeRow, ...]] = {}
        for number, day in enumerate(WEEKDAYS):
            group = "weekend" if number >= WEEKDAYS.index("saturday") and "weekend" in fields else "weekday"
            field = fields.get(day, fields[group])
            rows = self._rows(field.value, fields, symbol, ())
            if rows is None:
                return poisoned(span)
            fault = check_rows(number, rows)
            if fault is not None:
                message = f"`{field.name.text}`: {fault.message}"
                self.findings.error("GAI327", message, field.value.span, fix="rows cover 00:00..24:00 once")
                return poisoned(span)
            days[number] = rows
        try:
            series = expand_shape(days, zone, self.study.start or 0, self.study.hours)
        except SeriesFault as fault:
            self.findings.error("GAI509", f"this shape cannot be spread over the period: {fault}", span)
            return poisoned(span)
        if isinstance(series, ShapeFault):
            return poisoned(span)
        return Hours(series, Measure(Form.AMOUNT, NUMBER), f"shape {symbol.name.text}", span)

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
        if number is None or not isinstance(core.type, Measure) or not core.type.is_plain:
            if not is_poison(core):
                self.findings.error("GAI327", "a share is a plain number or a percentage", expression.span)
            return None
        return number

    def _row(self, row: s.Row) -> ShapeRow | None:
        match row.key:
            case s.Binary("..", s.ClockTime(first), s.ClockTime(second)):
                start, end = _minutes(first), _minutes(second)
            case _:
                self.findings.error(
                    "GAI327", "a row of a shape begins with two times", row.key.span, fix="07:00..09:00 => 4 %"
                )
                return None
        share = _share(row.value)
        if start is None or end is None:
            self.findings.error("GAI327", "this is no time of day", row.key.span)
            return None
        if share is None:
            self.findings.error("GAI327", "a share is a plain number or a percentage", row.value.span)
            return None
        return ShapeRow(start, end, share)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_same(written: str, start: str) -> bool:
    """Say whether two texts name one hour on one clock."""
    try:
        return parse_instant(written) == parse_instant(start)
    except TimeFault:
        return True  # said where the start is read


def _share(expression: s.Expression) -> float | None:
    match expression:
        case s.Sourced(value):
            return _share(value)
        case s.Quantity(value, _, s.Name("%")):
            return value * 0.01
        case other:
            return _plain_number(other)


def _minutes(clock: str) -> int | None:
    hours, minutes = int(clock[:2]), int(clock[3:])
    total = hours * 60 + minutes
    return total if minutes < MINUTES and total <= 24 * MINUTES else None


def _plain_number(expression: s.Expression) -> float | None:
    match expression:
        case s.Number(value):
            return value
        case s.Unary("-", s.Number(value)):
            return -value
        case s.Sourced(value):
            return _plain_number(value)
        case _:
            return None
