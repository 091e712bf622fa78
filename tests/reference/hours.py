"""Hourly series as lists of floats: what `language.md` says of extents, written out hour by hour."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.reference.faults import MixedClocksError
from tests.reference.quantities import factor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.reference.quantities import Quantity, Unit

WHOLE = 1e-9
"""A span this close to a whole number of hours is that number; a count this little above a whole one is that one."""


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """One value per hour from `start` (hours since 1970), in UTC or on a local clock; 0 in all other hours."""

    start: int
    values: Sequence[float]
    unit: Unit
    local: bool = False

    @property
    def end(self) -> int:
        """The hour behind the last one."""
        return self.start + len(self.values)

    def over(self, start: int, end: int, unit: Unit) -> list[float]:
        """The values from `start` to `end` in another unit, 0 where there are none."""
        scale = factor(self.unit, unit)
        inside = self.values[max(start - self.start, 0) : max(end - self.start, 0)]
        before = min(max(self.start - start, 0), end - start)
        return [0.0] * before + [v * scale for v in inside] + [0.0] * (end - start - before - len(inside))


def nothing(unit: Unit) -> Hours:
    """The empty series."""
    return Hours(0, (), unit)


def scale(series: Hours, by: Quantity) -> Hours:
    """Each hour times a quantity."""
    number = by.magnitude
    return replace(series, values=[v * number for v in series.values], unit=series.unit * by.units)


def divide_by(series: Hours, by: Quantity) -> Hours:
    """Each hour over a quantity."""
    number = by.magnitude
    return replace(series, values=[v / number for v in series.values], unit=series.unit / by.units)


def change(series: Hours, function: Callable[[float], float]) -> Hours:
    """Each hour through a function of numbers."""
    return replace(series, values=[function(v) for v in series.values])


def flat(quantity: Quantity, like: Hours) -> Hours:
    """A quantity in all hours of a series."""
    return replace(like, values=[quantity.magnitude] * len(like.values), unit=quantity.units)


def join(series: Sequence[Hours], function: Callable[[Sequence[float]], float]) -> Hours:
    """All series hour by hour through a function, over the union of their hours, in the unit of the first."""
    present = [s for s in series if s.values]
    if not present:
        return nothing(series[0].unit)
    if len({s.local for s in present}) > 1:
        raise MixedClocksError
    start, end = min(s.start for s in present), max(s.end for s in present)
    unit = present[0].unit
    columns = [s.over(start, end, unit) for s in present]
    return replace(present[0], start=start, values=[function(row) for row in zip(*columns, strict=True)])


def add(series: Sequence[Hours]) -> Hours:
    """The sum of all, without rounding between."""
    return join(series, math.fsum)


def subtract(left: Hours, right: Hours) -> Hours:
    """Left - right."""
    return add([left, change(right, lambda v: -v)])


def multiply(left: Hours, right: Hours) -> Hours:
    """The product over the union of hours; nothing times anything is nothing."""
    unit = left.unit * right.unit
    if not (left.values and right.values):
        return nothing(unit)
    if left.local is not right.local:
        raise MixedClocksError
    start, end = min(left.start, right.start), max(left.end, right.end)
    columns = zip(left.over(start, end, left.unit), right.over(start, end, right.unit), strict=True)
    return Hours(start, [a * b for a, b in columns], unit, left.local)


def divide(left: Hours, right: Hours) -> Hours:
    """The quotient over the hours of `left`; Python raises where `right` is 0."""
    below = right.over(left.start, left.end, right.unit)
    return replace(left, values=[a / b for a, b in zip(left.values, below, strict=True)], unit=left.unit / right.unit)


def split(hours: float) -> tuple[int, float]:
    """Whole hours and the fraction that is left."""
    whole = math.floor(hours + WHOLE)
    part = hours - whole
    return (whole, part) if part > WHOLE else (whole, 0.0)


def shift(series: Hours, hours: float) -> Hours:
    """The series later by `hours`; a fraction falls into two hours, in proportion."""
    whole, part = split(hours)
    early = replace(series, start=series.start + whole)
    if not part:
        return early
    late = replace(early, start=early.start + 1)
    return add([change(early, lambda v: v * (1 - part)), change(late, lambda v: v * part)])


def in_parallel(series: Hours, hours: float) -> Hours:
    """How many of the events that begin in each hour and last `hours` are there: 1 in full hours, then the fraction."""
    if not series.values:
        return series
    whole, part = split(hours)
    n = len(series.values)
    full = _windows(series.values, whole, n + max(whole + (part > 0), 1) - 1)
    for hour, value in enumerate(series.values):
        if part:
            full[hour + whole] += part * value
    return replace(series, values=full)


def held(series: Hours, hours: float, end: int) -> Hours:
    """What was written during the last hours, each begun hour counted, up to the hour `end`."""
    whole, part = split(hours)
    return replace(series, values=_windows(series.values, whole + (part > 0), end - series.start))


def cumulative(series: Hours, end: int) -> Hours:
    """All that was written so far, up to the hour `end`."""
    return held(series, float(end - series.start), end)


def expired(series: Hours, hours: float, end: int) -> Hours:
    """What was written so many hours ago, each begun hour counted, up to the hour `end`."""
    whole, part = split(hours)
    later = [0.0] * (whole + (part > 0)) + list(series.values)
    n = end - series.start
    return replace(series, values=(later + [0.0] * n)[:n]) if n > 0 else nothing(series.unit)


def rotate(series: Hours, hours: int) -> Hours:
    """The values later by whole hours, those that leave the end at the beginning."""
    n = len(series.values)
    return replace(series, values=[series.values[(place - hours) % n] for place in range(n)])


def at_least(left: Hours, right: Hours, one: Unit) -> Hours:
    """1 where left >= right, else 0."""
    return replace(join([left, right], lambda row: float(row[0] >= row[1])), unit=one)


def ratio(left: Hours, right: Hours, otherwise: float) -> Hours:
    """The quotient over the hours of `left`; `otherwise` (in the unit of the quotient) where both are 0."""
    below = right.over(left.start, left.end, right.unit)
    values = [otherwise if a == b == 0 else a / b for a, b in zip(left.values, below, strict=True)]
    return replace(left, values=values, unit=left.unit / right.unit)


def tier_share(part: Hours, whole: Hours, raw: Hours, count: float) -> float:
    """The mean share over the instances of a fleet, one instance after the other."""
    fleet = int(guarded_ceil(count))
    present = [s for s in (part, whole, raw) if s.values]
    if fleet <= 0 or not present:
        return 0.0
    start, end = min(s.start for s in present), max(s.end for s in present)
    parts, wholes = (s.over(start, end, part.unit) for s in (part, whole))
    needed = [guarded_ceil(value) for value in raw.over(start, end, raw.unit)]
    everywhere = _share(parts, wholes, [True] * len(needed))
    busy = min(fleet, int(max(*needed, 0)))
    shares = [_share(parts, wholes, [top >= k for top in needed]) for k in range(1, busy + 1)]
    return math.fsum([*shares, everywhere * (fleet - busy)]) / fleet


def _share(parts: Sequence[float], wholes: Sequence[float], hours: Sequence[bool]) -> float:
    above, below = (math.fsum(v for v, there in zip(s, hours, strict=True) if there) for s in (parts, wholes))
    return 0.0 if above == below == 0 else above / below


def guarded_ceil(value: float) -> float:
    """ceil(x - 1e-9 max(1, |x|))."""
    return float(math.ceil(value - WHOLE * max(1.0, abs(value))))


def _windows(values: Sequence[float], width: int, length: int) -> list[float]:
    """Sums of `width` hours up to each of `length` hours: exact fractions, rounded once."""
    exact = [Fraction(v) for v in values]
    total, sums = Fraction(0), []
    for hour in range(length):
        if hour < len(exact):
            total += exact[hour]
        if 0 <= hour - width < len(exact):
            total -= exact[hour - width]
        sums.append(float(total))
    return sums
