"""Small worlds with a price in place of a footprint, and what moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.api.compile import compile_model
from gaic.lower.names import PSEUDO
from gaic.study.influence import measure_influence
from gaic.study.reach import WORK
from tests.programs import write_program

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.check.program import Program
    from gaic.evaluate.ledger import Ledger
    from gaic.study.factors import Use
    from gaic.study.influence import Influence, Influences

PRICED = """
criterion money "Money" {}
phase once "Once" {}
abstract kind priced "Priced" {
  calc price : Ratio counts money once
}
"""


def evaluate(folder: Path, text: str) -> Ledger:
    """The ledger of a program."""
    outcome = compile_model(write_program(folder, text))
    assert outcome.ledger is not None, outcome.diagnostics
    return outcome.ledger


def measure(folder: Path, text: str, limit: int = WORK) -> Influences:
    """What moves the totals of a program."""
    return measure_influence(evaluate(folder, text), limit)


def price(folder: Path, formula: str, values: str, entries: str = "") -> tuple[Program, Influences]:
    """What moves a price that is calculated from `a` and `b` of one thing."""
    text = (
        f"{PRICED}kind thing extends priced {{\n  input a : Ratio\n  input b : Ratio = 1\n"
        f"{entries}\n  calc price : Ratio = {formula}\n}}\nthing t {{ {values} }}\n"
    )
    ledger = evaluate(folder, text)
    return ledger.program, measure_influence(ledger)


def elasticities(program: Program, influences: Influences) -> dict[str, float | None]:
    """The elasticity of the first total for each number, by the path of its first use."""
    return {path_of(program, row.factor.uses[0]): _first(row) for row in influences.rows}


def _first(row: Influence) -> float | None:
    return None if row.elasticities is None else row.elasticities[0]


def path_of(program: Program, use: Use) -> str:
    """The input of an object, or the name of a constant."""
    entity = program.entities[use.entity]
    return entity.path if program.kinds[entity.kind].shown in PSEUDO else f"{entity.path}.{use.input}"
