"""What values of the example rest on, made up by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.bends import Bend
from gaic.study.rests import Reliance, Rests
from gaic.study.retrial import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.unit.report.fake_ledger import FakeBook

STRAIGHT = Bend(0)


@dataclass(frozen=True)
class FakeSensitivity:
    """What some values of the example rest on; of any other one nothing is known."""

    known: Mapping[int, Rests]

    def rests_on(self, node: int) -> Rests | None:
        return self.known.get(node)


def make_sensitivity(book: FakeBook) -> FakeSensitivity:
    """A value of slopes alone, and one that was computed again over ranges."""

    def rely(path: str, elasticity: float, bends: Bend = STRAIGHT, result: Result | None = None) -> Reliance:
        node = book.find(path)
        return Reliance(node, (node,), elasticity, bends, result)

    duration = Rests(
        inputs=(
            rely("answer.output_token_count", 1.0),
            rely("assistant.gpu_latency_beta", 0.7921),
            rely("assistant.active_params", 0.2079),
            rely("assistant.gpu_latency_alpha", 0.2079),
            rely("answer.ram_needed", 0.0),
        ),
        choices=(),
        named=False,
    )
    footprint = Rests(
        inputs=(
            rely("farm.pue", 1.0, result=Result(1.01, (0.945, 1.055))),
            rely("farm.power", 0.9, Bend.ROUNDED | Bend.BRANCH, Result(1.0, None)),
            rely("std.grid.france.carbon_intensity", -0.5, result=Result(0.995, (1.2, None))),
            rely("staff.starts", 0.002),
            rely("assistant.llm_memory_factor", 0.0, Bend.EXTREME, Result(1.0, (1.0, 1.0))),
            rely("night.starts", 0.0),
        ),
        choices=(book.find("farm.server_type"),),
        named=True,
    )
    return FakeSensitivity({book.find("answer.request_duration"): duration, book.find("farm.use_footprint"): footprint})
