"""The rules of version 15 without services and edge devices, evaluated once more, as `expected` of a case."""

from __future__ import annotations

import math
from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.conformance.expectations import describe, device_parts, network_use, series, server_footprints
from tests.conformance.independent import Line, System, add, round_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    Json = dict[str, Any]
    Figures = dict[str, Json]

NAMES = {"carbon_footprint_manufacturing": "carbon_footprint_fabrication",
         "instances_manufacturing_footprint": "instances_fabrication_footprint",
         "use_footprint": "energy_footprint"}  # fmt: skip
"""Attributes of servers in version 27 and in version 15."""


class EarlierSystem(System):
    """A system of version 15, written as one of version 27 where that is the same."""

    data_unit = ("kilobyte", 1e3)

    def __init__(self, document: Json) -> None:
        document = deepcopy(document)
        for described in document["inputs"]["objects"].values():
            given = described["attributes"]
            for name in [name for name in given if "fabrication" in name]:
                given[name.replace("fabrication", "manufacturing")] = given.pop(name)
            if described["class"] == "UsagePattern":
                given["usage_journeys"] = {"weights": {given.pop("usage_journey")["ref"]: 1}}
                given["hourly_occurrences"] = given.pop("hourly_usage_journey_starts")
            if described["class"] == "UsageJourneyStep":
                given["jobs"] = {"weights": dict(Counter(given["jobs"]["refs"]))}
        super().__init__(document)

    def offset(self, pattern: str, given: Json) -> int:
        """Nothing is turned round."""
        del pattern, given
        return 0

    def _start_pattern(self, pattern: str, attribute: str = "hourly_occurrences") -> Line:
        given = self.series[self.attribute(pattern, attribute)["series"]]
        return super()._start_pattern(pattern, attribute).shift(-super().offset(pattern, given))

    def steps(self, journey: str) -> Iterator[tuple[str, float, float]]:
        """The steps of a journey, each at its own delay."""
        delay = 0.0
        for step in self.attribute(journey, "uj_steps")["refs"]:
            yield step, 1.0, delay
            delay += self.get(step, "user_time_spent")


def expect(document: Json) -> Json:
    """`expected` of a system of version 15."""
    system = EarlierSystem(document)
    objects = describe(system)
    parts: list[Line | None] = []
    for name in system.of("Network"):
        use = add(network_use(system, name).values())
        objects[name]["attributes"] = {"energy_footprint": series(use, "kilogram")}
        parts.append(use)
    for name in system.of("Device"):
        del objects[name]
    for name in system.patterns:
        objects[name]["attributes"], emitted = _expect_pattern(system, name)
        parts += emitted
    for name in system.of("UsageJourney"):
        objects[name]["attributes"].pop("nb_usage_journeys_in_parallel_per_usage_pattern")
    for name in system.of("Server", "GPUServer"):
        figures = objects[name]["attributes"]
        objects[name]["attributes"] = {NAMES.get(each, each): value for each, value in figures.items()}
        parts += server_footprints(system, name)[1:]
    for name in system.of("Storage"):
        objects[name]["attributes"], emitted = _expect_storage(system, name)
        parts += emitted
    objects[system.name]["attributes"] = {"total_footprint": series(add(parts), "kilogram")}
    return {"objects": objects, "period_totals": {}}


def _expect_pattern(system: EarlierSystem, name: str) -> tuple[Figures, tuple[Line | None, Line | None]]:
    country = system.get(system.attribute(name, "country")["ref"], "average_carbon_intensity")
    (journey,) = system.journeys(name)
    rows = [row for device in system.of("Device") for row in device_parts(system, device) if row[0] == name]
    use, made = add(row[2] for row in rows), add(row[3] for row in rows)
    energy = None if use is None else use * (1 / country)
    return {
        "utc_hourly_usage_journey_starts": series(system.starts[name], "occurrence"),
        "nb_usage_journeys_in_parallel": series(system.journeys_in_parallel(journey, name), "concurrent"),
        "devices_energy": series(energy, "kilowatt_hour"),
        "devices_energy_footprint": series(use, "kilogram"),
        "devices_fabrication_footprint": series(made, "kilogram"),
        "energy_footprint": series(use, "kilogram"),
        "instances_fabrication_footprint": series(made, "kilogram"),
    }, (use, made)


def _written(system: EarlierSystem, name: str, *, freed: bool) -> Line | None:
    """Data in TB, all copies, of the jobs that write or of those that delete."""
    jobs = [job for server in system.servers_of(name) for job in system.jobs_of(server)]
    chosen = (job for job in jobs if (system.get(job, "data_stored") < 0) == freed)
    line = add(system.written(job) for job in chosen)
    return None if line is None else line * system.get(name, "data_replication_factor")


def _expired(system: EarlierSystem, name: str, needed: Line | None) -> Line | None:
    """What was written when the retention began, below zero."""
    if needed is None:
        return None
    rest = math.ceil(system.get(name, "data_storage_duration") - 1e-9)
    return Line(needed.start, -np.concatenate([np.zeros(rest), needed.values])[: len(needed.values)])


def _expect_storage(system: EarlierSystem, name: str) -> tuple[Figures, tuple[Line | None, Line | None]]:
    needed, freed = _written(system, name, freed=False), _written(system, name, freed=True)
    expired = _expired(system, name, needed)
    delta = add((needed, freed, expired))
    capacity = system.get(name, "storage_capacity") * 1e-6
    power = system.get(name, "power_per_storage_capacity") * system.get(name, "storage_capacity")
    each = system.get(name, "carbon_footprint_manufacturing_per_storage_capacity")
    each *= system.get(name, "storage_capacity")
    figures: Figures = {
        "carbon_footprint_fabrication": {"value": each, "unit": "kilogram"},
        "power": {"value": power * 1e3, "unit": "watt"},
        "storage_needed": series(needed, "terabyte"),
        "storage_freed": series(freed, "terabyte"),
        "automatic_storage_dumps_after_storage_duration": series(expired, "terabyte"),
        "storage_delta": series(delta, "terabyte"),
    }
    if delta is None:
        return figures, (None, None)
    stock = Line(delta.start, np.cumsum(delta.values) + system.get(name, "base_storage_need") * 1e-6)
    raw = stock * (1 / capacity)
    fixed = system.attribute(name, "fixed_nb_of_instances")
    whole = round_up(raw.values) if fixed is None else np.full(len(raw.values), float(fixed["value"]))
    moved = [np.abs(_over(delta, line)) for line in (needed, freed, expired)]
    active = np.minimum((np.maximum(moved[0], moved[1]) + moved[2]) / capacity, whole)
    (server,) = system.servers_of(name)
    idle, pue = system.get(name, "idle_power"), system.get(server, "power_usage_effectiveness")
    energy = Line(delta.start, (active * power + (whole - active) * idle) * pue)
    use = energy * system.get(server, "average_carbon_intensity")
    made = Line(delta.start, whole * each / system.get(name, "lifespan"))
    figures |= {
        "full_cumulative_storage_need": series(stock, "terabyte"),
        "raw_nb_of_instances": series(raw, "concurrent"),
        "nb_of_instances": series(Line(delta.start, whole), "concurrent"),
        "nb_of_active_instances": series(Line(delta.start, active), "concurrent"),
        "instances_fabrication_footprint": series(made, "kilogram"),
        "instances_energy": series(energy, "kilowatt_hour"),
        "energy_footprint": series(use, "kilogram"),
    }
    return figures, (use, made)


def _over(whole: Line, line: Line | None) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The hours of a line over those of the whole."""
    found = add((whole * 0, line))
    assert found is not None
    return found.values
