"""Systems with edge devices, drawn by chance, in the neutral format."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from tests.conformance.independent_edge import WEEK
from tests.conformance.invented import Inventor

if TYPE_CHECKING:
    from collections.abc import Sequence

    Json = dict[str, Any]

SPANS = ((12, "hour"), (36.5, "hour"), (20, "day"), (2, "month"))


def invent(seed: int) -> Json:
    """A system with edge devices in the neutral format; the same for the same seed."""
    return _EdgeInventor(random.Random(seed)).document()


class _EdgeInventor(Inventor):
    def document(self) -> Json:
        """A system without edge devices, and some in it."""
        document = super().document()
        pick = self.chance.randint
        devices = [self._device_with_parts() for _ in range(pick(1, 3))]
        self._groups(devices)
        functions = [self._function(devices) for _ in range(pick(1, 3))]
        journeys = [
            self.add(
                "EdgeUsageJourney", edge_functions={"refs": [self.chance.choice(functions) for _ in range(pick(1, 2))]}
            )
            for _ in range(pick(1, 2))
        ]
        patterns = [self._edge_pattern(journeys) for _ in range(pick(1, 3))]
        (system,) = (name for name, each in self.objects.items() if each["class"] == "System")
        self.objects[system]["attributes"]["edge_usage_patterns"] = {"refs": patterns}
        return document

    def _named(self, class_: str) -> list[str]:
        return [name for name, each in self.objects.items() if each["class"] == class_]

    def _weekly(self, unit: str, low: float, high: float) -> Json:
        if self.chance.random() < 0.3:
            return {"weekly": {"unit": unit, "constant": round(self.chance.uniform(low, high), 3)}}
        values = [round(self.chance.uniform(low, high), 3) for _ in range(WEEK)]
        return {"weekly": {"unit": unit, "values": values}}

    # ------------------------------------------------------------ devices

    def _device_with_parts(self) -> str:
        parts = [self._powered("EdgeRAMComponent", ram_per_unit=self.between(8, 64, "gigabyte_ram"),
                               base_ram_consumption=self.between(0, 1, "gigabyte_ram")),
                 self._powered("EdgeCPUComponent", compute_per_unit=self.between(8, 32, "cpu_core"),
                               base_compute_consumption=self.between(0, 1, "cpu_core"))]  # fmt: skip
        if self.chance.random() < 0.6:
            parts.append(self._powered("EdgeWorkloadComponent"))
        if self.chance.random() < 0.6:
            parts.append(
                self.add(
                    "EdgeStorage",
                    storage_capacity_per_unit=self.between(1, 4, "terabyte_stored"),
                    carbon_footprint_manufacturing_per_storage_capacity=self.between(
                        10, 200, "kilogram / terabyte_stored"
                    ),
                    base_storage_need=self.between(1, 60, "gigabyte_stored"),
                    lifespan=self.between(2, 8, "year"),
                    nb_of_units=self._count(),
                )
            )
        return self.add(
            "EdgeDevice",
            structure_carbon_footprint_manufacturing=self.between(5, 300, "kilogram"),
            components={"refs": parts},
            lifespan=self.between(2, 8, "year"),
        )

    def _count(self) -> Json:
        return {"value": self.chance.choice((1, 1, 2, 3)), "unit": "concurrent"}

    def _powered(self, class_: str, **more: Json) -> str:
        return self.add(
            class_,
            carbon_footprint_manufacturing_per_unit=self.between(1, 100, "kilogram"),
            power_per_unit=self.between(10, 90, "watt"),
            idle_power_per_unit=self.between(0, 9, "watt"),
            lifespan=self.between(2, 8, "year"),
            nb_of_units=self._count(),
            **more,
        )

    def _groups(self, devices: Sequence[str]) -> None:
        groups: list[str] = []
        for _ in range(self.chance.randint(0, 3)):
            inner = self.weights(groups, 2) if groups and self.chance.random() < 0.7 else {"weights": {}}
            held = self.weights(devices, 2) if self.chance.random() < 0.7 else {"weights": {}}
            groups.append(self.add("EdgeDeviceGroup", sub_group_counts=inner, edge_device_counts=held))

    # ------------------------------------------------------------ usage

    def _function(self, devices: Sequence[str]) -> str:
        asked = self.chance.sample(devices, self.chance.randint(1, len(devices)))
        needs = [self._device_need(device) for device in asked]
        jobs = [*self._named("Job"), *self._named("GPUJob")]
        calls = []
        if self.chance.random() < 0.6:
            calls.append(
                self.add(
                    "RecurrentServerNeed",
                    edge_device={"ref": self.chance.choice(devices)},
                    recurrent_volume_per_edge_device=self._weekly("occurrence", 0, 20),
                    jobs=self.weights(jobs, 2),
                )
            )
        return self.add(
            "EdgeFunction", recurrent_edge_device_needs={"refs": needs}, recurrent_server_needs={"refs": calls}
        )

    def _device_need(self, device: str) -> str:
        parts = self.objects[device]["attributes"]["components"]["refs"]
        chosen = self.chance.sample(parts, self.chance.randint(1, len(parts)))
        return self.add(
            "RecurrentEdgeDeviceNeed",
            edge_device={"ref": device},
            recurrent_edge_component_needs={"refs": [self._need(part) for part in chosen]},
        )

    def _need(self, component: str) -> str:
        class_ = self.objects[component]["class"]
        weeks = {
            "EdgeRAMComponent": ("gigabyte_ram", 0, 0.5),
            "EdgeCPUComponent": ("cpu_core", 0, 0.4),
            "EdgeWorkloadComponent": ("concurrent", 0, 0.08),
            "EdgeStorage": ("megabyte_stored", 0, 3),
        }
        week = self._weekly(*weeks[class_])
        kind = "RecurrentEdgeStorageNeed" if class_ == "EdgeStorage" else "RecurrentEdgeComponentNeed"
        return self.add(kind, edge_component={"ref": component}, recurrent_need=week)

    def _edge_pattern(self, journeys: Sequence[str]) -> str:
        return self.add(
            "EdgeUsagePattern",
            edge_usage_journeys={"refs": self.chance.sample(journeys, self.chance.randint(1, len(journeys)))},
            network={"ref": self.chance.choice(self._named("Network"))},
            country={"ref": self.chance.choice(self._named("Country"))},
            hourly_deployment_starts={"series": self.starts(self.chance.choice((24, 49, 500)), 40)},
            usage_span=self.one_of(SPANS),
        )
