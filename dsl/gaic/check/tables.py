"""Calculations with one value for each member of their keys, and readings of them."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.check.context import Context
from gaic.check.names import Names
from gaic.check.operators import is_poison, poisoned
from gaic.check.signs import AttributeSign
from gaic.check.types import LinkTo, ObjectOf
from gaic.source.diagnostic import Label
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Calc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.source.text import Span


class Tables(Names):
    """`a[p, q]`: what binds the keys of a table, and what reads it."""

    @abstractmethod
    def collection(self, expression: s.Expression, context: Context) -> c.Collection | None:
        """Where members come from, or a finding."""

    def bind(self, generators: Iterable[s.Generator], context: Context) -> tuple[Context, tuple[c.Binding, ...]] | None:
        """The context in which generators have bound their names, from left to right; None if one has no members."""
        bindings: list[c.Binding] = []
        for generator in generators:
            collection = self.collection(generator.collection, context)
            if collection is None:
                return None
            context, variable = context.bind(generator.name, collection.element)
            bindings.append(c.Binding(variable.slot, variable.name, collection))
        return context, tuple(bindings)

    def warn_of_hidden(self, generators: Iterable[s.Generator], context: Context) -> None:
        """Warn where a variable takes the name of something that a formula of the project could have meant."""
        if context.module.library:
            return
        variables = {name: variable.span for name, variable in context.variables.items()}
        for name in (generator.name for generator in generators):
            sign = self.kinds.lookup(context.kind, name.text) if context.kind is not None else None
            symbol = self.symbols.values[context.module.name].get(name.text) if context.visible else None
            if name.text in variables:
                self._report_hidden(name, "variable", variables[name.text])
            elif sign is not None:
                self._report_hidden(name, "attribute", sign.span)
            elif symbol is not None:
                self._report_hidden(name, "name of the file", symbol.name.span)
            variables[name.text] = name.span

    def _report_hidden(self, name: s.Name, what: str, hidden: Span) -> None:
        self.findings.warn(
            "GAI193",
            f"the variable `{name.text}` hides the {what} `{name.text}`",
            name.span,
            label="the variable",
            labels=(Label(hidden, f"the {what}"),),
            fix="give the variable a name of its own",
        )

    def keys_of(self, entry: Calc, context: Context) -> tuple[Context, tuple[c.Binding, ...]] | None:
        """The keys of a calculation, whose members must be known before any number is."""
        self.warn_of_hidden({binder.name.text: binder for binder in entry.binders}.values(), context)
        bound = self.bind(entry.binders, context)
        for binding, written in zip(bound[1] if bound else (), entry.binders, strict=False):
            if not _follows_links(binding.collection):
                message = "which members a table has is known before any number is calculated"
                fix = "name them by a path of references, as in `[p in a.b]`"
                self.findings.error("GAI220", message, written.collection.span, fix=fix)
                return None
        return bound

    def _index(self, index: s.Index, context: Context) -> c.Core:
        target = self._table(index.subject, context)
        if target is None:
            return poisoned(index.span)
        subject, name, sign = target
        kind = subject.type.kind if isinstance(subject.type, ObjectOf) else ""
        if not sign.keys:
            span = index.keys[0].span.to(index.keys[-1].span)
            self.findings.error("GAI219", f"`{name.text}` has a single value, not one per member", span)
            return poisoned(index.span)
        if self.kinds.differing(kind, name.text) is not None:
            return self._read(subject, name, sign, context)  # which says so
        if sign.keys != len(index.keys):
            self.report_keys(kind, name, index.subject.span, len(index.keys))
            return poisoned(index.span)
        keys = self._keys(kind, name, [self.value(key, context) for key in index.keys])
        if keys is None:
            return poisoned(index.span)
        read = self._read(subject, name, sign, context, keys)
        return replace(read, span=index.span) if isinstance(read, c.Read) else read

    def _table(self, expression: s.Expression, context: Context) -> tuple[c.Core, s.Name, AttributeSign] | None:
        match expression:
            case s.Reference(text, span) if text not in context.variables and context.kind is not None:
                subject, name = self._self(span, context), s.Name(text, span)
            case s.Member(inner, member):
                subject, name = self._as_object(self.infer(inner, context)), member
            case _:
                self.infer(expression, context)
                self.findings.error(
                    "GAI219", "only an attribute with one value per member takes `[ ]`", expression.span
                )
                return None
        if is_poison(subject):
            return None
        if not isinstance(subject.type, ObjectOf):
            self._step(subject, name, context)
            return None
        sign = self.kinds.lookup(subject.type.kind, name.text)
        if isinstance(sign, AttributeSign):
            return subject, name, sign
        self.kinds.report_unknown(subject.type.kind, name)
        return None

    def _keys(self, kind: str, name: s.Name, keys: list[c.Core]) -> tuple[c.Core, ...] | None:
        declared = self._declared(kind, name.text)
        bound = self.bind(declared[0].binders, declared[1]) if declared else None
        if bound is None or is_poison(*keys):
            return None
        found = [self._key(name, key, binding.collection.element) for key, binding in zip(keys, bound[1], strict=True)]
        known = tuple(key for key in found if key is not None)
        return known if len(known) == len(found) else None

    def _key(self, name: s.Name, key: c.Core, element: ObjectOf | LinkTo) -> c.Core | None:
        if isinstance(element, ObjectOf):
            key = self._as_object(key)
            if isinstance(key.type, ObjectOf) and self._may_be(key.type.kind, element.kind):
                return key
        elif isinstance(key.type, LinkTo) and self.share_links(key.type, element):
            return key
        given = key.type.kind if isinstance(key.type, ObjectOf | LinkTo) else element.kind
        self.findings.error(
            "GAI304",
            f"`{name.text}` has values per `{self.kinds.names_apart(element.kind, given)[0]}`",
            key.span,
            notes=() if isinstance(element, ObjectOf) else ("its keys are links, not the objects they lead to",),
        )
        return None

    def share_links(self, first: LinkTo, second: LinkTo) -> bool:
        """Say whether two links may be of one list."""
        pairs = ((a, b) for a in first.lists for b in second.lists)
        return any(a.ref == b.ref and self._may_be(a.kind, b.kind) for a, b in pairs)

    def _may_be(self, kind: str, wanted: str) -> bool:
        return self.kinds.is_kind(kind, wanted) or self.kinds.is_kind(wanted, kind)

    def _declared(self, kind: str, name: str) -> tuple[Calc, Context] | None:
        """The table that a reader of a kind meets, and where its keys stand."""
        for owner in (kind, *self.kinds.concrete(kind)):
            found = self.kinds.kinds[owner].entries.get(name)
            if found is not None and isinstance(found.entry, Calc) and found.entry.binders:
                visible = self.kinds.kinds[found.owner].objects_visible
                return found.entry, Context(found.module, owner, visible=visible)
        return None

    def report_keys(self, kind: str, name: s.Name, span: Span, given: int) -> None:
        """Say how a table is read, that is read in another way."""
        declared = self._declared(kind, name.text)
        binders = declared[0].binders if declared else ()
        if given:
            message = f"`{name.text}` is read with {_count_keys(len(binders))}, not with {given}"
        elif len(binders) > 1:
            message = f"`{name.text}` has one value for each of its {len(binders)} keys"
        else:
            message = f"`{name.text}` has one value per member"
        names = ", ".join(binder.name.text for binder in binders)
        texts = ", ".join(" ".join(binder.span.text.split()) for binder in binders)
        self.findings.error("GAI218", message, span, fix=f"write `{span.text}[{names}]`, with `{texts}`")


def _count_keys(count: int) -> str:
    return "one key" if count == 1 else f"{count} keys"


def _follows_links(collection: c.Collection) -> bool:
    """Say whether the members of a collection rest on references alone."""
    match collection:
        case c.Everything():
            return True
        case c.Earlier(subject) | c.Links(subject) | c.Backs(subject) | c.Members(subject):
            while isinstance(subject, c.Follow | c.Far):
                subject = subject.subject
            return isinstance(subject, c.Variable | c.ObjectLiteral)
