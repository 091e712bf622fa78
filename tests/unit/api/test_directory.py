"""The output directory: what may be written into, what survives, and what an interrupted build leaves."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pytest

from gaic.api.directory import (
    LinkedOutError,
    OccupiedError,
    UnwritableError,
    check_directory,
    default_directory,
    write_directory,
)
from gaic.api.lock import BusyError, hold_lock
from gaic.api.marker import LOCK, MARKER, read_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.api.directory import Content

    Pages = dict[str, str]

FIRST: Pages = {
    "index.html": "index one",
    "results.json": "{}",
    "objects/a.html": "a one",
    "objects/b.html": "b",
}
SECOND: Pages = {
    "index.html": "index two",
    "results.json": "{2}",
    "objects/a.html": "a two",
    "objects/c.html": "c",
}


def content(directory: Path) -> Pages:
    """Everything below a directory but the list of files."""
    return {
        path.relative_to(directory).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name != MARKER
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The directory of a first build."""
    write_directory(tmp_path / "site", FIRST.items())
    return tmp_path / "site"


def test_a_first_build_makes_the_directory_and_lists_its_files(tmp_path: Path) -> None:
    written = write_directory(tmp_path / "deep" / "site", FIRST.items())
    site = tmp_path / "deep" / "site"
    assert (written.written, written.unchanged, written.removed) == (4, 0, 0)
    assert content(site) == FIRST
    assert read_list(site) == {path: hashlib.sha256(text.encode()).hexdigest() for path, text in FIRST.items()}
    assert sorted(path.name for path in site.iterdir()) == [MARKER, "index.html", "objects", "results.json"]


