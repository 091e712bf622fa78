"""Writes the files of a build into its output directory so that a reader never sees half of one.

Every file that changes is first written beside its target under a temporary name; only when all of them are there are
they renamed, `results.json` and `index.html` after all others. What fails before leaves the directory as it was. Files
of the earlier build that are no longer made are removed at the end; which these are says `.gaic-site` alone.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from gaic.api.lock import hold_lock
from gaic.api.marker import (
    LOCK,
    MARKER,
    TEMPORARY,
    UNFINISHED,
    is_inside,
    is_marked,
    is_temporary,
    list_line,
    list_text,
    read_list,
)
from gaic.source.diagnostic import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Content = str | bytes | Callable[[BinaryIO], None]

MOUNT_POINT = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT of Windows

# In this order, after all other files.
RENAMED_LAST = ("results.json", "index.html")


class OccupiedError(UsageError):
    """The directory holds something that is not of an earlier build."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        super().__init__(
            f"{directory} is not empty and holds no site of gaic; choose another folder with -o, "
            "or use --force to write into it (other files stay)"
        )


class LinkedOutError(UsageError):
    """A link leads the default directory out of the project."""

    def __init__(self, directory: Path, target: Path) -> None:
        self.directory = directory
        super().__init__(f"{directory} leads out of the project, to {target}; if that is meant, use -o {target}")


class UnwritableError(UsageError):
    """A file or folder cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be written: {reason}")


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to its directory: how many files it wrote, left alone and removed."""

    directory: Path
    written: int
    unchanged: int
    removed: int


def default_directory(root: Path, model: Path) -> Path:
    """`build/NAME` under the project root, for a model `NAME.gai`; raises `LinkedOutError`."""
    name = model.stem if model.stem.strip(".") else model.name.strip(".")
    directory = root / "build" / name
    target = directory.resolve()
    if not target.is_relative_to(root.resolve()):
        raise LinkedOutError(directory, target)
    return directory


def check_directory(directory: Path, *, force: bool = False) -> None:
    """Raise `UsageError` unless the directory is absent, empty, of an earlier build, or forced."""
    with _reporting(directory):
        try:
            names = {entry.name for entry in os.scandir(directory)}
        except FileNotFoundError:
            return
        except NotADirectoryError:
            raise UnwritableError(directory, "it is not a folder") from None
        if names - {LOCK} and not force and not is_marked(directory):
            raise OccupiedError(directory)


def write_directory(directory: Path, files: Iterable[tuple[str, Content]], *, force: bool = False) -> Written:
    """Make the directory hold these files: path relative to it with `/`, and text, bytes or what writes them.

    Files are taken one at a time, so that they can be made as they are written. Raises `UsageError` if the directory
    may not or cannot be written, `BusyError` if another build is at it; what `files` raises goes through.
    """
    directory = directory.resolve()
    check_directory(directory, force=force)
    made: list[Path] = []
    try:
        with _reporting(directory):
            _make_folders(directory, made)
        with _locked(directory):
            staging = _Staging(directory)
            return staging.run(files)
    finally:
        for folder in reversed(made):
            with suppress(OSError):  # stays if something is in it, that is, after success
                folder.rmdir()


