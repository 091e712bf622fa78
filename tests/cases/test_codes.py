"""Every diagnostic that gaic can give is shown by a failing program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.source.rules.pages import list_codes

if TYPE_CHECKING:
    from pathlib import Path

CODE = re.compile(r"\bGAI\d{3}\b")


def codes_in(folder: Path, pattern: str) -> set[str]:
    """The codes that stand in some files of a folder."""
    return {code for path in folder.rglob(pattern) for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_has_a_failing_program(repository: Path) -> None:
    given = codes_in(repository / "dsl", "*.py")
    shown = codes_in(repository / "tests" / "cases" / "reject", "*.txt")
    assert given - shown == set()


def test_every_code_has_a_page_and_every_page_a_code(repository: Path) -> None:
    assert set(list_codes()) == codes_in(repository / "dsl", "*.py")


def test_pages_point_to_codes_that_there_are(repository: Path) -> None:
    assert codes_in(repository / "dsl" / "gaic" / "source" / "rules", "*.md") <= set(list_codes())


def test_no_page_of_the_reference_names_a_code_that_is_gone(repository: Path) -> None:
    given = codes_in(repository / "dsl", "*.py")
    assert codes_in(repository / "tests" / "spec", "*.md") <= given
    assert codes_in(repository / "tests" / "cases" / "reject", "*.txt") <= given
