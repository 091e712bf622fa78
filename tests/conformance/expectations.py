"""What `independent.System` makes of a system, in the form of `expected` of a case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.conformance.independent import System, add, round_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.conformance.independent import Line

    Json = dict[str, Any]
    Figures = dict[str, Json]

OFTEN = 97
"""Every so many hours one is listed as a checkpoint."""


def expect(document: Json) -> Json:
    """`expected` of a system without edge devices and external APIs."""
    return {"objects": describe(System(document)), "period_totals": {}}


def describe(system: System) -> dict[str, Json]:
    """The objects of a system that are no edge devices, with their values."""
    objects: dict[str, Json] = {}
    for expected, classes in (
        (_expect_pattern, ("UsagePattern",)),
        (_expect_journey, ("UsageJourney",)),
        (_expect_job, ("Job", "GPUJob")),
        (_expect_network, ("Network",)),
        (_expect_device, ("Device",)),
        (_expect_server, ("Server", "GPUServer")),
        (_expect_storage, ("Storage",)),
    ):
        for name in system.of(*classes):
            figures = expected(system, name)
            objects[name] = {"class": system.objects[name]["class"], "attributes": figures}
    total = series(total_of(system), "kilogram")
    objects[system.name] = {"class": "System", "attributes": {"total_footprint": total}}
    return objects


def series(line: Line | None, unit: str, scale: float = 1.0) -> Json:
    """A series as a case writes it."""
    if line is None:
        return {"empty": True}
    values = (line.values * scale).tolist()
    first = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=line.start)
    return {
        "unit": unit,
        "n": len(values),
        "start_utc": first.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sum": float(np.sum(values)),
        "min": min(values),
        "max": max(values),
        "first24": values[:24],
        "last24": values[-24:],
        "checkpoints": [[i, values[i]] for i in range(0, len(values), OFTEN)],
    }


def table(lines: Mapping[str, Line | None], unit: str, scale: float = 1.0) -> Json:
    """A series per member."""
    return {"by": {name: series(line, unit, scale) for name, line in lines.items()}}


def _expect_pattern(system: System, name: str) -> Figures:
    return {"utc_hourly_occurrences": series(system.starts.get(name), "occurrence")} if name in system.starts else {}


def _expect_journey(system: System, name: str) -> Figures:
    users = [p for p in system.patterns if name in system.journeys(p)]
    lines = {p: system.journeys_in_parallel(name, p) for p in users}
    return {
        "duration": {"value": system.duration(name) * 60, "unit": "minute"},
        "nb_usage_journeys_in_parallel_per_usage_pattern": table(lines, "concurrent"),
    }


def _expect_job(system: System, name: str) -> Figures:
    average, occurrences = system.average(name), system.occurrences[name]
    moved, stored = system.data(name, "data_transferred"), system.data(name, "data_stored")
    return {
        "hourly_occurrences_per_usage_pattern": table(occurrences, "occurrence"),
        "hourly_avg_occurrences_per_usage_pattern": table(average, "concurrent"),
        "hourly_data_transferred_per_usage_pattern": table(moved, *system.data_unit),
        "hourly_data_stored_per_usage_pattern": table(stored, *system.data_unit),
        "hourly_avg_occurrences_across_usage_patterns": series(add(average.values()), "concurrent"),
        "hourly_data_transferred_across_usage_patterns": series(add(moved.values()), *system.data_unit),
        "hourly_data_stored_across_usage_patterns": series(add(stored.values()), *system.data_unit),
    }


def network_use(system: System, name: str) -> dict[str, Line | None]:
    """Greenhouse gases of a network in kg, by job."""
    per_megabyte = system.get(name, "bandwidth_energy_intensity")
    everywhere = [*system.patterns, *system.edge_patterns]
    users = [p for p in everywhere if system.attribute(p, "network")["ref"] == name]
    found = {}
    for job in system.jobs:
        moved = {p: line for p, line in system.data(job, "data_transferred").items() if p in users and line is not None}
        lines = (line * (per_megabyte * intensity(system, p)) for p, line in moved.items())
        found[job] = add(lines)
    return {job: line for job, line in found.items() if line is not None}


def _expect_network(system: System, name: str) -> Figures:
    lines = network_use(system, name)
    return {
        "instances_manufacturing_footprint": {"empty": True},
        "use_footprint_per_job": table(lines, "kilogram"),
        "use_footprint": series(add(lines.values()), "kilogram"),
    }


def intensity(system: System, pattern: str) -> float:
    """Kilograms per kilowatt-hour in the country of a pattern."""
    return system.get(system.attribute(pattern, "country")["ref"], "average_carbon_intensity")


def device_parts(system: System, name: str) -> Iterator[tuple[str, Line | None, Line | None, Line | None]]:
    """Pattern, journeys in parallel, use and manufacturing in kg."""
    hours = system.get(name, "lifespan") * system.get(name, "fraction_of_usage_time")
    made = system.get(name, "carbon_footprint_manufacturing") / hours
    for pattern in system.patterns:
        if name in (devices := system.attribute(pattern, "devices")["refs"]):
            line = add(system.journeys_in_parallel(journey, pattern) for journey in system.journeys(pattern))
            if line is None:
                yield pattern, None, None, None
                continue
            line = line * devices.count(name)
            use = system.get(name, "power") * intensity(system, pattern)
            yield pattern, line, line * use, line * made


def _expect_device(system: System, name: str) -> Figures:
    parts = list(device_parts(system, name))
    use, made = {p: each for p, _, each, _ in parts}, {p: each for p, _, _, each in parts}
    return {
        "nb_journeys_in_parallel_per_usage_pattern": table({p: each for p, each, _, _ in parts}, "concurrent"),
        "use_footprint_per_usage_pattern": table(use, "kilogram"),
        "use_footprint": series(add(use.values()), "kilogram"),
        "instances_manufacturing_footprint_per_usage_pattern": table(made, "kilogram"),
        "instances_manufacturing_footprint": series(add(made.values()), "kilogram"),
    }


def server_footprints(system: System, name: str) -> tuple[Line | None, Line | None, Line | None]:
    """Electricity in kWh, its greenhouse gases and those of manufacturing in kg."""
    raw, count = system.raw(name), system.instances(name)
    if raw is None or count is None:
        return None, None, None
    machine = system.machine(name)
    energy = add((count * machine["idle"], raw * (machine["power"] - machine["idle"])))
    assert energy is not None
    energy = energy * system.get(name, "power_usage_effectiveness")
    intensity = system.get(name, "average_carbon_intensity")
    return energy, energy * intensity, count * (machine["made"] / system.get(name, "lifespan"))


def _expect_server(system: System, name: str) -> Figures:
    energy, use, made = server_footprints(system, name)
    ram, compute = system.scarce(name)
    gpu = system.objects[name]["class"] == "GPUServer"
    unit = "gpu" if gpu else "cpu_core"
    machine = system.machine(name)
    figures = {
        "raw_nb_of_instances": series(system.raw(name), "concurrent"),
        "nb_of_instances": series(system.instances(name), "concurrent"),
        "instances_energy": series(energy, "kilowatt_hour"),
        "use_footprint": series(use, "kilogram"),
        "instances_manufacturing_footprint": series(made, "kilogram"),
        "hour_by_hour_ram_need": series(system.need(name, "ram_needed"), "gigabyte_ram", 1e-3),
        "hour_by_hour_compute_need": series(system.need(name, "compute_needed"), unit),
        "available_ram_per_instance": {"value": ram * 1e-3, "unit": "gigabyte_ram"},
        "available_compute_per_instance": {"value": compute, "unit": unit},
    }
    if gpu:
        figures["power"] = {"value": machine["power"] * 1e3, "unit": "watt"}
        figures["idle_power"] = {"value": machine["idle"] * 1e3, "unit": "watt"}
        figures["ram"] = {"value": machine["ram"] * 1e-3, "unit": "gigabyte_ram"}
        figures["carbon_footprint_manufacturing"] = {"value": machine["made"], "unit": "kilogram"}
    return figures


def _storage_counts(system: System, name: str) -> tuple[Line | None, Line | None, Line | None]:
    """Data kept in TB, disks that they fill, disks that are there."""
    servers = system.servers_of(name)
    jobs = [job for server in servers for job in system.jobs_of(server)]
    stock = system.stock(name, jobs)
    if stock is None:
        return None, None, None
    kept = type(stock)(stock.start, stock.values + system.get(name, "base_storage_need") * 1e-6)
    raw = kept * (1 / (system.get(name, "storage_capacity") * 1e-6))
    fixed = system.attribute(name, "fixed_nb_of_instances")
    if any(system.attribute(server, "server_type")["choice"] == "serverless" for server in servers):
        count = raw.values
    elif fixed is not None:
        count = np.full(len(raw.values), float(fixed["value"]))
    else:
        count = round_up(raw.values)
    return kept, raw, type(raw)(raw.start, count)


def _storage_made(system: System, name: str) -> tuple[float, Line | None]:
    """Greenhouse gases of making one disk, and of those there, in kg."""
    each = system.get(name, "carbon_footprint_manufacturing_per_storage_capacity")
    each *= system.get(name, "storage_capacity")
    count = _storage_counts(system, name)[2]
    return each, None if count is None else count * (each / system.get(name, "lifespan"))


def _expect_storage(system: System, name: str) -> Figures:
    kept, raw, count = _storage_counts(system, name)
    each, made = _storage_made(system, name)
    jobs = [job for server in system.servers_of(name) for job in system.jobs_of(server)]
    stocks = {job: stock for job in jobs if (stock := system.stock(name, [job])) is not None}
    return {
        "raw_nb_of_instances": series(raw, "concurrent"),
        "nb_of_instances": series(count, "concurrent"),
        "instances_energy": {"empty": True},
        "instances_manufacturing_footprint": series(made, "kilogram"),
        "use_footprint": {"empty": True},
        "carbon_footprint_manufacturing": {"value": each, "unit": "kilogram"},
        "full_cumulative_storage_need_per_job": table(stocks, "terabyte_stored"),
        "full_cumulative_storage_need": series(kept, "terabyte_stored"),
    }


def total_of(system: System) -> Line | None:
    """Greenhouse gases of all objects but edge devices in kg."""
    parts: list[Line | None] = []
    for name in system.of("Server", "GPUServer"):
        parts += server_footprints(system, name)[1:]
    for name in system.of("Storage"):
        parts.append(_storage_made(system, name)[1])
    for name in system.of("Network"):
        parts += network_use(system, name).values()
    for name in system.of("Device"):
        for _, _, use, made in device_parts(system, name):
            parts += (use, made)
    return add(parts)
