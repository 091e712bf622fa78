"""`models/genai_job.gai` against conformance case v13, and against what the reference page prints (issue 2, item 6).

The model is written by hand with the rules of the library. Version 15 of the peer books devices on the usage pattern,
and has rules of storage that the library does not have (`OTHER_RULES`); `tests/conformance` compares the same case
under the rules of the peer.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaic.api import evaluate_model
from gaic.evaluate.account import HourlyValue, ScalarValue
from tests.conformance.cases import read_case
from tests.conformance.compare import Comparison
from tests.conformance.model import Hours, Model
from tools.make_genai_job_starts import compute_starts

if TYPE_CHECKING:
    from gaic.evaluate.ledger import Ledger
    from gaic.units.system import UnitSystem
    from tests.conformance.cases import Case
    from tests.conformance.model import Values

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "models" / "genai_job.gai"

# Where the model has what the peer has in another place or under another name; the rest is the same.
PLACES = {
    "GPU server disk.carbon_footprint_fabrication": "GPU server disk.embodied",
    "GPU server disk.storage_needed": "GPU server disk.hourly_data_written",
    "genai page.total_footprint": "All emitters.total_footprint",
    "on premise GPU server.carbon_footprint_fabrication": "on premise GPU server.embodied",
    "usage pattern.devices_energy_footprint": "laptop.use_footprint",
    "usage pattern.devices_fabrication_footprint": "laptop.instances_manufacturing_footprint",
    "usage pattern.energy_footprint": "laptop.use_footprint",
    "usage pattern.instances_fabrication_footprint": "laptop.instances_manufacturing_footprint",
    "usage pattern.nb_usage_journeys_in_parallel": "journey.nb_usage_journeys_in_parallel_per_usage_pattern",
    "usage pattern.utc_hourly_usage_journey_starts": "usage pattern.utc_hourly_occurrences",
}
DEVICES_ENERGY = "usage pattern.devices_energy"
INTENSITY = 0.085  # kgCO2e/kWh, of the country of the pattern

# Deletions, and electricity of the disks that are busy.
OTHER_RULES = {
    f"GPU server disk.{attribute}"
    for attribute in (
        "power",
        "storage_freed",
        "automatic_storage_dumps_after_storage_duration",
        "storage_delta",
        "nb_of_active_instances",
        "instances_energy",
        "energy_footprint",
    )
}
COMPARED = 46
STARTS = [4, 3, 4, 4, 6, 6, 2, 2, 1, 2]
LAST_STARTS = [2, 6, 3, 3, 8, 1, 8, 5, 4, 5]


class Placed:
    """The model with the attributes of the peer's version 15 in their places."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @property
    def system(self) -> UnitSystem:
        return self._model.system

    def find(self, label: str, attribute: str) -> Values | None:
        name = f"{label}.{attribute}"
        if name == DEVICES_ENERGY:
            return {None: devices_energy(self._model)}
        owner, _, found = PLACES.get(name, name).partition(".")
        values = self._model.find(owner, found)
        # The peer has one series per pattern here, and the model one pattern.
        return {None: values["usage pattern"]} if values and name in PLACES and None not in values else values

    def totals(self) -> dict[tuple[str, str], float]:
        return self._model.totals()


def devices_energy(model: Model) -> Hours:
    values = model.find("laptop", "use_footprint")
    assert values is not None
    found = values[None]
    assert isinstance(found, Hours)
    assert found.unit == "kgCO2e"
    return Hours(found.start, tuple(hour / INTENSITY for hour in found.values), "kWh")


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(evaluate_model(MODEL))


@pytest.fixture(scope="module")
def ledger(model: Model) -> Ledger:
    return model.results.ledger


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case("v13_seed000_genai_job")


def node(ledger: Ledger, path: str) -> int:
    found = ledger.find(path)
    assert found is not None, path
    return found


def scalar(ledger: Ledger, path: str) -> ScalarValue:
    value = ledger.account(node(ledger, path)).value
    assert isinstance(value, ScalarValue), path
    return value


def hourly(ledger: Ledger, path: str) -> HourlyValue:
    value = ledger.account(node(ledger, path)).value
    assert isinstance(value, HourlyValue), path
    return value


def hours(ledger: Ledger, path: str) -> list[float]:
    found: list[float] = ledger.hours(node(ledger, path)).tolist()
    return found


