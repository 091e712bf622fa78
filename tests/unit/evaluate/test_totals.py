"""Totals in parts: what each value adds, over the spans of a calendar and per functional unit."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.evaluate.ledger import Ledger

MODEL = """
study s {{ {fields} }}
criterion mess "Mess" {{}}
phase bake "Baking" {{}}
phase build "Building" {{}}
quantity Big : tCO2e
kind oven {{
  category = servers
  input lit : amount Energy
  input each : Carbon = 3 kgCO2e from hypothesis note "made up"
  calc burnt : amount Carbon counts mess bake = lit * 1 gCO2e/Wh
  calc made : Carbon counts mess build = each
}}
kind big_oven extends oven {{
  calc burnt : amount Big counts mess bake = lit * 1 gCO2e/Wh
}}
oven one {{ lit = hourly([1, 2, 4], start = 2026-01-01T00:00Z) * 1 kWh }}
big_oven two {{ lit = hourly([8, 16], start = 2026-01-01T02:00Z) * 1 kWh }}
let boxes = 20 req from hypothesis note "counted"
let rooms = 4 visit from hypothesis note "counted"
"""
START = (datetime(2026, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(hours=1)


def compile_text(folder: Path, fields: str = "") -> Ledger:
    path = folder / "m.gai"
    path.write_text(MODEL.format(fields=fields), encoding="utf-8")
    outcome = compile_model(path)
    assert outcome.ledger is not None, outcome.diagnostics
    return outcome.ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return compile_text(tmp_path_factory.mktemp("totals"))


def test_each_value_adds_its_part_in_the_unit_of_the_total(ledger: Ledger) -> None:
    rows = [row for row in ledger.totals() if row.criterion == "mess"]
    found = {
        (row.category, row.phase): {
            ledger.account(node).path: round(part, 9) for node, part in zip(row.nodes, row.parts, strict=True)
        }
        for row in rows
    }
    assert found["servers", "bake"] == {"one.burnt": 7.0, "two.burnt": 24.0}
    assert found["servers", "build"] == {"one.made": 3.0, "two.made": 3.0}
    for row in rows:
        assert row.value.unit == "kgCO2e"
        assert math.isclose(math.fsum(row.parts), row.value.value)


def test_series_are_added_between_edges(ledger: Ledger) -> None:
    bake = next(row for row in ledger.totals() if (row.criterion, row.phase) == ("mess", "bake"))
    edges = [START - 5, START - 1, START, START + 1, START + 1, START + 3, START + 4, START + 9]
    assert ledger.spread(bake, edges) == pytest.approx((0.0, 0.0, 1.0, 0.0, 14.0, 16.0, 0.0))
    assert ledger.spread(bake, [START + 2, START + 3]) == pytest.approx((12.0,))
    assert ledger.spread(bake, [START - 9, START - 5]) == (0.0,)


def test_what_has_no_hours_is_in_no_span(ledger: Ledger) -> None:
    build = next(row for row in ledger.totals() if (row.criterion, row.phase) == ("mess", "build"))
    assert ledger.spread(build, [0, 10**7]) == (0.0,)


@pytest.mark.parametrize(
    ("fields", "units"),
    [
        ("functional_unit = 5 req; delivered = boxes", 4.0),
        ("functional_unit = 5; delivered = boxes", 4.0),
        ("functional_unit = 1 req; delivered = rooms", None),  # requests are no visits
        ("functional_unit = 1 kg; delivered = boxes", None),
        ("functional_unit = 1 req; delivered = 0 req", None),
        ("functional_unit = 0 req; delivered = boxes", None),
        ("functional_unit = 1 req", None),
        ("delivered = boxes", None),
        ("", None),
    ],
)
def test_functional_units_are_counted_where_both_numbers_fit(tmp_path: Path, fields: str, units: float | None) -> None:
    assert compile_text(tmp_path, fields).delivered_units() == units
