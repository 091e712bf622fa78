"""`results.json`: an evaluated model as one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.schema.attributes import attribute_object, empty_tables, references
from gaic.schema.diagnostics import diagnostic_object
from gaic.schema.values import instant, place, value_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gaic.check.program import Declared, Study
    from gaic.evaluate.account import Account, CheckRow, ObjectAccount, TotalRow
    from gaic.schema.ledger import Evaluated
    from gaic.schema.text import Json
    from gaic.source.diagnostic import Diagnostic

RESULTS = "gaic.results/1"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the results were made with and from; `inputs` are names of files with their SHA-256."""

    gaic: str
    library: str
    library_sha256: str
    tzdata: str
    inputs: tuple[tuple[str, str], ...]


def results_of(ledger: Evaluated, origin: Origin, diagnostics: Iterable[Diagnostic]) -> Json:
    """The document `gaic.results/1`; numbers have at most 12 significant digits."""
    objects = ledger.objects()
    accounts = {node: ledger.account(node) for found in objects for node in found.nodes}
    return {
        "schema": RESULTS,
        "gaic": origin.gaic,
        "library": {"version": origin.library, "sha256": origin.library_sha256},
        "tzdata": origin.tzdata,
        "inputs": [{"file": name, "sha256": digest} for name, digest in sorted(origin.inputs)],
        "study": _study_object(ledger.program.study),
        "objects": _object_table(ledger, objects, accounts),
        "totals": [_total_object(row) for row in ledger.totals()],
        "checks": [_check_object(row) for row in ledger.checks()],
        "sources": _source_table(accounts.values()),
        "diagnostics": [diagnostic_object(diagnostic) for diagnostic in diagnostics],
    }


def source_object(source: Declared) -> Json:
    """A source: its title, what it says of itself, where it is declared."""
    return {
        "label": source.label,
        "doc": source.doc,
        "fields": dict(sorted(source.fields.items())),
        "at": place(source.span),
    }


def _study_object(study: Study) -> Json:
    return {
        "name": study.name,
        "label": study.label,
        "timezone": study.zone,
        "start": None if study.start is None else instant(study.start),
        "hours": study.hours,
        "fields": dict(study.fields),
        "at": None if study.span is None else place(study.span),
    }


def _object_table(ledger: Evaluated, objects: Iterable[ObjectAccount], accounts: Mapping[int, Account]) -> Json:
    kinds = ledger.program.kinds
    entities = {entity.path: entity for entity in ledger.program.entities}
    paths = {node: account.path for node, account in accounts.items()}
    table: Json = {}
    for found in objects:
        grouped: dict[str, list[int]] = {}
        for node in found.nodes:
            grouped.setdefault(accounts[node].attribute, []).append(node)
        attributes: Json = {
            name: attribute_object([accounts[node] for node in nodes], _dependencies(ledger, nodes, paths))
            for name, nodes in grouped.items()
        }
        entity = entities.get(found.path)
        kind = kinds.get(entity.kind) if entity is not None else None
        if kind is not None:
            attributes.update(empty_tables(kind, attributes))
        for name, reference in references(found, kind, entity):
            attributes.setdefault(name, reference)
        table[found.path] = {
            "kind": found.kind,
            "label": found.label,
            "doc": found.doc,
            "at": place(found.span),
            "attributes": attributes,
        }
    return table


def _dependencies(ledger: Evaluated, nodes: Iterable[int], paths: Mapping[int, str]) -> Iterable[str]:
    return dict.fromkeys(paths[other] for node in nodes for other in ledger.depends_on(node))


def _total_object(row: TotalRow) -> Json:
    return {
        "criterion": row.criterion,
        "criterion_label": row.criterion_label,
        "category": row.category,
        "category_label": row.category_label,
        "phase": row.phase,
        "phase_label": row.phase_label,
        "value": value_object(row.value),
    }


def _check_object(row: CheckRow) -> Json:
    return {
        "name": row.name,
        "kind": "assert",
        "object": row.object,
        "ok": row.ok,
        "severity": row.severity,
        "value": None,
        "limit": None,
        "margin": None,
        "message": row.message,
        "condition": row.condition,
        "parts": [{"depth": part.depth, "text": part.text, "value": part.value} for part in row.parts],
        "at": place(row.span),
    }


def _source_table(accounts: Iterable[Account]) -> Json:
    sources = {account.source.path: account.source for account in accounts if account.source is not None}
    return {path: source_object(source) for path, source in sorted(sources.items())}
