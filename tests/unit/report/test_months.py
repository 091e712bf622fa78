from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.evaluate.account import HourlyValue
from gaic.evaluate.calendar import Months
from gaic.report.months import tabulate_months

if TYPE_CHECKING:
    from gaic.report.months import MonthTable


def month_of(year: int, month: int) -> int:
    return year * 12 + month - 1


def tabulate(months: Months, nature: str = "amount") -> MonthTable | None:
    total, n = sum(months.sums), sum(months.hours)
    value = HourlyValue(
        nature, "kg", 0, n, (), (), 0.0, 0.0, total / n, total if nature == "amount" else None, local=False
    )
    return tabulate_months(months, value)


def test_years_are_rows_and_months_are_columns() -> None:
    # one hour of December 2024, all of January and February 2025, half of March
    table = tabulate(Months(month_of(2024, 12), (1, 744, 672, 372), (2.0, 744.0, 0.0, 37.25)))
    assert table is not None
    assert (table.cell, table.row, table.is_cut) == ("month", "Year", True)
    assert table.head[:3] == ("Jan", "Feb", "Mar")
    assert [row.name for row in table.rows] == ["2024", "2025"]
    assert table.rows[0].cells == ("",) * 11 + ("2*",)
    assert table.rows[1].cells == ("744", "0", "37.25*", *("",) * 9)
    assert [row.whole for row in table.rows] == ["2*", "781.2*"]
    assert table.whole == "783.2"


def test_a_level_has_means_by_hours() -> None:
    table = tabulate(Months(month_of(2025, 1), (744, 672), (744.0, 1344.0)), "level")
    assert table is not None
    assert table.head == ("Jan", "Feb")
    assert table.rows[0].cells == ("1", "2")
    assert table.rows[0].whole == "1.475*"
    assert table.whole == "1.475"


def test_a_whole_year_has_no_star() -> None:
    days = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    table = tabulate(Months(month_of(2024, 1), tuple(24 * day for day in days), tuple(map(float, days))))
    assert table is not None
    assert not table.is_cut
    assert [(row.name, row.whole) for row in table.rows] == [("2024", "366")]
    assert table.rows[0].cells[1] == "29"


def test_one_month_needs_no_table() -> None:
    assert tabulate(Months(month_of(2025, 1), (744,), (5.0,))) is None


@pytest.mark.parametrize(
    ("years", "cell", "rows", "first"),
    [
        (12, "month", 12, "2000"),
        (13, "year", 2, "2000\N{EN DASH}2009"),
        (114, "year", 12, "2000\N{EN DASH}2009"),
        (300, "decade", 3, "2000\N{EN DASH}2099"),
    ],
)
def test_long_series_have_rows_of_decades_and_centuries(years: int, cell: str, rows: int, first: str) -> None:
    months = years * 12
    table = tabulate(Months(month_of(2000, 1), (700,) * months, (-1.0,) * months))
    assert table is not None
    assert (table.cell, len(table.rows), table.rows[0].name) == (cell, rows, first)
    size = {"month": 1, "year": 12, "decade": 120}[cell]
    assert table.rows[0].cells[0] == f"-{size}*"
    assert sum(int(text.rstrip("*")) for row in table.rows for text in row.cells if text) == -months
    assert all(len(row.cells) == len(table.head) for row in table.rows)
    assert table.whole == f"-{months}"
