"""Which declaration a name stands for, module by module."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaic.check.findings import did_you_mean
from gaic.load.bundle import PRELUDE
from gaic.source.diagnostic import Label
from gaic.syntax.declarations import Dimension, Kind, Let, MeasureType, Object, QuantityType
from gaic.syntax.expressions import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.check.findings import Findings
    from gaic.load.bundle import Bundle, LoadedModule
    from gaic.source.text import Span
    from gaic.syntax.declarations import Module, ValueType

STRUCTURAL = frozenset({"study", "source", "shape", "criterion", "phase", "category"})
"""Kinds of declarations that belong to the language and not to a library."""

PATH_WORDS = frozenset({"std", "self", "module"})
"""Words that paths begin with."""

LATER_KINDS = frozenset({"rate", "sweep", "recommend", "scenario", "budget", "slo"})
"""Kinds of declarations that the language has a place for and this version refuses."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A declaration with the module it stands in. `path` names it in results."""

    module: LoadedModule
    declaration: Object | Let | Kind
    path: str

    @property
    def name(self) -> Name:
        """The declared name."""
        return self.declaration.name


@dataclass(slots=True)
class Symbols:
    """All declarations of a bundle, and which of them were used."""

    bundle: Bundle
    findings: Findings
    values: dict[str, dict[str, Symbol]] = field(default_factory=dict)
    kinds: dict[str, dict[str, Symbol]] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)
    used_imports: set[tuple[str, int]] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    again: list[Symbol] = field(default_factory=list)
    misspelled: set[tuple[str, str]] = field(default_factory=set)
    faulty_imports: set[tuple[str, int]] = field(default_factory=set)
    citations: dict[str, dict[Span, None]] = field(default_factory=dict)

    def cite(self, source: Symbol, place: Span) -> None:
        """Note that a value of the project names a source."""
        self.citations.setdefault(source.path, {})[place] = None

    def collect(self) -> None:
        """Enter every declaration; a second one of the same name is an error."""
        for module in self.bundle.modules.values():
            values = self.values.setdefault(module.name, {})
            kinds = self.kinds.setdefault(module.name, {})
            for item in module.tree.items:
                if isinstance(item, Kind):
                    self._enter(kinds, module, item)
                elif isinstance(item, Object | Let):
                    self._enter(values, module, item)
        for module in self.bundle.modules.values():
            self._check_imports(module)
            self._check_aliases(module)

    def _check_imports(self, module: LoadedModule) -> None:
        """Report names in `import m { a, b }` that the module does not have."""
        for item in module.imports:
            if item.module is None or item.written.names is None:
                continue
            tree = self.bundle.modules[item.module].tree
            known = {*self.values[item.module], *self.kinds[item.module], *_type_names(tree), *tree.lost}
            for name in item.written.names:
                if name.text not in known:
                    self.faulty_imports.add((module.name, item.written.span.start))
                    near = self.findings.speller.suggest(name.text, known)
                    self.misspelled.update({(module.name, name.text), (module.name, near or name.text)})
                    shown = item.written.module.text if item.written.module else item.module
                    self.findings.error(
                        "GAI102",
                        f"there is no `{name.text}` in `{shown}`",
                        name.span,
                        fix=did_you_mean(near, name.span),
                    )

    def _check_aliases(self, module: LoadedModule) -> None:
        """Refuse aliases that a path could not begin with, or that two imports have."""
        known: dict[str, Name] = {}
        for item in module.imports:
            alias = item.written.alias
            if alias is None:
                continue
            first = known.setdefault(alias.text, alias)
            if alias.text in PATH_WORDS:
                message = f"`{alias.text}` cannot be an alias: paths begin with it"
                self.findings.error("GAI128", message, alias.span, fix=f"write for example `{alias.text}_1`")
            elif first is not alias:
                label = Label(first.span, "first declared here")
                message = f"`{alias.text}` is the alias of two imports"
                self.findings.error("GAI111", message, alias.span, labels=(label,), fix="rename one of them")
            else:
                continue
            self.faulty_imports.add((module.name, item.written.span.start))

    def _check_name(self, module: LoadedModule, name: Name) -> None:
        """Refuse names that a path could not reach."""
        aliases = {i.written.alias.text: i.written.alias for i in module.imports if i.written.alias}
        if name.text in PATH_WORDS:
            message = f"`{name.text}` cannot be the name of an object: paths begin with it"
            self.findings.error("GAI128", message, name.span, fix=f"write for example `{name.text}_1`")
        elif name.text in aliases:
            label = Label(aliases[name.text].span, "the alias of an import")
            self.findings.error(
                "GAI111", f"`{name.text}` is an alias, too", name.span, labels=(label,), fix="rename one"
            )

    def _enter(self, table: dict[str, Symbol], module: LoadedModule, item: Object | Let | Kind) -> None:
        if not isinstance(item, Kind):
            self._check_name(module, item.name)
        first = table.get(item.name.text)
        if first is not None:
            self.misspelled.add((module.name, item.name.text))
            self.twice.add(first.path)
            self.again.append(Symbol(module, item, first.path))
            self.findings.error(
                "GAI111",
                f"`{item.name.text}` is declared twice",
                item.name.span,
                label="declared again here",
                labels=(Label(first.name.span, "first declared here"),),
                fix="rename one of them",
            )
            return
        table[item.name.text] = Symbol(module, item, module.prefix + item.name.text)

    # ------------------------------------------------------------ looking up

    def find(self, module: LoadedModule, name: Name, *, kind: bool) -> Symbol | None:
        """What a bare name means in a module: own declaration, imported one, or one of the prelude."""
        tables = self.kinds if kind else self.values
        own = tables[module.name].get(name.text)
        return self._mark(own) if own is not None else self.find_behind(module, name, kind=kind)

    def find_behind(self, module: LoadedModule, name: Name, *, kind: bool) -> Symbol | None:
        """What a bare name would mean if the module had no declaration of its own: imports win over the prelude."""
        tables = self.kinds if kind else self.values
        found = {s.path: s for s in self._imported(module, name.text, tables)}
        if len(found) > 1:
            self._report_ambiguous(name, found)
            return next(iter(found.values()))
        if found:
            return self._mark(next(iter(found.values())))
        return self._find_in_prelude(name.text, tables, kind=kind)

    def _mark(self, symbol: Symbol) -> Symbol:
        self.used.add((symbol.module.name, symbol.name.text))
        return symbol

    def _imported(self, module: LoadedModule, name: str, tables: dict[str, dict[str, Symbol]]) -> Iterable[Symbol]:
        for item in module.imports:
            if item.module is None or item.written.alias is not None:
                continue
            if item.written.names is not None and name not in {n.text for n in item.written.names}:
                continue
            symbol = tables.get(item.module, {}).get(name)
            if symbol is not None:
                self.used_imports.add((module.name, item.written.span.start))
                yield symbol

    def _find_in_prelude(self, name: str, tables: dict[str, dict[str, Symbol]], *, kind: bool) -> Symbol | None:
        own = tables.get(PRELUDE, {}).get(name)
        if own is not None:
            return own
        for item in self.bundle.modules[PRELUDE].imports:
            symbol = tables.get(item.module or "", {}).get(name)
            if symbol is not None and (kind or _is_dimension_of_totals(symbol.declaration)):
                return symbol
        return None

    def _report_ambiguous(self, name: Name, found: dict[str, Symbol]) -> None:
        self.findings.error(
            "GAI109",
            f"`{name.text}` comes from two imports",
            name.span,
            labels=tuple(Label(s.name.span, "declared here") for s in found.values()),
            fix="import one of them with `as`, and write its prefix",
        )

    def is_near(self, module: LoadedModule, symbol: Symbol) -> bool:
        """Say whether a declaration is seen in a module by its own text, and not only because it is in the prelude."""
        own = self.values[module.name].get(symbol.name.text)
        if own is symbol:
            return True
        names = (item for item in module.imports if item.module == symbol.module.name and item.written.alias is None)
        return any(i.written.names is None or symbol.name.text in {n.text for n in i.written.names} for i in names)

    def find_path(self, module: LoadedModule, names: tuple[Name, ...], *, kind: bool) -> tuple[Symbol | None, int]:
        """The declaration a dotted path begins with, and how many names belong to it; (None, 0) if there is none."""
        head = names[0]
        if head.text == "std":
            return self._find_in_library(names, kind=kind)
        for item in module.imports:
            if item.module and item.written.alias and item.written.alias.text == head.text and len(names) > 1:
                self.used_imports.add((module.name, item.written.span.start))
                symbol = self._exported(item.module, names[1].text, kind=kind)
                return (self._mark(symbol), 2) if symbol else (None, 2)
        symbol = self.find(module, head, kind=kind)
        return (symbol, 1) if symbol else (None, 0)

    def _exported(self, module: str, name: str, *, kind: bool) -> Symbol | None:
        return (self.kinds if kind else self.values).get(module, {}).get(name)

    def _find_in_library(self, names: tuple[Name, ...], *, kind: bool) -> tuple[Symbol | None, int]:
        for count in range(len(names) - 1, 0, -1):
            module = ".".join(n.text for n in names[:count])
            if module in self.bundle.modules:
                symbol = self._exported(module, names[count].text, kind=kind)
                return (self._mark(symbol), count + 1) if symbol else (None, count + 1)
        return None, len(names)

    def check_type(self, module: LoadedModule, written: ValueType | None) -> None:
        """Report a type whose path leads to no file that declares it; a bare name means one type in all files."""
        for factor in written.factors if isinstance(written, MeasureType) else ():
            self.check_type_path(module, Name(factor.name.text, factor.name.span))

    def check_type_path(self, module: LoadedModule, path: Name) -> None:
        """The same for one type, such as `g.Type`."""
        prefix, _, name = path.text.rpartition(".")
        if not prefix or self.is_lost(module, tuple(path.text.split(".")), name):
            return
        target = prefix
        for item in module.imports:
            if item.module and item.written.alias and item.written.alias.text == prefix:
                self.used_imports.add((module.name, item.written.span.start))
                target = item.module
        declaring = [m.name for m in self.bundle.modules.values() if name in _type_names(m.tree)]
        if declaring and target not in declaring:
            help_ = f"types have one name in all files: write `{name}`"
            self.findings.error("GAI120", f"there is no type `{path.text}`", path.span, fix=help_)

    def is_lost(self, module: LoadedModule, names: tuple[str, ...], near: str | None = None) -> bool:
        """Say whether a path may name what could not be read: in a broken item, or behind an import that failed.

        Behind a failed `import m` may be any name; one that looks like a known name (`near`) is taken for a mistake.
        """
        if (module.name, names[0]) in self.misspelled:
            return True
        aliases = {i.written.alias.text for i in module.imports if i.written.alias is not None}
        qualified = len(names) > 1 and names[0] in {*PATH_WORDS, *aliases}
        for item in module.imports:
            written = item.written
            if item.module is not None:
                continue
            if written.alias is not None:
                if written.alias.text == names[0]:
                    return True
            elif written.names is not None:
                if names[0] in {n.text for n in written.names}:
                    return True
            elif near is None and not qualified:
                return True
        known = (self.bundle.modules.get(i.module or "") for i in module.imports)
        trees = [module, *(m for m in known if m is not None)]
        if near is None and not qualified and "" in module.tree.lost:
            return True
        return any(names[-1] in m.tree.lost or names[0] in m.tree.lost for m in trees)

    def candidates(self, module: LoadedModule, *, kind: bool) -> tuple[str, ...]:
        """Names that could have been meant by a bare name."""
        tables = self.kinds if kind else self.values
        names = set(tables[module.name])
        for item in module.imports:
            if item.module and not item.written.alias:
                names.update(tables.get(item.module, {}))
        if kind:
            for item in self.bundle.modules[PRELUDE].imports:
                names.update(tables.get(item.module or "", {}))
            names.update(STRUCTURAL)
        names.update(tables.get(PRELUDE, {}))
        return tuple(sorted(names))

    def report_unknown(self, module: LoadedModule, names: tuple[Name, ...], what: str, *, kind: bool) -> None:
        """Say that a path names nothing, with the nearest name that exists."""
        written = ".".join(n.text for n in names)
        if kind and written in LATER_KINDS:
            self.findings.error("GAI090", f"`{written}` is not supported yet", names[0].span)
            return
        near = self.findings.speller.suggest(names[-1].text, lambda: self._near_names(module, names, kind=kind))
        if self.is_lost(module, tuple(n.text for n in names), near):
            return
        span = names[0].span.to(names[-1].span)
        prefix = written.rpartition(".")[0]
        whole = f"{prefix}.{near}" if near and prefix else near
        self.findings.error("GAI102", f"there is no {what} `{written}`", span, fix=did_you_mean(whole, span))

    def _near_names(self, module: LoadedModule, names: tuple[Name, ...], *, kind: bool) -> tuple[str, ...]:
        tables = self.kinds if kind else self.values
        if len(names) == 1:
            return self.candidates(module, kind=kind)
        prefix = ".".join(n.text for n in names[:-1])
        for item in module.imports:
            if item.module and item.written.alias and item.written.alias.text == prefix:
                prefix = item.module
        return tuple(sorted(tables.get(prefix, {})))


def _type_names(tree: Module) -> Iterator[str]:
    """Names of the dimensions and quantities of a file."""
    for item in tree.items:
        if isinstance(item, Dimension | QuantityType):
            yield item.name.text


def _is_dimension_of_totals(declaration: Object | Let | Kind) -> bool:
    """Criteria, phases and categories of the prelude are seen everywhere, so that any kind can join the totals."""
    return isinstance(declaration, Object) and declaration.kind.text in {"criterion", "phase", "category"}
