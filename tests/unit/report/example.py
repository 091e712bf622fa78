"""The set-up that the tests of `report` look at: a question answered on a machine with accelerators.

Values and edges are plausible, not computed.
"""

from __future__ import annotations

import math
from typing import Any

from gaic.check.program import Declared, Study
from gaic.evaluate.account import (
    AbsentValue,
    CheckRow,
    LinkAccount,
    ScalarValue,
    TotalRow,
    TruthValue,
    Uncertainty,
    WordValue,
)
from gaic.report.book import Fingerprint, SiteHead
from gaic.source.diagnostic import Diagnostic, Severity
from gaic.source.text import Origin, SourceFile, Span
from tests.unit.report.fake_ledger import COUNT, START, FakeBook, make_series

MODEL = """## Support assistant: one question after the other.
study support_2026 "Support assistant" {
  goal            = "Decide between self-hosting and an API; internal"
  functional_unit = 1 ticket
  period          = 2025-01-01 .. 2028-01-01
  timezone        = "Europe/Paris"
}

source tender "Supplier offer 2026-03" {
  url       = "https://example.org/offer.pdf"
  published = 2026-03-02
  read      = 2026-03-10
  licence   = "all rights reserved"
}

let requests_per_ticket = 3.2 req/ticket from tender conf high

gpu_server farm "On-premise GPU server" {
  pue   = 1.12 to 1.25 from tender conf medium    # a range: 5th to 95th percentile
  power = 1000 W
  grid  = france
}

genai_model assistant "Chat model" {
  server = farm
  bits_per_parameter = 16 bit/param from hypothesis note "half precision, as on the model card"
}

## The job that answers one question; see the [method](https://example.org/method) and `output_token_count`.
##
## - an item of *weight*
## - **another** item
genai_job answer "Answer one question" {
  service            = assistant
  output_token_count = 1000 tok from hypothesis note "typical answer" conf low
  ram_needed         = 0 GB from tender conf high
}

usage_pattern staff "French support staff" { starts = hourly("starts.csv", start = 2025-01-01T00:00) }
usage_pattern night "Night shift" { starts = hourly([1, 2, 3], start = 2025-01-01T00:00) }
"""

LIBRARY = """## Jobs that ask a generative model.
kind genai_job "Generative AI job" extends gpu_job {
  ref service : genai_model
  ## Tokens of one answer.
  input output_token_count : Token = 500 tok from hypothesis note "long answer"
  ## Size of the text of one answer.
  calc output_token_weights : Data = output_token_count * service.bits_per_token
  ## Time from the first to the last token: latency of one token times their number.
  calc request_duration : Time =
    output_token_count * (service.gpu_latency_alpha * service.active_params + service.gpu_latency_beta)
  calc compute_needed : Gpu =
    service.llm_memory_factor * service.active_params * service.bits_per_parameter / server.ram_per_gpu
  ## How many requests start in each hour, per usage pattern.
  calc hourly_occurrences_per_usage_pattern[p in usage_patterns] : amount Request = sum(p.starts)
  ## How many run side by side.
  calc hourly_avg_occurrences_per_usage_pattern[p in usage_patterns] : level Request =
    in_parallel(hourly_occurrences_per_usage_pattern[p], request_duration)
  calc hourly_occurrences_across_usage_patterns : amount Request = sum(hourly_occurrences_per_usage_pattern)
  input data_stored : Stored? within 0 kB .. 1 TB
}
kind genai_model "Generative AI model" {
  let bits_per_token = 24 bit/tok from std.sources.tokens conf medium
  input active_params : Param = 7.3 Gparam from std.sources.ecologits conf medium
  input bits_per_parameter : Bit = 16 bit/param
  let gpu_latency_alpha = 8.02e-13 s/tok/param from std.sources.ecologits conf medium
  let gpu_latency_beta = 0.0223 s/tok from std.sources.ecologits conf medium
  let llm_memory_factor = 1.2 from std.sources.ecologits conf low
}
kind gpu_server "GPU server" {
  input ram_per_gpu : Ram = 80 GB/gpu from std.sources.ecologits conf high
  calc use_footprint : amount Carbon counts gwp use = grid.carbon_intensity * pue * power * load
  calc instances_manufacturing_footprint : amount Carbon counts gwp manufacturing = embodied * nb_of_instances
}
country france "France" { carbon_intensity = 56 gCO2e/kWh from std.sources.ember conf high; timezone = "Europe/Paris" }
"""

