"""What `independent_edge.EdgeSystem` makes of a system, in the form of `expected` of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tests.conformance.expectations import describe, intensity, series, table, total_of
from tests.conformance.independent import Line, add, number
from tests.conformance.independent_edge import EdgeSystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    Json = dict[str, Any]
    Figures = dict[str, Json]

COMPONENTS = ("EdgeCPUComponent", "EdgeRAMComponent", "EdgeStorage", "EdgeWorkloadComponent")


def expect(document: Json) -> Json:
    """`expected` of a system with edge devices, without external APIs."""
    system = EdgeSystem(document)
    objects = describe(system)
    for name in system.begun:
        figures = {
            "utc_hourly_deployment_starts": series(system.begun[name], "occurrence"),
            "nb_deployments_in_parallel": series(system.deployed[name], "concurrent"),
        }
        objects[name] = {"class": "EdgeUsagePattern", "attributes": figures}
    for name in system.of(*COMPONENTS):
        objects[name] = {"class": system.objects[name]["class"], "attributes": _expect_component(system, name)}
    for name in system.of("EdgeDevice"):
        objects[name] = {"class": "EdgeDevice", "attributes": _expect_device(system, name)}
    for name in system.of("EdgeDeviceGroup"):
        units = {"value": system.units_of_group(name), "unit": "dimensionless"}
        objects[name] = {"class": "EdgeDeviceGroup", "attributes": {"effective_nb_of_units_within_root": units}}
    for name in system.of("RecurrentEdgeComponentNeed", "RecurrentEdgeStorageNeed"):
        objects[name] = {"class": system.objects[name]["class"], "attributes": _expect_need(system, name)}
    objects[system.name]["attributes"]["total_footprint"] = series(_total(system), "kilogram")
    return {"objects": objects, "period_totals": {}}


def _present(system: EdgeSystem, device: str) -> list[str]:
    """The patterns that a device takes part in; none for one that only calls servers, which is not in the system."""
    if not any(system.is_asked(device, p) for p in system.begun):
        return []
    return [p for p in system.begun if system.is_present(device, p)]


def _expect_component(system: EdgeSystem, name: str) -> Figures:
    asked = [p for p in system.begun if system.asked(name, p) is not None]
    made = {p: system.component_made(name, p) for p in asked}
    energy = {p: system.component_energy(name, p) for p in asked}
    use = {p: None if line is None else line * intensity(system, p) for p, line in energy.items()}
    return {
        "carbon_footprint_manufacturing": {"value": system.made(name), "unit": "kilogram"},
        "unitary_power_per_usage_pattern": table({p: _watt(system.power(name, p)) for p in asked}, "watt"),
        "manufacturing_footprint_per_edge_device_per_usage_pattern": table(made, "kilogram"),
        "energy_per_edge_device_per_usage_pattern": table(energy, "kilowatt_hour"),
        "use_footprint_per_edge_device_per_usage_pattern": table(use, "kilogram"),
        "manufacturing_footprint_per_edge_device": series(add(made.values()), "kilogram"),
        "energy_per_edge_device": series(add(energy.values()), "kilowatt_hour"),
        "use_footprint_per_edge_device": series(add(use.values()), "kilogram"),
    }


def _watt(line: Line | None) -> Line | None:
    return None if line is None else line * 1e3


def _device_parts(system: EdgeSystem, name: str) -> Iterator[tuple[str, Line | None, Line | None, Line]]:
    """Pattern, electricity in kWh, manufacturing of all and of the structure in kg."""
    units, components = system.units_of(name), system.attribute(name, "components")["refs"]
    structure = system.get(name, "structure_carbon_footprint_manufacturing") / system.get(name, "lifespan")
    for pattern in _present(system, name):
        frame = system.deployed[pattern] * (units * structure)
        made = add([frame, *(system.component_made(c, pattern) * units for c in components)])
        energy = add(system.component_energy(c, pattern) for c in components)
        yield pattern, None if energy is None else energy * units, made, frame


def _expect_device(system: EdgeSystem, name: str) -> Figures:
    parts = list(_device_parts(system, name))
    energy, made = {p: each for p, each, _, _ in parts}, {p: each for p, _, each, _ in parts}
    use = {p: None if line is None else line * intensity(system, p) for p, line in energy.items()}
    return {
        "total_nb_of_units": {"value": system.units_of(name), "unit": "dimensionless"},
        "structure_manufacturing_footprint_per_usage_pattern": table({p: e for p, _, _, e in parts}, "kilogram"),
        "instances_manufacturing_footprint_per_usage_pattern": table(made, "kilogram"),
        "instances_energy_per_usage_pattern": table(energy, "kilowatt_hour"),
        "use_footprint_per_usage_pattern": table(use, "kilogram"),
        "instances_energy": series(add(energy.values()), "kilowatt_hour"),
        "use_footprint": series(add(use.values()), "kilogram"),
        "instances_manufacturing_footprint": series(add(made.values()), "kilogram"),
    }


def _expect_need(system: EdgeSystem, name: str) -> Figures:
    unit = system.attribute(name, "recurrent_need")["weekly"]["unit"]
    scale = 1 / number({"value": 1.0, "unit": unit})
    lines = {p: line for p in system.begun if (line := system.need_of(name, p)) is not None}
    figures = {"unitary_hourly_need_per_usage_pattern": table({p: e * scale for p, e in lines.items()}, unit)}
    if system.objects[name]["class"] == "RecurrentEdgeStorageNeed":
        unit, scale = "terabyte_stored", 1e-6
        lines = {p: Line(line.start, np.cumsum(line.values)) for p, line in lines.items()}
        kept = table({p: line * scale for p, line in lines.items()}, unit)
        figures["cumulative_unitary_storage_need_per_usage_pattern"] = kept
    total = add(Line(line.start, line.values * system.deployed[p].values) for p, line in lines.items())
    figures["total_hourly_need_across_usage_patterns"] = series(total, unit, scale)
    return figures


def _total(system: EdgeSystem) -> Line | None:
    parts: list[Line | None] = [total_of(system)]
    for name in system.of("EdgeDevice"):
        for pattern, energy, made, _ in _device_parts(system, name):
            parts += (made, None if energy is None else energy * intensity(system, pattern))
    return add(parts)