def test_a_second_build_replaces_leaves_alone_and_removes(site: Path) -> None:
    (site / "objects" / "mine.txt").write_text("mine")
    again = {**SECOND, "objects/b.html": "b"}
    before = (site / "objects" / "b.html").stat()
    written = write_directory(site, again.items())
    assert (written.written, written.unchanged, written.removed) == (4, 1, 0)
    after = (site / "objects" / "b.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    written = write_directory(site, SECOND.items())
    assert (written.written, written.unchanged, written.removed) == (0, 4, 1)
    assert content(site) == {**SECOND, "objects/mine.txt": "mine"}


def test_the_same_build_again_touches_nothing(site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    write_directory(site, FIRST.items())
    assert before == {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def test_a_folder_that_holds_only_removed_files_goes_too(site: Path) -> None:
    write_directory(site, {"index.html": "alone"}.items())
    assert content(site) == {"index.html": "alone"}
    assert not (site / "objects").exists()


def test_index_and_results_are_renamed_after_all_others(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renamed: list[str] = []
    replace = Path.replace

    def noting(source: Path, target: Path) -> Path:
        renamed.append(target.name)
        assert (site / "objects" / "b.html").exists() or target.name == MARKER
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", noting)
    write_directory(site, SECOND.items())
    assert renamed == ["a.html", "c.html", "results.json", "index.html", MARKER]


def test_a_directory_with_other_things_is_refused_unless_forced(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work")
    with pytest.raises(OccupiedError, match="--force"):
        write_directory(foreign, FIRST.items())
    assert content(foreign) == {"thesis.txt": "years of work"}
    write_directory(foreign, FIRST.items(), force=True)
    write_directory(foreign, SECOND.items())
    assert content(foreign) == {**SECOND, "thesis.txt": "years of work"}


def test_an_empty_directory_and_one_with_only_a_lock_are_fine(tmp_path: Path) -> None:
    check_directory(tmp_path / "absent")
    check_directory(tmp_path)
    (tmp_path / LOCK).touch()
    check_directory(tmp_path)
    write_directory(tmp_path, FIRST.items())
    assert content(tmp_path) == FIRST


def test_a_file_in_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(UnwritableError, match="not a folder"):
        write_directory(tmp_path / "site", FIRST.items())
    with pytest.raises(UnwritableError):
        write_directory(tmp_path / "site" / "inner", FIRST.items())


def test_a_list_that_is_a_link_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    site = tmp_path / "site"
    site.mkdir()
    (site / MARKER).symlink_to(tmp_path / "other")
    with pytest.raises(OccupiedError):
        write_directory(site, FIRST.items())
    with pytest.raises(UnwritableError):
        write_directory(site, FIRST.items(), force=True)
    assert (tmp_path / "other").read_text() == ""


class TestInterrupted:
    def test_by_the_maker_of_pages_everything_is_as_before(self, site: Path) -> None:
        before = content(site), (site / MARKER).read_bytes()

        def pages() -> Iterator[tuple[str, str]]:
            yield "objects/a.html", "changed"
            yield "new/page.html", "new"
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write_directory(site, pages())
        assert (content(site), (site / MARKER).read_bytes()) == before
        assert not (site / "new").exists()

    def test_the_first_build_leaves_no_directory(self, tmp_path: Path) -> None:
        def pages() -> Iterator[tuple[str, str]]:
            yield "index.html", "x"
            raise RuntimeError

        with pytest.raises(RuntimeError):
            write_directory(tmp_path / "a" / "site", pages())
        assert list(tmp_path.iterdir()) == []

    def test_between_two_renames_the_old_index_stays_and_the_next_build_repairs(
        self, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replace = Path.replace

        def failing(source: Path, target: Path) -> Path:
            if target.name == "c.html":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return replace(source, target)

        monkeypatch.setattr(Path, "replace", failing)
        with pytest.raises(UnwritableError, match="no space left"):
            write_directory(site, SECOND.items())
        monkeypatch.undo()
        assert content(site) == {**FIRST, "objects/a.html": "a two"}
        write_directory(site, SECOND.items())
        assert content(site) == SECOND

    @pytest.mark.parametrize("moment", ["objects/c.html", "end"])
    def test_by_a_kill_the_next_build_repairs(self, tmp_path: Path, moment: str) -> None:
        program = f"""
import os, sys
from pathlib import Path
from gaic.api.directory import write_directory
def pages():
    for path, text in {SECOND!r}.items():
        if path == {moment!r}:
            os._exit(9)
        yield path, text
if {moment!r} == "end":
    replace = Path.replace
    def dying(source, target):
        if target.name == "index.html":
            os._exit(9)
        replace(source, target)
    Path.replace = dying
write_directory(Path(sys.argv[1]), pages())
"""
        for name, earlier in (("old", FIRST), ("new", {})):
            site = tmp_path / name
            if earlier:
                write_directory(site, earlier.items())
            killed = subprocess.run([sys.executable, "-c", program, str(site)], check=False)
            assert killed.returncode == 9
            assert content(site).get("index.html") == earlier.get("index.html")
            write_directory(site, SECOND.items())
            assert content(site) == SECOND

    def test_a_line_that_was_cut_off_does_no_harm(self, site: Path) -> None:
        with (site / MARKER).open("a") as file:
            file.write("0000000000")
        write_directory(site, SECOND.items())
        assert content(site) == SECOND


class TestLinks:
    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        folder = tmp_path / "outside"
        folder.mkdir()
        (folder / "a.html").write_text("not ours")
        return folder

    def test_a_folder_that_leads_out_is_not_written_through(self, tmp_path: Path, outside: Path) -> None:
        site = tmp_path / "site"
        write_directory(site, {"index.html": "x"}.items())
        (site / "objects").symlink_to(outside)
        with pytest.raises(UnwritableError, match="link"):
            write_directory(site, FIRST.items())
        assert content(outside) == {"a.html": "not ours"}
        assert (site / "index.html").read_text() == "x"

    def test_a_page_that_is_a_link_is_replaced_and_not_followed(self, site: Path, outside: Path) -> None:
        (site / "objects" / "a.html").unlink()
        (site / "objects" / "a.html").symlink_to(outside / "a.html")
        write_directory(site, FIRST.items())
        assert not (site / "objects" / "a.html").is_symlink()
        assert content(outside) == {"a.html": "not ours"}

    def test_nothing_is_removed_through_a_link(self, site: Path, outside: Path) -> None:
        for path in ("a", "b"):
            (site / "objects" / f"{path}.html").unlink()
        (site / "objects").rmdir()
        (site / "objects").symlink_to(outside)
        written = write_directory(site, {"index.html": "x"}.items())
        assert written.removed == 1
        assert content(outside) == {"a.html": "not ours"}

    def test_a_default_directory_that_leads_out_of_the_project_is_refused(self, tmp_path: Path, outside: Path) -> None:
        project = tmp_path / "project"
        project.mkdir()
        assert default_directory(project, project / "m.gai") == project / "build" / "m"
        (project / "build").symlink_to(outside)
        with pytest.raises(LinkedOutError, match="-o"):
            default_directory(project, project / "m.gai")

    def test_the_lock_is_not_made_through_a_link(self, tmp_path: Path) -> None:
        site = tmp_path / "site"
        site.mkdir()
        (site / LOCK).symlink_to(tmp_path / "made")
        with pytest.raises(UnwritableError):
            write_directory(site, FIRST.items())
        assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(("model", "name"), [("m.gai", "m"), ("..gai", "gai"), ("...gai", "gai"), ("a.b.gai", "a.b")])
def test_the_default_directory_stays_below_build(tmp_path: Path, model: str, name: str) -> None:
    assert default_directory(tmp_path, tmp_path / model) == tmp_path / "build" / name


@pytest.mark.parametrize(
    "listed",
    ["../precious", "/etc/hostname", "a/../../precious", "C:\\x", "C:x", "objects//b.html", ".", "", "./precious"],
)
def test_a_hostile_list_removes_nothing_elsewhere(site: Path, listed: str) -> None:
    precious = site.parent / "precious"
    precious.write_text("precious")
    (site / MARKER).write_text(f"{'0' * 64}  {listed}\n{'0' * 64}  objects\nnonsense\n", newline="\n")
    written = write_directory(site, FIRST.items())
    assert written.removed == 0
    assert precious.exists()
    assert content(site) == FIRST


def test_a_second_build_at_the_same_time_stops(site: Path) -> None:
    def pages() -> Iterator[tuple[str, str]]:
        yield "index.html", "outer"
        with pytest.raises(BusyError, match="another build"):
            write_directory(site, SECOND.items())

    write_directory(site, pages())
    assert content(site) == {"index.html": "outer"}


def test_the_lock_holds_between_processes_and_ends_with_its_owner(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from gaic.api.lock import hold_lock\n"
    program += "with hold_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    path = tmp_path / LOCK
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(BusyError), hold_lock(path):
            pass
        other.kill()
        other.wait()
    with hold_lock(path):
        assert path.exists()
    assert not path.exists()


def test_content_may_be_bytes_or_write_itself(site: Path) -> None:
    def archive(target: BinaryIO) -> None:
        target.write(b"\x00\x01")

    files: list[tuple[str, Content]] = [*FIRST.items(), ("data/series.npz", archive), ("x.bin", b"\xff")]
    assert write_directory(site, files).written == 2
    assert (site / "data" / "series.npz").read_bytes() == b"\x00\x01"
    before = (site / "data" / "series.npz").stat().st_mtime_ns
    assert write_directory(site, files).written == 0
    assert (site / "data" / "series.npz").stat().st_mtime_ns == before


@pytest.mark.parametrize("path", ["../x", "/x", "a\\b", ".gaic-site", ".gaic-new-1", "INDEX.html"])
def test_paths_that_no_site_may_have_are_a_fault_of_gaic(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        write_directory(tmp_path / "site", [("index.html", "x"), (path, "x")])
    assert not (tmp_path / "site").exists()


def test_a_full_disk_while_pages_are_written_changes_nothing(site: Path) -> None:
    def full(target: BinaryIO) -> None:
        target.write(b"begun")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(UnwritableError, match=r"data.series.npz cannot be written: no space left"):
        write_directory(site, [*SECOND.items(), ("data/series.npz", full)])
    assert content(site) == FIRST
    assert not (site / "data").exists()


def test_a_folder_where_a_page_belongs_is_said(site: Path) -> None:
    (site / "objects" / "c.html").mkdir()
    with pytest.raises(UnwritableError, match="a folder stands"):
        write_directory(site, SECOND.items())
    assert content(site) == FIRST


def test_a_directory_without_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("gaic.api.lock.os.open", refuse)
    with pytest.raises(UnwritableError, match="permission denied"):
        write_directory(tmp_path / "site", FIRST.items())
    assert list(tmp_path.iterdir()) == []
