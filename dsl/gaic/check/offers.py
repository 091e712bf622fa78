"""What a missing reference or input could be: objects of the file, names it imports, entries of the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.check.findings import with_article
from gaic.load.catalogue import list_catalogue
from gaic.source.suggest import suggest
from gaic.syntax.declarations import Object

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gaic.check.kinds import KindTable
    from gaic.check.program import Entity
    from gaic.check.symbols import Symbols
    from gaic.load.bundle import LoadedModule
    from gaic.load.catalogue import Entry

SHOWN = 3
_WORD = re.compile(r"[a-z0-9]{3,}")


class Offers:
    """Looks for what would supply what an object lacks."""

    def __init__(self, symbols: Symbols, kinds: KindTable) -> None:
        self._symbols = symbols
        self._kinds = kinds

    def for_reference(self, name: str, kind: str, entity: Entity) -> str:
        """What to type for a reference to objects of a kind that an object does not set."""
        words = self._words(kind)
        module = self._module(entity)
        if module is not None:
            own = [*self._own_objects(module, words), *_imported(module, words)]
            if own:
                return f"add `{name} = {own[0]}`" + _others(own[1:])
        found = _find_in_library(words, f"{entity.label} {entity.path}")
        return f"add `{name} = ...`" + (f"; {found}" if found else "")

    def for_input(self, name: str, entity: Entity) -> str:
        """What to type for an input that an object does not set."""
        words = {self._kinds.kinds[each].shown for each in self._kinds.kinds[entity.kind].parents}
        found = [entry for entry in list_catalogue() if entry.kind in words and name in entry.fields]
        text = f"add `{name} = ...`"
        if not found:
            return text
        entry = _nearest(found, f"{entity.label} {entity.path}")
        return f"{text}, or take it from the library: `extends {entry.path}`" + _more(len(found) - 1)

    def for_wrong_kind(self, kind: str, module: LoadedModule) -> str:
        """What to refer to where an object of another kind is wanted."""
        own = [] if module.library else self._own_objects(module, self._words(kind))
        if own:
            return f"refer to `{own[0]}`" + _others(own[1:])
        found = _find_in_library(self._words(kind), "")
        return f"declare {with_article(self._kinds.kinds[kind].shown)}" + (f"; {found}" if found else "")

    def _words(self, kind: str) -> set[str]:
        """The names under which objects of a kind are declared: its own and those of its children."""
        return {self._kinds.kinds[each].shown for each in (kind, *self._kinds.concrete(kind))}

    def _module(self, entity: Entity) -> LoadedModule | None:
        module = self._symbols.bundle.modules.get(entity.span.file.name)
        return module if module is not None and not module.library else None

    def _own_objects(self, module: LoadedModule, kinds: Collection[str]) -> list[str]:
        declared = (symbol.declaration for symbol in self._symbols.values[module.name].values())
        objects = (each for each in declared if isinstance(each, Object) and not each.template)
        return [each.name.text for each in objects if each.kind.names[-1].text in kinds]


def _imported(module: LoadedModule, kinds: Collection[str]) -> list[str]:
    """Names of library entries of some kinds that a file imports one by one."""
    entries = {entry.path: entry for entry in list_catalogue()}
    names = [(item.module, name.text) for item in module.imports for name in item.written.names or ()]
    found = ((name, entries.get(f"{source}.{name}")) for source, name in names)
    return [name for name, entry in found if entry is not None and entry.kind in kinds and not entry.template]


def _find_in_library(kinds: Collection[str], about: str) -> str:
    """What the library has of some kinds, with the one that is most like some words; empty if it has none."""
    found = [entry for entry in list_catalogue() if entry.kind in kinds]
    ready = [entry for entry in found if not entry.template]
    if ready:
        return f"the library has {len(ready)}, such as `{_nearest(ready, about).path}`"
    if found:
        noun = "1 template" if len(found) == 1 else f"{len(found)} templates"
        return f"the library has {noun}: write `{_nearest(found, about).path} {{}}`"
    return ""


def _nearest(entries: list[Entry], about: str) -> Entry:
    """The entry whose name is like one of some words, else the first."""
    names = {entry.path.rpartition(".")[2]: entry for entry in entries}
    for word in _WORD.findall(about.lower()):
        part = next((name for name in names if word in name.split("_")), None)
        near = part or suggest(word, names)
        if near is not None:
            return names[near]
    return entries[0]


def _others(names: Iterable[str]) -> str:
    shown = [f"`{name}`" for name in names]
    return f", or {', '.join(shown[:SHOWN])}" if shown else ""


def _more(count: int) -> str:
    return f" (one of {count + 1})" if count else ""
