"""The pages of the language reference hold: programs give the values and findings that stand beside them.

Whole messages in blocks of `text` are compared to the letter; `GAIC_UPDATE_CASES=1` writes them anew: read each of them
as a user would before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import gaic
from gaic.api.compile import compile_model
from gaic.source.render import render_full
from tests.programs import write_program
from tests.spec.blocks import expected_findings, expected_values, read_blocks, read_pairs, unmatched, write_said
from tests.spec.values import check_value

if TYPE_CHECKING:
    from tests.spec.blocks import Block, Pair

PAGES = [page for page in sorted(Path(__file__).parent.glob("*.md")) if page.stem != "README"]
BLOCKS = [block for page in PAGES for block in read_blocks(page)]
PAIRS = {f"{page.stem}:{pair.line}": pair for page in PAGES for pair in read_pairs(page)}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_the_program_does_what_the_page_says(block: Block, tmp_path: Path) -> None:
    outcome = compile_model(write_program(tmp_path, block.text))
    if block.said is None:
        wrong = unmatched(expected_findings(block), outcome.diagnostics)
        assert not wrong, "\n".join(wrong)
    else:
        check_said(block, render_full(outcome.diagnostics))
    values = list(expected_values(block))
    if outcome.ledger is None:
        assert values == [], "a program with errors has no values"
        return
    for path, value in values:
        check_value(outcome.ledger, path, value)


def check_said(block: Block, said: str) -> None:
    """Compare all that is said about a program with what the page shows, or write it there."""
    assert expected_findings(block) == [], "what is said stands below the program"
    if os.environ.get("GAIC_UPDATE_CASES") == "1":
        write_said(block, said)
    else:
        assert said == block.said


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_the_format_is_what_the_page_shows(pair: Pair) -> None:
    assert gaic.format_text(pair.before) == pair.after
    assert gaic.format_text(pair.after) == pair.after


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_holds_programs(page: Path) -> None:
    assert any(read_blocks(page)) or any(read_pairs(page))
