"""Values as they were computed, in root units and with all their digits: what a recomputation starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gaic.units.series import Series
from gaic.units.weeks import cut_stretches, is_week
from gaic.units.zones import HOUR

if TYPE_CHECKING:
    from gaic.evaluate.ledger import Ledger
    from gaic.units.measures import Unit
    from gaic.units.weeks import Stretch

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = 24 * HOUR
AFTER = 9 * DAY
"""How far behind the last hour of a model its clocks are asked: to the next Monday and one day more."""
BEFORE = 2 * DAY
EARLIEST = (datetime.min.replace(tzinfo=UTC) - EPOCH) // SECOND + BEFORE
LATEST = (datetime.max.replace(tzinfo=UTC) - EPOCH) // SECOND - BEFORE
"""What the calendar knows, less the days that a clock may be ahead or behind."""


@dataclass(frozen=True, slots=True)
class WrittenHours:
    """The hours of a series that stands in a text or a file: `factor * values`."""

    start: int
    local: bool
    factor: float
    values: tuple[float, ...]


def hour_of(ledger: Ledger) -> float:
    """One hour in root units."""
    return ledger.run.formulas.arithmetic.hour


def horizon_of(ledger: Ledger) -> int | None:
    """The hour behind the last one of all hourly inputs, with which stocks end."""
    return ledger.run.formulas.arithmetic.over_time.horizon


def unit_of(ledger: Ledger, node: int) -> Unit | None:
    """The unit in which the value of a node is shown."""
    return ledger.run.pieces.unit(node)


def write_hours(ledger: Ledger, series: Series) -> WrittenHours:
    """The hours of a written series; whole numbers stay whole where a factor stands before all of them."""
    term = ledger.run.workshop.condense(series).terms[:1]
    if not term:
        return WrittenHours(series.start, series.local, 1.0, (0.0,) * series.n)
    return WrittenHours(series.start, series.local, term[0].factor, tuple(term[0].values.tolist()))


def list_words(ledger: Ledger) -> tuple[str, ...]:
    """The texts that values hold, sorted."""
    return tuple(sorted({held for held in ledger.run.store.others if isinstance(held, str)}))


def clock_span(ledger: Ledger) -> tuple[int, int]:
    """The seconds of UTC between which the clocks of a model are asked: all hours of its series, and some around."""
    series = [s for s in ledger.run.store.others if isinstance(s, Series) and s.n and not is_week(s)]
    if not series:
        return 0, 0
    first, last = min(s.start for s in series) * HOUR - BEFORE, max(s.end for s in series) * HOUR + AFTER
    return max(first, EARLIEST), min(last, LATEST)


def list_stretches(zone: str, span: tuple[int, int]) -> tuple[Stretch, ...]:
    """How a clock goes between two seconds of UTC."""
    return cut_stretches(zone, *span)
