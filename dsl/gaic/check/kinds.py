"""What a name means on an object of a kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gaic.check.findings import describe_circle, did_you_mean, list_names
from gaic.check.lineage import Lineage, RawKind
from gaic.check.program import Role
from gaic.check.signs import AttributeSign, BackSign, RefSign, SetSign, alternatives_of, chain_of
from gaic.check.types import POISON, ListName
from gaic.source.diagnostic import Label
from gaic.syntax.declarations import Back, Block, Calc, Input, Kind, Let, Ref, SetEntry
from gaic.syntax.expressions import Name, Path

if TYPE_CHECKING:
    from gaic.check.findings import Findings
    from gaic.check.lineage import Declaration
    from gaic.check.measures import Measures
    from gaic.check.signs import Sign
    from gaic.check.symbols import Symbols
    from gaic.source.text import Span


class KindTable(Lineage):
    """All kinds of a program, with the meaning of names on their objects."""

    def __init__(self, symbols: Symbols, measures: Measures, findings: Findings) -> None:
        super().__init__(symbols, findings)
        self.measures = measures
        self._signs: dict[tuple[str, str], Sign | None] = {}
        self._lookups: dict[tuple[str, str], Sign | None] = {}
        self._clashes: dict[tuple[str, str], tuple[Sign, Sign] | None] = {}
        self._busy: dict[tuple[str, str], None] = {}

    def add(self, kind: RawKind) -> None:
        """Enter a kind; what was known of its parents' readers may change."""
        super().add(kind)
        self._lookups.clear()
        self._clashes.clear()

    def add_pseudo(self, kind: str, shown: str, name: str, sign: AttributeSign) -> None:
        """Enter an attribute of a kind of the language's own, which nobody declared."""
        if kind not in self.kinds:
            root = self.symbols.bundle.modules[self.symbols.bundle.root]
            nothing = Kind(
                Name(shown, sign.span),
                label=None,
                parent=None,
                abstract=False,
                block=Block((), sign.span),
                doc="",
                span=sign.span,
            )
            self.kinds[kind] = RawKind(kind, shown, root, nothing, (kind,), abstract=False)
        self._signs[kind, name] = sign
        self._lookups[kind, name] = sign

    # ------------------------------------------------------------ asking

    def lookup(self, kind: str, name: str) -> Sign | None:
        """What a name means on any object that a reader of this kind may meet; None if it is unknown."""
        key = (kind, name)
        if key not in self._lookups:
            self._lookups[key] = self._look_up(kind, name)
        return self._lookups[key]

    def _look_up(self, kind: str, name: str) -> Sign | None:
        own = self.sign(kind, name)
        below = [self.sign(k, name) for k in self.concrete(kind)]
        if own is None:
            known = [s for s in below if s is not None]
            if not self.kinds[kind].abstract or not below or len(known) < len(below):
                return None
            own = self._merge(known)
        if isinstance(own, AttributeSign | RefSign):
            optional = any(s.optional for s in below if isinstance(s, AttributeSign | RefSign))
            return replace(own, optional=own.optional or optional)
        return own

    def _merge(self, signs: list[Sign]) -> Sign:
        first = signs[0]
        if isinstance(first, BackSign | SetSign | RefSign):
            kinds = tuple(s.kind for s in signs if not isinstance(s, AttributeSign))
            kind = self.common(kinds) or first.kind
            if isinstance(first, SetSign):
                return SetSign(kind, first.chains, first.span)
            if isinstance(first, RefSign):
                return RefSign(kind, first.many, first.optional, first.list_name, first.span)
            lists = tuple(dict.fromkeys(x for s in signs if isinstance(s, BackSign) for x in s.lists))
            return BackSign(kind, lists, first.span)
        return first

    def differing(self, kind: str, name: str) -> tuple[Sign, Sign] | None:
        """Two meanings of a name that a reader of a kind could meet and that do not agree."""
        key = (kind, name)
        if key not in self._clashes:
            base = self.lookup(kind, name)
            below = (self.sign(child, name) for child in self.concrete(kind))
            found = (sign for sign in below if base is not None and sign is not None and not _agree(base, sign))
            clash = next(found, None)
            self._clashes[key] = (base, clash) if base is not None and clash is not None else None
        return self._clashes[key]

    def has(self, kind: str, name: str) -> bool:
        """Say whether an object of the kind has a name, rightly declared or not."""
        return any(name in self.kinds[found].entries for found in (kind, *self.concrete(kind)))

    def names(self, kind: str) -> tuple[str, ...]:
        """Names that an object of the kind has."""
        found = dict.fromkeys(self.kinds[kind].entries)
        for child in self.concrete(kind):
            found.update(dict.fromkeys(self.kinds[child].entries))
        return tuple(found)

    def report_unknown(self, kind: str, name: Name, what: str = "attribute") -> None:
        """Say that objects of a kind have no such name, unless it is declared and was reported there."""
        raw = self.kinds[kind]
        if self.is_lost(kind, name.text) or (what != "reference" and self.has(kind, name.text)):
            return
        names = {"field": self.settable, "reference": self._links}.get(what, self.names)(kind)
        near = self.findings.speller.suggest(name.text, names)
        self.findings.error(
            "GAI112",
            f"`{raw.shown}` has no {what} `{name.text}`",
            name.span,
            notes=() if near or not names else (f"it has {list_names(names)}",),
            fix=did_you_mean(near, name.span),
        )

    def _links(self, kind: str) -> tuple[str, ...]:
        """What leads from an object of the kind to others."""
        entries = {name: declaration.entry for name, declaration in self.kinds[kind].entries.items()}
        return tuple(name for name, entry in entries.items() if isinstance(entry, Ref | Back | SetEntry))

    def settable(self, kind: str) -> tuple[str, ...]:
        """What an object of the kind can set: inputs and references that are not derived."""
        entries = {name: declaration.entry for name, declaration in self.kinds[kind].entries.items()}
        return tuple(n for n, e in entries.items() if isinstance(e, Input) or (isinstance(e, Ref) and e.value is None))

    # ------------------------------------------------------------ signs

    def sign(self, kind: str, name: str) -> Sign | None:
        """What a name means on objects of exactly this kind."""
        key = (kind, name)
        if key not in self._signs:
            declaration = self.kinds[kind].entries.get(name)
            if declaration is None:
                return None
            if key in self._busy:
                keys = list(self._busy)
                links = [
                    (f"{self.kinds[k].shown}.{n}", self.kinds[k].entries[n].entry.name.span)
                    for k, n in keys[keys.index(key) :]
                ]
                self.findings.items.append(describe_circle("GAI115", links, "needs", "give one of them a type"))
                return None
            limit = self.symbols.bundle.files.limits.chain
            if len(self._busy) >= limit:
                self.findings.report_chain(name, declaration.entry.name.span, limit)
                return None
            self._busy[key] = None
            self._signs[key] = self._make_sign(kind, declaration)
            del self._busy[key]
        return self._signs[key]

    def _make_sign(self, kind: str, declaration: Declaration) -> Sign | None:
        entry = declaration.entry
        if isinstance(entry, Input | Calc | Let):
            self.symbols.check_type(declaration.module, entry.type)
        match entry:
            case Input(type=written) | Calc(type=written):
                type_, unit = self.measures.read_type(written)
                role = Role.INPUT if isinstance(entry, Input) else Role.CALCULATED
                keys = len(entry.binders) if isinstance(entry, Calc) else 0
                return AttributeSign(role, type_, unit, written.optional, keys, entry.name.span)
            case Let():
                return self._sign_let(entry)
            case Ref():
                return self._sign_ref(kind, declaration, entry)
            case Back():
                return self._sign_back(declaration, entry)
            case SetEntry():
                return self._sign_set(kind, entry)
            case _:
                return None

    def _sign_let(self, entry: Let) -> Sign:
        if entry.type is None:
            self.findings.error("GAI116", f"the constant `{entry.name.text}` of a kind needs a type", entry.name.span)
            return AttributeSign(Role.CONSTANT, POISON, None, optional=False, keys=0, span=entry.name.span)
        type_, unit = self.measures.read_type(entry.type)
        return AttributeSign(Role.CONSTANT, type_, unit, optional=False, keys=0, span=entry.name.span)

    def _sign_ref(self, kind: str, declaration: Declaration, entry: Ref) -> Sign | None:
        name = ListName(self._first_owner(kind, entry.name.text), entry.name.text)
        if entry.value is not None:
            return self._sign_derived(kind, declaration, entry, name)
        if entry.type is None:
            return None
        target = self.resolve(declaration.module, entry.type.kind)
        if target is None:
            return None
        sign = RefSign(target, entry.type.many, entry.type.optional, name, entry.name.span)
        self._check_narrowing(kind, declaration, sign)
        return sign

    def _sign_derived(self, kind: str, declaration: Declaration, entry: Ref, name: ListName) -> Sign | None:
        """`ref a = b.c`: single references one behind the other; optional if one of them is."""
        chain = chain_of(entry.value)
        if chain is None or entry.value is None:
            message = "a derived reference is a path of references"
            self.findings.error("GAI118", message, entry.value.span if entry.value else entry.name.span)
            return None
        here, optional = kind, False
        for step in chain:
            if self.walk(here, (step,), entry.value.span) is None:
                return None
            found = self.lookup(here, step)
            if not isinstance(found, RefSign) or found.many:
                message = f"`{step}` leads to several objects, a derived reference to one"
                self.findings.error("GAI118", message, entry.value.span, fix="write `set` instead of `ref`")
                return None
            here, optional = found.kind, optional or found.optional
        wanted = self.resolve(declaration.module, entry.type.kind) if entry.type is not None else here
        if wanted is None:
            return None
        if not self.is_kind(here, wanted):
            self._report_wider(entry.value.span, *self.names_apart(wanted, here), entry.name.span)
            return None
        sign = RefSign(here, many=False, optional=optional, list_name=name, span=entry.name.span)
        self._check_narrowing(kind, declaration, sign)
        return sign

    def _check_narrowing(self, kind: str, declaration: Declaration, sign: RefSign) -> None:
        """A child may lead a reference to a child of the kind it led to, and no further."""
        parents = self.kinds[declaration.owner].parents[1:]
        if kind != declaration.owner or not parents:
            return
        old = self.sign(parents[0], declaration.entry.name.text) if parents[0] in self.kinds else None
        if not isinstance(old, RefSign) or declaration.entry.name.text not in self.kinds[parents[0]].entries:
            return
        if not self.is_kind(sign.kind, old.kind) or sign.many != old.many:
            shown, given = self.names_apart(old.kind, sign.kind)
            self._report_wider(sign.span, f"[{shown}]" if old.many else shown, given, old.span)

    def _report_wider(self, span: Span, wanted: str, given: str, declared: Span) -> None:
        self.findings.error(
            "GAI305",
            f"this reference leads to `{given}`, it must lead to `{wanted}` or a child of it",
            span,
            labels=(Label(declared, f"`{wanted}` is wanted"),),
            notes=("readers of the parent would meet another kind",),
        )

    def _first_owner(self, kind: str, name: str) -> str:
        return [p for p in self.kinds[kind].parents if name in self.kinds[p].entries][-1]

    def _sign_back(self, declaration: Declaration, entry: Back) -> Sign | None:
        names = entry.path.names
        kind = self.resolve(declaration.module, Path(names[:-1], names[0].span)) if len(names) > 1 else None
        if kind is None:
            if len(names) == 1:
                self.findings.error("GAI117", "a way back names a kind and its reference", entry.path.span)
            return None
        ref = self.lookup(kind, names[-1].text)
        if not isinstance(ref, RefSign):
            self.report_unknown(kind, names[-1], "reference")
            return None
        return BackSign(kind, (ListName(kind, names[-1].text),), entry.name.span)

    def _sign_set(self, kind: str, entry: SetEntry) -> Sign | None:
        chains = alternatives_of(entry.value)
        if chains is None:
            self.findings.error(
                "GAI118",
                "a set is a path of references, or several joined by `|`",
                entry.value.span,
                fix="write for example `set all = first.second | third`",
            )
            return None
        ends = [self.walk(kind, chain, entry.value.span) for chain in chains]
        known = tuple(e for e in ends if e is not None)
        if len(known) != len(ends):
            return None
        common = self.common(known)
        return SetSign(common, chains, entry.name.span) if common else None

    def walk(self, kind: str, chain: tuple[str, ...], span: Span) -> str | None:
        """The kind at the end of a chain of references, ways back and sets."""
        for name in chain:
            sign = self.lookup(kind, name)
            if sign is None or isinstance(sign, AttributeSign):
                if sign is not None or not self.has(kind, name):  # else the name itself was reported
                    self.report_unknown(kind, Name(name, span), "reference")
                return None
            kind = sign.kind
        return kind


def _agree(first: Sign, second: Sign) -> bool:
    """Say whether a reader can treat two meanings of a name alike."""
    if isinstance(first, AttributeSign) and isinstance(second, AttributeSign):
        alike = POISON in (first.type, second.type) or first.type == second.type
        return alike and first.keys == second.keys
    if isinstance(first, RefSign) and isinstance(second, RefSign):
        return first.many == second.many
    return type(first) is type(second)
