from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gaic.report import charts, words
from gaic.report.criteria import gather_criteria
from gaic.report.timeline import MOST_LAYERS, follow_time
from tests.unit.report.fake_ledger import START
from tests.unit.report.summaries import gather
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from gaic.check.program import Study
    from gaic.report.facts import Facts
    from gaic.report.timeline import SpanLine, Timeline

DAYS = 365


STUDY = replace(make_head().study, start=None)


def follow(*counted: tuple[str, str, str, float | list[float]], study: Study = STUDY) -> Timeline:
    timeline = follow_time(*gather(*counted), study, 360)
    assert timeline is not None
    return timeline


def numbers(line: SpanLine) -> tuple[str, list[float], float]:
    return line.name, [float(cell.exact) for cell in line.cells], float(line.sum.exact)


def read_steps(path: str) -> list[tuple[float, float]]:
    """The upper ends of the steps of an area: where each ends, and how high it is."""
    return [(float(x), float(y)) for y, x in re.findall(r"V([\d.]+)H([\d.]+)", path)]


def test_years_and_months_add_up_to_the_total() -> None:
    timeline = follow(
        ("a", "p", "x.v", [1.0] * (DAYS * 24 + 24)), ("a", "q", "x.w", [2.0] * 24), ("b", "p", "y.v", [0.5] * 24)
    )
    assert timeline.labels == ("a", "b")
    years = [("2025", [8760.0 + 48, 12.0], 8820.0), ("2026", [24.0, 0.0], 24.0)]
    assert [numbers(line) for line in timeline.years] == years
    assert numbers(timeline.all) == ("All", [8832.0, 12.0], 8844.0)
    assert timeline.at_once is None
    assert [line.name for line in timeline.months] == [*(f"2025-{n:02}" for n in range(1, 13)), "2026-01"]
    assert numbers(timeline.months[2])[1:] == ([31 * 24 - 1.0, 0.0], 31 * 24 - 1.0)
    for lines in (timeline.years, timeline.months):
        assert math.fsum(float(line.sum.exact) for line in lines) == 8844.0
    assert (timeline.begin, timeline.end) == ("2024-12-31 23:00", "2026-01-01 22:00")


def test_what_counts_without_hours_is_told_apart() -> None:
    timeline = follow(("a", "p", "x.v", [1.0] * 24), ("b", "p", "y.v", 120.0))
    assert [numbers(line) for line in timeline.years] == [("2025", [24.0, 0.0], 24.0)]
    assert timeline.at_once is not None
    assert numbers(timeline.at_once) == ("at once", [0.0, 120.0], 120.0)
    assert numbers(timeline.all) == ("All", [24.0, 120.0], 144.0)


def test_layers_lie_on_each_other() -> None:
    timeline = follow(
        ("a", "p", "x.v", [1.0, 1.0, 2.0]), ("b", "p", "y.v", [3.0, 0.0, 2.0]), ("c", "p", "z.v", [0.0] * 3)
    )
    chart = timeline.chart
    assert [(layer.label, layer.color) for layer in chart.layers] == [("b", 1), ("a", 0)]
    marks = {float(tick.at): float(tick.text) for tick in chart.rows}
    top, bottom = min(marks), max(marks)
    scale = (max(marks.values()) - min(marks.values())) / (bottom - top)
    heights = {layer.label: [(bottom - y) * scale for _, y in read_steps(layer.path)] for layer in chart.layers}
    assert heights["a"] == pytest.approx([1.0, 1.0, 2.0], abs=0.01)
    assert heights["b"] == pytest.approx([4.0, 1.0, 4.0], abs=0.01)
    ends = [x for x, _ in read_steps(chart.layers[0].path)]
    across = charts.WIDTH - charts.LEFT - charts.RIGHT
    assert ends == pytest.approx([charts.LEFT + across * n / 3 for n in (1, 2, 3)], abs=0.1)
    assert chart.part == "1 hour"


def test_columns_are_few_and_show_the_mean_of_an_hour() -> None:
    timeline = follow(("a", "p", "x.v", [2.0] * (3 * DAYS * 24)))
    steps = read_steps(timeline.chart.layers[0].path)
    assert len(steps) == 156
    assert len({y for _, y in steps}) == 1
    assert timeline.chart.part == "7 days"


def test_a_part_below_zero_makes_one_line_of_all() -> None:
    chart = follow(("a", "p", "x.v", [3.0, 3.0]), ("b", "p", "y.v", [1.0, -1.0])).chart
    assert chart.layers == ()
    assert len(read_steps(chart.line)) == 2
    assert chart.rows[0].text == "0"


def test_many_categories_share_a_layer() -> None:
    timeline = follow(*((f"c{n}", "p", f"o{n}.v", [float(n)] * 2) for n in range(20)))
    assert len(timeline.labels) == MOST_LAYERS
    assert timeline.labels[-1] == "other categories"
    assert numbers(timeline.all)[2] == 380.0


def test_what_lies_outside_the_period_is_said() -> None:
    counted = (("a", "p", "x.v", [1.0, 2.0, 4.0, 8.0]), ("b", "q", "y.v", 100.0))
    assert follow(*counted).outside is None
    inside = follow(*counted, study=replace(STUDY, start=START - 10, hours=1000))
    assert inside.outside is None
    part = follow(*counted, study=replace(STUDY, start=START + 1, hours=2))
    assert part.outside is not None
    assert part.outside.text == "9 kg"
    assert follow(*counted, study=replace(STUDY, start=START + 50, hours=2)).outside == words.Shown("15", "kg", "15")


def test_a_total_without_series_has_no_course() -> None:
    facts, criterion = gather(("a", "p", "x.v", 3.0))
    assert follow_time(facts, criterion, STUDY, 360) is None


def test_the_example_tells_what_is_at_once(facts: Facts) -> None:
    (criterion,) = gather_criteria(facts)
    timeline = follow_time(facts, criterion, make_head().study, 360)
    assert timeline is not None
    assert timeline.at_once is not None
    assert [line.name for line in timeline.years] == ["2025", "2026", "2027", "2028"]
    assert [cell.number for cell in timeline.at_once.cells[1:]] == ["180.8", "310.8", "2240"]
    assert timeline.all.sum.text == "7181 kgCO2e"
