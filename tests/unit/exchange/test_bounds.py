"""A file of a few bytes or megabytes cannot keep the importer busy for long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from gaic.api.importing import import_model
from gaic.exchange.faults import ForeignError
from gaic.exchange.native import read_native
from gaic.exchange.parts import PartMaker
from gaic.exchange.table import read_table
from gaic.source.limits import Limits
from tests.unit.exchange.foreign import bring, save, web

if TYPE_CHECKING:
    from pathlib import Path

QUICK = 10
"""Seconds, on a machine that has other things to do; without the bounds it is minutes."""


def formulas(count: int, terms: int, hours: int) -> dict[str, Any]:
    """A neutral file with series as formulas."""
    formula = {"terms": [{"kind": "mod", "a": 7, "m": 11}] * terms}
    names = [f"s{n}" for n in range(count)]
    return {
        "format": "efootprint-conformance/1",
        "peer": "e-footprint 27.0.0",
        "inputs": {
            "series": {name: {"n": hours, "start": "2025-01-01", "formula": formula} for name in names},
            "objects": {
                name: {"class": "UsagePattern", "attributes": {"hourly_occurrences": {"series": name}}}
                for name in names
            },
        },
    }


@pytest.mark.parametrize("size", [(1, 300, 1_000_000), (20, 300, 1000)])
def test_formulas_have_so_many_terms_and_hours(tmp_path: Path, size: tuple[int, int, int]) -> None:
    before = time.process_time()
    with pytest.raises(ForeignError, match="all formulas together have more than 5,000,000 terms times hours"):
        bring(formulas(*size), tmp_path)
    assert time.process_time() - before < QUICK


def test_the_bound_of_formulas_is_that_of_the_limits(tmp_path: Path) -> None:
    path = save(formulas(2, 3, 10), tmp_path)
    import_model("efootprint", path, limits=Limits(nodes=60))
    with pytest.raises(ForeignError, match='series "s1": all formulas together have more than 59 terms'):
        import_model("efootprint", path, limits=Limits(nodes=59))


def test_long_lists_of_links_are_quick(tmp_path: Path) -> None:
    data = web()
    data["UsageJourneyStep"]["ste"]["jobs"] = [f"a{n}" for n in range(100_000)]
    before = time.process_time()
    with pytest.raises(ForeignError, match='it links to "a0"'):
        bring(data, tmp_path, "std")
    jobs = {f"a{n}": {"name": f"a{n}", "id": f"a{n}", "server": "ser"} for n in range(6_000)}
    data["Job"] = jobs
    data["UsageJourneyStep"]["ste"]["jobs"] = [*jobs, *jobs]
    text = bring(data, tmp_path, "std").text
    assert "2 * a0,\n" in text
    assert "2 * a5999,\n" in text
    assert time.process_time() - before < QUICK


def test_many_owners_of_one_name_are_quick() -> None:
    data = web()
    size = range(40_000)
    data["EdgeComputer"] = {f"e{n}": {"name": "same", "id": f"e{n}"} for n in size}
    data["EdgeComputerRAMComponent"] = {f"r{n}": {"name": "same RAM", "id": f"r{n}"} for n in size}
    table = read_table("efootprint")
    document = read_native(data, table)
    before = time.process_time()
    parts = PartMaker(document, table, "std")
    assert time.process_time() - before < QUICK
    assert parts.claimed["e0", "ram"].id == "r0"
    assert parts.claimed["e39999", "ram"].id == "r39999"
    assert parts.unclaimed() == ()
