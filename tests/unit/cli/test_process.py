"""The command in processes of its own: what only a real stream, signal or terminal shows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command

# Runs the command with a stand-in for the compiler that does what the test says.
STAND_IN = """
import sys, time
from types import SimpleNamespace
from tests.unit.evaluated import ERROR, HandMade
from gaic.cli.main import main

def outcome(file, limits):
    {body}
    return SimpleNamespace(ledger=None, diagnostics=(ERROR,), asked=None, root=file.parent)

sys.modules["gaic.api.compile"] = SimpleNamespace(build_model=outcome, check_model=outcome)
main()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "m.gai").write_text("")
    return tmp_path


def start(body: str, repository: Path, project: Path, *arguments: str, **settings: str) -> subprocess.Popen[bytes]:
    """Start the command with the stand-in, `body` being what it does first."""
    paths = [str(repository), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-c", STAND_IN.format(body=body), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(_absolute(paths)), **settings},
    )


def _absolute(paths: list[str]) -> list[str]:
    return [os.path.abspath(path) for part in paths for path in part.split(os.pathsep)]  # noqa: PTH100 - texts


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("build", "--help")])
def test_answers_at_once(gaic_command: Command, arguments: tuple[str, ...]) -> None:
    program = f"import sys; sys.argv = ['gaic', *{arguments!r}]\nfrom gaic.cli.main import main\n"
    program += "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
    program += "heavy = {'numpy', 'pint', 'pydantic', 'jinja2', 'lark', 'networkx', 'json', 'importlib.metadata'}\n"
    program += "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
    assert gaic_command(*arguments).returncode == 0


def test_importing_gaic_imports_nothing_heavy() -> None:
    program = "import gaic, sys; assert not {'click', 'numpy', 'pint', 'pydantic', 'dataclasses'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_output_is_utf_8_whatever_the_locale(repository: Path, project: Path) -> None:
    (project / "gewöhnlich-日本.gai").write_text("")
    with start(
        "", repository, project, "check", "gewöhnlich-日.gai", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    ) as process:
        _, err = process.communicate()
    assert process.returncode == 2
    assert err.decode("utf-8") == (
        "error: gewöhnlich-日.gai: there is no such file\nhelp: did you mean gewöhnlich-日本.gai?\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupt_ends_with_130(repository: Path, project: Path) -> None:
    # Whoever runs the tests in the background of a script hands down an ignored signal, so the child listens again.
    body = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    body += "    print('ready', flush=True); time.sleep(60)"
    with start(body, repository, project, "build", "m.gai") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err.decode().strip() == "interrupted"
    assert not (project / "build").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_closed_pipe_is_quiet(repository: Path, project: Path) -> None:
    with start("time.sleep(0.3)", repository, project, "check", "m.gai") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize(("settings", "coloured"), [({"TERM": "xterm"}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_and_progress_that_goes_away(
    repository: Path, project: Path, settings: dict[str, str], *, coloured: bool
) -> None:
    import pty

    ours, theirs = pty.openpty()
    paths = [str(repository), *filter(None, [os.environ.get("PYTHONPATH")])]
    with subprocess.Popen(
        [sys.executable, "-c", STAND_IN.format(body="time.sleep(1)"), "check", "m.gai"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=project,
        env={**os.environ, "TERM": "xterm", **settings, "PYTHONPATH": os.pathsep.join(_absolute(paths))},
    ):
        os.close(theirs)
        shown = b""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(ours)
    text = shown.decode()
    assert "checking" in text
    before, _, after = text.rpartition("\r\x1b[2K")
    assert before
    assert "checking" not in after
    assert "GAI101" in after
    assert ("\x1b[1;31m" in after) is coloured
