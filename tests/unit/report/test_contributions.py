from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gaic.report.contributions import MOST_ATTRIBUTES, MOST_CATEGORIES, grow_contributions
from gaic.report.criteria import gather_criteria
from tests.unit.report.summaries import gather

if TYPE_CHECKING:
    from gaic.report.contributions import Row
    from gaic.report.facts import Facts


def cells(row: Row) -> tuple[int, str, str, str, str]:
    return row.depth, row.label, row.value.exact, row.share, row.cumulated


def total(rows: list[Row]) -> float:
    return math.fsum(float(row.value.exact) for row in rows)


def test_the_tree_of_the_example(facts: Facts) -> None:
    (criterion,) = gather_criteria(facts)
    tree = grow_contributions(facts, criterion, 240)
    assert tree.open
    assert [cells(limb.head) for limb in tree.limbs] == [
        (0, "Servers", "4449.5", "62.0 %", "62.0 %"),
        (0, "Devices", "2240", "31.2 %", "93.2 %"),
        (0, "Network", "310.75", "4.3 %", "97.5 %"),
        (0, "Storage", "180.75", "2.5 %", "100.0 %"),
    ]
    assert [limb.color for limb in tree.limbs] == [0, 3, 2, 1]
    servers = tree.limbs[0].rows
    assert [cells(row) for row in servers] == [
        (1, "On-premise GPU server", "4449.5", "62.0 %", "62.0 %"),
        (2, "Use footprint", "2900.5", "40.4 %", "40.4 %"),
        (2, "Instances manufacturing footprint", "1549", "21.6 %", "62.0 %"),
    ]
    assert [(row.href, row.aside) for row in servers] == [
        ("objects/farm.html", "farm"),
        ("objects/farm.html#use_footprint", "Use"),
        ("objects/farm.html#instances_manufacturing_footprint", "Manufacturing"),
    ]


def test_a_large_model_shows_the_largest_and_what_is_left_adds_up() -> None:
    counted = [(f"c{n % 5}", f"p{k}", f"o{n}.v{k}", float(n + k)) for n in range(500) for k in range(6)]
    facts, criterion = gather(*counted)
    tree = grow_contributions(facts, criterion, 240)
    assert not tree.open
    rows = sum(1 + len(limb.rows) for limb in tree.limbs)
    assert rows <= 240
    assert total([limb.head for limb in tree.limbs]) == criterion.total
    for limb in tree.limbs:
        objects = [row for row in limb.rows if row.depth == 1]
        assert total(objects) == float(limb.head.value.exact)
        assert objects[-1].label.endswith("more objects")
        assert objects[-1].cumulated == limb.head.share
        assert objects[-1].href == ""
        attributes = [row for row in limb.rows if row.depth == 2]
        assert total(attributes) == total(objects[:-1])
        assert len(attributes) == (MOST_ATTRIBUTES + 1) * (len(objects) - 1)
        assert {row.label for row in attributes if not row.href} == {"2 more values"}
    assert tree.limbs[0].rows[0].label == "O499"


def test_categories_beyond_the_most_are_one_row() -> None:
    facts, criterion = gather(*((f"c{n}", "p", f"o{n}.v", float(n)) for n in range(100)))
    tree = grow_contributions(facts, criterion, 240)
    last = tree.limbs[-1]
    assert len(tree.limbs) == MOST_CATEGORIES + 1
    assert (last.head.label, last.head.cumulated, last.rows) == ("88 more categories", "100.0 %", ())
    assert total([limb.head for limb in tree.limbs]) == criterion.total


def test_where_parts_are_below_zero_rows_still_add_up() -> None:
    facts, criterion = gather(("a", "p", "x.v", 3.0), ("b", "p", "y.v", -1.0))
    tree = grow_contributions(facts, criterion, 240)
    assert [cells(limb.head) for limb in tree.limbs] == [
        (0, "a", "3", "150.0 %", "150.0 %"),
        (0, "b", "-1", "-50.0 %", "100.0 %"),
    ]


def test_a_total_of_nothing_has_no_shares() -> None:
    facts, criterion = gather(("a", "p", "x.v", 0.0))
    (limb,) = grow_contributions(facts, criterion, 240).limbs
    assert cells(limb.head) == (0, "a", "0", "", "")
