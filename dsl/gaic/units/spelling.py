"""How units are written: `J/kg`, `kg*m^2/s^3`, `%`; and what to say when one is not known."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from gaic.source.diagnostic import GaicError
from gaic.source.limits import Limits
from gaic.source.suggest import Speller
from gaic.units.prefixes import PREFIX_WORDS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MAX_EXPONENT: Final = Limits().exponent
MAX_FACTORS: Final = 64
_EXPONENT_DIGITS = 3  # with the sign; int() of a million digits takes minutes

_NAME = r"%|[A-Za-z\N{MICRO SIGN}\N{GREEK SMALL LETTER MU}\N{GREEK CAPITAL LETTER OMEGA}\N{DEGREE SIGN}][A-Za-z0-9_]*"
_NAME_ALONE = re.compile(_NAME)
_FACTOR = re.compile(rf"({_NAME})(?:\^(-?[0-9]+))?")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


class Trouble(Enum):
    """Why a unit is not known."""

    UNKNOWN = "unknown"
    PREFIX = "prefix"
    BLANKS = "blanks"
    SYMBOL = "symbol"
    SPELLING = "spelling"
    EXPONENT = "exponent"
    SIZE = "size"
    FAULTY = "faulty"


class UnknownUnit(GaicError):
    """A unit that nobody declared, or that cannot be read.

    `part` is the factor of `text` that is at fault, `hint` a sentence on what to write instead (may be empty),
    `similar` the declared names that look like the part. With `trouble` FAULTY the unit is declared, but its
    declaration is wrong and was reported there.
    """

    exit_code = 1

    def __init__(self, text: str, part: str, trouble: Trouble, hint: str = "", similar: tuple[str, ...] = ()) -> None:
        self.text = text
        self.part = part
        self.trouble = trouble
        self.hint = hint
        self.similar = similar
        super().__init__(f"unknown unit `{part}`" + (f" in `{text}`" if part != text else ""))


@dataclass(frozen=True, slots=True)
class Spellings:
    """All spellings of all units: `forms` gives, for each, the spellings of the same unit as declared."""

    forms: Mapping[str, tuple[str, ...]]
    faulty: Collection[str]
    speller: Speller = field(default_factory=Speller)

    def unknown(self, text: str, factors: tuple[tuple[str, int], ...], part: str) -> UnknownUnit:
        """Build the failure for a factor of a unit that has no declaration, with the best advice there is."""
        if part in self.faulty:
            return UnknownUnit(text, part, Trouble.FAULTY)
        if forms := self._other_prefixes(part):
            return UnknownUnit(text, part, Trouble.PREFIX, f"declared forms: {_listed(forms)}", forms)
        if "*" in text and any(name in self.forms for name, _ in factors):
            spaced = text.replace("*", " * ")
            return UnknownUnit(text, part, Trouble.BLANKS, f"to multiply by a name put blanks: `{spaced}`")
        similar = self.speller.suggest(part, self.forms)
        if similar is None:
            return UnknownUnit(text, part, Trouble.UNKNOWN)
        return UnknownUnit(text, part, Trouble.UNKNOWN, f"did you mean `{similar}`?", (similar,))

    def _other_prefixes(self, part: str) -> tuple[str, ...]:
        """Give the declared spellings of the unit that remains when a prefix is taken off (`dm`, `kilometre`)."""
        for prefix in sorted((*PREFIXES, *PREFIX_WORDS), key=len, reverse=True):
            rest = part.removeprefix(prefix)
            if rest and rest != part and rest in self.forms:
                return self.forms[rest]
        return ()


def is_unit_name(text: str) -> bool:
    """Say whether a unit may have this name."""
    return _NAME_ALONE.fullmatch(text) is not None


def split_unit(text: str) -> tuple[tuple[str, int], ...]:
    """Split a composite unit into (name, exponent); raise `UnknownUnit` where it cannot be read."""
    pieces = re.split(r"([*/])", text)
    if len(pieces) > 2 * MAX_FACTORS:
        raise UnknownUnit(text, text, Trouble.SIZE, f"a unit has at most {MAX_FACTORS} factors")
    factors = [_read_factor(text, piece) for piece in pieces[::2]]
    signs = (1, *(1 if sign == "*" else -1 for sign in pieces[1::2]))
    return tuple((name, sign * exponent) for sign, (name, exponent) in zip(signs, factors, strict=True))


def join_unit(factors: Mapping[str, int]) -> str:
    """Write (name, exponent) so that `split_unit` reads it: `A*B^2/C`, or `C^-1` where nothing stands above."""
    above = [_write_factor(name, exponent) for name, exponent in factors.items() if exponent > 0]
    below = [(name, exponent) for name, exponent in factors.items() if exponent < 0]
    if not above and below:
        above, below = [_write_factor(*below[0])], below[1:]
    return "*".join(above) + "".join("/" + _write_factor(name, -exponent) for name, exponent in below)


def _read_factor(text: str, piece: str) -> tuple[str, int]:
    match = _FACTOR.fullmatch(piece)
    if match is None:
        raise UnknownUnit(text, piece, *_explain_spelling(piece))
    name, digits = match.group(1), match.group(2)
    if digits is None:
        return name, 1
    if len(digits) > _EXPONENT_DIGITS or abs(int(digits)) > MAX_EXPONENT:
        raise UnknownUnit(text, piece, Trouble.EXPONENT, f"exponents of units go up to {MAX_EXPONENT}")
    return name, int(digits)


def _explain_spelling(piece: str) -> tuple[Trouble, str]:
    if any(unicodedata.category(letter) == "Sc" for letter in piece):
        return Trouble.SYMBOL, "currencies are written as ISO 4217 codes of three letters"
    plain = piece.translate(_SUPERSCRIPTS)
    if plain != piece:
        name = piece.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
        return Trouble.SYMBOL, f"exponents are written with ^: `{name}^{plain[len(name) :]}`"
    if "·" in piece or "×" in piece:
        return Trouble.SYMBOL, f"factors are joined with *: `{piece.replace('·', '*').replace('×', '*')}`"
    return Trouble.SPELLING, ""


def _write_factor(name: str, exponent: int) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
