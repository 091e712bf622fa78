"""The command from the peer's file to the files that gaic writes: every expected attribute can be read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.cases import read_case
from tests.conformance.compare import compare
from tests.conformance.totals import compare_totals
from tests.conformance.written import Written

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.conftest import Imports
    from tests.conftest import Command


@pytest.mark.parametrize("name", ["v09_external_genai_api", "v11_edge_devices_and_group", "v15_deletion"])
def test_the_files_of_a_build_hold_every_attribute(
    name: str, gaic_command: Command, imported: Imports, tmp_path: Path
) -> None:
    case = read_case(name)
    run = gaic_command("import", "efootprint", case.native, "-o", tmp_path / "model.gai")
    assert run.returncode == 0, run.stderr
    run = gaic_command("build", tmp_path / "model.gai", "--series", "-o", tmp_path / "site")
    assert run.returncode == 0, run.stderr
    comparison = compare(case, Written(tmp_path / "site", imported(case.native).system))
    compare_totals(comparison)
    assert not comparison.findings, "\n".join(map(str, comparison.findings))
    assert comparison.compared >= 58
