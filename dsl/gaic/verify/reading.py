"""Reads files of a site that may come from anybody: inside its folder alone, never through links, with bounds."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, NoReturn

from gaic.verify.faults import BrokenError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Json = dict[str, object]

LARGEST: Final = 500_000_000
"""Bytes of a JSON file."""
LONGEST_NAME: Final = 1_000
MOST_FILES: Final = 1_000_000
"""Files of a site."""
_CHUNK: Final = 1 << 20
_OPEN: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_REPARSE_POINT: Final = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT: what leads elsewhere on Windows


def is_inside(name: str) -> bool:
    """Say whether a name is that of a file below a folder, on every system."""
    if len(name) > LONGEST_NAME or any(part in {"", ".", ".."} for part in name.split("/")):
        return False
    return not any(mark in '\\:*?"<>|\0' or "\ud800" <= mark <= "\udfff" for mark in name)


def list_files(folder: Path) -> Iterator[tuple[str, bool]]:
    """The names of all files below a folder with `/`, and whether each is a regular one; no link is followed."""
    waiting = [(folder, "")]
    count = 0
    while waiting:
        here, prefix = waiting.pop()
        for entry in _list_entries(here, prefix):
            count += 1
            if count > MOST_FILES:
                raise BrokenError(prefix or ".", f"the folder holds more than {MOST_FILES:,} files")
            name = prefix + entry.name
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode) and not _leads_elsewhere(status):
                waiting.append((here / entry.name, name + "/"))
            else:
                yield name, stat.S_ISREG(status.st_mode)


def _list_entries(folder: Path, prefix: str) -> list[os.DirEntry[str]]:
    try:
        return sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise BrokenError(prefix or ".", f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def hash_file(folder: Path, name: str) -> tuple[int, str]:
    """Size and SHA-256 of a file of the site; raises `BrokenError`."""
    digest, size = hashlib.sha256(), 0
    with _reading(folder, name) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def read_json(folder: Path, name: str) -> Json:
    """A JSON file of the site, which holds an object; raises `BrokenError`."""
    with _reading(folder, name) as file:
        raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise BrokenError(name, f"is larger than {LARGEST:,} bytes")
    try:
        found = json.loads(raw.decode(), parse_constant=_refuse_constant, object_pairs_hook=_refuse_repeats)
    except RecursionError:
        raise BrokenError(name, "is nested too deeply") from None
    except ValueError as error:
        raise BrokenError(name, f"is no JSON: {error}") from None
    if not isinstance(found, dict):
        raise BrokenError(name, "holds no JSON object")
    return found


@contextmanager
def _reading(folder: Path, name: str) -> Iterator[BinaryIO]:
    """A file of the site, open for reading; what goes wrong is said of it."""
    number = _open(folder, name)
    try:
        with os.fdopen(number, "rb") as file:
            yield file
    except OSError as error:
        raise BrokenError(name, f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def _open(folder: Path, name: str) -> int:
    """Open a regular file below the folder for reading, without going through a link."""
    if not is_inside(name):
        raise BrokenError(name, "is no name of a file of the site")
    path = folder
    *inner, _ = name.split("/")
    try:
        for part in inner:
            path /= part
            status = path.lstat()
            if not stat.S_ISDIR(status.st_mode) or _leads_elsewhere(status):
                raise BrokenError(name, "lies behind a link")
        path = folder / name
        if stat.S_ISLNK(path.lstat().st_mode):
            raise BrokenError(name, "is a link")
        number = os.open(path, _OPEN)
    except FileNotFoundError:
        raise BrokenError(name, "is missing") from None
    except OSError as error:
        raise BrokenError(name, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise BrokenError(name, "is no regular file")
    return number


def _leads_elsewhere(status: os.stat_result) -> bool:
    return bool(getattr(status, "st_file_attributes", 0) & _REPARSE_POINT)


def _refuse_constant(text: str) -> NoReturn:
    message = f"{text} is no number"
    raise ValueError(message)


def _refuse_repeats(pairs: list[tuple[str, object]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        message = f"the name {next(n for n in names if names.count(n) > 1)!r} stands twice"
        raise ValueError(message)
    return found
