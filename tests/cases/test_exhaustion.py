"""No text exhausts the machine: deep, long and many things get an answer in bounded memory, and the work is linear."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import check_model
from gaic.source.suggest import Speller
from tests.cases.hostile import DEEP, MANY, ODD, texts
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

SIZE = 100_000
CEILING = 2 << 30
"""Bytes of address space; without possessive repetitions the lexer took four times as much."""

FEW = 200
MOST_GROWTH = 2.6
"""Twice the text is twice the work; squares of the length would give four."""


def limit_memory() -> None:
    """Keep this process below the ceiling, where the system knows how."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_every_text_is_answered_within_the_ceiling(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "tests.cases.hostile", str(SIZE), str(tmp_path)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        encoding="utf-8",
        env={"PYTHONPATH": f"{ROOT / 'dsl'}:{ROOT}", "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"},
        preexec_fn=limit_memory,
        timeout=600,
    )
    assert finished.returncode == 0, finished.stderr[-2000:]
    found = {name: (codes, count) for name, codes, count in map(json.loads, finished.stdout.splitlines())}
    assert found.keys() == texts(1).keys()
    for name in DEEP:
        codes, count = found[name]
        assert count <= 402, name
        assert codes[-1].startswith("GAI50"), (name, codes)
    assert found["lone surrogates"][0] == ["GAI106"]
    assert found["line ends of all sorts"][0] == ["GAI014"]
    assert found["marks of byte order"][0] == ["GAI014"]
    assert found["unknown names"][1] == SIZE // 40
    assert found["one unknown name"] == (["GAI102"], 1)
    assert found["kinds that extend"] == (["GAI512"], 1)
    assert "GAI504" in found["a long name"][0]


def count_calls(model: Path) -> int:
    """How many functions are called while a model is checked, those of C among them."""
    calls = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        check_model(model)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("make", [*DEEP.values(), *MANY.values()], ids=[*DEEP, *MANY])
def test_twice_the_text_is_at_most_twice_the_work(
    make: Callable[[int], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Advice takes the same work for any text that asks for all of it: here for the smaller ones, too.
    monkeypatch.setattr(Speller.__init__, "__defaults__", (1000,))
    model = tmp_path / "model.gai"
    work: list[int] = []
    for size in (1, FEW, 2 * FEW):
        model.write_text(make(size), encoding="utf-8")
        check_model(model)  # what is read once in the life of a process
        work.append(count_calls(model))
    nothing, some, twice = work
    assert twice - nothing <= MOST_GROWTH * (some - nothing) + 1000, work


@pytest.mark.parametrize("raw", ODD.values(), ids=ODD)
def test_odd_texts_have_findings(raw: bytes, tmp_path: Path) -> None:
    model = tmp_path / "model.gai"
    model.write_bytes(raw)
    assert check_model(model).diagnostics
