from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gaic.report.drawing import BOX_WIDTH, COLUMN_GAP, HEAD, MARGIN, ROW_GAP, draw_graph, spread_out
from gaic.report.layers import arrange_layers

Edges = tuple[tuple[int, int], ...]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[tuple[int, ...], Edges]:
    """Values in an order in which each is read by one before it, as ancestors nearest first are."""
    count = draw(st.integers(1, 14))
    edges = set()
    for value in range(1, count):
        edges |= {(value, reader) for reader in draw(st.sets(st.integers(0, value - 1), min_size=1, max_size=3))}
    heights = draw(st.lists(st.sampled_from([42, 56, 70]), min_size=count, max_size=count))
    return tuple(heights), tuple(sorted(edges))


def walk_path(path: str) -> list[tuple[float, float]]:
    """Points along a path of M, c and h, close enough to meet every box on the way."""
    points: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([Mch])([^Mch]*)", path):
        values = [float(number) for number in numbers.split()]
        x, y = points[-1] if points else (0.0, 0.0)
        if command == "M":
            points.append((values[0], values[1]))
        elif command == "h":
            points += [(x + values[0] * part / 20, y) for part in range(1, 21)]
        else:
            x1, y1, x2, y2, x3, y3 = values
            for part in range(1, 41):
                t, u = part / 40, 1 - part / 40
                b, c, d = 3 * u * u * t, 3 * u * t * t, t**3
                points.append((x + b * x1 + c * x2 + d * x3, y + b * y1 + c * y2 + d * y3))
    return points


@given(graphs())
def test_no_box_overlaps_another(graph: tuple[tuple[int, ...], Edges]) -> None:
    drawing = draw_graph(*graph)
    for index, box in enumerate(drawing.boxes):
        assert box.x >= MARGIN
        assert box.y >= MARGIN - 0.01
        assert box.x + BOX_WIDTH <= drawing.width
        assert box.y + box.height <= drawing.height
        for other in drawing.boxes[:index]:
            apart = abs(box.x - other.x) >= BOX_WIDTH + COLUMN_GAP - 0.01
            below = box.y >= other.y + other.height + ROW_GAP - 0.01
            above = other.y >= box.y + box.height + ROW_GAP - 0.01
            assert apart or below or above


@given(graphs())
def test_no_edge_runs_through_a_box(graph: tuple[tuple[int, ...], Edges]) -> None:
    drawing = draw_graph(*graph)
    for line in drawing.lines:
        points = walk_path(line.path)
        for box in drawing.boxes:
            hit = [
                (x, y)
                for x, y in points
                if box.x + 0.2 < x < box.x + BOX_WIDTH - 0.2 and box.y + 0.2 < y < box.y + box.height - 0.2
            ]
            assert hit == []


@given(graphs())
def test_edges_lead_from_side_to_side_to_the_right(graph: tuple[tuple[int, ...], Edges]) -> None:
    drawing = draw_graph(*graph)
    assert [(line.source, line.target) for line in drawing.lines] == list(graph[1])
    for line in drawing.lines:
        source, target = drawing.boxes[line.source], drawing.boxes[line.target]
        points = walk_path(line.path)
        assert abs(points[0][0] - (source.x + BOX_WIDTH)) < 0.1
        assert source.y < points[0][1] < source.y + source.height
        assert abs(points[-1][0] - (target.x - HEAD)) < 0.1
        assert target.y < points[-1][1] < target.y + target.height
        assert all(left[0] <= right[0] + 0.01 for left, right in pairwise(points))


@given(graphs())
def test_the_value_itself_stands_alone_on_the_right(graph: tuple[tuple[int, ...], Edges]) -> None:
    layers = arrange_layers(len(graph[0]), graph[1])
    assert layers.columns[0] == ((0, 0),)
    assert all(layers.ranks[source] > layers.ranks[target] for source, target in graph[1])


def test_columns_are_longest_paths() -> None:
    assert arrange_layers(4, ((1, 0), (2, 1), (3, 2), (3, 0))).ranks == (0, 1, 2, 3)


def test_two_edges_that_would_cross_are_untangled() -> None:
    layers = arrange_layers(5, ((1, 0), (2, 0), (3, 2), (4, 1)))
    assert layers.columns[1] == ((1, 1), (2, 1))
    assert layers.columns[2] == ((4, 2), (3, 2))


def test_a_value_alone() -> None:
    drawing = draw_graph((42,), ())
    assert (len(drawing.boxes), drawing.lines, drawing.height) == (1, (), 42 + 2 * MARGIN)


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(1, 100)), min_size=1, max_size=12))
def test_middles_keep_order_and_distance(slots: list[tuple[float, float]]) -> None:
    wishes, sizes = zip(*slots, strict=True)
    middles = spread_out(wishes, sizes)
    for index in range(1, len(middles)):
        needed = (sizes[index - 1] + sizes[index]) / 2 + ROW_GAP
        assert middles[index] - middles[index - 1] >= needed - 1e-6


def test_middles_that_fit_are_left_where_they_wish_to_be() -> None:
    assert spread_out([0.0, 100.0], [10.0, 10.0]) == [0.0, 100.0]
