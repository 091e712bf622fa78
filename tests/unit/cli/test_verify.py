"""`gaic build --evidence` and `gaic verify`, as a user meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gaic.cli.main import main
from tests.unit.verify.sites import PROGRAM, forge

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Gaic


@pytest.fixture
def site(project: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (project / "m.gai").write_text(PROGRAM, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main.main(["build", "m.gai", "--evidence", "-q"])
    assert ended.value.code == 0, capsys.readouterr().err
    return project / "build" / "m"


def test_a_site_agrees_with_its_evidence(site: Path, gaic: Gaic) -> None:
    finished = gaic("verify", str(site))
    assert (finished.code, finished.err) == (0, "")
    listed = json.loads((site / "evidence" / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert finished.out.startswith(f"{len(listed)} files and ")
    assert finished.out.endswith("agree with the evidence\n")
    assert gaic("verify", str(site), "-q").out == ""
    document = json.loads(gaic("verify", str(site), "--format", "json").out)
    assert (document["schema"], document["ok"], document["differences"]) == ("gaic.verification/1", True, [])


def test_what_differs_is_shown_with_its_place(site: Path, gaic: Gaic) -> None:
    forge(site, lambda export: export["values"]["w.choice"]["value"].update(value=7.5))
    finished = gaic("verify", str(site), "-q")
    assert finished.code == 4
    assert finished.out == (
        "evidence/export.json: w.choice (m.gai:18) differs\n"
        "  evidence: 7.5\n"
        "  found:    7\n"
        "  formula:  if total_size > 3 then total_size - 1 else bound\n"
        "results.json: w.choice (m.gai:18) is not what the export says\n"
        "2 differences\n"
    )
    finished = gaic("verify", str(site), "--format", "json")
    assert finished.code == 4
    document = json.loads(finished.out)
    assert document["ok"] is False
    assert document["differences"][0]["at"] == "m.gai:18"


def test_a_site_without_evidence(project: Path, gaic: Gaic) -> None:
    (project / "site").mkdir()
    finished = gaic("verify", "site")
    assert (finished.code, finished.out) == (2, "")
    assert finished.err == (
        "error: site: there is no evidence, no file evidence/manifest.json\n"
        "help: build it with `gaic build --evidence`\n"
    )
    assert gaic("verify", "nowhere").code == 2
