"""The command in this process, with a hand-made model in place of the compiler."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from gaic.cli.main import main
from tests.unit.evaluated import HandMade

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gaic.source.diagnostic import Diagnostic
    from gaic.source.limits import Limits

    Gaic = Callable[..., "Finished"]


@dataclass(frozen=True)
class Finished:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass
class Compiler:
    """Stands in for `gaic.api.compile`: whatever the file, the outcome is made of these parts."""

    root: Path
    ledger: HandMade | None = field(default_factory=HandMade)
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: BaseException | None = None
    limits: Limits | None = None

    def compile_model(self, _: Path, limits: Limits) -> SimpleNamespace:
        """The outcome."""
        self.limits = limits
        if self.failure is not None:
            raise self.failure
        return SimpleNamespace(
            program=None if self.ledger is None else self.ledger.program,
            ledger=self.ledger,
            diagnostics=self.diagnostics,
            inputs=(SimpleNamespace(name="m.gai", sha256="b" * 64),),
            asked=None,
            library=SimpleNamespace(version="0.1.0", sha256="a" * 64),
            root=self.root,
            texts=(),
        )

    def build_model(self, file: Path, limits: Limits) -> SimpleNamespace:
        """The outcome with what moves the totals, which nobody measured."""
        return SimpleNamespace(**{**vars(self.compile_model(file, limits)), "influences": None, "sensitivity": None})

    def check_model(self, file: Path, limits: Limits) -> SimpleNamespace:
        """The outcome without evaluation."""
        return SimpleNamespace(**{**vars(self.compile_model(file, limits)), "ledger": None})


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a model, in which the command is started."""
    (tmp_path / "m.gai").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def compiler(project: Path, monkeypatch: pytest.MonkeyPatch) -> Compiler:
    """The compiler's stand-in."""
    compiler = Compiler(project)
    monkeypatch.setitem(sys.modules, "gaic.api.compile", compiler)
    return compiler


@pytest.fixture
def gaic(capsys: pytest.CaptureFixture[str]) -> Gaic:
    """Run the command with these arguments."""

    def run(*arguments: str) -> Finished:
        with pytest.raises(SystemExit) as ended:
            main.main(list(arguments))
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Finished(int(ended.value.code), out, err)

    return run
