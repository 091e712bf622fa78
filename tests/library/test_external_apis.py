"""Services of others: against e-footprint 27 (case v09, section 4.5 of its reference) and EcoLogits 0.11.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.evaluate.account import AbsentValue, WordValue
from gaic.source.diagnostic import Severity
from tests.library.reading import compile_text, evaluate, number, read, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gaic.evaluate.ledger import Ledger
    from tests.library.reading import Json

EXACTLY = 1e-9
AS_PEER_SUMS = 2e-6
"""The peer keeps hourly series as 32-bit floats."""

V09 = """
import std.models.mistralai as mistral
import std.providers as providers

llm_api dense_api { provider = providers.mistralai; model = mistral.mistral_medium_3 }
llm_api mixture_api { provider = providers.mistralai; model = mistral.mistral_large_2512 }
llm_api range_api { provider = providers.openai; model = std.models.openai.gpt_4o_mini }
llm_api no_speed_api {
  provider = providers.huggingface_hub
  model    = std.models.huggingface_hub.mistralai_mixtral_8x7b_v0_1
}
llm_api_job dense_request { external_api = dense_api; output_token_count = 400 tok }
llm_api_job mixture_request { external_api = mixture_api }
llm_api_job range_request { external_api = range_api; output_token_count = 20 tok }
llm_api_job no_speed_request { external_api = no_speed_api; output_token_count = 4000 tok }
llm_api_job mixture_summary { external_api = mixture_api; output_token_count = 150 tok }

step chat {
  duration = 6 min
  jobs     = [dense_request, mixture_request, range_request, no_speed_request, 3 * mixture_summary]
}
journey talk { steps = [chat] }
usage_pattern writers {
  journeys = [talk]
  devices  = [std.devices.laptop]
  network  = std.network.wired
  country  = std.grid.france
  starts   = hourly([TALKS], start = 2025-01-01T00:00)
}
"""
DAY = "2, 1, 1, 0, 0, 1, 3, 8, 15, 22, 26, 28, 20, 24, 27, 29, 26, 21, 16, 14, 12, 9, 6, 4"
EXPECTED: Mapping[str, Mapping[str, Json]] = read_json("v09_scalars.json")["objects"]


@pytest.fixture(scope="module")
def v09(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return evaluate(tmp_path_factory, V09.replace("TALKS", ", ".join([DAY] * 14)))


@pytest.mark.parametrize("path", [f"{name}.{each}" for name, attributes in EXPECTED.items() for each in attributes])
def test_conforms_to_case_v09(v09: Ledger, path: str) -> None:
    name, _, attribute = path.partition(".")
    wanted = EXPECTED[name][attribute]
    if "text" in wanted:
        assert read(v09, path) == WordValue("text", wanted["text"])
    elif "unset" in wanted:
        assert read(v09, path) == AbsentValue()
    elif "sum" in wanted:
        assert number(v09, path, wanted["unit"]) == pytest.approx(wanted["sum"], rel=AS_PEER_SUMS)
    else:
        assert number(v09, path, wanted["unit"]) == pytest.approx(wanted["value"], rel=EXACTLY)


def test_occurrences_and_data_go_through_the_network(v09: Ledger) -> None:
    starts = sum(int(part) for part in DAY.split(",")) * 14
    assert number(v09, "mixture_summary.hourly_occurrences_across_usage_patterns", "") == 3 * starts
    assert number(v09, "mixture_summary.hourly_data_transferred_across_usage_patterns", "kB") == pytest.approx(
        3 * starts * 0.75
    )
    assert number(v09, "mixture_summary.hourly_data_stored_across_usage_patterns", "kB") == 0
    assert number(v09, "std.network.wired.use_footprint_per_job[mixture_summary]", "kgCO2e") > 0


def test_external_apis_are_a_category_of_the_totals(v09: Ledger) -> None:
    both = ("use_footprint", "instances_manufacturing_footprint")
    emitters = [*(name for name in EXPECTED if name.endswith("_api")), "std.devices.laptop"]
    paths = ["std.network.wired.use_footprint", *(f"{name}.{phase}" for name in emitters for phase in both)]
    parts = sum(number(v09, path, "kgCO2e") for path in paths)
    assert number(v09, "total.period_footprint", "kgCO2e") == pytest.approx(parts, rel=1e-12)
    assert v09.program.kinds["llm_api"].category == "external_apis"


DEFAULTS = """
import std.providers as providers

