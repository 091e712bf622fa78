from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from gaic.evaluate.account import ScalarValue, TotalRow
from gaic.report.criteria import gather_criteria
from gaic.report.facts import gather_facts
from gaic.report.totals import MOST_CATEGORIES, MOST_PHASES, tabulate_totals
from tests.unit.report.fake_ledger import FakeBook

if TYPE_CHECKING:
    from gaic.report.criteria import Criterion
    from gaic.report.facts import Facts
    from gaic.report.totals import TotalTable


def row(category: str | None, phase: str | None, value: float, unit: str = "kg") -> TotalRow:
    return TotalRow("gwp", "", category, None, phase, None, ScalarValue(value, unit), (), ())


def gather(*rows: TotalRow) -> Criterion:
    (criterion,) = gather_criteria(gather_facts(FakeBook(rows=list(rows))))
    return criterion


def tabulate(*rows: TotalRow) -> TotalTable:
    return tabulate_totals(gather(*rows))


def numbers(table: TotalTable) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [
        (
            line.label,
            tuple(cell.number if cell else "" for cell in line.cells),
            line.sum.number if line.sum else "",
            line.share,
        )
        for line in table.lines
    ]


def test_a_table_has_categories_phases_sums_and_shares(facts: Facts) -> None:
    (criterion,) = gather_criteria(facts)
    table = tabulate_totals(criterion)
    assert table.phases == ("Manufacturing", "Use")
    assert numbers(table) == [
        ("Servers", ("1549", "2900"), "4450", "62.0 %"),
        ("Storage", ("120.2", "60.5"), "180.8", "2.5 %"),
        ("Network", ("", "310.8"), "310.8", "4.3 %"),
        ("Devices", ("1830", "410"), "2240", "31.2 %"),
    ]
    assert [shown.exact for shown in table.sums if shown] == ["3499.25", "3681.75"]
    assert table.whole.text == "7181 kgCO2e"


def test_the_bar_is_filled_by_its_parts(facts: Facts) -> None:
    (criterion,) = gather_criteria(facts)
    table = tabulate_totals(criterion)
    assert sum(float(part.segment.width) for part in table.parts) == pytest.approx(100, abs=0.01)
    assert math.fsum(float(part.value.exact) for part in table.parts) == 7181.0
    assert [f"{part.color}{part.shade}" for part in table.parts] == ["00", "01", "10", "11", "21", "30", "31"]


def test_a_table_without_labels_shows_names() -> None:
    table = tabulate(row("a", "p", 1.0), row(None, None, 1.0))
    assert (table.label, table.lines[0].label, table.phases) == ("gwp", "a", ("p",))


def test_a_negative_part_leaves_the_numbers_without_a_bar() -> None:
    table = tabulate(row("a", "p", 3.0), row("b", "p", -1.0), row(None, None, 2.0))
    assert table.parts == ()
    assert numbers(table) == [("a", ("3",), "3", "150.0 %"), ("b", ("-1",), "-1", "-50.0 %")]


def test_different_units_are_not_added() -> None:
    table = tabulate(row("a", "p", 3.0), row("a", "q", 1.0, "g"), row(None, None, 0.0))
    assert numbers(table) == [("a", ("3", "1"), "", "")]
    assert table.parts == ()


def test_many_categories_and_phases_share_a_line_and_a_column() -> None:
    many = [row(f"c{n}", f"p{n % 10}", float(n)) for n in range(100)]
    table = tabulate(*many, row(None, None, 4950.0))
    assert len(table.lines) == MOST_CATEGORIES
    assert len(table.phases) == MOST_PHASES
    assert table.lines[-1].label == "77 more categories"
    assert table.phases[-1] == "5 more phases"
    assert math.fsum(float(line.sum.exact) for line in table.lines if line.sum) == 4950.0
    assert math.fsum(float(shown.exact) for shown in table.sums if shown) == 4950.0
    assert math.fsum(float(part.value.exact) for part in table.parts) == 4950.0
