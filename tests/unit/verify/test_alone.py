"""The verification needs nothing but Python: no package is installed where it runs, and no other part of gaic."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import gaic.verify
from gaic.verify.__main__ import main
from tests.unit.verify.sites import build

PACKAGE = Path(gaic.verify.__file__).parent.parent

# Every import is noted; -I and -S keep the packages that are installed out.
PROGRAM = """
import runpy, sys
sys.path.insert(0, {folder!r})
sys.argv = ["verify", {site!r}]
try:
    runpy.run_module("gaic.verify", run_name="__main__")
finally:
    own = sorted(name for name in sys.modules if name.startswith("gaic") and not name.startswith("gaic.verify"))
    print(own, "numpy" in sys.modules, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("small"))


def run_alone(site: Path) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(folder=str(PACKAGE.parent), site=str(site))
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C"},
        timeout=120,
    )


def test_without_any_package(site: Path) -> None:
    finished = run_alone(site)
    assert (finished.returncode, finished.stderr) == (0, "['gaic'] False\n")
    assert "agree with the evidence" in finished.stdout


def test_wrong_use_and_differences(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main([str(tmp_path)]) == 2
    assert "help: build it with `gaic build --evidence`" in capsys.readouterr().err
    (site / "more.html").write_text("more")
    assert main([str(site)]) == 4
    assert "more.html: is not in the manifest\n1 difference" in capsys.readouterr().out
    (site / "more.html").unlink()
