"""Brings a file of another tool over: translation, names, defaults left out, text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gaic.api.defaults import drop_defaults, fit_to_kinds
from gaic.api.scratch import check_text
from gaic.exchange.document import read_json, shown
from gaic.exchange.draft import Hours, Links
from gaic.exchange.faults import LeftOut
from gaic.exchange.names import name_all
from gaic.exchange.native import is_neutral, read_native
from gaic.exchange.neutral import read_neutral
from gaic.exchange.order import drop_broken
from gaic.exchange.spelling import Speller
from gaic.exchange.table import formats, read_table
from gaic.exchange.translate import translate
from gaic.exchange.upgrade import upgrade
from gaic.exchange.write import Writer
from gaic.parse.layout import lay_out
from gaic.source.limits import USUAL
from gaic.source.text import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gaic.api.scratch import Scratch
    from gaic.exchange.document import Cited, Document
    from gaic.exchange.draft import Draft, Provenance
    from gaic.exchange.table import Table
    from gaic.source.limits import Limits

__all__ = ["Imported", "LeftOut", "formats", "import_model"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A model made from a foreign file.

    `text` is to be saved as `stem` + `.gai`, `files` beside it under their names. `left_out` is what the model lacks.
    `rules` are those it is written against, in the library's `module` (empty for the library's own); `usual_rules` are
    those of the tool and version that wrote the file. `objects` counts objects by kind.
    """

    text: str
    files: Mapping[str, str]
    left_out: tuple[LeftOut, ...]
    stem: str
    title: str
    module: str
    rules: str
    usual_rules: str
    objects: tuple[tuple[str, int], ...]
    series: int
    sources: int


def import_model(
    format_name: str,
    path: Path,
    *,
    rules: str | None = None,
    stem: str | None = None,
    limits: Limits = USUAL,
    defaults: bool = False,
) -> Imported:
    """Translate a file; nothing is written. `stem` is what the model will be called, by default as the file.

    With `defaults`, values are written also where the library has the same. Raises `ForeignError` for a file that
    cannot be read, `UsageError` for an unknown format or rules, and where a library is missing.
    """
    table = read_table(format_name)
    document = _read(path, table, limits)
    usual = table.rules_for(document.version, None)
    chosen = table.rules_for(document.version, rules)
    upgrade(document, table)
    module = table.rules[chosen]
    library = _library(module)
    draft = translate(document, table, chosen, Speller(table, library.system), limits)
    fit_to_kinds(draft, library)
    drop_broken(draft)
    cited = tuple(dict.fromkeys(each.cited for each in _provenances(draft) if each.cited is not None))
    _list_unused(draft, document, cited)
    ids = (thing.id for thing in document.things.values() if thing.id != thing.name)
    names, sources = name_all(draft, cited, ids)
    if not defaults:
        drop_defaults(draft, library, names, sources, limits)
    return _imported(draft, Writer(draft, names, sources, stem or path.stem), usual)


def _imported(draft: Draft, writer: Writer, usual_rules: str) -> Imported:
    kinds = Counter(item.kind for item in draft.items.values())
    return Imported(
        text=_in_one_format(writer.text()),
        files=writer.files,
        left_out=tuple(draft.left_out),
        stem=writer.stem,
        title=draft.title,
        module=draft.module,
        rules=draft.rules,
        usual_rules=usual_rules,
        objects=tuple((kind, kinds[kind]) for _, each in draft.table.sections for kind in each if kind in kinds),
        series=sum(isinstance(v, Hours) for item in draft.items.values() for v in item.fields.values()),
        sources=len(writer.sources),
    )


def _in_one_format(text: str) -> str:
    """The text as `gaic fmt` leaves it: a note of the foreign file may be of any length."""
    laid, _ = lay_out(SourceFile("model.gai", text))
    return text if laid is None else laid


@cache
def _library(module: str) -> Scratch:
    """The kinds of the library as a model sees them that imports a module; the same in the whole life of a process."""
    return check_text(f"import {module}\n" if module else "")


def _read(path: Path, table: Table, limits: Limits) -> Document:
    data = read_json(path, limits)
    if is_neutral(data, table.layout):
        return read_neutral(data, table, limits)
    return read_native(data, table)


def _provenances(draft: Draft) -> Iterator[Provenance]:
    for item in draft.items.values():
        for value in item.fields.values():
            if isinstance(value, Links):
                yield from (entry.provenance for entry in value.entries)
            else:
                yield value.provenance


def _list_unused(draft: Draft, document: Document, cited: tuple[Cited, ...]) -> None:
    """List sources that the file declares and no value of the model names."""
    layout = draft.table.layout
    titles = {each.title for each in (*cited, *draft.spoken)}
    for key, source in document.sources.items():
        title = layout.titles.get(source.title, source.title)
        reserved = key in layout.no_source or key in layout.titles or source.title in layout.no_source
        if not reserved and title not in titles:
            draft.left_out.append(LeftOut(f"source {shown(source.title)}", "", "no value of the model names it"))
