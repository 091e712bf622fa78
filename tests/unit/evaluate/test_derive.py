"""Derivations: what a formula stood for at one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.api.compile import compile_model
from gaic.evaluate.derivation import Choice, Fallback, Gathering, Operation, Reading, Setting
from gaic.evaluate.derive import Deriver
from tests.programs import write_program

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.evaluate.derivation import Derivation
    from gaic.evaluate.ledger import Ledger

WORLD = """
kind part {
  input size  : Ratio
  input spare : Ratio?
}
kind whole {
  ref parts : [part]
  input bound : Ratio = 2
  calc total_size : Ratio = sum(p.size for p in parts)
  calc large : Ratio = sum(p.size for p in parts where p.size > bound)
  calc choice : Ratio = if total_size > 3 then total_size - 1 else bound
  calc least : Ratio = min(p.size for p in parts where p.size > 9) ?? bound
  calc known : bool = given(bound) and total_size > 0
}
part a { size = 1 }
part b { size = 3 }
whole w { parts = [a, b] }
"""


def derive(ledger: Ledger, path: str, most: int | None = None) -> Derivation | None:
    node = ledger.find(path)
    assert node is not None
    return Deriver(ledger.run, most).derive(node)


def make_ledger(folder: Path) -> Ledger:
    outcome = compile_model(write_program(folder, WORLD))
    assert outcome.ledger is not None, outcome.diagnostics
    return outcome.ledger


def test_parts_are_those_that_were_evaluated(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path)
    chosen = derive(ledger, "w.choice")
    assert isinstance(chosen, Choice)
    assert chosen.holds
    assert isinstance(chosen.taken, Operation)
    assert isinstance(chosen.taken.left, Reading)
    assert chosen.taken.left.node == ledger.find("w.total_size")
    least = derive(ledger, "w.least")
    assert isinstance(least, Fallback)
    assert least.used
    known = derive(ledger, "w.known")
    assert isinstance(known, Operation)
    assert isinstance(known.left, Setting)
    assert known.left.node == ledger.find("w.bound")
    assert known.right is not None


def test_members_are_named_and_counted(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path)
    every = derive(ledger, "w.large")
    assert isinstance(every, Gathering)
    assert [(member.names, member.holds) for member in every.members] == [((("p", "a"),), False), ((("p", "b"),), True)]
    assert every.members[0].body is None
    few = derive(ledger, "w.large", 1)
    assert isinstance(few, Gathering)
    assert [(member.names, few.more) for member in few.members] == [((("p", "b"),), 0)]
    first = derive(ledger, "w.total_size", 1)
    assert isinstance(first, Gathering)
    assert (len(first.members), first.more) == (1, 1)


def test_members_of_members_do_not_multiply(tmp_path: Path) -> None:
    inner = "p0.size"
    for level in range(1, 9):
        inner = f"sum({inner} for p{level - 1} in parts)"
    text = WORLD.replace("calc total_size", f"calc deep : Ratio = {inner}\n  calc total_size")
    outcome = compile_model(write_program(tmp_path, text))
    assert outcome.ledger is not None, outcome.diagnostics
    part = derive(outcome.ledger, "w.deep", 2)
    counts = []
    while isinstance(part, Gathering):
        counts.append(len(part.members) + part.more * 1j)
        part = part.members[0].body
    assert counts == [2, 2, *([1 + 1j] * 6)]


def test_deriving_records_nothing_and_tells_what_is_unset(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path)
    before = list(ledger.run.store.edges)
    assert derive(ledger, "a.spare") is None
    derive(ledger, "w.large")
    assert len(ledger.run.store.edges) == len(before)
