"""Hourly series as linear forms: a short list of (shared array, place, factor).

Scaling, shifting and adding touch factors and places only. What has to make arrays is in `workshop`.
A series is an amount or a level; the arithmetic is the same, and who may do what is the checker's matter.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np

from gaic.source.diagnostic import GaicError
from gaic.source.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Hours = NDArray[np.float64]
    """One float64 per hour, read only."""

HOURS_LIMIT: Final = Limits().series_hours
"""Hours that a series may have; only the command line can raise it."""

_SPLIT_TOLERANCE: Final = 1e-9
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_HOUR = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(hours=1)
_LAST_HOUR = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(hours=1)


class SeriesTrouble(Enum):
    """Why an operation on series has no result."""

    MIXED_CLOCKS = "a series in local time meets one in UTC"
    TOO_LONG = "the series has too many hours"
    OUT_OF_CALENDAR = "the series leaves the calendar"
    BAD_HOURS = "a number of hours is negative or not finite"
    NOT_WHOLE = "a number of hours is not whole"
    DIVISION_BY_ZERO = "division by zero"


class SeriesFault(GaicError):
    """An operation on series has no result; `hour` is where, on the axis of the series, if that can be said."""

    exit_code = 1

    def __init__(self, reason: SeriesTrouble, hour: int | None = None, *, local: bool = False) -> None:
        self.reason = reason
        self.hour = hour
        self.local = local
        super().__init__(reason.value + (f" at {hour_text(hour, local=local)}" if hour is not None else ""))


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """`factor * values`, placed `offset` hours behind the start of the series."""

    values: Hours
    offset: int
    factor: float


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The sum of its terms over `n` hours from `start`; hours that no term covers are 0, and so is all outside.

    `start` counts whole hours since 1970-01-01T00:00, in UTC, or on the clock of some zone if `local`.
    All terms lie within the extent, which stays when terms are 0.
    """

    start: int
    n: int
    terms: tuple[Term, ...]
    local: bool = False

    @property
    def end(self) -> int:
        """The hour behind the last one."""
        return self.start + self.n


NOTHING: Final = Series(0, 0, ())
"""The empty series: neutral in sums, on either clock."""


def from_values(start: int, values: Sequence[float] | Hours, *, local: bool = False, factor: float = 1.0) -> Series:
    """Make a series of `factor * values`; a read-only float64 array is shared, anything else is copied."""
    if isinstance(values, np.ndarray) and values.dtype == np.float64 and not values.flags.writeable:
        shared = values
    else:
        shared = np.array(values, dtype=np.float64)
        shared.flags.writeable = False
    return _bounded(start, len(shared), (Term(shared, 0, factor),) if factor else (), local=local)


def constant(start: int, n: int, value: float, *, local: bool = False) -> Series:
    """Make a series that is `value` in each of `n` hours."""
    return _bounded(start, n, (Term(ones(n), 0, float(value)),) if n > 0 and value else (), local=local)


def flat(value: float, like: Series) -> Series:
    """Make a series that is `value` in each hour of another one."""
    return constant(like.start, like.n, value, local=like.local)


def scale(series: Series, k: float) -> Series:
    """Multiply each hour by `k`; the hours stay also where `k` is 0."""
    terms = tuple(Term(term.values, term.offset, term.factor * k) for term in series.terms) if k else ()
    return Series(series.start, series.n, terms, series.local)


def add_all(series: Iterable[Series]) -> Series:
    """Add series over the union of their extents, in the order given."""
    present = [each for each in series if each.n]
    if not present:
        return NOTHING
    if len(present) == 1:
        return present[0]
    local = check_clocks(*present)
    start = min(each.start for each in present)
    end = max(each.end for each in present)
    terms = (Term(t.values, each.start - start + t.offset, t.factor) for each in present for t in each.terms)
    return Series(start, end - start, merge(terms), local)


def subtract(left: Series, right: Series) -> Series:
    """Left - right over the union of the extents."""
    return add_all((left, scale(right, -1.0)))


def add_scalar(level: Series, value: float) -> Series:
    """Add a number to each hour that the level has."""
    return add_all((level, flat(value, level)))


def shift(series: Series, hours: float) -> Series:
    """Move a series by k + f hours: (1 - f) * shift by k + f * shift by k + 1, one hour wider where f > 0."""
    whole, part = split_hours(hours)
    moved = _moved(series, whole)
    return add_all((scale(moved, 1.0 - part), scale(_moved(moved, 1), part))) if part and series.n else moved


def split_hours(hours: float) -> tuple[int, float]:
    """Split hours into k and 0 <= f < 1; a fraction within 1e-9 of a whole hour is that hour."""
    if not math.isfinite(hours):
        raise SeriesFault(SeriesTrouble.BAD_HOURS)
    whole = math.floor(hours)
    part = hours - whole
    if part <= _SPLIT_TOLERANCE:
        return whole, 0.0
    return (whole + 1, 0.0) if part >= 1.0 - _SPLIT_TOLERANCE else (whole, part)


def merge(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Join terms of the same array at the same place; those that cancel out go."""
    merged: dict[tuple[int, int], Term] = {}
    for term in terms:
        key = (id(term.values), term.offset)
        known = merged.get(key)
        merged[key] = term if known is None else Term(term.values, term.offset, known.factor + term.factor)
    return tuple(term for term in merged.values() if term.factor)


def check_clocks(*series: Series) -> bool:
    """Say whether the series are local; raise where both clocks occur. `NOTHING` goes with either."""
    clocks = {each.local for each in series if each.n}
    if len(clocks) > 1:
        raise SeriesFault(SeriesTrouble.MIXED_CLOCKS)
    return True in clocks


def end_of(stock: Series, until: Series) -> int:
    """Give the hour behind the last one of a stock that ends with another series; no hour is left if that has none."""
    check_clocks(stock, until)
    return until.end if until.n else stock.start


def hour_text(hour: int, *, local: bool = False) -> str:
    """Write an hour as `2024-12-31T23:00:00Z`, without the Z if it is local."""
    moment = _EPOCH + timedelta(hours=hour)
    return moment.replace(tzinfo=None).isoformat() + ("" if local else "Z")


@functools.cache
def ones(n: int) -> Hours:
    """Give the one array of `n` ones; it takes the memory of a single number."""
    return np.broadcast_to(np.float64(1.0), n)


def _moved(series: Series, hours: int) -> Series:
    return _bounded(series.start + hours, series.n, series.terms, local=series.local)


def _bounded(start: int, n: int, terms: tuple[Term, ...], *, local: bool) -> Series:
    if n <= 0:
        return NOTHING
    if start < _FIRST_HOUR or start + n - 1 > _LAST_HOUR:
        raise SeriesFault(SeriesTrouble.OUT_OF_CALENDAR)
    return Series(start, n, terms, local)
