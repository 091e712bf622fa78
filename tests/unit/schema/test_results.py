from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

import gaic.schema
from gaic.schema.diagnostics import diagnostics_document
from gaic.schema.evaluation import evaluation_of, sources_of
from gaic.schema.models import Diagnostics, Results
from gaic.schema.results import Origin, results_of
from gaic.schema.shipped import SCHEMAS, schema_text
from gaic.schema.text import json_text
from gaic.source.diagnostic import Diagnostic
from tests.unit.evaluated import ERROR, SERIES, VALUES, WARNING, HandMade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.evaluate.account import Account, ObjectAccount

ORIGIN = Origin("0.1.0", "0.1.0", "a" * 64, "2026.6", (("m.gai", "b" * 64), ("a.csv", "c" * 64)))
FOLDER = Path(gaic.schema.__file__).parent


@pytest.fixture(scope="module")
def document() -> dict[str, object]:
    return results_of(HandMade(), ORIGIN, (WARNING, Diagnostic("GAI001", "nowhere", None)))


def attributes(document: Mapping[str, object]) -> dict[str, dict[str, object]]:
    objects = document["objects"]
    assert isinstance(objects, dict)
    found = objects["write"]["attributes"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_schema_is_that_of_the_model(name: str) -> None:
    """If this fails after a change of the models: `python -m gaic.schema.shipped`."""
    assert json.loads((FOLDER / name).read_text(encoding="utf-8")) == json.loads(schema_text(SCHEMAS[name]))


def test_results_keep_the_model_and_the_json_schema(document: dict[str, object]) -> None:
    text = json_text(document)
    Results.model_validate_json(text)
    schema = json.loads((FOLDER / "results.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
    broken = json.loads(text)
    broken["objects"]["write"]["attributes"]["wait"]["value"]["unit"] = 3
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(broken))


def test_diagnostics_keep_the_model_and_the_json_schema() -> None:
    text = json_text(diagnostics_document([WARNING, ERROR]))
    Diagnostics.model_validate_json(text)
    schema = json.loads((FOLDER / "diagnostics.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
    assert json.loads(text)["schema"] == "gaic.diagnostics/1"


def test_a_diagnostic_says_all_it_knows(document: dict[str, object]) -> None:
    at = {"file": "m.gai", "line": 2, "column": 10}
    assert document["diagnostics"] == [
        {
            "code": "GAI602",
            "severity": "warning",
            "message": "no source",
            "at": at,
            "labels": [
                {"at": at, "text": "said here"},
                {"at": {"file": "m.gai", "line": 1, "column": 1}, "text": "in this object"},
            ],
            "notes": ["a fact"],
            "help": "add one",
            "fix": None,
        },
        {
            "code": "GAI001",
            "severity": "error",
            "message": "nowhere",
            "at": None,
            "labels": [],
            "notes": [],
            "help": None,
            "fix": None,
        },
    ]


def test_the_head(document: dict[str, object]) -> None:
    assert list(document) == [
        *("schema", "gaic", "library", "tzdata", "inputs", "study", "objects"),
        *("totals", "checks", "sources", "diagnostics"),
    ]
    assert document["schema"] == "gaic.results/1"
    assert document["library"] == {"version": "0.1.0", "sha256": "a" * 64}
    assert document["inputs"] == [{"file": "a.csv", "sha256": "c" * 64}, {"file": "m.gai", "sha256": "b" * 64}]
    assert document["study"] == {
        "name": "s",
        "label": "A study",
        "timezone": "UTC",
        "start": "2024-12-31T23:00:00Z",
        "hours": 30,
        "fields": {"goal": "show"},
        "at": {"file": "m.gai", "line": 1, "column": 1},
    }
    assert document["sources"] == {
        "tender": {
            "label": "Offer",
            "doc": "",
            "fields": {"read": "2026-01-02", "url": "https://example.org"},
            "at": {"file": "m.gai", "line": 1, "column": 1},
        }
    }


def test_an_attribute(document: dict[str, object]) -> None:
    assert attributes(document)["wait"] == {
        "role": "input",
        "label": "Wait",
        "value": {
            "shape": "scalar",
            "value": 84.8528137424,
            "unit": "s",
            "range": {"low": 60.0, "high": 120.0, "meaning": "p5-p95"},
        },
        "formula": None,
        "depends_on": [],
        "source": "tender",
        "confidence": "medium",
        "note": "page 3",
        "at": {"file": "m.gai", "line": 2, "column": 10},
    }
    share = attributes(document)["share"]
    assert share["depends_on"] == ["write.wait", "write.count[web]"]
    assert (share["formula"], share["source"], share["role"]) == ("wait / count", "hypothesis", "calculated")
    assert attributes(document)["since"]["role"] == "input"


def test_tables_and_references_are_attributes(document: dict[str, object]) -> None:
    found = attributes(document)
    count = found["count"]["value"]
    assert isinstance(count, dict)
    assert list(count["entries"]) == ["web", "desk#2"]
    assert count["entries"]["desk#2"]["summary"]["sum"] == 170.0
    assert found["spare"]["value"] == {"shape": "table", "entries": {}}
    assert found["next"]["value"] == {"shape": "reference", "value": "rest"}
    assert found["next"]["at"] == {"file": "m.gai", "line": 2, "column": 10}
    assert found["boss"]["value"] == {"shape": "absent"}
    assert (found["chief"]["role"], found["chief"]["formula"]) == ("calculated", "boss.chief")
    assert "teams" not in found, "a derived list without links is nothing to say"
    assert found["helpers"]["value"] == {
        "shape": "table",
        "entries": {
            "a": {"shape": "reference", "value": "a", "weight": 1.0},
            "b": {"shape": "reference", "value": "b", "weight": 2.0},
            "a#2": {"shape": "reference", "value": "a", "weight": 0.5},
        },
    }


def test_totals_and_checks(document: dict[str, object]) -> None:
    totals = document["totals"]
    assert isinstance(totals, list)
    assert [(row["category"], row["phase"], row["value"]["value"]) for row in totals] == [
        ("task", "use", 2.0),
        (None, None, 0.3),
    ]
    checks = document["checks"]
    assert isinstance(checks, list)
    assert checks[0] == {
        "name": "quick",
        "kind": "assert",
        "object": None,
        "ok": True,
        "severity": "error",
        "value": None,
        "limit": None,
        "margin": None,
        "message": "too slow",
        "condition": "write.wait < 1 h",
        "parts": [
            {"depth": 0, "text": "write.wait < 1 h", "value": "true"},
            {"depth": 1, "text": "write.wait", "value": "84.85 s"},
        ],
        "at": {"file": "m.gai", "line": 5, "column": 1},
    }


def test_one_value_as_a_document() -> None:
    ledger = HandMade()
    (node,) = (ledger.names.index("load"),)
    found = evaluation_of(ledger, [ledger.account(node)], "write.load")
    assert list(found)[:7] == ["path", "kind", "role", "label", "formula", "sources", "at"]
    assert (found["path"], found["kind"], found["role"], found["shape"]) == (
        *("write.load", "task", "calculated"),
        "hourly",
    )
    assert found["values"] == SERIES
    assert [source["name"] for source in sources_of(ledger, [node])] == ["tender"]


def test_a_table_as_a_document_in_another_unit() -> None:
    ledger = HandMade()
    accounts = [ledger.account(node) for node in ledger.table("write.count")]
    found = evaluation_of(ledger, accounts, "write.count", 0.5)
    assert found["shape"] == "table"
    entries = found["entries"]
    assert isinstance(entries, dict)
    assert entries["desk#2"]["values"] == SERIES
    one = evaluation_of(ledger, accounts[:1], "write.count[web]")
    assert (one["shape"], one["values"]) == ("hourly", SERIES)


class Large(HandMade):
    """30,000 values in 1,000 objects."""

    def __post_init__(self) -> None:
        super().__post_init__()
        small = [account for account in self.accounts if account.attribute != "count"]
        self.accounts = []
        self.found: list[ObjectAccount] = []
        (write, _) = super().objects()
        for number in range(1000):
            nodes = range(30 * number, 30 * number + 30)
            self.found.append(replace(write, path=f"o{number}", nodes=tuple(nodes), links=()))
            self.accounts += [
                replace(small[node % len(small)], node=node, path=f"o{number}.a{node}", attribute=f"a{node}")
                for node in nodes
            ]
            self.accounts[-20:] = [replace(account, value=VALUES["load"]) for account in self.accounts[-20:]]

    def objects(self) -> tuple[ObjectAccount, ...]:
        return tuple(self.found)

    def account(self, node: int) -> Account:
        return self.accounts[node]

    def depends_on(self, node: int) -> tuple[int, ...]:
        return tuple(range(max(0, node - 3), node))


def test_thirty_thousand_values_take_about_a_second() -> None:
    ledger = Large()
    begun = time.process_time()
    text = json_text(results_of(ledger, ORIGIN, ()))
    took = time.process_time() - begun
    assert len(text) > 10_000_000
    assert took < 5, "about 1 s alone on the machine; room for a slow one"