MODEL_FILE = SourceFile("support.gai", MODEL)
LIBRARY_FILE = SourceFile("stdlib/genai.gai", LIBRARY, Origin.LIBRARY)

TENDER = Declared(
    "tender",
    "source",
    "Supplier offer 2026-03",
    "",
    {
        "url": "https://example.org/offer.pdf",
        "published": "2026-03-02",
        "read": "2026-03-10",
        "licence": "all rights reserved",
    },
    Span(MODEL_FILE, MODEL.index("source tender"), MODEL.index("source tender") + 13),
)


def declare_source(path: str, label: str, **fields: str) -> Declared:
    return Declared(path, "source", label, "Read *carefully*.", fields, Span(LIBRARY_FILE, 0, 10))


ECOLOGITS = declare_source(
    "std.sources.ecologits", "EcoLogits 0.6", url="https://ecologits.ai", licence="MPL-2.0", read="2026-11-20"
)
TOKENS = declare_source("std.sources.tokens", "Lengths of tokens", citation="A. Author, 2023")
EMBER = declare_source("std.sources.ember", "Ember", url="https://ember-energy.org", licence="CC BY 4.0")


def find_span(text: str, file: SourceFile = LIBRARY_FILE) -> Span:
    """The place of a piece of one of the two files, up to the end of its line."""
    start = file.text.index(text)
    end = file.text.find("\n", start)
    return Span(file, start, end if end != -1 else len(file.text))


def make_head() -> SiteHead:
    study = Study(
        "support_2026",
        "Support assistant",
        {
            "goal": "Decide between self-hosting and an API; internal",
            "functional_unit": "1 ticket",
            "period": "2025-01-01 .. 2028-01-01",
            "timezone": "Europe/Paris",
        },
        "Europe/Paris",
        START,
        COUNT,
        find_span("study support_2026", MODEL_FILE),
    )
    return SiteHead(
        file="support.gai",
        gaic="0.1.0",
        library="2026.11",
        library_sha256="5e" * 32,
        tzdata="2026.6",
        inputs=(Fingerprint("support.gai", "0f" * 32), Fingerprint("starts.csv", "a1" * 32)),
        study=study,
    )


def make_book() -> FakeBook:
    """The whole example: 40 values of 9 objects."""
    book = FakeBook()
    _add_inputs(book)
    _add_answer(book)
    _add_footprints(book)
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
    book.add("farm.server_type", WordValue("choice", "on_premise"), given=False, span=find_span("kind gpu_server"))
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
        ("storage", "Storage", "manufacturing", "Manufacturing", 120.25, None),
        ("storage", "Storage", "use", "Use", 60.5, None),
        ("network", "Network", "use", "Use", 310.75, None),
        ("devices", "Devices", "manufacturing", "Manufacturing", 1830.0, None),
        ("devices", "Devices", "use", "Use", 410.0, None),
    ]
    for category, label, phase, phase_label, number, path in parts:
        nodes = (book.find(path),) if path else ()
        book.rows.append(
            TotalRow("gwp", "Climate change", category, label, phase, phase_label, ScalarValue(number, "kgCO2e"), nodes)
        )
    whole = math.fsum(part[4] for part in parts)
    book.rows.append(TotalRow("gwp", "Climate change", None, None, None, None, ScalarValue(whole, "kgCO2e"), ()))
    book.asserted = (
        CheckRow(
            "fits",
            None,
            ok=True,
            severity="error",
            message="does not fit",
            condition="farm.power > 0 W",
            parts=(("farm.power", "1000 W"),),
            span=find_span("gpu_server farm", MODEL_FILE),
        ),
        CheckRow(
            "small",
            "farm",
            ok=False,
            severity="warning",
            message="larger than wished",
            condition="load < 1",
            parts=(("load", "1.2"),),
            span=find_span("gpu_server farm", MODEL_FILE),
        ),
    )
    book.findings = (
        Diagnostic(
            "GAI601",
            "`farm.power` names no source",
            find_span("power = 1000", MODEL_FILE),
            severity=Severity.WARNING,
            help="write `from` and a source after the value",
        ),
    )
