from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.report.tracing import SLACK, straighten, trace_band, trace_cells, trace_line
from tests.unit.report.markup import follow_path

HEIGHTS = st.lists(st.floats(0, 250), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("points", "text"),
    [
        ([(62, 100)], "M62 100"),
        ([(62, 100), (67, 97), (72, 101)], "M62 100l5-3 5 4"),
        ([(62, 100), (67, 100), (72, 100), (77, 102)], "M62 100h10l5 2"),
        ([(0, 5), (4, 6), (8, 5), (12, 5), (16, 7)], "M0 5l4 1 4-1h4l4 2"),
        ([(0, 5), (4, 4.54), (8, 5.44)], "M0 5l4-.5 4 .9"),
        ([(0, 0), (1, 1), (2, 2), (3, 3)], "M0 0l3 3"),
    ],
)
def test_a_line_in_few_characters(points: list[tuple[float, float]], text: str) -> None:
    assert trace_line(points) == text


def test_a_band_goes_there_and_back() -> None:
    assert trace_band([(0, 1), (5, 2), (9, 1)], [(0, 3), (5, 3), (9, 3)]) == "M0 1l5 1 4-1 0 2h-9Z"


def test_many_points_that_jump_are_on_whole_pixels() -> None:
    line = trace_line([(5 * index, 100.3 if index % 2 else 103.4) for index in range(130)])
    assert line.startswith("M0 103l5-3 5 3 5-3")
    assert "." not in line


@given(HEIGHTS)
def test_what_is_left_out_lies_on_the_line(heights: list[float]) -> None:
    points = [(62 + 5.3 * index, height) for index, height in enumerate(heights)]
    kept = straighten(points)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert [point for point in points if point in set(kept)] == kept
    for (x1, y1), (x2, y2) in itertools.pairwise(kept):
        for x, y in points:
            if x1 < x < x2:
                assert abs(y1 + (y2 - y1) * (x - x1) / (x2 - x1) - y) <= SLACK + 1e-9


@given(HEIGHTS)
def test_no_point_is_off_by_more_than_its_rounding(heights: list[float]) -> None:
    points = [(62 + 5.3 * index, height) for index, height in enumerate(heights)]
    found = follow_path(trace_line(points))
    for (x, y), near in zip(found, _thin(straighten(points)), strict=True):
        assert math.dist((x, y), near) <= 0.51


def _thin(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Without points within a stretch that is level after rounding."""
    tenths = [round(10 * y) for _, y in points]
    last = len(points) - 1
    return [p for i, p in enumerate(points) if i in {0, last} or not tenths[i - 1] == tenths[i] == tenths[i + 1]]


def test_cells_are_level_strokes() -> None:
    assert trace_cells([(3, 14, 5), (0, 0, 36)]) == "M3 14h5M0 0h36"
    assert trace_cells([]) == ""
