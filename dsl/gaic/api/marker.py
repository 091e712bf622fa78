"""`.gaic-site`: the list of files by which gaic recognises its own output directory.

A line per file, in the format of `sha256sum`: 64 hexadecimal digits, two blanks, the path relative to the directory
with `/`. The list of a finished build is sorted; while a build runs, lines are added at the end before a file is
touched, so that whatever an interrupted build leaves behind is listed. A directory may come from anybody, so nothing in
the list is trusted: lines that are not of this form, or that name anything but a file below the directory, are as good
as absent.
"""

from __future__ import annotations

import re
import stat
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MARKER = ".gaic-site"
LOCK = ".gaic-lock"
TEMPORARY = ".gaic-new-"
UNFINISHED = "0" * 64
"""Stands in for the hash of a temporary file."""

LARGEST_LIST = 256_000_000
LONGEST_PATH = 1_000

_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f]+)")


def is_marked(directory: Path) -> bool:
    """Say whether an earlier build left its list in the directory; a link or a device is no list."""
    try:
        return stat.S_ISREG((directory / MARKER).lstat().st_mode)
    except FileNotFoundError:
        return False


def read_list(directory: Path) -> dict[str, str]:
    """Hashes by path as the list of an earlier build gives them; empty if there is none."""
    path = directory / MARKER
    if not is_marked(directory) or path.stat().st_size > LARGEST_LIST:
        return {}
    lines = map(_LINE.fullmatch, path.read_text(encoding="utf-8", errors="replace").split("\n"))
    return {line[2]: line[1] for line in lines if line is not None and is_inside(line[2])}


def list_text(files: Mapping[str, str]) -> str:
    """The list of a finished build from hashes by path."""
    return "".join(list_line(path, files[path]) for path in sorted(files))


def list_line(path: str, digest: str) -> str:
    """One line of the list."""
    return f"{digest}  {path}\n"


def is_inside(path: str) -> bool:
    """Say whether a listed path names a file below the directory, on every system, and not the list or the lock."""
    parts = path.split("/")
    windows = PureWindowsPath(path)
    return (
        len(path) <= LONGEST_PATH
        and not any(part in {"", ".", ".."} or part.endswith((" ", ".")) for part in parts)
        and not set(path) & set('\\:*?"<>|')
        and not PurePosixPath(path).is_absolute()
        and not windows.is_absolute()
        and not windows.drive
        and path.casefold() not in {MARKER, LOCK}
    )


def is_temporary(path: str) -> bool:
    """Say whether a listed path is a file that a build wrote to rename it later."""
    return path.rpartition("/")[2].startswith(TEMPORARY)
