"""Hourly values from CSV text."""

from __future__ import annotations

import pytest

from gaic.units.csv_hours import CsvFault, CsvHours, CsvTrouble, parse_csv_hours


def read(text: str, column: str | None = None) -> tuple[list[float], str, str | None]:
    """Read sound text."""
    result = parse_csv_hours(text, column)
    assert isinstance(result, CsvHours), result
    assert not result.values.flags.writeable
    return result.values.tolist(), result.column, result.start


@pytest.mark.parametrize(
    "text", ["x\n1\n-2.5\n3e2\n", "x\n1\n-2.5\n3e2", "\ufeffx\r\n1\r\n-2.5\r\n3e2\r\n", ' x\n 1 \n"-2.5"\n+300.']
)
def test_one_column(text: str) -> None:
    assert read(text) == ([1.0, -2.5, 300.0], "x", None)


def test_times_and_values() -> None:
    text = "time,x\n2026-01-01T22:00,1\n2026-01-01T23:00,2\n2026-01-02T00:00,3\n"
    assert read(text) == ([1.0, 2.0, 3.0], "x", "2026-01-01T22:00")
    assert read(text.replace("T", " ")) == ([1.0, 2.0, 3.0], "x", "2026-01-01T22:00")


def test_times_with_offsets_are_compared_in_utc() -> None:
    text = "t,x\n2026-03-29T01:00+01:00,1\n2026-03-29T03:00+02:00,2\n2026-03-29T02:00Z,3\n"
    assert read(text)[2] == "2026-03-29T01:00+01:00"


def test_a_column_is_picked_by_name() -> None:
    assert read("t,x,y\n2026-01-01T00:00Z,1,2\n", "y")[0] == [2.0]
    assert read("x,y\n1,2\n", "x")[0] == [1.0]
    assert read("x,x\n2026-01-01,2\n", "x")[0] == [2.0]


@pytest.mark.parametrize(
    ("text", "reason", "row", "column", "cell"),
    [
        ("", CsvTrouble.BLANK_LINE, 1, "", ""),
        ("x\n", CsvTrouble.NO_ROWS, 2, "", ""),
        ("x\n1\n\n2\n", CsvTrouble.BLANK_LINE, 3, "", ""),
        ("x\n1\n\n", CsvTrouble.BLANK_LINE, 3, "", ""),
        ("x\n1\n2,3\n", CsvTrouble.BAD_ROW, 3, "", "2,3"),
        ("x\n1,5\n", CsvTrouble.BAD_ROW, 2, "", "1,5"),
        ('x\n"1\n', CsvTrouble.BAD_ROW, 2, "", '"1'),
        ("x\n1;5\n", CsvTrouble.BAD_CELL, 2, "x", "1;5"),
        ("x\nnan\n", CsvTrouble.BAD_CELL, 2, "x", "nan"),
        ("x\n1\ninf\n", CsvTrouble.BAD_CELL, 3, "x", "inf"),
        ("x\n1e999\n", CsvTrouble.BAD_CELL, 2, "x", "1e999"),
        ("x\n1_000\n", CsvTrouble.BAD_CELL, 2, "x", "1_000"),
        ("x,y\n2026-01-01T00:00,\n", CsvTrouble.BAD_CELL, 2, "y", ""),
        ("t,x\n2026-01-01T00:00,1\nsoon,2\n", CsvTrouble.BAD_TIME, 3, "t", "soon"),
        ("t,x\n2026-01-01T00:00,1\n2026-01-01T01:00Z,2\n", CsvTrouble.BAD_TIME, 3, "t", "2026-01-01T01:00Z"),
        ("t,x\n2026-01-01T00:00,1\n2026-01-01T02:00,2\n", CsvTrouble.GAP, 3, "t", "2026-01-01T02:00"),
        ("t,x\n2026-01-01T00:00,1\n2026-01-01T00:00,2\n", CsvTrouble.GAP, 3, "t", "2026-01-01T00:00"),
    ],
)
def test_faults_have_row_and_column(text: str, reason: CsvTrouble, row: int, column: str, cell: str) -> None:
    assert parse_csv_hours(text) == CsvFault(reason, row, column, cell)


@pytest.mark.parametrize(
    ("text", "column", "reason", "columns"),
    [
        ("x,y\n1,2\n", None, CsvTrouble.CHOOSE_COLUMN, ("x", "y")),
        ("t,x,y\n2026-01-01,1,2\n", None, CsvTrouble.CHOOSE_COLUMN, ("x", "y")),
        ("t\n2026-01-01\n", None, CsvTrouble.CHOOSE_COLUMN, ()),
        ("x,x\n1,2\n", "x", CsvTrouble.CHOOSE_COLUMN, ("x", "x")),
        ("x,y\n1,2\n", "z", CsvTrouble.UNKNOWN_COLUMN, ("x", "y")),
        ("t,x\n2026-01-01,1\n", "t", CsvTrouble.UNKNOWN_COLUMN, ("x",)),
    ],
)
def test_a_column_has_to_be_chosen(text: str, column: str | None, reason: CsvTrouble, columns: tuple[str, ...]) -> None:
    fault = parse_csv_hours(text, column)
    assert isinstance(fault, CsvFault)
    assert (fault.reason, fault.columns) == (reason, columns)


def test_rows_are_limited() -> None:
    assert isinstance(parse_csv_hours("x\n1\n2\n", rows_limit=2), CsvHours)
    assert parse_csv_hours("x\n1\n2\n3\n", rows_limit=2) == CsvFault(CsvTrouble.TOO_MANY_ROWS, 4)


def test_messages() -> None:
    bad = CsvFault(CsvTrouble.BAD_CELL, 3, "price", "x")
    assert bad.message == "row 3, column price: no number: 'x'"
    assert bad.notes == ()
    assert CsvFault(CsvTrouble.UNKNOWN_COLUMN, 1, columns=("x", "y")).notes == ("columns: x, y",)
