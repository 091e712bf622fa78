"""Compares a model with a case: every expected value, and what is outside its tolerance."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.conformance.model import Hours, Nothing, Number, Word
from tests.conformance.peer_units import UnitMisfitError, factor_between
from tests.conformance.tolerances import SCALAR, STOCK, STOCK_CLASSES, STOCKS, choose_tolerance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.cases import Case, Figure, Json
    from tests.conformance.model import Evaluated, Value, Values
    from tests.conformance.tolerances import Tolerance

TABLE_ENDS = ("_per_usage_pattern", "_per_job")
"""Ends that a table may leave out of its name."""

RENAMED = (("fabrication", "manufacturing"), ("energy_footprint", "use_footprint"))
"""Words of version 15 and those of version 27, which a model of either version may use."""


CANCELLED = 1e-15
"""What rounding leaves of a sum in which hours cancel out, per hour and of the maximum."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A value that is not as expected, or is not there: its name, what is wrong, `absent` if it is not there."""

    figure: str
    reason: str
    absent: bool = False

    def __str__(self) -> str:
        return f"{self.figure}: {self.reason}"


@dataclass
class Worst:
    """The largest distance seen, and where."""

    size: float = 0.0
    where: str = ""

    def note(self, size: float, where: str) -> None:
        """Keep the distance if it is the largest."""
        if not size <= self.size:
            self.size, self.where = size, where

    def __str__(self) -> str:
        return f"{self.size:.1e}"


@dataclass
class Comparison:
    """What was compared and found. Distances of numbers and sums are relative, of hours relative to their maximum."""

    case: Case
    model: Evaluated
    compared: int = 0
    findings: list[Finding] = field(default_factory=list)
    number: Worst = field(default_factory=Worst)
    hour: Worst = field(default_factory=Worst)
    stock: Worst = field(default_factory=Worst)
    sum: Worst = field(default_factory=Worst)

    def fail(self, figure: object, reason: str, *, absent: bool = False) -> None:
        """Note what is wrong."""
        self.findings.append(Finding(str(figure), reason, absent))

    # ------------------------------------------------------------ one value

    def compare(self, figure: Figure) -> None:
        """Compare one expected value with that of the model."""
        values = self._find(figure)
        if values is None:
            self.fail(figure, "absent", absent=True)
            return
        value = values.get(figure.member, Nothing() if figure.value.get("empty") else None)
        if value is None:
            self.fail(figure, f"absent; its members are {sorted(map(str, values))}", absent=True)
            return
        self.compared += 1
        try:
            self._compare_value(figure, value)
        except UnitMisfitError as misfit:
            self.fail(figure, str(misfit))

    def compare_members(self, figures: list[Figure]) -> None:
        """Find members of a table that the case does not have; they may be there if there is nothing in them."""
        known = {figure.member for figure in figures}
        for member, value in (self._find(figures[0]) or {}).items():
            if member not in known and not is_nothing(value):
                self.fail(f"{figures[0].owner}.{figures[0].attribute}[{member}]", f"{shorten(value)} instead of no row")

    def _find(self, figure: Figure) -> Values | None:
        """The values under one of the names that the attribute may have, one per member where the case has that."""
        for name in names_of(figure, self.case.version):
            values = self.model.find(figure.owner, name)
            if values is not None and (figure.member is None) == (None in values):
                return values
        return None

    def _compare_value(self, figure: Figure, value: Value) -> None:
        expected = figure.value
        match value:
            case _ if expected.get("empty"):
                if not is_nothing(value):
                    self.fail(figure, f"{shorten(value)} instead of nothing")
            case Word(text) if "choice" in expected:
                if text != expected["choice"]:
                    self.fail(figure, f"{text!r} instead of {expected['choice']!r}")
            case Number(number, unit) if "value" in expected:
                factor = factor_between(self.model.system, unit, expected["unit"], figure.attribute)
                self._compare_number(figure, number * factor, expected["value"])
            case Hours() if "n" in expected:
                factor = factor_between(self.model.system, value.unit, expected["unit"], figure.attribute)
                self._compare_hours(figure, value, factor)
            case _:
                self.fail(figure, f"{shorten(value)} instead of a value with {', '.join(expected)}")

    def _compare_number(self, figure: object, found: float, wanted: float) -> None:
        off = distance(found, wanted)
        self.number.note(off, str(figure))
        if not off <= SCALAR:
            self.fail(figure, f"{found!r} instead of {wanted!r}")

    # ------------------------------------------------------------ a series

    def _compare_hours(self, figure: Figure, series: Hours, factor: float) -> None:
        expected = figure.value
        extent = (len(series.values), name_hour(series))
        if extent != (expected["n"], expected["start_utc"]):
            wanted = f"{expected['n']} from {expected['start_utc']}"
            self.fail(figure, f"{extent[0]} hours from {extent[1]} instead of {wanted}")
            return
        hours = [hour * factor for hour in series.values]
        tolerance = choose_tolerance(self.case, figure)
        largest = max(abs(expected["min"]), abs(expected["max"]))
        stock = figure.owner_class in STOCK_CLASSES and figure.attribute in STOCKS
        worst = self.stock if stock else self.hour
        outside = []
        for where, found, right in hours_listed(expected, hours):
            width = tolerance.relative * abs(right) + tolerance.of_maximum * largest + tolerance.in_hour
            if not min(abs(found - right), abs(found + tolerance.step - right)) <= width:
                outside.append(f"{where} {found!r} instead of {right!r}")
            elif not tolerance.step and not tolerance.in_hour:
                worst.note(abs(found - right) / (largest or 1.0), f"{figure}, {where}")
        if outside:
            more = f" and {len(outside) - 1} more" if len(outside) > 1 else ""
            self.fail(figure, outside[0] + more)
        self._compare_sum(figure, math.fsum(hours), tolerance)

    def _compare_sum(self, figure: Figure, found: float, tolerance: Tolerance) -> None:
        wanted, largest = figure.value["sum"], max(abs(figure.value["min"]), abs(figure.value["max"]))
        width = tolerance.of_sum * abs(wanted) + tolerance.in_sum + CANCELLED * largest * figure.value["n"]
        if not -tolerance.step * tolerance.steps - width <= found - wanted <= width:
            self.fail(figure, f"sum {found!r} instead of {wanted!r}")
        elif tolerance.of_sum != STOCK.of_sum and not tolerance.in_sum and not tolerance.step:
            self.sum.note(abs(found - wanted) / (max(abs(wanted), largest) or 1.0), str(figure))


