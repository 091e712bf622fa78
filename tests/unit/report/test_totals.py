from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.evaluate.account import ScalarValue, TotalRow
from gaic.report.facts import gather_facts
from gaic.report.totals import tabulate_totals
from tests.unit.report.fake_ledger import FakeBook

if TYPE_CHECKING:
    from gaic.report.facts import Facts


def row(category: str | None, phase: str | None, value: float, unit: str = "kg") -> TotalRow:
    return TotalRow("gwp", "", category, None, phase, None, ScalarValue(value, unit), ())


def tabulate(*rows: TotalRow) -> FakeBook:
    return FakeBook(rows=list(rows))


def test_a_table_has_categories_phases_sums_and_shares(facts: Facts) -> None:
    (table,) = tabulate_totals(facts)
    assert table.phases == ("Manufacturing", "Use")
    assert [(line.label, line.cells, line.sum, line.share) for line in table.lines] == [
        ("Servers", ("1549", "2900"), "4450", "62.0 %"),
        ("Storage", ("120.2", "60.5"), "180.8", "2.5 %"),
        ("Network", ("", "310.8"), "310.8", "4.3 %"),
        ("Devices", ("1830", "410"), "2240", "31.2 %"),
    ]
    assert table.sums == ("3499", "3682")
    assert table.whole.text == "7181 kgCO2e"
    assert (table.charted, table.counted) == (2, 2)
    assert table.chart is not None


def test_the_bar_is_filled_by_its_parts(facts: Facts) -> None:
    (table,) = tabulate_totals(facts)
    assert sum(float(part.segment.width) for part in table.parts) == pytest.approx(100, abs=0.01)
    assert [f"{part.color}{part.shade}" for part in table.parts] == ["00", "01", "10", "11", "21", "30", "31"]


def test_a_table_without_labels_shows_names() -> None:
    (table,) = tabulate_totals(gather_facts(tabulate(row("a", "p", 1.0), row(None, None, 1.0))))
    assert (table.label, table.lines[0].label, table.phases) == ("gwp", "a", ("p",))
    assert table.chart is None


def test_a_negative_part_leaves_the_numbers_without_a_bar() -> None:
    (table,) = tabulate_totals(gather_facts(tabulate(row("a", "p", 3.0), row("b", "p", -1.0), row(None, None, 2.0))))
    assert table.parts == ()
    assert [line.sum for line in table.lines] == ["3", "-1"]


def test_different_units_are_not_added() -> None:
    rows = (row("a", "p", 3.0), row("a", "q", 1.0, "g"), row(None, None, 0.0))
    (table,) = tabulate_totals(gather_facts(tabulate(*rows)))
    assert (table.lines[0].cells, table.lines[0].sum, table.lines[0].share, table.parts) == (("3", "1"), "", "", ())
