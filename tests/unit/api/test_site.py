"""What a build writes, from the models of the repository."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import jsonschema
import numpy as np
import pytest

from gaic.api.compile import compile_model
from gaic.api.site import results_document, site_files, write_series
from gaic.schema.ledger import Evaluated
from gaic.schema.models import FOLDER, Results
from gaic.schema.text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gaic.api.compile import Outcome
    from gaic.evaluate.ledger import Ledger

MODELS = ("genai_job", "support_assistant")


@pytest.fixture(scope="module", params=MODELS)
def built(request: pytest.FixtureRequest, repository: Path) -> tuple[Path, Outcome, Ledger]:
    model = repository / "models" / f"{request.param}.gai"
    outcome = compile_model(model)
    assert outcome.ledger is not None, outcome.diagnostics
    return model, outcome, outcome.ledger


def hourly(results: Results) -> Iterator[tuple[str, str, int, list[float]]]:
    """Path, unit, count and first ten of every series in the results."""
    for path, found in results.objects.items():
        for name, attribute in found.attributes.items():
            value = attribute.value
            entries = value.entries if value.shape == "table" else {"": value}
            for member, entry in entries.items():
                if entry.shape == "hourly":
                    full = f"{path}.{name}" + (f"[{member}]" if member else "")
                    yield path if found.kind in {"let", "shape"} else full, entry.unit, entry.n, entry.summary.first10


def test_the_ledger_is_what_files_and_questions_ask_for(built: tuple[Path, Outcome, Ledger]) -> None:
    asked = {name for name in vars(Evaluated) if not name.startswith("_")}
    assert asked == {"program", "objects", "account", "depends_on", "ancestors", "hours", "totals", "checks"}
    assert all(hasattr(built[2], name) for name in asked)


def test_results_keep_their_schema(built: tuple[Path, Outcome, Ledger]) -> None:
    _, outcome, ledger = built
    text = json_text(results_document(outcome, ledger))
    results = Results.model_validate_json(text)
    schema = json.loads((FOLDER / "results.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
    assert results.inputs
    assert results.totals
    paths = {account.path for found in ledger.objects() for account in map(ledger.account, found.nodes)}
    for found in results.objects.values():
        for attribute in found.attributes.values():
            assert set(attribute.depends_on) <= paths
            assert attribute.source is None or attribute.source in results.sources or attribute.source == "hypothesis"


def test_numbers_have_at_most_twelve_digits(built: tuple[Path, Outcome, Ledger]) -> None:
    _, outcome, ledger = built
    document = results_document(outcome, ledger)
    numbers = re.findall(r"(?<=[\s\[])-?\d[\d.]*(?:e[+-]?\d+)?(?=[,}\]])", json_text({"objects": document["objects"]}))
    digits = [re.sub(r"e.*|[-.]", "", number).strip("0") for number in numbers]
    assert len(digits) > 500
    assert max(map(len, digits)) <= 12


def test_the_archive_agrees_with_the_results(built: tuple[Path, Outcome, Ledger]) -> None:
    _, outcome, ledger = built
    results = Results.model_validate_json(json_text(results_document(outcome, ledger)))
    target = io.BytesIO()
    write_series(ledger, target)
    expected = {path: (n, first) for path, _, n, first in hourly(results)}
    with np.load(io.BytesIO(target.getvalue()), allow_pickle=False) as archive:
        assert set(archive.files) == set(expected)
        for path, (n, first) in expected.items():
            assert archive[path].shape == (n,)
            np.testing.assert_allclose(archive[path][:10], first, rtol=1e-11)


def test_a_site_has_pages_results_and_series_where_they_are_wanted(built: tuple[Path, Outcome, Ledger]) -> None:
    model, outcome, ledger = built
    names = [path for path, _ in site_files(outcome, model, ledger)]
    assert {"index.html", "results.json", "style.css"} <= set(names)
    assert "data/series.npz" not in names
    assert len(names) == len(set(names))
    assert not any(name.startswith("data/hours/") for name in names)
    days = {name.removeprefix("data/days/") for name in names if name.startswith("data/days/")}
    wanted = [path for path, _ in site_files(outcome, model, ledger, series=True)]
    assert "data/series.npz" in wanted
    assert {name.removeprefix("data/hours/") for name in wanted if name.startswith("data/hours/")} <= days
    assert any(name.startswith("data/hours/") for name in wanted)
