"""Same input, same bytes: whatever the hash seed, folder, time zone, locale and mask of the process."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MODELS = ("genai_job", "support_assistant")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may differ between two machines that build the same model."""

    folder: str
    start_in: str
    mask: int
    environment: Mapping[str, str]


HERE = Surroundings(
    folder="a", start_in=".", mask=0o022, environment={"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "TZ": "UTC"}
)
THERE = Surroundings(
    folder="a much/deeper/folder with blanks",
    start_in="..",
    mask=0o077,
    environment={
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",  # with the next: open() and print() without an encoding are ASCII
        "PYTHONUTF8": "0",
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Chatham",
    },
)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_a_site_has_the_same_bytes_everywhere(model: str, repository: Path, tmp_path: Path) -> None:
    first, second = (build(model, repository, tmp_path, place, "build", "--evidence") for place in (HERE, THERE))
    assert {"index.html", "evidence/export.json", "evidence/manifest.json", "ro-crate-metadata.json"} <= first.keys()
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.slow
def test_a_second_build_into_the_same_folder_changes_nothing(repository: Path, tmp_path: Path) -> None:
    first = build("genai_job", repository, tmp_path, HERE)
    again = build("genai_job", repository, tmp_path, HERE)
    assert first == again


@pytest.mark.slow
def test_a_reference_has_the_same_bytes_everywhere(repository: Path, tmp_path: Path) -> None:
    first, second = (build("edge_fleet", repository, tmp_path, place, "doc") for place in (HERE, THERE))
    assert len(first) > 150
    assert first == second


def build(
    model: str, repository: Path, tmp_path: Path, place: Surroundings, command: str = "build", *options: str
) -> dict[str, str]:
    """Run a command on a copy of the models in these surroundings; return the SHA-256 of every file of the site."""
    project = tmp_path / place.folder / "models"
    if not project.exists():
        shutil.copytree(repository / "models", project, ignore=shutil.ignore_patterns("build"))
    start_in = (project / place.start_in).resolve()
    site = project / command / model
    target = ["-o", os.path.relpath(site, start_in)]
    finished = subprocess.run(
        [sys.executable, "-m", "gaic", command, os.path.relpath(project / f"{model}.gai", start_in), *target, *options],
        capture_output=True,
        check=False,
        cwd=start_in,
        encoding="utf-8",
        env={**os.environ, **place.environment},
        timeout=300,
        umask=place.mask,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
