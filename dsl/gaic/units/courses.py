"""How the volume of a day moves over a period: growth from its first day on, a factor for each month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
_ROUNDING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Growth:
    """The volume of a day grows by `share` in every `days` days, compound or else by a part of the first day's."""

    share: float
    days: float
    compound: bool

    def factor(self, passed: int) -> float:
        """Give the volume after some days, where the first day has 1; infinite beyond all numbers."""
        if not self.compound:
            factor = 1.0 + self.share * (passed / self.days)
            return 0.0 if abs(factor) < _ROUNDING else factor  # what ends at 0 does not miss it by a rounding error
        try:
            return math.pow(1.0 + self.share, passed / self.days)
        except OverflowError:
            return math.inf


@dataclass(frozen=True, slots=True)
class CourseFault:
    """The volume of a local day, counted from 1970-01-01, is negative or no number."""

    day: int
    factor: float

    @property
    def message(self) -> str:
        """The fault with its date: `falls below 0 on 2026-03-01`."""
        what = "falls below 0" if self.factor < 0.0 else "is beyond all numbers"
        return f"{what} on {_date(self.day).isoformat()}"


@dataclass(frozen=True, slots=True)
class Course:
    """Growth and seasons: what the volume of a day is multiplied by; `seasons` are twelve factors from January."""

    growth: Growth | None = None
    seasons: tuple[float, ...] | None = None

    def factor(self, first: int, day: int) -> float:
        """Give the factor of a local day; both days are counted from 1970-01-01, nothing grows before the first."""
        grown = self.growth.factor(max(day - first, 0)) if self.growth is not None else 1.0
        return grown * self.seasons[_date(day).month - 1] if self.seasons is not None else grown


STEADY: Final = Course()
"""Each day has the volume of the first."""


def _date(day: int) -> date:
    return date.fromordinal(day + _EPOCH_ORDINAL)
