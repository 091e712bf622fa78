"""Systems that nobody thought of: drawn by chance, in the neutral format; edge devices come from `invented_edge`."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    Json = dict[str, Any]

ZONES = (
    "UTC", "Europe/Paris", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo",
    "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Honolulu",
)  # fmt: skip
TIMES = ((0, "second"), (20, "second"), (59, "minute"), (1, "hour"), (90, "minute"), (2.5, "hour"), (1, "day"))
RETENTIONS = ((1, "hour"), (20.5, "hour"), (3, "day"), (1, "month"), (5, "year"))
REQUESTS = ((0.3, "second"), (59, "minute"), (1, "hour"), (3, "hour"), (26.25, "hour"))


def invent(seed: int) -> Json:
    """A system in the neutral format; the same for the same seed."""
    return Inventor(random.Random(seed)).document()


class Inventor:
    """Draws objects one by one; every object is named by its class and its number."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.objects: Json = {}
        self.series: Json = {}

    def document(self) -> Json:
        """Everything, linked up; some objects are left without a user."""
        pick = self.chance.randint
        countries = [self._country() for _ in range(pick(1, 3))]
        networks = [self._network() for _ in range(pick(1, 2))]
        devices = [self._device() for _ in range(pick(1, 3))]
        servers = [self._server(gpu=self.chance.random() < 0.3) for _ in range(pick(1, 4))]
        jobs = [self._job(self.chance.choice(servers)) for _ in range(pick(1, 6))]
        steps = [self._step(jobs) for _ in range(pick(1, 5))]
        journeys = [self._journey(steps) for _ in range(pick(1, 3))]
        patterns = [self._pattern(journeys, devices, networks, countries) for _ in range(pick(1, 4))]
        used = patterns[: max(1, len(patterns) - pick(0, 1))]
        self.add("System", usage_patterns={"refs": used}, edge_usage_patterns={"refs": []})
        # What the system does not reach is no part of it, and the peer would not save it.
        for pattern in set(patterns) - set(used):
            del self.objects[pattern]
        return {
            "format": "efootprint-conformance/1",
            "name": "invented",
            "peer": "e-footprint 27.0.0",
            "inputs": {"series": self.series, "objects": self.objects},
        }

    def add(self, class_: str, **attributes: Any) -> str:
        """A new object; gives its name."""
        name = f"{class_} {len(self.objects)}"
        self.objects[name] = {"class": class_, "attributes": attributes}
        return name

    def between(self, low: float, high: float, unit: str) -> Json:
        """A quantity between two numbers."""
        return {"value": round(self.chance.uniform(low, high), 3), "unit": unit}

    def one_of(self, quantities: Sequence[tuple[float, str]]) -> Json:
        """One of some quantities."""
        value, unit = self.chance.choice(quantities)
        return {"value": value, "unit": unit}

    def weights(self, names: Sequence[str], most: int) -> Json:
        """Weighted links to some of the objects."""
        chosen = self.chance.sample(names, self.chance.randint(1, min(most, len(names))))
        return {"weights": {name: self.chance.choice((1, 1, 2, 0.35, 3.5)) for name in chosen}}

    # ------------------------------------------------------------ things

    def _country(self) -> str:
        intensity = self.between(20, 900, "gram / kilowatt_hour")
        zone = {"timezone": self.chance.choice(ZONES)}
        return self.add("Country", short_name="QQQ", average_carbon_intensity=intensity, timezone=zone)

    def _network(self) -> str:
        return self.add("Network", bandwidth_energy_intensity=self.between(0.01, 0.2, "kilowatt_hour / gigabyte"))

    def _device(self) -> str:
        return self.add(
            "Device",
            carbon_footprint_manufacturing=self.between(20, 300, "kilogram"),
            power=self.between(1, 90, "watt"),
            lifespan=self.between(2, 8, "year"),
            fraction_of_usage_time=self.between(1, 24, "hour / day"),
        )

    def _storage(self) -> str:
        return self.add(
            "Storage",
            carbon_footprint_manufacturing_per_storage_capacity=self.between(10, 200, "kilogram / terabyte_stored"),
            storage_capacity=self.between(0.01, 2, "terabyte_stored"),
            data_replication_factor=self.between(1, 3, ""),
            data_storage_duration=self.one_of(RETENTIONS),
            base_storage_need=self.between(0, 1, "terabyte_stored"),
            lifespan=self.between(2, 8, "year"),
            fixed_nb_of_instances=self.chance.choice((None, None, {"value": 10**6, "unit": "concurrent"})),
        )

    def _server(self, *, gpu: bool) -> str:
        kind = self.chance.choice(("autoscaling", "on-premise", "serverless"))
        shared = {
            "storage": {"ref": self._storage()},
            "server_type": {"choice": kind},
            "lifespan": self.between(2, 8, "year"),
            "power_usage_effectiveness": self.between(1, 2, ""),
            "average_carbon_intensity": self.between(20, 900, "gram / kilowatt_hour"),
            "utilization_rate": self.between(0.4, 1, ""),
            "base_ram_consumption": self.between(0, 3, "gigabyte_ram"),
            "fixed_nb_of_instances": None,
        }
        if kind == "on-premise" and self.chance.random() < 0.5:
            shared["fixed_nb_of_instances"] = {"value": 10**7, "unit": "concurrent"}
        if gpu:
            return self.add(
                "GPUServer",
                **shared,
                compute={"value": self.chance.choice((1, 4, 8)), "unit": "gpu"},
                gpu_power=self.between(300, 700, "watt / gpu"),
                gpu_idle_power=self.between(20, 90, "watt / gpu"),
                ram_per_gpu=self.between(40, 140, "gigabyte_ram / gpu"),
                carbon_footprint_manufacturing_per_gpu=self.between(100, 300, "kilogram / gpu"),
                carbon_footprint_manufacturing_without_gpu=self.between(1000, 3000, "kilogram"),
                base_compute_consumption={"value": 0, "unit": "gpu"},
            )
        return self.add(
            "Server",
            **shared,
            carbon_footprint_manufacturing=self.between(300, 900, "kilogram"),
            power=self.between(200, 500, "watt"),
            idle_power=self.between(20, 150, "watt"),
            ram=self.between(32, 512, "gigabyte_ram"),
            compute=self.between(4, 64, "cpu_core"),
            base_compute_consumption=self.between(0, 1, "cpu_core"),
        )

    def _job(self, server: str) -> str:
        gpu = self.objects[server]["class"] == "GPUServer"
        return self.add(
            "GPUJob" if gpu else "Job",
            server={"ref": server},
            data_transferred=self.between(0, 900, "kilobyte"),
            data_stored=self.chance.choice((self.between(0, 900, "kilobyte_stored"), _zero("kilobyte_stored"))),
            request_duration=self.one_of(REQUESTS),
            compute_needed=self.between(0.01, 0.9, "gpu") if gpu else self.between(0.01, 2, "cpu_core"),
            ram_needed=self.between(1, 900, "megabyte_ram"),
        )

    # ------------------------------------------------------------ usage

    def _step(self, jobs: Sequence[str]) -> str:
        called = self.weights(jobs, 3) if self.chance.random() < 0.85 else {"weights": {}}
        return self.add("UsageJourneyStep", user_time_spent=self.one_of(TIMES), jobs=called)

    def _journey(self, steps: Sequence[str]) -> str:
        return self.add("UsageJourney", uj_steps=self.weights(steps, 4))

    def _pattern(
        self, journeys: Sequence[str], devices: Sequence[str], networks: Sequence[str], countries: Sequence[str]
    ) -> str:
        name = self.starts(self.chance.choice((24, 49, 200, 1000)), 5000)
        return self.add(
            "UsagePattern",
            usage_journeys=self.weights(journeys, 3),
            devices={"refs": self.chance.sample(devices, self.chance.randint(1, len(devices)))},
            network={"ref": self.chance.choice(networks)},
            country={"ref": self.chance.choice(countries)},
            hourly_occurrences={"series": name},
        )

    def starts(self, n: int, most: int) -> str:
        """A new series of whole numbers; gives its name."""
        month, day = self.chance.randint(1, 12), self.chance.randint(1, 28)
        hour = self.chance.choice((0, 0, 0, 5))
        values = [float(self.chance.choice((0, 1, 7, self.chance.randint(0, most)))) for _ in range(n)]
        name = f"series {len(self.series)}"
        self.series[name] = {
            "unit": "occurrence",
            "n": n,
            "start": f"2025-{month:02}-{day:02}T{hour:02}:00:00",
            "values": [0.0] * n if self.chance.random() < 0.1 else values,
        }
        if self.chance.random() < 0.15:
            self.series[name]["start_is_utc"] = True
        return name


def _zero(unit: str) -> Json:
    return {"value": 0, "unit": unit}
