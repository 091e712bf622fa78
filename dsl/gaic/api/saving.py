"""Saves a model with the files beside it so that a reader never sees half of it."""

from __future__ import annotations

import os
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
        if target.is_dir():
            raise UnwritableError(target, "it is a folder")
        if not force and os.path.lexists(target):
            raise ExistsError(target)
    staged = {target: target.with_name(target.name + BESIDE) for target in contents}
    try:
        for target, content in contents.items():
            _write(staged[target], content)
        for target, temporary in staged.items():
            try:
                temporary.replace(target)
            except OSError as error:
                raise UnwritableError(target, (error.strerror or str(error)).lower()) from None
    finally:
        for temporary in staged.values():
            with suppress(OSError):  # renamed, or never made
                temporary.unlink()


def _write(path: Path, content: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except OSError as error:
        raise UnwritableError(path, (error.strerror or str(error)).lower()) from None
