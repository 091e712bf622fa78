"""The shipped parse table belongs to the grammar, and the grammar to the table of words."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import gaic.parse.build as builder
from gaic.parse.newlines import CLOSING, GLUE, OPENING, NewlineFilter
from gaic.parse.table import load_parser
from gaic.parse.words import CONTINUING, ENTRY_WORDS, LOCAL, RESERVED, terminal_of

if TYPE_CHECKING:
    from lark import Lark

SHIPPED = Path(builder.HERE) / "table.json"
RESERVED_BY_THE_LANGUAGE = (
    "from conf note to in if then else and or not for where as unit kind set within usual every nothing true false "
    "input ref back let calc assert vary correlate"
)


@pytest.fixture(scope="module")
def strict_parser() -> Lark:
    pytest.importorskip("interegular", reason="without interegular Lark cannot prove that no two terminals collide")
    return builder.build_parser(strict=True)


def test_no_conflict_and_no_collision(strict_parser: Lark) -> None:
    assert strict_parser.options.strict


def test_the_shipped_table_is_that_of_the_grammar(strict_parser: Lark) -> None:
    assert SHIPPED.read_text(encoding="utf-8") == builder.table_text(strict_parser)


def test_building_writes_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, strict_parser: Lark) -> None:
    monkeypatch.setattr(builder, "build_parser", lambda *, strict: strict_parser if strict else None)
    monkeypatch.setattr(builder, "HERE", tmp_path)
    builder.main()
    assert (tmp_path / "table.json").read_bytes() == SHIPPED.read_bytes()


def test_the_table_is_data() -> None:
    assert set(json.loads(SHIPPED.read_text(encoding="utf-8"))) == {"data", "memo"}


def test_reserved_words_are_those_of_the_language() -> None:
    assert sorted(RESERVED) == sorted(RESERVED_BY_THE_LANGUAGE.split())
    assert set(CONTINUING) <= set(RESERVED)
    assert set(ENTRY_WORDS) <= set(RESERVED)
    assert not set(LOCAL) & set(RESERVED)


def test_the_filter_speaks_of_terminals_that_exist() -> None:
    parser = load_parser(NewlineFilter(), object())
    names = {terminal.name for terminal in parser.terminals}
    assert names >= GLUE | OPENING | CLOSING


def test_each_word_has_a_terminal_that_the_grammar_uses() -> None:
    grammar = (Path(builder.HERE) / "grammar.lark").read_text(encoding="utf-8")
    for word in (*RESERVED, *LOCAL):
        assert re.search(rf"\b{terminal_of(word)}\b", grammar), word


def test_lark_is_imported_when_a_text_is_read() -> None:
    code = "import sys, gaic.parse; assert not any(name.split('.')[0] == 'lark' for name in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
