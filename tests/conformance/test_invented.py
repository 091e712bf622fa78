"""Systems drawn by chance against a second evaluation of the peer's rules, which the cases prove."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest

from tests.conformance import expectations_edge, independent_15, invented, invented_15, invented_edge
from tests.conformance.cases import NAMES, Case, read_case
from tests.conformance.compare import compare
from tests.conformance.importing import import_file
from tests.conformance.tolerances import HOURLY, SCALAR, choose_tolerance

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.cases import Figure, Json

SORTS = {
    "web": (27, invented.invent, expectations_edge.expect),
    "edge": (27, invented_edge.invent, expectations_edge.expect),
    "version 15": (15, invented_15.invent, independent_15.expect),
}
SEEDS = range(1, 7)
NEAR = 1e-12
"""Both evaluations count in 64 bits: what is left is the order of additions."""

EVALUATED = [
    name
    for name in NAMES
    if name.startswith(("v01", "v02", "v03", "v04", "v05", "v06", "v07", "v08", "v10", "v11", "v15"))
]
PART = 0.8
"""Part of the values of a case that the second evaluation has at least; it leaves out what others repeat."""


@pytest.mark.parametrize("name", EVALUATED)
def test_the_second_evaluation_agrees_with_the_peer(name: str) -> None:
    case = read_case(name)
    expect = (expectations_edge if case.version == 27 else independent_15).expect
    second = {str(figure): figure.value for figure in Case(name, 27, {"expected": expect(case.document)}).figures()}
    figures = [figure for figure in case.figures() if str(figure) in second]
    assert len(figures) > PART * sum(1 for _ in case.figures())
    outside = [str(figure) for figure in figures if not agrees(case, figure, second[str(figure)])]
    assert not outside


def agrees(case: Case, figure: Figure, found: Json) -> bool:
    """Say whether the second evaluation has what the peer has, within the tolerance of the cases."""
    wanted = figure.value
    if "empty" in wanted or "empty" in found:
        return ("empty" in wanted) == ("empty" in found)
    if "value" in wanted:
        return math.isclose(found["value"], wanted["value"], rel_tol=SCALAR)
    tolerance = choose_tolerance(case, figure)
    largest = max(abs(wanted["min"]), abs(wanted["max"]))
    pairs = zip(listed(found), listed(wanted), strict=True)
    return (
        (found["n"], found["start_utc"]) == (wanted["n"], wanted["start_utc"])
        and all(
            min(abs(a - b), abs(a + tolerance.step - b)) <= tolerance.relative * abs(b) + tolerance.of_maximum * largest
            for a, b in pairs
        )
        and abs(found["sum"] + tolerance.step * tolerance.steps - wanted["sum"])
        <= max(tolerance.of_sum, HOURLY.of_sum) * abs(wanted["sum"])
    )


def listed(value: Json) -> list[float]:
    """The hours that are listed in both."""
    return [value["min"], value["max"], *value["first24"], *value["last24"]]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("sort", SORTS)
def test_a_system_drawn_by_chance_agrees_with_the_second_evaluation(sort: str, seed: int, tmp_path: Path) -> None:
    version, invent, expect = SORTS[sort]
    document = invent(seed)
    path = tmp_path / "invented.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    case = Case("invented", version, {**document, "expected": expect(document)})
    comparison = compare(case, import_file(path, tmp_path / "model"))
    assert not comparison.findings, "\n".join(map(str, comparison.findings))
    assert comparison.compared > 40
    assert max(comparison.hour.size, comparison.stock.size, comparison.sum.size) < NEAR
