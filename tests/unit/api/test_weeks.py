"""Weeks on their way out: Python, JSON, the terminal, the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.api.query import answer_query
from gaic.api.results import Results
from gaic.api.site import results_document, site_files
from gaic.cli.answer import answer_text
from gaic.report.terminal import render_explanation
from gaic.schema.models import Results as ResultsModel
from gaic.schema.text import json_text
from gaic.units.days import WEEK
from tests.programs import write_program

if TYPE_CHECKING:
    from gaic.api.compile import Outcome
    from gaic.evaluate.ledger import Ledger

PROGRAM = """
source plan "Plan of the lamps" {}
kind lamp {
  input light : weekly level Power = 5 W from hypothesis note "any"
  input shown : weekly amount Visit
  input hours : amount Visit = hourly([0, 0, 0], start = 2026-01-04T22:00Z)
  calc glow   : level Power = expand(light, hours, "UTC")
}
lamp street { light = weekly("week.csv", column = "low", unit = "kW") from plan; shown = [COUNTS] }
lamp door { shown = weekly { weekday = 1 visit; weekend = weekday * (0.5 from plan) } }
# file: week.csv
low,high
"""
ROWS = "".join(f"{hour},9\n" for hour in range(WEEK))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    counts = ", ".join("2" for _ in range(WEEK))
    path = write_program(tmp_path_factory.mktemp("weeks"), PROGRAM.replace("COUNTS", counts) + ROWS)
    return compile_model(path)


@pytest.fixture(scope="module")
def ledger(outcome: Outcome) -> Ledger:
    assert outcome.ledger is not None, outcome.diagnostics
    return outcome.ledger


def test_python_gets_168_hours_with_their_unit(outcome: Outcome, ledger: Ledger) -> None:
    light = Results(outcome, ledger)["street.light"]
    assert not isinstance(light, str | bool | dict)
    assert light is not None
    values = getattr(light, "magnitude", None)
    assert values is not None
    assert values.tolist() == [hour * 1000.0 for hour in range(WEEK)]


def test_results_have_a_shape_of_their_own(outcome: Outcome, ledger: Ledger) -> None:
    document = results_document(outcome, ledger)
    read = ResultsModel.model_validate_json(json_text(document))
    light = read.objects["street"].attributes["light"]
    assert light.value.shape == "weekly"
    assert (light.value.nature, light.value.unit, light.value.values[:3]) == ("level", "W", [0, 1000, 2000])
    assert (light.role, light.source, light.formula) == ("input", "plan", None)
    door = read.objects["door"].attributes["shown"]
    assert door.value.shape == "weekly"
    assert (door.value.nature, door.value.values[119:121]) == ("amount", [1, 0.5])
    assert door.source == "plan"


def test_the_terminal_prints_days_or_one_value(ledger: Ledger) -> None:
    lines = answer_text(answer_query(ledger, "street.light", "kW")).splitlines()
    assert lines[0] == "weekly level: the hours of each day from 00:00 on the local clock, in kW"
    assert lines[1].startswith("Monday:    0 1 2 3 ")
    assert lines[7].endswith(" 166 167")
    assert answer_text(answer_query(ledger, "door.light")) == "weekly level: 5 W in every hour"
    assert answer_text(answer_query(ledger, "street.shown")) == "weekly amount: 2 visit in every hour"


def test_explanations_say_what_kind_of_week_it_is(ledger: Ledger) -> None:
    node = ledger.find("door.shown")
    assert node is not None
    text = render_explanation(ledger, node)
    assert "door.shown = week 0.5 to 1 visit" in text
    assert "input, weekly amount" in text
    assert "  Sunday     0.5 0.5" in text
    constant = ledger.find("door.light")
    assert constant is not None
    assert "door.light = 5 W" in render_explanation(ledger, constant)
    assert "Sunday" not in render_explanation(ledger, constant)


def test_pages_list_the_hours_of_each_day(outcome: Outcome, ledger: Ledger) -> None:
    files = dict(site_files(outcome, Path(outcome.root) / "model.gai", ledger))
    page = files["objects/door.html"]
    assert isinstance(page, str)
    assert "<dt>Sunday</dt><dd>0.5 · 0.5" in page
    assert "0.5 to 1" in page
    assert "Each hour, from 00:00" in page
    assert page.count("Each hour, from 00:00") == 1  # the light is the same in all hours
