"""Weeks that stand in the text: lists of 168 numbers, files, one value for all hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.core import Adopt, Apply, Arithmetic, Hours, Literal, Negate
from gaic.check.csv_files import CsvReader
from gaic.check.findings import did_you_mean, list_names
from gaic.check.functions import literal_value
from gaic.check.operators import is_poison, poisoned
from gaic.check.shares import plain_number
from gaic.check.types import Form, Measure
from gaic.check.weekdays import DayTables
from gaic.source.suggest import suggest
from gaic.syntax import expressions as s
from gaic.units.days import WEEK
from gaic.units.dimension import NUMBER
from gaic.units.weeks import constant_week, list_week, make_week

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gaic.check.context import Context
    from gaic.check.core import Core
    from gaic.check.findings import Findings
    from gaic.check.operators import Operators
    from gaic.load.files import ProjectFiles
    from gaic.source.text import Span
    from gaic.units.series import Hours as Values

    Value = Callable[[s.Expression, Context], Core]

WEEK_OF = {Form.AMOUNT: Form.WEEKLY_AMOUNT, Form.LEVEL: Form.WEEKLY_LEVEL, Form.SCALAR: Form.WEEKLY_LEVEL}
ARGUMENTS = ("column", "unit")


class WeeklyReader:
    """Reads `weekly(...)`, lists in the place of a week, and `weekly { ... }`."""

    def __init__(self, operators: Operators, files: ProjectFiles, value: Value) -> None:
        self.measures = operators.measures
        self.findings = operators.findings
        self.files = CsvReader(files, operators.findings)
        self.value = value

    def call(self, call: s.Call, context: Context) -> Core:
        """`weekly([...])`, `weekly("file.csv", column = ..., unit = ...)`, `weekly(1.5 b)`."""
        places = [a.value for a in call.arguments if a.name is None]
        named = {a.name.text: a.value for a in call.arguments if a.name is not None}
        for argument in call.arguments:
            if argument.name is not None and argument.name.text not in ARGUMENTS:
                self._report_argument(argument.name)
                return poisoned(call.span)
        if len(places) != 1:
            self.findings.error("GAI222", "`weekly` takes a list, a file or a value", call.span)
            return poisoned(call.span)
        values: Sequence[float] | Values | None
        match places[0]:
            case s.Numbers() | s.ListLiteral() as listed:
                values = self._numbers(listed)
            case s.Text() as name:
                values = self._file(name, named.get("column"), context)
            case other:
                return self._constant(other, context)
        return self._week(values, call.span, context, named.get("unit"))

    def listed(self, written: s.Numbers | s.ListLiteral, context: Context) -> Core:
        """A list alone: 168 plain numbers."""
        return self._week(self._numbers(written), written.span, context)

    def days(self, written: s.Amend, context: Context) -> Core:
        """`weekly { weekday = { 00:00..24:00 => 1 kW }; weekend = weekday * 0.1 }`: 24 hours for each day."""
        found = DayTables(self.findings, self.measures, lambda part: self.value(part, context)).read(written)
        if found is None:
            return poisoned(written.span)
        values, type_ = found
        week = Measure(WEEK_OF.get(context.form, context.form), type_.dimension, type_.tag)
        return Hours(make_week(values), week, written.span.text, written.span)

    def _report_argument(self, name: s.Name) -> None:
        self.findings.error(
            "GAI222",
            f"`weekly` has no argument `{name.text}`",
            name.span,
            notes=(f"it has {list_names(ARGUMENTS)}",),
            fix=did_you_mean(suggest(name.text, ARGUMENTS), name.span),
        )

    def _numbers(self, written: s.Numbers | s.ListLiteral) -> Sequence[float] | None:
        if isinstance(written, s.Numbers):
            return written.values
        values: list[float] = []
        for item in written.items:
            value = plain_number(item)
            if value is None:
                fix = "write the unit behind it: `[...] * 1 kW`"
                self.findings.error("GAI322", "a list of hours holds plain numbers", item.span, fix=fix)
                return None
            values.append(value)
        return values

    def _file(self, name: s.Text, column: s.Expression | None, context: Context) -> Values | None:
        found = self.files.read(name, column, context)
        if found is None or found.start is None:
            return found.values if found is not None else None
        message = f'"{name.value}" has times, a week has none: it begins with Monday 00:00'
        self.findings.error("GAI329", message, name.span, fix="take the times out of the file")
        return None

    def _week(
        self, values: Sequence[float] | Values | None, span: Span, context: Context, unit: s.Expression | None = None
    ) -> Core:
        known = self.measures.unit(s.Name(unit.span.text.strip('"'), unit.span)) if unit else None
        if values is None or (unit is not None and known is None):
            return poisoned(span)
        if len(values) != WEEK:
            self.findings.error(
                "GAI329",
                f"a week has {WEEK} hours, here are {len(values):,}",
                span,
                notes=("24 for each day, from Monday 00:00 on the local clock",),
                fix="`weekly { weekday = { 00:00..24:00 => 1 W } }` writes them as tables of a day",
            )
            return poisoned(span)
        form = WEEK_OF.get(context.form, context.form)
        type_ = Measure(form, known.dimension, known.tag) if known else Measure(form, NUMBER)
        return Hours(make_week(values, known.factor if known else 1.0), type_, span.text, span)

    def _constant(self, written: s.Expression, context: Context) -> Core:
        core = self.value(written, context)
        if isinstance(core.type, Measure) and core.type.form is Form.SCALAR:
            form = WEEK_OF.get(context.form, context.form)
            return repeat_number(core, Measure(form, core.type.dimension, core.type.tag), self.findings)
        if not is_poison(core):
            self.findings.error("GAI222", "`weekly` takes a list, a file or a value", written.span)
        return poisoned(written.span)


def repeat_number(core: Core, week: Measure, findings: Findings) -> Core:
    """The week in which one number holds in every hour."""
    number = core
    while isinstance(number, Adopt):
        number = number.operand
    if isinstance(number, Literal) and number.range is not None:
        findings.error("GAI090", "an uncertain value of a week is not supported yet", core.span)
        return poisoned(core.span)
    value = literal_value(number)
    if value is None:
        return Apply("weekly", (core,), week, core.span)
    return Hours(constant_week(value), week, core.span.text, core.span)


def fold_week(core: Core, wanted: Measure) -> Core:
    """A week that is written as numbers times a number, as its numbers."""
    values = week_values(core)
    if values is None:
        return core if core.type == wanted else Adopt(core, wanted, core.span)
    return Hours(make_week(values), wanted, core.span.text, core.span)


def week_values(core: Core) -> list[float] | None:
    """The numbers of a week that is known as it is written; None for anything else."""
    match core:
        case Hours(series, Measure(is_week=True)) if series is not None:
            return list_week(series)
        case Adopt(operand):
            return week_values(operand)
        case Negate(operand):
            return _scaled(week_values(operand), -1.0)
        case Arithmetic("*", left, right):
            return _scaled(week_values(left), literal_value(right)) or _scaled(week_values(right), literal_value(left))
        case Arithmetic("/", left, right):
            below = literal_value(right)
            return _scaled(week_values(left), 1.0 / below) if below else None
        case _:
            return None


def _scaled(values: list[float] | None, factor: float | None) -> list[float] | None:
    return None if values is None or factor is None else [value * factor for value in values]
