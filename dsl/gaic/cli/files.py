"""Files that are named on the command line."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from gaic.source.diagnostic import UsageError

ENDING = ".gai"
MOST_NAMED = 5


class FileMissingError(UsageError):
    """A file that is not there, or cannot be looked at."""

    def __init__(self, path: Path, reason: str, hint: str | None = None) -> None:
        self.path = path
        self.hint = hint
        super().__init__(f"{path}: {reason}")


class OutputError(UsageError):
    """A file that cannot be written."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.path = path
        super().__init__(f"{path} cannot be written: {(error.strerror or str(error)).lower()}")


def require_model(path: Path) -> None:
    """Raise `FileMissingError` unless the path is a regular file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise FileMissingError(path, "there is no such file", _offer_neighbour(path)) from None
    except OSError as error:
        raise FileMissingError(path, f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    if stat.S_ISDIR(mode):
        inside = sorted(child.name for child in _children(path) if child.suffix == ENDING)
        hint = "models in it: " + ", ".join(inside[:MOST_NAMED]) if inside else None
        raise FileMissingError(path, f"is a folder, not a {ENDING} file", hint)
    if not stat.S_ISREG(mode):
        raise FileMissingError(path, "is not a regular file; devices and pipes are not read")


def shown_path(path: Path) -> str:
    """A path as short as it can be said: relative to the working directory if it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)


def leading_folder(root: Path) -> str:
    """The way from the working directory to a folder, with `/`; empty if it is the same."""
    try:
        way = Path(os.path.relpath(root.resolve(), Path.cwd().resolve())).as_posix()
    except ValueError:  # another drive of Windows
        way = root.resolve().as_posix()
    return "" if way == "." else way


def _offer_neighbour(path: Path) -> str | None:
    from gaic.source.suggest import suggest

    names = sorted(child.name for child in _children(path.parent) if child.suffix == ENDING)
    if path.name + ENDING in names:
        near: str | None = path.name + ENDING
    else:
        near = suggest(path.name, names)
    if near is not None:
        return f"did you mean {path.with_name(near)}?"
    return "models beside it: " + ", ".join(names[:MOST_NAMED]) if names else None


def _children(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
