"""How totals differ between two sets of rules, and by which rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaic.api import defaults, rules
from gaic.api.importing import import_model
from gaic.api.rules import compare_rules, rules_of
from gaic.api.scratch import evaluate_text
from gaic.source.limits import USUAL, Limits
from tests.unit.exchange.foreign import block, bring, hours, quantity, save, web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gaic.api.importing import Imported
    from gaic.api.rules import Comparison
    from gaic.api.scratch import Scratch
    from gaic.exchange.draft import Draft, FieldValue
    from gaic.load.bundle import Bundle
    from tests.unit.exchange.foreign import File

    Fields = Mapping[str, Mapping[str, FieldValue]]
    Found = tuple[tuple[str, str], bool]

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
    ("name", "causes"),
    [
        ("v01_minimal_web.json", set()),
        ("v03_many_patterns_countries_timezones.json",
         {"usage_pattern.utc_hourly_occurrences", "step.hourly_occurrences_per_journey"}),
        ("v13_seed000_genai_job.json", {"storage.instances_energy"}),
    ],
)  # fmt: skip
def test_steps_add_up_to_the_difference(name: str, causes: set[str]) -> None:
    theirs, ours = both(NATIVE / name)
    found = compare_rules(theirs, ours)
    assert found.criteria == (("Climate change", "kgCO2e"),)
    assert found.refused == ()
    assert found.before == (total(theirs),)
    assert found.after == (total(ours),)
    assert {str(rule) for step in found.steps for rule in step.rules} == causes
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
    theirs, ours = both(NATIVE / "v03_many_patterns_countries_timezones.json")
    way = rules._Way(theirs, (total(theirs),), Limits(), rules_of(theirs.module))
    last = len(way.rules)
    known = dict.fromkeys(range(1, last), None) | {0: way.start, last: (total(ours),)}
    monkeypatch.setattr(rules._Way, "totals", lambda _, count: known[count])
    found: Comparison = compare_rules(theirs, ours)
    assert len(found.steps) == 1
    assert len(found.steps[0].rules) == last
    assert found.rest == (0.0,)


def cloud() -> File:
    """A system on a rented server."""
    data = web()
    del data["Server"]
    data["BoaviztaCloudServer"] = {
        "ser": {
            "name": "rented",
            "id": "ser",
            "storage": "sto",
            "provider": {"value": "scaleway"},
            "instance_type": {"value": "ent1-s"},
        }
    }
    return data


def disks() -> File:
    """A system whose disks have a power of their own by default."""
    data = web("15.0.1")
    data["UsagePattern"]["pat"]["hourly_occurrences"] = hours([5] * 10)
    return data


@pytest.mark.parametrize(
    ("data", "name", "wanted"),
    [
        (cloud(), "efootprint_27", ["cloud_server.power_without_gpu", "cloud_server.idle_power_without_gpu"]),
        (disks(), "efootprint_15", ["storage.power_per_capacity"]),
    ],
)
def test_a_default_that_the_other_tool_has_is_a_rule(tmp_path: Path, data: File, name: str, wanted: list[str]) -> None:
    theirs, ours = (bring(data, tmp_path, each) for each in (name, "std"))
    found = compare_rules(theirs, ours)
    named = {str(rule): rule for step in found.steps for rule in step.rules}
    assert named.keys() >= set(wanted)
    assert all(named[each].doc.startswith("The peer") for each in wanted)
    assert all("." in named[each].doc for each in wanted)
    assert found.rest == (0.0,)
    assert found.before != found.after
    change = sum(step.change[0] for step in found.steps)
    assert change == pytest.approx(found.after[0] - found.before[0], rel=1e-9)


@pytest.mark.parametrize("name", ["efootprint_27", "efootprint_15"])
def test_every_rule_says_what_it_is(name: str) -> None:
    found = rules_of(f"std.compat.{name}")
    assert len(found) > 10
    assert [str(rule) for rule in found if not rule.doc] == []


def test_the_limits_of_the_command_hold_for_all_models_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(csv_rows=70)
    data = web()
    data["UsagePattern"]["pat"]["hourly_occurrences"] = hours(range(60), start_date="2025-03-29 00:00:00")
    data["Country"]["cou"]["timezone"] = {"zone": "Asia/Kolkata"}
    theirs, ours = (bring(data, tmp_path, each) for each in ("efootprint_27", "std"))
    seen: list[Limits] = []

    def spy(
        text: str,
        files: Mapping[str, str] | None = None,
        change: Callable[[Bundle], Bundle] | None = None,
        limits: Limits = USUAL,
    ) -> Scratch:
        seen.append(limits)
        return evaluate_text(text, files, change, limits)

    monkeypatch.setattr(rules, "evaluate_text", spy)
    found = compare_rules(theirs, ours, limits)
    assert found.steps
    assert len(seen) > 3
    assert set(seen) == {limits}
    refused = compare_rules(theirs, ours, Limits(csv_rows=50)).refused
    assert [each.code for each in refused] == ["GAI510"]
    seen.clear()
    monkeypatch.setattr(defaults, "evaluate_text", spy)
    import_model("efootprint", save(data, tmp_path), limits=limits)
    assert len(seen) > 1
    assert set(seen) == {limits}


def test_defaults_are_put_back_until_all_that_is_left_out_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each round shows one more value to be wrong without the others, only what holds to the end is left out."""
    equal = defaults._equal_values
    rounds = 0

    data = web()
    data["Server"]["ser"] |= {
        "power": quantity(300, "watt"),
        "idle_power": quantity(50, "watt"),
        "lifespan": quantity(6, "year"),
        "power_usage_effectiveness": quantity(1.2),
        "utilization_rate": quantity(0.9),
        "compute": quantity(24, "cpu_core"),
        "base_ram_consumption": quantity(0, "gigabyte_ram"),
    }
    path = save(data, tmp_path)
    written = _inputs(import_model("efootprint", path, defaults=True))
    needed = _inputs(import_model("efootprint", path))
    lost = [name for name in written if name not in needed]
    assert len(lost) > 6

    def lose(scratch: Scratch, draft: Draft, full: Fields, names: Mapping[str, str]) -> Iterator[Found]:
        nonlocal rounds
        wrong = lost[1 : rounds + 1]
        rounds += 1
        yield from (each for each in equal(scratch, draft, full, names) if each[0][1] not in wrong)

    monkeypatch.setattr(defaults, "_equal_values", lose)
    assert set(written) - set(_inputs(import_model("efootprint", path))) == {lost[0]}
    assert rounds > 6


def _inputs(imported: Imported) -> list[str]:
    """Names of the inputs that the server of a model has."""
    return [line.split()[0] for line in block(imported, "server").split("\n")[1:-1]]
