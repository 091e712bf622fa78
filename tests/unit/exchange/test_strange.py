"""Where a value comes from may be strange: the value stays as it is, and the strange part is listed."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from gaic.api.importing import import_model
from gaic.api.scratch import check_text
from gaic.exchange.faults import ForeignError
from tests.unit.exchange.foreign import block, bring, quantity, save, web

if TYPE_CHECKING:
    from pathlib import Path

STRANGE: list[tuple[dict[str, Any], str]] = [
    ({"confidence": "total"}, 'confidence: "total" is none of high, medium, low'),
    ({"confidence": ["high"]}, "confidence: the confidence is no text but a list"),
    ({"comment": []}, "comment: the comment is no text but a list"),
    ({"source": "nope"}, 'source: it names the source "nope", which the file does not hold'),
    ({"source": []}, "source: the source is no object but a list"),
    ({"source": {"name": 3}}, "source: the name of the source is no text but a number"),
    ({"owner": "me"}, "owner: it is not known"),
]


def listed(change: dict[str, Any], folder: Path, attribute: str) -> tuple[str, list[str]]:
    """The server of a file in which a value is changed, and what is left out."""
    data = web()
    data["Server"]["ser"][attribute] = change
    imported = bring(data, folder)
    return block(imported, "server"), [str(each) for each in imported.left_out]


@pytest.mark.parametrize(("change", "told"), STRANGE)
def test_a_number_stays(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    server, left_out = listed(quantity(5, "watt", **change), tmp_path, "power")
    assert "power   = 5 W\n" in server
    assert left_out == [f'Server "web": power.{told}']


def test_what_is_not_strange_stays_with_it(tmp_path: Path) -> None:
    change = quantity(5, "watt", confidence="total", comment="as measured")
    server, left_out = listed(change, tmp_path, "power")
    assert 'power   = 5 W from hypothesis note "as measured"\n' in server
    assert len(left_out) == 1


@pytest.mark.parametrize(("change", "told"), STRANGE)
def test_a_value_that_is_not_set(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    server, left_out = listed({"value": None, **change}, tmp_path, "fixed_nb_of_instances")
    assert "fixed" not in server
    assert left_out == [f'Server "web": fixed_nb_of_instances.{told}']


@pytest.mark.parametrize(("change", "told"), STRANGE)
def test_words_weights_and_choices_stay(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    data = web()
    data["UsageJourneyStep"]["ste"]["jobs"] = {"job": quantity(2, **change)}
    data["Server"]["ser"]["server_type"] = {"value": "serverless", **change}
    data["BoaviztaCloudServer"] = {
        "cl": {
            "name": "rented",
            "id": "cl",
            "storage": "sto",
            "provider": {"value": "scaleway", **change},
            "instance_type": {"value": "ent1-s", **change},
        }
    }
    imported = bring(data, tmp_path)
    assert "jobs     = [2 * page_view]" in imported.text
    assert "server_type = serverless" in imported.text
    assert "instance = std.cloud.scaleway.ent1_s" in imported.text
    assert sorted(map(str, imported.left_out)) == [
        f'BoaviztaCloudServer "rented": instance_type.{told}',
        f'BoaviztaCloudServer "rented": provider.{told}',
        f'Server "web": server_type.{told}',
        f'UsageJourneyStep "read": jobs.page view.{told}',
    ]


# ------------------------------------------------------------ neutral files


def neutral() -> dict[str, Any]:
    """A small neutral file: one pattern with a series."""
    pattern = {
        "usage_journeys": {"weights": {"visit": 1}},
        "devices": {"refs": ["laptop"]},
        "network": {"ref": "wifi"},
        "country": {"ref": "France"},
        "hourly_occurrences": {"series": "visits"},
    }
    objects = {
        "users": {"class": "UsagePattern", "attributes": pattern},
        "visit": {"class": "UsageJourney", "attributes": {"uj_steps": {"refs": []}}},
        "laptop": {"class": "Device", "attributes": {"power": {"value": 5, "unit": "watt"}}},
        "wifi": {"class": "Network", "attributes": {}},
        "France": {"class": "Country", "attributes": {"timezone": {"timezone": "Europe/Paris"}}},
    }
    series = {"visits": {"n": 3, "start": "2025-01-01T00:00:00", "unit": "occurrence", "constant": 4}}
    return {
        "format": "efootprint-conformance/1",
        "peer": "e-footprint 27.0.0 (ecologits 0.11.3)",
        "inputs": {"series": series, "objects": objects},
    }


def test_hours_that_are_set_one_by_one(tmp_path: Path) -> None:
    data = neutral()
    data["inputs"]["series"]["visits"]["set"] = [[1, 7]]
    assert "hourly([4, 7, 4], start" in bring(data, tmp_path).text
    data["inputs"]["series"]["visits"]["set"] = None
    assert "hourly([4, 4, 4], start" in bring(data, tmp_path).text


@pytest.mark.parametrize("name", ["\ud800lap", "lap\x00\u202e\u2028top", '"laptop" {', "\N{COMBINING ACUTE ACCENT}"])
def test_any_name_of_an_object_can_be_written(tmp_path: Path, name: str) -> None:
    """Names are written as labels; a lone surrogate is no text that a file could hold."""
    data = neutral()
    objects = data["inputs"]["objects"]
    objects[name] = objects.pop("laptop")
    objects["users"]["attributes"]["devices"] = {"refs": [name]}
    imported = import_model("efootprint", save(data, tmp_path), rules="std")
    imported.text.encode()
    assert imported.left_out == ()
    assert ("device", 1) in imported.objects
    assert [each.code for each in check_text(imported.text).diagnostics if each.severity.name == "ERROR"] == []


# ------------------------------------------------------------ anything anywhere

NOTHING: list[Any] = [None, "", [], {}, {"value": None}, {"value": None, "unit": None}]
"""What says nothing need not be listed."""
ANYTHING: list[Any] = [
    *NOTHING,
    *(True, 0, -1.5, "job", "wifi", ["job"], [[1]], [None], {"job": {}}, {"job": 1}, {"value": {}}, {"value": []}),
    *({"value": None, **change} for change, _ in STRANGE),
    *({"value": 7, "unit": "watt", **change} for change, _ in STRANGE),
    *({"value": 7, "unit": unit} for unit in (None, 5, "parsec", "watt ** 99")),
    *({"series": []}, {"weights": 5}, {"refs": {}}, {"weekly": []}, {"weekly": {"values": {}}}, {"timezone": 5}),
]


def outcome(data: dict[str, Any], folder: Path) -> tuple[str, list[str]] | None:
    """The text of a model and what is left out; None for a file that is refused."""
    with suppress(ForeignError):
        imported = bring(data, folder)
        return imported.text, [str(each) for each in imported.left_out]
    return None


def test_any_value_anywhere_is_a_fault_or_written_or_listed(tmp_path: Path) -> None:
    """Every attribute of a small file replaced by something else."""
    original = json.dumps(web())
    for sort, things in web().items():
        for id_, thing in things.items() if sort not in ("efootprint_version", "Sources", "System") else ():
            for attribute in set(thing) - {"name", "id"}:
                data = json.loads(original)
                attributes = data[sort][id_]
                del attributes[attribute]
                without = outcome(data, tmp_path)
                for value in ANYTHING:
                    attributes[attribute] = value
                    found = outcome(data, tmp_path)
                    told = found is None or any(f": {attribute}" in each for each in found[1])
                    assert told or found != without or value in NOTHING, (sort, attribute, value)


def test_any_value_anywhere_in_a_neutral_file_is_a_fault_or_written_or_listed(tmp_path: Path) -> None:
    original = json.dumps(neutral())
    for name, entry in neutral()["inputs"]["objects"].items():
        for attribute in entry["attributes"]:
            data = json.loads(original)
            attributes = data["inputs"]["objects"][name]["attributes"]
            del attributes[attribute]
            without = outcome(data, tmp_path)
            for value in ANYTHING:
                attributes[attribute] = value
                found = outcome(data, tmp_path)
                told = found is None or any(f": {attribute}" in each for each in found[1])
                silent = value in NOTHING or value in ({"refs": {}}, {"weights": {}})
                assert told or found != without or silent, (name, attribute, value)


@pytest.mark.parametrize("part", ["n", "start", "unit", "constant", "set", "runs", "formula", "values"])
def test_any_part_of_a_series_may_be_anything(tmp_path: Path, part: str) -> None:
    """No value there is an internal error."""
    for value in ANYTHING:
        data = neutral()
        series = data["inputs"]["series"]["visits"]
        if part in ("runs", "formula", "values"):
            del series["constant"]
        series[part] = value
        outcome(data, tmp_path)
