"""`gaic check` and its cache, in processes of their own: the same words from both, and no compiler for the second."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from gaic.cli.check import FORMATS
from gaic.cli.main import main
from tests.programs import write_program

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Command
    from tests.unit.cli.conftest import Gaic

PROGRAM = """\
server web { pue = 1.3; power = 5 kg }
job search { server = web }
let tall = 3 m from hypothesis note "for a test"
"""

WARNED = """\
import std.grid
server web { pue = 1.3 }
let tall = 3 kWh from hypothesis note "for a test"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a broken model and one that is warned of, in which the command is started."""
    write_program(tmp_path, f"{PROGRAM}# file: sub/warned.gai\n{WARNED}# file: gaic.toml\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cached(folder: Path) -> int:
    return len(list((folder / ".gaic").glob("check/*.checked")))


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("options", [(), ("--strict",), ("-q",), ("--exit-zero", "-v")])
def test_the_same_words_from_the_cache(gaic: Gaic, folder: Path, style: str, options: tuple[str, ...]) -> None:
    arguments = ("check", "model.gai", "sub/warned.gai", "--format", style, *options)
    fresh = gaic(*arguments, "--no-cache")
    assert cached(folder) == 0
    first = gaic(*arguments)
    assert cached(folder) == 2
    again = gaic(*arguments)
    assert fresh == first == again
    assert fresh.out


def test_options_weigh_what_the_cache_says(gaic: Gaic, folder: Path) -> None:
    """One answer serves every weight."""
    outs = {gaic("check", "sub/warned.gai", *options) for options in [(), ("--strict",), ("-q",), ()]}
    assert len(outs) == 3
    assert cached(folder) == 1
    assert gaic("check", "sub/warned.gai", "--max-rows", "7").out
    assert cached(folder) == 2


def test_colours_are_those_of_a_fresh_answer(gaic: Gaic, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaic.cli.terminal.wants_colour", lambda _: True)
    fresh, again = gaic("check", "model.gai"), gaic("check", "model.gai")
    assert cached(folder) == 1
    assert "\x1b[1;31merror[" in fresh.out
    assert fresh == again


@pytest.mark.parametrize("style", FORMATS)
def test_a_hit_loads_neither_parser_nor_units_nor_arrays(folder: Path, style: str, gaic_command: Command) -> None:
    filled = gaic_command("check", "model.gai", cwd=folder)
    assert (filled.returncode, cached(folder)) == (1, 1)
    program = f"import sys; sys.argv = ['gaic', 'check', 'model.gai', '--format', {style!r}]\n"
    program += "from gaic.cli.main import main\ntry:\n    main()\nexcept SystemExit as end:\n    assert end.code == 1\n"
    program += "heavy = {'jinja2', 'lark', 'networkx', 'numpy', 'pint', 'pydantic', 'gaic.check', 'gaic.parse'}\n"
    program += "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL, cwd=folder)


def test_only_check_keeps_answers(gaic: Gaic, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(models)
    assert gaic("eval", "genai_job.gai", "answer.request_duration").code == 0
    assert gaic("build", "genai_job.gai", "-q").code == 0
    assert not (models / ".gaic").exists()
    assert gaic("check", "genai_job.gai").code == 0
    assert cached(models) == 1
    shutil.rmtree(models / ".gaic")
    assert gaic("check", "genai_job.gai").code == 0


def test_a_broken_promise_is_broken_from_the_cache_too(gaic: Gaic, folder: Path) -> None:
    (folder / "model.gai").write_text('assert never: 1 > 2 else error "no"\n')
    fresh, again = gaic("check", "model.gai"), gaic("check", "model.gai")
    assert fresh.code == 3
    assert fresh == again
    assert cached(folder) == 1


def test_without_a_place_for_the_secret_everything_works(
    gaic: Gaic, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaic.cli.secret.read_secret", lambda: None)
    fresh, again = gaic("check", "model.gai"), gaic("check", "model.gai")
    assert fresh == again
    assert not (folder / ".gaic").exists()


def test_the_option_is_of_check_alone() -> None:
    spelled = itertools.chain.from_iterable(
        (name, *option.opts) for name, command in main.commands.items() for option in command.params
    )
    assert list(spelled).count("--no-cache") == 1
