from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import jsonschema
import pytest
from click.testing import CliRunner

from gaic.cli.main import main
from gaic.cli.options import RAISED_BY
from gaic.schema.models import FOLDER, Rules
from gaic.source.diagnostic import ModelError
from gaic.source.rules.drawing import render_rule
from gaic.source.rules.pages import list_codes, read_rule
from tests.unit.evaluated import ERROR, WARNING

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Compiler, Gaic


@pytest.mark.parametrize("code", list_codes())
def test_every_page_can_be_asked_for(gaic: Gaic, code: str) -> None:
    rule = read_rule(code)
    assert rule is not None
    found = gaic("rule", code)
    assert (found.code, found.out, found.err) == (0, render_rule(rule), "")


def test_codes_are_understood_in_small_letters_and_as_numbers(gaic: Gaic) -> None:
    page = gaic("rule", "GAI001").out
    assert page.startswith("error GAI001: ")
    assert gaic("rule", "gai001").out == page
    assert gaic("rule", "001", "GAI001").out == page
    assert gaic("rule", "001", "002").out == page + "\n\n" + gaic("rule", "002").out


def test_without_a_code_all_are_listed(gaic: Gaic) -> None:
    found = gaic("rule")
    assert found.code == 0
    assert tuple(re.findall(r"^  (GAI\d{3})  (?:error|warning)", found.out, re.MULTILINE)) == list_codes()


@pytest.mark.parametrize("codes", [(), ("gai001",)])
def test_pages_as_data(gaic: Gaic, codes: tuple[str, ...]) -> None:
    text = gaic("rule", "--json", *codes).out
    Rules.model_validate_json(text)
    schema = json.loads((FOLDER / "rules.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))
    rules = json.loads(text)["rules"]
    assert [rule["code"] for rule in rules] == (["GAI001"] if codes else list(list_codes()))
    assert rules[0]["severity"] == ["error"]
    assert [section["heading"] for section in rules[0]["sections"]] == ["Why", "Example", "Fix"]


def test_an_unknown_code_offers_the_nearest(gaic: Gaic) -> None:
    found = gaic("rule", "gai000")
    assert (found.code, found.out) == (2, "")
    assert found.err == (
        "error: there is no code `gai000`\nhelp: did you mean GAI001 or GAI002 or GAI003? `gaic rule` lists all\n"
    )
    found = gaic("rule", "sixty\x1b")
    assert (found.code, found.out) == (2, "")
    assert found.err.endswith("help: codes are written like `GAI201`: `gaic rule` lists all\n")
    assert "\x1b" not in found.err


def test_colours_and_width_are_those_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaic.cli.terminal.is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = CliRunner().invoke(main, ["rule", "001"], color=True).output
    assert "\x1b[1;31merror\x1b[0m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = CliRunner().invoke(main, ["rule", "001"], color=True).output
    assert plain == re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert max(map(len, plain.splitlines())) <= 60


@pytest.mark.parametrize(("code", "option"), RAISED_BY.items())
def test_the_page_of_a_limit_names_the_option_that_raises_it(gaic: Gaic, code: str, option: str) -> None:
    assert f"`--{option} N`" in gaic("rule", code).out


@pytest.mark.parametrize("command", ["build", "check"])
def test_somebody_who_reads_along_is_told_where_findings_are_explained(
    gaic: Gaic, compiler: Compiler, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    compiler.diagnostics, compiler.ledger = (ERROR, WARNING), None
    assert "gaic rule" not in gaic(command, "m.gai").err
    monkeypatch.setattr("gaic.cli.verdict.is_terminal", lambda _: True)
    both = "\n`gaic rule CODE` explains a finding, for example `gaic rule GAI101`\n"
    assert gaic(command, "m.gai").err.endswith(both)
    compiler.diagnostics = (ERROR,)
    assert gaic(command, "m.gai").err.endswith("\n`gaic rule GAI101` explains this code\n")
    assert "gaic rule" not in gaic(command, "m.gai", "-q").err
    compiler.failure = ModelError([ERROR])
    assert gaic(command, "m.gai").err.endswith("\n`gaic rule GAI101` explains this code\n")


def test_no_pointer_stands_in_other_formats(gaic: Gaic, compiler: Compiler, monkeypatch: pytest.MonkeyPatch) -> None:
    compiler.diagnostics, compiler.ledger = (ERROR,), None
    monkeypatch.setattr("gaic.cli.verdict.is_terminal", lambda _: True)
    for style in ("concise", "json", "github", "sarif", "junit"):
        assert "gaic rule" not in gaic("check", "m.gai", "--format", style).err
