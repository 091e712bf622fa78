"""Starts a project: a new folder with a model that builds, made from a template.

A template is a folder beside the library; the files in `common` belong to every project. The model of a template is a
model like any other, so that it can be checked and built where it lies: what is filled in is a title, nothing else.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gaic.api.directory import UnwritableError
from gaic.api.saving import BESIDE
from gaic.load.library import find_shipped
from gaic.source.diagnostic import GaicError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE = "Project name"
"""What stands in a template where the title of the project belongs."""

COMMON = "common"

# The name as it lies in the template -> the name in the project; git would obey the first one inside the checkout.
HIDDEN = {"gitignore": ".gitignore"}

LONGEST_NAME = 100
"""Characters of a folder's name."""

BESIDES_LETTERS = frozenset(" ._-")
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))})


class UnusableNameError(UsageError):
    """A folder cannot have this name."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.hint = "use letters, digits, `-`, `_`, `.` and blanks, such as `my-project`"
        super().__init__(f"`{name}` cannot be the name of a project: {reason}")


class OccupiedFolderError(UsageError):
    """Something is there already."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder = folder
        self.hint = "name a folder that is not there yet, or an empty one"
        super().__init__(f"{folder} {reason}")


class TemplatesMissingError(GaicError):
    """gaic was installed without its templates."""


@dataclass(frozen=True, slots=True)
class Started:
    """A new project: its folder, without links and `..`, and the names of its files, sorted."""

    folder: Path
    files: tuple[str, ...]


def start_project(folder: Path, template: str) -> Started:
    """Make the folder, which must not be there yet or be empty, and write the files of a template into it: all or none.

    Raises `UsageError` where the folder cannot be made or is not free.
    """
    target = _find_target(folder)
    files = template_files(template, title_of(target.name))
    try:
        _write_project(target, files)
    except OSError as error:
        raise UnwritableError(folder, (error.strerror or str(error)).lower()) from error
    return Started(target, tuple(sorted(files)))


def template_files(template: str, title: str) -> dict[str, str]:
    """Names and texts of a project that begins with a template."""
    files: dict[str, str] = {}
    for folder in (COMMON, template):
        for path in sorted((find_templates() / folder).iterdir()):
            files[HIDDEN.get(path.name, path.name)] = path.read_text(encoding="utf-8").replace(TITLE, title)
    return files


def find_templates() -> Path:
    """The folder of the templates: in the package, else beside the checkout's `pyproject.toml`."""
    folder = find_shipped("templates", COMMON)
    if folder is None:
        message = f"the templates are missing: no folder `templates` with `{COMMON}` in it"
        raise TemplatesMissingError(message)
    return folder


def title_of(name: str) -> str:
    """The name of a folder as a title: what could mean something in a text, in Markdown or in a model is left out."""
    composed = unicodedata.normalize("NFC", name)
    words = "".join(sign if sign.isalnum() or sign in "-._" else " " for sign in composed).split()
    return " ".join(words).strip(" ._-") or "Project"


def _find_target(folder: Path) -> Path:
    """The folder to be made or filled, without links and `..` on the way; raises `UsageError` if it cannot be."""
    if "\0" in str(folder):
        raise UnusableNameError(str(folder), "it has a NUL character in it")
    try:
        if folder.is_symlink():
            raise OccupiedFolderError(folder, "is a link")
        target = folder.resolve()
        if not folder.is_absolute() and ".." not in folder.parts and not target.is_relative_to(Path.cwd().resolve()):
            raise OccupiedFolderError(folder, f"leads out of this folder through a link, to {target}")
        if target.exists():
            if not target.is_dir():
                raise OccupiedFolderError(folder, "is a file")
            if any(target.iterdir()):
                raise OccupiedFolderError(folder, "is not empty")
            return target
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise UnwritableError(folder, (getattr(error, "strerror", None) or str(error)).lower()) from error
    for part in (target, *target.parents):
        if part.exists():
            break
        _check_name(part.name)
    return target


def _check_name(name: str) -> None:
    """Refuse a name that a system cannot have, or that reads as something else there."""
    if len(name) > LONGEST_NAME:
        raise UnusableNameError(name[:LONGEST_NAME] + "...", f"it has more than {LONGEST_NAME} characters")
    strange = next((sign for sign in unicodedata.normalize("NFC", name) if not _is_usable(sign)), None)
    if strange is not None:
        raise UnusableNameError(name, f"`{strange}` is not usable in it")
    if name[0] in " .-" or name[-1] in " .":
        raise UnusableNameError(name, "it begins with a blank, `.` or `-`, or ends with a blank or `.`")
    if name.partition(".")[0].casefold() in DEVICES:
        raise UnusableNameError(name, "Windows takes it for a device")


def _is_usable(sign: str) -> bool:
    return sign.isalnum() or sign in BESIDES_LETTERS


def _write_project(target: Path, files: Mapping[str, str]) -> None:
    """Write all files into a folder beside the new one, or inside the empty one, and put them in place at the end."""
    made: list[Path] = []
    is_new = not target.exists()
    try:
        _make_folders(target.parent, made)
        staging = target.with_name(f".{target.name}{BESIDE}") if is_new else target / BESIDE
        try:
            staging.mkdir()
        except FileExistsError:
            raise UnwritableError(target, f"{staging} is in the way; remove it if nobody else writes") from None
        try:
            for name, text in files.items():
                with (staging / name).open("x", encoding="utf-8", newline="\n") as file:
                    file.write(text)
            if is_new:
                staging.rename(target)
            else:
                _move_up(staging, files)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    finally:
        for folder in reversed(made):
            with suppress(OSError):  # stays if the project is in it
                folder.rmdir()


def _move_up(staging: Path, files: Mapping[str, str]) -> None:
    """Move files from a folder into the one around it; take all back if one cannot be moved."""
    moved: list[Path] = []
    try:
        for name in files:
            place = staging.parent / name
            _move(staging / name, place)
            moved.append(place)
    except BaseException:
        for place in moved:
            with suppress(OSError):
                place.unlink()
        raise


def _move(file: Path, place: Path) -> None:
    if os.path.lexists(place):
        raise OccupiedFolderError(place, "has come there meanwhile")
    file.rename(place)


def _make_folders(folder: Path, made: list[Path]) -> None:
    if folder.exists():
        return
    _make_folders(folder.parent, made)
    folder.mkdir()
    made.append(folder)
