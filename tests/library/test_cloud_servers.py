"""Cloud instances: the catalogue, and servers made from it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from gaic.source.diagnostic import Severity
from tests.library.reading import compile_text, evaluate, number
from tests.library.test_library import FILES, check

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.evaluate.ledger import Ledger

MODEL = """
import std.cloud.aws as aws
import std.cloud.gcp as gcp

cloud_server web { instance = aws.m5_xlarge }
cloud_server learner { instance = aws.p4d_24xlarge }
cloud_server small_learner { instance = gcp.a2_highgpu_1g; gpu_power = 300 W/gpu; gpu_idle_power = 40 W/gpu }
cloud_server two_chips { instance = aws.p2_xlarge }
cloud_server accelerated { instance = aws.inf1_xlarge; gpu_power = 30 W/gpu }
job ask_web { server = web }
step use_all { jobs = [ask_web] }
"""
# Greenhouse gases of making them, memory, processors, power at half load: rounded, as e-footprint 27 shows what it
# reads from BoaviztAPI 2.5.0.
QUOTED = {
    "web.embodied": (48, "kgCO2e", 2),
    "web.ram": (16, "GB", 2),
    "web.compute": (4, "cpu_core", 1),
    "std.cloud.aws.m5_xlarge.power_at_50_percent": (22.6, "W", 3),
    "small_learner.embodied": (520, "kgCO2e", 2),
    "small_learner.ram": (85, "GB", 2),
    "small_learner.compute": (12, "cpu_core", 2),
    "std.cloud.gcp.a2_highgpu_1g.power_at_50_percent": (66.2, "W", 3),
    "learner.embodied": (5600, "kgCO2e", 2),
    "learner.ram": (1.15, "TB", 3),
    "learner.compute": (96, "cpu_core", 2),
    "std.cloud.aws.p4d_24xlarge.power_at_50_percent": (735, "W", 3),
}
# Power at full load and without, of the machine and of its GPUs.
POWERS = {
    "web.power": 30.321,
    "web.idle_power": 5.3879,
    "small_learner.power": 90.922 + 300,
    "small_learner.idle_power": 21.911 + 40,
    "two_chips.power": 33.944 + 0.5 * 300,
    "two_chips.idle_power": 11.003 + 0.5 * 50,
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return evaluate(tmp_path_factory, MODEL)


@pytest.mark.parametrize("path", QUOTED)
def test_figures_are_those_that_others_quote(ledger: Ledger, path: str) -> None:
    wanted, unit, digits = QUOTED[path]
    assert float(f"{number(ledger, path, unit):.{digits}g}") == wanted


@pytest.mark.parametrize("path", POWERS)
def test_power_is_that_of_the_machine_and_of_its_gpus(ledger: Ledger, path: str) -> None:
    assert number(ledger, path, "W") == pytest.approx(POWERS[path], rel=1e-12)


def test_idle_power_of_a_gpu_is_never_above_that_at_full_load(ledger: Ledger) -> None:
    full, idle = (number(ledger, f"accelerated.{name}", "W") for name in ("power", "idle_power"))
    without = [number(ledger, f"accelerated.{name}_without_gpu", "W") for name in ("power", "idle_power")]
    assert [full - without[0], idle - without[1]] == pytest.approx([30, 30])


def test_gpus_of_unknown_power_are_an_error(tmp_path: Path) -> None:
    outcome = compile_text(tmp_path, "import std.cloud.aws as aws\ncloud_server infer { instance = aws.inf1_xlarge }\n")
    found = [(d.severity, d.message) for d in outcome.diagnostics]
    message = "infer: no power is known for the GPUs of this instance"
    message += ": give gpu_power, or 0 W/gpu if your power has it already"
    assert found == [(Severity.ERROR, message)]
    assert outcome.diagnostics[0].code == "GAI330"
    (span,) = {outcome.diagnostics[0].span}
    assert span is not None
    assert span.text == "infer"


def test_an_instance_without_figures_asks_for_them(tmp_path: Path) -> None:
    outcome = compile_text(
        tmp_path, "import std.cloud.azure as azure\ncloud_server learner { instance = azure.standard_nd96asr_v4 }\n"
    )
    errors = [d for d in outcome.diagnostics if d.severity is Severity.ERROR]
    assert {d.code for d in errors} == {"GAI301"}
    assert {d.help for d in errors} == {
        f"set `{name}`" for name in ("embodied", "power_without_gpu", "idle_power_without_gpu")
    }


def test_the_catalogue_is_whole() -> None:
    """One entry for each row of the table; labels are the provider's own spelling."""
    counts = Counter[str]()
    for name in FILES:
        if name.startswith("cloud/"):
            entities = [e for e in check(name).entities if e.span.file.name == f"stdlib/{name}"]
            assert {e.kind for e in entities} == {"cloud_instance"}
            assert len({e.label for e in entities}) == len(entities)
            counts[name] = len(entities)
    assert counts == {
        "cloud/aws.gai": 196,
        "cloud/azure.gai": 27,
        "cloud/gcp.gai": 24,
        "cloud/ovhcloud.gai": 3,
        "cloud/scaleway.gai": 18,
    }
