"""Built-in functions of series on rows: over time, on clocks, and between series hour by hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.evaluate.frame import Scalars, SeriesRows, WordRows
from gaic.units import zones
from gaic.units.series import NOTHING, Series, SeriesFault, SeriesTrouble, end_of, flat, scale, shift
from gaic.units.wall_clock import from_wall_clock
from gaic.units.weeks import constant_week

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.evaluate.frame import Rows
    from gaic.units.workshop import Workshop


class OverTime:
    """Computes calls, one row after the other. `hour` is one hour in root units.

    Stocks last until the hour behind the last one of any hourly input in UTC, which is kept here: the graph's order
    has all such inputs computed before the first stock.
    """

    def __init__(self, workshop: Workshop, hour: float) -> None:
        self.hour = hour
        self.workshop = workshop
        self.beginning: int | None = None
        self.horizon: int | None = None
        self.table: dict[str, Callable[..., Rows]] = {
            "total": lambda series: self._reduce(series, workshop.total),
            "mean": lambda series: self._reduce(series, workshop.mean),
            "peak": lambda series: self._reduce(series, workshop.peak),
            "integrate": lambda series: SeriesRows([scale(s, hour) for s in series_of(series)]),
            "rate": lambda series: SeriesRows([scale(s, 1.0 / hour) for s in series_of(series)]),
            "flat": self._flat,
            "weekly": lambda number: SeriesRows([constant_week(value) for value in numbers_of(number)]),
            "shift": lambda series, time: self._move(series, time, shift),
            "rotate": lambda series, time: self._move(series, time, workshop.rotate),
            "in_parallel": lambda series, time: self._move(series, time, workshop.in_parallel),
            "held": lambda series, time, *until: self._stock(series, time, until, workshop.held),
            "expired": lambda series, time, *until: self._stock(series, time, until, workshop.expired),
            "cumulative": self._cumulative,
            "to_utc": self._to_utc,
            "from_wall_clock": self._from_wall_clock,
            "offset_at_start": self._offset_at_start,
            "offset_of_clock": self._offset_of_clock,
            "from_monday": self._from_monday,
            "expand": self._expand,
            "expand_from_monday": lambda week, over, zone: self._expand(week, over, zone, whole_weeks=True),
            "at_least": self._at_least,
            "ratio": self._ratio,
            "tier_share": self._tier_share,
        }

    def note_input(self, series: Series) -> None:
        """Take note of an hourly input, as written in UTC or moved there."""
        if series.n and not series.local:
            self.horizon = series.end if self.horizon is None else max(self.horizon, series.end)
            self.beginning = series.start if self.beginning is None else min(self.beginning, series.start)

    # ------------------------------------------------------------ over time

    def _reduce(self, series: Rows, function: Callable[[Series], float]) -> Scalars:
        return Scalars(np.array([function(s) for s in series_of(series)], dtype=np.float64))

    def _flat(self, numbers: Rows, like: Rows) -> SeriesRows:
        return SeriesRows([flat(n, s) for n, s in zip(numbers_of(numbers), series_of(like), strict=True)])

    def _move(self, series: Rows, time: Rows, function: Callable[[Series, float], Series]) -> SeriesRows:
        pairs = zip(series_of(series), numbers_of(time), strict=True)
        return SeriesRows([function(s, t / self.hour) for s, t in pairs])

    def _stock(
        self, series: Rows, time: Rows, until: tuple[Rows, ...], function: Callable[[Series, float, int], Series]
    ) -> SeriesRows:
        rows = series_of(series)
        pairs = zip(rows, numbers_of(time), self._ends(rows, until), strict=True)
        return SeriesRows([function(s, t / self.hour, end) for s, t, end in pairs])

    def _cumulative(self, series: Rows, *until: Rows) -> SeriesRows:
        rows = series_of(series)
        return SeriesRows(
            [self.workshop.cumulative(s, end) for s, end in zip(rows, self._ends(rows, until), strict=True)]
        )

    def _ends(self, rows: list[Series], until: tuple[Rows, ...]) -> list[int]:
        """The hours behind the last ones of stocks: those of a series, else of the model."""
        if until:
            return [end_of(s, other) for s, other in zip(rows, series_of(until[0]), strict=True)]
        last = self.horizon
        return [s.end if last is None or s.local else max(last, s.end) for s in rows]

    # ------------------------------------------------------------ clocks

    def _to_utc(self, series: Rows, clock: Rows) -> SeriesRows:
        rows = series_of(series)
        if isinstance(clock, WordRows):
            moved = [zones.to_utc(s, zone) for s, zone in zip(rows, clock.values, strict=True)]
        else:
            moved = [zones.to_utc_by(s, t / self.hour) for s, t in zip(rows, numbers_of(clock), strict=True)]
        for each in moved:
            self.note_input(each)
        return SeriesRows(moved)

    def _from_wall_clock(self, series: Rows, zone: Rows) -> SeriesRows:
        moved = [
            from_wall_clock(self.workshop.values(s), s.start, z) if s.local else s
            for s, z in zip(series_of(series), words_of(zone), strict=True)
        ]
        for each in moved:
            self.note_input(each)
        return SeriesRows(moved)

    def _offset_at_start(self, series: Rows, zone: Rows) -> Scalars:
        pairs = zip(series_of(series), words_of(zone), strict=True)
        return Scalars(np.array([zones.offset_at_start(s, z) / zones.HOUR for s, z in pairs]) * self.hour)

    def _offset_of_clock(self, series: Rows, zone: Rows) -> Scalars:
        pairs = zip(series_of(series), words_of(zone), strict=True)
        return Scalars(np.array([zones.offset_of_clock(s, z) / zones.HOUR for s, z in pairs]) * self.hour)

    def _from_monday(self, series: Rows, zone: Rows) -> SeriesRows:
        pairs = zip(series_of(series), words_of(zone), strict=True)
        return SeriesRows([self.workshop.from_monday(s, z) for s, z in pairs])

    def _expand(self, week: Rows, over: Rows, zone: Rows, *, whole_weeks: bool = False) -> SeriesRows:
        rows = zip(series_of(week), series_of(over), words_of(zone), strict=True)
        return SeriesRows([self.workshop.expand(w, s, z, whole_weeks=whole_weeks) for w, s, z in rows])

    # ------------------------------------------------------------ hour by hour

    def _at_least(self, left: Rows, right: Rows) -> SeriesRows:
        pairs = zip(list_rows(left), list_rows(right), strict=True)
        return SeriesRows([self._compare(a, b) for a, b in pairs])

    def _compare(self, left: Series | float, right: Series | float) -> Series:
        if isinstance(left, Series):
            return self.workshop.at_least(left, right)
        return self.workshop.at_least(*_as_series(left, right))

    def _ratio(self, left: Rows, right: Rows, otherwise: Rows | None = None) -> Rows:
        rest = numbers_of(otherwise) if otherwise is not None else [0.0] * len(list_rows(left))
        if isinstance(left, Scalars) and isinstance(right, Scalars):
            triples = zip(left.values.tolist(), right.values.tolist(), rest, strict=True)
            return Scalars(np.array([_divide(a, b, r) for a, b, r in triples], dtype=np.float64))
        return SeriesRows(
            [
                self.workshop.ratio(*_as_series(a, b), r)
                for a, b, r in zip(list_rows(left), list_rows(right), rest, strict=True)
            ]
        )

    def _tier_share(self, part: Rows, whole: Rows, raw: Rows, count: Rows) -> Scalars:
        rows = zip(series_of(part), series_of(whole), series_of(raw), numbers_of(count), strict=True)
        return Scalars(np.array([self.workshop.tier_share(p, w, r, n) for p, w, r, n in rows], dtype=np.float64))


def series_of(rows: Rows) -> list[Series]:
    """The series of some rows."""
    return rows.values if isinstance(rows, SeriesRows) else []


def numbers_of(rows: Rows) -> list[float]:
    """The numbers of some rows."""
    return rows.values.tolist() if isinstance(rows, Scalars) else []


def words_of(rows: Rows) -> list[str]:
    """The texts of some rows."""
    return rows.values if isinstance(rows, WordRows) else []


def list_rows(rows: Rows) -> list[Series | float]:
    """The numbers or series of some rows."""
    return [*rows.values] if isinstance(rows, SeriesRows) else [*numbers_of(rows)]


def _as_series(left: Series | float, right: Series | float) -> tuple[Series, Series]:
    """Two operands as series: a number holds in the hours of the other one."""
    if isinstance(left, Series):
        return left, right if isinstance(right, Series) else flat(right, left)
    return (flat(left, right), right) if isinstance(right, Series) else (NOTHING, NOTHING)


def _divide(left: float, right: float, otherwise: float) -> float:
    if right == 0.0:
        if left != 0.0:
            raise SeriesFault(SeriesTrouble.DIVISION_BY_ZERO)
        return otherwise
    return left / right
