"""The built-in functions of series: over time, on clocks, and between two series hour by hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.core import Apply
from gaic.check.operators import PLAIN, is_poison, poisoned
from gaic.check.types import EMPTINESS, Emptiness, Form, Measure, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.check.core import Core
    from gaic.check.operators import Operators
    from gaic.source.text import Span

SERIES_OF_WEEK = {Form.WEEKLY_AMOUNT: Form.AMOUNT, Form.WEEKLY_LEVEL: Form.LEVEL}


class OverTime:
    """Types of calls that take series, and what to say where the arguments do not fit."""

    def __init__(self, operators: Operators) -> None:
        self.operators = operators
        self.findings = operators.findings
        self.measures = operators.measures
        self.table: dict[str, tuple[int, int, Callable[[str, tuple[Core, ...], Span], Core]]] = {
            "total": (1, 1, self._total),
            "mean": (1, 1, self._mean),
            "peak": (1, 1, self._peak),
            "integrate": (1, 1, self._integrate),
            "rate": (1, 1, self._rate),
            "shift": (2, 2, self._move),
            "rotate": (2, 2, self._move),
            "in_parallel": (2, 2, self._stock),
            "held": (2, 3, self._stock),
            "expired": (2, 3, self._stock),
            "cumulative": (1, 2, self._cumulative),
            "flat": (2, 2, self._flat),
            "to_utc": (2, 2, self._to_utc),
            "from_wall_clock": (2, 2, self._from_wall_clock),
            "offset_at_start": (2, 2, self._offset_at_start),
            "offset_of_clock": (2, 2, self._offset_at_start),
            "from_monday": (2, 2, self._from_monday),
            "expand": (3, 3, self._expand),
            "expand_from_monday": (3, 3, self._expand),
            "at_least": (2, 2, self._at_least),
            "ratio": (2, 3, self._ratio),
            "tier_share": (4, 4, self._tier_share),
        }

    def _series(self, core: Core, wanted: Form, function: str, fix: str) -> Measure | None:
        measure = self.operators.want_number(core)
        if measure is None:
            return None
        if measure.form is wanted:
            return measure
        code = "GAI211" if measure.is_series else "GAI203"
        article = "an" if wanted is Form.AMOUNT else "a"
        self.findings.error(
            code,
            f"`{function}` takes {article} {wanted.value}, this is {self.measures.describe(measure)}",
            core.span,
            fix=fix if measure.is_series else None,
        )
        return None

    def _total(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        if isinstance(arguments[0].type, Emptiness):
            return arguments[0]
        measure = self._series(
            arguments[0],
            Form.AMOUNT,
            function,
            "a level summed over time has no meaning: `total(integrate(level))`, `mean(level)` or `peak(level)`",
        )
        return self._scalar(function, arguments, measure, span)

    def _mean(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        measure = self._series(arguments[0], Form.LEVEL, function, "`total(amount)`, or `mean(rate(amount))`")
        return self._scalar(function, arguments, measure, span)

    def _peak(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        measure = self.operators.want_number(arguments[0])
        if measure is not None and not measure.is_series:
            self.findings.error("GAI203", f"`{function}` takes a series, this is one number", arguments[0].span)
            measure = None
        return self._scalar(function, arguments, measure, span)

    def _scalar(self, function: str, arguments: tuple[Core, ...], measure: Measure | None, span: Span) -> Core:
        if measure is None:
            return poisoned(span)
        return Apply(function, arguments, Measure(Form.SCALAR, measure.dimension, measure.tag), span)

    def _integrate(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        if isinstance(arguments[0].type, Emptiness):
            return arguments[0]
        measure = self._series(arguments[0], Form.LEVEL, function, "an amount is summed already: `total(amount)`")
        if measure is None:
            return poisoned(span)
        return Apply(function, arguments, Measure(Form.AMOUNT, measure.dimension * self.measures.time), span)

    def _rate(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        if isinstance(arguments[0].type, Emptiness):
            return arguments[0]
        measure = self._series(arguments[0], Form.AMOUNT, function, "a level is a rate already")
        if measure is None:
            return poisoned(span)
        return Apply(function, arguments, Measure(Form.LEVEL, measure.dimension / self.measures.time), span)

    def _move(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        """`shift` and `rotate`: a series of any nature, moved by a time."""
        series, time = arguments
        if not self._is_time(time, function):
            return poisoned(span)
        measure = self._any_series(series, function)
        return self._of(function, arguments, measure, span) if measure else poisoned(span)

    def _stock(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        """`in_parallel`, `held`, `expired`: an amount over a time, and for stocks the series with which they end."""
        series, time = arguments[:2]
        if not self._is_time(time, function) or not self._is_end(arguments[2:], function):
            return poisoned(span)
        if isinstance(series.type, Emptiness):
            return series
        measure = self._series(series, Form.AMOUNT, function, "`integrate(level)` makes an amount")
        if measure is None:
            return poisoned(span)
        form = Form.AMOUNT if function == "expired" else Form.LEVEL
        return Apply(function, arguments, Measure(form, measure.dimension, measure.tag), span)

    def _is_end(self, ends: tuple[Core, ...], function: str) -> bool:
        return all(self._any_series(end, function) is not None for end in ends)

    def _any_series(self, core: Core, function: str) -> Measure | Emptiness | None:
        """The type of a series of any nature, or a finding."""
        if isinstance(core.type, Emptiness):
            return core.type
        measure = self.operators.want_number(core)
        if measure is None or measure.is_series:
            return measure
        self.findings.error("GAI203", f"`{function}` takes a series, this is one number", core.span)
        return None

    def _of(self, function: str, arguments: tuple[Core, ...], type_: Measure | Emptiness, span: Span) -> Core:
        """A call that gives what its first argument is; `nothing` stays that."""
        return arguments[0] if isinstance(type_, Emptiness) else Apply(function, arguments, type_, span)

    def _is_time(self, core: Core, function: str) -> bool:
        measure = self.operators.want_number(core)
        if measure is None:
            return False
        if measure.form is Form.SCALAR and measure.dimension == self.measures.time:
            return True
        self.findings.error(
            "GAI201",
            f"`{function}` takes a time, this is {self.measures.describe(measure)}",
            core.span,
            notes=tuple(filter(None, (self.measures.system.hint_difference(measure.dimension, self.measures.time),))),
        )
        return False

    def _cumulative(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        if not self._is_end(arguments[1:], function):
            return poisoned(span)
        if isinstance(arguments[0].type, Emptiness):
            return arguments[0]
        measure = self._series(arguments[0], Form.AMOUNT, function, "`integrate(level)` makes an amount")
        if measure is None:
            return poisoned(span)
        return Apply(function, arguments, Measure(Form.LEVEL, measure.dimension, measure.tag), span)

    def _flat(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        value, like = (self.operators.want_number(a) if a.type != EMPTINESS else None for a in arguments)
        if value is None or value.form is not Form.SCALAR or not (like is None or like.is_series):
            self.findings.error("GAI203", "`flat` takes one number and a series whose hours it covers", span)
            return poisoned(span)
        return Apply(function, arguments, Measure(Form.LEVEL, value.dimension, value.tag), span)

    # ------------------------------------------------------------ clocks

    def _to_utc(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        """To a zone's true time, or by one offset; only the zone's clock changes in the course of the year."""
        series, clock = arguments
        measure = self._any_series(series, function)
        if measure is None:
            return poisoned(span)
        if not isinstance(clock.type, Words | Measure):
            return self._want_zone(function, "a series and a time zone, or what its clock is ahead", clock)
        if isinstance(clock.type, Measure) and not self._is_time(clock, function):
            return poisoned(span)
        return self._of(function, arguments, measure, span)

    def _from_wall_clock(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        series, zone = arguments
        if isinstance(series.type, Emptiness):
            return series
        measure = self._series(series, Form.AMOUNT, function, "`integrate(level)` makes an amount")
        if measure is None:
            return poisoned(span)
        if not isinstance(zone.type, Words):
            return self._want_zone(function, "an amount and a time zone", zone)
        return Apply(function, arguments, measure, span)

    def _offset_at_start(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        series, zone = arguments
        if self._any_series(series, function) is None:
            return poisoned(span)
        if not isinstance(zone.type, Words):
            return self._want_zone(function, "a series and a time zone", zone)
        return Apply(function, arguments, Measure(Form.SCALAR, self.measures.time), span)

    def _from_monday(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        series, zone = arguments
        measure = self._any_series(series, function)
        if measure is None:
            return poisoned(span)
        if not isinstance(zone.type, Words):
            return self._want_zone(function, "a series and a time zone", zone)
        return self._of(function, arguments, measure, span)

    def _expand(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        week, over, zone = arguments
        if not isinstance(week.type, Measure) or not week.type.is_week:
            self.findings.error(
                "GAI203",
                f"`{function}` takes a weekly amount or level, this is {self.measures.describe(week.type)}",
                week.span,
                fix="declare it: `input name : weekly level Type`",
            )
            return poisoned(span)
        if self._any_series(over, function) is None:
            return poisoned(span)
        if not isinstance(zone.type, Words):
            return self._want_zone(function, "a week, a series whose hours it covers and a time zone", zone)
        if isinstance(over.type, Emptiness):
            return over
        type_ = Measure(SERIES_OF_WEEK[week.type.form], week.type.dimension, week.type.tag)
        return Apply(function, arguments, type_, span)

    def _want_zone(self, function: str, wanted: str, found: Core) -> Core:
        self.findings.error(
            "GAI203", f"`{function}` takes {wanted}", found.span, label=self.measures.describe(found.type)
        )
        return poisoned(found.span)

    # ------------------------------------------------------------ hour by hour

    def _at_least(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        first, second = arguments
        compared = self.operators.add("compare", first, second, span)
        if is_poison(compared):
            return poisoned(span)
        if isinstance(compared.type, Emptiness):
            return first
        if not isinstance(compared.type, Measure) or not compared.type.is_series:
            self.findings.error("GAI203", f"`{function}` takes a series, these are numbers", span)
            return poisoned(span)
        return Apply(function, arguments, Measure(Form.LEVEL, PLAIN.dimension), span)

    def _ratio(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        quotient = self.operators.divide(arguments[0], arguments[1], span)
        if not isinstance(quotient.type, Measure):
            return quotient
        for otherwise in arguments[2:]:
            measure = self.operators.want_number(otherwise)
            if measure is None or not self._is_like(quotient, otherwise, span):
                return poisoned(span)
            if measure.form is not Form.SCALAR:
                message = (
                    f"what `{function}` is where both are 0 is one number, this is {self.measures.describe(measure)}"
                )
                self.findings.error("GAI203", message, otherwise.span)
                return poisoned(span)
        return Apply(function, arguments, quotient.type, span)

    def _is_like(self, first: Core, second: Core, span: Span) -> bool:
        same = self.operators.same_dimension("compare", first, second, span)
        return same and self.operators.same_tag("compare", first, second, span)

    def _tier_share(self, function: str, arguments: tuple[Core, ...], span: Span) -> Core:
        part, whole, raw, count = arguments
        compared = self.operators.add("compare", part, whole, span)
        if is_poison(compared) or any(self._any_series(each, function) is None for each in (part, whole)):
            return poisoned(span)
        fleet = self.operators.want_number(count)
        needed = (
            raw.type
            if isinstance(raw.type, Emptiness)
            else self._series(raw, Form.LEVEL, function, "`rate(amount)` makes a level")
        )
        if fleet is None or needed is None:
            return poisoned(span)
        if fleet.form is not Form.SCALAR or not fleet.dimension.is_number:
            message = f"`{function}` takes the size of a fleet, a plain number, this is {self.measures.describe(fleet)}"
            self.findings.error("GAI204", message, count.span)
            return poisoned(span)
        if isinstance(needed, Measure) and not self._is_like(raw, count, span):
            return poisoned(span)
        return Apply(function, arguments, PLAIN, span)
