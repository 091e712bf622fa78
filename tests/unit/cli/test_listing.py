"""People are shown some findings of each file and told of the rest; programs get all."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from gaic.cli.listing import count_findings, list_findings
from gaic.source.diagnostic import Diagnostic, Severity
from gaic.source.render import render_concise
from gaic.source.text import SourceFile, Span

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import Command
    from tests.unit.cli.conftest import Compiler, Gaic

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def findings(row: str, name: str = "a.gai") -> list[Diagnostic]:
    """A finding for each letter: `e` is an error, `w` a warning."""
    file = SourceFile(name, "x" * len(row))
    severities = (ERROR if letter == "e" else WARNING for letter in row)
    return [
        Diagnostic("GAI001", f"m{number}", Span(file, number, number + 1), severity=severity)
        for number, severity in enumerate(severities)
    ]


def told(diagnostics: list[Diagnostic], most: int | None) -> list[str]:
    return [line.split(" ", 1)[-1] for line in list_findings(diagnostics, render_concise, most=most).splitlines()]


def test_a_few_are_all_shown() -> None:
    assert len(told(findings("ewew"), 4)) == 4
    assert len(told(findings("ewew"), None)) == 4
    assert list_findings([], render_concise, most=4) == ""


def test_no_error_is_left_out_for_a_warning_and_the_order_stays() -> None:
    assert told(findings("wweew"), 3) == [
        "warning[GAI001]: m0",
        "error[GAI001]: m2",
        "error[GAI001]: m3",
        "and 2 more in a.gai (2 warnings); `gaic check --all` shows them",
    ]
    assert told(findings("wewe"), 1) == [
        "error[GAI001]: m1",
        "and 3 more in a.gai (1 error, 2 warnings); `gaic check --all` shows them",
    ]


def test_each_file_is_counted_alone_and_so_is_what_has_no_place() -> None:
    nowhere = [Diagnostic("GAI103", "m", None) for _ in range(3)]
    lines = told([*nowhere, *findings("ee"), *findings("www", "b\x1b.gai")], 2)
    assert [line for line in lines if line.startswith("and")] == [
        "and 1 more (1 error); `gaic check --all` shows them",
        "and 1 more in b<U+001B>.gai (1 warning); `gaic check --all` shows them",
    ]


def test_counts() -> None:
    assert count_findings(findings("eew")) == "2 errors, 1 warning"
    assert count_findings([]) == ""


def test_the_command_cuts_for_people_only(gaic: Gaic, compiler: Compiler) -> None:
    compiler.diagnostics = tuple(findings("e" * 30 + "w" * 5))
    full = gaic("check", "m.gai")
    assert full.out.count("error[") == 20
    assert full.out.endswith("\n\n... and 15 more in a.gai (10 errors, 5 warnings); `gaic check --all` shows them\n")
    assert full.err == "30 errors, 5 warnings\n"
    assert gaic("check", "m.gai", "-q").err == ""
    assert len(gaic("check", "m.gai", "--format", "concise").out.splitlines()) == 21
    assert len(gaic("check", "m.gai", "--format", "concise", "--all").out.splitlines()) == 35
    assert len(json.loads(gaic("check", "m.gai", "--format", "json").out)["diagnostics"]) == 35
    assert len(gaic("check", "m.gai", "--format", "github").out.splitlines()) == 35
    assert len(json.loads(gaic("check", "m.gai", "--format", "sarif").out)["runs"][0]["results"]) == 35
    assert gaic("check", "m.gai", "--format", "junit").out.count("<testcase") == 35
    assert gaic("check", "m.gai", "--format", "junit").err == ""


def test_colour_obeys_the_option_then_the_environment(
    gaic: Gaic, compiler: Compiler, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiler.diagnostics = tuple(findings("e"))
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    assert "\x1b" not in gaic("check", "m.gai").out
    assert "\x1b" in gaic("check", "m.gai", "--color", "always").out
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.setenv(name, "1")
        assert "\x1b" in gaic("check", "m.gai").out
        assert "\x1b" not in gaic("check", "m.gai", "--color", "never").out
        assert "\x1b" not in gaic("check", "m.gai", "--format", "github").out
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b" not in gaic("check", "m.gai").out
        assert "\x1b" in gaic("check", "m.gai", "--color", "always").out
        monkeypatch.delenv("NO_COLOR")
        monkeypatch.setenv(name, "0")
        assert "\x1b" not in gaic("check", "m.gai").out
        monkeypatch.delenv(name)
    assert gaic("check", "m.gai", "--color", "sometimes").code == 2


def test_a_file_gets_colours_only_where_they_are_asked_for(gaic: Gaic, compiler: Compiler, project: Path) -> None:
    compiler.diagnostics = tuple(findings("e"))
    gaic("check", "m.gai", "-o", "plain.txt")
    gaic("check", "m.gai", "-o", "coloured.txt", "--color", "always")
    assert "\x1b" not in (project / "plain.txt").read_text(encoding="utf-8")
    assert "\x1b" in (project / "coloured.txt").read_text(encoding="utf-8")


def test_the_order_is_the_same_whatever_the_hash_seed(gaic_command: Command, repository: Path) -> None:
    programs = sorted((repository / "tests" / "cases" / "recovery").glob("*.gai"))
    outputs = {
        gaic_command("check", "--all", *programs, environment={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(outputs) == 1
    assert outputs.pop().count("error[") > 100
