"""The index of the search: every address of a site, as a script that hands it over.

An entry is [path, words, address, value], and of an object also its values as [name, value, anchor, words]: what the
script can tell by itself is left out, so that ten thousand values stay small.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from gaic.load.library import read_library_table
from gaic.report import addresses
from gaic.report.words import make_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gaic.evaluate.account import ObjectAccount
    from gaic.report.book import SiteHead
    from gaic.report.facts import Facts, Pointer
    from gaic.report.files import Listed

    Entry = Sequence[str | list[list[str]]]

SYNONYMS = "synonyms"
"""The table of the library with words that stand for each other."""
LONGEST_VALUE = 60
"""Characters of a value; a longer text is cut."""
_MEMBER = re.compile(r"\[(.*)\]$")

PAGES = (
    ("Summary", "totals, study, findings, objects", "index.html"),
    ("Sources", "register of sources, what the numbers rest on", "sources.html"),
    ("Assumptions", "register of assumptions, numbers without a source, defaults", "assumptions.html"),
    ("Data quality", "register of data quality, confidence, ranges", "quality.html"),
    ("Scope", "goal, boundary, method, checklists", "scope.html"),
    ("Files", "source listings", "files.html"),
)


def write_index(entries: Iterable[Entry]) -> str:
    """A script that hands entries to the search, with the words that stand for each other."""
    index = {"alike": read_library_table(SYNONYMS)["groups"], "entries": [_clean(entry) for entry in entries]}
    return f"gaicIndex({json.dumps(index, separators=(',', ':'))});\n".replace("<", "\\u003c")


def _clean(entry: Entry) -> list[str | list[list[str]]]:
    return [
        make_visible(part) if isinstance(part, str) else [[make_visible(text) for text in value] for value in part]
        for part in entry
    ]


def list_addresses(facts: Facts, files: Iterable[Listed], head: SiteHead) -> Iterator[Entry]:
    """Every address of a model: registers, objects with their values, kinds, sources, words of totals, files."""
    yield from ([title, words, href, ""] for title, words, href in PAGES)
    yield from (_list_object(facts, object_) for object_ in facts.objects)
    yield from _list_kinds(facts)
    sources = {p.account.source.path: p.account.source for p in facts.pointers.values() if p.account.source is not None}
    for source in sources.values():
        yield [source.path, f"{source.label}, source", f"sources.html#{addresses.slug_of(source.path)}", ""]
    for word in head.words:
        yield [word.path, f"{word.label}, {word.sort}", f"scope.html#{word.sort}-{word.path}", ""]
    for listed in files:
        yield [listed.file.name, "file", listed.parts[0].href, ""]


def _list_kinds(facts: Facts) -> Iterator[Entry]:
    """The kinds of the objects, at the lines that declare them."""
    spans = {object_.kind_span: object_ for object_ in facts.objects if object_.kind_span is not None}
    for span, object_ in spans.items():
        shipped = span.file.origin.value == "library"
        address = addresses.line_of_file(span.file.name, span.line, shipped=shipped)
        yield [object_.kind, f"{object_.kind_label}, kind", address, ""]


def _list_object(facts: Facts, object_: ObjectAccount) -> Entry:
    pointers = facts.point(object_.nodes)
    own = next((pointer for pointer in pointers if pointer.path == object_.path), None)
    page = addresses.page_of(object_.path)
    values = [_list_value(pointer, object_.path) for pointer in pointers if pointer is not own]
    entry: list[str | list[list[str]]] = [
        object_.path,
        ", ".join(filter(None, (object_.label, object_.kind_label or object_.kind))),
        page if own is None else f"{page}#{own.anchor}",
        "" if own is None else own.shown.whole[:LONGEST_VALUE],
    ]
    return [*entry, values] if values else entry


def _list_value(pointer: Pointer, owner: str) -> list[str]:
    """Name and value; an anchor and words that do not follow from the name."""
    name = pointer.path.removeprefix(f"{owner}.")
    anchor = "" if pointer.anchor == _MEMBER.sub(r".\1", name) else pointer.anchor
    words = "" if pointer.label == pointer.account.attribute.replace("_", " ") else pointer.label
    entry = [name, pointer.shown.whole[:LONGEST_VALUE], anchor, words]
    while not entry[-1]:
        entry.pop()
    return entry
