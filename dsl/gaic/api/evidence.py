"""The evidence of a build: what an auditor needs to check a site without building it again."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from gaic.load.files import input_file
from gaic.schema import evidence
from gaic.schema.export import export_text
from gaic.schema.text import read_schema
from gaic.source.text import Origin as FileOrigin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.api.compile import Outcome
    from gaic.api.directory import Content
    from gaic.evaluate.ledger import Ledger
    from gaic.schema.results import Origin

EXPORT = "evidence/export.json"
SCHEMA = "evidence/export.schema.json"
MANIFEST = "evidence/manifest.json"
STATEMENT = "evidence/statement.json"
CRATE = "ro-crate-metadata.json"
"""Stands at the top, because an RO-Crate is the folder that holds its metadata."""


def with_evidence(
    files: Iterator[tuple[str, Content]], ledger: Ledger, origin: Origin, record: evidence.BuildRecord
) -> Iterator[tuple[str, Content]]:
    """The files of a site, and behind them its evidence, which has the hashes of all of them.

    Each file is taken when the one before it has been written.
    """
    made: dict[str, evidence.Item] = {}
    for path, content in files:
        yield path, _noted(made, path, content)
    yield EXPORT, _noted(made, EXPORT, export_text(ledger, origin))
    yield SCHEMA, _noted(made, SCHEMA, read_schema("export.schema.json"))
    left_out = (MANIFEST, STATEMENT, CRATE)
    manifest = evidence.manifest_of(origin, record, made.values(), left_out)
    yield MANIFEST, _noted(made, MANIFEST, evidence.canonical_text(manifest))
    statement = evidence.statement_of(origin, record, made.values())
    yield STATEMENT, _noted(made, STATEMENT, evidence.canonical_text(statement))
    study = ledger.program.study
    crate = evidence.crate_of(
        study.label or record.model, _dates(ledger), made.values(), as_of=study.fields.get("as_of")
    )
    yield CRATE, evidence.canonical_text(crate)


def record_of(outcome: Outcome, model: str, *, series: bool) -> evidence.BuildRecord:
    """What went into a build: the files of the project and those of the library that were read."""
    shipped = (file for file in outcome.texts if file.origin is FileOrigin.LIBRARY)
    read = (*outcome.inputs, *(input_file(file.name, file.text) for file in shipped))
    return evidence.BuildRecord(model, tuple(evidence.Item(f.name, f.size, f.sha256) for f in read), series)


def _dates(ledger: Ledger) -> Iterator[str]:
    """The days that the sources of the model's values name."""
    accounts = (ledger.account(node) for found in ledger.objects() for node in found.nodes)
    sources = {account.source.path: account.source for account in accounts if account.source is not None}
    return (text for source in sources.values() for text in source.fields.values())


def _noted(made: dict[str, evidence.Item], path: str, content: Content) -> Content:
    """The same content; its size and hash are in `made` when it has been written."""
    if callable(content):
        write = content

        def write_and_note(target: BinaryIO) -> None:
            write(target)
            target.flush()
            with Path(target.name).open("rb") as written:
                digest = hashlib.file_digest(written, "sha256").hexdigest()
                made[path] = evidence.Item(path, written.tell(), digest)

        return write_and_note
    raw = content.encode() if isinstance(content, str) else content
    made[path] = evidence.Item(path, len(raw), hashlib.sha256(raw).hexdigest())
    return raw
