"""How numbers are written."""

from __future__ import annotations

import pytest

from gaic.units.numbers import format_number, format_short, round_significant


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.5, "-1.5"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333333"),
        (2 / 3, "0.666666666667"),
        (100.0, "100"),
        (1e14, "100000000000000"),
        (123456789012345.6, "123456789012000"),
        (999999999999.9, "1000000000000"),
        (9.999999999999e14, "1e15"),
        (1e15, "1e15"),
        (-1.25e20, "-1.25e20"),
        (1e-4, "0.0001"),
        (0.00012345, "0.00012345"),
        (9.99e-5, "9.99e-5"),
        (9.9999999999999e-5, "0.0001"),
        (-1.5e-7, "-1.5e-7"),
        (5e-324, "4.94065645841e-324"),
        (1.7976931348623157e308, "1.79769313486e308"),
    ],
)
def test_twelve_digits(x: float, text: str) -> None:
    assert format_number(x) == text


def test_digits_may_be_fewer() -> None:
    assert format_number(1234.56, 3) == "1230"
    assert format_number(0.999, 2) == "1"


@pytest.mark.parametrize("x", [float("nan"), float("inf")])
def test_what_is_not_finite_is_not_written(x: float) -> None:
    for function in (format_number, round_significant, format_short):
        with pytest.raises(ValueError, match="not finite"):
            function(x)


def test_rounding() -> None:
    assert round_significant(0.1 + 0.2) == 0.3
    assert str(round_significant(-0.0)) == "0.0"
    assert round_significant(123456.0, 2) == 120000.0


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0"),
        (0.123456, "0.1235"),
        (1.2345678, "1.235"),
        (1234.5678, "1235"),
        (9999.96, "10 000"),
        (9999.44, "9999"),
        (12345.67, "12 346"),
        (-1234567.0, "-1 234 567"),
        (123456.0, "123 456"),
        (1e15, "1e15"),
        (1.23456e-9, "1.235e-9"),
    ],
)
def test_short_form(x: float, text: str) -> None:
    assert format_short(x, " ") == text
    assert format_short(x) == text.replace(" ", "")
