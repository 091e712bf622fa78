"""Units of another tool in our spelling: `kilometre / hour` is `km/h`."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from gaic.exchange.faults import StrangeValueError
from gaic.exchange.packed import number_text
from gaic.units.spelling import UnknownUnit, join_unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gaic.exchange.table import Mapped, Table
    from gaic.units.measures import Unit
    from gaic.units.system import UnitSystem

FACTOR = re.compile(r"([A-Za-z_]+|1)(?: ?\*\* ?(-?\d{1,2}))?")
LONGEST = 200
CLOSE = 1e-15
LARGEST_SHARE = 1000
"""Above this a plain number stays one; below, it is a share or the like where the table says so."""
SAVES = 2
"""Characters that another unit must save to take the place of the one that was written."""


class Speller:
    """Translates unit words by the table, and chooses between units of one dimension."""

    def __init__(self, table: Table, system: UnitSystem) -> None:
        self.table = table
        self.system = system
        self.known: dict[str, Mapping[str, int]] = {}

    def unit(self, written: str, mapped: Mapped) -> str:
        """Our spelling of a unit; raises `StrangeValueError` for one that is not known."""
        written = written.strip()
        alias = self.table.spellings.get(written)
        factors = {alias: 1} if alias else {self._swap(n, mapped.swaps): e for n, e in self._factors(written).items()}
        unit = join_unit(factors) or mapped.plain
        text = (unit + mapped.append) if unit else ""
        if text:
            self._look_up(text, written)
        return text

    def factor(self, written: str) -> float:
        """What a unit of a plain number is worth; raises `StrangeValueError` for any other unit."""
        unit = join_unit(self._factors(written.strip()))
        found = self._look_up(unit, written)
        if not found.dimension.is_number:
            raise StrangeValueError(f"a weight in {written!r}")
        return found.factor

    def _look_up(self, text: str, written: str) -> Unit:
        try:
            return self.system.unit(text)
        except UnknownUnit:
            raise StrangeValueError(f"the unit {written!r} is not known") from None

    def _swap(self, word: str, swaps: Mapping[str, str]) -> str:
        """Replace the last part of a unit, behind its prefix, by ours."""
        for ending, ours in swaps.items():
            if word.endswith(ending) and word[: -len(ending)] in ("", *self.table.prefixes.values()):
                return word[: -len(ending)] + ours
        return word

    def _factors(self, written: str) -> Mapping[str, int]:
        if written not in self.known:
            self.known[written] = self._split(written)
        return self.known[written]

    def _split(self, written: str) -> Mapping[str, int]:
        factors: dict[str, int] = {}
        pieces = re.split(r"\s*(?<!\*)([*/])(?!\*)\s*", written) if written else []
        if len(written) > LONGEST:
            raise StrangeValueError("the unit is longer than a unit is")
        for place, piece in enumerate(pieces[::2]):
            match = FACTOR.fullmatch(piece)
            if match is None:
                raise StrangeValueError(f"the unit {written!r} cannot be read")
            word = "" if match[1] == "1" else self._word(match[1], written)
            sign = -1 if place and pieces[2 * place - 1] == "/" else 1
            if word:
                factors[word] = factors.get(word, 0) + sign * int(match[2] or 1)
        return {word: power for word, power in factors.items() if power}

    def _word(self, word: str, written: str) -> str:
        for suffix in self.table.suffixes:
            word = word.removesuffix(suffix)
        units, prefixes = self.table.units, self.table.prefixes
        if word in units:
            return units[word]
        for prefix, letter in prefixes.items():
            rest = word.removeprefix(prefix)
            if rest != word and units.get(rest):
                return letter + units[rest]
        raise StrangeValueError(f"the unit {written!r} is not known")

    # ------------------------------------------------------------ choosing a unit

    def tidy(self, value: float, unit: str, family: Sequence[str]) -> tuple[str, str]:
        """A number and its unit in the shortest exact form: `43830 h` is `5 year`, a plain 0.9 is `90 %`."""
        best = (number_text(value), unit)
        own = self.system.unit(unit)
        for other in family:
            theirs = self.system.unit(other)
            if value == 0 or own.dimension != theirs.dimension:
                continue
            exact = value * own.factor / theirs.factor
            near = float(f"{exact:.12g}")
            if not 0 < abs(exact) < math.inf or not math.isclose(near, exact, rel_tol=CLOSE):
                continue
            text = number_text(near)
            saved = len(best[0]) - len(text)
            if saved >= SAVES or (not unit and saved >= -1 and abs(near) <= LARGEST_SHARE):
                best = (text, other)
        return best
