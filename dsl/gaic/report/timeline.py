"""The course of a total over time: stacked by category as a chart, and per year and month as tables that add up."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue
from gaic.report import charts, words
from gaic.report.spans import cut_evenly, cut_months, cut_years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.check.program import Study
    from gaic.evaluate.account import TotalRow
    from gaic.report.criteria import Criterion
    from gaic.report.facts import Facts
    from gaic.report.spans import Spans

MOST_LAYERS = 8
"""Categories that have a column of their own in tables and a color of their own in charts."""
TINY = 1e-12
"""Part of the total that is left over by rounding, and is no value counted at once."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A category in the chart: the outline of all layers up to its own, drawn from the uppermost to the lowest."""

    label: str
    color: int
    path: str


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Layers in the frame of `charts`; `line` stands for them where a part is below zero."""

    layers: tuple[Layer, ...]
    line: str
    rows: tuple[charts.Tick, ...]
    columns: tuple[charts.Tick, ...]
    unit: str
    part: str


@dataclass(frozen=True, slots=True)
class SpanLine:
    """A line of a table: a span, a number per category, and their sum."""

    name: str
    cells: tuple[words.Shown, ...]
    sum: words.Shown


@dataclass(frozen=True, slots=True)
class Timeline:
    """A total over time; `at_once` is what counts without hours, `zone` the clock of years and months.

    `outside` is what falls into hours before or behind the period of the study; None where nothing does.
    """

    chart: StackedChart
    labels: tuple[str, ...]
    years: tuple[SpanLine, ...]
    months: tuple[SpanLine, ...]
    at_once: SpanLine | None
    all: SpanLine
    outside: words.Shown | None
    begin: str
    end: str
    zone: str


@dataclass(frozen=True, slots=True)
class _Heap:
    """Rows of a total that are one layer: their label, color and what they come to."""

    label: str
    color: int
    rows: tuple[TotalRow, ...]
    total: float


def follow_time(facts: Facts, criterion: Criterion, study: Study, columns: int) -> Timeline | None:
    """The course of one criterion in at most so many columns; None where nothing of it is a series."""
    zone = study.zone
    values = [item.pointer.account.value for item in criterion.items]
    series = [value for value in values if isinstance(value, HourlyValue) and value.n]
    if not series:
        return None
    first = min(value.start for value in series)
    last = max(value.start + value.n for value in series)
    heaps = _make_heaps(criterion)
    years, months = cut_years(first, last, zone), cut_months(first, last, zone)
    by_month = [_add_between(facts, heap, months.edges) for heap in heaps]
    by_year = [_add_between(facts, heap, years.edges) for heap in heaps]
    at_once = [heap.total - math.fsum(sums) for heap, sums in zip(heaps, by_year, strict=True)]
    some_at_once = any(abs(rest) > TINY * abs(criterion.total) for rest in at_once)
    return Timeline(
        chart=_draw(facts, criterion, heaps, cut_evenly(first, last, columns)),
        labels=tuple(heap.label for heap in heaps),
        years=_write_lines(criterion, years, by_year),
        months=_write_lines(criterion, months, by_month),
        at_once=_write_line(criterion, "at once", at_once) if some_at_once else None,
        all=replace(
            _write_line(criterion, "All", [heap.total for heap in heaps]), sum=words.show_value(criterion.whole.value)
        ),
        outside=_find_outside(facts, criterion, study, (first, last)),
        begin=words.show_hour(first),
        end=words.show_hour(last - 1),
        zone=zone,
    )


def _find_outside(facts: Facts, criterion: Criterion, study: Study, extent: tuple[int, int]) -> words.Shown | None:
    """What lies before and behind the period of the study, if it has one."""
    if study.start is None:
        return None
    begin, end = study.start, study.start + study.hours
    edges = (min(extent[0], begin), begin, end, max(extent[1], end))
    parts = [facts.book.spread(row, edges) for row in criterion.rows]
    outside = math.fsum(before + behind for before, _, behind in parts)
    return criterion.show(outside) if outside else None


def _make_heaps(criterion: Criterion) -> list[_Heap]:
    """One heap per category, and one for all of those that come after the most that a chart tells apart."""
    names = list(criterion.categories)
    named = [(criterion.categories[name], [name]) for name in names[:MOST_LAYERS]]
    if len(names) > MOST_LAYERS:
        named[-1] = ("other categories", names[MOST_LAYERS - 1 :])
    heaps = []
    for color, (label, own) in enumerate(named):
        rows = tuple(row for row in criterion.rows if row.category in own)
        heaps.append(_Heap(label, color, rows, math.fsum(row.value.value for row in rows)))
    return heaps


def _add_between(facts: Facts, heap: _Heap, edges: Sequence[int]) -> list[float]:
    """What a heap comes to in each span."""
    parts = [facts.book.spread(row, edges) for row in heap.rows]
    return [math.fsum(each) for each in zip(*parts, strict=True)]


def _write_lines(criterion: Criterion, spans: Spans, sums: Sequence[Sequence[float]]) -> tuple[SpanLine, ...]:
    return tuple(
        _write_line(criterion, name, own) for name, own in zip(spans.names, zip(*sums, strict=True), strict=True)
    )


def _write_line(criterion: Criterion, name: str, sums: Sequence[float]) -> SpanLine:
    return SpanLine(name, tuple(map(criterion.show, sums)), criterion.show(math.fsum(sums)))


# ------------------------------------------------------------ the chart


def _draw(facts: Facts, criterion: Criterion, heaps: Sequence[_Heap], edges: Sequence[int]) -> StackedChart:
    """Draw means of an hour: steps on top of each other, or one line for all where a category is below zero."""
    hours = [behind - begin for begin, behind in pairwise(edges)]
    means = [
        [total / length for total, length in zip(_add_between(facts, heap, edges), hours, strict=True)]
        for heap in heaps
    ]
    tops = _stack(means)
    stacked = all(value >= 0 for each in means for value in each)
    marks = charts.place_marks(min(0.0, *tops[-1]), max(0.0, *tops[-1]))
    frame = _Frame(marks[0], marks[-1], (charts.WIDTH - charts.LEFT - charts.RIGHT) / (edges[-1] - edges[0]))
    layers = [
        Layer(heap.label, heap.color, frame.trace_area(top, hours))
        for heap, own, top in zip(heaps, means, tops, strict=True)
        if any(own)
    ]
    return StackedChart(
        layers=tuple(layers[::-1]) if stacked else (),
        line="" if stacked else frame.trace_line(tops[-1], hours),
        rows=tuple(charts.Tick(frame.write_y(mark), words.write_number(mark)) for mark in marks),
        columns=tuple(charts.place_dates(edges[0], edges[-1] - edges[0], frame.per_hour)),
        unit=criterion.unit,
        part=charts.name_span(hours[0]),
    )


def _stack(layers: Sequence[Sequence[float]]) -> list[list[float]]:
    """The sums of each layer and all below it."""
    tops: list[list[float]] = []
    for layer in layers:
        below = tops[-1] if tops else [0.0] * len(layer)
        tops.append([low + own for low, own in zip(below, layer, strict=True)])
    return tops


@dataclass(frozen=True, slots=True)
class _Frame:
    """The frame of a chart: its lowest and highest mark, and the pixels of an hour."""

    bottom: float
    top: float
    per_hour: float

    def write_y(self, value: float) -> str:
        """The height of a value, in pixels from above."""
        reach = charts.HEIGHT - charts.TOP - charts.BOTTOM
        return _write(charts.HEIGHT - charts.BOTTOM - (value - self.bottom) / (self.top - self.bottom) * reach)

    def trace_area(self, tops: Sequence[float], hours: Sequence[int]) -> str:
        """Steps from the line of zero and back to it."""
        floor = self.write_y(0.0)
        return f"M{charts.LEFT} {floor}{self._trace_steps(tops, hours)}V{floor}Z"

    def trace_line(self, tops: Sequence[float], hours: Sequence[int]) -> str:
        """Steps alone."""
        return f"M{charts.LEFT} {self.write_y(tops[0])}{self._trace_steps(tops, hours)}"

    def _trace_steps(self, tops: Sequence[float], hours: Sequence[int]) -> str:
        steps, passed = [], 0
        for top, length in zip(tops, hours, strict=True):
            passed += length
            steps.append(f"V{self.write_y(top)}H{_write(charts.LEFT + passed * self.per_hour)}")
        return "".join(steps)


def _write(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
