"""Programs with many mistakes, each marked on its line as on the pages of the reference: no other is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from gaic.api.compile import check_model
from tests.programs import write_program
from tests.spec.blocks import Block, expected_findings, unmatched

CASES = sorted((Path(__file__).parent / "recovery").glob("*.gai"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_each_mistake_is_said_once_and_nothing_else(case: Path, tmp_path: Path) -> None:
    text = case.read_text(encoding="utf-8")
    expected = expected_findings(Block(case, 1, text, None))
    assert expected
    outcome = check_model(write_program(tmp_path / "project", text))
    wrong = unmatched(expected, outcome.diagnostics)
    assert not wrong, "\n".join(wrong)
