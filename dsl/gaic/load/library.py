"""Where the standard library lies, and what stands in it."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaic.source.diagnostic import GaicError
from gaic.source.text import Origin

if TYPE_CHECKING:
    from gaic.load.files import ProjectFiles
    from gaic.source.text import SourceFile

HASHED = frozenset({".gai", ".toml"})
_COMPATIBLE = "stdlib/compat/"
_UNIT = re.compile(r"^unit ", re.MULTILINE)


class LibraryMissingError(GaicError):
    """gaic was installed without its standard library."""


@cache
def find_library() -> Path:
    """The folder of the standard library: in the package, else beside the checkout's `pyproject.toml`."""
    folder = find_shipped("stdlib", "prelude.gai")
    if folder is None:
        message = "the standard library is missing: no folder `stdlib` with a prelude.gai"
        raise LibraryMissingError(message)
    return folder


def find_shipped(name: str, member: str) -> Path | None:
    """A folder shipped with gaic that holds `member`: in the package, else beside `pyproject.toml` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    places = (package / name, package.parent.parent / name)
    return next((folder for folder in places if (folder / member).exists()), None)


def read_library_table(*names: str) -> dict[str, Any]:
    """A table of data of the library, by its folders and its name without `.toml`.

    A fault in it is one of the library, so it surfaces as it is.
    """
    import tomllib

    return tomllib.loads(find_library().joinpath(*names).with_suffix(".toml").read_text(encoding="utf-8"))


def library_tables(folder: str) -> tuple[str, ...]:
    """Names of the tables of data in a folder of the library, sorted."""
    return tuple(sorted(path.stem for path in (find_library() / folder).glob("*.toml")))


def is_compatible(file: SourceFile) -> bool:
    """Say whether a file of the library puts the rules of another tool in place of its own."""
    return file.origin is Origin.LIBRARY and file.name.startswith(_COMPATIBLE)


def declares_units(file: SourceFile) -> bool:
    """Say whether a file declares units: an item begins in column 1."""
    return _UNIT.search(file.text) is not None


def root_name(file: Path, files: ProjectFiles, library: Path) -> str:
    """The module name of the model's own file; a file of the library keeps its library name."""
    if file.is_relative_to(library):
        return "std." + file.relative_to(library).with_suffix("").as_posix().replace("/", ".")
    return files.name_of(file)


def hash_library() -> str:
    """SHA-256 over names and texts of all library files, tables included, in order of their names, line ends as LF."""
    folder = find_library()
    digest = hashlib.sha256()
    files = (path for path in folder.rglob("*") if path.suffix in HASHED)
    for path in sorted(files, key=lambda p: p.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()
