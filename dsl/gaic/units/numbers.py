"""How numbers are written: our own format, the same on every machine and under every locale."""

from __future__ import annotations

import math
from typing import Final

DIGITS: Final = 12
"""Significant digits of every printed number: across processors powers and logarithms differ in the last place."""

_SMALLEST_PLAIN: Final = 1e-4
_LARGEST_PLAIN: Final = 1e15
_SHORT_DIGITS: Final = 4
_WHOLE_FROM: Final = 1e3
_GROUPED_FROM: Final = 5  # digits


def format_number(x: float, digits: int = DIGITS) -> str:
    """Write at most `digits` significant digits, without exponent from 1e-4 up to 1e15: `0.25`, `1.5e-7`, `3e15`."""
    sign, digit_text, power = _parts(x, digits)
    if not digit_text:
        return "0"
    if _SMALLEST_PLAIN <= abs(round_significant(x, digits)) < _LARGEST_PLAIN:
        return sign + _plain(digit_text, power)
    fraction = "." + digit_text[1:] if len(digit_text) > 1 else ""
    return f"{sign}{digit_text[0]}{fraction}e{power}"


def round_significant(x: float, digits: int = DIGITS) -> float:
    """Round to significant digits; never -0."""
    _check(x)
    return float(f"{x:.{digits - 1}e}") + 0.0


def format_short(x: float, separator: str = "") -> str:
    """Write a number for people: four significant digits, whole from 1000 on, `separator` in longer ones."""
    size = abs(x)
    if size < _LARGEST_PLAIN and round_significant(size, _SHORT_DIGITS) >= _WHOLE_FROM:
        return ("-" if x < 0 else "") + _grouped(str(round(size)), separator)
    return format_number(x, _SHORT_DIGITS)


def _parts(x: float, digits: int) -> tuple[str, str, int]:
    """Give sign, significant digits without trailing zeros (none for 0), and the power of ten of the first."""
    _check(x)
    mantissa, power = f"{abs(x):.{digits - 1}e}".split("e")
    digit_text = mantissa.replace(".", "").rstrip("0")
    return ("-" if x < 0 and digit_text else ""), digit_text, int(power)


def _plain(digit_text: str, power: int) -> str:
    if power < 0:
        return "0." + "0" * (-power - 1) + digit_text
    whole, fraction = digit_text[: power + 1].ljust(power + 1, "0"), digit_text[power + 1 :]
    return f"{whole}.{fraction}" if fraction else whole


def _grouped(whole: str, separator: str) -> str:
    if len(whole) < _GROUPED_FROM:
        return whole
    first = len(whole) % 3 or 3
    return separator.join((whole[:first], *(whole[place : place + 3] for place in range(first, len(whole), 3))))


def _check(x: float) -> None:
    if not math.isfinite(x):
        message = "a number that is not finite has no written form"
        raise ValueError(message)
