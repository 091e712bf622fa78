"""Hourly values from CSV text: a header line, then one row per hour."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

import numpy as np

from gaic.source.limits import Limits
from gaic.units.zones import TimeFault, parse_instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.units.series import Hours
    from gaic.units.zones import Instant

ROWS_LIMIT: Final = Limits().csv_rows
_CELL = re.compile(r"[ \t]*[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?[ \t]*")


class CsvTrouble(Enum):
    """What keeps a text from being a table of hours."""

    NO_ROWS = "no rows below the header"
    TOO_MANY_ROWS = "too many rows"
    BLANK_LINE = "a blank line"
    BAD_ROW = "not the number of cells that the header has"
    BAD_CELL = "no number"
    BAD_TIME = "no time"
    GAP = "not one hour after the row above"
    CHOOSE_COLUMN = "several columns to choose from"
    UNKNOWN_COLUMN = "no such column"


@dataclass(frozen=True, slots=True)
class CsvHours:
    """Consecutive values; `start` is the time in the first row as `parse_instant` reads it, if there are times."""

    values: Hours
    column: str
    start: str | None


@dataclass(frozen=True, slots=True)
class CsvFault:
    """One fault: `row` is the line, the header being 1; `column` its name; `cell` what stands there.

    `columns` are those that could be asked for (CHOOSE_COLUMN, UNKNOWN_COLUMN).
    """

    reason: CsvTrouble
    row: int
    column: str = ""
    cell: str = ""
    columns: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The fault with its place: `row 3, column price: no number: 'x'`."""
        place = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{place}: {self.reason.value}" + (f": {self.cell!r}" if self.cell else "")

    @property
    def notes(self) -> tuple[str, ...]:
        """The columns that there are, where one has to be chosen."""
        return (f"columns: {', '.join(self.columns)}",) if self.columns else ()


class _Refused(Exception):
    def __init__(self, fault: CsvFault) -> None:
        self.fault = fault
        super().__init__(fault.reason.value)


def parse_csv_hours(text: str, column: str | None = None, rows_limit: int = ROWS_LIMIT) -> CsvHours | CsvFault:
    """Read a column of hourly numbers (dot decimals); the first fault is the answer where there is one.

    A first column whose first cell is a time holds times, which must be consecutive hours. Without `column` there
    must be just one other column.
    """
    try:
        return _parse(text, column, rows_limit)
    except _Refused as refused:
        return refused.fault


def _parse(text: str, column: str | None, rows_limit: int) -> CsvHours:
    lines = text.removeprefix("\N{BYTE ORDER MARK}").replace("\r\n", "\n").removesuffix("\n").split("\n")
    if len(lines) - 1 > rows_limit:
        raise _Refused(CsvFault(CsvTrouble.TOO_MANY_ROWS, rows_limit + 2))
    rows = _split(lines)
    if len(rows) <= 1:
        raise _Refused(CsvFault(CsvTrouble.NO_ROWS, len(rows) + 1))
    header, body = tuple(name.strip() for name in rows[0]), rows[1:]
    start = _find_start(header, body)
    place = _choose(header, column, has_times=start is not None)
    values = np.array([_number(row[place], number, header[place]) for number, row in enumerate(body, 2)])
    values.flags.writeable = False
    return CsvHours(values, header[place], _clean(body[0][0]) if start else None)


def _split(lines: Sequence[str]) -> list[list[str]]:
    """Split lines into cells: as many in each as in the header."""
    rows: list[list[str]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            raise _Refused(CsvFault(CsvTrouble.BLANK_LINE, number))
        try:
            row = next(csv.reader((line,), strict=True))
        except csv.Error:
            row = []
        if not row or (rows and len(row) != len(rows[0])):
            raise _Refused(CsvFault(CsvTrouble.BAD_ROW, number, cell=line[:80]))
        rows.append(row)
    return rows


def _find_start(header: Sequence[str], body: Sequence[Sequence[str]]) -> Instant | None:
    """Give the time in the first row, after a look at all others; None where the first column holds no times."""
    start = _instant(body[0][0])
    if start is None:
        return None
    for place, row in enumerate(body):
        instant = _instant(row[0])
        if instant is None or instant.local != start.local:
            raise _Refused(CsvFault(CsvTrouble.BAD_TIME, place + 2, header[0], row[0]))
        if instant.hour != start.hour + place:
            raise _Refused(CsvFault(CsvTrouble.GAP, place + 2, header[0], row[0]))
    return start


def _choose(header: tuple[str, ...], column: str | None, *, has_times: bool) -> int:
    columns = header[1:] if has_times else header
    if column is None and len(columns) == 1:
        return len(header) - 1
    if column is None or columns.count(column) > 1 or not columns:
        raise _Refused(CsvFault(CsvTrouble.CHOOSE_COLUMN, 1, column or "", columns=columns))
    if column not in columns:
        raise _Refused(CsvFault(CsvTrouble.UNKNOWN_COLUMN, 1, column, columns=columns))
    return header.index(column, 1 if has_times else 0)


def _number(cell: str, row: int, column: str) -> float:
    value = float(cell) if _CELL.fullmatch(cell) else math.nan
    if not math.isfinite(value):
        raise _Refused(CsvFault(CsvTrouble.BAD_CELL, row, column, cell))
    return value


def _instant(cell: str) -> Instant | None:
    try:
        return parse_instant(_clean(cell))
    except TimeFault:
        return None


def _clean(time: str) -> str:
    return time.strip().replace(" ", "T")
