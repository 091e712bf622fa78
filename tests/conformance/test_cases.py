"""The twenty cases, imported from the peer's own files by the public importer: every expected attribute agrees.

`python -m tests.conformance` prints how far each case is off.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from tests.conformance.cases import FOLDER, NAMES, read_case
from tests.conformance.compare import compare
from tests.conformance.model import Hours
from tests.conformance.totals import CATEGORIES, compare_totals

if TYPE_CHECKING:
    from tests.conformance.conftest import Imports
    from tests.conformance.model import Model

# Attributes (each member of a table is one) and totals that a case has at least.
COMPARED = {
    "e01_edge_computers_and_appliances": 262,
    "e02_web_and_edge_share_jobs": 247,
    "e03_cloud_servers_and_video": 249,
    "e04_external_apis": 393,
    "e05_forms_zones_and_weights": 194,
    "v01_minimal_web": 50,
    "v02_three_server_types": 131,
    "v03_many_patterns_countries_timezones": 125,
    "v04_long_journey_delays_and_weights": 70,
    "v05_long_jobs": 86,
    "v06_storage_retention_and_replication": 140,
    "v07_summer_time_zone": 68,
    "v08_zero_traffic": 112,
    "v09_external_genai_api": 195,
    "v10_gpu_server_and_jobs": 111,
    "v11_edge_devices_and_group": 150,
    "v12_three_year_web_plus_video": 131,
    "v13_seed000_genai_job": 64,
    "v14_two_models_one_gpu_server": 113,
    "v15_deletion": 58,
}

OLDER = ("10.1.15", "12.0.0", "14.3.0")
TOTAL_OF_OLDER = 370.49340
"""What these versions compute for v01, in kg: with electricity of disks, each hour rounded to 0.0001 kg."""

PARTS = {
    "Device": ("energy_footprint", "instances_fabrication_footprint"),
    "GPUServer": ("energy_footprint", "instances_fabrication_footprint"),
    "Network": ("energy_footprint",),
    "Server": ("energy_footprint", "instances_fabrication_footprint"),
    "Storage": ("energy_footprint", "instances_fabrication_footprint"),
    "UsagePattern": ("energy_footprint", "instances_fabrication_footprint"),
}
"""What version 15 adds up to a total, by class."""


def test_every_case_and_every_native_file_is_there() -> None:
    assert set(COMPARED) == set(NAMES)
    older = {f"v01_minimal_web.{version}" for version in OLDER}
    computed = {"v01_minimal_web.computed", "v15_deletion.computed"}
    assert {path.stem for path in (FOLDER / "native").glob("*.json")} == {*NAMES, *older, *computed}


@pytest.mark.parametrize("name", NAMES)
def test_every_attribute_of_the_case_agrees(name: str, imported: Imports) -> None:
    case = read_case(name)
    comparison = compare(case, imported(case.native))
    compare_totals(comparison)
    assert not comparison.findings, "\n".join(map(str, comparison.findings))
    assert comparison.compared >= COMPARED[name]


@pytest.mark.parametrize("name", ["v01_minimal_web", "v15_deletion"])
def test_a_file_with_results_is_imported_like_one_without(name: str, imported: Imports) -> None:
    case = read_case(name)
    comparison = compare(case, imported(FOLDER / "native" / f"{name}.computed.json"))
    compare_totals(comparison)
    assert not comparison.findings, "\n".join(map(str, comparison.findings))
    assert comparison.compared >= COMPARED[name]


@pytest.mark.parametrize("name", [name for name in NAMES if read_case(name).version == 15])
def test_the_total_of_version_15_is_the_sum_of_the_parts_before_rounding(name: str, imported: Imports) -> None:
    case = read_case(name)
    parts = [
        figure.value["sum"]
        for figure in case.figures()
        if figure.attribute in PARTS.get(figure.owner_class, ()) and "sum" in figure.value
    ]
    total = imported(case.native).period_total()
    assert total == pytest.approx(math.fsum(parts), rel=2e-6)


@pytest.mark.parametrize("version", OLDER)
def test_the_smallest_case_in_older_versions(version: str, imported: Imports) -> None:
    case = read_case("v01_minimal_web")
    model = imported(FOLDER / "native" / f"{case.name}.{version}.json")
    rounded = [round(hour, 4) for hour in total_of(model, "minimal web")]
    assert math.fsum(rounded) == pytest.approx(TOTAL_OF_OLDER, abs=6e-6)
    older, now = model.totals(), case.document["expected"]["period_totals"]
    for phase in ("manufacturing", "use"):
        for name, peer in now[f"total_{phase}_footprint_sum_over_period"].items():
            if (name, phase) != ("Storage", "use"):
                assert older.get((CATEGORIES[name], phase), 0.0) == pytest.approx(peer["value"], rel=2e-6), name
    assert 0 < older["storages", "use"] < 0.001


def total_of(model: Model, label: str) -> tuple[float, ...]:
    values = model.find(label, "total_footprint")
    assert values is not None
    total = values[None]
    assert isinstance(total, Hours)
    assert total.unit == "kgCO2e"
    return total.values
