"""A hash of everything that an answer of the compiler rests on besides the project."""

from __future__ import annotations

import hashlib
import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from gaic import __version__
from gaic.load.library import hash_library
from gaic.source.diagnostic import GaicError

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARIES = ("lark", "numpy", "pint", "tzdata")
"""Libraries of Python whose version can change what a check finds."""

PACKAGE = Path(__file__).resolve().parent.parent


def fingerprint_compiler() -> str | None:
    """SHA-256 over the version of gaic, its code, its library, and the versions of the libraries of Python it calls.

    Files count with their content, so that whoever edits the compiler gets new answers at once: some 260 files, read in
    5 ms. None where they cannot be read as files (a zip archive), or a library of Python does not tell its version.
    """
    digest = hashlib.sha256(__version__.encode())
    try:
        for path in _files(PACKAGE):
            digest.update(os.path.relpath(path, PACKAGE).encode() + b"\0")
            with open(path, "rb") as file:  # noqa: PTH123 - takes a third of the time of Path.open
                digest.update(hashlib.file_digest(file, "sha256").digest())
        digest.update(hash_library().encode())
        for name in LIBRARIES:
            version = _version(name)
            if version is None:
                return None
            digest.update(version.encode() + b"\0")
    except (OSError, GaicError):
        return None
    return digest.hexdigest()


def _files(folder: str | Path) -> Iterator[str]:
    """Every file below a folder, sorted, compiled Python excepted."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            yield entry.path


def _version(name: str) -> str | None:
    """Name and version of an installed library, from the name of the folder that describes it; imports nothing."""
    found = find_spec(name)
    if found is None or found.origin is None:
        return None
    beside = (each.name for each in os.scandir(Path(found.origin).parent.parent))
    described = [each for each in beside if re.fullmatch(rf"{name}-\d.*\.dist-info", each)]
    return described[0] if len(described) == 1 else None
