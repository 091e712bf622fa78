"""A module of the library may have kinds of the names of others; whoever imports it means them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.evaluate.account import ScalarValue
from gaic.load import bundle, library
from tests.programs import write_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gaic.api.compile import Outcome

PEER = """
import std.usage
import std.units

## Steps as a peer has them.
kind step "Peer's step" extends std.usage.step {
  input patience : Ratio = 1 from hypothesis note "an example" conf low
  calc waiting : Time = patience * duration
}
kind walk { ref steps : [step]; calc waiting : Time = sum(s.waiting for s in steps) }
"""
USE = """
country land {}
network net {}
journey trip { steps = [one] }
usage_pattern crowd {
  journeys = [trip]; country = land; network = net
  starts = hourly([3], start = 2026-01-01T00:00Z)
}
"""


@pytest.fixture(scope="module", autouse=True)
def larger_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The library with a module `std.peers.one`, and the same again as `std.peers.two`."""
    folder = tmp_path_factory.mktemp("library") / "stdlib"
    shutil.copytree(library.find_library(), folder)
    (folder / "peers").mkdir()
    for name in ("one", "two"):
        (folder / "peers" / f"{name}.gai").write_text(PEER, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundle, "find_library", lambda: folder)
        patch.setattr(library, "find_library", lambda: folder)
        yield


def run(folder: Path, text: str) -> Outcome:
    return compile_model(write_program(folder, text))


def said(outcome: Outcome) -> list[str]:
    return [f"{d.code} {d.message}" for d in outcome.diagnostics]


def test_an_import_wins_over_the_prelude_without_a_word(tmp_path: Path) -> None:
    outcome = run(tmp_path, "import std.peers.one\n" + USE + "step one { duration = 10 min; patience = 3 }\n")
    assert said(outcome) == []
    ledger = outcome.ledger
    assert ledger is not None
    waiting, one = ledger.find("one.waiting"), next(o for o in ledger.objects() if o.path == "one")
    assert waiting is not None
    assert (one.kind, one.kind_label, one.used_by) == ("step", "Peer's step", ("trip",))
    assert ledger.find("one.footprint_per_journey") is None
    assert [o.path for o in ledger.objects() if o.kind == "journey"] == ["trip"]


def test_the_library_means_its_own_and_accepts_children(tmp_path: Path) -> None:
    text = "kind census { calc steps : Ratio = count(s for s in every std.usage.step) }\ncensus all_of {}\n"
    both = "p.step one { patience = 3 }\nstep two {}\n"
    outcome = run(tmp_path, "import std.peers.one as p\n" + USE + text + both)
    assert said(outcome) == []
    assert outcome.ledger is not None
    node = outcome.ledger.find("all_of.steps")
    assert node is not None
    value = outcome.ledger.account(node).value
    assert isinstance(value, ScalarValue)
    assert value.value == 2
    kinds = {o.path: (o.kind, o.kind_label) for o in outcome.ledger.objects()}
    assert (kinds["one"], kinds["two"]) == (("step", "Peer's step"), ("step", "Step"))


def test_two_imports_of_one_name_must_be_told_apart(tmp_path: Path) -> None:
    text = "import std.peers.one\nimport std.peers.two\n" + USE + "step one {}\n"
    assert said(run(tmp_path, text)) == ["GAI109 `step` comes from two imports"]


def test_messages_tell_kinds_of_one_name_apart(tmp_path: Path) -> None:
    text = "import std.peers.one { walk }\nstep one {}\nwalk round { steps = [one] }\n"
    wanted = "GAI303 a `std.peers.one.step` is wanted here, `one` is a `std.usage.step`"
    assert said(run(tmp_path, text)) == [wanted]


def test_an_own_kind_may_extend_the_one_it_hides(tmp_path: Path) -> None:
    own = "kind step extends std.usage.step { input patience : Ratio = 1 }\nstep one { patience = 3 }\n"
    assert said(run(tmp_path / "a", USE + own)) == ["GAI192 the kind `step` hides the library's kind of the same name"]
    outcome = run(tmp_path / "b", USE + own.replace("std.usage.step", "step"))
    circle = outcome.diagnostics[0]
    assert (circle.code, circle.message) == ("GAI113", "`step` extends itself")
    assert circle.help == "name the other one by its path: `extends std.usage.step`"
