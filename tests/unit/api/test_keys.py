"""Tables with several keys, as Python and files give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from gaic.api.compile import compile_model
from gaic.api.lookup import UnknownPathError
from gaic.api.results import Hourly, Results
from gaic.schema.models import Results as Document
from gaic.schema.results import Origin, results_of
from tests.programs import write_program

if TYPE_CHECKING:
    from gaic.evaluate.ledger import Ledger

MODEL = """import "a.gai" as ays
import "b.gai" as bees

kind room { ref lamps : [ays.lamp] }
kind house {
  ref rooms : [room]
  ref lamps : [ays.lamp]
  calc energy[r in rooms, l in r.lamps] : Energy = r.weight * l.power * 1 h
  calc per_hour[r in rooms, l in r.lamps] : amount Energy =
    hourly([1, 2], start = 2026-01-01T00:00Z) * energy[r, l]
  calc pair[k in lamps, l in lamps] : Ratio = k.position + 10 * l.position
  calc of_room[r in rooms] : Energy = sum(energy[r, l] for l in r.lamps)
}

ays.lamp a {}
ays.lamp c {}
room hall { lamps = [a, c, a] }
house home { rooms = [hall, 2 * hall]; lamps = [ays.b, a, c, bees.c] }
house hut {}
# file: a.gai
kind lamp { input power : Power = 10 W }
lamp b {}
# file: b.gai
import "a.gai"
lamp c {}
"""
PAIRS = (("[a.b, c]", 31), ("[a, b.c]", 42), (".c.a", 23))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    outcome = compile_model(write_program(tmp_path_factory.mktemp("project"), MODEL))
    assert outcome.ledger is not None, outcome.diagnostics
    return Results(outcome, outcome.ledger)


@pytest.fixture
def ledger(results: Results) -> Ledger:
    return results.ledger


def test_a_table_goes_by_all_its_keys(results: Results) -> None:
    table = results["home.energy"]
    assert isinstance(table, dict)
    assert list(table) == ["hall, a", "hall, c", "hall, a#2", "hall#2, a", "hall#2, c", "hall#2, a#2"]
    assert str(results["home.energy[hall#2,a#2]"]) == "0.02 kWh"
    assert str(results["home.energy.hall#2.c"]) == "0.02 kWh"
    series = results["home.per_hour[hall#2, c]"]
    assert isinstance(series, Hourly)
    assert np.allclose(series.values.magnitude, [0.02, 0.04])
    assert results["hut.energy"] == {}


def test_dots_stand_for_one_value_only(ledger: Ledger, results: Results) -> None:
    assert [results[f"home.pair{keys}"] == value for keys, value in PAIRS] == [True, True, True]
    assert ledger.find("home.pair.a.b.c") is None
    with pytest.raises(UnknownPathError) as raised:
        results["home.pair.a.b.c"]
    assert (raised.value.hint or "").startswith("its members are `a.b, a.b`, `a.b, a`, `a.b, c`")


@pytest.mark.parametrize(
    ("path", "reason", "hint"),
    [
        ("home.energy[hall]", "`energy` has no member `hall`", "its members are `hall, a`"),
        ("home.energy[hall, d]", "`energy` has no member `hall, d`", "did you mean `home.energy[hall, a]`?"),
        ("home.energy[hall, a, c]", "`energy` has no member `hall, a, c`", "its members are `hall, a`"),
    ],
)
def test_a_path_that_names_no_row_says_what_there_is(results: Results, path: str, reason: str, hint: str) -> None:
    with pytest.raises(UnknownPathError) as raised:
        results[path]
    assert reason in str(raised.value)
    assert (raised.value.hint or "").startswith(hint)


def test_rows_know_what_they_read(ledger: Ledger, results: Results) -> None:
    node = ledger.find("home.of_room[hall#2]")
    assert node is not None
    paths = ledger.paths()
    read = ["home.energy[hall#2, a]", "home.energy[hall#2, c]", "home.energy[hall#2, a#2]"]
    assert [paths[other] for other in ledger.depends_on(node)] == read
    assert ledger.account(node).substituted == "(0.02 kWh + 0.02 kWh + 0.02 kWh)"
    assert list(results.graph().predecessors("home.of_room[hall#2]")) == read


def test_files_join_keys_by_commas(ledger: Ledger) -> None:
    document = results_of(ledger, Origin("1", "1", "0" * 64, "1", ()), ())
    objects = Document.model_validate(document).objects
    per_hour, none = (objects[name].attributes["per_hour"] for name in ("home", "hut"))
    assert per_hour.value.shape == none.value.shape == "table"
    assert "hall#2, a#2" in per_hour.value.entries
    assert "home.energy[hall#2, a#2]" in per_hour.depends_on
    assert none.value.entries == {}
