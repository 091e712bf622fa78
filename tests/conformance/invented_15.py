"""Systems of version 15, drawn by chance, in the neutral format: one journey per pattern, repeats, data deleted."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

from tests.conformance.invented import Inventor

if TYPE_CHECKING:
    Json = dict[str, Any]

ZONES = ("UTC", "Europe/Paris", "America/New_York", "Asia/Tokyo", "Pacific/Auckland")
"""Zones with whole hours: version 15 would start others at half past."""

DELETING = 0.3
"""Part of the jobs that delete data."""


def invent(seed: int) -> Json:
    """A system of version 15 in the neutral format; the same for the same seed."""
    chance = random.Random(seed)
    document = Inventor(chance).document()
    document["peer"] = "e-footprint 15.0.1"
    for described in document["inputs"]["objects"].values():
        given = described["attributes"]
        for name in [name for name in given if "manufacturing" in name]:
            given[name.replace("manufacturing", "fabrication")] = given.pop(name)
        _change(described["class"], given, chance)
    return document


def _change(class_: str, given: Json, chance: random.Random) -> None:
    if class_ == "Country":
        given["timezone"] = {"timezone": chance.choice(ZONES)}
    elif class_ == "UsagePattern":
        given["usage_journey"] = {"ref": next(iter(given.pop("usage_journeys")["weights"]))}
        given["hourly_usage_journey_starts"] = given.pop("hourly_occurrences")
    elif class_ == "UsageJourney":
        given["uj_steps"] = _repeat(given["uj_steps"], chance)
    elif class_ == "UsageJourneyStep":
        given["jobs"] = _repeat(given["jobs"], chance)
    elif class_ == "Job" and chance.random() < DELETING:
        given["data_stored"] = {"value": -chance.choice((0.5, 2)), "unit": "kilobyte"}
    elif class_ == "Storage":
        given["power_per_storage_capacity"] = {"value": round(chance.uniform(0, 5), 3), "unit": "watt / terabyte"}
        given["idle_power"] = {"value": round(chance.uniform(0, 0.9), 3), "unit": "watt"}
        given["base_storage_need"] = {"value": 9, "unit": "terabyte"}


def _repeat(links: Json, chance: random.Random) -> Json:
    """Weights as a list in which names come several times, in any order."""
    names = [name for name, weight in links["weights"].items() for _ in range(math.ceil(weight))]
    chance.shuffle(names)
    return {"refs": names}
