"""A model with everything it imports, parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from gaic.load.files import ProjectFiles, ReadFault, find_root, open_source, read_text
from gaic.load.library import find_library, root_name
from gaic.parse.module import parse_module
from gaic.source.diagnostic import Diagnostic
from gaic.source.limits import Limits
from gaic.source.suggest import Speller
from gaic.source.text import Origin, SourceFile, Span
from gaic.syntax.declarations import Import

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gaic.syntax.declarations import Module

PRELUDE = "std.prelude"
ALLOWANCE = re.compile(r"^[^\n\"#]*(# *gaic: *allow\b[^\n]*)", re.MULTILINE)
LIBRARY_PATH = re.compile(r"\bstd((?:\.[a-z_][A-Za-z0-9_]*)+)")


@dataclass(frozen=True, slots=True)
class ResolvedImport:
    """An import and the module it names; `module` is None where that failed and was reported."""

    written: Import
    module: str | None


@dataclass(frozen=True, slots=True)
class LoadedModule:
    """A parsed file with its resolved imports. `prefix` stands before the paths of its objects."""

    name: str
    tree: Module
    imports: tuple[ResolvedImport, ...]
    folder: Path
    prefix: str

    @property
    def library(self) -> bool:
        """Say whether the file belongs to the standard library."""
        return self.tree.file.origin is Origin.LIBRARY


@dataclass(frozen=True, slots=True)
class Bundle:
    """All modules of a model, in the order in which they were met: the prelude's first, then the root's."""

    root: str
    modules: Mapping[str, LoadedModule]
    files: ProjectFiles


@dataclass(slots=True)
class _Reader:
    files: ProjectFiles
    library: Path
    modules: dict[str, LoadedModule] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=dict)
    pending: list[tuple[str, int]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    tokens: int = 0
    speller: Speller = field(default_factory=Speller)

    def want(self, name: str, depth: int, span: Span | None) -> bool:
        if name in self.seen:
            return True
        if not is_library(name) and sum(not is_library(n) for n in self.seen) >= self.files.limits.files:
            self.faults.append(Diagnostic("GAI513", f"more than {self.files.limits.files:,} files", span))
            return False
        if depth > self.files.limits.import_depth:
            self.faults.append(
                Diagnostic("GAI508", f"imports are nested deeper than {self.files.limits.import_depth}", span)
            )
            return False
        self.seen.add(name)
        self.pending.append((name, depth))
        return True

    def read_pending(self) -> None:
        while self.pending:
            name, depth = self.pending.pop(0)
            self.add(name, depth)

    def parse(self, name: str) -> tuple[Module, tuple[Diagnostic, ...], Path]:
        if is_library(name):
            path = library_file(self.library, name)
            return *parse_library(path, "stdlib/" + path.relative_to(self.library).as_posix()), path.parent
        path = self.files.root / name
        source = open_source(self.files, path)
        tree, faults = parse_module(source, self.files.limits)
        faults = (*faults, *refuse_allowances(source))
        self.tokens += tree.tokens
        if self.tokens > self.files.limits.tokens >= tree.tokens:
            message = f"the files of this project have more than {self.files.limits.tokens:,} words and signs"
            self.faults.append(Diagnostic("GAI506", message, Span(source, 0, 0)))
            self.pending.clear()
        return tree, faults, path.parent

    def add(self, name: str, depth: int) -> None:
        tree, faults, folder = self.parse(name)
        self.faults.extend(faults)
        imports = tuple(
            ResolvedImport(item, self.resolve(item, folder, depth)) for item in tree.items if isinstance(item, Import)
        )
        for match in LIBRARY_PATH.finditer(tree.file.text):
            module = longest_module(self.library, match.group(0))
            if module:
                self.want(module, depth + 1, None)
        self.modules[name] = LoadedModule(name, tree, imports, folder, self.prefix(name))

    def prefix(self, name: str) -> str:
        if name == PRELUDE:
            return ""
        return self.prefixes.get(name, name + "." if is_library(name) else "")

    def resolve(self, item: Import, folder: Path, depth: int) -> str | None:
        if item.module is not None:
            return self.resolve_library(item, item.module.text, depth)
        written = item.file
        if written is None:
            return None
        try:
            path = self.files.resolve(folder, written.value)
            name = self.files.name_of(path)
            if name not in self.seen:
                self.files.read_text(path)
        except ReadFault as fault:
            self.faults.append(fault.at(written.span))
            return None
        return name if self.want(name, depth + 1, written.span) else None

    def resolve_library(self, item: Import, name: str, depth: int) -> str | None:
        if item.module is not None and is_library(name) and library_file(self.library, name).is_file():
            return name if self.want(name, depth + 1, item.span) else None
        near = self.speller.suggest(name, lambda: library_modules(self.library))
        self.faults.append(
            Diagnostic(
                "GAI101",
                f"there is no module `{name}`",
                item.module.span if item.module else item.span,
                notes=() if is_library(name) else ('a file of the project is imported by name: import "file.gai"',),
                help=f"did you mean `{near}`?" if near else None,
            )
        )
        return None


def refuse_allowances(source: SourceFile) -> Iterator[Diagnostic]:
    """Refuse comments that would silence a finding: they are not supported yet, and must not be taken for granted."""
    for match in ALLOWANCE.finditer(source.text):
        span = Span(source, match.start(1), match.end(1))
        yield Diagnostic("GAI090", "a comment that silences a finding is not supported yet", span)


@cache
def parse_library(path: Path, shown: str) -> tuple[Module, tuple[Diagnostic, ...]]:
    """The tree of a library file; read once in the life of a process, since nothing in it can change."""
    return parse_module(SourceFile(shown, read_text(path, shown, Limits()), Origin.LIBRARY))


def is_library(module: str) -> bool:
    """Say whether a module name is one of the library: files of a project end in `.gai`."""
    return module.startswith("std.") and not module.endswith(".gai")


def library_file(library: Path, module: str) -> Path:
    """The file of a library module such as `std.hardware.nvidia`."""
    return library.joinpath(*module.split(".")[1:]).with_suffix(".gai")


def library_modules(library: Path) -> tuple[str, ...]:
    """Names of all modules of the library, sorted."""
    return tuple(
        sorted(
            "std." + path.relative_to(library).with_suffix("").as_posix().replace("/", ".")
            for path in library.rglob("*.gai")
        )
    )


def longest_module(library: Path, path: str) -> str | None:
    """The module with the longest name that a dotted `std.` path begins with."""
    names = path.split(".")
    for count in range(len(names), 1, -1):
        module = ".".join(names[:count])
        if library_file(library, module).is_file():
            return module
    return None


def load_bundle(
    file: Path, limits: Limits | None = None, drafts: Mapping[str, str] | None = None
) -> tuple[Bundle, tuple[Diagnostic, ...]]:
    """Read a model, the library's prelude and all that both import.

    `drafts` are texts by the name of their file that count instead of what it holds.

    Raises `ReadFault` if the model's own file cannot be read; every other fault is a finding.
    """
    library = find_library()
    files = ProjectFiles(find_root(file), limits or Limits(), drafts or {})
    file = files.resolve(file.absolute().parent.resolve(), file.name)
    reader = _Reader(files, library)
    reader.want(PRELUDE, 0, None)
    reader.read_pending()
    root = root_name(file, files, library)
    reader.want(root, 0, None)
    reader.prefixes[root] = ""
    reader.read_pending()
    return Bundle(root, _name_objects(reader.modules, root), files), tuple(reader.faults)


def load_reference(file: Path | None, limits: Limits | None = None) -> tuple[Bundle, tuple[Diagnostic, ...]]:
    """Read every module of the library, and a model with all that it imports where one is named.

    Without a model the library's prelude is the root. Raises `ReadFault` as `load_bundle`.
    """
    library = find_library()
    files = ProjectFiles(find_root(file) if file is not None else library, limits or Limits())
    reader = _Reader(files, library)
    root = PRELUDE
    if file is not None:
        own = root_name(files.resolve(file.absolute().parent.resolve(), file.name), files, library)
        root = PRELUDE if is_library(own) else own
        reader.prefixes[root] = ""
    for name in (PRELUDE, *library_modules(library), root):
        reader.want(name, 0, None)
        reader.read_pending()
    return Bundle(root, _name_objects(reader.modules, root), files), tuple(reader.faults)


def _name_objects(modules: dict[str, LoadedModule], root: str) -> dict[str, LoadedModule]:
    """Give each imported project file its stem as prefix, with folders only where two stems are equal."""
    project = [name for name in modules if not is_library(name) and name != root]
    stems: dict[str, list[str]] = {}
    for name in project:
        stems.setdefault(name.removesuffix(".gai").rsplit("/", 1)[-1], []).append(name)
    named = dict(modules)
    for stem, names in stems.items():
        for name in names:
            text = stem if len(names) == 1 else name.removesuffix(".gai").replace("/", ".")
            module = modules[name]
            named[name] = LoadedModule(module.name, module.tree, module.imports, module.folder, text + ".")
    return named
