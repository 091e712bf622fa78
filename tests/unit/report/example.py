"""The set-up that the tests of `report` look at: a question answered on a machine with accelerators.

Values and edges are plausible, not computed.
"""

from __future__ import annotations

import math
from typing import Any

from gaic.evaluate.account import (
    AbsentValue,
    CheckPart,
    CheckRow,
    LinkAccount,
    ScalarValue,
    TotalRow,
    TruthValue,
    Uncertainty,
    WordValue,
)
from tests.unit.report.fake_ledger import COUNT, FakeBook, make_series
from tests.unit.report.texts import ECOLOGITS, EMBER, MODEL_FILE, TENDER, TOKENS, find_span


def make_book() -> FakeBook:
    """The whole example: 45 values of 12 objects."""
    book = FakeBook()
    _add_inputs(book)
    _add_answer(book)
    _add_footprints(book)
    _add_others(book)
    _shelve_objects(book)
    _add_totals(book)
    return book


def _add_inputs(book: FakeBook) -> None:
    book.add(
        "requests_per_ticket",
        ScalarValue(3.2, "req/ticket"),
        role="constant",
        label="requests_per_ticket",
        source=TENDER,
        confidence="high",
        span=find_span("let requests_per_ticket", MODEL_FILE),
    )
    library: dict[str, Any] = {"given": False, "role": "constant", "source": ECOLOGITS, "confidence": "medium"}
    book.add(
        "assistant.active_params",
        ScalarValue(7.3, "Gparam"),
        **{**library, "role": "input"},
        limits="within 0 .. 1 Tparam",
        span=find_span("input active_params"),
    )
    book.add(
        "assistant.bits_per_parameter",
        ScalarValue(16, "bit/param"),
        source_text="hypothesis",
        note="half precision, as on the model card",
        default="16 bit/param",
        span=find_span("bits_per_parameter", MODEL_FILE),
    )
    book.add(
        "assistant.gpu_latency_alpha",
        ScalarValue(8.02e-13, "s/tok/param"),
        **library,
        span=find_span("let gpu_latency_alpha"),
    )
    book.add(
        "assistant.gpu_latency_beta", ScalarValue(0.0223, "s/tok"), **library, span=find_span("let gpu_latency_beta")
    )
    book.add(
        "assistant.llm_memory_factor",
        ScalarValue(1.2, ""),
        **{**library, "confidence": "low"},
        span=find_span("let llm_memory_factor"),
    )
    book.add(
        "assistant.bits_per_token",
        ScalarValue(24, "bit/tok"),
        **{**library, "source": TOKENS},
        span=find_span("let bits_per_token"),
    )
    book.add(
        "farm.ram_per_gpu",
        ScalarValue(80, "GB/gpu"),
        **{**library, "role": "input", "confidence": "high"},
        span=find_span("input ram_per_gpu"),
    )
    book.add(
        "farm.pue",
        ScalarValue(1.185, "", Uncertainty(1.12, 1.25, "p5-p95")),
        source=TENDER,
        confidence="medium",
        default="1.2",
        doc="Energy of the whole *site* per energy of the machines.",
        span=find_span("pue   =", MODEL_FILE),
    )
    book.add("farm.power", ScalarValue(1000, "W"), span=find_span("power =", MODEL_FILE))
    book.add(
        "farm.server_type",
        WordValue("choice", "on_premise"),
        source=TENDER,
        given=False,
        span=find_span("kind gpu_server"),
    )
    book.add("farm.fixed_instances", AbsentValue(), given=False, span=find_span("kind gpu_server"))
    book.add("farm.shared", TruthValue(value=False), given=False, span=find_span("kind gpu_server"))
    book.add(
        "std.grid.france.carbon_intensity",
        ScalarValue(56, "gCO2e/kWh"),
        source=EMBER,
        confidence="high",
        span=find_span("carbon_intensity = 56"),
    )
    book.add_series(
        "staff.starts",
        make_series(7, 1.0),
        "visit",
        "amount",
        source_text="starts.csv",
        source=TENDER,
        confidence="low",
        span=find_span('starts = hourly("starts.csv"', MODEL_FILE),
        local=True,
    )
    book.add_series(
        "night.starts", [1.0, 2.0, 3.0], "visit", "amount", span=find_span("starts = hourly([1", MODEL_FILE)
    )


