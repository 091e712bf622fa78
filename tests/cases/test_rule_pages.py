"""The page of every code: its shape, its example, its fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import build_model
from gaic.source.rules.pages import HUNDREDS, list_codes, read_rule, split_pieces
from tests.programs import read_limits, write_program

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.evaluate.ledger import Ledger
    from gaic.source.diagnostic import Diagnostic
    from gaic.source.rules.pages import Rule

LONGEST_TITLE = 60
LINES = range(15, 46)


def rule_of(code: str) -> Rule:
    rule = read_rule(code)
    assert rule is not None
    return rule


def programs_of(rule: Rule, heading: str) -> list[str]:
    """The programs in a section of a page."""
    (section,) = [section for section in rule.sections if section.heading == heading]
    return [f"{piece.text}\n" for piece in split_pieces(section.text) if piece.program]


def compile_text(text: str, folder: Path) -> tuple[tuple[Diagnostic, ...], Ledger | None]:
    """The findings and the values of a program."""
    outcome = build_model(write_program(folder / "project", text), read_limits(text))
    return outcome.diagnostics, outcome.ledger


@pytest.mark.parametrize("code", list_codes())
def test_the_page_shows_its_code_and_how_to_mend_it(code: str, tmp_path: Path) -> None:
    rule = rule_of(code)
    assert rule.code == code
    assert [section.heading for section in rule.sections] == ["Why", "Example", "Fix"]
    found = set()
    for number, program in enumerate(programs_of(rule, "Example")):
        findings, _ = compile_text(program, tmp_path / f"example_{number}")
        assert [finding.code for finding in findings] == [code]
        found |= {finding.severity for finding in findings}
    assert found == set(rule.severities)
    (mended,) = programs_of(rule, "Fix")
    findings, ledger = compile_text(mended, tmp_path / "fix")
    assert findings == ()
    assert ledger is not None


@pytest.mark.parametrize("code", list_codes())
def test_the_page_is_short(code: str, repository: Path) -> None:
    page = repository / "dsl" / "gaic" / "source" / "rules" / f"{code}.md"
    assert page.read_text(encoding="utf-8").count("\n") in LINES


def test_titles_are_short_and_tell_codes_apart() -> None:
    titles = [rule_of(code).title for code in list_codes()]
    assert max(map(len, titles)) < LONGEST_TITLE
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if title.endswith(".")]


def test_every_hundred_has_a_name() -> None:
    assert {code[3] for code in list_codes()} == set(HUNDREDS)
