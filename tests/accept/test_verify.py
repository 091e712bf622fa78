"""Every worked model, and random ones, agree with what verifies their export; its documents keep their schemas."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import Phase, example, given, settings

from gaic.api.compile import build_model, compile_model
from gaic.api.directory import write_directory
from gaic.api.site import origin_of, site_files
from gaic.schema.evidence_models import Export, Manifest
from gaic.schema.export import export_text
from gaic.schema.models import FOLDER
from gaic.verify.export import read_export
from gaic.verify.recompute import Recomputation
from gaic.verify.site import verify_site
from gaic.verify.told import tell
from tests.accept.random_models import STOCK_OUTLASTS_JOB, models

if TYPE_CHECKING:
    from gaic.api.compile import Outcome

MODELS = sorted((Path(__file__).resolve().parents[2] / "models").glob("*.gai"))
LARGEST = 3_000_000


def recompute(outcome: Outcome) -> list[str]:
    """What does not agree in the export of a model."""
    assert outcome.ledger is not None, [d.message for d in outcome.diagnostics if d.severity.value == "error"]
    document = json.loads(export_text(outcome.ledger, origin_of(outcome)))
    found = Recomputation(read_export(document, "export.json"), "export.json").run()
    assert found.values == outcome.ledger.graph.size
    return [f"{each.what} {each.message}: {each.exported}, {each.recomputed}" for each in found.differences]


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_a_worked_model_is_verified(model: Path, tmp_path: Path) -> None:
    outcome = build_model(model)
    assert outcome.ledger is not None
    write_directory(tmp_path, site_files(outcome, model, outcome.ledger, evidence=True))
    report = verify_site(tmp_path)
    assert not report.differences, tell(report)
    assert (report.values, report.skipped) == (outcome.ledger.graph.size, 0)
    assert (tmp_path / "evidence" / "export.json").stat().st_size < LARGEST


def test_the_documents_keep_their_models_and_schemas(repository: Path, tmp_path: Path) -> None:
    model = repository / "models" / "genai_job.gai"
    outcome = build_model(model)
    assert outcome.ledger is not None
    write_directory(tmp_path, site_files(outcome, model, outcome.ledger, evidence=True))
    export, manifest = (tmp_path / "evidence" / name for name in ("export.json", "manifest.json"))
    Export.model_validate_json(export.read_text(encoding="utf-8"))
    Manifest.model_validate_json(manifest.read_text(encoding="utf-8"))
    shipped = json.loads((FOLDER / "export.schema.json").read_text(encoding="utf-8"))
    beside = json.loads((tmp_path / "evidence" / "export.schema.json").read_text(encoding="utf-8"))
    assert beside == shipped
    jsonschema.Draft202012Validator.check_schema(shipped)
    document = json.loads(export.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(shipped)
    validator.validate(document)
    document["formulas"][-1]["tree"] = ["no such operator", 1.0]
    assert list(validator.iter_errors(document))


# As in test_random_models: a failing example is not made smaller, because each compiles the library again.
@settings(max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(models())
@example(STOCK_OUTLASTS_JOB)
def test_a_random_model_is_verified(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.gai"
        path.write_text(text, encoding="utf-8")
        outcome = compile_model(path)
    assert recompute(outcome) == []
