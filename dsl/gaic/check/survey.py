"""All that a bundle declares, what every name in it stands for, and who reads what: the ground of a reference.

Nothing is judged here. A bundle that passed the check is looked through; a name that means nothing is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, assert_never

from gaic.check.findings import Findings
from gaic.check.kinds import KindTable
from gaic.check.meanings import Meaning, Meanings, Scope, Sort
from gaic.check.measures import Measures, build_system
from gaic.check.signs import BackSign, RefSign, SetSign
from gaic.check.structural import declare_words
from gaic.check.symbols import STRUCTURAL, Symbols
from gaic.syntax.declarations import (
    Assert,
    Back,
    Calc,
    Field,
    Input,
    Kind,
    Let,
    MeasureType,
    Object,
    Ref,
    SetEntry,
    Unsupported,
    WordType,
)
from gaic.syntax.expressions import Path, Reference, Sourced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gaic.check.lineage import RawKind
    from gaic.check.program import Declared
    from gaic.load.bundle import Bundle, LoadedModule
    from gaic.source.text import Span
    from gaic.syntax.declarations import Entry, ValueType
    from gaic.syntax.expressions import Expression
    from gaic.units.system import UnitSystem

Key = TypeVar("Key")
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Survey:
    """Declarations with their names explained.

    `meanings` are found by the place of a name. `declared_in` are the kinds of each module, `children` those that
    extend a kind directly, `pointing` the references to a kind; `leads` is the kind at the end of a reference, a way
    back or a set. `readers` of an attribute are the attributes whose formulas read it; `open_names` are names that a
    kind reads of itself and only its children declare. `citations` of a source (by its path) are the attributes,
    objects and constants with a value that rests on it.
    """

    bundle: Bundle
    system: UnitSystem
    kinds: Mapping[str, RawKind]
    declared: Mapping[str, Declared]
    meanings: Mapping[Span, Meaning]
    declared_in: Mapping[str, tuple[str, ...]]
    children: Mapping[str, tuple[str, ...]]
    pointing: Mapping[str, tuple[Meaning, ...]]
    leads: Mapping[Meaning, str]
    readers: Mapping[Meaning, tuple[Meaning, ...]]
    open_names: Mapping[str, tuple[str, ...]]
    citations: Mapping[str, tuple[Meaning, ...]]

    def readers_of(self, kind: str, name: str) -> tuple[Meaning, ...]:
        """Who reads an attribute: of this kind, or of a parent that it stands for."""
        found: dict[Meaning, None] = {}
        for parent in self.kinds[kind].parents:
            found.update(dict.fromkeys(self.readers.get(Meaning(Sort.ATTRIBUTE, parent, name), ())))
        return tuple(found)


def survey_bundle(bundle: Bundle) -> Survey:
    """Look through a bundle that passed the check."""
    findings = Findings()
    symbols = Symbols(bundle, findings)
    symbols.collect()
    system = build_system(bundle, findings)
    table = KindTable(symbols, Measures(system, findings), findings)
    table.build()
    surveyor = _Surveyor(Meanings(symbols, table))
    for name, raw in table.kinds.items():
        _add(surveyor.declared_in, raw.module.name, name)
    for module in bundle.modules.values():
        surveyor.survey(module)
    below = [(raw.parents[1], name) for name, raw in table.kinds.items() if len(raw.parents) > 1]
    read = [meaning for meaning in surveyor.readers if meaning.name not in table.kinds[meaning.owner].entries]
    return Survey(
        bundle=bundle,
        system=system,
        kinds=table.kinds,
        declared=declare_words(symbols, findings),
        meanings=surveyor.meanings.found,
        declared_in=_freeze(surveyor.declared_in),
        children=_group(below),
        pointing=_freeze(surveyor.pointing),
        leads=surveyor.leads,
        readers=_freeze(surveyor.readers),
        open_names=_group((meaning.owner, meaning.name) for meaning in read),
        citations=_freeze(surveyor.citations),
    )


def _add(groups: dict[Key, dict[Thing, None]], key: Key, thing: Thing) -> None:
    groups.setdefault(key, {})[thing] = None


def _freeze(groups: Mapping[Key, Iterable[Thing]]) -> dict[Key, tuple[Thing, ...]]:
    return {key: tuple(things) for key, things in groups.items()}


def _group(pairs: Iterable[tuple[Key, Thing]]) -> dict[Key, tuple[Thing, ...]]:
    groups: dict[Key, dict[Thing, None]] = {}
    for key, thing in pairs:
        _add(groups, key, thing)
    return _freeze(groups)


@dataclass(slots=True)
class _Surveyor:
    meanings: Meanings
    declared_in: dict[str, dict[str, None]] = field(default_factory=dict)
    pointing: dict[str, dict[Meaning, None]] = field(default_factory=dict)
    leads: dict[Meaning, str] = field(default_factory=dict)
    readers: dict[Meaning, dict[Meaning, None]] = field(default_factory=dict)
    citations: dict[str, dict[Meaning, None]] = field(default_factory=dict)

    def survey(self, module: LoadedModule) -> None:
        """Look through a file: its kinds, then its objects and constants."""
        for name in self.declared_in.get(module.name, ()):
            raw = self.meanings.kinds.kinds[name]
            if isinstance(raw.declaration, Kind):
                self._survey_kind(raw, raw.declaration)
        for item in module.tree.items:
            if isinstance(item, Let):
                self._type(item.type)
                self.meanings.note(item.value, Scope(module))
                self._keep(Meaning(Sort.VALUE, "", module.prefix + item.name.text))
            elif isinstance(item, Object) and item.kind.text != "study":
                self._survey_object(module, item)

    def _survey_object(self, module: LoadedModule, item: Object) -> None:
        if item.kind.text not in STRUCTURAL:
            self.meanings.kind(module, item.kind)
        if item.parent is not None:
            self.meanings.value(module, item.parent.names)
        for entry in item.block.entries:
            if isinstance(entry, Field):
                self.meanings.note(entry.value, Scope(module))
        self._keep(Meaning(Sort.VALUE, "", module.prefix + item.name.text))

    def _survey_kind(self, raw: RawKind, declaration: Kind) -> None:
        if declaration.parent is not None:
            self.meanings.kind(raw.module, declaration.parent)
        self.meanings.take()
        for entry in declaration.block.entries:
            self._survey_entry(entry, Scope(raw.module, raw.name))
            if not isinstance(entry, Unsupported):
                place = Meaning(Sort.ATTRIBUTE, raw.name, entry.name.text)
                self._keep(place)
                sign = self.meanings.kinds.sign(raw.name, entry.name.text)
                if isinstance(sign, RefSign | BackSign | SetSign):
                    self.leads[place] = sign.kind

    def _keep(self, place: Meaning) -> None:
        """Note that what was found last was read and cited at this place."""
        read, cited = self.meanings.take()
        for meaning in read:
            if meaning != place:
                _add(self.readers, meaning, place)
        for source in cited:
            _add(self.citations, source, place)

    def _survey_entry(self, entry: Entry, scope: Scope) -> None:
        note = self.meanings.note
        match entry:
            case Input(_, type_, default, within, usual):
                self._type(type_)
                self._default(type_, default, scope)
                for limits in filter(None, (within, usual)):
                    note(limits.low, scope)
                    note(limits.high, scope)
            case Ref(name, type_, value):
                target = self.meanings.kind(scope.module, type_.kind) if type_ is not None else None
                if target is not None and scope.kind is not None:
                    _add(self.pointing, target, Meaning(Sort.ATTRIBUTE, scope.kind, name.text))
                note(value, scope)
            case Back(_, path):
                self._back(path, scope.module)
            case SetEntry(_, value):
                note(value, scope)
            case Let(_, type_, value):
                self._type(type_)
                note(value, scope)
            case Calc(_, binders, type_, counts, formula):
                self._type(type_)
                for path in (counts.criterion, counts.phase) if counts else ():
                    self.meanings.value(scope.module, path.names)
                note(formula, self.meanings.bind(binders, scope))
            case Assert(_, condition):
                note(condition, scope)
            case Field(_, value):  # the category of a kind
                self.meanings.note(value, replace(scope, kind=None))
            case Unsupported():
                pass
            case _:
                assert_never(entry)

    def _default(self, type_: ValueType, default: Expression | None, scope: Scope) -> None:
        """A word of a choice stands for nothing else; its source does."""
        inner = default.value if isinstance(default, Sourced) else default
        if not (isinstance(type_, WordType) and isinstance(inner, Reference)):
            self.meanings.note(default, scope)
        elif isinstance(default, Sourced) and default.source is not None:
            self.meanings.source(scope.module, default.source)

    def _back(self, path: Path, module: LoadedModule) -> None:
        if len(path.names) > 1:
            kind = self.meanings.kind(module, Path(path.names[:-1], path.names[0].span.to(path.names[-2].span)))
            if kind is not None:
                self.meanings.attribute(kind, path.names[-1])

    def _type(self, type_: ValueType | None) -> None:
        if isinstance(type_, MeasureType):
            for factor in type_.factors:
                self.meanings.type(factor.name.names[-1])
