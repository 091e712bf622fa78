from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

from gaic.schema.findings import Checked, github_text, junit_text, sarif_document
from gaic.schema.text import json_text
from gaic.source.diagnostic import Diagnostic
from gaic.source.rules.drawing import render_rule
from gaic.source.rules.pages import read_rule
from gaic.source.text import SourceFile, Span
from tests.unit.evaluated import ERROR, KIND, WARNING

CHECKED = (Checked("sub/m.gai", "sub", (ERROR, WARNING)), Checked("fine.gai", "", ()))
IN_LIBRARY = Checked("m.gai", "", (replace(ERROR, span=KIND), Diagnostic("GAI001", "nowhere", None)))


def test_annotations_of_github_escape_what_means_something_there() -> None:
    lines = github_text(CHECKED).splitlines()
    assert lines[0] == (
        "::error file=sub/m.gai,line=2,endLine=2,col=10,endColumn=23,title=GAI101::no `x`, at%0Aall: 100 %25%0Ahere"
    )
    assert lines[1].startswith("::warning file=sub/m.gai,line=2,")
    assert lines[1].endswith("no source%0Asaid here%0Am.gai:1:1: in this object%0Anote: a fact%0Ahelp: add one")
    odd = SourceFile("a,b:c%.gai", "x\ny\n")
    (line,) = github_text([Checked("x", "", (Diagnostic("GAI001", "m", Span(odd, 0, 3)),))]).splitlines()
    assert line == "::error file=a%2Cb%3Ac%25.gai,line=1,endLine=2,title=GAI001::m"


def test_annotations_for_the_library_and_for_no_place_name_no_file() -> None:
    assert github_text([IN_LIBRARY]).splitlines() == [
        "::error title=GAI101::stdlib/tasks.gai:1:1: no `x`, at%0Aall: 100 %25%0Ahere",
        "::error title=GAI001::nowhere",
    ]


def test_sarif_has_rules_places_and_related_places() -> None:
    document = json.loads(json_text(sarif_document([*CHECKED, IN_LIBRARY], "0.1.0")))
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("gaic", "0.1.0")
    assert [rule["id"] for rule in driver["rules"]] == ["GAI001", "GAI101", "GAI602"]
    first, second, third, fourth = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("GAI101", 1, "error")
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "sub/m.gai"},
                "region": {"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 24},
            }
        }
    ]
    assert second["level"] == "warning"
    assert second["relatedLocations"][0]["message"] == {"text": "in this object"}
    assert third["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "stdlib/tasks.gai"
    assert fourth["locations"] == []


def test_sarif_describes_a_rule_with_its_page() -> None:
    (run,) = json.loads(json_text(sarif_document(CHECKED, "0.1.0")))["runs"]
    rule, page = run["tool"]["driver"]["rules"][1], read_rule("GAI602")
    assert page is not None
    help_ = rule.pop("help")
    assert rule == {
        "id": "GAI602",
        "name": "AHypothesisWithoutAReason",
        "shortDescription": {"text": "a hypothesis without a reason"},
        "fullDescription": {"text": page.about},
        "defaultConfiguration": {"level": "warning"},
    }
    assert help_["text"] == render_rule(page)
    assert help_["markdown"].startswith(f"{page.about}\n\n## Why\n\n{page.sections[0].text}\n\n## Example\n\n```gai\n")


def test_sarif_names_a_code_that_has_no_page() -> None:
    checked = Checked("m.gai", "", (replace(ERROR, code="GAI999"),))
    (run,) = json.loads(json_text(sarif_document([checked], "0.1.0")))["runs"]
    assert run["tool"]["driver"]["rules"] == [{"id": "GAI999"}]


def test_junit_fails_for_errors_alone_and_passes_where_all_is_fine() -> None:
    root = ET.fromstring(junit_text(CHECKED))
    assert (root.get("tests"), root.get("failures")) == ("3", "1")
    first, second = root.findall("testsuite")
    error, warning = first.findall("testcase")
    failure = error.find("failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == ("GAI101", "no `x`, at\nall: 100 %")
    assert error.get("name") == "GAI101 m.gai:2:10"
    assert [child.tag for child in warning] == ["system-out"]
    assert [case.get("name") for case in second.findall("testcase")] == ["check"]


def test_junit_is_well_formed_whatever_the_text() -> None:
    nasty = Diagnostic("GAI001", "\x00\x1b<&>\"'\ufffe\U0001f600\r\n\t]]>", None)
    root = ET.fromstring(junit_text([Checked("<\x07>", "", (nasty,))]))
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("message") == "\ufffd\ufffd<&>\"'\ufffd\U0001f600\r\n\t]]>"
