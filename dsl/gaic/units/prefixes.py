"""The prefixes that a unit may list, and what each is worth."""

from __future__ import annotations

from typing import Final

# SI brochure, 9th edition (2019), table 7, with the additions of 2022; powers of 1024: IEC 80000-13 (2008).
# `u` stands for the micro sign on keyboards that have none; both code points of the sign are taken.
_DECIMAL = (
    ("quecto", "q", -30),
    ("ronto", "r", -27),
    ("yocto", "y", -24),
    ("zepto", "z", -21),
    ("atto", "a", -18),
    ("femto", "f", -15),
    ("pico", "p", -12),
    ("nano", "n", -9),
    ("micro", "u", -6),
    ("micro", "\N{MICRO SIGN}", -6),
    ("micro", "\N{GREEK SMALL LETTER MU}", -6),
    ("milli", "m", -3),
    ("centi", "c", -2),
    ("deci", "d", -1),
    ("deca", "da", 1),
    ("hecto", "h", 2),
    ("kilo", "k", 3),
    ("mega", "M", 6),
    ("giga", "G", 9),
    ("tera", "T", 12),
    ("peta", "P", 15),
    ("exa", "E", 18),
    ("zetta", "Z", 21),
    ("yotta", "Y", 24),
    ("ronna", "R", 27),
    ("quetta", "Q", 30),
)
_BINARY = (
    ("kibi", "Ki", 1),
    ("mebi", "Mi", 2),
    ("gibi", "Gi", 3),
    ("tebi", "Ti", 4),
    ("pebi", "Pi", 5),
    ("exbi", "Ei", 6),
)

PREFIXES: Final[dict[str, float]] = {
    # float() of the text is the nearest float; 10.0**power is not for every power.
    **{sign: float(f"1e{power}") for _, sign, power in _DECIMAL},
    **{sign: float(1024**power) for _, sign, power in _BINARY},
}
"""What a unit with this prefix is worth in the unit without it."""

PREFIX_WORDS: Final[dict[str, str]] = {word: sign for word, sign, _ in reversed((*_DECIMAL, *_BINARY))}
"""The sign of a prefix that is written as a word: `kilo` -> `k`."""
