"""Years, months and equal parts of a time, as edges that series are added between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gaic.report.words import EPOCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_COLUMNS = 360
DAY = 24
WEEK = 7 * DAY
_PARTS = (1, 2, 3, 6, 12, DAY, WEEK)
"""Hours of a column that divide a day or a week, so that no column has more nights than its neighbours."""
MOST_YEARS = 60
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans without a gap: `edges[i]` to `edges[i + 1]`, in hours since 1970, is called `names[i]`."""

    names: tuple[str, ...]
    edges: tuple[int, ...]


def cut_evenly(first: int, last: int, most: int = MOST_COLUMNS) -> tuple[int, ...]:
    """Edges of at most so many columns of whole hours, days or weeks.

    The last column has what is left, and the one before it takes that in where it is less than half a column: a few
    hours of a day or days of a week are not like the whole.
    """
    hours = last - first
    wide = next((part for part in _PARTS if part * most >= hours), None) or -(-hours // (WEEK * most)) * WEEK
    edges = [*range(first, last, wide)]
    if len(edges) > 1 and 2 * (last - edges[-1]) < wide:
        edges.pop()
    return (*edges, last)


def cut_years(first: int, last: int, zone: str) -> Spans:
    """The years of a time on the clock of a zone."""
    return _cut(first, last, zone, _next_year, "%Y", MOST_YEARS)


def cut_months(first: int, last: int, zone: str) -> Spans:
    """The months of a time on the clock of a zone."""
    return _cut(first, last, zone, _next_month, "%Y-%m", MOST_MONTHS)


def _cut(first: int, last: int, zone: str, advance: Callable[[datetime], datetime], style: str, most: int) -> Spans:
    """Spans of a calendar; what lies behind the last of so many is one span more.

    Where the zone is off by a part of an hour, a span begins with the hour that its first moment falls into.
    """
    begins = list(_list_begins(first, last, zone, advance))
    inside = [(hour, moment) for hour, moment in begins if first < hour < last]
    before = [moment for hour, moment in begins if hour <= first]
    opening = before[-1] if before else begins[0][1]
    names = [_name(opening, style), *(_name(moment, style) for _, moment in inside)]
    edges = [first, *(hour for hour, _ in inside), last]
    if len(names) > most:
        names, edges = [*names[: most - 1], f"from {names[most - 1]}"], [*edges[:most], last]
    return Spans(tuple(names), tuple(edges))


def _list_begins(
    first: int, last: int, zone: str, advance: Callable[[datetime], datetime]
) -> Iterator[tuple[int, datetime]]:
    """First moments of spans on the clock of a zone with their hours in UTC: one before the time, and all inside."""
    from gaic.units.zones import HOUR, Instant, utc_seconds

    moment = _at(first - 2 * 366 * DAY)
    moment = datetime(moment.year, 1, 1, tzinfo=moment.tzinfo)
    while True:
        clock = (moment - EPOCH) // timedelta(hours=1)
        hour = utc_seconds(Instant(clock, local=True), zone) // HOUR
        if hour >= last:
            return
        yield hour, moment
        try:
            moment = advance(moment)
        except ValueError:  # the last year of the calendar
            return


def _at(hour: int) -> datetime:
    """The moment of an hour, or the first one of the calendar."""
    try:
        return EPOCH + timedelta(hours=hour)
    except OverflowError:
        return datetime.min.replace(tzinfo=EPOCH.tzinfo)


def _next_year(moment: datetime) -> datetime:
    return moment.replace(year=moment.year + 1)


def _next_month(moment: datetime) -> datetime:
    months = moment.year * 12 + moment.month
    return moment.replace(year=months // 12, month=months % 12 + 1)


def _name(moment: datetime, style: str) -> str:
    return f"{moment.year:04}" + style.removeprefix("%Y").replace("%m", f"{moment.month:02}")
