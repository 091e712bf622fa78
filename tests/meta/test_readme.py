"""The README is true: its commands exist and its models compile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text(encoding="utf-8")


def blocks(readme: str, language: str) -> list[str]:
    """The text of every fenced block of this language."""
    return [found["text"] for found in FENCE.finditer(readme) if found["language"] == language]


def test_each_command_for_a_fresh_machine_is_one_line(readme: str) -> None:
    lines = [line for block in blocks(readme, "sh") for line in block.splitlines()]
    fresh = [line for line in lines if line.startswith("python3 -m venv .venv && ")]
    assert ["pytest" in line for line in fresh] == [False, True]
    assert fresh[0].endswith(".venv/bin/gaic build models/genai_job.gai")
    windows = [line for block in blocks(readme, "bat") for line in block.splitlines()]
    assert [line.startswith(r"py -m venv .venv && .venv\Scripts") for line in windows] == [True, True]
    assert [as_posix(line) for line in windows] == fresh


def as_posix(line: str) -> str:
    """The command for Windows as it reads elsewhere."""
    return line.replace("py -m venv", "python3 -m venv").replace("Scripts", "bin").replace("\\", "/")


def test_files_that_the_readme_names_exist(readme: str, repository: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", readme)
    assert links
    named = re.findall(r"\b(?:models|stdlib|docs|tests|dsl)/[\w./]*\w", readme)
    missing = [name for name in {*links, *named} if "/build/" not in name and not (repository / name).exists()]
    assert missing == []


def test_models_in_the_readme_build_and_the_shown_commands_answer(
    readme: str, gaic_command: Command, tmp_path: Path
) -> None:
    (model,) = blocks(readme, "gai")
    (tmp_path / "first.gai").write_text(model, encoding="utf-8", newline="\n")
    checked = gaic_command("check", "first.gai", cwd=tmp_path)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    shown = re.findall(r"^\.venv/bin/gaic (\w+) first\.gai ?(.*)$", readme, re.MULTILINE)
    assert {command for command, _ in shown} >= {"build", "eval", "explain"}
    for command, path in shown:
        finished = gaic_command(command, "first.gai", *path.split(), cwd=tmp_path)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        assert finished.stdout


def test_the_message_in_the_readme_is_what_is_said(readme: str, gaic_command: Command, tmp_path: Path) -> None:
    (model,) = blocks(readme, "gai")
    (message,) = blocks(readme, "text")
    wrong = model.replace("{ grid = france }", "{ grid = france; power = 300 kWh }")
    (tmp_path / "first.gai").write_text(wrong, encoding="utf-8", newline="\n")
    assert gaic_command("check", "first.gai", cwd=tmp_path).stdout == message


def test_the_other_commands_of_the_readme_answer(
    readme: str, repository: Path, gaic_command: Command, tmp_path: Path
) -> None:
    """Files of the repository are read in their place, what is written goes elsewhere."""
    lines = re.findall(r"^\.venv/bin/gaic (.+)$", readme, re.MULTILINE)
    others = [line.split() for line in lines if "first.gai" not in line]
    assert {words[0] for words in others} >= {"import", "build", "eval", "explain"}
    for words in others:
        places = [str(repository / word) if (repository / word).is_file() else word for word in words]
        finished = gaic_command(*places, cwd=tmp_path)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        assert finished.stdout


def test_the_table_of_commands_is_the_command(readme: str, gaic_command: Command) -> None:
    in_table = re.findall(r"^\| `gaic (\w+)", readme, re.MULTILINE)
    usage = gaic_command("--help")
    assert usage.returncode == 0, usage.stderr
    listed = re.findall(r"^  (\w+) ", usage.stdout.partition("Commands:")[2], re.MULTILINE)
    assert sorted(in_table) == sorted(listed)


def test_the_python_in_the_readme_runs(readme: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines for Python give quantities with the units of the library."""
    monkeypatch.chdir(repository)
    names: dict[str, object] = {}
    for block in blocks(readme, "python"):
        exec(compile(block, "README.md", "exec"), names)  # noqa: S102 - our own README
    assert "results" in names
