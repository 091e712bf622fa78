"""Every value of the models in `models/` agrees with the reference evaluator."""

from __future__ import annotations

from pathlib import Path

import pytest

from gaic.api.compile import compile_model
from tests.accept.agreement import Comparison

MODELS = sorted((Path(__file__).resolve().parents[2] / "models").glob("*.gai"))


def test_there_are_models() -> None:
    assert {path.stem for path in MODELS} >= {"genai_job", "support_assistant"}


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_the_ledger_agrees_with_the_reference(path: Path) -> None:
    outcome = compile_model(path)
    assert outcome.ledger is not None, outcome.diagnostics
    agreement = Comparison(outcome.ledger).run()
    print(f"{path.stem}: {agreement}")  # noqa: T201 - `pytest -s` shows it
    assert not agreement.faults, "\n".join(agreement.faults[:20])
    assert min(agreement.compared[sort] for sort in ("scalars", "series", "readings", "totals", "assertions")) > 0
