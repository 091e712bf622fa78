"""The pages show the whole language: each part of the grammar, word, function, field and code is on one of them."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

import gaic
from gaic.check.days import DAY_FIELDS
from gaic.check.functions import GATHERERS, LATER, Functions
from gaic.check.hourly import ARGUMENTS
from gaic.check.measures import SINGLE_WORDS
from gaic.check.names import LINK_PARTS
from gaic.check.shapes import LATER_FIELDS, SHAPE_FIELDS
from gaic.check.structural import STUDY_FIELDS, WORD_FIELDS
from gaic.check.symbols import LATER_KINDS, PATH_WORDS, STRUCTURAL
from gaic.cli.options import LIMITS, RAISED_BY
from gaic.parse.build_declarations import SEVERITIES
from gaic.parse.build_expressions import CONFIDENCES
from gaic.parse.words import FORMS, LOCAL, RESERVED
from gaic.source.limits import USUAL
from tests.spec.blocks import codes_of, expected_values
from tests.spec.test_spec import BLOCKS
from tests.spec.usage import Recorder, joined, unused_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.check.operators import Operators
    from tests.spec.usage import Usage

HERE = Path(__file__).parent
LIMITS_PAGE = HERE / "limits.md"
COMPILER = Path(gaic.__file__).parent
WARNINGS = re.compile(r"GAI(?:19\d|340|6\d\d)")
"""Codes of findings with which a program still has values."""

READ_WITHOUT_TABLE = ("given", "hourly", "weekly", "before", "year", "month")
"""Functions that are no entry of a table, because their arguments are not all numbers or series."""

REFUSED_PARTS = {
    "top: correlate",
    "top: vary",
    "entry: correlate",
    "entry: vary",
    *(f"vary: {part}" for part in ("IN", "VARY", "expr", "target")),
    *(f"correlate: {part}" for part in ("CORRELATE", "EQUAL", "list", "value")),
    *(f"scale: {part}" for part in ("SET", "TIMES", "target", "value")),
    # A path behind `set` and `vary`:
    "member: target",
    "member without place",
    "index: target",
    "index without place",
}
"""Parts of the grammar that only constructs have that this version refuses: they are on the page `not_yet`."""

WRONG_PARTS = {
    "call without _arguments",  # no function takes none
    "table without row",  # rows cover a day or a year
}
"""Parts of the grammar that can be read and mean nothing: a page shows what is said then."""

NEVER = {"start without NL"}
"""Parts of the grammar that no text has: every chunk ends in a line end."""

NO_CODES = {
    "GAI603": "only `build` measures what moves the totals; see `tests/cases/reject/evaluation/weak_defaults.gai`"
}
"""Codes that no page shows -> why not."""


@pytest.fixture(scope="module")
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture(scope="module")
def working(recorder: Recorder) -> Usage:
    """What programs use that have no errors."""
    return joined(recorder.read(block.text) for block in BLOCKS if all(map(WARNINGS.fullmatch, codes_of(block))))


def names(usage: Usage) -> set[str]:
    """Every word and sign of programs, as it is written."""
    return {text for _, text in usage.tokens}


def test_every_part_of_the_grammar_is_in_a_program_that_works(recorder: Recorder, working: Usage) -> None:
    missing = set(unused_parts(recorder.rules, working.rules))
    assert missing == REFUSED_PARTS | WRONG_PARTS | NEVER


def test_every_part_that_is_refused_is_on_its_page(recorder: Recorder) -> None:
    refused = joined(recorder.read(block.text) for block in BLOCKS if block.page.stem == "not_yet")
    assert not REFUSED_PARTS & set(unused_parts(recorder.rules, refused.rules))
    anywhere = joined(recorder.read(block.text) for block in BLOCKS)
    assert set(unused_parts(recorder.rules, anywhere.rules)) == NEVER


def test_every_word_and_sign_is_in_a_program_that_works(recorder: Recorder, working: Usage) -> None:
    signs = {text for kind, text in working.tokens if kind == "CMP"}
    assert signs == {"<", "<=", ">", ">=", "==", "!="}
    refused = {"vary", "correlate", "intensity"}
    assert {*RESERVED, *LOCAL, *FORMS} - names(working) <= refused
    assert refused <= names(joined(recorder.read(block.text) for block in BLOCKS if block.page.stem == "not_yet"))


@pytest.mark.parametrize(
    "words",
    [
        STUDY_FIELDS,
        (*WORD_FIELDS, *WORD_FIELDS["source"], *STRUCTURAL),
        SHAPE_FIELDS,
        DAY_FIELDS,
        ARGUMENTS,
        SINGLE_WORDS,
        CONFIDENCES,
        SEVERITIES,
        (*LINK_PARTS, "object"),
        PATH_WORDS,
    ],
    ids=["study", "words", "shape", "days", "hourly", "types", "confidence", "assert", "links", "paths"],
)
def test_every_field_and_word_of_a_closed_list_is_in_a_program_that_works(words: Iterable[str], working: Usage) -> None:
    assert set(words) - names(working) == set()


# ---------------------------------------------------------------- functions


def functions() -> set[str]:
    """The names of all functions."""
    nothing = cast("Operators", SimpleNamespace(findings=None, measures=None))
    return {*Functions(nothing).table, *GATHERERS, *READ_WITHOUT_TABLE}


def test_every_function_is_called_in_a_program_with_values(recorder: Recorder) -> None:
    valued = joined(recorder.read(block.text) for block in BLOCKS if list(expected_values(block)))
    assert valued.calls == functions()


def test_the_table_of_functions_has_all_of_them_and_no_other() -> None:
    page = (HERE / "functions.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| (`.+?`) \| ", page, re.MULTILINE)
    listed = re.findall(r"`(\w+)(?=[( `])", " ".join(first_cells))
    assert set(listed) == functions()
    assert list(dict.fromkeys(first_cells)) == sorted(first_cells)


def test_what_is_refused_by_name_is_on_its_page() -> None:
    page = (HERE / "not_yet.md").read_text(encoding="utf-8")
    assert [name for name in sorted({*LATER, *LATER_KINDS}) if f"`{name}`" not in page and f"{name}(" not in page] == []
    assert any(f"{name} " in page for name in LATER_FIELDS)


def test_the_page_on_names_has_every_reserved_word() -> None:
    page = (HERE / "text.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(r"^(`from`, .+?) are reserved\.", page, re.MULTILINE | re.DOTALL)
    assert sorted(re.findall(r"`(\w+)`", sentence)) == sorted(RESERVED)


# ---------------------------------------------------------------- codes


def codes() -> Iterator[str]:
    """Every code that the compiler names."""
    for file in sorted(COMPILER.rglob("*.py")):
        yield from re.findall(r"\bGAI\d{3}\b", file.read_text(encoding="utf-8"))


def test_every_code_is_on_a_page() -> None:
    shown = {code for block in BLOCKS for code in codes_of(block)}
    limits = set(re.findall(r"GAI5\d\d", LIMITS_PAGE.read_text(encoding="utf-8")))  # most are too large for a program
    assert set(codes()) - shown - limits == set(NO_CODES)
    assert shown - set(codes()) == set()


def test_the_table_of_limits_has_each_with_its_code_and_option() -> None:
    row = re.compile(r"^\| [^|]+ \| ([\d_]+) \| (GAI5\d\d) \| (?:`--([\w-]+)` )?\|$", re.MULTILINE)
    rows = row.findall(LIMITS_PAGE.read_text(encoding="utf-8"))
    usual = asdict(USUAL)
    assert sorted(int(number) for number, _, _ in rows) == sorted(usual.values())
    assert {option: int(number) for number, _, option in rows if option} == {
        option: usual[name] for option, (name, _) in LIMITS.items()
    }
    assert {code: option for _, code, option in rows if code in RAISED_BY} == RAISED_BY
