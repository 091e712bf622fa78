"""What a page shows of an hourly series: its ends and extremes, a band by days, hours by months, sums, its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue
from gaic.report import charts, words
from gaic.report.daily_hours import draw_hours
from gaic.report.months import tabulate_months

if TYPE_CHECKING:
    from gaic.evaluate.account import Account
    from gaic.report.daily_hours import HourMap
    from gaic.report.facts import Facts
    from gaic.report.months import MonthTable

DAY = 24
WEEK = 7  # days
MOST_PARTS = 360
MOST_COLUMNS = 36
FEW_COLUMNS = 13
# Differences that are left by rounding, as a part of the largest number.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Extreme:
    """The lowest or the highest hour, and the first moment at which it occurs."""

    number: str
    moment: str


@dataclass(frozen=True, slots=True)
class OverTime:
    """A series in numbers, charts and a table; `parts` says what a part of the band is, and what is cut at its ends.

    `files` are the names and the addresses of its tables, from the root of the site.
    """

    first: tuple[str, ...]
    last: tuple[str, ...]
    count: str
    begin: str
    end: str
    clock: str
    unit: str
    is_amount: bool
    is_constant: bool
    lowest: Extreme
    highest: Extreme
    mean: str
    parts: str
    cut: str
    chart: charts.Chart | None
    hours: HourMap | None
    months: MonthTable | None
    files: tuple[tuple[str, str], ...]


def show_series(
    facts: Facts, account: Account, parts: int, *, maps: bool = True, months: bool = True
) -> OverTime | None:
    """A series in numbers, with a band of at most `parts` parts; None for other values and those without hours.

    The map of hours and the table of months may be left out.
    """
    value = account.value
    if not isinstance(value, HourlyValue):
        return None
    found = facts.book.calendar(account.node, parts, MOST_COLUMNS if parts * 2 >= MOST_PARTS else FEW_COLUMNS)
    if found is None:
        return None
    constant = value.max - value.min <= ROUNDING * max(abs(value.min), abs(value.max))
    return OverTime(
        first=tuple(map(words.write_number, value.first10)),
        last=() if value.n <= len(value.first10) else tuple(map(words.write_number, value.last10)),
        count=words.write_number(value.n),
        begin=words.show_hour(value.start),
        end=words.show_hour(value.start + value.n - 1),
        clock=words.name_clock(value),
        unit=found.band.unit,
        is_amount=value.nature == "amount",
        is_constant=constant,
        lowest=Extreme(words.write_number(value.min), words.show_hour(found.lowest_hour)),
        highest=Extreme(words.write_number(value.max), words.show_hour(found.highest_hour)),
        mean=words.write_number(value.mean),
        parts=name_days(found.days),
        cut=describe_ends(value.start, value.n, found.days) if found.days else "",
        chart=None if constant else charts.draw_course(found.band),
        hours=None
        if constant or not found.days or not maps
        else draw_hours(found.daily_hours, found.months, found.band.unit),
        months=tabulate_months(found.months, value) if months else None,
        files=facts.files.get(account.node, ()),
    )


def name_days(days: int) -> str:
    """What a part of a chart holds, in words: an hour (0 days), a day, a week, 3 weeks."""
    if days < WEEK:
        return "day" if days else "hour"
    return "week" if days == WEEK else f"{days // WEEK} weeks"


def describe_ends(start: int, count: int, days: int) -> str:
    """What is there only in part: the first day, the last day, the last part of several days."""
    first, last = -start % DAY, (start + count) % DAY
    covered = (start + count - 1) // DAY - start // DAY + 1
    told = [f"the {name} day has {words.count_words(n, 'hour')}" for name, n in (("first", first), ("last", last)) if n]
    if days > 1 and covered % days:
        told.append(f"the last part has {words.count_words(covered % days, 'day')}")
    return ", ".join(told)