def test_every_attribute_of_the_case_agrees(model: Model, case: Case) -> None:
    comparison = Comparison(case, Placed(model))
    for figure in case.figures():
        if f"{figure.owner}.{figure.attribute}" not in OTHER_RULES:
            comparison.compare(figure)
    assert not comparison.findings, "\n".join(map(str, comparison.findings))
    assert comparison.compared >= COMPARED


def test_the_starts_beside_the_model_are_those_of_the_case(ledger: Ledger, case: Case) -> None:
    assert hours(ledger, "staff.starts") == compute_starts(case.document["inputs"]["series"]["visits"])


def test_the_total_is_the_sum_of_its_parts(ledger: Ledger) -> None:
    emitters = ("wifi", "laptop", "disk", "farm")
    parts = [f"{e}.{a}" for e in emitters for a in ("use_footprint", "instances_manufacturing_footprint")]
    columns = [hours(ledger, p) for p in parts if p != "wifi.instances_manufacturing_footprint"]
    summed = [math.fsum(row) for row in zip(*columns, strict=True)]
    assert hours(ledger, "total.total_footprint") == pytest.approx(summed, rel=1e-14)
    period = scalar(ledger, "total.period_footprint")
    assert period.value == pytest.approx(math.fsum(summed), rel=1e-14)
    table = {(row.category, row.phase): row.value.value for row in ledger.totals()}
    assert math.fsum(v for (category, _), v in table.items() if category) == pytest.approx(period.value, rel=1e-14)
    assert table[None, None] == pytest.approx(period.value, rel=1e-14)
    assert table["storages", "manufacturing"] == pytest.approx(math.fsum(columns[4]), rel=1e-14)


@pytest.mark.parametrize("phase", ["manufacturing", "use"])
def test_the_categories_are_those_of_the_case(ledger: Ledger, case: Case, phase: str) -> None:
    word = {"manufacturing": "fabrication", "use": "energy"}[phase]
    expected = case.document["expected"]["period_totals"][f"total_{word}_footprint_sum_over_period"]
    found = {row.category: row.value.value for row in ledger.totals() if row.phase == phase}
    names = {"Servers": "servers", "Network": "networks", "Devices": "devices", "Storage": "storages"}
    for name, category in names.items():
        if (name, phase) != ("Storage", "use"):  # electricity of busy disks, as in OTHER_RULES
            assert found[category] == pytest.approx(expected[name]["value"], rel=2e-6), name


def test_the_job_has_the_figures_of_the_page(ledger: Ledger, case: Case) -> None:
    page = case.document["page_figures"]
    units = {"kilobyte": "kB", "second": "s", "gigabyte": "GB", "gpu": "gpu"}
    for name in ("output_token_weights", "data_stored", "data_transferred", "request_duration", "ram_needed"):
        number, unit = page[name].split()
        value = scalar(ledger, f"answer.{name}")
        assert (round(value.value, 2), value.unit) == (float(number), units[unit]), name
    compute = scalar(ledger, "answer.compute_needed")
    assert compute.unit == "gpu"
    assert compute.value == pytest.approx(0.219, rel=1e-12)
    assert page["compute_needed"] == f"{compute.value:.2f} gpu"


def test_the_job_has_the_series_of_the_page(ledger: Ledger, case: Case) -> None:
    page = case.document["page_figures"]
    starts = hourly(ledger, "answer.hourly_occurrences_per_usage_pattern[staff]")
    assert (starts.n, starts.start, starts.local) == (26299, 20088 * 24 + 23, False)  # 2024-12-31 23:00 UTC
    assert [list(starts.first10), list(starts.last10)] == [STARTS, LAST_STARTS]
    assert [page["hourly_occurrences"]["first10"], page["hourly_occurrences"]["last10"]] == [STARTS, LAST_STARTS]
    average = hourly(ledger, "answer.hourly_avg_occurrences_per_usage_pattern[staff]")
    shown = page["hourly_avg_occurrences"]
    assert [round(v, 2) for v in (*average.first10, *average.last10)] == [*shown["first10"], *shown["last10"]]
    assert average.first10[:2] == pytest.approx((4 * 28.1546 / 3600, 3 * 28.1546 / 3600), rel=1e-12)
    for name in ("transferred", "stored"):
        data = hourly(ledger, f"answer.hourly_data_{name}_per_usage_pattern[staff]")
        assert data.unit == "kB"
        assert (*data.first10, *data.last10) == pytest.approx([103 * s for s in (*STARTS, *LAST_STARTS)], rel=1e-12)
        assert [round(v, 2) for v in data.first10] == page["hourly_data_kB"]["first10"]
        assert [round(v, 2) for v in data.last10] == page["hourly_data_kB"]["last10"]
