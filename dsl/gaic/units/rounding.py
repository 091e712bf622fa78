"""Rounding that forgives noise in the last place of a float."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GUARD: Final = 1e-9


def guarded_ceil(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """ceil(x - 1e-9 * max(1, |x|)), never -0: noise in the last place does not make a whole unit more."""
    guarded = np.maximum(1.0, np.abs(values))
    guarded *= -_GUARD
    guarded += values
    np.ceil(guarded, out=guarded)
    guarded += 0.0  # -0.0 + 0.0 is 0.0
    return guarded
