"""Hourly series in plain floats: what the language says of extents and of time, written out hour by hour."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gaic.verify.faults import FormulaError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Number = float | int

LONGEST: Final = 1_000_000
"""Hours that a series may have."""
WHOLE: Final = 1e-9
"""A span this close to a whole number of hours is that number; a count this little above a whole one is that one."""


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """One value per hour from `start` (hours since 1970-01-01T00:00), in UTC or on a local clock; 0 in all others."""

    start: int
    values: Sequence[float]
    local: bool = False

    @property
    def end(self) -> int:
        """The hour behind the last one."""
        return self.start + len(self.values)

    def over(self, start: int, end: int) -> Sequence[float]:
        """The values from `start` to `end`, 0 where there are none."""
        if start == self.start and end == self.end:
            return self.values
        inside = list(self.values[max(start - self.start, 0) : max(end - self.start, 0)])
        before = min(max(self.start - start, 0), end - start)
        return [0.0] * before + inside + [0.0] * (end - start - before - len(inside))


NOTHING: Final = Hours(0, ())
"""The empty series: neutral in sums, on either clock."""


def constant(start: int, n: int, value: float, *, local: bool = False) -> Hours:
    """A series that has one value in all of `n` hours."""
    return Hours(start, [value] * check_length(n), local) if n > 0 else NOTHING


def flat(value: float, like: Hours) -> Hours:
    """A series that has one value in each hour of another one."""
    return constant(like.start, len(like.values), value, local=like.local)


def change(series: Hours, function: Callable[[float], float]) -> Hours:
    """Each hour through a function."""
    return replace(series, values=[function(v) for v in series.values])


def scale(series: Hours, by: float) -> Hours:
    """Each hour times a number."""
    return replace(series, values=[v * by for v in series.values])


def add(series: Sequence[Hours]) -> Hours:
    """The sum over the union of hours, in the order given."""
    present = [s for s in series if s.values]
    if len(present) <= 1:
        return present[0] if present else NOTHING
    start, end, local = span_of(present)
    first, *others = (s.over(start, end) for s in present)
    total = list(first)
    for other in others:
        total = [a + b for a, b in zip(total, other, strict=True)]
    return Hours(start, total, local)


def subtract(left: Hours, right: Hours) -> Hours:
    """Left - right over the union of hours."""
    return add((left, scale(right, -1.0)))


def multiply(left: Hours, right: Hours) -> Hours:
    """The product over the union of hours; nothing times anything is nothing."""
    if not (left.values and right.values):
        return NOTHING
    start, end, local = span_of((left, right))
    pairs = zip(left.over(start, end), right.over(start, end), strict=True)
    return Hours(start, [a * b for a, b in pairs], local)


def divide(left: Hours, right: Hours) -> Hours:
    """The quotient in the hours of `left`; raises where `right` is 0 in one of them."""
    span_of((left, right))
    below = right.over(left.start, left.end)
    if 0.0 in below:
        raise FormulaError("it divides by zero")
    return replace(left, values=[a / b for a, b in zip(left.values, below, strict=True)])


def power(series: Hours, exponent: float) -> Hours:
    """Each hour to a whole power."""
    if not math.isfinite(exponent) or (exponent < 0 and 0.0 in series.values):
        raise FormulaError("it divides by zero")
    return change(series, lambda v: v ** int(exponent))


def extreme(choose: Callable[[float, float], float], values: Sequence[Hours | float]) -> Hours:
    """`min` or `max` over the union of hours; a number holds in all of them."""
    present = [v for v in values if isinstance(v, Hours) and v.values]
    if not present:
        return NOTHING
    start, end, local = span_of(present)
    found: Sequence[float] = present[0].over(start, end)
    for other in present[1:]:
        found = [choose(a, b) for a, b in zip(found, other.over(start, end), strict=True)]
    for number in (v for v in values if not isinstance(v, Hours)):
        found = [choose(v, number) for v in found]
    return Hours(start, found, local)


def ceil(value: float) -> float:
    """Round x - 1e-9 max(1, |x|) up: noise in the last place makes no whole unit more."""
    return float(math.ceil(value - WHOLE * max(1.0, abs(value))))


# ---------------------------------------------------------------- in time


def split(hours: float) -> tuple[int, float]:
    """Whole hours and the fraction that is left; what is within 1e-9 of a whole hour is that hour."""
    if not math.isfinite(hours):
        raise FormulaError("it asks for a time that is no number")
    whole = math.floor(hours + WHOLE)
    part = hours - whole
    return (whole, part) if part > WHOLE else (whole, 0.0)


def split_span(hours: float) -> tuple[int, float]:
    """As `split`, of a time that something lasts: not below 0, and one that is only short is not 0."""
    whole, part = split(hours)
    if hours < 0:
        raise FormulaError("it asks for a time below 0")
    return (whole, part) if whole else (0, hours)


def shift(series: Hours, hours: float) -> Hours:
    """The series later by `hours`; a fraction falls into two hours, in proportion."""
    whole, part = split(hours)
    if not series.values:
        return series
    early = replace(series, start=series.start + whole)
    if not part:
        return early
    late = replace(early, start=early.start + 1)
    return add((scale(early, 1.0 - part), scale(late, part)))


def in_parallel(series: Hours, hours: float) -> Hours:
    """How many of the events that begin in each hour and last `hours` are there."""
    whole, part = split_span(hours)
    if not series.values:
        return NOTHING
    n = check_length(len(series.values) + max(whole + (part > 0), 1) - 1)
    found = window_sums(series.values, whole, n)
    if part:
        tail = [0.0] * whole + [v * part for v in series.values]
        found = [a + b for a, b in zip(found, tail + [0.0] * (n - len(tail)), strict=True)]
    return replace(series, values=found)


def held(series: Hours, hours: float, end: int) -> Hours:
    """What was written during the last hours, each begun hour counted, up to the hour `end`."""
    whole, part = split_span(hours)
    return _stock(series, whole + (part > 0), end)


def cumulative(series: Hours, end: int) -> Hours:
    """All that was written so far, up to the hour `end`."""
    return _stock(series, end - series.start, end)


def expired(series: Hours, hours: float, end: int) -> Hours:
    """What was written so many hours ago, each begun hour counted, up to the hour `end`."""
    whole, part = split_span(hours)
    n = end - series.start
    if not series.values or n <= 0:
        return NOTHING
    later = [0.0] * min(whole + (part > 0), check_length(n)) + list(series.values)
    return replace(series, values=(later + [0.0] * n)[:n])


def rotate(series: Hours, hours: float) -> Hours:
    """The values later by whole hours; those that leave the end come in at the beginning."""
    whole, part = split(hours)
    if part:
        raise FormulaError("it turns by a part of an hour")
    cut = -whole % len(series.values) if series.values else 0
    return replace(series, values=[*series.values[cut:], *series.values[:cut]])


def _stock(series: Hours, width: int, end: int) -> Hours:
    n = end - series.start
    if not series.values or n <= 0:
        return NOTHING
    return replace(series, values=window_sums(series.values, min(width, n), check_length(n)))


def window_sums(values: Sequence[float], width: int, length: int) -> list[float]:
    """The sum of the last `width` values at each of `length` places; windows of zeros are exactly 0.

    A window is laid together from windows of 1, 2, 4 ... values, so that nothing is ever taken away again.
    """
    window = (list(values) + [0.0] * max(length - len(values), 0))[:length]
    found = [0.0] * length
    size, covered = 1, 0
    while covered < width and covered < length:
        if width & size:
            found = [a + b for a, b in zip(found, _later(window, covered), strict=True)]
            covered += size
        if size >= length:
            break
        window = [a + b for a, b in zip(window, _later(window, size), strict=True)]
        size *= 2
    return found


def _later(values: list[float], hours: int) -> list[float]:
    return [0.0] * min(hours, len(values)) + values[: max(len(values) - hours, 0)]


# ---------------------------------------------------------------- of two series, and to numbers


def at_least(left: Hours, right: Hours | float) -> Hours:
    """1 where left >= right, else 0; against a number in the hours of `left`."""
    if not isinstance(right, Hours):
        return change(left, lambda v: float(v >= right))
    present = [s for s in (left, right) if s.values]
    if not present:
        return NOTHING
    start, end, local = span_of(present)
    pairs = zip(left.over(start, end), right.over(start, end), strict=True)
    return Hours(start, [float(a >= b) for a, b in pairs], local)


def ratio(left: Hours, right: Hours, otherwise: float) -> Hours:
    """The quotient in the hours of `left`; `otherwise` where both are 0."""
    span_of((left, right))
    below = right.over(left.start, left.end)
    values = [ratio_of_numbers(a, b, otherwise) for a, b in zip(left.values, below, strict=True)]
    return replace(left, values=values)


def ratio_of_numbers(left: float, right: float, otherwise: float) -> float:
    """The quotient; `otherwise` where both are 0."""
    if right == 0.0:
        if left != 0.0:
            raise FormulaError("it divides by zero")
        return otherwise
    return left / right


def tier_share(part: Hours, whole: Hours, raw: Hours, count: float) -> float:
    """The mean share of `part` over a fleet, one of it after the other; each counts in the hours that need it.

    Of one that no hour needs it is the share over all hours. Hours that need equally many are looked at once.
    """
    fleet = ceil(count)
    present = [s for s in (part, whole, raw) if s.values]
    if fleet <= 0 or not present:
        return 0.0
    start, end, _ = span_of(present)
    parts, wholes = part.over(start, end), whole.over(start, end)
    tops = [min(max(ceil(v), 0.0), fleet) for v in raw.over(start, end)]
    idle = fleet - max(tops)
    shares = [ratio_of_numbers(math.fsum(parts), math.fsum(wholes), 0.0) * idle] if idle else []
    groups: dict[float, list[int]] = {}
    for place, top in enumerate(tops):
        groups.setdefault(top, []).append(place)
    above_part = above_whole = 0.0
    levels = sorted(groups, reverse=True)
    for top, below in zip(levels, (*levels[1:], 0.0), strict=True):
        above_part += math.fsum(parts[place] for place in groups[top])
        above_whole += math.fsum(wholes[place] for place in groups[top])
        if top > below:
            shares.append(ratio_of_numbers(above_part, above_whole, 0.0) * (top - below))
    return math.fsum(shares) / fleet


def total(series: Hours) -> float:
    """The sum of all hours."""
    return math.fsum(series.values)


def mean(series: Hours) -> float:
    """The mean over the hours; 0 of none."""
    return math.fsum(series.values) / len(series.values) if series.values else 0.0


def peak(series: Hours) -> float:
    """The highest hour; 0 of none."""
    return max(series.values, default=0.0)


# ---------------------------------------------------------------- extents


def span_of(series: Sequence[Hours]) -> tuple[int, int, bool]:
    """First hour, the hour behind the last, and whether the clock is local; raises where both clocks occur."""
    present = [s for s in series if s.values]
    if not present:
        return 0, 0, False
    if len({s.local for s in present}) > 1:
        raise FormulaError("a series in local time meets one in UTC")
    start, end = min(s.start for s in present), max(s.end for s in present)
    check_length(end - start)
    return start, end, present[0].local


def check_length(n: int) -> int:
    """A number of hours that a series may have; raises for more."""
    if n > LONGEST:
        raise FormulaError(f"a series has more than {LONGEST:,} hours")
    return n
