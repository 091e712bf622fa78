"""The evidence that a build writes: which files, what they say, and that an older one goes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gaic.api.evidence import CRATE, EXPORT, MANIFEST, SCHEMA, STATEMENT
from gaic.schema.evidence import BUILD_TYPE, Item, canonical_text, crate_of
from gaic.verify.site import verify_site
from tests.unit.verify.sites import PROGRAM, build, fingerprint, read

if TYPE_CHECKING:
    from pathlib import Path

EVIDENCE = (EXPORT, SCHEMA, MANIFEST, STATEMENT, CRATE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("small"), series=True)


def test_the_manifest_lists_inputs_and_outputs(site: Path) -> None:
    manifest = read(site, MANIFEST)
    outputs = {row["file"]: (row["size"], row["sha256"]) for row in manifest["outputs"]}
    present = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert present - outputs.keys() == {".gaic-site", *manifest["left_out"]}
    assert sorted(manifest["left_out"]) == sorted([MANIFEST, STATEMENT, CRATE])
    assert {name: fingerprint(site, name) for name in outputs} == outputs
    inputs = {row["file"]: (row["size"], row["sha256"]) for row in manifest["inputs"]}
    assert inputs["model.gai"] == fingerprint(site.parent, "model.gai")
    assert "stdlib/prelude.gai" in inputs
    assert manifest["model"] == "model.gai"


def test_all_of_it_is_sorted_with_plain_line_ends(site: Path) -> None:
    for name in (MANIFEST, STATEMENT, CRATE):
        raw = (site / name).read_bytes()
        assert raw == canonical_text(json.loads(raw)).encode()
        assert raw.endswith(b"}\n")
        assert b"\r" not in raw


def test_the_statement_is_an_in_toto_statement(site: Path) -> None:
    statement = read(site, STATEMENT)
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "https://slsa.dev/provenance/v1"
    subjects = {row["name"]: row["digest"]["sha256"] for row in statement["subject"]}
    assert subjects[MANIFEST] == fingerprint(site, MANIFEST)[1]
    assert {"index.html", "results.json", "data/series.npz", EXPORT} <= subjects.keys()
    definition = statement["predicate"]["buildDefinition"]
    assert definition["buildType"] == BUILD_TYPE
    assert definition["externalParameters"] == {"model": "model.gai", "options": {"evidence": True, "series": True}}
    dependencies = {row["name"] for row in definition["resolvedDependencies"] if "name" in row}
    assert {"model.gai", "stdlib/prelude.gai"} <= dependencies
    assert set(statement["predicate"]["runDetails"]) == {"builder"}


def test_the_crate_describes_every_file(site: Path) -> None:
    crate = read(site, CRATE)
    graph = {entity["@id"]: entity for entity in crate["@graph"]}
    assert graph[CRATE]["about"] == {"@id": "./"}
    root = graph["./"]
    assert root["datePublished"] == "2026-03-01"  # `as_of` of the study
    assert graph[root["license"]["@id"]]["name"] == "not supplied"
    parts = {part["@id"] for part in root["hasPart"]}
    present = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert parts == present - {".gaic-site", CRATE}
    for name in parts:
        size, digest = fingerprint(site, name)
        assert (graph[name]["contentSize"], graph[name]["sha256"]) == (str(size), digest)
    assert graph["index.html"]["encodingFormat"] == "text/html"


@pytest.mark.parametrize(
    ("dates", "as_of", "published", "why"),
    [
        (["2025-02-03", "2026-01-02", "soon"], None, "2026-01-02", "the newest date of a source"),
        (["2025-02-03"], "2024-01-01", "2024-01-01", "as the study says"),
        (["soon"], None, None, "not supplied"),
    ],
)
def test_the_day_of_publication(dates: list[str], as_of: str | None, published: str | None, why: str) -> None:
    crate = crate_of("name", dates, [Item("a b#.html", 1, "0" * 64)], as_of=as_of)
    graph = crate["@graph"]
    assert isinstance(graph, list)
    root = graph[1]
    assert root.get("datePublished") == published
    assert why in root["description"]
    assert root["hasPart"] == [{"@id": "a%20b%23.html"}]


def test_no_machine_is_named(site: Path) -> None:
    import getpass
    import socket

    texts = {name: (site / name).read_text(encoding="utf-8") for name in EVIDENCE}
    for name, text in texts.items():
        for word in (str(site.parent), socket.gethostname(), f'"{getpass.getuser()}"'):
            assert word not in text, (name, word)


def test_a_build_without_evidence_takes_the_older_one_away(tmp_path: Path) -> None:
    site = build(tmp_path)
    assert all((site / name).is_file() for name in EVIDENCE)
    index = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="evidence/manifest.json"' in index
    build(tmp_path, evidence=False)
    assert not any((site / name).exists() for name in EVIDENCE)
    assert not (site / "evidence").exists()
    index = (site / "index.html").read_text(encoding="utf-8")
    assert "evidence/" not in index
    assert 'href="results.json"' in index


def test_a_second_build_changes_no_byte(tmp_path: Path) -> None:
    names = (*EVIDENCE, "data/series.npz")
    first = {name: fingerprint(build(tmp_path / "a", series=True), name) for name in names}
    again = build(tmp_path / "b" / "deeper", PROGRAM, series=True)
    assert {name: fingerprint(again, name) for name in names} == first
    assert verify_site(again).differences == []
