"""The worked models: each builds into a site without a word of warning, and its figures say where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import gaic
from gaic.evaluate.account import HourlyValue, ScalarValue, WeeklyValue

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.api.results import Results

NAMES = (
    "chat_external_api",
    "chat_self_hosted",
    "edge_fleet",
    "genai_job",
    "machine_learning",
    "support_assistant",
    "web_shop",
)
# What the language itself asks for is no figure with a source; so is a form that a volume with a source is spread by.
OF_THE_LANGUAGE = frozenset({"study", "shape"})


@pytest.fixture(scope="module", params=NAMES)
def results(request: pytest.FixtureRequest, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp(request.param)
    built = gaic.build(repository / "models" / f"{request.param}.gai", folder)
    assert (folder / "index.html").is_file()
    assert (folder / "results.json").is_file()
    return built


def test_the_models_of_this_test_are_all_there_are(repository: Path) -> None:
    assert tuple(sorted(model.stem for model in (repository / "models").glob("*.gai"))) == NAMES


def test_a_model_builds_without_a_word(results: Results) -> None:
    assert [diagnostic.message for diagnostic in results.diagnostics] == []
    (total,) = (row for row in results.totals if row.category is None and row.phase is None)
    assert isinstance(total.value, ScalarValue)
    assert total.value.value > 0


def test_every_figure_that_a_model_sets_has_a_source(results: Results) -> None:
    accounts = [results.account(path) for path in results.paths() if "[" not in path]
    figures = [
        account
        for account in accounts
        if account.role == "input"
        and account.span.file.name.startswith("models/")
        and account.kind not in OF_THE_LANGUAGE
        and isinstance(account.value, ScalarValue | HourlyValue | WeeklyValue)
    ]
    assert figures
    assert [account.path for account in figures if account.source_text is None] == []
