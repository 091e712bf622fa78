"""Products and quotients of series as sums over pairs of their arrays, so that they stay short lists of shared arrays.

With thousands of series over the same few arrays, such as the shares of many in one total, each pair of arrays is made
once and each product is a few factors.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gaic.units.series import Series, Term, check_clocks, merge, ones

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.units.cache import ArrayCache, Key
    from gaic.units.series import Hours

PAIRS_LIMIT: Final = 32
"""Terms that a product may have before it is made as one array."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two arrays over the hours that both have: where these begin on the axis, and the factor of the term.

    Without `second` the first one is the result as it is.
    """

    key: Key
    first: Hours
    second: Hours | None
    start: int
    factor: float


class Pairs:
    """Makes and remembers what comes of pairs of arrays.

    A form is kept only where that is as good as one array: few terms; on a side of several no cancelling, so that the
    terms of an hour that is 0 are all 0 and no digit is lost; and not many arrays to make that nobody asked for before.
    """

    def __init__(self, cache: ArrayCache) -> None:
        self._cache = cache
        self._asked: Counter[Key] = Counter()
        self._signs: dict[int, int] = {}

    def multiply(self, left: Series, right: Series) -> Series | None:
        """Left * right over the union of the extents, or None where it had better be one array."""
        if len(left.terms) * len(right.terms) > PAIRS_LIMIT or not (self._is_sound(left) and self._is_sound(right)):
            return None
        local = check_clocks(left, right)
        start = min(left.start, right.start)
        pairs = [
            pair
            for one in left.terms
            for other in right.terms
            if (pair := self._product(one, left.start, other, right.start)) is not None
        ]
        terms = self._terms(pairs, start, np.multiply)
        return None if terms is None else Series(start, max(left.end, right.end) - start, terms, local)

    def divide(self, left: Series, right: Series) -> Series | None:
        """Left / right in the hours of `left`, 0 where both are 0; None where it had better be one array.

        `right` has one term. None also where a part of `left` is not 0 in an hour without `right`.
        """
        if len(left.terms) > PAIRS_LIMIT or not self._is_sound(left) or not right.terms:
            return None
        below = right.terms[0]
        pairs: list[_Pair] = []
        for term in left.terms:
            pair = self._quotient(term, left.start, below, right.start)
            if pair is None:
                return None
            pairs.append(pair)
        terms = self._terms(pairs, left.start, _divide_there)
        return None if terms is None else Series(left.start, left.n, terms, left.local)

    # ------------------------------------------------------------ pairs

    def _product(self, one: Term, one_start: int, other: Term, other_start: int) -> _Pair | None:
        first, second = one_start + one.offset, other_start + other.offset
        begin, end = max(first, second), min(first + len(one.values), second + len(other.values))
        if begin >= end:
            return None
        factor, n = one.factor * other.factor, end - begin
        for values, kept, at in ((one.values, other.values, begin - second), (other.values, one.values, begin - first)):
            if values is ones(len(values)):
                return _Pair((), self._cache.cut(kept, at, n), None, begin, factor)
        sides = [(one.values, begin - first), (other.values, begin - second)]
        sides.sort(key=lambda side: (self._cache.serial(side[0]), side[1]))
        key = ("product", n, *((self._cache.serial(values), at) for values, at in sides))
        halves = [values[at : at + n] for values, at in sides]
        return _Pair(key, halves[0], halves[1], begin, factor)

    def _quotient(self, term: Term, start: int, below: Term, below_start: int) -> _Pair | None:
        first, second = start + term.offset, below_start + below.offset
        begin, end = first - second, first - second + len(term.values)
        if begin < 0 or end > len(below.values):
            return None
        factor = term.factor / below.factor
        if below.values is ones(len(below.values)):
            return _Pair((), term.values, None, first, factor)
        part = below.values[begin:end]
        key = ("quotient", self._cache.serial(term.values), self._cache.serial(below.values), begin)
        if not self._cache.has(key) and bool(((part == 0.0) & (term.values != 0.0)).any()):
            return None
        return _Pair(key, term.values, part, first, factor)

    def _terms(
        self, pairs: list[_Pair], start: int, function: Callable[[Hours, Hours], Hours]
    ) -> tuple[Term, ...] | None:
        missing = [pair.key for pair in pairs if pair.second is not None and not self._cache.has(pair.key)]
        if len(missing) > 1:
            asked = min(self._asked[key] for key in missing)
            self._asked.update(missing)
            if asked + 1 < len(missing):
                return None  # one array is cheaper, until as many would have been made of these
        return merge(Term(self._made(pair, function), pair.start - start, pair.factor) for pair in pairs)

    def _made(self, pair: _Pair, function: Callable[[Hours, Hours], Hours]) -> Hours:
        first, second = pair.first, pair.second
        if second is None:
            return first
        return self._cache.get(pair.key, lambda: function(first, second) + 0.0)  # -0.0 becomes 0.0

    # ------------------------------------------------------------ signs

    def _is_sound(self, series: Series) -> bool:
        """Say whether no term of a series takes anything from another."""
        if len(series.terms) <= 1:
            return True
        signs = {self._sign(term.values) * (1 if term.factor > 0 else -1) for term in series.terms}
        return len(signs) == 1 and 0 not in signs

    def _sign(self, values: Hours) -> int:
        """1 if no value is negative, -1 if none is positive, 0 if there are both."""
        if values is ones(len(values)):
            return 1
        serial = self._cache.serial(values)
        if serial not in self._signs:
            self._signs[serial] = 1 if float(values.min()) >= 0.0 else -1 if float(values.max()) <= 0.0 else 0
        return self._signs[serial]


def _divide_there(above: Hours, below: Hours) -> Hours:
    """Above / below, 0 where `below` is 0."""
    return np.divide(above, below, out=np.zeros(len(above)), where=below != 0.0)
