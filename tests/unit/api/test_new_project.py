"""A project is started as a whole or not at all, and nowhere but where it was asked for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from gaic.api import new_project
from gaic.api.directory import UnwritableError
from gaic.api.new_project import (
    OccupiedFolderError,
    TemplatesMissingError,
    UnusableNameError,
    find_templates,
    start_project,
    template_files,
    title_of,
)
from gaic.load import library

posix = pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
FILES = (".gitignore", "README.md", "ci-example.yml", "gaic.toml", "model.gai")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a folder in an otherwise empty one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("name", ["mine", "a/b/mine", "../mine", "here.2 and_so-on", "日本", "a/../mine"])
def test_a_new_folder_holds_all_files_and_nothing_else_is_there(here: Path, name: str) -> None:
    started = start_project(Path(name), "blank")
    assert started.files == FILES
    assert started.folder == (here / name).resolve()
    assert tuple(sorted(path.name for path in started.folder.iterdir())) == FILES
    others = [here.parent / path for path in everything(here.parent)]
    others = [path for path in others if not path.is_relative_to(started.folder) and path != here]
    assert all(started.folder.is_relative_to(path) for path in others)


def test_an_empty_folder_is_filled_and_stays_the_same_folder(here: Path) -> None:
    before = here.stat().st_ino
    assert start_project(Path(), "chat").folder == here
    assert tuple(everything(here)) == FILES
    assert here.stat().st_ino == before
    assert '"here"' in (here / "model.gai").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [".", "full", "file", "file/x"])
def test_what_is_there_is_left_alone(here: Path, name: str) -> None:
    (here / "full").mkdir()
    (here / "full" / ".hidden").write_text("mine")
    (here / "file").write_text("mine")
    before = everything(here)
    with pytest.raises((OccupiedFolderError, UnwritableError)) as raised:
        start_project(Path(name), "chat")
    assert raised.value.exit_code == 2
    assert everything(here) == before


@posix
@pytest.mark.parametrize("name", ["link", "link/new", "dangling", "circle", "circle/new"])
def test_links_lead_nowhere(here: Path, name: str) -> None:
    outside = here.parent / "outside"
    outside.mkdir()
    (here / "link").symlink_to(outside)
    (here / "dangling").symlink_to(here.parent / "gone")
    (here / "circle").symlink_to(here / "circle")
    before = everything(here.parent)
    with pytest.raises((OccupiedFolderError, UnwritableError)):
        start_project(Path(name), "chat")
    assert everything(here.parent) == before


@posix
def test_who_says_the_whole_way_means_it(here: Path) -> None:
    """`/tmp` may be a link, and somebody's home may lie behind one."""
    real = here.parent / "real"
    real.mkdir()
    (here.parent / "way").symlink_to(real)
    assert start_project(here.parent / "way" / "mine", "chat").folder == real / "mine"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ('a"b', '`"` is not usable'),
        ("a\nb", "is not usable"),
        ("a\u202eb", "is not usable"),
        ("a:b", "`:` is not usable"),
        ("a\0b", "NUL"),
        ("x" * 101, "more than 100"),
        (".hidden", "begins with"),
        ("-rf", "begins with"),
        ("blank ", "ends with"),
        ("dots..", "ends with"),
        ("con", "device"),
        ("Lpt1.txt", "device"),
        ("good/NUL/good", "device"),
    ],
)
def test_names_that_not_every_system_has(here: Path, name: str, why: str) -> None:
    with pytest.raises(UnusableNameError, match=why) as raised:
        start_project(Path(name), "chat")
    assert raised.value.exit_code == 2
    assert "my-project" in raised.value.hint
    assert everything(here) == []


def test_a_folder_that_is_there_may_have_any_name(here: Path) -> None:
    odd = here / 'it\'s `#1` "quoted" \\ {x} # [a](b) <b>'
    odd.mkdir()
    start_project(odd, "blank")
    text = (odd / "model.gai").read_text(encoding="utf-8")
    assert 'study blank "it s 1 quoted x a b b" {' in text
    assert (odd / "README.md").read_text(encoding="utf-8").startswith("# it s 1 quoted x a b b\n")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("my-service", "my-service"),
        ("e\u0301te\u0301", "été"),
        ("..", "Project"),
        ("__x__", "x"),
        ("\u202ea\x1bb\n##", "a b"),
        ("!?", "Project"),
        ("Project name", "Project name"),
    ],
)
def test_a_title_means_nothing_in_any_language(name: str, title: str) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize("folder", ["a/b/mine", "empty"])
@pytest.mark.parametrize("failing", ["rename", "open"])
def test_a_failure_leaves_nothing(here: Path, monkeypatch: pytest.MonkeyPatch, folder: str, failing: str) -> None:
    (here / "empty").mkdir()
    before = everything(here)
    really = getattr(Path, failing)
    calls: list[Path] = []

    def fail(self: Path, *arguments: object, **settings: object) -> object:
        calls.append(self)
        if len(calls) == (1 if folder == "a/b/mine" and failing == "rename" else 3):
            raise OSError(28, "No space left on device", str(self))
        return really(self, *arguments, **settings)

    files = template_files("chat", "x")
    monkeypatch.setattr(new_project, "template_files", lambda *_: files)
    monkeypatch.setattr(Path, failing, fail)
    with pytest.raises(UnwritableError, match="no space left on device"):
        start_project(Path(folder), "chat")
    monkeypatch.undo()
    assert everything(here) == before


def test_an_interrupt_leaves_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(new_project, "_move", interrupt)
    (here / "empty").mkdir()
    with pytest.raises(KeyboardInterrupt):
        start_project(Path("empty"), "chat")
    assert everything(here) == ["empty"]


@pytest.mark.parametrize(("folder", "beside"), [("mine", ".mine.gaic-new"), ("empty", "empty/.gaic-new")])
def test_what_somebody_else_is_writing_is_not_touched(
    here: Path, monkeypatch: pytest.MonkeyPatch, folder: str, beside: str
) -> None:
    (here / "empty").mkdir()
    really_mkdir = Path.mkdir

    def mkdir(self: Path) -> None:
        if self.name.endswith(".gaic-new"):
            really_mkdir(self)
            (self / "theirs").write_text("theirs")
        really_mkdir(self)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(UnwritableError, match="is in the way"):
        start_project(Path(folder), "chat")
    assert (here / beside / "theirs").read_text() == "theirs"


def test_a_file_that_comes_meanwhile_stays(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "empty").mkdir()
    really = new_project._move

    def move(file: Path, place: Path) -> None:
        (here / "empty" / "model.gai").write_text("theirs")
        really(file, place)

    monkeypatch.setattr(new_project, "_move", move)
    with pytest.raises(OccupiedFolderError, match="meanwhile"):
        start_project(Path("empty"), "chat")
    assert everything(here) == ["empty", "empty/model.gai"]
    assert (here / "empty" / "model.gai").read_text() == "theirs"


def test_texts_have_the_line_ends_of_the_templates(here: Path) -> None:
    start_project(Path("mine"), "rag")
    assert all(b"\r" not in path.read_bytes() for path in (here / "mine").iterdir())


def test_templates_lie_in_the_package_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Path
) -> None:
    assert find_templates() == repository / "templates"
    module = tmp_path / "gaic" / "load" / "library.py"
    monkeypatch.setattr(library, "__file__", str(module))
    with pytest.raises(TemplatesMissingError) as raised:
        find_templates()
    assert raised.value.exit_code == 70
    shutil.copytree(repository / "templates", tmp_path / "gaic" / "templates")
    assert find_templates() == tmp_path / "gaic" / "templates"
