from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.evaluate.account import Course
from gaic.report import charts
from tests.unit.report.fake_ledger import START
from tests.unit.report.markup import follow_path

if TYPE_CHECKING:
    from tests.unit.report.fake_ledger import FakeBook

FINITE = st.floats(-1e300, 1e300)


def course(middle: list[float], start: int = START, wide: float = 1.0, unit: str = "kg") -> Course:
    return Course(start, wide, tuple(middle), tuple(middle), tuple(middle), unit)


def test_a_chart_has_its_band_its_marks_and_its_dates(book: FakeBook) -> None:
    found = book.course(book.find("farm.use_footprint"), 180)
    assert found is not None
    chart = charts.draw_course(found)
    assert [tick.text for tick in chart.columns] == [
        "2025-01",
        "2025-07",
        "2026-01",
        "2026-07",
        "2027-01",
        "2027-07",
        "2028-01",
    ]
    assert [tick.text for tick in chart.rows] == ["0", "0.02", "0.04", "0.06", "0.08", "0.1"]
    assert len(chart.line) < 180 * 5
    assert len(chart.band) < 360 * 5
    assert chart.part == "6.1 days"


@given(st.lists(FINITE, min_size=1, max_size=20), st.integers(0, 900_000), st.sampled_from([1.0, 2.5, 24.0, 900.0]))
def test_every_point_is_inside_the_frame(values: list[float], start: int, wide: float) -> None:
    chart = charts.draw_course(course(values, start, wide))
    for x, y in follow_path(chart.line):
        assert charts.LEFT <= x <= charts.WIDTH - charts.RIGHT
        assert charts.TOP - 0.1 <= y <= charts.HEIGHT - charts.BOTTOM + 0.1
    assert 0 <= len(chart.columns) <= charts.MOST_TICKS


@given(st.floats(-1e300, 0), st.floats(0, 1e300))
def test_marks_enclose_both_ends(lowest: float, highest: float) -> None:
    marks = charts.place_marks(lowest, highest)
    assert 2 <= len(marks) <= 8
    slack = 1e-6 * max(abs(mark) for mark in marks)
    assert marks[0] - slack <= lowest
    assert highest <= marks[-1] + slack


@pytest.mark.parametrize(
    ("hours", "count", "texts"),
    [
        (1.0, 3, ["12-31 23:00", "01-01 00:00", "01-01 01:00"]),
        (1.0, 72, ["01-01 00:00", "01-01 12:00", "01-02 00:00", "01-02 12:00", "01-03 00:00", "01-03 12:00"]),
        (24.0, 7, ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04", "2025-01-05", "2025-01-06", "2025-01-07"]),
        (24.0, 90, ["2025-01", "2025-02", "2025-03"]),
        (8766.0, 20, ["2025", "2030", "2035", "2040"]),
        (8766.0, 110, ["2040", "2060", "2080", "2100", "2120"]),
    ],
)
def test_dates_are_round_and_few(hours: float, count: int, texts: list[str]) -> None:
    assert [tick.text for tick in charts.draw_course(course([1.0] * count, wide=hours)).columns] == texts


@pytest.mark.parametrize(
    ("hours", "text"), [(1.0, "1 hour"), (6.0, "6 hours"), (1.5, "1.5 hours"), (48.0, "2 days"), (146.1, "6.1 days")]
)
def test_the_width_of_a_part_in_words(hours: float, text: str) -> None:
    assert charts.name_span(hours) == text


def test_stacked_parts_fill_the_bar() -> None:
    segments = charts.stack_parts([1.0, 2.0, 1.0])
    assert segments is not None
    assert [(s.x, s.width, s.share) for s in segments] == [
        ("0", "25", "25.0 %"),
        ("25", "50", "50.0 %"),
        ("75", "25", "25.0 %"),
    ]


def test_a_bar_with_a_part_below_zero_is_not_drawn() -> None:
    assert charts.stack_parts([1.0, -0.5]) is None
    assert charts.stack_parts([0.0]) is None


def test_a_tiny_share_says_so() -> None:
    assert [charts.show_share(0.0), charts.show_share(0.01), charts.show_share(12.34)] == ["0.0 %", "< 0.1 %", "12.3 %"]
