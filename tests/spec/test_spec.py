"""The pages of the language reference hold: programs give the values and findings that stand beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from tests.programs import write_program
from tests.spec.blocks import expected_findings, expected_values, read_blocks, unmatched
from tests.spec.values import check_value

if TYPE_CHECKING:
    from tests.spec.blocks import Block

PAGES = [page for page in sorted(Path(__file__).parent.glob("*.md")) if page.stem != "README"]
BLOCKS = [block for page in PAGES for block in read_blocks(page)]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_the_program_does_what_the_page_says(block: Block, tmp_path: Path) -> None:
    outcome = compile_model(write_program(tmp_path, block.text))
    wrong = unmatched(expected_findings(block), outcome.diagnostics)
    assert not wrong, "\n".join(wrong)
    values = list(expected_values(block))
    if outcome.ledger is None:
        assert values == [], "a program with errors has no values"
        return
    for path, value in values:
        check_value(outcome.ledger, path, value)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_begins_with_its_title_and_holds_programs(page: Path) -> None:
    assert page.read_text(encoding="utf-8").startswith("# ")
    assert any(read_blocks(page))
    assert page.stem in (page.parent / "README.md").read_text(encoding="utf-8")
