"""What is said of a build beside its results: manifest, in-toto statement, RO-Crate.

Nothing here names a clock, a machine, a user or a folder of one, so that equal builds have equal evidence.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.schema.results import Origin
    from gaic.schema.text import Json

MANIFEST = "gaic.manifest/1"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PROVENANCE = "https://slsa.dev/provenance/v1"
# Names of our own that no host answers to: `x-` marks an experimental namespace.
BUILD_TYPE = "urn:x-gaic:build:1"
BUILDER = "urn:x-gaic:builder"
CRATE = "https://w3id.org/ro/crate/1.1"

AS_READ = {"line_ends": "LF, without byte order mark"}
"""How inputs are hashed: as they are read."""

FORMATS = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".npz": "application/zip",
}
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Item:
    """A file with its size in bytes and SHA-256."""

    file: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """A build: the model's file, what was read (library included), and whether series were written in full."""

    model: str
    inputs: tuple[Item, ...]
    series: bool


def manifest_of(origin: Origin, record: BuildRecord, outputs: Iterable[Item], left_out: Iterable[str]) -> Json:
    """The document `gaic.manifest/1`: every file that went into a build and came out of it."""
    return {
        "schema": MANIFEST,
        "gaic": origin.gaic,
        "library": {"version": origin.library, "sha256": origin.library_sha256},
        "tzdata": origin.tzdata,
        "model": record.model,
        "inputs": [_file_object(item) for item in _sorted(record.inputs)],
        "outputs": [_file_object(item) for item in _sorted(outputs)],
        "left_out": sorted(left_out),
    }


def statement_of(origin: Origin, record: BuildRecord, outputs: Iterable[Item]) -> Json:
    """An unsigned in-toto statement: these outputs were made from these inputs in this way."""
    inputs: list[Json] = [
        {"name": item.file, "digest": {"sha256": item.sha256}, "annotations": AS_READ}
        for item in _sorted(record.inputs)
    ]
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": item.file, "digest": {"sha256": item.sha256}} for item in _sorted(outputs)],
        "predicateType": PROVENANCE,
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {"model": record.model, "options": {"evidence": True, "series": record.series}},
                "internalParameters": {},
                "resolvedDependencies": [*inputs, {"uri": f"pkg:pypi/tzdata@{origin.tzdata}"}],
            },
            "runDetails": {"builder": {"id": BUILDER, "version": {"gaic": origin.gaic}}},
        },
    }


def crate_of(name: str, dates: Iterable[str], outputs: Iterable[Item], *, as_of: str | None) -> Json:
    """The RO-Crate of a site. It is published as of the day that the study names.

    Without one it is the newest day that a source of the model names, since the model is not older; without any
    nothing is said, for a date that nobody gave would be made up.
    """
    published = as_of if as_of is not None else max(filter(DATE.fullmatch, dates), default=None)
    files = _sorted(outputs)
    why = "as the study says" if as_of is not None else "the newest date of a source" if published else "not supplied"
    root: Json = {
        "@id": "./",
        "@type": "Dataset",
        "name": name,
        "description": f"Site of a model, built by gaic. Date of publication: {why}. Licence: not supplied.",
        "license": {"@id": "#licence"},
        "hasPart": [{"@id": quote(item.file)} for item in files],
        **({} if published is None else {"datePublished": published}),
    }
    licence: Json = {"@id": "#licence", "@type": "CreativeWork", "name": "not supplied"}
    descriptor: Json = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": CRATE},
        "about": {"@id": "./"},
    }
    return {
        "@context": [f"{CRATE}/context", {"sha256": "https://schema.org/sha256"}],
        "@graph": [descriptor, root, licence, *map(_crate_file, files)],
    }


def canonical_text(document: Json) -> str:
    """A document with its names sorted, with a line end."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n"


def _crate_file(item: Item) -> Json:
    ending = item.file[item.file.rfind(".") :]
    return {
        "@id": quote(item.file),
        "@type": "File",
        "name": item.file,
        "contentSize": str(item.size),
        "sha256": item.sha256,
        "encodingFormat": FORMATS.get(ending, "application/octet-stream"),
    }


def _file_object(item: Item) -> Json:
    return {"file": item.file, "size": item.size, "sha256": item.sha256}


def _sorted(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.file)
