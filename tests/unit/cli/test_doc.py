"""`gaic doc` as a user sees it: what it writes where, what it says, and when it writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.report.reference import site
from tests.unit.report.references import write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.unit.cli.conftest import Gaic


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_library_is_written_to_its_folder(gaic: Gaic, folder: Path) -> None:
    found = gaic("doc", "-v")
    assert (found.code, found.err) == (0, "")
    place, count = found.out.splitlines()
    assert place.replace("\\", "/") == "Site: build/library/index.html"
    assert count.endswith("files written, 0 unchanged, 0 removed")
    assert (folder / "build" / "library" / ".gaic-site").is_file()
    text = (folder / "build" / "library" / "kinds" / "std.servers.server.html").read_text(encoding="utf-8")
    assert "Processor cores of one instance." in text


def test_a_project_is_written_with_the_library(gaic: Gaic, folder: Path) -> None:
    write_project(folder)
    found = gaic("doc", "m.gai", "-o", "out", "-q")
    assert (found.code, found.out) == (0, "")
    index = (folder / "out" / "index.html").read_text(encoding="utf-8")
    assert "<h1>m</h1>" in index
    assert "Files of this project" in index
    assert (folder / "out" / "own" / "whistler.html").is_file()
    assert "from <code>m.gai</code> and library" in index


def test_a_model_with_errors_writes_nothing(gaic: Gaic, folder: Path) -> None:
    (folder / "m.gai").write_text("kind a { calc b : Ratio = c }\n", encoding="utf-8")
    found = gaic("doc", "m.gai", "-o", "out")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("error[GAI102]: there is no name `c`")
    assert not (folder / "out").exists()
    assert gaic("doc", "m.gai", "-o", "out", "--exit-zero").code == 0


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference of one page, for what does not depend on the pages."""

    def render(_survey: object, _head: object) -> Iterator[tuple[str, str]]:
        yield "index.html", "<h1>here</h1>"

    monkeypatch.setattr(site, "render_reference", render)
    monkeypatch.setattr("gaic.api.reference.render_reference", render)


@pytest.mark.usefixtures("small")
def test_a_folder_with_other_things_is_left_alone(gaic: Gaic, folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    found = gaic("doc", "-o", "out")
    assert found.code == 2
    assert "is not empty and holds no site of gaic" in found.err
    assert gaic("doc", "-o", "out", "--force").code == 0
    assert {path.name for path in (folder / "out").iterdir()} == {".gaic-site", "index.html", "mine.txt"}


@pytest.mark.usefixtures("small")
def test_the_folder_of_a_project_stands_beside_it(gaic: Gaic, folder: Path) -> None:
    (folder / "p" / "inner").mkdir(parents=True)
    (folder / "p" / "gaic.toml").write_text("", encoding="utf-8")
    (folder / "p" / "inner" / "m.gai").write_text("", encoding="utf-8")
    assert gaic("doc", "p/inner/m.gai").code == 0
    assert (folder / "p" / "build" / "library" / "index.html").is_file()


@pytest.mark.usefixtures("small")
def test_wrong_use(gaic: Gaic, folder: Path) -> None:
    assert gaic("doc", "n.gai").err == "error: n.gai: there is no such file\n"
    assert gaic("doc", "n.gai").code == 2
    (folder / "sub").mkdir()
    assert gaic("doc", "sub").err == "error: sub: is a folder, not a .gai file\n"
    assert gaic("doc", "a", "b").code == 2
    assert "-q" in gaic("doc", "--help").out
