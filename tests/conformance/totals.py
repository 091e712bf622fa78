"""Totals of the period per category and phase: what the peer gives, made right where a case corrects a part of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.conformance.tolerances import HOURLY, STOCK, ghost_costs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.cases import Case
    from tests.conformance.compare import Comparison

CATEGORIES = {
    "Devices": "devices",
    "EdgeDevices": "edge_devices",
    "ExternalAPIs": "external_apis",
    "Network": "networks",
    "Servers": "servers",
    "Storage": "storages",
}
PHASES = {
    "total_energy_footprint_sum_over_period": "use",
    "total_fabrication_footprint_sum_over_period": "manufacturing",
    "total_manufacturing_footprint_sum_over_period": "manufacturing",
    "total_use_footprint_sum_over_period": "use",
}
COUNTING = {
    "energy_footprint": "use",
    "instances_fabrication_footprint": "manufacturing",
    "instances_manufacturing_footprint": "manufacturing",
    "use_footprint": "use",
}
"""Attributes of an object that the totals add up, and their phase."""

CLASSES = {"Storage": "Storage", "Server": "Servers", "GPUServer": "Servers"}
"""Categories of the classes that corrected values and ghosts belong to."""


@dataclass(frozen=True, slots=True)
class Total:
    """A total in kg, how far it may be off, and by how much it may be lower on top of that."""

    category: str
    phase: str
    value: float
    width: float
    lower: float

    def __str__(self) -> str:
        return f"total of {self.category}, {self.phase}"


def compare_totals(comparison: Comparison) -> None:
    """Compare every total of the period; a category that the model does not have is zero."""
    found = comparison.model.totals()
    for total in totals_of(comparison.case):
        comparison.compared += 1
        value = found.get((CATEGORIES[total.category], total.phase), 0.0)
        if not -total.width - total.lower <= value - total.value <= total.width:
            comparison.fail(total, f"{value!r} kg instead of {total.value!r} kg")
    known = {(CATEGORIES[total.category], total.phase) for total in totals_of(comparison.case)}
    for (category, phase), value in found.items():
        if (category, phase) not in known and value:
            comparison.fail(f"total of {category}, {phase}", f"{value!r} kg, which the case does not know")


def totals_of(case: Case) -> Iterator[Total]:
    """The totals that a model should have."""
    for name, by_category in case.document["expected"]["period_totals"].items():
        phase = PHASES[name]
        for category, peer in by_category.items():
            assert peer["unit"] == "kilogram"
            value = peer["value"] + _correction(case, category, phase)
            of_sum = (STOCK if category == "Storage" else HOURLY).of_sum
            yield Total(category, phase, value, of_sum * abs(value), _ghosts(case, category, phase))


def _correction(case: Case, category: str, phase: str) -> float:
    """What the corrected parts of a category add to the peer's total."""
    return math.fsum(
        figure.value["sum"] - case.by_peer(figure.owner, figure.attribute)["sum"]
        for figure in case.figures()
        if figure.corrected
        and COUNTING.get(figure.attribute) == phase
        and CLASSES[figure.owner_class] == category
        and figure.member is None
    )


def _ghosts(case: Case, category: str, phase: str) -> float:
    """What ghost instances add to the peer's total."""
    ghosts = case.ghosts()
    if ghosts is None:
        return 0.0
    owner_class = case.document["expected"]["objects"][ghosts.owner]["class"]
    if CLASSES[owner_class] != category:
        return 0.0
    costs = ghost_costs(case, ghosts.owner)
    return ghosts.hours * sum(costs[name] for name, part in COUNTING.items() if part == phase and name in costs)
