"""Growth and seasons of a shape: how the volume of a day moves over the period."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gaic.check.findings import did_you_mean, list_names
from gaic.check.shares import read_share
from gaic.check.types import Form, Measure
from gaic.source.suggest import suggest
from gaic.syntax import expressions as s
from gaic.units.courses import Growth
from gaic.units.dimension import NUMBER

if TYPE_CHECKING:
    from gaic.check.findings import Findings
    from gaic.check.measures import Measures
    from gaic.syntax.declarations import Field
    from gaic.units.measures import Unit

COMPOUND = "growth"
LINEAR = "linear_growth"
GROWTHS = (COMPOUND, LINEAR)
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
LETTERS = 3
"""Letters by which the months differ: `jan` can only mean january."""


# ---------------------------------------------------------------- growth


def read_growth(field: Field, measures: Measures, findings: Findings) -> Growth | None:
    """The growth that `growth = 10 %/month` or `linear_growth = 10 %/year` writes down; None after a finding.

    It compounds over the unit of time that is written: 10 %/month is a tenth more after one month.
    """
    name, span = field.name.text, field.value.span
    written = _find_quantity(field.value)
    if written is None:
        _report_form(field, findings)
        return None
    number, unit_name = written
    unit = measures.unit(unit_name)
    if unit is None:
        return None
    if unit.dimension != NUMBER / measures.time:
        _report_dimension(field, measures.describe(Measure(Form.SCALAR, unit.dimension, unit.tag)), findings)
        return None
    split = _split_rate(unit, measures)
    if split is None:
        message = f"`{name}` is a share per one unit of time, such as `%/month`"
        findings.error("GAI328", message, span, fix=f"{name} = 10 %/month")
        return None
    factor, time = split
    share = number * factor
    if share <= -1.0 and name == COMPOUND:
        findings.error("GAI328", "a volume shrinks by less than 100 %", span)
        return None
    return Growth(share, time / (24 * measures.hour), compound=name == COMPOUND)


def _find_quantity(expression: s.Expression) -> tuple[float, s.Name] | None:
    """Number and unit of a quantity that is written out."""
    match expression:
        case s.Sourced(value):
            return _find_quantity(value)
        case s.Unary("-", s.Quantity(value, _, unit)):
            return -value, unit
        case s.Quantity(value, _, unit):
            return value, unit
        case _:
            return None


def _split_rate(unit: Unit, measures: Measures) -> tuple[float, float] | None:
    """What the unit of a rate counts, and the one time it is per, in root units; None for others such as `Hz`."""
    factor = 1.0
    time: float | None = None
    for name, power in unit.parts:
        part = measures.system.unit(name)
        if part.dimension.is_number and part.tag is None:
            factor *= part.factor**power
        elif part.dimension == measures.time and power == -1 and time is None:
            time = part.factor
        else:
            return None
    return (factor, time) if time is not None else None


def _report_form(field: Field, findings: Findings) -> None:
    if read_share(field.value) is not None:
        _report_dimension(field, "a plain number", findings)
        return
    name = field.name.text
    message = f"`{name}` is one number with its unit, written out"
    findings.error("GAI328", message, field.value.span, fix=f"{name} = 10 %/month")


def _report_dimension(field: Field, found: str, findings: Findings) -> None:
    name = field.name.text
    message = f"`{name}` is a share per time, this is {found}"
    findings.error("GAI201", message, field.value.span, fix=f"{name} = 10 %/month")


# ---------------------------------------------------------------- seasons


def read_seasons(value: s.Expression, findings: Findings) -> tuple[float, ...] | None:
    """The factors of the twelve months, from January; None after a finding."""
    match value:
        case s.Sourced(inner):
            return read_seasons(inner, findings)
        case s.Table(rows):
            return _read_months(rows, value, findings)
        case _:
            message = "`seasons` is a table of months"
            fix = "seasons = { january..june => 100 %, july..august => 60 %, september..december => 110 % }"
            findings.error("GAI327", message, value.span, fix=fix)
            return None


def _read_months(rows: tuple[s.Row, ...], table: s.Table, findings: Findings) -> tuple[float, ...] | None:
    factors: dict[int, float] = {}
    for row in rows:
        months = _months_of(row.key, findings)
        if months is None:
            return None
        again = [MONTHS[month] for month in months if month in factors]
        if again:
            message = f"`seasons`: {list_names(again)} {'are' if len(again) > 1 else 'is'} there twice"
            findings.error("GAI327", message, row.key.span, fix="rows cover january..december once")
            return None
        factor = read_share(row.value)
        if factor is None:
            message = "the factor of a month is a plain number or a percentage"
            findings.error("GAI327", message, row.value.span)
            return None
        if not 0.0 <= factor < math.inf:
            findings.error("GAI327", "the factor of a month is not negative", row.value.span)
            return None
        factors.update(dict.fromkeys(months, factor))
    missing = [name for month, name in enumerate(MONTHS) if month not in factors]
    if missing:
        message = f"`seasons`: {list_names(missing)} {'are' if len(missing) > 1 else 'is'} left out"
        findings.error("GAI327", message, table.span, fix="rows cover january..december once")
        return None
    return tuple(factors[month] for month in range(len(MONTHS)))


def _months_of(key: s.Expression, findings: Findings) -> range | None:
    """The months of `march` or `march..may`, from 0."""
    match key:
        case s.Binary("..", s.Reference() as low, s.Reference() as high):
            first, last = _month(low, findings), _month(high, findings)
        case s.Reference():
            first = last = _month(key, findings)
        case _:
            message = "a row of seasons begins with a month, or two"
            findings.error("GAI327", message, key.span, fix="july..august => 60 %")
            return None
    if first is None or last is None:
        return None
    if last < first:
        begin, end = MONTHS[first], MONTHS[last]
        message = f"{begin}..{end} ends before it begins"
        findings.error("GAI327", message, key.span, fix=_cut_year(first, last))
        return None
    return range(first, last + 1)


def _cut_year(first: int, last: int) -> str:
    """What to write in place of months that run over the end of a year."""
    late = MONTHS[-1] if first == len(MONTHS) - 1 else f"{MONTHS[first]}..{MONTHS[-1]}"
    early = MONTHS[0] if last == 0 else f"{MONTHS[0]}..{MONTHS[last]}"
    return f"write two rows: `{late}` and `{early}`"


def _month(name: s.Reference, findings: Findings) -> int | None:
    if name.name in MONTHS:
        return MONTHS.index(name.name)
    alike = (month for month in MONTHS if month[:LETTERS] == name.name[:LETTERS])
    near = suggest(name.name, MONTHS) or next(alike, None)
    fix = did_you_mean(near, name.span) or f"months are {list_names(MONTHS)}"
    findings.error("GAI327", f"there is no month `{name.name}`", name.span, fix=fix)
    return None
