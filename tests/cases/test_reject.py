"""Programs with mistakes and the exact text of what gaic says about them.

`reject/STAGE/NAME.gai` is the program, `NAME.txt` the full messages. In the program `# file: other.gai` begins another
file, and a first line `# limits: nodes=20` sets limits. `GAIC_UPDATE_CASES=1` writes the messages anew: read each of
them as a user would before you keep it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import build_model, check_model, compile_model
from gaic.source.diagnostic import has_errors
from gaic.source.render import render_full
from tests.programs import REJECTED, REJECTED_PROGRAMS, name_of, read_limits, write_program

if TYPE_CHECKING:
    from pathlib import Path

STAGES = ("syntax", "names", "units", "domain", "evaluation", "limits")


@pytest.mark.parametrize("case", REJECTED_PROGRAMS, ids=name_of)
def test_the_messages_are_exactly_these(case: Path, tmp_path: Path) -> None:
    program = case.read_text(encoding="utf-8")
    model = write_program(tmp_path / "project", program, case.name)
    outcome = build_model(model, read_limits(program))
    assert outcome.diagnostics
    said = render_full(outcome.diagnostics, colour=False)
    expected = case.with_suffix(".txt")
    if os.environ.get("GAIC_UPDATE_CASES") == "1":
        expected.write_text(said, encoding="utf-8", newline="\n")
    assert said == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", [case for case in REJECTED_PROGRAMS if case.parent.name != "evaluation"], ids=name_of)
def test_the_check_says_the_same(case: Path, tmp_path: Path) -> None:
    program = case.read_text(encoding="utf-8")
    model = write_program(tmp_path / "project", program, case.name)
    limits = read_limits(program)
    checked, compiled = check_model(model, limits), compile_model(model, limits)
    assert render_full(checked.diagnostics) == render_full(compiled.diagnostics)
    assert has_errors(checked.diagnostics) == (compiled.ledger is None)


def test_every_case_has_its_stage_and_its_text() -> None:
    assert {folder.name for folder in REJECTED.iterdir()} == set(STAGES)
    programs = {case.with_suffix("") for case in REJECTED_PROGRAMS}
    assert programs == {text.with_suffix("") for text in REJECTED.glob("*/*.txt")}
