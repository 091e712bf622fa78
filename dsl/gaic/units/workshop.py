"""Operations on series that make arrays, each array once.

`in_parallel`, `held` and `cumulative` commute with scaling, so they run once per shared array and keep the factor;
sums that differ by a factor are one array. Nothing here uses BLAS or Fourier transforms: sums are added in a
fixed order, and a sum of exact zeros is exactly zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from gaic.units import moving
from gaic.units.cache import ArrayCache
from gaic.units.pairs import Pairs
from gaic.units.rounding import guarded_ceil
from gaic.units.series import (
    HOURS_LIMIT,
    NOTHING,
    Series,
    SeriesFault,
    SeriesTrouble,
    Term,
    check_clocks,
    from_values,
    merge,
    ones,
    split_hours,
)
from gaic.units.tiers import share_tiers
from gaic.units.windows import window_sums

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.units.cache import Key
    from gaic.units.series import Hours

CACHE_BYTES = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Summary:
    """What a page shows of a series; all 0 and empty for `NOTHING`. `sum` has a meaning for amounts only."""

    first10: tuple[float, ...]
    last10: tuple[float, ...]
    min: float
    max: float
    mean: float
    sum: float

    def scaled(self, factor: float) -> Summary:
        """Give the summary of the series times `factor`; 0.0 is added because -0.0 + 0.0 is 0.0."""
        low, high = (self.min, self.max) if factor >= 0 else (self.max, self.min)
        return Summary(
            tuple(value * factor + 0.0 for value in self.first10),
            tuple(value * factor + 0.0 for value in self.last10),
            low * factor + 0.0,
            high * factor + 0.0,
            self.mean * factor + 0.0,
            self.sum * factor + 0.0,
        )


_SHOWN = 10
_EMPTY = Summary((), (), 0.0, 0.0, 0.0, 0.0)


class Workshop:
    """Makes arrays and remembers them: those in use as long as they are, others within `cache_bytes`.

    No series may have more than `hours_limit` hours.
    """

    def __init__(self, *, hours_limit: int = HOURS_LIMIT, cache_bytes: int = CACHE_BYTES) -> None:
        self.hours_limit = hours_limit
        self._cache = ArrayCache(cache_bytes)
        self._pairs = Pairs(self._cache)
        self._units: dict[Key, float] = {}
        self._summaries: dict[Key, tuple[Summary, float]] = {}

    # ------------------------------------------------------------ arrays

    def values(self, series: Series) -> Hours:
        """Give one number per hour, read only."""
        term = self._condensed(series)
        if term.factor == 1.0:
            return term.values
        made = term.values * term.factor
        made.flags.writeable = False
        return made

    def at(self, series: Series, hour: int) -> float:
        """Give the value in one hour, 0 outside the extent; no array is made."""
        place = hour - series.start
        terms = (term for term in series.terms if 0 <= place - term.offset < len(term.values))
        return sum((float(term.values[place - term.offset]) * term.factor for term in terms), 0.0)

    def peak_hour(self, series: Series) -> int:
        """Give the first hour whose value is the highest; what is lower by less than a billionth counts as high."""
        if not series.n:
            return series.start
        values = self.values(series)
        highest = float(values.max())
        return series.start + int(np.argmax(values >= highest - 1e-9 * abs(highest)))

    def condense(self, series: Series) -> Series:
        """Give the same series as one term that covers it; series that differ by a factor have one array."""
        return replace(series, terms=(self._condensed(series),)) if series.terms else series

    def _condensed(self, series: Series) -> Term:
        self._check_length(series.n)
        if not series.terms:
            return Term(ones(series.n), 0, 0.0)
        first = series.terms[0]
        if _covers(series):
            return first
        key = self._normal_form(series)

        def make() -> Hours:
            # in the factors of the series that asks first, which so gets its sum without a rounding more
            self._units[key] = first.factor
            return _sum_terms(series)

        return Term(self._cache.get(key, make), 0, first.factor / self._units[key])

    def _normal_form(self, series: Series) -> Key:
        """Give what series that differ by a factor have in common: factors relative to the first, 14 digits."""
        unit = series.terms[0].factor
        relative = (
            (self._cache.serial(term.values), term.offset, float(f"{term.factor / unit:.13e}")) for term in series.terms
        )
        return ("sum", series.n, *relative)

    def _check_length(self, n: int) -> None:
        if n > self.hours_limit:
            raise SeriesFault(SeriesTrouble.TOO_LONG)

    # ------------------------------------------------------------ windows

    def in_parallel(self, series: Series, hours: float) -> Series:
        """Average number in parallel of events that last `hours` each and begin with their hour.

        result[h] = sum of x[h - i] for i < k + f * x[h - k], where hours = k + f; its total is hours * total(x).
        It has ceil(hours) - 1 hours more than x.
        """
        whole, part = _split_span(hours)
        if not series.n:
            return NOTHING
        n = series.n + max(whole + (part > 0.0), 1) - 1
        self._check_length(n)
        terms: list[Term] = []
        for term in series.terms:
            if whole:
                terms.append(Term(self._window(term.values, whole), term.offset, term.factor))
            if part:
                terms.append(Term(term.values, term.offset + whole, term.factor * part))
        return Series(series.start, n, merge(terms), series.local)

    def held(self, series: Series, hours: float, end: int) -> Series:
        """Stock of what was written during the last ceil(hours) hours, up to the hour `end` (exclusive)."""
        whole, part = _split_span(hours)
        return self._stock(series, whole + (part > 0.0), end)

    def cumulative(self, series: Series, end: int) -> Series:
        """Stock of all that was written so far, up to the hour `end` (exclusive)."""
        return self._stock(series, end - series.start, end)

    def expired(self, series: Series, hours: float, end: int) -> Series:
        """What was written ceil(hours) hours ago, over the hours of a stock up to the hour `end` (exclusive)."""
        whole, part = _split_span(hours)
        length = end - series.start
        if not series.n or length <= 0:
            return NOTHING
        self._check_length(length)
        return moving.delay(self._cache, series, whole + (part > 0.0), length)

    def _stock(self, series: Series, width: int, end: int) -> Series:
        length = end - series.start
        if not series.n or length <= 0:
            return NOTHING
        self._check_length(length)
        if width <= 0:
            return Series(series.start, length, (), series.local)
        term = self._condensed(series)
        stock = self._window(term.values, min(width, length), length)
        return Series(series.start, length, (Term(stock, 0, term.factor),) if term.factor else (), series.local)

    def _window(self, values: Hours, width: int, length: int | None = None) -> Hours:
        if length is None:
            if width == 1:
                return values
            length = len(values) + width - 1
        key = ("window", self._cache.serial(values), width, length)
        return self._cache.get(key, lambda: window_sums(values, width, length))

    # ------------------------------------------------------------ clocks

    def expand(self, week: Series, over: Series, zone: str, *, whole_weeks: bool = False) -> Series:
        """Lay a week over the UTC hours of a series, on the clock of a zone; see `lay_week`."""
        self._check_length(over.n)
        return moving.expand(self._cache, week, over, zone, whole_weeks=whole_weeks)

    def rotate(self, series: Series, hours: float) -> Series:
        """Move values later by whole hours within the extent; what leaves it at one end comes in at the other."""
        return moving.rotate(self._cache, series, hours)

    def from_monday(self, series: Series, zone: str) -> Series:
        """Let a series be 0 before the first Monday 00:00 of the clock; of the hour that it cuts the rest stays."""
        return moving.from_monday(self._cache, series, zone)

    # ------------------------------------------------------------ hour by hour

    def ceil(self, series: Series) -> Series:
        """Round each hour up, after 1e-9 * max(1, |x|) was taken off."""
        return self._map(series, guarded_ceil)

    def floor(self, series: Series) -> Series:
        """Round each hour down."""
        return self._map(series, np.floor)

    def round(self, series: Series) -> Series:
        """Round each hour to the nearest whole number, halves to the even one."""
        return self._map(series, np.rint)

    def absolute(self, series: Series) -> Series:
        """|x| of each hour."""
        return self._map(series, np.abs)

    def maximum(self, left: Series, right: Series | float) -> Series:
        """Take the larger of the two in each hour: over both extents, or over that of `left` against a number."""
        return self._combine(left, right, np.maximum)

    def minimum(self, left: Series, right: Series | float) -> Series:
        """Take the smaller of the two in each hour: over both extents, or over that of `left` against a number."""
        return self._combine(left, right, np.minimum)

    def at_least(self, left: Series, right: Series | float) -> Series:
        """1 in hours where left >= right, else 0; over both extents, or over that of `left` against a number."""
        return self._combine(left, right, _at_least)

    def multiply(self, left: Series, right: Series) -> Series:
        """Left * right over the union of the extents; nothing times anything is nothing."""
        if not (left.n and right.n):
            return NOTHING
        self._check_length(max(left.end, right.end) - min(left.start, right.start))
        return self._pairs.multiply(left, right) or self._combine(left, right, np.multiply)

    def ratio(self, left: Series, right: Series, otherwise: float = 0.0) -> Series:
        """Left / right in each hour of `left`, `otherwise` where both are 0; raises where only `right` is."""
        local = check_clocks(left, right)
        if not left.n:
            return NOTHING
        kept = None if otherwise or not right.n else self._pairs.divide(left, self.condense(right))
        if kept is not None:
            return kept
        above, below = self.values(left), self._over(right, left.start, left.n)
        there = below != 0.0
        bad = ~there & (above != 0.0)
        if bad.any():
            raise SeriesFault(SeriesTrouble.DIVISION_BY_ZERO, left.start + int(np.argmax(bad)), local=local)
        quotient = np.divide(above, below, out=np.full(left.n, otherwise), where=there)
        return _made(left.start, quotient, local=local)

    def divide(self, left: Series, right: Series) -> Series:
        """Left / right in each hour of `left`, where `right` must not be 0 (it is outside its extent)."""
        local = check_clocks(left, right)
        if not left.n:
            return NOTHING
        below = self._over(right, left.start, left.n)
        if not below.all():
            hour = left.start + int(np.argmin(below != 0.0))
            raise SeriesFault(SeriesTrouble.DIVISION_BY_ZERO, hour, local=local)
        return _made(left.start, self.values(left) / below, local=local)

    def _map(self, series: Series, function: Callable[[Hours], Hours]) -> Series:
        if not series.n:
            return NOTHING
        return _made(series.start, function(self.values(series)), local=series.local)

    def _combine(self, left: Series, right: Series | float, function: Callable[[Hours, Hours], Hours]) -> Series:
        if not isinstance(right, Series):
            return self._map(left, lambda values: function(values, np.float64(right) * ones(len(values))))
        local = check_clocks(left, right)
        present = [each for each in (left, right) if each.n]
        if not present:
            return NOTHING
        start = min(each.start for each in present)
        n = max(each.end for each in present) - start
        return _made(start, function(self._over(left, start, n), self._over(right, start, n)), local=local)

    def _over(self, series: Series, start: int, n: int) -> Hours:
        """Give the values of a series in other hours than its own, 0 where it has none."""
        if series.start == start and series.n == n:
            return self.values(series)
        self._check_length(n)
        low, high = max(start, series.start), min(start + n, series.end)
        values = np.zeros(n)
        if low < high:
            values[low - start : high - start] = self.values(series)[low - series.start : high - series.start]
        return values

    # ------------------------------------------------------------ to numbers

    def total(self, series: Series) -> float:
        """Sum over all hours."""
        return self.summary(series).sum

    def mean(self, series: Series) -> float:
        """Mean over the hours of the extent; 0 for `NOTHING`."""
        return self.summary(series).mean

    def peak(self, series: Series) -> float:
        """Largest hour; 0 for `NOTHING`."""
        return self.summary(series).max

    def lowest(self, series: Series) -> float:
        """Smallest hour; 0 for `NOTHING`."""
        return self.summary(series).min

    def tier_share(self, part: Series, whole: Series, raw: Series, count: float) -> float:
        """Share of `part` in a fleet of `count` pieces, hours without values being 0; see `share_tiers`."""
        check_clocks(part, whole, raw)
        present = [each for each in (part, whole, raw) if each.n]
        if not present:
            return 0.0
        start = min(each.start for each in present)
        n = max(each.end for each in present) - start
        above, below, needed = (self._over(each, start, n) for each in (part, whole, raw))
        return share_tiers(above, below, needed, count)

    def summary(self, series: Series) -> Summary:
        """Summarise a series; the array is read once for all series that differ by a factor."""
        if not series.n:
            return _EMPTY
        if not series.terms:
            zeros = (0.0,) * min(series.n, _SHOWN)
            return Summary(zeros, zeros, 0.0, 0.0, 0.0, 0.0)
        key = self._normal_form(series)
        if key not in self._summaries:
            values = self._condensed(series).values
            self._summaries[key] = _summarise(values), 1.0 if _covers(series) else self._units[key]
        summary, unit = self._summaries[key]
        return summary.scaled(series.terms[0].factor / unit)


def _at_least(left: Hours, right: Hours) -> Hours:
    return (left >= right).astype(np.float64)


def _covers(series: Series) -> bool:
    first = series.terms[0]
    return len(series.terms) == 1 and first.offset == 0 and len(first.values) == series.n


def _sum_terms(series: Series) -> Hours:
    """Add the terms in their order."""
    total = np.zeros(series.n)
    for term in series.terms:
        part = total[term.offset : term.offset + len(term.values)]
        part += term.values if term.factor == 1.0 else term.values * term.factor
    return total


def _split_span(hours: float) -> tuple[int, float]:
    """Split a span into whole hours and a fraction; a span that is only short is not taken for 0."""
    whole, part = split_hours(hours)
    if hours < 0:
        raise SeriesFault(SeriesTrouble.BAD_HOURS)
    return (whole, part) if whole else (0, hours)


def _made(start: int, values: Hours, *, local: bool) -> Series:
    """Make a series of a fresh array; -0.0 becomes 0.0."""
    values += 0.0
    values.flags.writeable = False
    return from_values(start, values, local=local)


def _summarise(values: Hours) -> Summary:
    # numpy adds in pairs of pairs, in an order that depends on the length alone
    total = float(np.add.reduce(values))
    return Summary(
        tuple(values[:_SHOWN].tolist()),
        tuple(values[-_SHOWN:].tolist()),
        float(values.min()),
        float(values.max()),
        total / len(values),
        total,
    )
