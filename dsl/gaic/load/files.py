"""Reads text files of a project without ever leaving it."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaic.source.diagnostic import Diagnostic, GaicError
from gaic.source.text import Origin, SourceFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gaic.source.limits import Limits
    from gaic.source.text import Span


class ReadFault(GaicError):
    """A file that cannot be used: the code of the finding and what to say."""

    def __init__(self, code: str, message: str, note: str | None = None, fix: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.note = note
        self.fix = fix

    def at(self, span: Span | None) -> Diagnostic:
        """The finding at the place that asked for the file."""
        return Diagnostic(self.code, self.message, span, notes=(self.note,) if self.note else (), help=self.fix)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that went into the result, with the hash of its text (line ends as LF) and its size in bytes."""

    name: str
    sha256: str
    size: int


def find_root(file: Path) -> Path:
    """The project root: the nearest folder above the file that holds a `gaic.toml`, else the file's folder."""
    folder = file.absolute().parent.resolve()
    return next((f for f in (folder, *folder.parents) if (f / "gaic.toml").is_file()), folder)


@dataclass(frozen=True, slots=True)
class Asked:
    """A name as it is written in a file of the project, and the file it led to.

    `base` is the folder of the file it is written in; it and `file` are relative to the project root, with `/`.
    """

    base: str
    written: str
    file: str


@dataclass(slots=True)
class ProjectFiles:
    """Opens files inside one folder and keeps an account: what was read, and where each name that was asked for led.

    `drafts` are texts by the name of their file that count instead of what it holds; `refused` says that a file
    was asked for and could not be had.
    """

    root: Path
    limits: Limits
    drafts: Mapping[str, str] = field(default_factory=dict)
    read: dict[str, InputFile] = field(default_factory=dict)
    asked: dict[tuple[Path, str], Path] = field(default_factory=dict)
    refused: bool = False

    def resolve(self, base: Path, written: str) -> Path:
        """The file meant by `written` in a file that lies in `base`; raises `ReadFault` outside the root."""
        target = (base / written).resolve()
        root = self.root.resolve()
        if not target.is_relative_to(root):
            self.refused = True
            raise ReadFault(
                "GAI105",
                f'"{written}" lies outside the project',
                "files are read only inside the project folder, also through links and `..`",
                "copy the file into the project, or put a `gaic.toml` into the folder that holds both",
            )
        self.asked[base, written] = target
        return target

    def name_of(self, path: Path) -> str:
        """The name under which a file is shown: relative to the root, with `/`."""
        return path.resolve().relative_to(self.root.resolve()).as_posix()

    def read_text(self, path: Path) -> str:
        """The text of a file, without BOM, CRLF read as LF; raises `ReadFault`."""
        name = self.name_of(path)
        try:
            text = self.drafts[name] if name in self.drafts else read_text(path, name, self.limits)
        except ReadFault:
            self.refused = True
            raise
        self.read[name] = input_file(name, text)
        return text

    def trail(self) -> tuple[Asked, ...] | None:
        """All names that were asked for and where they led; None if one led to no file, or stands outside the root."""
        if self.refused or not all(base.is_relative_to(self.root) for base, _ in self.asked):
            return None
        return tuple(
            Asked(base.relative_to(self.root).as_posix(), written, self.name_of(target))
            for (base, written), target in self.asked.items()
        )


def read_text(path: Path, name: str, limits: Limits) -> str:
    """The text of a regular file in UTF-8, without BOM, CRLF read as LF; raises `ReadFault`."""
    return decode(read_bytes(path, name, limits), name)


def read_bytes(path: Path, name: str, limits: Limits) -> bytes:
    """What is in a regular file; raises `ReadFault`."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadFault("GAI104", f'"{name}" is not a file', "folders, devices and pipes are not read")
        check_size(status.st_size, name, limits, f"it has {status.st_size:,} bytes")
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadFault("GAI103", f'there is no file "{name}"', fix=_offer_neighbour(path)) from None
    except OSError as error:
        raise ReadFault("GAI104", f'"{name}" cannot be read: {error.strerror}') from None


def check_size(size: int, name: str, limits: Limits, note: str | None = None) -> None:
    """Raise `ReadFault` for a file with too many bytes."""
    if size > limits.file_size:
        raise ReadFault("GAI505", f'"{name}" is larger than {limits.file_size:,} bytes', note)


def decode(raw: bytes, name: str) -> str:
    """Bytes in UTF-8 as text, without BOM, CRLF read as LF; raises `ReadFault`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ReadFault(
            "GAI106",
            f'"{name}" is not UTF-8',
            f"byte 0x{raw[error.start]:02x} in line {line} does not fit",
            "save the file as UTF-8",
        ) from None
    return text.replace("\r\n", "\n")


def input_file(name: str, text: str) -> InputFile:
    """A text that was read as an input."""
    return InputFile(name, hash_text(text), len(text.encode()))


def hash_text(text: str) -> str:
    """SHA-256 of a text, as `InputFile` has it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _offer_neighbour(path: Path) -> str | None:
    from gaic.source.suggest import suggest

    try:
        names = sorted(p.name for p in path.parent.iterdir() if p.is_file())
    except OSError:
        return None
    near = suggest(path.name, names)
    return f'did you mean "{near}"?' if near else None


def open_source(files: ProjectFiles, path: Path) -> SourceFile:
    """A project file as a source; raises `ReadFault`."""
    return SourceFile(files.name_of(path), files.read_text(path), Origin.PROJECT)
