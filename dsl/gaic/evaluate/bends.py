"""What keeps a value from following another in a straight line."""

from __future__ import annotations

from enum import IntFlag


class Bend(IntFlag):
    """What stands between a value and one that follows it, so that it does not follow in a straight line."""

    ROUNDED = 1
    """It is rounded to whole units."""
    EXTREME = 2
    """The largest or the smallest of several decides."""
    BRANCH = 4
    """A comparison of numbers decides what counts."""
