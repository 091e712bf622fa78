"""Dimensions are exact and have one form."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from gaic.units.dimension import NUMBER, base, product

if TYPE_CHECKING:
    from gaic.units.dimension import Dimension

A, B = base("A"), base("B")


def test_products_in_any_order_are_equal_and_hash_alike() -> None:
    assert A * B == B * A
    assert hash(A * B) == hash(B * A)


def test_what_cancels_out_is_a_number() -> None:
    assert (A * B / B / A) == NUMBER
    assert NUMBER.is_number
    assert not A.is_number


def test_powers_are_exact() -> None:
    root = (A**3) ** Fraction(1, 3)
    assert root == A
    assert root.powers == (("A", 1),)
    assert A**0 == NUMBER


def test_weight_adds_absolute_exponents() -> None:
    assert (A**2 / B).weight == 3


@pytest.mark.parametrize(
    ("dimension", "text"),
    [
        (NUMBER, "Number"),
        (A, "A"),
        (B * A**2 / base("C") ** 3, "A^2*B/C^3"),
        (NUMBER / A, "1/A"),
        (A / B / base("C"), "A/B/C"),
        (A ** Fraction(1, 2), "A^(1/2)"),
    ],
)
def test_text(dimension: Dimension, text: str) -> None:
    assert str(dimension) == text


def test_product_adds_exponents_of_a_name_that_comes_twice() -> None:
    assert product([("A", 1), ("B", 2), ("A", -1)]) == B**2
