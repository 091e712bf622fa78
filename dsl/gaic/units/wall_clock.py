"""Amounts written for each hour that a clock on the wall shows: twenty-four a day, also when it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.units.series import NOTHING, from_values
from gaic.units.weeks import cut_stretches
from gaic.units.zones import HOUR, Instant, utc_seconds

if TYPE_CHECKING:
    from gaic.units.series import Series


def from_wall_clock(values: np.ndarray[tuple[int], np.dtype[np.float64]], start: int, zone: str) -> Series:
    """Move amounts from the clock of a zone to UTC, one for each hour that it shows from the hour `start` on.

    Each UTC hour gets, of every hour on the clock, the part by time that it shows then. What stands for an hour that
    the clock skips falls into the hour in which it is put forward; what stands for an hour that it shows twice is split
    over both. So no amount is lost, whatever the clock does.
    """
    if not len(values):
        return NOTHING
    first = utc_seconds(Instant(start, local=True), zone)
    end = utc_seconds(Instant(start + len(values), local=True), zone)
    hours, shown, times = _read_clock(zone, first, end)
    shown -= start
    inside = (shown >= 0) & (shown < len(values))
    hours, shown, times = hours[inside], shown[inside], times[inside]
    seen = np.bincount(shown, weights=times, minlength=len(values))
    begin, n = first // HOUR, -(-end // HOUR) - first // HOUR
    rates = np.divide(values, seen, out=np.zeros(len(values)), where=seen > 0.0)
    moved = np.bincount(hours - begin, weights=rates[shown] * times, minlength=n)
    for skipped in np.flatnonzero(seen == 0.0).tolist():
        place = utc_seconds(Instant(start + skipped, local=True), zone) // HOUR - begin
        moved[min(max(place, 0), n - 1)] += values[skipped]
    return from_values(begin, np.asarray(moved[:n] + 0.0, dtype=np.float64))


def _read_clock(
    zone: str, first: int, end: int
) -> tuple[
    np.ndarray[tuple[int], np.dtype[np.int64]],
    np.ndarray[tuple[int], np.dtype[np.int64]],
    np.ndarray[tuple[int], np.dtype[np.float64]],
]:
    """Give UTC hours, the hour that the clock shows in them, and for which part of the hour; seconds from and to."""
    hours: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    shown: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    times: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
    for stretch in cut_stretches(zone, first, end):
        ahead, rest = divmod(stretch.offset, HOUR)
        utc = np.arange(stretch.begin // HOUR, -(-stretch.end // HOUR), dtype=np.int64)
        change = utc * HOUR + (HOUR - rest)  # the second of the UTC hour at which the clock shows the next hour
        for place, low, high in ((utc + ahead, utc * HOUR, change), (utc + ahead + 1, change, (utc + 1) * HOUR)):
            part = np.minimum(high, stretch.end) - np.maximum(low, stretch.begin)
            there = part > 0
            hours.append(utc[there])
            shown.append(place[there])
            times.append(part[there] / HOUR)
    return np.concatenate(hours), np.concatenate(shown), np.concatenate(times)
