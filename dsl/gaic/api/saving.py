"""Saves a model with the files beside it so that a reader never sees half of it."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from gaic.api.directory import UnwritableError
from gaic.source.diagnostic import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BESIDE = ".gaic-new"


class ExistsError(UsageError):
    """A file is there already."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.hint = "choose another one with -o, or use --force to replace it"
        super().__init__(f"{path} is there already")


def save_model(path: Path, text: str, files: Mapping[str, str], *, force: bool = False) -> None:
    """Write a model and the files beside it: all are written under other names first, and the model is renamed last.

    Raises `ExistsError` if one of them is there and `force` is not set, `UnwritableError` if one cannot be written.
    """
    contents = {path.parent / name: content for name, content in files.items()} | {path: text}
    for target in contents:
        if os.path.isdir(target):  # noqa: PTH112 - unlike Path.is_dir, takes a name that is too long
            raise UnwritableError(target, "it is a folder")
        if not force and os.path.lexists(target):
            raise ExistsError(target)
    staged: dict[Path, Path] = {}
    try:
        for target, content in contents.items():
            _stage(target, content, staged)
        for target in contents:
            try:
                staged[target].replace(target)
            except OSError as error:
                raise UnwritableError(target, (error.strerror or str(error)).lower()) from None
            del staged[target]
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink()


def replace_text(path: Path, text: str) -> None:
    """Put a text in the place of a file, which keeps its rights; a link stays one, and its target is replaced.

    Raises `UnwritableError` if it cannot be written, or may not.
    """
    target = path.resolve() if path.is_symlink() else path
    staged: dict[Path, Path] = {}
    try:
        rights = stat.S_IMODE(target.stat().st_mode)
        if not os.access(target, os.W_OK):
            raise UnwritableError(path, "it is read-only")
        _stage(target, text, staged)
        staged[target].chmod(rights)
        staged[target].replace(target)
        del staged[target]
    except OSError as error:
        raise UnwritableError(path, (error.strerror or str(error)).lower()) from None
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink()


def _stage(target: Path, content: str, staged: dict[Path, Path]) -> None:
    """Write a file beside its target; it is in `staged` as soon as it is there, and one of somebody else never is."""
    temporary = target.with_name(target.name + BESIDE)
    try:
        with temporary.open("x", encoding="utf-8", newline="") as file:
            staged[target] = temporary
            file.write(content)
    except FileExistsError:
        raise UnwritableError(target, f"{temporary.name} is in the way; remove it if nobody else writes") from None
    except OSError as error:
        raise UnwritableError(target, (error.strerror or str(error)).lower()) from None
