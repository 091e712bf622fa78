"""A folder that may be gone, full, read-only or hostile, and a cache that is never the worse for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gaic.api import cache_folder
from gaic.api.cache_folder import CacheFolder
from gaic.api.lock import hold_lock

QUESTION = b"what?"
posix = pytest.mark.skipif(os.name == "nt", reason="links and owners of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path, "check", b"s" * 32)


def entry(folder: CacheFolder) -> Path:
    """The file of the only entry."""
    (path,) = (folder.root / ".gaic" / "check").glob("*.checked")
    return path


def test_what_was_written_is_read(folder: CacheFolder) -> None:
    assert folder.read(QUESTION) is None
    folder.write(QUESTION, b"{}\n\x00")
    assert folder.read(QUESTION) == b"{}\n\x00"
    assert folder.read(b"who?") is None
    folder.write(QUESTION, b"")
    assert folder.read(QUESTION) == b""
    assert sorted(path.name for path in (folder.root / ".gaic" / "check").iterdir()) == [entry(folder).name]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\x80\x04.", b"0" * 64, b"0" * 64 + b"\n{}", b"\xff" * 65, "é".encode() * 40]
)
def test_a_file_without_our_seal_is_nothing(folder: CacheFolder, content: bytes) -> None:
    folder.write(QUESTION, b"{}")
    entry(folder).write_bytes(content)
    assert folder.read(QUESTION) is None


def test_half_of_a_file_is_nothing(folder: CacheFolder) -> None:
    folder.write(QUESTION, b'{"a": 1}')
    whole = entry(folder).read_bytes()
    for length in range(len(whole)):
        entry(folder).write_bytes(whole[:length])
        assert folder.read(QUESTION) is None
    entry(folder).write_bytes(whole)
    assert folder.read(QUESTION) == b'{"a": 1}'


def test_the_seal_of_another_user_is_nothing(folder: CacheFolder) -> None:
    CacheFolder(folder.root, "check", b"t" * 32).write(QUESTION, b"{}")
    assert folder.read(QUESTION) is None


def test_a_large_answer_is_not_kept_and_a_large_file_not_read(
    folder: CacheFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write(QUESTION, b"x" * cache_folder.LARGEST_ENTRY)
    assert not (folder.root / ".gaic").exists()
    folder.write(QUESTION, b"x" * 1000)
    monkeypatch.setattr(cache_folder, "LARGEST_ENTRY", 1000)
    assert folder.read(QUESTION) is None


@pytest.mark.parametrize(("name", "most", "kept"), [("MOST_ENTRIES", 3, 3), ("MOST_BYTES", 2 * (65 + 100), 2)])
def test_old_entries_go_and_nothing_else(
    folder: CacheFolder, monkeypatch: pytest.MonkeyPatch, name: str, most: int, kept: int
) -> None:
    monkeypatch.setattr(cache_folder, name, most)
    folder.write(b"0", b"x" * 100)
    mine = folder.root / ".gaic" / "check" / "notes.txt"
    mine.write_text("mine")
    (folder.root / ".gaic" / "check" / ("a" * 33 + ".checked")).write_text("not ours")
    for number in range(1, 6):
        for path in (folder.root / ".gaic" / "check").iterdir():
            os.utime(path, (path.stat().st_mtime - 10, path.stat().st_mtime - 10))
        folder.write(str(number).encode(), b"x" * 100)
    assert [folder.read(str(number).encode()) is not None for number in range(6)] == [False] * (6 - kept) + [
        True
    ] * kept
    assert mine.read_text() == "mine"
    assert (folder.root / ".gaic" / "check" / ("a" * 33 + ".checked")).is_file()


@posix
@pytest.mark.parametrize("name", [".gaic", ".gaic/check"])
@pytest.mark.parametrize("target", ["outside", "inside", "gone"])
def test_a_link_in_place_of_a_folder_is_not_followed(
    folder: CacheFolder, tmp_path: Path, name: str, target: str
) -> None:
    there = tmp_path.parent / f"{tmp_path.name}-outside" if target == "outside" else tmp_path / target
    if target != "gone":
        (there / "check").mkdir(parents=True)
    link = tmp_path / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(there)
    before = sorted(there.rglob("*"))
    folder.write(QUESTION, b"{}")
    assert sorted(there.rglob("*")) == before
    assert there.exists() == (target != "gone")
    # What somebody put there, even with our seal, is not read either.
    other = CacheFolder(tmp_path.parent / f"{tmp_path.name}-other", "check", folder.secret)
    other.root.mkdir()
    other.write(QUESTION, b"{}")
    if target != "gone":
        place = there / "check" if name == ".gaic" else there
        (place / entry(other).name).write_bytes(entry(other).read_bytes())
    assert folder.read(QUESTION) is None


@posix
def test_a_link_in_place_of_an_entry_is_replaced_and_not_followed(folder: CacheFolder, tmp_path: Path) -> None:
    folder.write(QUESTION, b"{}")
    path = entry(folder)
    far = tmp_path / "far"
    far.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(far)
    assert folder.read(QUESTION) is None
    folder.write(QUESTION, b"[]")
    assert folder.read(QUESTION) == b"[]"
    assert far.read_bytes().endswith(b"\n{}")
    assert not path.is_symlink()


@posix
@pytest.mark.parametrize("name", ["new", "lock"])
def test_links_in_place_of_our_own_files_are_not_followed(folder: CacheFolder, tmp_path: Path, name: str) -> None:
    folder.write(b"first", b"{}")
    far = tmp_path / "far"
    far.write_text("mine")
    (tmp_path / ".gaic" / "check" / name).symlink_to(far)
    folder.write(QUESTION, b"{}")
    assert far.read_text() == "mine"


@posix
@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_file_is_no_entry_and_nobody_waits_for_it(folder: CacheFolder, kind: str) -> None:
    folder.write(QUESTION, b"{}")
    path = entry(folder)
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    assert folder.read(QUESTION) is None
    folder.write(QUESTION, b"{}")


@pytest.mark.parametrize("name", [".gaic", ".gaic/check"])
def test_a_file_in_place_of_a_folder_stays(folder: CacheFolder, name: str) -> None:
    path = folder.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    folder.write(QUESTION, b"{}")
    assert folder.read(QUESTION) is None
    assert path.read_text() == "mine"


@posix
def test_a_folder_of_another_user_is_left_alone(folder: CacheFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write(QUESTION, b"{}")
    before = entry(folder).stat().st_mtime_ns
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: 12345)
        assert folder.read(QUESTION) is None
        folder.write(QUESTION, b"[]")
    assert folder.read(QUESTION) == b"{}"
    assert entry(folder).stat().st_mtime_ns == before


@pytest.mark.parametrize("failing", ["mkdir", "open", "replace", "scandir"])
def test_where_nothing_can_be_written_nothing_is_said(
    folder: CacheFolder, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path if failing in {"mkdir", "replace"} else os, failing, refuse)
        folder.write(QUESTION, b"{}")
    left = [path.name for path in folder.root.rglob("*") if path.is_file()]
    assert {name for name in left if name != ".gitignore"} == ({entry(folder).name} if failing == "scandir" else set())


def test_who_comes_second_keeps_nothing_and_does_not_wait(folder: CacheFolder) -> None:
    folder.write(b"first", b"{}")
    with hold_lock(folder.root / ".gaic" / "check" / "lock"):
        folder.write(QUESTION, b"{}")
    assert folder.read(QUESTION) is None
    assert folder.read(b"first") == b"{}"


def test_what_an_interrupted_write_left_is_cleared_away(folder: CacheFolder) -> None:
    folder.write(QUESTION, b"{}")
    left = folder.root / ".gaic" / "check" / "new"
    left.write_text("half")
    folder.write(QUESTION, b"[]")
    assert folder.read(QUESTION) == b"[]"
    assert not left.exists()


def test_an_ignore_file_of_the_user_stays(folder: CacheFolder) -> None:
    (folder.root / ".gaic").mkdir()
    (folder.root / ".gaic" / ".gitignore").write_text("# mine")
    folder.write(QUESTION, b"{}")
    assert (folder.root / ".gaic" / ".gitignore").read_text() == "# mine"
