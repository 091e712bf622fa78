"""What `gaic new` writes: each template builds without a word of warning; its figures say that they are invented."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import gaic
from gaic.api.new_project import COMMON, TITLE, start_project
from gaic.cli.new import TEMPLATES
from gaic.evaluate.account import HourlyValue, ScalarValue, WeeklyValue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

LONGEST_LINE = 120
SHORTEST_NOTE = 3  # words


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the files that all have in common."""
    return start_project(tmp_path_factory.mktemp("chat") / "Été 2026", "chat").folder


@pytest.fixture(scope="module", params=TEMPLATES)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was just started."""
    return start_project(tmp_path_factory.mktemp(request.param) / "Été 2026", request.param).folder


def test_the_templates_are_the_folders(repository: Path) -> None:
    assert {path.name for path in (repository / "templates").iterdir()} == {COMMON, *TEMPLATES}


def test_a_new_project_checks_and_builds_without_a_word(project: Path) -> None:
    assert gaic.check_model(project / "model.gai") == ()
    built = gaic.build(project / "model.gai", project / "build" / "model")
    assert [diagnostic.message for diagnostic in built.diagnostics] == []
    assert [check.name for check in built.ledger.checks() if not check.ok] == []
    (total,) = (row for row in built.totals if row.category is None and row.phase is None)
    assert isinstance(total.value, ScalarValue)
    assert total.value.value > 0
    assert "Été 2026" in (project / "build" / "model" / "index.html").read_text(encoding="utf-8")


def test_the_commands_in_its_readme_answer(chat: Path, gaic_command: Command) -> None:
    readme = (chat / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Été 2026\n")
    commands = re.findall(r"^gaic (.*)$", readme, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["check", "build", "explain"]
    for command in commands:
        finished = gaic_command(*command.split(), cwd=chat)
        assert (finished.returncode, finished.stderr) == (0, "")
    assert "build/model/index.html" in readme
    assert (chat / "build" / "model" / "index.html").is_file()


def test_the_commands_in_its_example_for_ci_answer(chat: Path, gaic_command: Command) -> None:
    example = (chat / "ci-example.yml").read_text(encoding="utf-8")
    commands = re.findall(r"^ +- run: gaic (.*)$", example, re.MULTILINE)
    assert commands == ["check model.gai --format github --strict --no-cache", "build model.gai --strict"]
    for command in commands:
        assert gaic_command(*command.split(), cwd=chat).returncode == 0


def test_every_figure_that_is_set_says_what_it_is(project: Path) -> None:
    results = gaic.evaluate_model(project / "model.gai")
    accounts = [results.account(path) for path in results.paths() if "[" not in path]
    figures = [
        account
        for account in accounts
        if account.role == "input"
        and account.span.file.name == "model.gai"
        and account.kind not in {"study", "shape"}
        and isinstance(account.value, ScalarValue | HourlyValue | WeeklyValue)
    ]
    assert figures
    assert [account.path for account in figures if account.source_text is None] == []
    text = (project / "model.gai").read_text(encoding="utf-8")
    notes = re.findall(r'from hypothesis note "(.*?)"', text)
    assert notes
    assert text.count("from hypothesis") == len(notes) + text.count("(`from hypothesis`)")
    assert [note for note in notes if "invented" not in note and len(note.split()) < SHORTEST_NOTE] == []


def test_a_study_says_what_it_is_for(project: Path) -> None:
    text = (project / "model.gai").read_text(encoding="utf-8")
    study = text[text.index("\nstudy ") : text.index("\n}\n")]
    for name in ("goal", "functional_unit", "delivered", "period", "timezone"):
        assert re.search(rf"^  {name} +=", study, re.MULTILINE)


def test_a_template_is_a_model_where_it_lies(repository: Path) -> None:
    for name in TEMPLATES:
        path = repository / "templates" / name / "model.gai"
        text = path.read_text(encoding="utf-8")
        assert gaic.check_model(path) == ()
        assert text.startswith(f"## {TITLE}: ")
        assert text.count(TITLE) == 2
        assert max(map(len, text.splitlines())) <= LONGEST_LINE


def test_git_ignores_what_gaic_makes(chat: Path) -> None:
    assert (chat / ".gitignore").read_text() == "build/\n.gaic/\n"
    assert (chat / "gaic.toml").is_file()
