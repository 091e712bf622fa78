"""Tables of the days, and where they are wanted of the hours, of series: CSV files beside the pages.

RFC 4180 with LF: a header line, then numbers with a dot and at most 12 significant digits. Every text begins with a
word of ours, so that no program takes a cell for a formula.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue
from gaic.report import addresses, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.evaluate.account import Account
    from gaic.report.facts import Facts, Pointer

DAY = 24
FIRST_DAY = date(1970, 1, 1).toordinal()
# Lines of all tables of a site together; a line has about 50 bytes in one of days, 30 in one of hours.
MOST_DAYS = 300_000
MOST_HOURS = 1_000_000
# Members of an attribute that may have tables: no page explains more of them.
MOST_MEMBERS = 8


def choose_files(facts: Facts, *, hours: bool) -> Facts:
    """Say which series may have tables, which a page with a section for them links: as far as all together stay small.

    What counts in a total comes first, then the order of the pages.
    """
    explained = dict.fromkeys(p.node for object_ in facts.objects for p in _list_series(facts.point(object_.nodes)))
    counted = dict.fromkeys(node for row in facts.book.totals() for node in row.nodes if node in explained)
    accounts = [facts.pointers[node].account for node in counted | explained]
    files: dict[int, tuple[tuple[str, str], ...]] = {}
    for account in _fit(accounts, DAY, MOST_DAYS):
        address = addresses.days_of(account.object, account.attribute, account.member)
        files[account.node] = (("each day", address),)
    for account in _fit(accounts, 1, MOST_HOURS) if hours else ():
        address = addresses.hours_of(account.object, account.attribute, account.member)
        files[account.node] = (*files.get(account.node, ()), ("each hour", address))
    return replace(facts, files=files)


def write_files(facts: Facts, nodes: Iterable[int], page: str) -> Iterator[tuple[str, str]]:
    """The tables of the values of a page that it links, each made when it is asked for: address and text."""
    for node in nodes:
        for _, address in facts.files.get(node, ()):
            if f'/{address}"' in page:
                write = write_days if address.startswith(addresses.DAYS) else write_hours
                yield address, write(facts, facts.pointers[node].account)


def write_days(facts: Facts, account: Account) -> str:
    """A line for each day: how many hours it has, their sum (of a level: mean), the lowest and the highest of them."""
    value, days = account.value, facts.book.days(account.node)
    if days is None or not isinstance(value, HourlyValue):
        return ""
    amount = value.nature == "amount"
    columns = ("sum" if amount else "mean", "lowest hour", "highest hour")
    head = (f"day ({words.name_clock(value)})", "hours", *(_name_column(name, days.unit) for name in columns))
    middle = days.sums if amount else (sum_ / hours for sum_, hours in zip(days.sums, days.hours, strict=True))
    lines = map(
        "%s,%d,%.12g,%.12g,%.12g\n".__mod__,
        zip(_name_days(days.first, len(days.hours)), days.hours, middle, days.low, days.high, strict=True),
    )
    return _write_head(head) + "".join(lines)


def write_hours(facts: Facts, account: Account) -> str:
    """A line for each hour: the moment at which it begins, and its value."""
    value = account.value
    if not isinstance(value, HourlyValue):
        return ""
    moments = _name_hours(value.start, value.n, "" if value.local else "Z")
    values = (hour + 0.0 for hour in facts.book.hours(account.node).tolist())  # -0.0 + 0.0 is 0.0
    lines = map("%s,%.12g\n".__mod__, zip(moments, values, strict=True))
    return _write_head((f"hour ({words.name_clock(value)})", _name_column("value", value.unit))) + "".join(lines)


def quote_cell(text: str) -> str:
    """A cell as RFC 4180 has it: in quotes where it holds a comma, a quote or the end of a line."""
    if not set(text) & set(',"\r\n'):
        return text
    return '"' + text.replace('"', '""') + '"'


def _list_series(pointers: Iterable[Pointer]) -> Iterator[Pointer]:
    """Series with hours that have a section on the page of their object."""
    for _, members in groupby(pointers, key=lambda pointer: pointer.account.attribute):
        for place, pointer in enumerate(members):
            value = pointer.account.value
            shown = place < MOST_MEMBERS or pointer.role != "calculated"
            if shown and isinstance(value, HourlyValue) and value.n:
                yield pointer


def _fit(accounts: Iterable[Account], hours: int, most: int) -> Iterator[Account]:
    """Series whose tables, a line for each so many hours, still fit."""
    for account in accounts:
        lines = account.value.n // hours + 2 if isinstance(account.value, HourlyValue) else 0
        if lines <= most:
            most -= lines
            yield account


def _name_column(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _write_head(cells: Iterable[str]) -> str:
    return ",".join(quote_cell(words.make_visible(cell)) for cell in cells) + "\n"


@lru_cache(maxsize=16)
def _name_days(first: int, count: int) -> tuple[str, ...]:
    """Days counted from 1970-01-01, as ISO 8601 has them; many series of a model have the same."""
    return tuple(date.fromordinal(FIRST_DAY + day).isoformat() for day in range(first, first + count))


@lru_cache(maxsize=4)
def _name_hours(start: int, count: int, zone: str) -> tuple[str, ...]:
    """Moments at which hours begin, as ISO 8601 has them."""
    days = _name_days(start // DAY, (start + count - 1) // DAY - start // DAY + 1)
    hours = [f"T{hour:02}:00{zone}" for hour in range(DAY)]
    return tuple(days[hour // DAY - start // DAY] + hours[hour % DAY] for hour in range(start, start + count))
