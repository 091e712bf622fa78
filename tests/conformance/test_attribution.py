"""Who causes how much: the library and the peer agree where neither stocks nor base loads of services come between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.attribution import compare_attribution
from tests.conformance.cases import read_case

if TYPE_CHECKING:
    from pathlib import Path

FLOAT_32 = 1e-6


@pytest.mark.parametrize("name", ["v02_three_server_types", "v08_zero_traffic", "v09_external_genai_api"])
def test_each_cause_has_its_part(name: str, tmp_path: Path) -> None:
    found = compare_attribution(read_case(name), tmp_path)
    assert found is not None
    assert found.compared >= 11
    assert found.worst < FLOAT_32, str(found)
