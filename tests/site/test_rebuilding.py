"""A second build leaves alone what has not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gaic

if TYPE_CHECKING:
    from pathlib import Path


def note_files(site: Path) -> dict[str, tuple[int, int]]:
    """When each file was written, and which file of the disk it is."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def test_a_second_build_writes_nothing(models: Path) -> None:
    gaic.build(models / "genai_job.gai", models / "site")
    before = note_files(models / "site")
    gaic.build(models / "genai_job.gai", models / "site")
    assert note_files(models / "site") == before


def test_a_change_writes_only_the_pages_that_tell_it(models: Path) -> None:
    """What an imported file says is told on the pages of the values that rest on it."""
    model, part = models / "whole.gai", models / "part.gai"
    part.write_text('let apart = 1 kg from hypothesis note "a"\n', encoding="utf-8")
    kinds = 'kind box { input weight : Mass = 1 kg from hypothesis note "b" }\n'
    model.write_text(
        f'import "part.gai" {{ apart }}\n{kinds}box light {{}}\nbox heavy {{ weight = apart * 2 }}\n', "utf-8"
    )
    gaic.build(model, models / "site")
    before = note_files(models / "site")
    part.write_text('let apart = 3 kg from hypothesis note "a"\n', encoding="utf-8")
    gaic.build(model, models / "site")
    after = note_files(models / "site")
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert "objects/heavy.html" in changed
    assert not changed & {"objects/light.html", "style.css", "site.js"}


def test_a_remark_at_the_end_of_a_model_writes_only_the_pages_that_show_it(models: Path) -> None:
    """The last object of the model shows the lines around its declaration."""
    model = models / "genai_job.gai"
    gaic.build(model, models / "site")
    before = note_files(models / "site")
    model.write_text(model.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    gaic.build(model, models / "site")
    after = note_files(models / "site")
    changed = {name for name in before if before[name] != after[name]}
    objects = {name for name in changed if name.startswith("objects/")}
    assert objects == {"objects/staff.html"}
    assert changed - objects == {".gaic-site", "files.html", "files/genai_job.gai.html", "index.html", "results.json"}
