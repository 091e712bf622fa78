"""Whether an expression fits where a type is declared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.core import Adopt, Literal
from gaic.check.operators import is_poison, poisoned
from gaic.check.types import Emptiness, Form, Measure, Poison
from gaic.check.weekly import fold_week, repeat_number
from gaic.check.written_units import respell, scale_prefix
from gaic.source.diagnostic import Label
from gaic.units.spelling import UnknownUnit

if TYPE_CHECKING:
    from gaic.check.core import Core
    from gaic.check.findings import Findings
    from gaic.check.measures import Measures
    from gaic.check.types import Type
    from gaic.source.text import Span


NUMBER = re.compile(r"[-+]?([0-9][0-9_.]*(?:[eE][-+]?[0-9]+)?)[ \t]*([^\W\d].*|%)")
"""A number with its unit."""
HOUR = re.compile(r"\s*\*\s*1\s?h(?![\w/^*])")


@dataclass(frozen=True, slots=True)
class _Place:
    """What wants a value: its name, the type it was declared with, and where."""

    name: str
    type: Type
    declared: Span | None


class Fitting:
    """Compares what an expression gives with what its place wants."""

    def __init__(self, measures: Measures, findings: Findings) -> None:
        self.measures = measures
        self.findings = findings

    def fit(self, core: Core, wanted: Type, declared: Span | None, name: str) -> Core:
        """The expression as a value of the wanted type, or a finding that underlines both."""
        if is_poison(core) or isinstance(wanted, Poison):
            return core
        place = _Place(name, wanted, declared)
        if isinstance(wanted, Measure):
            return self._fit_measure(core, wanted, place)
        if wanted == core.type:
            return core
        return self._refuse("GAI203", core, place)

    def _fit_measure(self, core: Core, wanted: Measure, place: _Place) -> Core:
        given = core.type
        if isinstance(given, Emptiness) and wanted.is_series:
            return core
        if isinstance(given, Emptiness):
            unit = self.measures.usual_unit(wanted).text
            fix = f"`nothing` is the empty series; write `0 {unit}`"
            return self._refuse("GAI203", core, place, fix=fix)
        if not isinstance(given, Measure):
            return self._refuse("GAI203", core, place)
        repeated = wanted.is_week and given.form is Form.SCALAR
        if given.form is not wanted.form and not repeated:
            return self._refuse_form(core, given, wanted, place)
        if given.dimension != wanted.dimension:
            return self._refuse_dimension(core, given, wanted, place)
        if given.tag is not None and given.tag != wanted.tag:
            return self._refuse(
                "GAI205",
                core,
                place,
                fix="if that is meant, say it: `x as Type` gives a number another tag",
            )
        if wanted.is_week:
            return repeat_number(core, wanted, self.findings) if repeated else fold_week(core, wanted)
        return core if given == wanted else Adopt(core, wanted, core.span)

    def _refuse(self, code: str, core: Core, place: _Place, note: str = "", fix: str | None = None) -> Core:
        describe = self.measures.describe
        self.findings.error(
            code,
            f"`{place.name}` wants {describe(place.type)}, this is {describe(core.type)}",
            core.span,
            label=describe(core.type),
            labels=(Label(place.declared, f"declared here: {describe(place.type)}"),) if place.declared else (),
            notes=(note,) if note else (),
            fix=fix,
        )
        return poisoned(core.span)

    def _refuse_form(self, core: Core, given: Measure, wanted: Measure, place: _Place) -> Core:
        time = self.measures.time
        fix = {
            (Form.LEVEL, Form.AMOUNT): "`integrate(level)` makes an amount of a level: it multiplies by the hour",
            (Form.AMOUNT, Form.LEVEL): "`rate(amount)` makes a level of an amount: it divides by the hour",
            (Form.AMOUNT, Form.SCALAR): "`total(amount)` sums an amount over time",
            (Form.LEVEL, Form.SCALAR): "`mean(level)` or `peak(level)` makes one number of a level",
            (Form.SCALAR, Form.AMOUNT): "write `hourly(value)` to repeat it in every hour of the study, or `nothing`",
            (Form.SCALAR, Form.LEVEL): "write `flat(value, series)` for the hours of a series, or `nothing`",
        }.get((given.form, wanted.form))
        if wanted.is_week:
            fix = "write one value, `weekly([...])` with 168 numbers, or `weekly { weekday = ... }`"
        elif given.is_week:
            fix = "`expand(week, series, zone)` lays a week over the hours of a series"
        note = ""
        if (given.form, wanted.form) == (Form.LEVEL, Form.AMOUNT):
            text = core.span.text
            if given.dimension == wanted.dimension:
                bare = HOUR.sub("", text)
                note = "times one hour a level stays a level"
                fix = f"say `integrate({bare})`" + (f" instead of `{text}`" if bare != text else "")
            elif given.dimension * time == wanted.dimension:
                fix = f"say `integrate({text})`"
        return self._refuse("GAI210", core, place, note, fix)

    def _refuse_dimension(self, core: Core, given: Measure, wanted: Measure, place: _Place) -> Core:
        system = self.measures.system
        note = system.hint_difference(given.dimension, wanted.dimension)
        text = core.span.text.strip()
        if given.is_plain and isinstance(core, Literal):
            fix: str | None = f"write its unit, for example `{text} {self.measures.usual_unit(wanted).text}`"
            note = ""
        elif wanted.is_plain and isinstance(core, Literal):
            fix = "leave the unit out"
            note = ""
        else:
            fix = self._guess_unit(core, given, wanted)
        return self._refuse("GAI201", core, place, note, fix)

    def _guess_unit(self, core: Core, given: Measure, wanted: Measure) -> str | None:
        """`kW` for `kWh` and the like: the first respelling of the written unit that has the wanted dimension."""
        written = NUMBER.fullmatch(core.span.text.strip())
        if given.dimension == wanted.dimension or written is None:
            return None
        number, text = written.groups()
        prefix, usual = scale_prefix(text), self.measures.usual_unit(wanted).text
        scaled = [f"{prefix}{unit}" for unit in (usual, usual[1:]) if prefix and self._fits(f"{prefix}{unit}", wanted)]
        if scaled:
            return f"`{text}` is a unit; a number of that size is written with a prefix: `{number} {scaled[0]}`"
        found = next((unit for unit in respell(text) if self._fits(unit, wanted)), None)
        return f"did you mean `{found}`?" if found else None

    def _fits(self, unit: str, wanted: Measure) -> bool:
        try:
            return self.measures.system.unit(unit).dimension == wanted.dimension
        except UnknownUnit:
            return False
