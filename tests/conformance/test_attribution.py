"""Who causes how much: the library and the peer agree where the peer's lost stocks do not come between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.attribution import compare_attribution
from tests.conformance.cases import read_case

if TYPE_CHECKING:
    from pathlib import Path

FLOAT_32 = 1e-6


CASES = {
    "v01_minimal_web": 3,
    "v02_three_server_types": 13,
    "v04_long_journey_delays_and_weights": 8,
    "v07_summer_time_zone": 8,
    "v08_zero_traffic": 11,
    "v09_external_genai_api": 11,
    "v10_gpu_server_and_jobs": 8,
}
"""Cases, and the parts to compare at least."""


@pytest.mark.parametrize("name", CASES)
def test_each_cause_has_its_part(name: str, tmp_path: Path) -> None:
    found = compare_attribution(read_case(name), tmp_path)
    assert found is not None
    assert found.compared >= CASES[name]
    assert found.worst < FLOAT_32, str(found)