@dataclass(slots=True)
class _Staging:
    """One build on its way into its directory."""

    directory: Path
    earlier: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    ready: dict[str, Path] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    folders: dict[Path, bool] = field(default_factory=dict)
    journal: BinaryIO | None = None
    list_size: int | None = None
    temporaries: int = 0

    def run(self, files: Iterable[tuple[str, Content]]) -> Written:
        try:
            with _reporting(self.directory):
                self.read_earlier()
            for path, content in files:
                with _reporting(self.directory / path):
                    self.stage(path, content)
        except BaseException:
            self.take_back()
            raise
        with _reporting(self.directory):
            try:
                return self.commit()
            finally:
                self.drop_temporaries()

    def read_earlier(self) -> None:
        """Read the list of the earlier build and remove what an interrupted one left half done."""
        listed = read_list(self.directory)
        if is_marked(self.directory):
            self.list_size = (self.directory / MARKER).stat().st_size
        for path in filter(is_temporary, listed):
            self.remove(path)
        self.earlier = {path: digest for path, digest in listed.items() if not is_temporary(path)}

    def stage(self, path: str, content: Content) -> None:
        """Write a file under a temporary name, unless it is there already with the same bytes."""
        if not is_inside(path) or is_temporary(path) or path.casefold() in self.names:
            message = f"not a path for a file of a site, or there twice: {path!r}"
            raise ValueError(message)
        self.names.add(path.casefold())
        target = self.directory / path
        self.open_folder(target.parent)
        _refuse_folder(target)
        if isinstance(content, str):
            content = content.encode()
        if isinstance(content, bytes):
            digest = hashlib.sha256(content).hexdigest()
            if not _holds(target, content):
                self.write(path, content)
        else:
            digest = self.write(path, content)
            if _hash_file(target) == digest:
                self.ready.pop(path).unlink()
        self.made[path] = digest
        if path in self.ready:
            self.note(digest, path)

    def write(self, path: str, content: bytes | Callable[[BinaryIO], None]) -> str:
        """Write the temporary file of a path; return its hash."""
        temporary = self.reserve((self.directory / path).parent)
        with temporary.open("xb") as file:
            self.ready[path] = temporary
            if isinstance(content, bytes):
                file.write(content)
                return ""
            content(file)
        return _hash_file(temporary) or ""

    def reserve(self, folder: Path) -> Path:
        """List a new temporary name in a folder before there is such a file."""
        self.temporaries += 1
        temporary = folder / f"{TEMPORARY}{self.temporaries}"
        self.note(UNFINISHED, temporary.relative_to(self.directory).as_posix())
        return temporary

    def note(self, digest: str, path: str) -> None:
        """Add a line to the list on disk."""
        if self.journal is None:
            self.journal = (self.directory / MARKER).open("xb" if self.list_size is None else "ab")
            # A last line without its end was cut off when a build was interrupted.
            self.journal.write(b"\n" if self.list_size else b"")
        self.journal.write(list_line(path, digest).encode())
        self.journal.flush()

    def open_folder(self, folder: Path) -> None:
        """Make a folder below the directory; refuse to go through links."""
        if folder == self.directory or folder in self.folders:
            return
        self.open_folder(folder.parent)
        try:
            status = folder.lstat()
        except FileNotFoundError:
            folder.mkdir()
            self.folders[folder] = True
            return
        if not stat.S_ISDIR(status.st_mode) or _is_junction(status):
            raise UnwritableError(folder, "a link or a file stands where the site needs a folder")
        self.folders[folder] = False

    def take_back(self) -> None:
        """Leave the directory as it was before the first file."""
        self.drop_temporaries()
        with suppress(OSError):
            if self.journal is not None and self.list_size is None:
                (self.directory / MARKER).unlink()
            elif self.journal is not None:
                os.truncate(self.directory / MARKER, self.list_size or 0)
        for folder in reversed([folder for folder, made in self.folders.items() if made]):
            with suppress(OSError):
                folder.rmdir()

    def drop_temporaries(self) -> None:
        """Close the list and remove what was not renamed."""
        if self.journal is not None:
            with suppress(OSError):
                self.journal.close()
        for temporary in self.ready.values():
            with suppress(OSError):
                temporary.unlink()

    def commit(self) -> Written:
        """Rename, remove, and write the list of the finished build."""
        written = len(self.ready)
        last = [path for path in RENAMED_LAST if path in self.ready]
        for path in (*(path for path in self.ready if path not in RENAMED_LAST), *last):
            (self.directory / path).parent.mkdir(exist_ok=True)
            self.ready[path].replace(self.directory / path)
            del self.ready[path]
        # Where case does not count, an old name that differs in case alone is the new file.
        removed = sum(self.remove(path) for path in self.earlier if path.casefold() not in self.names)
        self.finish_list()
        return Written(self.directory, written, len(self.made) - written, removed)

    def finish_list(self) -> None:
        content = list_text(self.made).encode()
        marker = self.directory / MARKER
        if _holds(marker, content):
            return
        temporary = self.reserve(self.directory)
        temporary.write_bytes(content)
        self.ready[MARKER] = temporary
        if self.journal is not None:
            self.journal.close()
        temporary.replace(marker)
        del self.ready[MARKER]

    def remove(self, path: str) -> bool:
        """Remove a listed file and the folders that it leaves empty; say whether it was there."""
        target = self.directory / path
        inner = [folder for folder in target.parents if folder.is_relative_to(self.directory)][:-1]
        if any(not is_real_folder(folder) for folder in inner):
            return False
        try:
            if stat.S_ISDIR(target.lstat().st_mode):
                return False
            target.unlink()
        except FileNotFoundError:
            return False
        with suppress(OSError):
            for folder in inner:
                folder.rmdir()
        return True


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    with ExitStack() as stack:
        with _reporting(directory):
            stack.enter_context(hold_lock(directory / LOCK))
        yield


@contextmanager
def _reporting(path: Path) -> Iterator[None]:
    """Say of a failure of the system which file it was and why."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnwritableError(path, reason) from error


def _make_folders(folder: Path, made: list[Path]) -> None:
    if folder.exists():
        return
    _make_folders(folder.parent, made)
    with suppress(FileExistsError):
        folder.mkdir()
        made.append(folder)


def _refuse_folder(target: Path) -> None:
    with suppress(FileNotFoundError):
        if stat.S_ISDIR(target.lstat().st_mode):
            raise UnwritableError(target, "a folder stands where the site needs a file")


def _holds(target: Path, content: bytes) -> bool:
    """Say whether a regular file holds just these bytes."""
    try:
        status = target.lstat()
        return stat.S_ISREG(status.st_mode) and status.st_size == len(content) and target.read_bytes() == content
    except FileNotFoundError:
        return False


def _hash_file(target: Path) -> str | None:
    """SHA-256 of a regular file; None if there is none."""
    try:
        if not stat.S_ISREG(target.lstat().st_mode):
            return None
        with target.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def is_real_folder(folder: Path) -> bool:
    """Say whether a path is a folder, and no link or mount point that leads to one."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(status.st_mode) and not _is_junction(status)


def _is_junction(status: os.stat_result) -> bool:
    """Say whether a folder of Windows is a mount point, which leads elsewhere without being a link."""
    return getattr(status, "st_reparse_tag", 0) == MOUNT_POINT
