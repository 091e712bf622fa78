"""Parts of all documents are put into wrong places: there is always an answer, and never a traceback."""

from __future__ import annotations

import copy
import random
from typing import TYPE_CHECKING, Any

import pytest

from gaic.verify import files
from gaic.verify.export import read_export
from gaic.verify.faults import BrokenError
from gaic.verify.recompute import Recomputation
from gaic.verify.trees import TooMuchError
from tests.unit.verify.sites import EXPORT, MANIFEST, build, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.verify.sites import Document

OTHERS = (MANIFEST, files.STATEMENT, files.CRATE, files.RESULTS)
MUTATIONS = 300
PARTS: tuple[Any, ...] = (
    *(None, 0, -1, 1e308, 1e-320, 10**30, True, False, "", "Europe/Paris", [], {}, [[]]),
    *("0001-01-01T00:00:00", "9999-12-31T23:00:00Z", "w.choice", "w.moved", ["read", 0], ["hours", 0], ["nothing"]),
    *(["call", "total", [["read", 0]]], ["gather", "sum", True, []], ["^", ["read", 0], 1e9]),
    *(["+", ["read", 0], ["read", 1]], ["call", "in_parallel", [["read", 0], 3.6e9]]),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("small"))


def list_places(document: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Every place of a document: what holds it, and its name or number there."""
    entries = document.items() if isinstance(document, dict) else enumerate(document)
    for name, part in list(entries):
        found.append((document, name))
        if isinstance(part, dict | list):
            list_places(part, found)
    return found


def mutate(document: Document, chance: random.Random) -> Document:
    """The document with something out of place, or gone."""
    changed = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        places = list_places(changed, [])
        inside, name = chance.choice(places)
        other, its_name = chance.choice(places)
        dice = chance.random()
        if dice < 0.1 and isinstance(inside, dict):
            del inside[name]
        else:
            inside[name] = copy.deepcopy(other[its_name] if dice < 0.4 else chance.choice(PARTS))
    return changed


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_an_export_with_parts_out_of_place(site: Path, seed: int) -> None:
    chance, original = random.Random(seed), read(site, EXPORT)
    refused = told = 0
    for _ in range(MUTATIONS):
        try:
            told += bool(Recomputation(read_export(mutate(original, chance), EXPORT), EXPORT).run().differences)
        except (BrokenError, TooMuchError):
            refused += 1
    assert refused + told > MUTATIONS * 0.9


@pytest.mark.slow
def test_other_documents_with_parts_out_of_place(site: Path) -> None:
    chance, export = random.Random(4), read_export(read(site, EXPORT), EXPORT)
    originals = {name: read(site, name) for name in OTHERS}
    found = 0
    for turn in range(MUTATIONS):
        name = OTHERS[turn % len(OTHERS)]
        documents = {**originals, name: mutate(originals[name], chance)}
        try:
            listed = files.read_manifest(documents[MANIFEST])
        except BrokenError:
            found += 1
            continue
        differences = [
            *files.check_statement(site, documents[files.STATEMENT], listed, documents[MANIFEST]),
            *files.check_crate(site, documents[files.CRATE], listed),
            *files.check_results(documents[files.RESULTS], export),
            *files.check_heads(documents[MANIFEST], documents[files.RESULTS], export),
        ]
        found += bool(differences)
    assert found > MUTATIONS * 0.4
