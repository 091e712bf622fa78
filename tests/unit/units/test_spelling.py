"""Units that nobody declared, and what is advised."""

from __future__ import annotations

import pytest

from gaic.units.spelling import Trouble, UnknownUnit, join_unit, split_unit
from tests.unit.units.worlds import make_world

WORLD = make_world()


def refuse(text: str) -> UnknownUnit:
    """Read a unit and expect that it is unknown."""
    with pytest.raises(UnknownUnit) as caught:
        WORLD.unit(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "part", "trouble", "hint"),
    [
        ("Ma", "Ma", Trouble.PREFIX, "declared forms: `aye`, `a`, `ka`, `ma` and `ua`"),
        ("c/mb", "mb", Trouble.PREFIX, "declared forms: `bee`, `b`, `bb`, `kb` and `kbb`"),
        ("kcount", "kcount", Trouble.PREFIX, "declared forms: `count`"),
        ("kiloaye", "kiloaye", Trouble.PREFIX, "declared forms: `aye`, `a`, `ka`, `ma` and `ua`"),
        ("\N{MICRO SIGN}a", "\N{MICRO SIGN}a", Trouble.PREFIX, "declared forms: `aye`, `a`, `ka`, `ma` and `ua`"),
        ("a*price", "price", Trouble.BLANKS, "to multiply by a name put blanks: `a * price`"),
        ("€", "€", Trouble.SYMBOL, "currencies are written as ISO 4217 codes of three letters"),
        ("a/$", "$", Trouble.SYMBOL, "currencies are written as ISO 4217 codes of three letters"),
        ("a²", "a²", Trouble.SYMBOL, "exponents are written with ^: `a^2`"),
        ("a⁻²", "a⁻²", Trouble.SYMBOL, "exponents are written with ^: `a^-2`"),
        ("a·b", "a·b", Trouble.SYMBOL, "factors are joined with *: `a*b`"),
        ("a×b", "a×b", Trouble.SYMBOL, "factors are joined with *: `a*b`"),
        ("KC", "KC", Trouble.UNKNOWN, "did you mean `kc`?"),
        ("counts", "counts", Trouble.UNKNOWN, "did you mean `count`?"),
        ("zzz", "zzz", Trouble.UNKNOWN, ""),
        ("1/a", "1", Trouble.SPELLING, ""),
        ("a*", "", Trouble.SPELLING, ""),
        ("a b", "a b", Trouble.SPELLING, ""),
        ("a^65", "a^65", Trouble.EXPONENT, "exponents of units go up to 64"),
        ("a^-9999", "a^-9999", Trouble.EXPONENT, "exponents of units go up to 64"),
        ("*".join(["a"] * 65), "*".join(["a"] * 65), Trouble.SIZE, "a unit has at most 64 factors"),
        ("ua^64", "ua^64", Trouble.SIZE, "no number is large or small enough to convert it"),
        ("kc^64*kc^64", "kc^64*kc^64", Trouble.SIZE, "no number is large or small enough to convert it"),
    ],
)
def test_advice(text: str, part: str, trouble: Trouble, hint: str) -> None:
    refused = refuse(text)
    assert (refused.text, refused.part, refused.trouble, refused.hint) == (text, part, trouble, hint)


def test_similar_names_are_given_as_values_too() -> None:
    assert refuse("dozen_b").similar == ("dozen_a",)
    assert refuse("Ma").similar == ("aye", "a", "ka", "ma", "ua")


def test_message() -> None:
    assert str(refuse("zzz")) == "unknown unit `zzz`"
    assert str(refuse("a/zzz")) == "unknown unit `zzz` in `a/zzz`"


@pytest.mark.parametrize("text", ["a", "a*b^2/c^3/d", "a^-1", "a^-1/b^2", "%"])
def test_splitting_and_joining_are_inverse(text: str) -> None:
    assert join_unit(dict(split_unit(text))) == text


def test_nothing_joined_is_empty() -> None:
    assert join_unit({"a": 0}) == ""
