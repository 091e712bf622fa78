"""The rules of version 27 for edge devices, evaluated once more; `independent` has the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tests.conformance.independent import Line, System, add, in_parallel, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    Json = dict[str, Any]

WEEK = 168
FIRST_MONDAY = 4 * 24
"""Hours from 1970-01-01T00:00Z, a Thursday, to the first Monday."""

POWERED = {
    "EdgeCPUComponent": ("compute_per_unit", "base_compute_consumption"),
    "EdgeRAMComponent": ("ram_per_unit", "base_ram_consumption"),
    "EdgeWorkloadComponent": None,
}
"""Capacity of one unit and what the system itself takes, by class."""


class EdgeSystem(System):
    """A system with edge devices."""

    def __init__(self, document: Json) -> None:
        self.objects = document["inputs"]["objects"]
        self.series = document["inputs"]["series"]
        (system,) = self.of("System")
        self.begun = {
            p: self._start_pattern(p, "hourly_deployment_starts")
            for p in self.attribute(system, "edge_usage_patterns")["refs"]
        }
        self.deployed = {p: self._deploy(p) for p in self.begun}
        super().__init__(document)

    def _deploy(self, pattern: str) -> Line:
        line = in_parallel(self.begun[pattern], self.get(pattern, "usage_span"))
        assert line is not None
        return line

    # ------------------------------------------------------------ paths

    def _links(self, name: str, attribute: str) -> list[str]:
        found: list[str] = (self.attribute(name, attribute) or {"refs": []})["refs"]
        return found

    def functions(self, pattern: str) -> Iterator[str]:
        """The functions of a deployment, as often as they are there."""
        for journey in self._links(pattern, "edge_usage_journeys"):
            yield from self._links(journey, "edge_functions")

    def server_paths(self, need: str, pattern: str) -> int:
        """How often a server need is there in a deployment."""
        return sum(self._links(f, "recurrent_server_needs").count(need) for f in self.functions(pattern))

    def device_needs(self, pattern: str) -> Iterator[str]:
        """The needs of devices in a deployment, as often as they are there."""
        for function in self.functions(pattern):
            yield from self._links(function, "recurrent_edge_device_needs")

    def component_paths(self, need: str, pattern: str) -> int:
        """How often a need of a component is there in a deployment."""
        links = (self._links(each, "recurrent_edge_component_needs") for each in self.device_needs(pattern))
        return sum(names.count(need) for names in links)

    def is_asked(self, device: str, pattern: str) -> bool:
        """Say whether a deployment asks anything of a device."""
        return any(self.attribute(each, "edge_device")["ref"] == device for each in self.device_needs(pattern))

    def is_present(self, device: str, pattern: str) -> bool:
        """Say whether a deployment asks anything of a device, or has it call a server."""
        asked = self.is_asked(device, pattern)
        callers = self.of("RecurrentServerNeed")
        calls = (n for n in callers if self.attribute(n, "edge_device")["ref"] == device)
        return asked or any(self.server_paths(need, pattern) for need in calls)

    # ------------------------------------------------------------ weeks

    def expand(self, week: Json, pattern: str) -> Line:
        """A week over the hours of the deployments, on the peer's clock."""
        values = np.array(week.get("values") or [week["constant"]] * WEEK, dtype=np.float64)
        over = self.deployed[pattern]
        hours = (over.start - FIRST_MONDAY + np.arange(len(over.values))) % WEEK
        given = self.series[self.attribute(pattern, "hourly_deployment_starts")["series"]]
        on_the_clock = {**given, "start_is_utc": False}
        return Line(over.start, np.roll(values[hours], -self.offset(pattern, on_the_clock)))

    def need_of(self, need: str, pattern: str) -> Line | None:
        """What a need asks of one device, in hours, MB and cores; None if it is not there."""
        paths = self.component_paths(need, pattern)
        if not paths:
            return None
        week = self.attribute(need, "recurrent_need")["weekly"]
        line = self.expand(week, pattern) * (paths * number({"value": 1.0, "unit": week["unit"]}))
        if self.objects[need]["class"] == "RecurrentEdgeStorageNeed":
            before = -(line.start - FIRST_MONDAY) % WEEK
            line.values[:before] = 0.0
        return line

    # ------------------------------------------------------------ jobs

    def occur(self, job: str) -> dict[str, Line]:
        """Requests that begin, by pattern: those of journeys, and those of edge devices."""
        found = super().occur(job)
        for pattern in self.begun:
            lines = []
            for need in self.of("RecurrentServerNeed"):
                often = self.attribute(need, "jobs")["weights"].get(job)
                paths = self.server_paths(need, pattern)
                if often is not None and paths:
                    week = self.attribute(need, "recurrent_volume_per_edge_device")["weekly"]
                    calls = self.expand(week, pattern) * (paths * often)
                    lines.append(Line(calls.start, calls.values * self.deployed[pattern].values))
            line = add(lines)
            if line is not None:
                found[pattern] = line
        return found

    # ------------------------------------------------------------ devices

    def units_of_group(self, group: str) -> float:
        """How many of a group there are in one deployment."""
        counts = {g: self.attribute(g, "sub_group_counts")["weights"] for g in self.of("EdgeDeviceGroup")}
        wholes = [g for g, weights in counts.items() if group in weights]
        return sum(counts[g][group] * self.units_of_group(g) for g in wholes) if wholes else 1.0

    def units_of(self, device: str) -> float:
        """How many of a device there are in one deployment."""
        counts = {g: self.attribute(g, "edge_device_counts")["weights"] for g in self.of("EdgeDeviceGroup")}
        groups = [g for g, weights in counts.items() if device in weights]
        return sum(counts[g][device] * self.units_of_group(g) for g in groups) if groups else 1.0

    def needs_on(self, component: str) -> list[str]:
        """The needs of a component."""
        needs = self.of("RecurrentEdgeComponentNeed", "RecurrentEdgeStorageNeed")
        return [need for need in needs if self.attribute(need, "edge_component")["ref"] == component]

    def made(self, component: str) -> float:
        """Manufacturing of a component in kg."""
        units = self.get(component, "nb_of_units")
        if self.objects[component]["class"] != "EdgeStorage":
            return units * self.get(component, "carbon_footprint_manufacturing_per_unit")
        each = self.get(component, "carbon_footprint_manufacturing_per_storage_capacity")
        return units * each * self.get(component, "storage_capacity_per_unit")

    def asked(self, component: str, pattern: str) -> Line | None:
        """What is asked of a component in one device; None if nothing is."""
        return add(self.need_of(need, pattern) for need in self.needs_on(component))

    def power(self, component: str, pattern: str) -> Line | None:
        """Power of a component in kW; None if nothing is asked of it."""
        asked = self.asked(component, pattern)
        class_ = self.objects[component]["class"]
        if asked is None or class_ == "EdgeStorage":
            return None
        units = self.get(component, "nb_of_units")
        idle, full = (units * self.get(component, name) for name in ("idle_power_per_unit", "power_per_unit"))
        names = POWERED[class_]
        if names is None:
            return Line(asked.start, idle + (full - idle) * asked.values)
        capacity, base = units * self.get(component, names[0]), self.get(component, names[1])
        return Line(asked.start, idle + (full - idle) * (asked.values + base) / capacity)

    def component_energy(self, component: str, pattern: str) -> Line | None:
        """Electricity of a component of the devices in service in kWh."""
        power = self.power(component, pattern)
        return None if power is None else Line(power.start, power.values * self.deployed[pattern].values)

    def component_made(self, component: str, pattern: str) -> Line:
        """Manufacturing that falls on a component of the devices in service in kg."""
        return self.deployed[pattern] * (self.made(component) / self.get(component, "lifespan"))
