"""The native layout of a format: one block per class, `{id: object}`, and a table of sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.exchange.document import Cited, Document, Thing, as_mapping, as_text, shown
from gaic.exchange.faults import BadValueError, ForeignError, UnreadableError

if TYPE_CHECKING:
    from gaic.exchange.document import Json
    from gaic.exchange.table import Layout, Table

VERSION = re.compile(r"(\d{1,4})(?:\..*)?")


def read_native(data: dict[str, Json], table: Table) -> Document:
    """The objects of a native file; raises `ForeignError` for all faults together."""
    layout = table.layout
    version = read_version(data.get(layout.version), table)
    document = Document(f"{table.title} {data[layout.version]}", version)
    faults: list[str] = []
    for sort, block in data.items():
        if sort in layout.skipped:
            continue
        try:
            if sort == layout.sources:
                _add_sources(document, as_mapping(block, sort))
            elif sort not in table.sorts and sort not in table.made:
                _add_unknown(document, sort, block)
            else:
                _add_block(document, sort, as_mapping(block, f"the block {shown(sort)}"), faults)
        except BadValueError as fault:
            faults.append(str(fault))
    if faults:
        raise ForeignError(tuple(faults))
    return document


def read_version(written: Json, table: Table) -> int:
    """The major version that a file names; raises `UnreadableError` for none, and for one that is not read."""
    layout = table.layout
    match = VERSION.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        raise UnreadableError(
            f"this is no file of {table.title}: it names no version",
            f"a native file has the key `{layout.version}`, a neutral one `{layout.neutral[0]}`",
        )
    version = int(match[1])
    if not layout.oldest <= version <= layout.newest:
        raise UnreadableError(
            f"the file is of version {match[0]} of {table.title}; versions {layout.oldest} to {layout.newest} are read",
            f"load the file with a later release of {table.title} and save it again"
            if version < layout.oldest
            else "a later release of gaic may read it",
        )
    return version


def _add_sources(document: Document, block: dict[str, Json]) -> None:
    for key, value in block.items():
        document.sources[key] = read_cited(value, f"source {shown(key)}")


def read_cited(value: Json, what: str) -> Cited:
    """A source as it stands in a file; raises `BadValueError`."""
    entry = as_mapping(value, what)
    link = entry.get("link")
    return Cited(as_text(entry.get("name"), f"the name of {what}"), None if link is None else as_text(link, "its link"))


def _add_unknown(document: Document, sort: str, block: Json) -> None:
    """Note objects of a class that nobody knows, or whatever stands in their place; links to them are no faults."""
    entries = (
        [(key, value) for key, value in block.items() if isinstance(value, dict)] if isinstance(block, dict) else []
    )
    for key, value in entries:
        name = value.get("name")
        document.add(Thing(key, sort, name if isinstance(name, str) else key, {}))
    if not entries:
        document.unknown.append(f"the entry {shown(sort)}")


def _add_block(document: Document, sort: str, block: dict[str, Json], faults: list[str]) -> None:
    for key, value in block.items():
        try:
            what = f"{sort} {shown(key)}"
            attributes = dict(as_mapping(value, what))
            name = as_text(attributes.pop("name", None), f"the name of {what}")
            if attributes.pop("id", key) == key:
                document.add(Thing(key, sort, name, attributes))
            else:
                faults.append(f"{what} says that its id is another one")
        except BadValueError as fault:
            faults.append(str(fault))


def is_neutral(data: dict[str, Json], layout: Layout) -> bool:
    """Say whether a file is in the neutral layout."""
    key, value = layout.neutral
    return data.get(key) == value
