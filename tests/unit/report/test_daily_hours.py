from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.evaluate.calendar import DailyHours, Months
from gaic.report import charts
from gaic.report.daily_hours import HOURS, LEGEND, draw_hours, name_column, name_months, place_limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.report.daily_hours import HourMap

JANUARY = 2025 * 12
STROKE = re.compile(r"M([\d.]+) (\d+)h([\d.]+)")


def draw(columns: Sequence[Sequence[float | None]], stride: int = 1, first: int = JANUARY) -> HourMap:
    months = len(columns) * stride
    found = DailyHours(first, months, stride, tuple(map(tuple, columns)))
    return draw_hours(found, Months(first, (744,) * months, (1.0,) * months), "kg")


def read_cells(found: HourMap) -> dict[tuple[int, int], int]:
    """The class of each cell that is drawn; a cell that is drawn twice fails."""
    cells: dict[tuple[int, int], int] = {}
    for number, shade in enumerate(found.shades):
        for column, row, length in STROKE.findall(shade.path):
            if int(row) == LEGEND:
                continue
            for place in range(int(column), int(column) + int(length)):
                assert (place, int(row)) not in cells
                cells[place, int(row)] = number
    return cells


def test_hours_that_are_alike_are_one_stroke() -> None:
    # two months: nothing at night, ten from 08:00 to 18:00
    day = [10.0 if 8 <= hour < 18 else 0.0 for hour in range(HOURS)]
    found = draw([[*day], [*day]])
    assert [tick.text for tick in found.limits] == ["0", "2", "4", "6", "8", "10"]
    assert [len(STROKE.findall(shade.path)) - 1 for shade in found.shades] == [14, 0, 0, 0, 10]
    assert "M0 8h2" in found.shades[-1].path
    assert [shade.opacity for shade in found.shades] == ["0.15", "0.36", "0.57", "0.79", "1"]
    assert [tick.text for tick in found.columns] == ["2025-01", "2025-02"]
    assert [tick.text for tick in found.rows] == ["00:00", "06:00", "12:00", "18:00"]
    assert found.highest == "10 kg from 08:00 in 2025-01"
    assert found.lowest == "0 kg from 00:00 in 2025-01"


def test_hours_that_are_missing_stay_blank() -> None:
    found = draw([[None] * 23 + [1.0], [2.0] * 20 + [None] * 4])
    assert sorted(read_cells(found)) == [(0, 23), *((1, hour) for hour in range(20))]


def test_means_that_hardly_differ_are_not_drawn() -> None:
    found = draw([[1000.0] * 12 + [1000.9] * 12] * 3)
    assert (found.shades, found.limits) == ((), ())


def test_months_without_a_column_are_named() -> None:
    months = Months(JANUARY - 1, (1, 744, 5), (1.0, 1.0, 1.0))
    found = draw_hours(DailyHours(JANUARY, 1, 1, (tuple(map(float, range(HOURS))),)), months, "")
    assert found.left_out == "2024-12 and 2025-02"
    assert found.highest == "23 from 23:00 in 2025-01"


def test_three_years_have_few_names_below() -> None:
    found = draw([[float(hour) for hour in range(HOURS)]] * 36)
    assert [tick.text for tick in found.columns] == ["2025-01", "2025-07", "2026-01", "2026-07", "2027-01", "2027-07"]
    assert float(found.cell) * 36 == found.width <= charts.WIDTH - charts.LEFT - charts.RIGHT


@pytest.mark.parametrize(
    ("stride", "name", "column"),
    [(1, "month", "2026-03"), (3, "quarter", "2026 Q1"), (12, "year", "2026"), (60, "5 years", "2026\N{EN DASH}2030")],
)
def test_columns_in_words(stride: int, name: str, column: str) -> None:
    assert name_months(stride) == name
    assert name_column(2026 * 12 + (2 if stride == 1 else 0), stride) == column


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.floats(-1e12, 1e12)), min_size=HOURS, max_size=HOURS), min_size=1, max_size=36
    ).filter(lambda columns: any(mean is not None for means in columns for mean in means)),
    st.sampled_from([1, 3, 12, 600]),
)
def test_every_hour_is_drawn_once_in_its_class_inside_the_frame(columns: list[list[float | None]], stride: int) -> None:
    found = draw(columns, stride, 2040 * 12)
    cells = read_cells(found)
    means = {(c, h): mean for c, each in enumerate(columns) for h, mean in enumerate(each) if mean is not None}
    assert len(found.shades) <= 9
    assert 1 <= len(found.columns) <= 9
    assert all(charts.LEFT <= int(tick.at) <= charts.LEFT + found.width for tick in found.columns)
    if found.shades:
        assert set(cells) == set(means)
        limits = place_limits(min(means.values()), max(means.values()))
        wide = limits[1] - limits[0]
        assert all(
            limits[cells[at]] - 1e-6 * wide <= mean <= limits[cells[at] + 1] + 1e-6 * wide for at, mean in means.items()
        )
        assert all(int(tick.at) <= charts.WIDTH - charts.RIGHT for tick in found.limits)


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300))
def test_limits_are_few_and_enclose_both_ends(one: float, other: float) -> None:
    lowest, highest = sorted((one, other))
    limits = place_limits(lowest, highest)
    if limits:
        slack = 1e-8 * (limits[-1] - limits[0])
        assert 5 <= len(limits) <= 10
        assert limits[0] - slack <= lowest
        assert highest <= limits[-1] + slack
    else:
        assert highest - lowest <= max(1e-3 * max(abs(lowest), abs(highest)), 1e-290)
