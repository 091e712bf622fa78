"""The Python module: the same answers as the command, as Pint quantities and arrays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

import gaic
from gaic.api.lookup import UnknownPathError
from gaic.api.results import Hourly
from gaic.source.diagnostic import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.api.results import Results

MODEL = """
kind lamp "Lamp" {
  input power : Power = 40 W
  input spare : Power?
  input mode  : bright | dim = dim
  input lit   : amount Ratio
  calc dimmed  : Power = power * (if mode == dim then 0.1 else 1)
  calc energy : amount Energy = lit * power * 1 h
}
lamp desk { lit = hourly([1, 2], start = 2026-01-01T00:00Z) }
lamp wall { lit = hourly([1, 2], start = 2026-01-01T00:00) }
kind room { ref lamps : [lamp]; calc part[l in lamps] : Power = l.power }
room study_room { lamps = [desk, wall] }
assert bright: desk.power > 50 W else error "too dark"
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A small model with a broken promise."""
    path = tmp_path / "lamps.gai"
    path.write_text(MODEL, encoding="utf-8")
    return path


@pytest.fixture
def results(model: Path) -> Results:
    """Its results."""
    return gaic.evaluate_model(model)


def test_a_scalar_is_a_quantity(results: Results) -> None:
    """It converts like any Pint quantity."""
    power = results["desk.power"]
    assert str(power) == "40.0 watt"
    assert not isinstance(power, str | bool | Hourly | dict)
    assert power is not None
    assert power.to("kW").magnitude == pytest.approx(0.04)


def test_a_series_has_its_hours(results: Results) -> None:
    """The first hour is an instant in UTC, or on the local clock without a zone."""
    desk, wall = results["desk.energy"], results["wall.lit"]
    assert isinstance(desk, Hourly)
    assert isinstance(wall, Hourly)
    assert desk.start == datetime(2026, 1, 1, tzinfo=UTC)
    assert desk.nature == "amount"
    assert wall.start.tzinfo is None
    values = desk.values.to("Wh").magnitude
    assert not isinstance(values, float)
    assert values.tolist() == pytest.approx([40.0, 80.0], rel=1e-14)


def test_words_absent_values_and_tables(results: Results) -> None:
    """A choice is its word, an unset input is None, a table goes by member; references are paths."""
    assert results["desk.mode"] == "dim"
    assert results["desk.spare"] is None
    table = results["study_room.part"]
    assert isinstance(table, dict)
    assert list(table) == ["desk", "wall"]
    assert results["study_room.lamps"] == {"desk": "desk", "wall": "wall"}


def test_an_unknown_path_says_what_there_is(results: Results) -> None:
    """The nearest name is in the hint."""
    with pytest.raises(UnknownPathError) as caught:
        results["desk.powr"]
    assert caught.value.hint == "did you mean `desk.power`?"
    with pytest.raises(UnknownPathError):
        results.account("study_room.part")


def test_the_graph_is_for_networkx(results: Results) -> None:
    """Edges lead from what is read to what reads it; the branch not taken is none."""
    graph = results.graph()
    assert set(graph.predecessors("desk.dimmed")) == {"desk.power", "desk.mode"}
    assert set(results) == set(results.paths()) == set(graph.nodes)


def test_broken_promises_are_findings_and_rows(results: Results) -> None:
    """The model is sound, its promise is not."""
    assert [(row.name, row.ok) for row in results.checks] == [("bright", False)]
    assert [d.code for d in results.diagnostics if d.code.startswith("GAI3")] == ["GAI340"]
    assert results.totals == ()


def test_build_writes_a_site_only_where_one_is_wanted(model: Path, tmp_path: Path) -> None:
    """Without a folder nothing is written."""
    before = set(tmp_path.iterdir())
    gaic.build(model)
    assert set(tmp_path.iterdir()) == before
    gaic.build(model, tmp_path / "site")
    assert (tmp_path / "site" / "index.html").is_file()


def test_errors_carry_their_findings(tmp_path: Path) -> None:
    """`check_model` gives them, `evaluate_model` and `build` raise them."""
    path = tmp_path / "broken.gai"
    path.write_text("server web { ramm = 3 GB }\n", encoding="utf-8")
    assert [d.code for d in gaic.check_model(path)] == ["GAI112"]
    for call in (gaic.evaluate_model, gaic.build):
        with pytest.raises(ModelError) as caught:
            call(path)
        assert [d.code for d in caught.value.diagnostics] == ["GAI112"]


def test_explain_is_the_text_of_the_command(model: Path) -> None:
    """With formula and numbers."""
    text = gaic.explain(model, "desk.dimmed")
    assert "= 40 W * (0.1)" in text


def test_only_public_names_are_there() -> None:
    """Anything else is an attribute error, and `dir` lists what there is."""
    assert {"build", "check_model", "evaluate_model", "explain"} <= set(dir(gaic))
    with pytest.raises(AttributeError):
        getattr(gaic, "nothing_of_that_name")  # noqa: B009 - by text, as a type checker would refuse it
