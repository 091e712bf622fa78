"""Series that stand in the text: lists, files and constants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.core import Hours
from gaic.check.csv_files import CsvReader
from gaic.check.findings import did_you_mean, list_names
from gaic.check.functions import literal_value
from gaic.check.operators import is_poison, poisoned
from gaic.check.shares import plain_number
from gaic.check.types import Form, Measure
from gaic.source.suggest import suggest
from gaic.syntax import expressions as s
from gaic.units.dimension import NUMBER
from gaic.units.series import SeriesFault, constant, from_values
from gaic.units.zones import TimeFault, parse_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.check.context import Context
    from gaic.check.core import Core
    from gaic.check.findings import Findings
    from gaic.check.infer import Inference
    from gaic.check.program import Study
    from gaic.units.series import Hours as Values
    from gaic.units.zones import Instant

ARGUMENTS = ("start", "column", "unit")


class HourlyReader:
    """Reads `hourly(...)`."""

    def __init__(self, inference: Inference, study: Study, findings: Findings) -> None:
        self.inference = inference
        self.study = study
        self.findings = findings
        self.files = inference.symbols.bundle.files
        self.csv = CsvReader(self.files, findings)

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
                    fix=did_you_mean(near, argument.name.span),
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
            case s.Text() as name:
                return self._file(call, name, named, context)
            case other:
                return self._constant(call, other, context)

    def _list(
        self, call: s.Call, items: tuple[s.Expression, ...], named: dict[str, s.Expression], context: Context
    ) -> Core:
        values = [plain_number(item) for item in items]
        for item, value in zip(items, values, strict=True):
            if value is None:
                self.findings.error(
                    "GAI322",
                    "a list of hours holds plain numbers",
                    item.span,
                    fix="write the number that holds; 0 where nothing happened"
                    if isinstance(item, s.Reference)
                    else "write the unit behind it: `[...] * 1 kWh`",
                )
                return poisoned(call.span)
        return self._series(call, tuple(v for v in values if v is not None), named, context)

    def _file(self, call: s.Call, name: s.Text, named: dict[str, s.Expression], context: Context) -> Core:
        result = self.csv.read(name, named.get("column"), context)
        if result is None:
            return poisoned(call.span)
        written = named.get("start")
        if isinstance(written, s.Date) and result.start is not None and not _is_same(written.text, result.start):
            message = f'the times in "{name.value}" begin at {result.start}, the start given here is {written.text}'
            self.findings.error(
                "GAI324", message, written.span, fix="leave `start` out, or take the times out of the file"
            )
            return poisoned(call.span)
        return self._series(call, result.values, named, context, result.start)

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


def _is_same(written: str, start: str) -> bool:
    """Say whether two texts name one hour on one clock."""
    try:
        return parse_instant(written) == parse_instant(start)
    except TimeFault:
        return True  # said where the start is read
