"""What a build writes: the pages, `results.json`, and the series in full where they are wanted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from gaic import __version__
from gaic.evaluate.account import HourlyValue
from gaic.evaluate.archive import write_archive
from gaic.load.library import declares_units, is_compatible
from gaic.report.book import Fingerprint, SiteHead
from gaic.report.printed import PrintedBook, spell_units
from gaic.report.site import render_site
from gaic.schema.results import Origin, results_of
from gaic.schema.text import json_text
from gaic.source.text import Origin as FileOrigin
from gaic.units.zones import tzdata_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gaic.api.compile import Outcome
    from gaic.api.directory import Content
    from gaic.evaluate.ledger import Ledger
    from gaic.schema.text import Json

RESULTS = "results.json"
SERIES = "data/series.npz"


def site_files(
    outcome: Outcome, model: Path, ledger: Ledger, *, series: bool = False, evidence: bool = False
) -> Iterator[tuple[str, Content]]:
    """Every file of the site of an evaluated model: path relative to its directory, and what is in it.

    Each is made when it is asked for, and with `evidence` when the one before it has been written.
    """
    head = replace(head_of(outcome, model, ledger), evidence=evidence)
    files = _plain_files(outcome, ledger, head, series=series)
    if not evidence:
        return files
    from gaic.api.evidence import record_of, with_evidence

    return with_evidence(files, ledger, origin_of(outcome), record_of(outcome, head.file, series=series))


def _plain_files(outcome: Outcome, ledger: Ledger, head: SiteHead, *, series: bool) -> Iterator[tuple[str, Content]]:
    book = PrintedBook(ledger, spell_units(ledger.program.system))
    yield from render_site(book, head, outcome.influences, outcome.sensitivity, hours=series)
    if series:
        yield SERIES, partial(write_series, ledger)
    yield RESULTS, json_text(results_document(outcome, ledger))


def results_document(outcome: Outcome, ledger: Ledger) -> Json:
    """The document `gaic.results/1` of an evaluated model."""
    return results_of(ledger, origin_of(outcome), outcome.diagnostics)


def origin_of(outcome: Outcome) -> Origin:
    """What a model was evaluated with and from."""
    return Origin(
        gaic=__version__,
        library=outcome.library.version,
        library_sha256=outcome.library.sha256,
        tzdata=tzdata_version(),
        inputs=tuple((file.name, file.sha256) for file in outcome.inputs),
    )


def head_of(outcome: Outcome, model: Path, ledger: Ledger) -> SiteHead:
    """What every page says of its own making."""
    return SiteHead(
        file=model.resolve().relative_to(outcome.root.resolve()).as_posix(),
        gaic=__version__,
        library=outcome.library.version,
        library_sha256=outcome.library.sha256,
        tzdata=tzdata_version(),
        inputs=tuple(Fingerprint(file.name, file.sha256) for file in outcome.inputs),
        study=ledger.program.study,
        diagnostics=outcome.diagnostics,
        words=tuple(word for word in ledger.program.declared.values() if word.sort != "source"),
        files=tuple(file for file in outcome.texts if file.origin is not FileOrigin.LIBRARY or declares_units(file)),
        rules=tuple(file for file in outcome.texts if is_compatible(file)),
    )


def write_series(ledger: Ledger, target: BinaryIO) -> None:
    """Write every hourly series in full as a NumPy archive: one array per path, in the unit that is shown."""
    accounts = (ledger.account(node) for found in ledger.objects() for node in found.nodes)
    hourly = (account for account in accounts if isinstance(account.value, HourlyValue))
    write_archive(target, ((account.path, ledger.hours(account.node)) for account in hourly))
