"""Local clocks: the rules of the `tzdata` package, read with the standard library, as lists of changes."""

from __future__ import annotations

import functools
from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from gaic.verify.clocks import Clock

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 24 * 3600
FIRST, LAST = -3 * 365 * DAY, 80 * 365 * DAY


@functools.cache
def zone_of(name: str) -> ZoneInfo:
    with resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules)


@functools.cache
def clock_of(name: str) -> Clock:
    """The clock of a zone from 1967 to 2049; its changes are looked for day by day."""
    changes: list[tuple[int, int]] = []
    here, offset = FIRST, _ahead(name, FIRST)
    while here < LAST:
        later = here + DAY
        if _ahead(name, later) != offset:
            same, other = here, later
            while other - same > 1:
                middle = (same + other) // 2
                same, other = (middle, other) if _ahead(name, middle) == offset else (same, middle)
            later, offset = other, _ahead(name, other)
            changes.append((other, offset))
        here = later
    return Clock(name, FIRST, LAST, _ahead(name, FIRST), tuple(changes))


def _ahead(name: str, second: int) -> int:
    ahead = (EPOCH + timedelta(seconds=second)).astimezone(zone_of(name)).utcoffset()
    assert ahead is not None
    return ahead // timedelta(seconds=1)