def compare(case: Case, model: Evaluated) -> Comparison:
    """Compare every expected value of a case."""
    comparison = Comparison(case, model)
    tables: dict[tuple[str, str], list[Figure]] = {}
    for figure in case.figures():
        comparison.compare(figure)
        if figure.member is not None:
            tables.setdefault((figure.owner, figure.attribute), []).append(figure)
    for figures in tables.values():
        comparison.compare_members(figures)
    if not comparison.compared:
        comparison.fail(case.name, "nothing was compared")
    return comparison


def names_of(figure: Figure, version: int) -> Iterator[str]:
    """The names that an attribute may have, the peer's own first."""
    plain = [figure.attribute]
    if version < 16:
        plain += [figure.attribute.replace(*pair) for pair in RENAMED if pair[0] in figure.attribute]
    for name in plain:
        yield name
        for end in TABLE_ENDS:
            if figure.member is not None and name.endswith(end):
                yield name.removesuffix(end)


def hours_listed(expected: Json, hours: list[float]) -> Iterator[tuple[str, float, float]]:
    """Where, found and wanted, for every hour that a case lists, its lowest and its highest one."""
    yield "lowest hour", min(hours), expected["min"]
    yield "highest hour", max(hours), expected["max"]
    for i, wanted in enumerate(expected["first24"]):
        yield f"hour {i}", hours[i], wanted
    for i, wanted in enumerate(expected["last24"], len(hours) - len(expected["last24"])):
        yield f"hour {i}", hours[i], wanted
    for i, wanted in expected["checkpoints"]:
        yield f"hour {i}", hours[i], wanted


def is_nothing(value: Value) -> bool:
    """Say whether there is no value, or nothing but zeros."""
    match value:
        case Number(number, _):
            return number == 0
        case Hours():
            return not any(value.values)
        case Word(text):
            return not text
        case Nothing():
            return True


def distance(found: float, wanted: float) -> float:
    """How far a value is from the expected one, relative to that one; only zero is near zero."""
    if wanted:
        return abs(found - wanted) / abs(wanted)
    return 0.0 if found == 0 else math.inf


def name_hour(series: Hours) -> str:
    """The first hour of a series as the cases write it."""
    first = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=series.start)
    return "a local clock" if series.local else first.strftime("%Y-%m-%dT%H:%M:%SZ")


def shorten(value: Value) -> str:
    """A value for a message."""
    if isinstance(value, Hours):
        return f"{len(value.values)} hours from {name_hour(value)}, sum {math.fsum(value.values)!r} {value.unit}"
    return str(value)
