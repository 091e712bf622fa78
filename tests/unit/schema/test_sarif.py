"""What is written as SARIF is SARIF, whatever a finding says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gaic.api.compile import check_model
from gaic.schema.findings import Checked, sarif_document
from gaic.schema.text import json_text
from gaic.source.diagnostic import Diagnostic, Edit, Label, Severity
from gaic.source.text import Origin, SourceFile, Span
from tests.programs import write_program
from tests.unit.schema.sarif import SARIF

FILE = SourceFile("a b/ä#.gai", "let a = 3 kWk\nlet b = \U0001f600 + 2\n")
LIBRARY = SourceFile("stdlib/a.gai", "let a = 3\n", Origin.LIBRARY)
CASES = sorted((Path(__file__).parents[2] / "cases" / "recovery").glob("*.gai"))


def written(*diagnostics: Diagnostic) -> Any:
    """The document as a reader gets it, after it was held against the schema."""
    document = json.loads(json_text(sarif_document([Checked("m.gai", "", diagnostics)], "0.1.0")))
    jsonschema.validate(document, SARIF, format_checker=jsonschema.FormatChecker())
    return document


def place(start: int, end: int, file: SourceFile = FILE) -> Span:
    return Span(file, start, end)


def test_a_fix_says_what_goes_and_what_comes() -> None:
    edits = (Edit(place(10, 13), "kWh"), Edit(place(14, 14), "## \n"), Edit(place(22, 26), ""))
    (result,) = written(Diagnostic("GAI121", "m", place(10, 13), help="did you mean `kWh`?", fix=edits))["runs"][0][
        "results"
    ]
    (fix,) = result["fixes"]
    assert fix["description"] == {"text": "did you mean `kWh`?"}
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a%20b/%C3%A4%23.gai"}
    first, second, third = change["replacements"]
    assert first == {
        "deletedRegion": {"startLine": 1, "startColumn": 11, "endLine": 1, "endColumn": 14},
        "insertedContent": {"text": "kWh"},
    }
    assert second["deletedRegion"] == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 1}
    assert third["deletedRegion"] == {"startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 13}
    assert third["insertedContent"] == {"text": ""}


def test_edits_of_two_files_are_two_changes_and_the_library_is_not_edited() -> None:
    other = SourceFile("b.gai", "x\n")
    both = (Edit(place(0, 3), "x"), Edit(place(0, 1, other), "y"), Edit(place(4, 5), "z"))
    (result,) = written(Diagnostic("GAI121", "m", None, fix=both))["runs"][0]["results"]
    changes = result["fixes"][0]["artifactChanges"]
    assert [len(change["replacements"]) for change in changes] == [2, 1]
    assert "description" not in result["fixes"][0]
    library = (*both, Edit(place(0, 3, LIBRARY), "x"))
    (result,) = written(Diagnostic("GAI121", "m", None, fix=library))["runs"][0]["results"]
    assert "fixes" not in result


def test_hostile_texts_are_carried() -> None:
    nasty = "\x00\x1b[31m<&>\"'\u202e\ufffe\U0001f600\r\n\t{0} [link](x)"
    labels = (Label(place(0, 3), nasty), Label(place(0, 3), ""), Label(place(0, 4, LIBRARY)))
    found = Diagnostic("GAI001", nasty, place(20, 30), nasty, labels, (nasty,), nasty, Severity.WARNING)
    (result,) = written(found)["runs"][0]["results"]
    assert nasty in result["message"]["text"]
    assert [location["id"] for location in result["relatedLocations"]] == [0, 1, 2]
    end = len(FILE.text)
    written(Diagnostic("GAI001", "m", place(end, end)))
    written()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_findings_of_programs_are_sarif(case: Path, tmp_path: Path) -> None:
    diagnostics = check_model(write_program(tmp_path, case.read_text(encoding="utf-8"))).diagnostics
    assert len(written(*diagnostics)["runs"][0]["results"]) == len(diagnostics)
