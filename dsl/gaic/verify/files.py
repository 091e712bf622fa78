"""Holds the files of a site against its manifest, and the manifest against statement, crate and results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from gaic.verify.faults import BrokenError
from gaic.verify.reading import hash_file, is_inside, list_files
from gaic.verify.recompute import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gaic.verify.export import Export
    from gaic.verify.reading import Json

FORMAT: Final = "gaic.manifest/1"
EXPORT: Final = "evidence/export.json"
MANIFEST: Final = "evidence/manifest.json"
STATEMENT: Final = "evidence/statement.json"
CRATE: Final = "ro-crate-metadata.json"
RESULTS: Final = "results.json"
UNLISTED: Final = frozenset({MANIFEST, STATEMENT, CRATE, ".gaic-site", ".gaic-lock"})
"""Files of a site that its manifest does not list: those that hold its hash, and the notes of builds."""


@dataclass(frozen=True, slots=True)
class Print:
    """Size and SHA-256 of a file."""

    size: int
    sha256: str


def read_manifest(document: Json) -> dict[str, Print]:
    """The outputs that a manifest lists; raises `BrokenError`."""
    if document.get("schema") != FORMAT:
        raise BrokenError(MANIFEST, f"`schema` is not {FORMAT}")
    found: dict[str, Print] = {}
    for name in ("inputs", "outputs"):
        rows = document.get(name)
        for row in rows if isinstance(rows, list) else [None]:
            match row:
                case {"file": str() as file, "size": int() as size, "sha256": str() as digest} if is_inside(file):
                    if name == "outputs":
                        found[file] = Print(size, digest)
                case _:
                    raise BrokenError(MANIFEST, f"`{name}` lists what is no file")
    return found


def check_files(folder: Path, listed: Mapping[str, Print]) -> Iterator[Difference]:
    """Files that are missing or not as listed, then those that nobody listed."""
    for name, wanted in listed.items():
        try:
            size, digest = hash_file(folder, name)
        except BrokenError as error:
            yield Difference(name, "file", error.message)
            continue
        if (size, digest) != (wanted.size, wanted.sha256):
            yield Difference(
                name, "file", "has changed", exported=f"{wanted.size:,} bytes, sha256 {wanted.sha256}",
                recomputed=f"{size:,} bytes, sha256 {digest}",
            )  # fmt: skip
    for name, regular in list_files(folder):
        if name not in listed and name not in UNLISTED:
            yield Difference(name, "file", "is not in the manifest" if regular else "is a link or a device")


def check_statement(folder: Path, statement: Json, listed: Mapping[str, Print], manifest: Json) -> Iterator[Difference]:
    """Where the in-toto statement says something else than the manifest."""
    wanted = {name: each.sha256 for name, each in listed.items()} | {MANIFEST: hash_file(folder, MANIFEST)[1]}
    yield from _compare_digests(STATEMENT, "subject", _digests(statement.get("subject")), wanted)
    build = _inner(statement, "predicate", "buildDefinition")
    found = _digests(build.get("resolvedDependencies"))
    yield from _compare_digests(STATEMENT, "resolvedDependencies", found, _list_inputs(manifest))


def check_crate(folder: Path, crate: Json, listed: Mapping[str, Print]) -> Iterator[Difference]:
    """Where the RO-Crate says something else than the manifest."""
    also = {name: Print(*hash_file(folder, name)) for name in (MANIFEST, STATEMENT)}
    wanted = {quote(name): f"{each.size} {each.sha256}" for name, each in {**listed, **also}.items()}
    graph = crate.get("@graph")
    found: dict[str, str] = {}
    for entity in graph if isinstance(graph, list) else []:
        match entity:
            case {"@type": "File", "@id": str() as name, "contentSize": size, "sha256": digest}:
                found[name] = f"{size} {digest}"
            case _:
                pass
    yield from _compare_digests(CRATE, "@graph", found, wanted)


def check_heads(manifest: Json, results: Json, export: Export) -> Iterator[Difference]:
    """Where results and export name other versions, library or inputs than the manifest."""
    for name in ("gaic", "library", "tzdata"):
        for file, head in ((RESULTS, results), (EXPORT, export.head)):
            if head.get(name) != manifest.get(name):
                yield Difference(file, name, f"differs from that of {MANIFEST}")
    known = _list_inputs(manifest)
    inputs = results.get("inputs")
    for row in inputs if isinstance(inputs, list) else [None]:
        match row:
            case {"file": str() as file, "sha256": str() as digest} if known.get(file) == digest:
                pass
            case _:
                yield Difference(RESULTS, "inputs", f"differ from those of {MANIFEST}")


def check_results(results: Json, export: Export) -> Iterator[Difference]:
    """Values of `results.json` that the export does not have, or has otherwise; the same for totals."""
    seen: set[str] = set()
    for path, role, value in _list_results(results):
        seen.add(path)
        record = export.records.get(path)
        if record is None and value == {"shape": "absent"}:
            continue  # a reference that leads nowhere
        if record is None:
            yield Difference(RESULTS, path, "is not in the export")
        elif record.shown != value or record.role != role:
            yield Difference(RESULTS, path, "is not what the export says", record.place)
    for path, record in export.records.items():
        if path not in seen:
            yield Difference(RESULTS, path, "is missing, the export has it", record.place)
    rows = results.get("totals")
    totals = [row.get("value") for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict)]
    if totals != [total.shown for total in export.totals]:
        yield Difference(RESULTS, "totals", "are not what the export says")


def _list_results(results: Json) -> Iterator[tuple[str, object, object]]:
    """Path, role and value object of every value; references have none in the export."""
    for owner, found in _mappings(results.get("objects")):
        plain = found.get("kind") in ("let", "shape")
        for name, attribute in _mappings(found.get("attributes")):
            value = attribute.get("value")
            path = owner if plain else f"{owner}.{name}"
            match value:
                case {"shape": "table", "entries": dict() as entries}:
                    for key, entry in entries.items():
                        if not _is_reference(entry):
                            yield f"{path}[{key}]", attribute.get("role"), entry
                case _:
                    if not _is_reference(value):
                        yield path, attribute.get("role"), value


def _mappings(found: object) -> Iterator[tuple[str, Json]]:
    if isinstance(found, dict):
        yield from ((name, each) for name, each in found.items() if isinstance(each, dict))


def _is_reference(value: object) -> bool:
    return isinstance(value, dict) and value.get("shape") == "reference"


def _compare_digests(file: str, what: str, found: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[Difference]:
    for name in sorted(wanted.keys() | found.keys()):
        if found.get(name) != wanted.get(name):
            yield Difference(file, what, f"does not say of {name} what the manifest says")


def _list_inputs(manifest: Json) -> dict[str, str]:
    """Hashes of the inputs by name; their form was checked when the manifest was read."""
    rows = manifest.get("inputs")
    return {str(row["file"]): str(row["sha256"]) for row in (rows if isinstance(rows, list) else [])}


def _digests(rows: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows if isinstance(rows, list) else []:
        match row:
            case {"name": str() as file, "digest": {"sha256": str() as digest}}:
                found[file] = digest
            case _:
                pass
    return found


def _inner(document: Json, *names: str) -> Json:
    for name in names:
        found = document.get(name)
        document = found if isinstance(found, dict) else {}
    return document
