"""How far a value may be from the expected one, by what it is.

The peer keeps hourly series as 32-bit floats and scalars as 64-bit ones. The widths are those that came with the cases
(README.md here), measured as the distance between the peer and an independent evaluation in 64 bits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conformance.cases import Case, Figure

SCALAR = 1e-9
"""Relative distance of a number."""

ROUNDED_HOUR = 1e-4
"""Version 15 rounds the total of each hour to that many kg."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """An hour may be off by `relative` of itself plus `of_maximum` of the series plus `in_hour`, a sum by `of_sum` of
    itself plus `in_sum`.

    With `step`, an hour may also be lower by exactly one step (within the same width), in at most `steps` hours: what
    an instance that is not there takes with it.
    """

    relative: float
    of_maximum: float
    of_sum: float
    in_hour: float = 0.0
    in_sum: float = 0.0
    step: float = 0.0
    steps: int = 0


HOURLY = Tolerance(1e-5, 2e-6, 2e-6)
STOCK = Tolerance(0.0, 3e-4, 3e-4)
EXACT = Tolerance(0.0, 0.0, 0.0)

STOCK_CLASSES = frozenset({"Storage", "EdgeStorage", "RecurrentEdgeStorageNeed"})
STOCKS = frozenset(
    {
        "cumulative_unitary_storage_need_per_usage_pattern",
        "full_cumulative_storage_need",
        "full_cumulative_storage_need_per_job",
        "instances_fabrication_footprint",
        "instances_manufacturing_footprint",
        "nb_of_instances",
        "raw_nb_of_instances",
    }
)
"""A running sum over years, and what follows from it."""


def choose_tolerance(case: Case, figure: Figure) -> Tolerance:
    """The tolerance of a series of the case."""
    if figure.owner_class == "System" and case.version == 15 and not figure.corrected:
        return Tolerance(0.0, 0.0, 0.0, in_hour=ROUNDED_HOUR, in_sum=ROUNDED_HOUR / 2 * figure.value["n"])
    if figure.attribute == "nb_of_instances" and counts_whole(figure):
        tolerance = EXACT
    elif figure.owner_class in STOCK_CLASSES and figure.attribute in STOCKS:
        tolerance = STOCK
    else:
        tolerance = HOURLY
    return _allow_ghosts(case, figure, tolerance)


def counts_whole(figure: Figure) -> bool:
    """Say whether a number of instances is whole in every hour that the case lists."""
    value = figure.value
    listed = (value["min"], value["max"], *value["first24"], *value["last24"], *(v for _, v in value["checkpoints"]))
    return all(float(each).is_integer() for each in listed)


def _allow_ghosts(case: Case, figure: Figure, tolerance: Tolerance) -> Tolerance:
    """What a ghost instance adds to its server and to the total of the system."""
    ghosts = case.ghosts()
    if ghosts is None:
        return tolerance
    step = 0.0
    if figure.owner == ghosts.owner:
        step = ghost_costs(case, ghosts.owner).get(figure.attribute, 0.0)
    elif figure.owner_class == "System":
        costs = ghost_costs(case, ghosts.owner)
        step = costs["use_footprint"] + costs["instances_manufacturing_footprint"]
    return replace(tolerance, step=step, steps=ghosts.hours) if step else tolerance


def ghost_costs(case: Case, owner: str) -> dict[str, float]:
    """What one hour of an instance without load adds to the attributes of its server, from the inputs of the case."""
    inputs = case.document["inputs"]["objects"][owner]["attributes"]
    energy = in_unit(inputs["idle_power"], "watt") * in_unit(inputs["power_usage_effectiveness"], "") / 1000
    hours = in_unit(inputs["lifespan"], "year") * 8766
    return {
        "nb_of_instances": 1.0,
        "instances_energy": energy,
        "use_footprint": energy * in_unit(inputs["average_carbon_intensity"], "gram / kilowatt_hour") / 1000,
        "instances_manufacturing_footprint": in_unit(inputs["carbon_footprint_manufacturing"], "kilogram") / hours,
    }


def in_unit(quantity: dict[str, float | str], unit: str) -> float:
    """The number of an input whose unit must be the one named."""
    assert quantity["unit"] == unit, quantity
    return float(quantity["value"])
