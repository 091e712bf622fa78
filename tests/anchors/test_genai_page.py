"""The example system of e-footprint's GenAIJob page, by hand: what follows on the server (not on the page itself).

Other than in case v13, the server is filled to 90 % only and takes 100 g/kWh; everything else is a default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.evaluate.account import HourlyValue, ScalarValue

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.evaluate.ledger import Ledger

MODEL = """
source page "Example system of the GenAIJob page, e-footprint 10.0.8" { read = 2026-11-20 }

country home { carbon_intensity = 85 gCO2e/kWh from page; timezone = "Europe/Paris" from page }
storage disk extends std.hardware.ssd {}
gpu_server farm {
  server_type      = on_premise from page
  utilization_rate = 90 % from page
  carbon_intensity = 100 gCO2e/kWh from page
  storage          = disk
}
genai_model assistant { model = std.models.mistralai.open_mistral_7b; server = farm }
genai_job answer { service = assistant }
step streaming "20 min streaming" { duration = 20 min from page; jobs = [answer] }
journey visit_page { steps = [streaming] }
usage_pattern staff {
  journeys = [visit_page]
  devices  = [std.devices.laptop]
  network  = std.network.wired
  country  = home
  starts   = hourly([4, 3, 4, 4, 6, 6, 2, 2, 1, 2], start = 2025-01-01T00:00) from page
}
"""
SECONDS = 28.1546  # 1000 tokens, each 8.02e-13 s for each of 7.3e9 parameters, and 0.0223 s
RAW = 4 * SECONDS / 3600 * 0.219 / 3.6
"""Instances that the first hour fills: four requests, each with 1.2 * 7.3e9 * 16 bit / (80 GB/gpu) = 0.219 gpu."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    path: Path = tmp_path_factory.mktemp("page") / "page.gai"
    path.write_text(MODEL, encoding="utf-8")
    outcome = compile_model(path)
    assert outcome.ledger is not None, outcome.diagnostics
    return outcome.ledger


SCALARS = {
    "assistant.base_ram_consumption": (17.52, "GB"),
    "farm.available_ram_per_instance": (0.9 * 320 - 17.52, "GB"),
    "farm.available_compute_per_instance": (3.6, "gpu"),
    "answer.request_duration": (SECONDS, "s"),
    "answer.compute_needed": (0.219, "gpu"),
    "answer.output_token_weights": (3.0, "kB"),
    "answer.data_stored": (103.0, "kB"),
    "answer.marginal_energy": (1.2 * 1.4 * 0.219 / 3.6 * SECONDS / 3600, "kWh"),
}
FIRST_HOURS = {
    "answer.hourly_avg_occurrences_per_usage_pattern[staff]": (4 * SECONDS / 3600, "req"),
    "answer.hourly_data_transferred_per_usage_pattern[staff]": (412.0, "kB"),
    "farm.raw_nb_of_instances": (RAW, "instance"),
    "farm.nb_of_instances": (1.0, "instance"),
    "farm.instances_energy": (1.2 * (0.2 + 1.4 * RAW), "kWh"),
    "farm.use_footprint": (0.12 * (0.2 + 1.4 * RAW), "kgCO2e"),
    "farm.instances_manufacturing_footprint": (3100 / 52_596, "kgCO2e"),
}
# The same as the text prints it: value, unit factor, digits behind the point.
PRINTED = {
    "farm.available_ram_per_instance": (270.48, 1, 2),
    "farm.raw_nb_of_instances": (0.0019030, 1, 7),
    "farm.instances_energy": (0.243197, 1, 6),
    "farm.use_footprint": (24.3, 1000, 1),
    "farm.instances_manufacturing_footprint": (58.94, 1000, 2),
    "answer.marginal_energy": (0.799, 1000, 3),
}


def value(ledger: Ledger, path: str) -> tuple[float, str]:
    """A number, or the first hour of a series."""
    node = ledger.find(path)
    assert node is not None, path
    match ledger.account(node).value:
        case ScalarValue(number, unit):
            return number, unit
        case HourlyValue(unit=unit, first10=hours):
            return hours[0], unit
        case other:
            pytest.fail(f"{path} is {other}")


@pytest.mark.parametrize("path", [*SCALARS, *FIRST_HOURS])
def test_follows_by_hand(ledger: Ledger, path: str) -> None:
    wanted, wanted_unit = (SCALARS | FIRST_HOURS)[path]
    number, unit = value(ledger, path)
    assert unit == wanted_unit
    assert number == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("path", PRINTED)
def test_prints_what_the_text_says(ledger: Ledger, path: str) -> None:
    wanted, factor, digits = PRINTED[path]
    assert round(value(ledger, path)[0] * factor, digits) == wanted