def _add_answer(book: FakeBook) -> None:
    book.add(
        "answer.output_token_count",
        ScalarValue(1000, "tok"),
        source_text="hypothesis",
        note="typical answer",
        confidence="low",
        default="500 tok",
        doc="Tokens of one answer.",
        limits="within 1 tok .. 10 Mtok",
        span=find_span("output_token_count = 1000", MODEL_FILE),
    )
    book.add(
        "answer.ram_needed",
        ScalarValue(0, "GB"),
        source=TENDER,
        confidence="high",
        span=find_span("ram_needed ", MODEL_FILE),
    )
    book.add(
        "answer.data_stored",
        AbsentValue(),
        given=False,
        limits="within 0 kB .. 1 TB",
        span=find_span("input data_stored"),
    )
    book.add(
        "answer.output_token_weights",
        ScalarValue(3, "kB"),
        ["answer.output_token_count", "assistant.bits_per_token"],
        formula="output_token_count * service.bits_per_token",
        substituted="1000 tok * 24 bit/tok",
        doc="Size of the text of one answer.",
        span=find_span("calc output_token_weights"),
    )
    book.add(
        "answer.request_duration",
        ScalarValue(28.1546, "s"),
        [
            "answer.output_token_count",
            "assistant.gpu_latency_alpha",
            "assistant.active_params",
            "assistant.gpu_latency_beta",
        ],
        formula="output_token_count * (service.gpu_latency_alpha * service.active_params + service.gpu_latency_beta)",
        substituted="1000 tok * (8.02e-13 s/tok/param * 7.3 Gparam + 0.0223 s/tok)",
        doc="Time from the first to the last token: latency of one token times their number.",
        span=find_span("calc request_duration"),
    )
    book.add(
        "answer.compute_needed",
        ScalarValue(0.219, "gpu"),
        ["assistant.llm_memory_factor", "assistant.active_params", "assistant.bits_per_parameter", "farm.ram_per_gpu"],
        formula="service.llm_memory_factor * service.active_params * service.bits_per_parameter / server.ram_per_gpu",
        substituted="1.2 * 7.3 Gparam * 16 bit/param / (80 GB/gpu)",
        span=find_span("calc compute_needed"),
    )
    table = "answer.hourly_occurrences_per_usage_pattern"
    for member in ("staff", "night"):
        numbers = book.series[book.find(f"{member}.starts")]
        book.add_series(
            f"{table}[{member}]",
            numbers,
            "req",
            "amount",
            edges=[f"{member}.starts"],
            formula="sum(u.weight * u.hourly_starts[p] for u in uses where p in u.patterns) as Request",
            substituted="1 * staff.starts",
            doc="How many requests start in each hour, per usage pattern.",
            span=find_span("calc hourly_occurrences_per_usage_pattern"),
        )
    for member in ("staff", "night"):
        numbers = [number * 0.0078207 for number in book.series[book.find(f"{member}.starts")]]
        book.add_series(
            f"answer.hourly_avg_occurrences_per_usage_pattern[{member}]",
            numbers,
            "req",
            "level",
            edges=[f"{table}[{member}]", "answer.request_duration"],
            formula="in_parallel(hourly_occurrences_per_usage_pattern[p], request_duration)",
            substituted=f"in_parallel({table}[{member}], 28.155 s)",
            span=find_span("calc hourly_avg_occurrences"),
        )
    book.add_series(
        "answer.hourly_occurrences_across_usage_patterns",
        book.series[book.find("staff.starts")],
        "req",
        "amount",
        edges=[f"{table}[staff]", f"{table}[night]"],
        formula="sum(hourly_occurrences_per_usage_pattern)",
        substituted="",
        span=find_span("calc hourly_occurrences_across"),
    )


def _add_footprints(book: FakeBook) -> None:
    level = [f"answer.hourly_avg_occurrences_per_usage_pattern[{member}]" for member in ("staff", "night")]
    starts = book.series[book.find("staff.starts")]
    book.add_series(
        "farm.load",
        [number * 0.0017 for number in starts],
        "",
        "level",
        edges=[*level, "answer.compute_needed"],
        formula="sum(job.hourly_avg_occurrences_per_usage_pattern * job.compute_needed for job in jobs)",
        substituted="",
        span=find_span("kind gpu_server"),
        uncertain=False,
    )
    book.add_series(
        "farm.use_footprint",
        [0.02 + number * 0.004 for number in starts],
        "kgCO2e",
        "amount",
        edges=["std.grid.france.carbon_intensity", "farm.pue", "farm.power", "farm.load"],
        uncertain=True,
        formula="grid.carbon_intensity * pue * power * load",
        substituted="56 gCO2e/kWh * 1.185 * 1000 W * farm.load",
        doc="Carbon of the electricity that the machines draw.",
        span=find_span("calc use_footprint"),
    )
    book.add_series(
        "farm.instances_manufacturing_footprint",
        [0.0589] * COUNT,
        "kgCO2e",
        "amount",
        edges=["farm.load"],
        formula="embodied * nb_of_instances",
        substituted="",
        span=find_span("calc instances_manufacturing"),
    )
    book.add(
        "per_ticket.value",
        ScalarValue(0.000159, "kgCO2e/ticket"),
        [
            "farm.use_footprint",
            "farm.instances_manufacturing_footprint",
            "answer.hourly_occurrences_across_usage_patterns",
            "requests_per_ticket",
        ],
        formula="total(farm.use_footprint + farm.instances_manufacturing_footprint)"
        "\n  / total(answer.hourly_occurrences_across_usage_patterns)"
        " * requests_per_ticket",
        substituted="(2 900 kgCO2e + 1 549 kgCO2e) / 158 000 req * 3.2 req/ticket",
        uncertain=True,
        span=find_span("let requests_per_ticket", MODEL_FILE),
    )


