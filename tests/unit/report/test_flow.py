from __future__ import annotations

import itertools
import math
import re

import pytest

from gaic.report.criteria import gather_criteria
from gaic.report.facts import Facts
from gaic.report.flow import (
    LETTER,
    MARGIN,
    MOST_CATEGORIES,
    MOST_OBJECTS,
    MOST_PHASES,
    TALL,
    WIDTH,
    Flow,
    draw_flow,
    fit_text,
    measure_text,
)
from gaic.report.template import find_template
from tests.unit.report.markup import read_page
from tests.unit.report.summaries import check_flow, gather, read_flow


def write(flow: Flow) -> str:
    module = find_template("summary/made.html").module
    (svg,) = re.findall(r"<svg.*?</svg>", str(module.flow(flow, "x", WIDTH)), re.DOTALL)  # type: ignore[attr-defined]  # a macro
    return str(svg)


def test_the_example_conserves(facts: Facts) -> None:
    (criterion,) = gather_criteria(facts)
    svg = write(draw_flow(facts, criterion))
    check_flow(svg, 7181.0, TALL)
    nodes, bands = read_flow(svg)
    assert [(node.column, node.title, node.value) for node in nodes.values()] == [
        (0, "On-premise GPU server", 4449.5),
        (0, "Disk of all", 180.75),
        (0, "Lines of all", 310.75),
        (0, "Laptops of all", 2240.0),
        (1, "Servers", 4449.5),
        (1, "Storage", 180.75),
        (1, "Network", 310.75),
        (1, "Devices", 2240.0),
        (2, "Manufacturing", 3499.25),
        (2, "Use", 3681.75),
        (3, "Climate change", 7181.0),
    ]
    assert {nodes[b.target].title: b.value for b in bands if nodes[b.source].title == "Servers"} == {
        "Manufacturing": 1549.0,
        "Use": 2900.5,
    }
    links = [e.attributes["href"] for e in read_page(svg).all("a")]
    assert links == ["objects/farm.html", "objects/disk.html", "objects/lines.html", "objects/laptops.html"]


def test_many_parts_share_nodes_and_nothing_is_lost() -> None:
    counted = [(f"c{n % 20}", f"p{n % 9}", f"o{n}.v", float(1 + n % 13) ** 3) for n in range(300)]
    facts, criterion = gather(*counted)
    flow = draw_flow(facts, criterion)
    check_flow(write(flow), criterion.total, TALL)
    titles = [[n.title.partition(":")[0] for n in flow.nodes if n.column == column] for column in range(4)]
    assert len([title for title in titles[0] if title.startswith("O")]) <= MOST_OBJECTS
    assert titles[0][-1] == "others of other categories"
    assert len(titles[1]) == MOST_CATEGORIES + 1
    assert titles[1][-1] == "other categories"
    assert len(titles[2]) == MOST_PHASES + 1
    assert titles[2][-1] == "other phases"


LONG = "W" * 300


@pytest.mark.parametrize("name", ["short", LONG, "\N{CJK UNIFIED IDEOGRAPH-4E2D}" * 80, "il" * 90])
def test_labels_stay_in_their_places(name: str) -> None:
    counted = [(f"{name}{n % 4}", f"{name}{n % 3}", f"o{n}.v", 10.0 ** (n - 8)) for n in range(12)]
    facts, criterion = gather(*counted)
    facts = Facts(facts.book, facts.objects, facts.pointers, facts.edges, {f"o{n}": f"{name} {n}" for n in range(12)})
    flow = draw_flow(facts, criterion)
    boxes = []
    for node in flow.nodes:
        for number, line in enumerate(node.lines):
            wide, x = measure_text(line), float(node.text_x)
            left = x - wide if node.anchor == "end" else x
            base = float(node.text_y) + 16 * number
            assert left >= 0, line
            assert left + wide <= WIDTH, line
            assert LETTER <= base <= float(flow.height) - MARGIN / 2, line
            boxes.append((left, left + wide, base - LETTER, base))
    for one, other in itertools.combinations(boxes, 2):
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] + 1 or other[3] <= one[2] + 1
        assert apart, (one, other)
    for node in flow.nodes:
        assert 0 <= float(node.y) <= float(node.y) + float(node.height) <= float(flow.height)
    if name == LONG:
        assert all(node.title.startswith("W" * 50) for node in flow.nodes if node.column < 3)


def test_a_part_below_zero_has_no_picture() -> None:
    facts, criterion = gather(("a", "p", "x.v", 3.0), ("b", "p", "y.v", -1.0))
    assert draw_flow(facts, criterion) == Flow(
        refusal="There is no picture of the flow: a part of the total is below zero."
    )


def test_nothing_has_no_picture() -> None:
    facts, criterion = gather(("a", "p", "x.v", 0.0))
    assert draw_flow(facts, criterion).refusal == "There is no picture of the flow: nothing adds to the total."


def test_an_object_that_adds_nothing_is_not_drawn() -> None:
    facts, criterion = gather(("a", "p", "x.v", 3.0), ("b", "p", "y.v", 0.0))
    nodes = draw_flow(facts, criterion).nodes
    assert [node.title for node in nodes] == [*(f"{name}: 3 kg (100.0 %)" for name in ("X", "a", "p", "Gwp"))]


def test_a_text_is_cut_where_it_is_too_long() -> None:
    assert fit_text("short", 100) == "short"
    cut = fit_text("a label that goes on and on", 100)
    assert cut.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert measure_text(cut) <= 100
    assert math.isclose(measure_text("il"), 2 * 0.42 * LETTER)
