"""Same input, same bytes: whatever the hash seed, folder, time zone, locale and mask of the process."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

MODELS = ("genai_job", "support_assistant", "web_shop")

# Writes every value of a model in full, with the features of the processor that numpy uses.
VALUES = """
import sys, numpy, gaic
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
ledger = gaic.evaluate_model(sys.argv[1]).ledger
accounts = [ledger.account(node) for found in ledger.objects() for node in found.nodes]
numbers = {each.path: getattr(each.value, "value", None) for each in accounts}
scalars = {path: numpy.array([number]) for path, number in numbers.items() if isinstance(number, float)}
series = {each.path: ledger.hours(each.node) for each in accounts if each.path not in scalars}
numpy.savez(sys.argv[2], **scalars, **series)
print(*[feature for feature in __cpu_dispatch__ if __cpu_features__[feature]])
"""


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


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_other_instructions_of_the_processor_change_no_value_by_more_than_its_last_digits(
    model: str, repository: Path, tmp_path: Path
) -> None:
    path = repository / "models" / f"{model}.gai"
    usual, features = evaluate(path, tmp_path / "usual.npz", "")
    if not features:
        pytest.skip("numpy finds no instructions on this processor that it could do without")
    plain, left = evaluate(path, tmp_path / "plain.npz", features)
    assert left == ""
    assert usual.keys() == plain.keys()
    assert sum(1 for values in usual.values() if values.size == 1) > 50
    assert sum(1 for values in usual.values() if values.size > 1000) > 10
    differing = [name for name in usual if not agree(usual[name], plain[name])]
    assert differing == []


def agree(first: NDArray[np.float64], second: NDArray[np.float64]) -> bool:
    """Say whether two series, or two numbers, agree to 1e-12 of their largest hour."""
    return first.shape == second.shape and bool(np.all(abs(first - second) <= 1e-12 * abs(first).max(initial=0.0)))


def test_values_that_differ_are_noticed() -> None:
    assert agree(np.array([1.0, 0.0]), np.array([1.0, 1e-13]))
    assert not agree(np.array([1.0, 0.0]), np.array([1.0 + 2e-12, 0.0]))
    assert not agree(np.array([1.0]), np.array([1.0, 0.0]))


def evaluate(model: Path, target: Path, disabled: str) -> tuple[dict[str, NDArray[np.float64]], str]:
    """Evaluate in a process whose numpy does without these features; every value, and the features that were used."""
    environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": disabled}
    command = [sys.executable, "-c", VALUES, str(model), str(target)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environment)
    with np.load(target, allow_pickle=False) as values:
        return dict(values), done.stdout.strip()


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
