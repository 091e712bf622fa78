from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import build_model, check_model
from gaic.report.defaults import list_defaults, render_used_defaults, shorten
from gaic.report.influence import MOST_ROWS, render_defaults, render_inputs
from gaic.source.text import Origin
from tests.programs import write_program

if TYPE_CHECKING:
    from gaic.check.program import Program
    from gaic.study.influence import Influences

WEAK = Path(__file__).parents[2] / "cases" / "reject" / "evaluation" / "weak_defaults.gai"
EXPLAINED = "  The share says how much a total follows an input; those of all inputs add up to 100 %.\n"


@pytest.fixture(scope="module")
def measured() -> tuple[Program, Influences]:
    outcome = build_model(WEAK)
    assert outcome.program is not None
    assert outcome.influences is not None
    return outcome.program, outcome.influences


def test_the_large_defaults(measured: tuple[Program, Influences]) -> None:
    assert render_defaults(*measured) == (
        "\nDefaults that move the total\n"
        "  input             of     default        source      confidence  Climate change\n"
        "  pue               halls  1.2            hypothesis  low                 30.4 %\n"
        "  carbon_intensity  halls  400 gCO2e/kWh  hypothesis  low                 30.4 %\n" + EXPLAINED
    )


def test_all_inputs(measured: tuple[Program, Influences]) -> None:
    lines = render_inputs(*measured).splitlines()
    assert lines[:2] == ["", "Inputs that move the total"]
    table = [line.split("  ") for line in lines[2:]]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in table]
    assert cells[0] == ["input", "value", "source", "confidence", "set by", "Climate change"]
    assert cells[3] == ["halls.idle_power", "250 W", "hypothesis", "the project", "30.4 %"]
    assert cells[4] == ["archive.lifespan, halls.lifespan", "6 year", "hypothesis", "low", "a default", "4.3 %"]
    assert cells[6][1:] == ["hourly([40, 20], start = 2026-01-05T0...", "hypothesis", "the project", "< 0.1 %"]
    assert cells[7][-2:] == ["the library", "< 0.1 %"]
    assert lines[-2] == "  and 5 that move nothing"
    assert lines[-1] + "\n" == EXPLAINED


def test_what_no_rule_lets_vary_is_counted(measured: tuple[Program, Influences]) -> None:
    program, influences = measured
    fixed = replace(influences.rows[-1], elasticities=None)
    text = render_inputs(program, replace(influences, rows=(*influences.rows[:-1], fixed)))
    assert "  and 4 that move nothing, 1 that no rule lets vary\n" in text


def test_many_defaults_are_cut(measured: tuple[Program, Influences]) -> None:
    program, influences = measured
    text = render_defaults(program, replace(influences, rows=influences.rows[:1] * (MOST_ROWS + 2)))
    assert text.count("halls") == MOST_ROWS
    assert "  and 2 more\n" in text


def test_many_objects_are_counted(measured: tuple[Program, Influences]) -> None:
    program, influences = measured
    row = influences.rows[0]
    uses = tuple(replace(row.uses[0], entity=number) for number in range(3))
    text = render_defaults(program, replace(influences, rows=(replace(row, uses=uses),)))
    names = [entity.path for entity in program.entities[:2]]
    assert f"  {', '.join(names)} and 1 more  " in text


def test_without_large_ones_nothing_is_said(measured: tuple[Program, Influences]) -> None:
    program, influences = measured
    assert render_defaults(program, replace(influences, rows=influences.rows[3:])) == ""
    assert render_inputs(program, replace(influences, rows=())) == ""


def test_too_large_a_model_says_so(measured: tuple[Program, Influences]) -> None:
    program, influences = measured
    text = "\nInputs that move the total\n  not measured: the model is too large for it\n"
    large = replace(influences, rows=(), work=11, limit=10)
    assert render_defaults(program, large) == render_inputs(program, large) == text


def test_colour_adds_nothing_but_colour(measured: tuple[Program, Influences]) -> None:
    plain, coloured = render_defaults(*measured), render_defaults(*measured, colour=True)
    assert plain != coloured
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


def test_the_defaults_that_objects_use() -> None:
    program = check_model(WEAK).program
    assert program is not None
    blocks = render_used_defaults(program).split("\n\n")
    archive = blocks[0].splitlines()
    assert archive[0].startswith("archive (server), ")
    assert archive[0].endswith("weak_defaults.gai:5:8, uses the defaults:")
    assert "  pue               1.2  " in archive[5]
    assert archive[5].split("  ")[-1].startswith("stdlib/servers.gai:34:")
    assert "grid.carbon_intensity ?? carbon_inten...  calculated" in blocks[0]
    assert not any(line.strip().startswith("embodied") for line in archive)


def test_objects_of_the_project_come_first_and_those_that_set_all_are_left_out() -> None:
    program = check_model(WEAK).program
    assert program is not None
    listed = list_defaults(program)
    origins = [each.span.file.origin for each in listed]
    assert origins == sorted(origins, key=lambda origin: origin is Origin.LIBRARY)
    assert {each.object for each in listed} >= {"archive", "halls", "store", "search"}
    assert "errand" not in {each.object for each in listed}


def test_a_default_without_source_says_so(tmp_path: Path) -> None:
    model = write_program(tmp_path, "kind thing {\n  input a : Ratio = 2\n  input b : Ratio?\n}\nthing t {}\n")
    program = check_model(model).program
    assert program is not None
    assert render_used_defaults(program) == (
        "t (thing), model.gai:5:7, uses the defaults:\n  a  2  none    model.gai:2:21\n"
    )


def test_a_cell_is_one_visible_line_of_bounded_length() -> None:
    assert shorten("a\n  b\u202ec") == "a b\N{REPLACEMENT CHARACTER}c"
    assert shorten("x" * 40) == "x" * 40
    assert shorten("x" * 41) == "x" * 37 + "..."
