"""Sums (of a level: means) of months as a table with a row for each year; of long series by years or decades."""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gaic.report import words

if TYPE_CHECKING:
    from gaic.evaluate.account import HourlyValue
    from gaic.evaluate.calendar import Months

DAY = 24
YEAR = 12  # months
MOST_ROWS = 12
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Row:
    """A year (or a decade, a century) with its cells, empty where the series has no hours, and what they come to."""

    name: str
    cells: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class MonthTable:
    """`head` names the columns; `cell` and `row` what they stand for; `whole` is the printed number of the series.

    `is_cut` says that some are there only in part, which a star marks.
    """

    cell: str
    row: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    whole: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The months of a cell or a row, as places in the series, with the hours that they have there."""

    begin: int
    end: int
    hours: int
    is_cut: bool

    def write(self, sums: tuple[float, ...], *, amount: bool) -> str:
        """The sum of an amount or the mean of a level, with a star if hours are missing."""
        if not self.hours:
            return ""
        whole = math.fsum(sums[self.begin : self.end])
        return words.write_number(whole if amount else whole / self.hours) + ("*" if self.is_cut else "")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Rows with their names, their cells and the stretch of all of them; `cell` is in months."""

    cell: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[_Stretch, ...], _Stretch], ...]


@lru_cache(maxsize=128)
def tabulate_months(months: Months, value: HourlyValue) -> MonthTable | None:
    """The table of a series; None if it would have one cell. Asked again while a page is made to fit."""
    if len(months.sums) == 1:
        return None
    layout, amount = _lay_out(months.first, months.hours), value.nature == "amount"
    return MonthTable(
        cell={1: "month", YEAR: "year"}.get(layout.cell, "decade"),
        row={1: "Year", YEAR: "Decade"}.get(layout.cell, "Century"),
        head=layout.head,
        rows=tuple(
            Row(
                name,
                tuple(cell.write(months.sums, amount=amount) for cell in cells),
                all_.write(months.sums, amount=amount),
            )
            for name, cells, all_ in layout.rows
        ),
        whole=words.write_number(value.mean if value.sum is None else value.sum),
        is_cut=any(all_.is_cut for _, _, all_ in layout.rows),
    )


@lru_cache(maxsize=64)
def _lay_out(first: int, hours: tuple[int, ...]) -> _Layout:
    """Share months among cells and rows; many series of a model have the same."""
    last = first + len(hours) - 1
    cell = next((size for size in (1, YEAR) if last // _row(size) - first // _row(size) < MOST_ROWS), 10 * YEAR)
    row = _row(cell)
    begins = range(first // row * row, last + 1, row)
    places = [(month % row) // cell for month in (first, last)] if len(begins) == 1 else [0, row // cell - 1]
    shown = range(places[0], places[1] + 1)
    return _Layout(
        cell,
        tuple(_name_place(place, cell) for place in shown),
        tuple(
            (
                _name_row(begin, row),
                tuple(_stretch(first, hours, begin + place * cell, cell) for place in shown),
                _stretch(first, hours, begin, row),
            )
            for begin in begins
        ),
    )


def _row(cell: int) -> int:
    """Months of a row: twelve months make a year, ten years a decade, ten decades a century."""
    return YEAR if cell == 1 else 10 * cell


def _stretch(first: int, hours: tuple[int, ...], month: int, months: int) -> _Stretch:
    """The part of a series that lies in some months; those before and behind it have no hours."""
    begin, end = (min(max(place - first, 0), len(hours)) for place in (month, month + months))
    there = sum(hours[begin:end])
    return _Stretch(begin, end, there, there < sum(map(_full, range(month, month + months))))


def _full(month: int) -> int:
    """Hours of a month in the calendar."""
    return DAY * calendar.monthrange(month // YEAR, month % YEAR + 1)[1]


def _name_row(begin: int, row: int) -> str:
    year = begin // YEAR
    return f"{year}" if row == YEAR else f"{year}\N{EN DASH}{year + row // YEAR - 1}"


def _name_place(place: int, cell: int) -> str:
    if cell == 1:
        return NAMES[place]
    return f"\N{HORIZONTAL ELLIPSIS}{place}" if cell == YEAR else f"\N{HORIZONTAL ELLIPSIS}{place}0"
