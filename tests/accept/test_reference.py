"""Every value of the models in `models/` agrees with the reference evaluator.

The reference takes its time for each hour, so models that spread a form over a period are compared over two months of
it, with the clock change in spring.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from gaic.api.compile import compile_model
from tests.accept.agreement import Comparison

PERIOD = "period = 2026-03-01 .. 2026-05-01"
MODELS = sorted((Path(__file__).resolve().parents[2] / "models").glob("*.gai"))


def test_there_are_models() -> None:
    assert {path.stem for path in MODELS} >= {"genai_job", "support_assistant"}


def write_shorter(path: Path, folder: Path) -> Path:
    """The model with a period, and services of devices, that end sooner."""
    text = path.read_text(encoding="utf-8")
    if "hourly(" not in text:
        text = re.sub(r"(period +=) 2026-\S+ \.\. 2027-\S+|(period +=) 2026-\S+ \.\. 2026-\S+", PERIOD, text)
        text = re.sub(r"(usage_span +=) \d+ year", r"\1 0.2 year", text)
    for beside in path.parent.glob("*.csv"):
        shutil.copy(beside, folder)
    shorter = folder / path.name
    shorter.write_text(text, encoding="utf-8", newline="\n")
    return shorter


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_the_ledger_agrees_with_the_reference(path: Path, tmp_path: Path) -> None:
    outcome = compile_model(write_shorter(path, tmp_path))
    assert outcome.ledger is not None, outcome.diagnostics
    agreement = Comparison(outcome.ledger).run()
    print(f"{path.stem}: {agreement}")  # noqa: T201 - `pytest -s` shows it
    assert not agreement.faults, "\n".join(agreement.faults[:20])
    assert min(agreement.compared[sort] for sort in ("scalars", "series", "readings", "totals", "assertions")) > 0
