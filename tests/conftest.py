"""What every test may ask for, and the account of skipped tests at the end of a run.

Environment: `CI` makes hypothesis repeat the same examples; `GAIC_CI=1` (set by `.ci/run` where all tools are
installed) turns every skipped test that `ALLOWED_SKIPS` does not name into a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser

    from tests.site.building import Sites

ROOT = Path(__file__).resolve().parent.parent

# Node id (or the folder or file above it) -> why it may be skipped even where every tool is installed.
ALLOWED_SKIPS: Mapping[str, str] = {
    "tests/meta/test_determinism.py::test_other_instructions_of_the_processor": "not every processor has a choice",
}

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# Without these a browser looks for updates by itself, and a test could not tell its requests from those of a page.
CHROMIUM_ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)

hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


def everything_installed() -> bool:
    """Say whether this run promises to have all tools, so that nothing may be skipped."""
    return os.environ.get("GAIC_CI") == "1"


class Command(Protocol):
    """Starts `gaic` in a process of its own, as a user would; text in and out is UTF-8."""

    def __call__(
        self, *arguments: str | Path, cwd: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def gaic_command() -> Command:
    """The command, run by the Python that runs the tests; `environment` is added to the present one."""

    def start(
        *arguments: str | Path, cwd: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gaic", *map(str, arguments)],
            capture_output=True,
            check=False,
            cwd=cwd,
            encoding="utf-8",
            env={**os.environ, **(environment or {})},
            timeout=300,
        )

    return start


@pytest.fixture(scope="session", autouse=True)
def settings_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder for settings, in place of the user's own, for this process and those that it starts."""
    folder = tmp_path_factory.mktemp("settings")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):  # of Linux and of Windows
            patch.setenv(name, str(folder))
        yield folder


@pytest.fixture
def models(repository: Path, tmp_path: Path) -> Path:
    """A copy of `models/` outside the checkout, free of earlier builds."""
    target = tmp_path / "models"
    shutil.copytree(repository / "models", target, ignore=shutil.ignore_patterns("build"))
    return target


@pytest.fixture(scope="session")
def sites(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Whole sites by name (see `tests/site/building.py`), each built when a test first asks for it."""
    from tests.site.building import Sites

    return Sites(repository, tmp_path_factory.mktemp)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; pages are loaded from disk by the test, which also watches for requests and console errors."""
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        pytest.skip(f"no Chromium on the PATH (looked for {', '.join(CHROMIUM_NAMES)})")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is part of the extra `dev`")
    with playwright.sync_playwright() as driver:
        # A sandbox of its own cannot be had as root in a container; the pages are ours and come from disk.
        browser = driver.chromium.launch(
            executable_path=executable, args=list(CHROMIUM_ARGUMENTS), chromium_sandbox=False
        )
        yield browser
        browser.close()


class SkipAccount:
    """Counts skipped tests, says so loudly, and fails the run where nothing may be skipped."""

    def __init__(self) -> None:
        self.skipped: dict[str, str] = {}

    @property
    def forbidden(self) -> dict[str, str]:
        """Skipped tests that `ALLOWED_SKIPS` does not name."""
        return {node: why for node, why in self.skipped.items() if not node.startswith(tuple(ALLOWED_SKIPS))}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that was skipped in its set-up or its body."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self._note(report.nodeid, report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a module that was skipped while it was imported."""
        if report.skipped:
            self._note(report.nodeid, report.longrepr)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn success into failure if a test was skipped that may not be."""
        if everything_installed() and self.forbidden and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Write the account."""
        if not self.skipped:
            return
        strict = everything_installed()
        terminalreporter.section(
            f"SKIPPED: {len(self.skipped)} of the collected tests did not run", red=strict, yellow=True
        )
        for node, why in sorted(self.skipped.items()):
            allowed = "" if node in self.forbidden else " (allowed)"
            terminalreporter.line(f"{node}{allowed}: {why}")
        if strict and self.forbidden:
            terminalreporter.line(
                "GAIC_CI=1: a skipped test counts as failed (exceptions: ALLOWED_SKIPS in conftest.py)"
            )

    def _note(self, node: str, longrepr: object) -> None:
        reason = longrepr[2] if isinstance(longrepr, tuple) else longrepr
        self.skipped[node] = str(reason).removeprefix("Skipped: ")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keep the account of skipped tests; where processes share the work, let one take all tests of a group.

    What the tests of a group rest on is made once then.
    """
    config.pluginmanager.register(SkipAccount(), "gaic-skips")
    if getattr(config.option, "dist", "no") == "load":
        config.option.dist = "loadgroup"
