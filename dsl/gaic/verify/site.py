"""Verifies one site: its files, then every value of its export."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaic.verify import files
from gaic.verify.export import read_export
from gaic.verify.faults import BrokenError, NoEvidenceError
from gaic.verify.reading import read_json
from gaic.verify.recompute import Difference, Recomputation
from gaic.verify.trees import TooMuchError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gaic.verify.reading import Json

BUILD_IT = "build it with `gaic build --evidence`"


@dataclass(slots=True)
class Report:
    """What was looked at, and what does not agree; `skipped` values rest on others that could not be computed."""

    files: int = 0
    values: int = 0
    hours: int = 0
    skipped: int = 0
    differences: list[Difference] = field(default_factory=list)


def verify_site(folder: Path) -> Report:
    """Hash the files of a site and compute its values again; raises `NoEvidenceError` where it has no evidence."""
    _require_evidence(folder)
    report = Report()
    manifest = _read(report, folder, files.MANIFEST)
    if manifest is not None:
        _check_files(report, folder, manifest)
    _recompute(report, folder, manifest)
    return report


def _require_evidence(folder: Path) -> None:
    try:
        if not folder.is_dir():
            raise NoEvidenceError(f"{folder}: there is no such folder", BUILD_IT)
        if not (folder / files.MANIFEST).exists():
            raise NoEvidenceError(f"{folder}: there is no evidence, no file {files.MANIFEST}", BUILD_IT)
    except (OSError, ValueError) as error:
        raise NoEvidenceError(f"{folder}: cannot be read: {error}") from None


def _read(report: Report, folder: Path, name: str) -> Json | None:
    try:
        return read_json(folder, name)
    except BrokenError as error:
        report.differences.append(Difference(error.file, "file", error.message))
        return None


def _check_files(report: Report, folder: Path, manifest: Json) -> None:
    try:
        listed = files.read_manifest(manifest)
        _note(report, files.check_files(folder, listed))
    except BrokenError as error:
        report.differences.append(Difference(error.file, "file", error.message))
        return
    report.files = len(listed)
    statement, crate = (_read(report, folder, name) for name in (files.STATEMENT, files.CRATE))
    if statement is not None:
        _note(report, files.check_statement(folder, statement, listed, manifest))
    if crate is not None and statement is not None:
        _note(report, files.check_crate(folder, crate, listed))


def _note(report: Report, differences: Iterable[Difference]) -> None:
    """Keep differences; a file that cannot be read is one."""
    try:
        report.differences.extend(differences)
    except BrokenError as error:
        report.differences.append(Difference(error.file, "file", error.message))


def _recompute(report: Report, folder: Path, manifest: Json | None) -> None:
    document = _read(report, folder, files.EXPORT)
    if document is None:
        return
    try:
        export = read_export(document, files.EXPORT)
        found = Recomputation(export, files.EXPORT).run()
    except BrokenError as error:
        report.differences.append(Difference(error.file, "form", error.message))
        return
    except TooMuchError:
        report.differences.append(Difference(files.EXPORT, "size", "takes too long to compute again"))
        return
    report.values, report.hours, report.skipped = found.values, found.hours, found.skipped
    report.differences.extend(found.differences)
    results = _read(report, folder, files.RESULTS)
    if results is not None:
        _note(report, files.check_results(results, export))
    if results is not None and manifest is not None:
        _note(report, files.check_heads(manifest, results, export))
