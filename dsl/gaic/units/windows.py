"""Sums over a moving window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


def window_sums(values: Values, width: int, length: int) -> Values:
    """result[h] = sum of values[h - i] for i < width, for the first `length` hours; no values outside count as 0.

    Nothing is ever subtracted, so a window of zeros is exactly zero (the difference of running sums is not).
    """
    if width >= min(len(values), length):
        return _wide(values, width, length)
    return _doubled(values, width, length)


def _wide(values: Values, width: int, length: int) -> Values:
    """Running sums, for a window that covers all values: they fill it, stay, and leave it from the front."""
    count = len(values)
    filling = np.cumsum(values[:length])
    result = np.zeros(length)
    result[: len(filling)] = filling
    result[count:width] = filling[-1]
    leaving = np.cumsum(values[:0:-1])[::-1]
    stays = result[width : width + count - 1]
    stays[:] = leaving[: len(stays)]
    return result


def _doubled(values: Values, width: int, length: int) -> Values:
    """Windows of 1, 2, 4, ... hours, each the sum of two of the one before; those in `width` are laid end to end."""
    power, size = values[:length], 1
    result, covered = np.zeros(0), 0
    while True:
        if width & size:
            result = power if covered == 0 else _add_behind(result, power, covered, length)
            covered += size
        if covered == width:
            break
        power = _add_behind(power, power, size, length)
        size *= 2
    if len(result) == length:
        return result
    return np.concatenate((result, np.zeros(length - len(result))))


def _add_behind(early: Values, late: Values, hours: int, length: int) -> Values:
    """early[h] + late[h - hours], at most `length` hours."""
    total = np.zeros(min(length, max(len(early), hours + len(late))))
    total[: len(early)] = early
    behind = total[hours : hours + len(late)]
    behind += late[: len(behind)]
    return total
