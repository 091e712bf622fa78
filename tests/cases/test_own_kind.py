"""A user's own kind of emitter joins every total, the pages' numbers and `results.json`, under its own category."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gaic.api.compile import compile_model
from tests.programs import write_program

if TYPE_CHECKING:
    from gaic.evaluate.ledger import Ledger
    from tests.conftest import Command

PROGRAM = Path(__file__).parent / "accept" / "own_kind.gai"

# Cooking: 60 meals of 0.5 kg, and 40 meals of 0.25 kg. Building: 8766 kg over 8766 h in 4 h, and over 17 532 h in 1 h.
COOKING = 60 * 0.5 + 40 * 0.25
BUILDING = 4 * 1 + 0.5


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_program(tmp_path, PROGRAM.read_text(encoding="utf-8"), PROGRAM.name)


@pytest.fixture
def ledger(model: Path) -> Ledger:
    outcome = compile_model(model)
    assert outcome.ledger is not None, outcome.diagnostics
    assert outcome.diagnostics == ()
    return outcome.ledger


def totals_of(ledger: Ledger) -> dict[tuple[str | None, str | None], float]:
    """The totals by category and phase."""
    rows = ledger.totals()
    assert {(row.criterion, row.value.unit) for row in rows} == {("gwp", "kgCO2e")}
    return {(row.category, row.phase): row.value.value for row in rows}


def test_the_own_category_has_its_totals(ledger: Ledger) -> None:
    totals = totals_of(ledger)
    assert totals["food", "use"] == pytest.approx(COOKING, rel=1e-12)
    assert totals["food", "manufacturing"] == pytest.approx(BUILDING, rel=1e-12)
    assert {category for category, _ in totals} > {"food", "servers", "devices", None}


def test_the_totals_add_up_with_it(ledger: Ledger) -> None:
    totals = totals_of(ledger)
    parts = {key: value for key, value in totals.items() if None not in key}
    assert totals[None, None] == pytest.approx(sum(parts.values()), rel=1e-12)
    node = ledger.find("total.period_footprint")
    assert node is not None
    value = ledger.account(node).value
    assert getattr(value, "value", None) == pytest.approx(totals[None, None], rel=1e-12)


def test_without_it_the_totals_are_smaller_by_its_part(model: Path, ledger: Ledger) -> None:
    text = model.read_text(encoding="utf-8")
    begin, end = text.index("kitchen canteen"), text.index("## A kitchen that gives")
    text = text[:begin] + text[end:]
    begin, end = text.index("green_kitchen bistro"), text.index("# ---- a server")
    text = (text[:begin] + text[end:]).replace("delivered       = total(canteen.meals) / one_by_one\n", "")
    text = text.replace('let one_by_one = 1 from hypothesis note "every meal is one"\n', "")
    model.write_text(text, encoding="utf-8")
    outcome = compile_model(model)
    assert outcome.ledger is not None, outcome.diagnostics
    before, after = totals_of(ledger)[None, None], totals_of(outcome.ledger)[None, None]
    assert before - after == pytest.approx(COOKING + BUILDING, rel=1e-12)


def test_results_and_command_know_it(model: Path, gaic_command: Command) -> None:
    done = gaic_command("build", model.name, cwd=model.parent)
    assert done.returncode == 0, done.stderr
    assert "Food" in done.stdout
    folder = model.parent / "build" / model.stem
    results: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    rows = {(row["category"], row["phase"]): row for row in results["totals"] if row.get("category") == "food"}
    assert sorted(rows, key=str) == [("food", "manufacturing"), ("food", "use")]
    canteen = results["objects"]["canteen"]
    assert (canteen["kind"], canteen["label"]) == ("kitchen", "Canteen")
    assert canteen["attributes"]["per_meal"]["value"]["value"] == 0.5
    assert results["objects"]["bistro"]["kind"] == "green_kitchen"
    assert any("canteen" in page.as_posix() for page in folder.rglob("*.html"))
