"""The measurements run; what they measure is for people to read, not for a test to judge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import gaic
from bench.models import write_model
from bench.pages import main, make_flat

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_the_measurements_of_pages_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "pages.json"
    main(["--small", "20", "--large", "40", "--rounds", "1", "-o", str(report)])
    lines = {line["name"]: line for line in json.loads(report.read_text(encoding="utf-8"))}
    assert lines["report / flat template"]["target"] == 6
    assert lines["gaic build"]["value"] > 0
    assert lines["most memory"]["value"] > 10
    assert lines["size of the site"]["value"] > 0.01
    table = capsys.readouterr().out
    assert all(name in table for name in lines)


@pytest.mark.parametrize("size", [20, 300])
def test_a_model_has_about_the_size_that_is_asked_for(size: int, tmp_path: Path) -> None:
    model = tmp_path / "cells.gai"
    model.write_text(write_model(size), encoding="utf-8")
    results = gaic.evaluate_model(model)
    assert results.diagnostics == ()
    assert size * 0.9 < len(results.paths()) < size * 1.1 + 10


def test_a_flat_template_writes_the_same_bytes() -> None:
    pages = ['<p title="a &amp; b">1 &lt; 2 &#39;x&#39; &nbsp; & é</p><script>if (a < b) {}</script>']
    assert make_flat(pages)() == pages
