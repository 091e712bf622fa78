"""What the library's files declare, told from their text: for messages that offer an entry nobody has imported.

Parsing the whole library takes seconds, reading heads and names of fields some 30 ms; the files are ours and in the one
format, and an entry too few is an offer too few.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gaic.load.bundle import library_file, library_modules
from gaic.load.library import find_library

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(
    r'^(?P<template>template )?(?P<kind>[a-z_]\w*) (?P<name>[a-z_]\w*)(?: "[^"\n]*")?[^\n{]*\{'
    r"(?P<block>[^\n]*\n(?:[ \t#][^\n]*\n|\n)*)",
    re.MULTILINE,
)
_FIELD = re.compile(r"(?:^|[{;])\s*([a-z_]\w*)\s*=(?!=)", re.MULTILINE)
_COMPATIBLE = "std.compat."


@dataclass(frozen=True, slots=True)
class Entry:
    """An object or a template of the library, with the names of the fields that it sets."""

    path: str
    kind: str
    template: bool
    fields: frozenset[str]


@cache
def list_catalogue() -> tuple[Entry, ...]:
    """All objects and templates of the library, in order of module and place; read once in the life of a process."""
    library = find_library()
    modules = (name for name in library_modules(library) if not name.startswith(_COMPATIBLE))
    return tuple(entry for name in modules for entry in _read(name, library_file(library, name).read_text("utf-8")))


def _read(module: str, text: str) -> Iterator[Entry]:
    for item in _ITEM.finditer(text):
        fields = frozenset(_FIELD.findall("{" + item["block"]))
        name = item["name"]
        yield Entry(f"{module}.{name}", item["kind"], item["template"] is not None, fields)
