"""What causes the footprint adds up to it in every hour: usage patterns, journeys, steps, and jobs with devices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from gaic.api import evaluate_model
from gaic.api.results import Hourly
from gaic.evaluate.account import ScalarValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from gaic.api.results import Results

    Values = NDArray[np.float64]

MODELS = sorted(
    model
    for model in (Path(__file__).parents[2] / "models").glob("*.gai")
    if "attribution causes" in model.read_text(encoding="utf-8")
)
# A part of an hour's footprint that may get lost on the way.
LOST = 1e-12

PARTS = {
    "usage patterns": ("per_usage_pattern", "per_edge_usage_pattern"),
    "journeys": ("per_journey", "per_edge_usage_journey"),
    "steps": ("per_step", "per_edge_function"),
    "jobs, calls and devices": ("per_job", "devices_part", "edge_devices_part"),
}

MODEL_WITH_TWO_OF_EACH = """
import std.attribution
import std.grid { france, poland }

attribution causes {}
gpu_server farm { server_type = on_premise; grid = poland; storage = disk }
server web { server_type = autoscaling; grid = france; storage = shelf }
server lambda { server_type = serverless }
storage disk { base_need = 3 TB }
storage shelf { fixed_instances = 40 instance; retention = 30 h }
gpu_job think { server = farm; ram_needed = 200 GB; compute_needed = 1.5 gpu; request_duration = 90 min }
gpu_job remember { server = farm; ram_needed = 20 GB; compute_needed = 0.1 gpu; data_stored = 4 GB }
job read { server = web; compute_needed = 9 cpu_core; request_duration = 40 min; data_stored = 900 MB }
job hold { server = web; ram_needed = 60 GB; request_duration = 150 min }
job never { server = web }
job call { server = lambda; request_duration = 20 s }
step first { duration = 25 min; jobs = [3 * read, 0.5 * think] }
step second { duration = 70 min; jobs = [hold, call, remember] }
step unused { jobs = [never] }
journey long { steps = [first, 2 * second, first] }
journey short { steps = [second] }
journey none { steps = [unused] }
usage_pattern west {
  journeys = [long, 0.3 * short]
  country  = france
  network  = std.network.wired
  devices  = [std.devices.laptop, 2 * std.devices.screen]
  starts   = hourly([5, 0, 0, 60, 2, 0, 0, 0, 0, 900, 3], start = 2026-03-28T20:00)
}
usage_pattern east {
  journeys = [short]
  country  = poland
  network  = std.network.mobile
  devices  = [std.devices.smartphone]
  starts   = hourly([1, 2, 0, 0, 7], start = 2026-03-27T01:00)
}
"""


def kilograms(value: object) -> tuple[int, Values]:
    """First hour and values of a series; nothing is an empty series."""
    assert isinstance(value, Hourly)
    return int(value.start.timestamp() // 3600), np.asarray(value.values.to("kgCO2e").magnitude, dtype=np.float64)


def add_up(results: Results, paths: Iterable[str], start: int, hours: int) -> Values:
    """The sum of series over the hours of the total."""
    total = np.zeros(hours)
    for path in paths:
        first, values = kilograms(results[path])
        if len(values):
            total[first - start : first - start + len(values)] += values
    return total


def check_parts(results: Results) -> None:
    """Compare the parts with the whole, hour by hour."""
    start, whole = kilograms(results["total.total_footprint"])
    assert whole.sum() > 0
    for name, tables in PARTS.items():
        paths = [p for p in results.paths() if p.partition("[")[0] in {f"causes.{table}" for table in tables}]
        parts = add_up(results, paths, start, len(whole))
        assert np.all(np.abs(parts - whole) <= LOST * np.abs(whole)), name


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.stem)
def test_the_parts_of_worked_models_add_up_in_every_hour(model: Path) -> None:
    check_parts(evaluate_model(model))


def test_every_type_of_server_hands_its_footprint_on(tmp_path: Path) -> None:
    model = tmp_path / "model.gai"
    model.write_text(MODEL_WITH_TWO_OF_EACH, encoding="utf-8")
    results = evaluate_model(model)
    check_parts(results)
    share = results.account("causes.attributed_share").value
    assert isinstance(share, ScalarValue)
    assert share.value == pytest.approx(100.0, abs=1e-10)  # in percent


SERVICE_BESIDE_A_JOB = """
import std.attribution
import std.grid { france }

attribution causes {}
server web { grid = france; server_type = SERVER_TYPE }
video_streaming films { server = web }
video_streaming_job watch { service = films; resolution = std.video.pixels_1280x720 }
job hold { server = web; ram_needed = 60 GB }
job orphan { server = web }
step look { jobs = [hold] }
step view { jobs = [watch] }
journey looking { steps = [look] }
journey viewing { steps = [view] }
usage_pattern morning {
  journeys = [looking]
  country  = france
  network  = std.network.wired
  starts   = hourly([40, 0, 9, 5, 0], start = 2026-01-05T06:00)
}
usage_pattern evening {
  journeys = [viewing]
  country  = france
  network  = std.network.wired
  starts   = hourly([4, 8, 0, 2], start = 2026-01-05T20:00)
}
"""

EDGE_WITH_A_WEIGHT_OF_ZERO = """
import std.attribution
import std.grid { france }

attribution causes {}
server web {}
job receive { server = web }
edge_cpu chip {}
edge_ram memory {}
edge_device box { components = [chip, memory] }
cpu_need compute { edge_component = chip; recurrent_need = 1 cpu_core }
edge_device_need work { edge_device = box; component_needs = [compute] }
server_need report { edge_device = box; jobs = [receive] }
edge_function used { device_needs = [work]; server_needs = [report] }
edge_function idle { device_needs = [work]; server_needs = [report] }
edge_usage_journey life { edge_functions = [2 * used, 0 * idle] }
edge_usage_pattern fleet {
  edge_usage_journeys = [life]
  country             = france
  network             = std.network.wired
  starts              = hourly([1, 2], start = 2026-01-05T06:00)
  usage_span          = 3 day
}
"""


@pytest.mark.parametrize("server_type", ["autoscaling", "on_premise", "serverless"])
def test_a_service_that_nobody_asks_hands_its_memory_to_the_others(server_type: str, tmp_path: Path) -> None:
    model = tmp_path / "model.gai"
    model.write_text(SERVICE_BESIDE_A_JOB.replace("SERVER_TYPE", server_type), encoding="utf-8")
    check_parts(evaluate_model(model))


def test_what_is_there_zero_times_causes_nothing(tmp_path: Path) -> None:
    model = tmp_path / "model.gai"
    model.write_text(EDGE_WITH_A_WEIGHT_OF_ZERO, encoding="utf-8")
    results = evaluate_model(model)
    check_parts(results)
    assert not kilograms(results["causes.per_edge_function[idle]"])[1].any()
