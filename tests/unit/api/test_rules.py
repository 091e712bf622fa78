"""How totals differ between two sets of rules, and by which rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaic.api.importing import import_model
from gaic.api.rules import compare_rules
from gaic.api.scratch import evaluate_text
from tests.unit.exchange.foreign import bring, hours, quantity, web

if TYPE_CHECKING:
    from gaic.api.importing import Imported
    from gaic.api.rules import Comparison

NATIVE = Path(__file__).resolve().parents[2] / "conformance" / "native"


def both(path: Path) -> tuple[Imported, Imported]:
    """A file under the rules of its version and under the library's."""
    theirs, ours = (import_model("efootprint", path, rules=rules, defaults=True) for rules in (None, "std"))
    return theirs, ours


def total(imported: Imported) -> float:
    ledger = evaluate_text(imported.text, imported.files).ledger
    assert ledger is not None
    return ledger.totals()[-1].value.value


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("v01_minimal_web.json", set()),
        ("v03_many_patterns_countries_timezones.json",
         {"usage_pattern.utc_hourly_occurrences", "step.hourly_occurrences_per_journey"}),
        ("v13_seed000_genai_job.json", {"storage.instances_energy"}),
    ],
)  # fmt: skip
def test_steps_add_up_to_the_difference(name: str, rules: set[str]) -> None:
    theirs, ours = both(NATIVE / name)
    found = compare_rules(theirs, ours)
    assert found.criteria == (("Climate change", "kgCO2e"),)
    assert found.refused == ()
    assert found.before == (total(theirs),)
    assert found.after == (total(ours),)
    assert {str(rule) for step in found.steps for rule in step.rules} == rules
    assert all(rule.doc.startswith("The peer") for step in found.steps for rule in step.rules)
    sizes = [abs(step.change[0]) for step in found.steps]
    assert sizes == sorted(sizes, reverse=True)
    change = sum(step.change[0] for step in found.steps) + found.rest[0]
    assert change == pytest.approx(found.after[0] - found.before[0], abs=1e-9 * found.after[0])
    assert found.rest == (0.0,)


def test_values_that_only_one_model_has_are_the_rest(tmp_path: Path) -> None:
    data = web("15.0.1")
    data["Storage"]["sto"]["power_per_storage_capacity"] = quantity(2, "watt / terabyte")
    data["UsagePattern"]["pat"]["hourly_occurrences"] = hours([5] * 10)
    theirs, ours = (bring(data, tmp_path, rules) for rules in ("efootprint_15", "std"))
    without = replace(ours, text=ours.text.replace("  power_per_capacity = 2 W/TB\n", ""))
    assert without.text != ours.text
    assert compare_rules(theirs, ours).rest == (0.0,)
    found = compare_rules(theirs, without)
    assert found.rest[0] < 0
    steps = sum(step.change[0] for step in found.steps)
    assert found.before[0] + steps + found.rest[0] == pytest.approx(found.after[0])


def test_a_model_with_errors_is_not_compared() -> None:
    found = compare_rules(*both(NATIVE / "v15_deletion.json"))
    assert (found.criteria, found.steps) == ((), ())
    assert [each.code for each in found.refused] == ["GAI310"]


def test_rules_that_only_work_together_are_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no model between two can be computed, the rules between them are one step."""
    from gaic.api import rules

    theirs, ours = both(NATIVE / "v03_many_patterns_countries_timezones.json")
    way = rules._Way(theirs, (total(theirs),))
    last = len(way.rules)
    known = dict.fromkeys(range(1, last), None) | {0: way.start, last: (total(ours),)}
    monkeypatch.setattr(rules._Way, "totals", lambda _, count: known[count])
    found: Comparison = compare_rules(theirs, ours)
    assert len(found.steps) == 1
    assert len(found.steps[0].rules) == last
    assert found.rest == (0.0,)
