"""Models that exist only in memory for a user: checked and evaluated in a folder that is gone afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gaic.api.compile import run_program
from gaic.check.check import check_bundle
from gaic.check.findings import Findings
from gaic.check.measures import build_system
from gaic.load.bundle import load_bundle
from gaic.source.diagnostic import ModelError
from gaic.source.limits import USUAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gaic.check.program import Program
    from gaic.evaluate.ledger import Ledger
    from gaic.load.bundle import Bundle
    from gaic.source.diagnostic import Diagnostic
    from gaic.source.limits import Limits
    from gaic.units.system import UnitSystem

MODEL = "model.gai"


@dataclass(frozen=True, slots=True)
class Scratch:
    """What came of a text: the program and the ledger are None where errors stood in the way.

    A ledger is there also where promises of kinds are broken; `sound` says that every value could be computed.
    """

    system: UnitSystem
    program: Program | None
    ledger: Ledger | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def sound(self) -> bool:
        """Say whether every value could be computed."""
        return self.ledger is not None and not self.ledger.run.faults


def evaluate_text(
    text: str,
    files: Mapping[str, str] | None = None,
    change: Callable[[Bundle], Bundle] | None = None,
    limits: Limits = USUAL,
) -> Scratch:
    """Check and evaluate a text with the files beside it; `change` has a hand at what was read before it is checked."""
    checked = check_text(text, files, change, limits)
    program = checked.program
    if program is None:
        return checked
    try:
        ledger = run_program(program, limits)
    except ModelError as error:
        return replace(checked, diagnostics=(*checked.diagnostics, *error.diagnostics))
    return replace(checked, ledger=ledger, diagnostics=(*checked.diagnostics, *ledger.diagnostics))


def check_text(
    text: str,
    files: Mapping[str, str] | None = None,
    change: Callable[[Bundle], Bundle] | None = None,
    limits: Limits = USUAL,
) -> Scratch:
    """Check a text, without evaluating it."""
    with TemporaryDirectory(prefix="gaic-") as folder:
        for name, content in {MODEL: text, **(files or {})}.items():
            (Path(folder) / name).write_text(content, encoding="utf-8", newline="\n")
        bundle, faults = load_bundle(Path(folder) / MODEL, limits)
        # Data files are read while a model is checked.
        program, diagnostics = check_bundle(change(bundle) if change else bundle, faults)
        return Scratch(build_system(bundle, Findings([])), program, None, diagnostics)
