"""Files that e-footprint wrote: nothing in them is lost, and neither names nor order have a part in the model."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gaic.api.importing import import_model
from gaic.api.scratch import check_text, evaluate_text
from gaic.evaluate.account import HourlyValue, ScalarValue
from gaic.source.diagnostic import Severity
from tests.unit.exchange.foreign import bring, save

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.api.importing import Imported

NATIVE = Path(__file__).resolve().parents[2] / "conformance" / "native"
FILES = sorted(path.name for path in NATIVE.glob("*.json"))
SOME = ("v01_minimal_web.json", "v03_many_patterns_countries_timezones.json", "v11_edge_devices_and_group.json",
        "v14_two_models_one_gpu_server.json", "v15_deletion.json")  # fmt: skip
WITHOUT_PART = {("Storage", "power"), ("Storage", "fraction_of_usage_time"), ("Server", "fraction_of_usage_time")}
RESERVED = {"e-footprint hypothesis": None, "user data": "User data"}


def load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((NATIVE / name).read_text(encoding="utf-8"))
    return data


@cache
def brought(name: str) -> Imported:
    """A file as a model; several tests look at it."""
    return import_model("efootprint", NATIVE / name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_becomes_a_sound_model(name: str) -> None:
    imported = brought(name)
    assert imported.left_out == ()
    found = check_text(imported.text, imported.files).diagnostics
    assert [each.message for each in found if each.severity is Severity.ERROR or each.code != "GAI610"] == []


def values_in(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every value of a file that may have a source, those of weights included."""
    for sort, block in data.items():
        if sort in ("Sources", "calculation_graph") or not isinstance(block, dict):
            continue
        for thing in block.values():
            for attribute, value in thing.items():
                if isinstance(value, dict) and (sort, attribute) not in WITHOUT_PART:
                    yield from [value] if "label" in value else value.values()


@pytest.mark.parametrize("name", FILES)
def test_no_source_confidence_or_comment_is_lost(name: str) -> None:
    data = load(name)
    sources = {key: source["name"] for key, source in data.get("Sources", {}).items()}
    wanted: Counter[tuple[str, str]] = Counter()
    for value in values_in(data):
        source = value.get("source")
        title = sources.get(source, source) if isinstance(source, str) else source["name"] if source else None
        title = RESERVED.get(title or "", title)
        wanted.update([("source", title)] if title else [])
        wanted.update([("confidence", value["confidence"])] if value.get("confidence") else [])
        wanted.update([("comment", value["comment"])] if value.get("comment") else [])
    imported = brought(name)
    declared = dict(re.findall(r'^source (\w+) "((?:[^"\\]|\\.)*)"', imported.text, re.MULTILINE))
    found: Counter[tuple[str, str]] = Counter()
    found.update(("source", declared[each]) for each in re.findall(r"\bfrom (\w+)", imported.text) if each in declared)
    found.update(("confidence", each) for each in re.findall(r"\bconf (\w+)", imported.text))
    notes = re.findall(r'\bnote "((?:[^"\\]|\\.)*)"', imported.text)
    found.update(("comment", each.replace('\\"', '"')) for each in notes)
    assert found == wanted
    if name.startswith(("v03", "v09", "v10", "v11", "v12")):
        assert sum(found.values()) > 15


@pytest.mark.parametrize("name", FILES)
def test_every_label_is_kept_and_no_id_is_written(name: str) -> None:
    data = load(name)
    imported = brought(name)
    written = imported.text + "".join(imported.files)
    for sort, block in data.items():
        if sort in ("Sources", "calculation_graph") or not isinstance(block, dict):
            continue
        for id_, thing in block.items():
            assert json.dumps(thing["name"], ensure_ascii=False) in imported.text
            assert id_ not in written


@pytest.mark.parametrize("name", SOME)
def test_twice_the_same_bytes(name: str) -> None:
    first, second = brought(name), import_model("efootprint", NATIVE / name)
    assert (first.text, first.files) == (second.text, second.files)


