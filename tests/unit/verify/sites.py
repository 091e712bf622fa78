"""A small model that uses most of the language, built with evidence, and ways to tamper with it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from gaic.api.compile import build_model
from gaic.api.directory import write_directory
from gaic.api.site import site_files
from gaic.verify.site import verify_site
from tests.programs import write_program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gaic.verify.site import Report

    Document = dict[str, Any]

PROGRAM = """
study small { period = 2026-03-27 .. 2026-04-03; timezone = "Europe/Paris"; as_of = 2026-03-01 }
kind part {
  input size  : Ratio
  input spare : Ratio?
  input mode  : plain | double = plain
}
kind whole {
  ref parts : [part]
  ref best  : part?
  input bound : Ratio = 2
  input starts : amount Ratio
  input rhythm : weekly amount Ratio = weekly(2)
  input zone : zone = "Europe/Paris"
  calc total_size : Ratio = sum(p.weight * p.size for p in parts)
  calc large : Ratio = sum(p.size for p in parts where p.size > bound)
  calc first_of : Ratio = sum(p.size for p in parts where p.mode == plain or p.size > bound)
  calc choice : Ratio = if total_size > 3 then total_size - 1 else bound
  calc least : Ratio = min(p.size for p in parts where p.size > 9) ?? bound
  calc most : Ratio = max(p.size for p in parts) ?? 0
  calc spares : Ratio = sum(p.spare ?? bound for p in parts)
  calc many : Ratio = count(p for p in parts where p.mode == double)
  calc known : bool = given(bound) and total_size > 0 and not given(best)
  calc moved : amount Ratio = to_utc(starts, zone)
  calc weekly_use : amount Ratio = expand(rhythm, moved, zone)
  calc busy : level Ratio = in_parallel(moved + weekly_use, 1.5 h)
  calc stock : level Ratio = held(moved, 3 h)
  calc pieces : level Ratio = ceil(busy / 2)
  calc each[p in parts] : level Ratio = p.size * stock
  calc gap : Ratio = -(total(moved) - total(weekly_use + moved)) - 8 * total(moved) / 8 + sum(p.size for p in parts)
  calc hourly_gap : amount Ratio = if gap < 0 then moved - integrate(rate(moved)) else moved
  calc highest : Ratio = peak(busy) + mean(stock) + total(integrate(pieces) / (1 h))
}
part a { size = 1 }
part b { size = 3; spare = 5; mode = double }
whole w { parts = [a, 2 * b, a]; starts = hourly([4, 0, 8, 2, 2], start = 2026-03-28T23:00) }
"""
EXPORT = "evidence/export.json"
MANIFEST = "evidence/manifest.json"


def build(folder: Path, text: str = PROGRAM, *, series: bool = False, evidence: bool = True) -> Path:
    """The site of a program."""
    folder.mkdir(parents=True, exist_ok=True)
    model = write_program(folder, text)
    outcome = build_model(model)
    assert outcome.ledger is not None, [d.message for d in outcome.diagnostics]
    site = folder / "site"
    write_directory(site, site_files(outcome, model, outcome.ledger, series=series, evidence=evidence))
    return site


def read(site: Path, name: str) -> Document:
    found: Document = json.loads((site / name).read_text(encoding="utf-8"))
    return found


def change(site: Path, name: str, edit: Callable[[Document], object]) -> None:
    """Edit a document of a site."""
    document = read(site, name)
    edit(document)
    (site / name).write_text(json.dumps(document), encoding="utf-8")


def forge(site: Path, edit: Callable[[Document], object], name: str = EXPORT) -> Report:
    """Edit a document and hide it: manifest, statement and crate get the new hash. Then verify."""
    change(site, name, edit)
    size, digest = fingerprint(site, name)

    def list_anew(manifest: Document) -> None:
        for row in manifest["outputs"]:
            if row["file"] == name:
                row.update(size=size, sha256=digest)

    change(site, MANIFEST, list_anew)
    hide(site, (name, MANIFEST, "evidence/statement.json"))
    return verify_site(site)


def hide(site: Path, names: tuple[str, ...]) -> None:
    """Give statement and crate the present hashes of some files."""

    def sign_anew(statement: Document) -> None:
        for row in statement["subject"]:
            if row["name"] in names:
                row["digest"]["sha256"] = fingerprint(site, row["name"])[1]

    def describe_anew(crate: Document) -> None:
        for entity in crate["@graph"]:
            if entity.get("name") in names and entity["@type"] == "File":
                size, digest = fingerprint(site, entity["name"])
                entity.update(contentSize=str(size), sha256=digest)

    change(site, "evidence/statement.json", sign_anew)
    change(site, "ro-crate-metadata.json", describe_anew)


def fingerprint(site: Path, name: str) -> tuple[int, str]:
    raw = (site / name).read_bytes()
    return len(raw), hashlib.sha256(raw).hexdigest()


def tree_of(export: Document, path: str) -> list[Any]:
    """The formula tree of a value."""
    tree: list[Any] = export["formulas"][export["values"][path]["formula"]]["tree"]
    return tree
