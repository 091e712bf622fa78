"""The two files of the example, its sources and its head."""

from __future__ import annotations

from gaic.check.program import Declared, Study
from gaic.report.book import Fingerprint, SiteHead
from gaic.source.diagnostic import Diagnostic, Severity
from gaic.source.text import Origin, SourceFile, Span
from tests.unit.report.fake_ledger import COUNT, START

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
        diagnostics=(
            Diagnostic(
                "GAI601",
                "`farm.power` names no source",
                find_span("power = 1000", MODEL_FILE),
                notes=("a number without a source cannot be audited",),
                severity=Severity.WARNING,
                help="write `from` and a source after the value",
            ),
        ),
    )
