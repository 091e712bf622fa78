"""How a fleet is shared, one of it after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.units.rounding import guarded_ceil
from gaic.units.series import SeriesFault, SeriesTrouble

if TYPE_CHECKING:
    from gaic.units.series import Hours


def share_tiers(part: Hours, whole: Hours, raw: Hours, count: float) -> float:
    """Give the share that `part` has in a fleet of `count` pieces, of which `raw` are needed at a time.

    Piece k is needed in the hours with raw > k - 1 (noise in the last place aside); its share is that of `part` in
    `whole` over those hours, over all hours if there is none, and 0 of nothing. The result is their mean; a count that
    is not whole is rounded up. Pieces that the same hours need are one tier, so a large count costs nothing.
    """
    fleet = float(guarded_ceil(np.array([count]))[0])
    if fleet <= 0.0 or not len(part):
        return 0.0
    needed = np.minimum(np.maximum(guarded_ceil(raw), 0.0), fleet)
    tops, tier = np.unique(needed, return_inverse=True)
    # what each tier and those above it add up to: the sums of pieces tops[i - 1] + 1 to tops[i]
    parts = np.cumsum(np.bincount(tier, weights=part)[::-1])[::-1]
    wholes = np.cumsum(np.bincount(tier, weights=whole)[::-1])[::-1]
    sizes = np.diff(tops, prepend=0.0)
    tiers = [*zip(sizes.tolist(), parts.tolist(), wholes.tolist(), strict=True)]
    tiers.append((fleet - float(tops[-1]), float(parts[0]), float(wholes[0])))
    return float(sum(size * _divide(above, below) for size, above, below in tiers if size) / fleet)


def _divide(part: float, whole: float) -> float:
    if whole == 0.0 and part != 0.0:
        raise SeriesFault(SeriesTrouble.DIVISION_BY_ZERO)
    return part / whole if whole else 0.0
