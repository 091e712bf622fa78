"""The command on the models of the repository, and on small ones that go wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Gaic


@pytest.fixture
def model(repository: Path) -> str:
    return str(repository / "models" / "genai_job.gai")


def test_the_time_of_a_request(gaic: Gaic, model: str) -> None:
    assert gaic("eval", model, "answer.request_duration").out == "28.1546 s\n"
    found = json.loads(gaic("eval", model, "answer.request_duration", "--json", "--unit", "ms").out)
    assert (found["shape"], found["value"], found["unit"]) == ("scalar", 28154.6, "ms")
    assert found["at"]["file"].startswith("stdlib/")
    assert len(found["sources"]) == 2
    assert gaic("eval", model, "answer.request_duration", "--unit", "GB").code == 2


def test_a_series_in_full(gaic: Gaic, model: str) -> None:
    path = "answer.hourly_occurrences_per_usage_pattern"
    found = json.loads(gaic("eval", model, f"{path}.staff", "--json").out)
    assert found["path"] == f"{path}[staff]"
    assert (found["start"], found["n"], len(found["values"])) == ("2024-12-31T23:00:00Z", 26299, 26299)
    assert found["values"][-10:] == [2, 6, 3, 3, 8, 1, 8, 5, 4, 5]
    table = json.loads(gaic("eval", model, path, "--json").out)
    assert (table["shape"], list(table["entries"])) == ("table", ["staff"])
    text = gaic("eval", model, f"{path}[staff]").out
    assert "first 10: 4 3 4 4 6 6 2 2 1 2\nlast 10:  2 6 3 3 8 1 8 5 4 5\n" in text


def test_an_explanation(gaic: Gaic, model: str) -> None:
    found = gaic("explain", model, "answer.request_duration")
    assert found.code == 0
    assert "28.15 s" in found.out
    assert "service.gpu_latency_alpha" in found.out


def test_a_broken_promise_writes_the_site_and_says_so(gaic: Gaic, project: Path) -> None:
    (project / "m.gai").write_text(
        'let a : Time = 2 s from hypothesis note "x"\nassert short: a < 1 s else error "no"\n'
    )
    found = gaic("build", "m.gai")
    assert found.code == 3, found.err
    assert "no" in found.err
    assert (project / "build" / "m" / "index.html").is_file()
    results = json.loads((project / "build" / "m" / "results.json").read_text(encoding="utf-8"))
    assert [(check["name"], check["ok"]) for check in results["checks"]] == [("short", False)]
    assert gaic("check", "m.gai").code in {0, 3}


def test_two_mistakes_are_two_messages(gaic: Gaic, project: Path) -> None:
    (project / "m.gai").write_text("let a : Time = 2 kg\nlet b : Time = zzz\n")
    for command in (["build", "m.gai"], ["eval", "m.gai", "a"]):
        found = gaic(*command)
        assert (found.code, found.out) == (1, "")
        assert found.err.count("error[GAI") == 2
    document = json.loads(gaic("check", "m.gai", "--format", "json").out)
    assert [d["at"]["line"] for d in document["diagnostics"] if d["severity"] == "error"] == [1, 2]


def test_check_mends_what_a_machine_can_mend(gaic: Gaic, project: Path) -> None:
    (project / "m.gai").write_text(
        'let a = 2 kw from hypothesis note "x"\nlet b = oops\nassert short: a < 3 W else error "no"\n'
    )
    asked = json.loads(gaic("check", "m.gai", "--format", "json").out)
    assert asked["diagnostics"][0]["fix"] == [
        {"at": {"file": "m.gai", "line": 1, "column": 11}, "end": {"line": 1, "column": 13}, "text": "kW"}
    ]
    found = gaic("check", "--fix", "m.gai")
    assert (found.code, found.err) == (1, "mended 1 finding in m.gai\n1 error\n")
    assert "there is no name `oops`" in found.out
    assert "2 kW" in (project / "m.gai").read_text()
    assert gaic("check", "--fix", "m.gai").err == "1 error\n"


def test_mending_writes_nothing_that_cannot_be_written(gaic: Gaic, project: Path) -> None:
    (project / "m.gai").write_text('let a = 2 kw from hypothesis note "x"\n')
    (project / "m.gai.gaic-new").write_text("mine")
    found = gaic("check", "--fix", "m.gai")
    assert found.code == 2
    assert "in the way" in found.err
    assert "2 kw" in (project / "m.gai").read_text()


@pytest.fixture
def weak(repository: Path, project: Path) -> str:
    text = (repository / "tests" / "cases" / "reject" / "evaluation" / "weak_defaults.gai").read_text(encoding="utf-8")
    (project / "m.gai").write_text(text, encoding="utf-8")
    return "m.gai"


def test_a_build_names_the_defaults_that_move_the_total(gaic: Gaic, project: Path, weak: str) -> None:
    found = gaic("build", weak)
    assert found.code == 0
    assert "\n\nDefaults that move the total\n  input " in found.out
    assert "\n  pue               halls  1.2 " in found.out
    assert found.out.endswith("index.html\n")
    assert found.err.count("warning[GAI603]: `halls` leaves `") == 2
    results = json.loads((project / "build" / "m" / "results.json").read_text(encoding="utf-8"))
    assert [(each["code"], each["severity"]) for each in results["diagnostics"]] == [("GAI603", "warning")] * 2
    index = (project / "build" / "m" / "index.html").read_text(encoding="utf-8")
    assert "GAI603" in index
    assert "10 % more makes the total" in index


def test_a_strict_build_refuses_weak_defaults_that_move_the_total(gaic: Gaic, project: Path, weak: str) -> None:
    found = gaic("build", weak, "--strict")
    assert found.code == 1
    assert found.err.startswith("error[GAI603]: `halls` leaves `carbon_intensity` to a weak default, 400 gCO2e/kWh,")
    assert not (project / "build").exists()


def test_a_verbose_build_lists_every_input(gaic: Gaic, weak: str) -> None:
    found = gaic("build", weak, "-v")
    assert "\nInputs that move the total\n" in found.out
    assert "\nDefaults that move the total\n" not in found.out
    assert "\n  halls.idle_power " in found.out
    assert gaic("build", weak, "-q").out == ""


def test_only_a_build_asks_what_moves_the_total(gaic: Gaic, weak: str) -> None:
    assert gaic("eval", weak, "halls.pue", "--strict") == gaic("eval", weak, "halls.pue")
    assert gaic("check", weak, "--strict").code == 0


def test_a_verbose_check_lists_the_defaults_in_use(gaic: Gaic, weak: str) -> None:
    assert gaic("check", weak).out == ""
    found = gaic("check", weak, "-v")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("archive (server), m.gai:5:8, uses the defaults:\n  power ")
    assert "\n\nhalls (server), m.gai:11:8, uses the defaults:\n" in found.out
    for style in ("concise", "json", "github", "sarif", "junit"):
        assert gaic("check", weak, "-v", "--format", style) == gaic("check", weak, "--format", style)


def test_a_verbose_check_lists_defaults_below_the_findings(gaic: Gaic, project: Path, weak: str) -> None:
    text = (project / weak).read_text(encoding="utf-8")
    (project / weak).write_text(text.replace('note "charged by use"', ""), encoding="utf-8")
    found = gaic("check", weak, "-v", "-o", "said.txt")
    said = (project / "said.txt").read_text(encoding="utf-8")
    assert (found.out, said.startswith("warning[GAI602]: a hypothesis says why\n")) == ("", True)
    assert "\n\narchive (server), m.gai:5:8, uses the defaults:\n" in said
    (project / "broken.gai").write_text("server {\n", encoding="utf-8")
    assert "defaults" not in gaic("check", "broken.gai", "-v").out
