"""Every `.gai` file of the repository is in the one format: `gaic fmt` has nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.parse.layout import lay_out
from gaic.parse.module import parse_module
from gaic.source.text import SourceFile
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = ("models", "stdlib", "templates", "tests")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.gai"))

# File under `tests/cases/reject` without its ending -> why it has mistakes that keep it from being formatted; those of
# `syntax` have them because they are about them.
NOT_READABLE = {
    "domain/files_of_hours": "holds files of hours beside the program",
    "domain/headerless": "holds files of hours beside the program",
    "domain/starts_that_are_no_number": "holds files of hours beside the program",
    "limits/digits": "a number is too long to be read",
    "limits/exponents": "an exponent is too large to be read",
    "limits/file_size": "holds files of hours beside the program",
    "limits/mistakes": "is about many mistakes",
    "limits/name_length": "a name is too long to be read",
    "limits/nesting": "is nested too deeply to be read",
    "limits/operators_in_a_row": "has too many operators to be read",
    "limits/rows_of_a_file": "holds files of hours beside the program",
    "names/file_not_found": "holds files of hours beside the program",
    "names/not_utf8": "holds a file in another encoding beside the program",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_file_is_in_the_one_format(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    name = name_of(path)
    _, faults = parse_module(SourceFile(path.name, text))
    case = name.removeprefix("tests/cases/reject/")
    if "tests/cases/recovery/" not in name:  # about mistakes of every stage
        assert bool(faults) == (case in NOT_READABLE or case.startswith("syntax/")), faults
    if not faults:
        laid, _ = lay_out(SourceFile(path.name, text))
        assert laid == text, f"run `gaic fmt {path.relative_to(ROOT).as_posix()}`"