llm_api api { provider = providers.anthropic; model = std.models.anthropic.claude_opus_4_5 }
llm_api_job request { external_api = api }
video_api studio { provider = providers.openai; model = std.video_models.openai.sora_2_pro }
video_api_job clip { external_api = studio; resolution = std.video.pixels_1280x720 }

llm_api elsewhere {
  provider = providers.anthropic; model = std.models.anthropic.claude_opus_4_5; grid = std.grid.france
}
llm_api by_hand {
  data_center_pue = 1.3; average_carbon_intensity = 50 gCO2e/kWh; model_total_params = 7 Gparam
  model_active_params = 7 Gparam
}
step chat { jobs = [request, clip] }
"""
# What the reference of e-footprint 27 prints for its default jobs, section 4.5: value, unit, significant digits.
PRINTED = {
    "api.model_active_params": (133.5, "Gparam", 4),
    "api.model_total_params": (670, "Gparam", 3),
    "api.data_center_pue": (1.115, "", 4),
    "api.average_carbon_intensity": (0.3844, "kgCO2e/kWh", 4),
    "request.generation_latency": (37.82, "s", 4),
    "request.model_required_memory": (1608, "GB", 4),
    "request.gpu_required_count": (32, "", 2),
    "request.gpu_energy": (0.1165, "Wh", 4),
    "request.server_energy": (0.788, "Wh", 3),
    "request.request_it_energy": (4.52, "Wh", 3),
    "request.request_energy": (5.04, "Wh", 3),
    "request.request_usage_gwp": (1.936, "gCO2e", 4),
    "request.request_embodied_gwp": (0.197, "gCO2e", 3),
    "request.data_transferred": (5, "kB", 1),
    "clip.generation_latency": (3.79, "min", 3),
    "clip.request_energy": (511, "Wh", 3),
    "clip.request_usage_gwp": (196, "gCO2e", 3),
    "clip.request_embodied_gwp": (21.4, "gCO2e", 3),
    "clip.data_transferred": (2.21, "MB", 3),
}


@pytest.fixture(scope="module")
def defaults(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return evaluate(tmp_path_factory, DEFAULTS)


@pytest.mark.parametrize("path", PRINTED)
def test_default_jobs_give_the_printed_figures(defaults: Ledger, path: str) -> None:
    wanted, unit, digits = PRINTED[path]
    assert float(f"{number(defaults, path, unit):.{digits}g}") == wanted


def test_a_grid_of_ones_own_wins_over_that_of_the_provider(defaults: Ledger) -> None:
    assert number(defaults, "elsewhere.average_carbon_intensity", "gCO2e/kWh") == pytest.approx(41.44)
    assert number(defaults, "elsewhere.data_center_pue", "") == pytest.approx(1.115)


def test_neither_provider_nor_model_is_needed_where_the_figures_are_given(defaults: Ledger) -> None:
    assert number(defaults, "by_hand.data_center_pue", "") == 1.3
    assert read(defaults, "by_hand.tokens_per_second") == AbsentValue()


def test_without_provider_and_model_the_figures_are_asked_for(tmp_path: Path) -> None:
    outcome = compile_text(tmp_path, "llm_api bare {}\n")
    messages = {d.message for d in outcome.diagnostics if d.severity is Severity.ERROR}
    missing = ("data_center_pue", "model_total_params", "model_active_params")
    assert messages == {f"`bare` needs `{name}`" for name in missing}


def test_without_a_grid_the_carbon_intensity_is_asked_for(tmp_path: Path) -> None:
    given = "data_center_pue = 1.2; model_total_params = 7 Gparam; model_active_params = 7 Gparam"
    outcome = compile_text(tmp_path, f"llm_api bare {{ {given} }}\n")
    found = [(d.code, d.help) for d in outcome.diagnostics if d.severity is Severity.ERROR]
    assert found == [("GAI301", "set `average_carbon_intensity`")]


def test_a_video_unlike_those_measured_is_a_warning(tmp_path: Path) -> None:
    size = "resolution = std.video.pixels_640x480"
    job = f"video_api_job long {{ external_api = studio; {size}; video_duration = 1 min }}\n"
    outcome = compile_text(tmp_path, DEFAULTS + job)
    found = [(d.severity, d.message) for d in outcome.diagnostics if d.code == "GAI630"]
    assert found == [
        (Severity.WARNING, "long: the time of this model was not measured at this resolution: it is extrapolated"),
        (
            Severity.WARNING,
            "long: the time of this model was measured for videos of other lengths: it is extrapolated",
        ),
    ]


CASES: Mapping[str, Json] = {case["id"]: case for case in read_json("ecologits_cases.json")["cases"]}
OVERRIDES = {
    "batch_size": ("batch_size", ""),
    "gpu_memory": ("gpu_ram", " GB"),
    "model_quantization_bits": ("bits_per_parameter", " bit/param"),
    "server_lifetime": ("lifespan", " s"),
}


def name_of(case: Json, end: int) -> str:
    return f"{case['id'].replace('-', '_')}_{'high' if end else 'low'}"


def write_llm(case: Json, end: int) -> Iterator[str]:
    """An API and a request with one end of each range of a case."""
    name = name_of(case, end)
    yield f"llm_api {name}_api {{"
    yield f"  model_total_params = {case['total_params'][end]} Gparam"
    yield f"  model_active_params = {case['active_params'][end]} Gparam"
    yield f"  data_center_pue = {case['pue'][end]}"
    yield f"  average_carbon_intensity = {case['carbon_intensity']} kgCO2e/kWh"
    if case["tps"] is not None:
        yield f"  tokens_per_second = {case['tps']} tok/s"
    if case["ttft"] is not None:
        yield f"  time_to_first_token = {case['ttft']} s"
    for key, value in case["overrides"].items():
        attribute, unit = OVERRIDES[key]
        yield f"  {attribute} = {value}{unit}"
    yield "}"
    measured = "" if case["latency"] is None else f"; measured_latency = {case['latency']} s"
    yield f"llm_api_job {name} {{ external_api = {name}_api; output_token_count = {case['tokens']} tok{measured} }}"


def write_video(case: Json, end: int) -> Iterator[str]:
    """The same for a video: the power of the server is a range too."""
    name = name_of(case, end)
    provider, _, model = case["model"].partition("/")
    model = model.replace("-", "_").replace(".", "_")
    yield f"video_api {name}_api {{"
    yield f"  model = std.video_models.{provider}.{model}"
    yield f"  data_center_pue = {case['pue'][end]}"
    yield f"  average_carbon_intensity = {case['carbon_intensity']} kgCO2e/kWh"
    yield f"  server_power = {case['power'][end]} W"
    yield "}"
    yield f"video_api_job {name} {{"
    yield f"  external_api = {name}_api; video_duration = {case['seconds']} s"
    yield f"  resolution = std.video.pixels_{case['width']}x{case['height']}; with_audio = {str(case['sound']).lower()}"
    yield "}"


@pytest.fixture(scope="module")
def ecologits(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    writers = {"llm": write_llm, "video": write_video}
    lines = [line for case in CASES.values() for end in (0, 1) for line in writers[case["kind"]](case, end)]
    return evaluate(tmp_path_factory, "\n".join(lines) + "\n")


@pytest.mark.parametrize("case", CASES)
def test_both_ends_agree_with_ecologits(ecologits: Ledger, case: str) -> None:
    for attribute, expected in CASES[case]["expected"].items():
        for end in (0, 1):
            found = number(ecologits, f"{name_of(CASES[case], end)}.{attribute}", expected["unit"])
            assert found == pytest.approx(expected["ends"][end], rel=EXACTLY), (attribute, end)
