"""Products and ratios that stay short lists of shared arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from gaic.units.pairs import PAIRS_LIMIT
from gaic.units.series import NOTHING, SeriesFault, SeriesTrouble, add_all, constant, from_values, scale, shift
from gaic.units.workshop import Workshop

if TYPE_CHECKING:
    from gaic.units.series import Series

N = 48
RANDOM = np.random.default_rng(7)


def bases(count: int, start: int = 0, n: int = N) -> list[Series]:
    return [from_values(start, RANDOM.random(n)) for _ in range(count)]


def mixes(parts: list[Series], count: int) -> list[Series]:
    return [add_all(scale(part, 1.0 + k * (i + 1)) for i, part in enumerate(parts)) for k in range(count)]


def plain(left: Series, right: Series) -> list[float]:
    work = Workshop()
    start, end = min(left.start, right.start), max(left.end, right.end)
    frame = constant(start, end - start, 0.0)
    sides = (work.values(add_all([frame, side])).tolist() for side in (left, right))
    return [a * b for a, b in zip(*sides, strict=True)]


def test_products_of_many_series_over_few_arrays_make_few_arrays() -> None:
    workshop = Workshop()
    parts, (whole,) = bases(4), bases(1)
    products = [workshop.multiply(mix, whole) for mix in mixes(parts, 1000)]
    arrays = {id(term.values) for product in products for term in product.terms}
    assert len(arrays) <= 2 * len(parts)
    for mix, product in zip(mixes(parts, 1000)[::100], products[::100], strict=True):
        assert workshop.values(product).tolist() == pytest.approx(plain(mix, whole), rel=1e-12)


def test_one_product_alone_is_one_array() -> None:
    product = Workshop().multiply(mixes(bases(3), 1)[0], mixes(bases(3), 1)[0])
    assert len(product.terms) == 1


def test_a_product_with_one_value_in_all_hours_makes_no_array() -> None:
    workshop = Workshop()
    (series,) = bases(1)
    product = workshop.multiply(constant(-3, N + 9, 2.0), series)
    assert product.terms[0].values is series.terms[0].values
    assert (product.start, product.n) == (-3, N + 9)
    part = workshop.multiply(series, constant(10, 5, 2.0))
    again = workshop.multiply(constant(10, 5, 4.0), series)
    assert part.terms[0].values is again.terms[0].values
    assert len(part.terms[0].values) == 5
    assert workshop.multiply(constant(0, 4, 2.0), constant(2, 4, 3.0)).terms[0].values.strides == (0,)


def test_partial_overlaps_are_as_long_as_they_are() -> None:
    workshop = Workshop()
    (one,), (other,) = bases(1), bases(1, start=N - 2)
    product = workshop.multiply(one, other)
    assert (product.start, product.n) == (0, 2 * N - 2)
    assert [len(term.values) for term in product.terms] == [2]
    assert workshop.values(product).tolist() == plain(one, other)
    apart = workshop.multiply(one, shift(other, 5))
    assert apart.terms == ()
    assert apart.n == 2 * N + 3


def test_terms_that_cancel_are_added_first() -> None:
    workshop = Workshop()
    one = from_values(0, [0.1, 0.2, 0.3])
    other = from_values(0, [0.1, 0.2, 0.3])
    nothing_left = add_all([scale(one, 0.7), scale(other, -0.7)])
    assert len(nothing_left.terms) == 2
    for _ in range(5):
        product = workshop.multiply(nothing_left, from_values(0, [3.0, 5.0, 7.0]))
        assert workshop.values(product).tolist() == [0.0, 0.0, 0.0]


def test_products_of_long_sums_are_one_array() -> None:
    workshop = Workshop()
    parts = bases(PAIRS_LIMIT + 1)
    for mix in mixes(parts, 40):
        assert len(workshop.multiply(mix, parts[0]).terms) == 1


def test_ratios_share_arrays_too() -> None:
    workshop = Workshop()
    parts = bases(3)
    whole = workshop.condense(add_all(parts))
    shares = [workshop.ratio(mix, whole) for mix in mixes(parts, 100)]
    assert len({id(term.values) for share in shares for term in share.terms}) <= 2 * len(parts)
    total = workshop.values(whole)
    for mix, share in zip(mixes(parts, 100)[::20], shares[::20], strict=True):
        assert workshop.values(share).tolist() == pytest.approx((workshop.values(mix) / total).tolist(), rel=1e-12)


def test_the_ratio_of_a_whole_to_itself() -> None:
    workshop = Workshop()
    series = from_values(3, [0.0, 2.0, 0.0])
    assert workshop.values(workshop.ratio(series, series)).tolist() == [0.0, 1.0, 0.0]
    assert workshop.values(workshop.ratio(series, series, 0.5)).tolist() == [0.5, 1.0, 0.5]
    assert workshop.ratio(NOTHING, series) is NOTHING
    zeros = constant(3, 3, 0.0)
    assert workshop.values(workshop.ratio(zeros, NOTHING, 2.0)).tolist() == [2.0, 2.0, 2.0]
    assert workshop.values(workshop.ratio(zeros, zeros)).tolist() == [0.0, 0.0, 0.0]
    assert workshop.values(workshop.ratio(series, constant(0, 9, 4.0))).tolist() == [0.0, 0.5, 0.0]


@pytest.mark.parametrize("below", [from_values(3, [1.0, 0.0]), from_values(3, [1.0]), NOTHING, constant(3, 2, 0.0)])
def test_a_ratio_over_nothing_says_the_hour(below: Series) -> None:
    with pytest.raises(SeriesFault) as caught:
        Workshop().ratio(from_values(3, [0.0 if not below.terms else 1.0, 5.0]), below)
    assert caught.value.reason is SeriesTrouble.DIVISION_BY_ZERO
    assert caught.value.hour == 4
