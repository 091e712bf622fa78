"""Kinds with what they inherit: parents are entered first, entries of a child replace those of its parent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaic.check.findings import describe_circle
from gaic.source.diagnostic import Label
from gaic.syntax.declarations import Assert, Back, Calc, Field, Input, Kind, Let, Ref, SetEntry
from gaic.syntax.expressions import Name, Reference

if TYPE_CHECKING:
    from gaic.check.findings import Findings
    from gaic.check.symbols import Symbols
    from gaic.load.bundle import LoadedModule
    from gaic.syntax.declarations import Entry, Object
    from gaic.syntax.expressions import Expression, Path


@dataclass(frozen=True, slots=True)
class Declaration:
    """An entry of a kind with the module it was written in and the kind that holds it."""

    entry: Input | Ref | Back | SetEntry | Let | Calc | Assert
    module: LoadedModule
    owner: str


@dataclass(slots=True)
class RawKind:
    """A kind with its inherited entries, by name, in order; `parents` runs from itself up to the root.

    `lost` are names that broken entries would have declared: nobody need say that they are unknown.
    """

    name: str
    shown: str
    module: LoadedModule
    declaration: Kind | Object
    parents: tuple[str, ...]
    abstract: bool
    entries: dict[str, Declaration] = field(default_factory=dict)
    asserts: dict[str, Declaration] = field(default_factory=dict)
    category: str | None = None
    objects_visible: bool = False
    lost: set[str] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        """Whether it may have any other entry: its parent, or the name of a broken entry, is not known."""
        return "" in self.lost


class Lineage:
    """All kinds of a program by name, each with its parents and children."""

    def __init__(self, symbols: Symbols, findings: Findings) -> None:
        self.symbols = symbols
        self.findings = findings
        self.kinds: dict[str, RawKind] = {}
        self.children: dict[str, list[str]] = {}
        self._concrete: dict[str, tuple[str, ...]] = {}
        self._names: dict[tuple[str, str], str | None] = {}
        self._entering: dict[tuple[str, str], Kind] = {}

    def build(self) -> None:
        """Enter every declared kind, parents first."""
        for module, table in self.symbols.kinds.items():
            for symbol in table.values():
                if isinstance(symbol.declaration, Kind):
                    self._enter(module, symbol.declaration)

    def _enter(self, module: str, kind: Kind) -> str | None:
        key = (module, kind.name.text)
        if key in self._names:
            return self._names[key]
        if key in self._entering:
            self._report_circle(key)
            return None
        if len(self._entering) >= self.symbols.bundle.files.limits.chain:
            self.findings.report_chain(kind.name.text, kind.name.span, self.symbols.bundle.files.limits.chain)
            return None
        self._entering[key] = kind
        name = self._enter_below_parent(key, kind)
        del self._entering[key]
        self._names[key] = name
        return name

    def _enter_below_parent(self, key: tuple[str, str], kind: Kind) -> str | None:
        loaded = self.symbols.bundle.modules[key[0]]
        parents: tuple[str, ...] = ()
        if kind.parent is not None:
            parent = self._find_parent(loaded, kind.parent)
            parents = self.kinds[parent].parents if parent is not None else ()
            limit = self.symbols.bundle.files.limits.chain
            if len(parents) >= limit:
                self.findings.report_chain(kind.name.text, kind.name.span, limit)
                return None
        name = self._unique_name(key[0], kind, warn=kind.parent is None or bool(parents))
        raw = RawKind(name, kind.name.text, loaded, kind, (name, *parents), kind.abstract)
        if kind.parent is not None and not parents:
            raw.lost.add("")
        self.add(raw)
        return name

    def _report_circle(self, key: tuple[str, str]) -> None:
        keys = list(self._entering)
        links = [(k[1], self._entering[k].name.span) for k in keys[keys.index(key) :]]
        module, name = self.symbols.bundle.modules[key[0]], self._entering[key].name
        hidden = self.symbols.find_behind(module, name, kind=True) if len(links) == 1 else None
        fix = f"name the other one by its path: `extends {hidden.path}`" if hidden else "let one of them stand alone"
        self.findings.items.append(describe_circle("GAI113", links, "extends", fix))

    def _unique_name(self, module: str, kind: Kind, *, warn: bool) -> str:
        loaded = self.symbols.bundle.modules[module]
        name = kind.name.text
        if not loaded.library:
            shadowed = [
                m for m, t in self.symbols.kinds.items() if self.symbols.bundle.modules[m].library and name in t
            ]
            if shadowed:
                first = self.symbols.kinds[shadowed[0]][name]
                if warn:
                    self.findings.warn(
                        "GAI192",
                        f"the kind `{name}` hides the library's kind of the same name",
                        kind.name.span,
                        labels=(Label(first.name.span, "the library's kind"),),
                    )
                return f"{module}:{name}"
        return name if name not in self.kinds else f"{module}:{name}"

    def _find_parent(self, module: LoadedModule, path: Path) -> str | None:
        symbol, count = self.symbols.find_path(module, path.names, kind=True)
        if symbol is None or count != len(path.names) or not isinstance(symbol.declaration, Kind):
            self.symbols.report_unknown(module, path.names, "kind", kind=True)
            return None
        return self._enter(symbol.module.name, symbol.declaration)

    def add(self, kind: RawKind) -> None:
        """Enter a kind whose parents are known: inherit, then add its own entries."""
        if len(kind.parents) > 1:
            parent = self.kinds[kind.parents[1]]
            kind.entries.update(parent.entries)
            kind.asserts.update(parent.asserts)
            kind.category = parent.category
            kind.lost |= parent.lost
        kind.lost.update(kind.declaration.block.lost)
        self.kinds[kind.name] = kind
        self._concrete.clear()
        for parent_name in kind.parents[1:]:
            self.children.setdefault(parent_name, []).append(kind.name)
        for entry in kind.declaration.block.entries:
            self._add_entry(kind, entry)

    def _add_entry(self, kind: RawKind, entry: Entry) -> None:
        match entry:
            case Assert():
                self._add_assert(kind, entry)
            case Input() | Ref() | Back() | SetEntry() | Let() | Calc():
                self._add_member(kind, entry)
            case Field(name, value) if isinstance(kind.declaration, Kind):
                self._read_category(kind, name, value)
            case _:
                pass

    def _add_assert(self, kind: RawKind, entry: Assert) -> None:
        old = kind.asserts.get(entry.name.text)
        if old is not None and old.owner == kind.name:
            self._report_twice(kind.shown, entry.name, old.entry.name)
            return
        kind.asserts[entry.name.text] = Declaration(entry, kind.module, kind.name)

    def _report_twice(self, where: str, name: Name, first: Name) -> None:
        self.findings.error(
            "GAI111",
            f"`{name.text}` is declared twice in `{where}`",
            name.span,
            label="declared again here",
            labels=(Label(first.span, "first declared here"),),
            fix="rename one of them",
        )

    def _add_member(self, kind: RawKind, entry: Input | Ref | Back | SetEntry | Let | Calc) -> None:
        old = kind.entries.get(entry.name.text)
        if old is not None and old.owner == kind.name and not _is_narrowed_pair(old.entry, entry):
            self._report_twice(kind.shown, entry.name, old.entry.name)
            return
        if isinstance(entry, Calc):
            self._check_binders(entry)
        kind.entries[entry.name.text] = Declaration(entry, kind.module, kind.name)

    def _check_binders(self, entry: Calc) -> None:
        seen: dict[str, Name] = {}
        for binder in entry.binders:
            first = seen.setdefault(binder.name.text, binder.name)
            if first is not binder.name:
                self._report_twice(entry.name.text, binder.name, first)

    def _read_category(self, kind: RawKind, name: Name, value: Expression) -> None:
        if name.text != "category" or not isinstance(value, Reference):
            inherited = kind.entries.get(name.text)
            fix = "declare it: `input`, `calc` or `let`"
            if inherited is not None and isinstance(inherited.entry, Input):
                fix = f"to change the default write `input {name.text} : {inherited.entry.type.span.text} = ...`"
            self.findings.error("GAI114", f"a kind has no field `{name.text}`", name.span, fix=fix)
            return
        symbol = self.symbols.find(kind.module, Name(value.name, value.span), kind=False)
        if symbol is None:
            self.symbols.report_unknown(kind.module, (Name(value.name, value.span),), "category", kind=False)
            return
        kind.category = value.name

    def resolve(self, module: LoadedModule, path: Path, what: str = "kind") -> str | None:
        """The kind that a path names, or a finding."""
        symbol, count = self.symbols.find_path(module, path.names, kind=True)
        if symbol is not None and count == len(path.names):
            name = self._names.get((symbol.module.name, symbol.name.text))
            if name is not None:
                return name
        if symbol is None or count != len(path.names):
            self.symbols.report_unknown(module, path.names, what, kind=True)
        return None

    def names_apart(self, first: str, second: str) -> tuple[str, str]:
        """What two kinds are called in a message: with their modules if else they had one name."""
        declared = [
            next(k for k in self.kinds[kind].parents if not self.kinds[k].objects_visible) for kind in (first, second)
        ]
        one, two = (self.kinds[kind] for kind in declared)
        if one is two or one.shown != two.shown:
            return one.shown, two.shown
        return one.module.prefix + one.shown, two.module.prefix + two.shown

    def is_kind(self, kind: str, ancestor: str) -> bool:
        """Say whether a kind is another one or a child of it; where its parent is unknown, it may be."""
        return ancestor in self.kinds[kind].parents or self.kinds[kind].is_open

    def is_lost(self, kind: str, name: str) -> bool:
        """Say whether objects of a kind may have a name that could not be read."""
        children = self.concrete(kind) if self.kinds[kind].abstract else ()
        declared = (child for child in children if not self.kinds[child].objects_visible)
        return any(name in self.kinds[k].lost or self.kinds[k].is_open for k in (kind, *declared))

    def concrete(self, kind: str) -> tuple[str, ...]:
        """The kind itself and its children, those that have objects, in order of declaration."""
        if kind not in self._concrete:
            names = (kind, *self.children.get(kind, ()))
            self._concrete[kind] = tuple(n for n in names if not self.kinds[n].abstract)
        return self._concrete[kind]

    def common(self, kinds: tuple[str, ...]) -> str | None:
        """The nearest kind that all of `kinds` are."""
        return next((p for p in self.kinds[kinds[0]].parents if all(p in self.kinds[k].parents for k in kinds)), None)


def _is_narrowed_pair(old: object, new: object) -> bool:
    """`ref a : kind` and `ref a = path` in one kind: the type and the derivation of one reference."""
    return isinstance(old, Ref) and isinstance(new, Ref) and (old.type is None) != (new.type is None)
