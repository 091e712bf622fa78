"""The rules of version 27, evaluated once more from the inputs of a case, in NumPy; edge devices: `independent_edge`.

Written from the rules alone, it shares no code with gaic: a second opinion on systems that the peer never computed. The
cases themselves prove it (`test_independent.py`). Slips of the peer's arithmetic are left out as in `corrected`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from tests.conformance.formulas import write_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Json = dict[str, Any]

HOUR = timedelta(hours=1)
SCALES = {
    "": 1.0, "concurrent": 1.0, "dimensionless": 1.0, "occurrence": 1.0, "cpu_core": 1.0, "gpu": 1.0,
    "second": 1 / 3600, "minute": 1 / 60, "hour": 1.0, "day": 24.0, "month": 730.5, "year": 8766.0,
    "kilobyte": 1e-3, "megabyte": 1.0, "gigabyte": 1e3, "terabyte": 1e6,
    "gram": 1e-3, "kilogram": 1.0, "watt": 1e-3, "kilowatt_hour": 1.0,
}  # fmt: skip
"""Units in hours, MB, kg and kW."""


@dataclass(frozen=True, slots=True)
class Line:
    """A series: values from an hour after 1970-01-01T00:00Z."""

    start: int
    values: NDArray[np.float64]

    @property
    def end(self) -> int:
        """The hour behind the last one."""
        return self.start + len(self.values)

    def __mul__(self, factor: float) -> Line:
        return Line(self.start, self.values * factor)

    def shift(self, hours: int) -> Line:
        """The same values some hours later."""
        return Line(self.start + hours, self.values)


def add(lines: Iterable[Line | None]) -> Line | None:
    """The sum over the union of the hours; None of nothing."""
    there = [line for line in lines if line is not None]
    if not there:
        return None
    start, end = min(line.start for line in there), max(line.end for line in there)
    values = np.zeros(end - start)
    for line in there:
        values[line.start - start : line.end - start] += line.values
    return Line(start, values)


def in_parallel(line: Line | None, hours: float) -> Line | None:
    """How many events are under way on average; None for events without duration."""
    if line is None or hours <= 0:
        return None
    whole = math.floor(hours + 1e-12)
    part = max(hours - whole, 0.0)
    kernel = np.array([1.0] * whole + ([part] if part > 1e-12 else []))
    return Line(line.start, np.convolve(line.values, kernel))


def number(quantity: Json) -> float:
    """A quantity in hours, MB, kg and kW."""
    unit = quantity["unit"].replace("_ram", "").replace("_stored", "")
    above, _, below = unit.partition(" / ")
    return float(quantity["value"]) * SCALES[above] / (SCALES[below] if below else 1.0)


class System:
    """A system of the neutral format, and what follows from it."""

    data_unit = ("megabyte", 1.0)
    """The unit in which the peer gives data of jobs, and how many there are in a MB."""

    def __init__(self, document: Json) -> None:
        self.series: Json = document["inputs"]["series"]
        self.objects: Json = document["inputs"]["objects"]
        (system,) = self.of("System")
        self.name = system
        self.patterns: list[str] = self.objects[system]["attributes"]["usage_patterns"]["refs"]
        self.edge_patterns: list[str] = self.objects[system]["attributes"]["edge_usage_patterns"]["refs"]
        self.starts = {p: self._start_pattern(p) for p in self.patterns}
        self.jobs = [*self.of("Job"), *self.of("GPUJob")]
        self.occurrences = {j: self.occur(j) for j in self.jobs}

    def of(self, *classes: str) -> list[str]:
        """The objects of some classes."""
        return [name for name, each in self.objects.items() if each["class"] in classes]

    def get(self, name: str, attribute: str) -> float:
        """A quantity of an object."""
        return number(self.objects[name]["attributes"][attribute])

    def attribute(self, name: str, attribute: str) -> Any:
        """Whatever stands in an attribute; None if nothing does."""
        return self.objects[name]["attributes"].get(attribute)

    # ------------------------------------------------------------ usage

    def _start_pattern(self, pattern: str, attribute: str = "hourly_occurrences") -> Line:
        given = self.series[self.attribute(pattern, attribute)["series"]]
        turned = np.roll(np.array(write_out(given)), -self.offset(pattern, given))
        local = datetime.fromisoformat(given["start"])
        return Line(round((local.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / HOUR), turned)

    def offset(self, pattern: str, given: Json) -> int:
        """Hours by which the peer turns a series round."""
        if given.get("start_is_utc"):
            return 0
        zone = ZoneInfo(self.attribute(self.attribute(pattern, "country")["ref"], "timezone")["timezone"])
        offset = datetime.fromisoformat(given["start"]).replace(tzinfo=zone).utcoffset() or timedelta(0)
        return round(offset / HOUR)

    def journeys(self, pattern: str) -> Json:
        """The journeys of a pattern with their weights."""
        found: Json = self.attribute(pattern, "usage_journeys")["weights"]
        return found

    def steps(self, journey: str) -> Iterator[tuple[str, float, float]]:
        """The steps of a journey: name, weight, and hours from the start of the journey."""
        delay = 0.0
        for step, weight in self.attribute(journey, "uj_steps")["weights"].items():
            yield step, weight, delay
            delay += weight * self.get(step, "user_time_spent")

    def duration(self, journey: str) -> float:
        """Hours of a journey."""
        return math.fsum(weight * self.get(step, "user_time_spent") for step, weight, _ in self.steps(journey))

    def journeys_in_parallel(self, journey: str, pattern: str) -> Line | None:
        """Journeys of one kind under way in a pattern."""
        return in_parallel(self.starts[pattern] * self.journeys(pattern)[journey], self.duration(journey))

    def occur(self, job: str) -> dict[str, Line]:
        """Requests that begin, by pattern."""
        found = {}
        for pattern in self.patterns:
            lines = [
                self.starts[pattern].shift(math.floor(delay + 1e-12)) * (often * weight * jobs[job])
                for journey, often in self.journeys(pattern).items()
                for step, weight, delay in self.steps(journey)
                if job in (jobs := self.attribute(step, "jobs")["weights"])
            ]
            line = add(lines)
            if line is not None:
                found[pattern] = line
        return found

    # ------------------------------------------------------------ jobs

    def average(self, job: str) -> dict[str, Line | None]:
        """Requests under way, by pattern."""
        hours = self.get(job, "request_duration")
        return {p: in_parallel(line, hours) for p, line in self.occurrences[job].items()}

    def data(self, job: str, attribute: str) -> dict[str, Line | None]:
        """Data of the requests in MB, by pattern, spread over the time they take."""
        per_hour = self.get(job, attribute) / self.get(job, "request_duration")
        return {p: None if line is None else line * per_hour for p, line in self.average(job).items()}

    # ------------------------------------------------------------ servers and storage

    def jobs_of(self, server: str) -> list[str]:
        """The jobs of a server."""
        return [job for job in self.jobs if self.attribute(job, "server")["ref"] == server]

    def scarce(self, server: str) -> tuple[float, float]:
        """Memory (MB) and compute of one instance that are left for requests."""
        used = self.get(server, "utilization_rate")
        ram, compute = self.machine(server)["ram"], self.get(server, "compute")
        occupied = self.get(server, "base_ram_consumption"), self.get(server, "base_compute_consumption")
        return ram * used - occupied[0], compute * used - occupied[1]

    def machine(self, server: str) -> dict[str, float]:
        """Memory, power (full and idle) and manufacturing of one instance."""
        if self.objects[server]["class"] != "GPUServer":
            wanted = {"ram": "ram", "power": "power", "idle": "idle_power", "made": "carbon_footprint_manufacturing"}
            return {name: self.get(server, attribute) for name, attribute in wanted.items()}
        gpus = self.get(server, "compute")
        return {
            "ram": gpus * self.get(server, "ram_per_gpu"),
            "power": gpus * self.get(server, "gpu_power"),
            "idle": gpus * self.get(server, "gpu_idle_power"),
            "made": self.get(server, "carbon_footprint_manufacturing_without_gpu")
            + gpus * self.get(server, "carbon_footprint_manufacturing_per_gpu"),
        }

    def need(self, server: str, attribute: str) -> Line | None:
        """What the requests on a server hold."""
        parts = ((add(self.average(job).values()), self.get(job, attribute)) for job in self.jobs_of(server))
        return add(None if line is None else line * each for line, each in parts)

    def raw(self, server: str) -> Line | None:
        """Instances that demand would fill."""
        ram, compute = self.need(server, "ram_needed"), self.need(server, "compute_needed")
        if ram is None or compute is None:
            return None
        left = self.scarce(server)
        return Line(ram.start, np.maximum(ram.values / left[0], compute.values / left[1]))

    def instances(self, server: str) -> Line | None:
        """Instances that are there."""
        raw = self.raw(server)
        if raw is None:
            return None
        kind = self.attribute(server, "server_type")["choice"]
        if kind == "serverless":
            return raw
        if kind == "autoscaling":
            return Line(raw.start, round_up(raw.values))
        fixed = self.attribute(server, "fixed_nb_of_instances")
        count = round_up(np.array([raw.values.max()]))[0] if fixed is None else number(fixed)
        return Line(raw.start, np.full(len(raw.values), count))

    def written(self, job: str) -> Line | None:
        """Data of a job in each hour in TB, once."""
        line = add(self.data(job, "data_stored").values())
        return None if line is None else line * 1e-6

    def stock(self, storage: str, jobs: list[str]) -> Line | None:
        """Data kept of some jobs in TB, all copies, until the last hour of these jobs."""
        line = add(self.written(job) for job in jobs)
        if line is None:
            return None
        copies = self.get(storage, "data_replication_factor")
        rest = math.ceil(self.get(storage, "data_storage_duration") - 1e-9)
        gone = np.concatenate([np.zeros(rest), line.values])[: len(line.values)]
        return Line(line.start, copies * np.cumsum(line.values - gone))

    def servers_of(self, storage: str) -> list[str]:
        """The servers that write to a storage."""
        return [s for s in self.of("Server", "GPUServer") if self.attribute(s, "storage")["ref"] == storage]


def round_up(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Whole numbers; what lies a rounding error above one is that one."""
    near = np.round(values)
    return np.where(np.abs(values - near) <= 1e-9 * np.maximum(near, 1e-300), near, np.ceil(values))
