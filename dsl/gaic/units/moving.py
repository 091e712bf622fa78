"""What moves or cuts the hours of a series, and weeks over its hours: term by term, each array once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gaic.units.series import NOTHING, Series, SeriesFault, SeriesTrouble, Term, merge, ones
from gaic.units.weeks import hours_to_monday, lay_week
from gaic.units.zones import HOUR

if TYPE_CHECKING:
    from gaic.units.cache import ArrayCache
    from gaic.units.series import Hours

_WHOLE: Final = 1e-9


def rotate(cache: ArrayCache, series: Series, hours: float) -> Series:
    """Move values later by whole hours within the extent; what leaves it at one end comes in at the other."""
    whole = round(hours) if np.isfinite(hours) else 0
    if abs(hours - whole) > _WHOLE or not np.isfinite(hours):
        raise SeriesFault(SeriesTrouble.NOT_WHOLE)
    if not series.n or not whole % series.n:
        return series
    terms = merge(_rotated(cache, term, whole, series.n) for term in series.terms)
    return Series(series.start, series.n, terms, series.local)


def _rotated(cache: ArrayCache, term: Term, hours: int, n: int) -> Term:
    """A term that then lies across both ends of the extent becomes one over all of it."""
    length = len(term.values)
    if term.values is ones(n):
        return term
    offset = (term.offset + hours) % n
    if offset + length <= n:
        return Term(term.values, offset, term.factor)

    def make() -> Hours:
        laid = np.zeros(n)
        laid[:length] = term.values
        return np.roll(laid, offset)

    return Term(cache.get(("rotated", cache.serial(term.values), offset, n), make), 0, term.factor)


def from_monday(cache: ArrayCache, series: Series, zone: str) -> Series:
    """Let a series be 0 before the first Monday 00:00 of the clock; of the hour that it cuts the rest stays."""
    if not series.n:
        return series
    whole, part = hours_to_monday(series, zone)
    terms = (_without_begin(cache, term, whole - term.offset, part) for term in series.terms)
    return Series(series.start, series.n, merge(term for term in terms if term is not None), series.local)


def _without_begin(cache: ArrayCache, term: Term, hours: int, part: float) -> Term | None:
    if hours < 0 or (hours == 0 and not part):
        return term
    if hours >= len(term.values):
        return None

    def make() -> Hours:
        kept = term.values.copy()
        kept[:hours] = 0.0
        kept[hours] *= 1.0 - part
        return kept

    key = ("behind", cache.serial(term.values), hours, part)
    return Term(cache.get(key, make), term.offset, term.factor)


def delay(cache: ArrayCache, series: Series, hours: int, n: int) -> Series:
    """Move values later by whole hours, within `n` hours from the first; what goes beyond them is lost."""
    terms: list[Term] = []
    for term in series.terms:
        offset = term.offset + hours
        left = min(len(term.values), n - offset)
        if left > 0:
            terms.append(Term(cache.cut(term.values, 0, left), offset, term.factor))
    return Series(series.start, n, merge(terms), series.local)


def expand(cache: ArrayCache, week: Series, over: Series, zone: str, *, whole_weeks: bool = False) -> Series:
    """Lay a week over the UTC hours of a series, on the clock of a zone; in whole weeks from its first Monday on."""
    if not (week.n and over.n):
        return NOTHING
    if over.local:
        raise SeriesFault(SeriesTrouble.MIXED_CLOCKS)
    start, n = over.start, over.n
    since: int | None = None
    if whole_weeks:
        hours, rest = hours_to_monday(over, zone)
        since = (start + hours) * HOUR + round(rest * HOUR)

    def lay(values: Hours) -> Hours:
        if values is ones(len(values)) and since is None:
            return ones(n)
        key = ("week", cache.serial(values), zone, start, n, since or 0)
        return cache.get(key, lambda: lay_week(values, zone, start, n, since))

    return Series(start, n, merge(Term(lay(term.values), 0, term.factor) for term in week.terms))