def renamed(data: dict[str, Any]) -> dict[str, Any]:
    """The same file with other ids and names."""
    text = json.dumps(data)
    ids = [id_ for sort, block in data.items() if isinstance(block, dict) and sort[0].isupper() for id_ in block]
    ids = [id_ for id_ in ids if id_ not in data.get("Sources", ())]
    for place, id_ in enumerate(ids):
        text = text.replace(f'"{id_}"', f'"n{place}-{id_[:3]}"')
    changed: dict[str, Any] = json.loads(text)
    for sort, block in changed.items():
        if isinstance(block, dict) and sort not in ("Sources", "calculation_graph"):
            for thing in block.values():
                thing["name"] = f"thing {thing['id'].split('-')[0]}"
    return changed


def shuffled(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same file, its blocks and the objects in them in another order; orders that mean something stay."""
    chance = random.Random(seed)
    changed: dict[str, Any] = {}
    for key in chance.sample(list(data), len(data)):
        block = data[key]
        ids = chance.sample(list(block), len(block)) if isinstance(block, dict) else []
        changed[key] = {id_: block[id_] for id_ in ids} if ids else block
    return changed


def values_of(imported: Imported) -> list[tuple[object, ...]]:
    """Every value of an evaluated model without the names of its objects, in root units, sorted."""
    ledger = evaluate_text(imported.text, imported.files).ledger
    assert ledger is not None
    found: list[tuple[object, ...]] = []
    for each in ledger.objects():
        for node in each.nodes:
            account = ledger.account(node)
            match account.value:
                case ScalarValue(value, unit):
                    number = f"{value * ledger.program.system.unit(unit).factor:.9g}"
                    found.append((each.kind, account.attribute, number))
                case HourlyValue() as hours:
                    total = f"{sum(ledger.hours(node).tolist()):.6g}"
                    found.append((each.kind, account.attribute, hours.unit, hours.start, hours.n, total))
                case other:
                    found.append((each.kind, account.attribute, type(other).__name__))
    return sorted(found, key=str)


@pytest.mark.parametrize("name", SOME)
def test_names_and_ids_of_a_file_do_not_count(tmp_path: Path, name: str) -> None:
    imported = brought(name)
    other = bring(renamed(load(name)), tmp_path, defaults=False)
    assert len(other.text.split("\n")) == len(imported.text.split("\n"))
    assert sorted(other.files.values()) == sorted(imported.files.values())
    assert values_of(other) == values_of(imported)


@pytest.mark.parametrize("name", FILES)
def test_the_order_of_objects_in_a_file_does_not_count(tmp_path: Path, name: str) -> None:
    data = renamed(load(name))
    first, second = (bring(each, tmp_path) for each in (data, shuffled(data, 1)))
    assert sorted(first.text.split("\n")) == sorted(second.text.split("\n"))
    assert first.files == second.files
    assert first.objects == second.objects


OLDER = [name for name in FILES if name.count(".") > 1 and "computed" not in name]


@pytest.mark.parametrize("name", OLDER)
def test_older_files_are_the_same_model_but_for_disks(name: str) -> None:
    """Under the rules of 27 a file of an earlier release is the one of 27; its power of disks is listed."""
    newest = import_model("efootprint", NATIVE / "v01_minimal_web.json", stem="m")
    older = import_model("efootprint", NATIVE / name, rules="efootprint_27", stem="m")
    assert older.text.split("\n")[1:] == newest.text.split("\n")[1:]
    assert older.files == newest.files
    assert [each.what for each in older.left_out] == ["power_per_storage_capacity"]


def test_results_in_a_file_change_nothing() -> None:
    for name in ("v01_minimal_web", "v15_deletion"):
        with_results = import_model("efootprint", NATIVE / f"{name}.computed.json", stem="m")
        assert with_results == import_model("efootprint", NATIVE / f"{name}.json", stem="m")


@pytest.mark.parametrize("name", [*SOME, "v09_external_genai_api.json", "v10_gpu_server_and_jobs.json"])
def test_native_and_neutral_files_are_one_model(tmp_path: Path, name: str) -> None:
    """But for sources, which neutral files lack, and units, which they may write in another way."""
    neutral = json.loads((NATIVE.parent / "cases" / name).read_text(encoding="utf-8"))
    native = brought(name)
    other = import_model("efootprint", save(neutral, tmp_path))
    assert other.left_out == ()
    assert values_of(other) == values_of(native)
