"""Imports each file once for all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tests.conformance.importing import import_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.model import Model


class Imports(Protocol):
    """Gives the evaluated model of a file."""

    def __call__(self, path: Path) -> Model: ...


@pytest.fixture(scope="package")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imports:
    """The evaluated model of a file of this folder, imported on first use."""
    models: dict[Path, Model] = {}

    def give(path: Path) -> Model:
        if path not in models:
            models[path] = import_file(path, tmp_path_factory.mktemp("imported"))
        return models[path]

    return give
