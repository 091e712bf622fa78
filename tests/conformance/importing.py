"""Brings a file of the peer into gaic the way a user does: the public importer, then the public evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.api import evaluate_model
from gaic.api.importing import import_model
from gaic.source.diagnostic import ModelError
from tests.conformance.model import Model

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.api.importing import Imported


class ImportFaultError(Exception):
    """The model that the importer wrote has errors."""


def import_file(path: Path, folder: Path, rules: str | None = None) -> Model:
    """Import a file, write the model with its tables into `folder`, evaluate it."""
    imported = import_model("efootprint", path, rules=rules)
    return evaluate(write(imported, folder))


def write(imported: Imported, folder: Path) -> Path:
    """Write an imported model and the tables beside it; gives the path of the model."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in imported.files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    model = folder / f"{imported.stem}.gai"
    model.write_text(imported.text, encoding="utf-8", newline="\n")
    return model


def evaluate(path: Path) -> Model:
    """Evaluate a model; raises `ImportFaultError` with its findings."""
    try:
        return Model(evaluate_model(path))
    except ModelError as error:
        lines = (f"{found.code} {found.message} ({found.label})" for found in error.diagnostics)
        raise ImportFaultError("\n".join(lines)) from error
