"""Operators and built-in functions on rows of numbers and series."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from gaic.evaluate.faults import RowFault
from gaic.evaluate.frame import Scalars, SeriesRows, TruthRows
from gaic.evaluate.over_time import OverTime, list_rows, numbers_of
from gaic.units import zones
from gaic.units.rounding import guarded_ceil
from gaic.units.series import (
    NOTHING,
    Series,
    SeriesFault,
    SeriesTrouble,
    add_all,
    add_scalar,
    flat,
    scale,
    subtract,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gaic.check import core as c
    from gaic.evaluate.frame import Numbers, Rows
    from gaic.source.text import Span
    from gaic.units.workshop import Workshop

COMPARISONS: dict[str, Callable[[Numbers, Numbers], np.ndarray[tuple[int], np.dtype[np.bool_]]]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
SCALAR_FUNCTIONS: dict[str, Callable[[Numbers], Numbers]] = {
    "abs": np.abs,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "log": np.log,
    "log2": np.log2,
    "ceil": guarded_ceil,
    "floor": np.floor,
    "round": np.rint,
}


NOT_ZERO = "guard it: `if x > 0 then ... / x else ...`"


class Arithmetic:
    """Computes with rows. `hour` is one hour in root units."""

    def __init__(self, workshop: Workshop, hour: float) -> None:
        self.workshop = workshop
        self.hour = hour
        self.over_time = OverTime(workshop, hour)

    # ------------------------------------------------------------ operators

    def combine(self, operator: str, left: Rows, right: Rows, span: Span) -> Rows:
        """`+ - * / ^` of two rows of numbers or series."""
        match left, right:
            case Scalars(first), Scalars(second):
                return Scalars(_combine_numbers(operator, first, second, span))
            case ((SeriesRows() | Scalars()), (SeriesRows() | Scalars())):
                return SeriesRows(self._combine_rows(operator, left, right, span))
            case _:
                return left

    def _combine_rows(
        self, operator: str, left: SeriesRows | Scalars, right: SeriesRows | Scalars, span: Span
    ) -> list[Series]:
        first = left.values if isinstance(left, SeriesRows) else left.values.tolist()
        second = right.values if isinstance(right, SeriesRows) else right.values.tolist()
        try:
            return [self._combine(operator, a, b, span) for a, b in zip(first, second, strict=True)]
        except SeriesFault as fault:
            raise RowFault(_code(fault), str(fault), span, _cure(fault)) from None

    def _combine(self, operator: str, left: Series | float, right: Series | float, span: Span) -> Series:
        if isinstance(left, Series):
            return self._series_with(operator, left, right, span)
        if not isinstance(right, Series):
            return NOTHING
        match operator:
            case "*":
                return scale(right, left)
            case "+":
                return add_scalar(right, left)
            case "-":
                return add_scalar(scale(right, -1.0), left)
            case _:
                return self.workshop.divide(flat(left, right), right)

    def _series_with(self, operator: str, left: Series, right: Series | float, span: Span) -> Series:
        if isinstance(right, Series):
            match operator:
                case "+":
                    return add_all((left, right))
                case "-":
                    return subtract(left, right)
                case "*":
                    return self.workshop.multiply(left, right)
                case _:
                    return self.workshop.divide(left, right)
        match operator:
            case "*":
                return scale(left, right)
            case "/":
                if right == 0:
                    raise RowFault("GAI401", "division by zero", span, NOT_ZERO)
                return scale(left, 1.0 / right)
            case "+":
                return add_scalar(left, right)
            case "-":
                return add_scalar(left, -right)
            case _:
                return self._power(left, right)

    def _power(self, series: Series, exponent: float) -> Series:
        result = flat(1.0, series)
        for _ in range(abs(int(exponent))):
            result = self.workshop.multiply(result, series)
        return result if exponent >= 0 else self.workshop.divide(flat(1.0, series), result)

    def compare(self, operator: str, left: Rows, right: Rows) -> TruthRows:
        """A comparison of two rows of numbers."""
        if not isinstance(left, Scalars) or not isinstance(right, Scalars):
            message = "only numbers can be compared"
            raise TypeError(message)
        return TruthRows(COMPARISONS[operator](left.values, right.values))

    # ------------------------------------------------------------ functions

    def apply(self, function: str, arguments: list[Rows], core: c.Apply) -> Rows:
        """A built-in function."""
        try:
            return self._apply(function, arguments, core)
        except SeriesFault as fault:
            raise RowFault(_code(fault), str(fault), core.span, _cure(fault)) from None
        except zones.TimeFault as fault:
            raise RowFault("GAI320", str(fault), core.span) from None

    def _apply(self, function: str, arguments: list[Rows], core: c.Apply) -> Rows:
        first = arguments[0]
        if function in {"min", "max"}:
            return self._extremes(function, arguments)
        if function in self.over_time.table:
            return self.over_time.table[function](*arguments)
        if isinstance(first, Scalars):
            return self._apply_to_numbers(function, first, arguments, core.span)
        return self._round(function, first, arguments) if isinstance(first, SeriesRows) else first

    def _apply_to_numbers(self, function: str, first: Scalars, arguments: list[Rows], span: Span) -> Rows:
        values = first.values
        if len(arguments) > 1 and isinstance(arguments[1], Scalars):
            unit = arguments[1].values
            if (unit == 0).any():
                raise RowFault("GAI401", "division by zero", span, NOT_ZERO)
            return Scalars(SCALAR_FUNCTIONS[function](values / unit) * unit)
        if function == "sqrt" and (values < 0).any():
            raise RowFault("GAI402", "the square root of a negative number", span)
        if function in {"log", "log2"} and (values <= 0).any():
            raise RowFault("GAI402", f"`{function}` of a number that is not positive", span)
        with np.errstate(all="ignore"):
            return Scalars(SCALAR_FUNCTIONS[function](values))

    def _round(self, function: str, rows: SeriesRows, arguments: list[Rows]) -> SeriesRows:
        """`ceil`, `floor`, `round` to whole units, and `abs`."""
        units = numbers_of(arguments[1]) if len(arguments) > 1 else [1.0] * len(rows.values)
        if 0.0 in units:
            raise SeriesFault(SeriesTrouble.DIVISION_BY_ZERO)
        work = self.workshop
        rounding = {"ceil": work.ceil, "floor": work.floor, "round": work.round, "abs": work.absolute}[function]
        return SeriesRows(
            [
                scale(rounding(scale(s, 1.0 / u)), u) if u != 1.0 else rounding(s)
                for s, u in zip(rows.values, units, strict=True)
            ]
        )

    def _extremes(self, function: str, arguments: list[Rows]) -> Rows:
        numbers = [a.values for a in arguments if isinstance(a, Scalars)]
        if len(numbers) == len(arguments):
            reduce = np.minimum if function == "min" else np.maximum
            result = numbers[0]
            for other in numbers[1:]:
                result = reduce(result, other)
            return Scalars(result)
        columns = [list_rows(a) for a in arguments]
        return SeriesRows([self.extreme(function, row) for row in zip(*columns, strict=True)])

    def extreme(self, function: str, values: Sequence[Series | float]) -> Series:
        """The hourly extreme of several series, or of a series and numbers; numbers hold in the hours of the series."""
        series = [v for v in values if isinstance(v, Series) and v.n]
        numbers = [v for v in values if not isinstance(v, Series)]
        if not series:
            return NOTHING
        combine = self.workshop.minimum if function == "min" else self.workshop.maximum
        result = series[0]
        for other in series[1:]:
            result = combine(result, other)
        for number in numbers:
            result = combine(result, number)
        return result


def _combine_numbers(operator: str, left: Numbers, right: Numbers, span: Span) -> Numbers:
    with np.errstate(all="ignore"):
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                if (right == 0).any():
                    raise RowFault("GAI401", "division by zero", span, NOT_ZERO)
                return left / right
            case _:
                return np.array([_power(a, b, span) for a, b in zip(left.tolist(), right.tolist(), strict=True)])


def _power(base: float, exponent: float, span: Span) -> float:
    try:
        return math.pow(base, exponent)
    except (ValueError, OverflowError):
        raise RowFault("GAI402", f"{base} ^ {exponent} is no number", span) from None


def _code(fault: SeriesFault) -> str:
    return "GAI401" if fault.reason is SeriesTrouble.DIVISION_BY_ZERO else "GAI405"


def _cure(fault: SeriesFault) -> str | None:
    if fault.reason is SeriesTrouble.MIXED_CLOCKS:
        return "`to_utc(series, zone)` moves a local series to UTC; a start with `Z` is in UTC already"
    return "round it: `round(x, 1 h)`" if fault.reason is SeriesTrouble.NOT_WHOLE else None
