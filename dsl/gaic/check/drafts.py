"""Objects as they are written: kind, fields with what they inherit, own calculations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaic.check.findings import describe_circle, with_article
from gaic.check.lineage import RawKind
from gaic.check.symbols import STRUCTURAL
from gaic.source.diagnostic import Label
from gaic.syntax.declarations import Assert, Calc, Field, Object
from gaic.syntax.paths import names_of

if TYPE_CHECKING:
    from gaic.check.findings import Findings
    from gaic.check.kinds import KindTable
    from gaic.check.symbols import Symbol, Symbols
    from gaic.load.bundle import LoadedModule
    from gaic.source.text import Span
    from gaic.syntax import expressions as s


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A field with the module in which its value was written."""

    name: s.Name
    value: s.Expression
    module: LoadedModule


@dataclass(slots=True)
class Draft:
    """An object before its values are checked. `base` is the object it extends or amends.

    `lost` are names that broken entries would have set; an empty one stands for any name.
    """

    path: str
    kind: str
    module: LoadedModule
    label: str
    doc: str
    span: Span
    template: bool
    base: str | None = None
    depth: int = 1
    lost: set[str] = field(default_factory=set)
    fields: dict[str, FieldDraft] = field(default_factory=dict)


class Drafts:
    """All objects of a program as they are written."""

    def __init__(self, symbols: Symbols, kinds: KindTable, findings: Findings) -> None:
        self.symbols = symbols
        self.kinds = kinds
        self.findings = findings
        self._drafts: dict[str, Draft | None] = {}
        self._busy: dict[str, Symbol] = {}

    def draft(self, symbol: Symbol) -> Draft | None:
        """The draft of a declared object; None if it has no known kind (that was reported)."""
        path = symbol.path
        if path not in self._drafts:
            if path in self._busy:
                names = list(self._busy)
                links = [(name, self._busy[name].name.span) for name in names[names.index(path) :]]
                fix = "let one of them stand alone"
                self.findings.items.append(describe_circle("GAI113", links, "extends", fix))
                return None
            limit = self.symbols.bundle.files.limits.chain
            if len(self._busy) >= limit:
                self.findings.report_chain(path, symbol.name.span, limit)
                return None
            self._busy[path] = symbol
            self._drafts[path] = self._make(symbol)
            del self._busy[path]
        return self._drafts[path]

    def _make(self, symbol: Symbol) -> Draft | None:
        declaration = symbol.declaration
        if not isinstance(declaration, Object):
            return None
        kind = self.kinds.resolve(symbol.module, declaration.kind)
        if kind is None:
            return None
        if self.kinds.kinds[kind].abstract:
            self._report_abstract(kind, declaration)
            return None
        base = self._base(symbol, declaration, kind)
        label = declaration.label.value if declaration.label else declaration.name.text.replace("_", " ")
        draft = Draft(
            symbol.path, kind, symbol.module, label, declaration.doc, declaration.name.span, declaration.template
        )
        if declaration.parent is not None and base is None:
            draft.lost.add("")
        if base is not None:
            draft.base = base.path
            draft.depth = base.depth + 1
            draft.fields.update(base.fields)
            draft.lost |= base.lost
            limit = self.symbols.bundle.files.limits.chain
            if draft.depth > limit:
                self.findings.report_chain(draft.path, draft.span, limit)
                return None
        draft.lost.update(declaration.block.lost)
        self._read_block(draft, declaration)
        draft.kind = self._own_kind(draft, declaration, base)
        return draft

    def _report_abstract(self, kind: str, declaration: Object) -> None:
        children = [child for child in self.kinds.concrete(kind) if not self.kinds.kinds[child].objects_visible]
        names = ", ".join(f"`{self.kinds.kinds[k].shown}`" for k in children)
        self.findings.error(
            "GAI306",
            f"`{declaration.kind.text}` is an abstract kind and has no objects",
            declaration.kind.span,
            fix=f"use one of its children: {names}" if names else None,
        )

    def _base(self, symbol: Symbol, declaration: Object, kind: str) -> Draft | None:
        if declaration.parent is None:
            return None
        found = self.find(declaration.parent.names, symbol.module)
        if found is None:
            return None
        base_kind = next(k for k in self.kinds.kinds[found.kind].parents if not self.kinds.kinds[k].objects_visible)
        if not self.kinds.is_kind(kind, base_kind):
            child, parent = map(with_article, self.kinds.names_apart(kind, base_kind))
            self.findings.error(
                "GAI305",
                f"{child} cannot extend {parent}",
                declaration.parent.span,
                labels=(Label(found.span, "declared here"),),
                notes=("an object extends one of its own kind or of a parent of it",),
            )
            return None
        return found

    def find(self, names: tuple[s.Name, ...], module: LoadedModule) -> Draft | None:
        """The object that a path names, or a finding."""
        symbol, count = self.symbols.find_path(module, names, kind=False)
        if symbol is None or count != len(names):
            self.symbols.report_unknown(module, names, "object", kind=False)
            return None
        if not isinstance(symbol.declaration, Object) or symbol.declaration.kind.text in STRUCTURAL:
            self.findings.error(
                "GAI303",
                f"`{names[-1].text}` is no object that can be referred to",
                names[0].span.to(names[-1].span),
                labels=(Label(symbol.name.span, "declared here"),),
            )
            return None
        return self.draft(symbol)

    def _read_block(self, draft: Draft, declaration: Object) -> None:
        own: dict[str, s.Name] = {}
        for entry in declaration.block.entries:
            match entry:
                case Field(name, value):
                    if name.text in own:
                        self.findings.report_twice(name, own[name.text])
                    own[name.text] = name
                    draft.fields[name.text] = FieldDraft(name, value, draft.module)
                case Calc(name=name):
                    if name.text not in own:  # an own calculation takes the place of an inherited value
                        draft.fields.pop(name.text, None)
                case Assert():
                    pass
                case other:
                    self.findings.error(
                        "GAI309",
                        "an object sets inputs and adds calculations",
                        other.span,
                        fix="declare inputs, references and sets in a kind",
                    )

    def _own_kind(self, draft: Draft, declaration: Object, base: Draft | None) -> str:
        inherited = self.kinds.kinds[base.kind] if base else None
        keeps = inherited is not None and inherited.objects_visible
        own = any(isinstance(e, Calc | Assert) for e in declaration.block.entries)
        if not own and not keeps and not draft.lost:
            return draft.kind
        parent = self.kinds.kinds[draft.kind]
        name = f"{parent.name}@{draft.path}"
        raw = RawKind(name, parent.shown, draft.module, declaration, (name, *parent.parents), abstract=False)
        raw.objects_visible = True
        raw.lost |= draft.lost
        self.kinds.add(raw)
        if keeps and inherited is not None:
            self._keep_own(raw, inherited)
        return name

    def _keep_own(self, raw: RawKind, inherited: RawKind) -> None:
        """Let an object keep what the one that it extends calculates and promises itself, unless it says so anew."""
        for mine, theirs in ((raw.entries, inherited.entries), (raw.asserts, inherited.asserts)):
            for key, declared in theirs.items():
                is_own = key in mine and mine[key].owner == raw.name
                if self.kinds.kinds[declared.owner].objects_visible and not is_own:
                    mine[key] = declared

    def amend(self, written: s.Amend, module: LoadedModule, path: str) -> Draft | None:
        """The unnamed object that `base { ... }` makes at a place of use."""
        names = names_of(written.base)
        base = self.find(names, module) if names else None
        if base is None:
            if names is None:
                self.findings.error("GAI303", "only an object can be amended", written.base.span)
            return None
        draft = Draft(path, base.kind, module, base.label, base.doc, written.span, template=False, base=base.path)
        draft.fields.update(base.fields)
        draft.lost |= {*base.lost, *written.block.lost}
        for entry in written.block.entries:
            if isinstance(entry, Field):
                draft.fields[entry.name.text] = FieldDraft(entry.name, entry.value, module)
            else:
                self.findings.error("GAI309", "an amendment sets inputs only", entry.span)
        return draft
