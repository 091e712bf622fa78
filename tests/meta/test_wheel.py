"""The packages: what is in them, and that the installed wheel works far away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.wheel, pytest.mark.slow]


@pytest.fixture(scope="module")
def packages(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive, the wheel made from the archive."""
    # Not `build` alone: `gaic build` leaves a folder of that name in the checkout, which Python takes for a package.
    pytest.importorskip("build.env", reason="build is part of the extra `dev`")
    target = tmp_path_factory.mktemp("packages")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", target, repository, cwd=target)
    return target


def test_the_archives_hold_compiler_library_models_and_licences(packages: Path, repository: Path) -> None:
    with zipfile.ZipFile(one(packages, "*.whl")) as wheel:
        in_wheel = set(wheel.namelist())
    with tarfile.open(one(packages, "*.tar.gz")) as archive:
        in_archive = {name.partition("/")[2] for name in archive.getnames()}
    library = {path.relative_to(repository).as_posix() for path in (repository / "stdlib").rglob("*.gai")}
    library |= {path.relative_to(repository).as_posix() for path in (repository / "templates").glob("*/*")}
    assert {"stdlib/prelude.gai", "templates/common/gitignore", "templates/rag/starts.csv"} <= library
    assert {f"gaic/{name}" for name in library} <= in_wheel
    assert library <= in_archive
    assert {"gaic/py.typed", "gaic/cli/main.py"} <= in_wheel
    schemas = {path.relative_to(repository / "dsl").as_posix() for path in (repository / "dsl").rglob("*.schema.json")}
    assert "gaic/schema/export.schema.json" in schemas
    assert schemas <= in_wheel
    pages = {path.relative_to(repository / "dsl").as_posix() for path in (repository / "dsl").rglob("rules/*.md")}
    assert pages
    assert pages <= in_wheel
    assert {f"dsl/{name}" for name in pages} <= in_archive
    assert {"models/genai_job.gai", "tests/conftest.py", "NOTICE"} <= in_archive
    assert {name.rpartition("/")[2] for name in in_wheel} >= {"LICENSE", "NOTICE", "MPL-2.0.txt"}
    assert not [name for name in in_wheel if name.startswith(("tests/", "models/")) or "__pycache__" in name]


def test_the_installed_wheel_builds_a_model(packages: Path, models: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", one(packages, "*.whl"), cwd=tmp_path)

    run(programs / "gaic", "build", "genai_job.gai", cwd=models)

    site = models / "build" / "genai_job"
    assert (site / "index.html").is_file()
    assert (site / "results.json").is_file()
    shutil.rmtree(site)
    run(programs / "python", "-c", "import gaic; gaic.build('genai_job.gai')", cwd=models)
    run(programs / "gaic", "new", "mine", cwd=tmp_path)
    run(programs / "gaic", "build", "mine/model.gai", "--strict", cwd=tmp_path)
    assert (tmp_path / "mine" / "build" / "model" / "index.html").is_file()


def one(folder: Path, pattern: str) -> Path:
    """The only file of this form."""
    (found,) = folder.glob(pattern)
    return found


def run(*command: str | Path, cwd: Path) -> None:
    """Run a command that must succeed, without the checkout on Python's path."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    finished = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env=environment,
        timeout=600,
    )
    assert finished.returncode == 0, f"{command}\n{finished.stdout}\n{finished.stderr}"