def _add_others(book: FakeBook) -> None:
    """What counts besides the machines, as plain numbers without hours."""
    numbers = {
        "disk.made": 120.25,
        "disk.used": 60.5,
        "lines.used": 310.75,
        "laptops.made": 1830.0,
        "laptops.used": 410.0,
    }
    for path, number in numbers.items():
        book.add(path, ScalarValue(number, "kgCO2e"), formula="measured", span=find_span("kind gpu_server"))


def _shelve_objects(book: FakeBook) -> None:
    book.shelve(
        "answer",
        "std.genai.genai_job",
        "Generative AI job",
        find_span("genai_job answer", MODEL_FILE),
        label="Answer one question",
        doc="The job that answers one question; see the [method](https://example.org/method) and "
        "`output_token_count`.\n\n"
        "- an item of *weight*\n- **another** item",
        kind_doc="Jobs that ask a generative model.",
        links=(LinkAccount("service", "What answers.", "assistant", 1.0),),
        used_by=("staff", "night"),
    )
    book.shelve(
        "assistant",
        "std.genai.genai_model",
        "Generative AI model",
        find_span("genai_model assistant", MODEL_FILE),
        label="Chat model",
        links=(LinkAccount("server", "", "farm", 1.0),),
        used_by=("answer",),
    )
    book.shelve(
        "farm",
        "std.servers.gpu_server",
        "GPU server",
        find_span("gpu_server farm", MODEL_FILE),
        label="On-premise GPU server",
        used_by=("assistant",),
        links=(LinkAccount("grid", "", "std.grid.france", 1.0),),
    )
    for path, label in (("staff", "French support staff"), ("night", "Night shift")):
        book.shelve(
            path,
            "std.web.usage_pattern",
            "Usage pattern",
            find_span(f"usage_pattern {path}", MODEL_FILE),
            label=label,
            links=(LinkAccount("jobs", "Weighted requests.", "answer", 2.5),),
        )
    for path, kind, label in (
        ("disk", "storage", "Disk"),
        ("lines", "network", "Lines"),
        ("laptops", "device", "Laptops"),
    ):
        book.shelve(path, f"std.{kind}", label, find_span("gpu_server farm", MODEL_FILE), label=f"{label} of all")
    book.shelve("requests_per_ticket", "let", "Constant", find_span("let requests_per_ticket", MODEL_FILE))
    book.shelve("per_ticket", "let", "Constant", find_span("let requests_per_ticket", MODEL_FILE))
    book.shelve(
        "support_2026", "study", "Study", find_span("study support_2026", MODEL_FILE), label="Support assistant"
    )
    book.shelve(
        "std.grid.france",
        "std.grid.country",
        "Country",
        find_span("country france"),
        label="France",
        library=True,
        used_by=("farm",),
    )


def _add_totals(book: FakeBook) -> None:
    parts = [
        ("servers", "Servers", "manufacturing", "Manufacturing", 1549.0, "farm.instances_manufacturing_footprint"),
        ("servers", "Servers", "use", "Use", 2900.5, "farm.use_footprint"),
        ("storage", "Storage", "manufacturing", "Manufacturing", 120.25, "disk.made"),
        ("storage", "Storage", "use", "Use", 60.5, "disk.used"),
        ("network", "Network", "use", "Use", 310.75, "lines.used"),
        ("devices", "Devices", "manufacturing", "Manufacturing", 1830.0, "laptops.made"),
        ("devices", "Devices", "use", "Use", 410.0, "laptops.used"),
    ]
    for category, label, phase, phase_label, number, path in parts:
        value = ScalarValue(number, "kgCO2e")
        names = ("gwp", "Climate change", category, label, phase, phase_label)
        book.rows.append(TotalRow(*names, value, (book.find(path),), (number,)))
    numbers = tuple(part[4] for part in parts)
    nodes = tuple(book.find(part[5]) for part in parts)
    whole = ScalarValue(math.fsum(numbers), "kgCO2e")
    book.rows.append(TotalRow("gwp", "Climate change", None, None, None, None, whole, nodes, numbers))
    book.delivered = 49375.0
    book.asserted = (
        CheckRow(
            "fits",
            None,
            ok=True,
            severity="error",
            message="does not fit",
            condition="farm.power > 0 W",
            parts=(CheckPart(0, "farm.power > 0 W", "true"), CheckPart(1, "farm.power", "1000 W")),
            span=find_span("gpu_server farm", MODEL_FILE),
        ),
        CheckRow(
            "small",
            "farm",
            ok=False,
            severity="warning",
            message="larger than wished",
            condition="load < 1",
            parts=(CheckPart(0, "load < 1", "false"), CheckPart(1, "load", "1.2")),
            span=find_span("gpu_server farm", MODEL_FILE),
        ),
    )
