"""Which files a model may read: those of its project, whatever leads to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gaic.api.compile import compile_model
from tests.programs import write_program

MODEL = 'import "shapes.gai"\n\nserver web { power = base }\n'
SHAPES = "let base = 100 W\n"


def findings(model: Path) -> list[tuple[str, str]]:
    """Code and message of every finding."""
    return [(diagnostic.code, diagnostic.message) for diagnostic in compile_model(model).diagnostics]


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.gai").write_text(SHAPES, encoding="utf-8")
    model = write_program(tmp_path / "project", MODEL)
    (model.parent / "shapes.gai").symlink_to(tmp_path / "secret.gai")
    assert findings(model) == [("GAI105", '"shapes.gai" lies outside the project')]


def test_a_linked_folder_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    write_program(tmp_path / "elsewhere", "value\n1\n", "starts.csv")
    text = """\
kind place { input starts : amount Visit }
place a { starts = hourly("data/starts.csv", start = 2026-01-01T00:00Z) }
"""
    model = write_program(tmp_path / "project", text)
    (model.parent / "data").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert findings(model) == [("GAI105", '"data/starts.csv" lies outside the project')]


def test_a_link_inside_the_project_is_followed(tmp_path: Path) -> None:
    model = write_program(tmp_path, MODEL + "# file: common/base.gai\n" + SHAPES)
    (model.parent / "shapes.gai").symlink_to(tmp_path / "common" / "base.gai")
    assert findings(model) == []


def test_the_project_root_is_the_nearest_folder_with_a_gaic_toml(tmp_path: Path) -> None:
    (tmp_path / "gaic.toml").write_text("", encoding="utf-8")
    write_program(tmp_path / "models" / "common", SHAPES, "shapes.gai")
    model = write_program(tmp_path / "models" / "deep", 'import "../common/shapes.gai"\nserver web { power = base }\n')
    outcome = compile_model(model)
    assert outcome.diagnostics == ()
    assert [file.name for file in outcome.inputs] == ["models/deep/model.gai", "models/common/shapes.gai"]


def test_paths_of_equal_stems_carry_their_folders(tmp_path: Path) -> None:
    text = """\
import "a/lamps.gai" as one
import "b/lamps.gai" as two

kind room { ref lamps : [lamp] }
room hall { lamps = [one.small, two.small] }
# file: a/lamps.gai
import "../kinds.gai"
lamp small {}
# file: b/lamps.gai
import "../kinds.gai"
lamp small {}
# file: kinds.gai
kind lamp { input power : Power = 10 W }
"""
    outcome = compile_model(write_program(tmp_path, text.replace("kind room", 'import "kinds.gai"\n\nkind room')))
    assert outcome.ledger is not None, outcome.diagnostics
    assert outcome.ledger.find("a.lamps.small.power") is not None
    assert outcome.ledger.find("b.lamps.small.power") is not None


@pytest.mark.parametrize("change", ["bom", "crlf", "no_last_line_end", "tabs"])
def test_the_form_of_a_text_does_not_matter(tmp_path: Path, change: str) -> None:
    text = "kind lamp {\n  input power : Power = 10 W  # a comment\n}\nlamp small {\n  power = 5 W\n}\n"
    raw = {
        "bom": "\ufeff" + text,
        "crlf": text.replace("\n", "\r\n"),
        "no_last_line_end": text.rstrip("\n"),
        "tabs": text.replace("  ", "\t"),
    }[change]
    model = tmp_path / "model.gai"
    model.write_bytes(raw.encode("utf-8"))
    outcome = compile_model(model)
    assert outcome.ledger is not None, outcome.diagnostics
    assert outcome.ledger.find("small.power") is not None


def test_a_folder_a_pipe_and_a_missing_file_are_no_models(tmp_path: Path) -> None:
    assert [code for code, _ in findings(tmp_path)] == ["GAI104"]
    assert [code for code, _ in findings(tmp_path / "none.gai")] == ["GAI103"]
    assert [code for code, _ in findings(Path("/dev/null"))] == ["GAI104"]
