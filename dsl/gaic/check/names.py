"""Gives names in expressions their meaning: variables, own attributes, names of the file, members."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from gaic.check import core as c
from gaic.check.findings import did_you_mean
from gaic.check.known import path_key
from gaic.check.operators import PLAIN, is_poison, poisoned
from gaic.check.signs import AttributeSign, BackSign, RefSign, SetSign
from gaic.check.symbols import STRUCTURAL
from gaic.check.types import LinkTo, ObjectOf
from gaic.source.diagnostic import Label
from gaic.syntax.declarations import Object
from gaic.syntax.paths import names_of

if TYPE_CHECKING:
    from gaic.check.context import Context
    from gaic.check.findings import Findings
    from gaic.check.kinds import KindTable
    from gaic.check.measures import Measures
    from gaic.check.signs import Sign
    from gaic.check.symbols import Symbol, Symbols
    from gaic.source.text import Span
    from gaic.syntax import expressions as s

LINK_PARTS = ("weight", "position")
UNSEEN = "formulas of a kind do not see objects; what they need comes in by `ref`, `back`, `set` or `every`"


class Declarations(Protocol):
    """What inference asks of objects: their kinds, and series that stand in text or files."""

    def kind_of(self, symbol: Symbol) -> str | None:
        """The concrete kind of a declared object or constant; None if that was reported."""

    def hourly(self, call: s.Call, context: Context) -> c.Core:
        """The series that a call of `hourly` writes down."""


@dataclass(slots=True)
class Desk:
    """What all of inference works with; `mentioned` collects the declarations that expressions name."""

    symbols: Symbols
    kinds: KindTable
    measures: Measures
    findings: Findings
    declarations: Declarations
    mentioned: list[Symbol] = field(default_factory=list)


class Names(ABC):
    """Names and members in expressions."""

    def __init__(self, desk: Desk) -> None:
        self.symbols = desk.symbols
        self.kinds = desk.kinds
        self.measures = desk.measures
        self.findings = desk.findings
        self.declarations = desk.declarations
        self.mentioned = desk.mentioned

    @abstractmethod
    def infer(self, expression: s.Expression, context: Context) -> c.Core:
        """An expression with its type; a `Read` or `Follow` in it may be optional."""

    @abstractmethod
    def value(self, expression: s.Expression, context: Context) -> c.Core:
        """An expression whose value must be there."""

    @abstractmethod
    def report_keys(self, kind: str, name: s.Name, span: Span, given: int) -> None:
        """Say how a table is read, that is read in another way."""

    def _name(self, name: s.Name, context: Context) -> c.Core:
        if name.text in context.variables:
            return replace(context.variables[name.text], span=name.span)
        if name.text == "self" and context.kind is not None:
            return self._self(name.span, context)
        own = self.kinds.lookup(context.kind, name.text) if context.kind else None
        symbol = self._symbol(name, context)
        if own is not None and symbol is not None and context.visible and self.symbols.is_near(context.module, symbol):
            return self._report_both(name, own, symbol)
        if own is not None:
            return self._own(name, own, context)
        if symbol is not None:
            return self._symbol_value(symbol, name.span)
        return self._report_unknown_name(name, context)

    def is_value(self, word: str, context: Context) -> bool:
        """Say whether a word names something in a formula: a variable, an attribute, a constant, an object."""
        if word in context.variables:
            return True
        if context.kind is not None and self.kinds.lookup(context.kind, word) is not None:
            return True
        return context.visible and word in self.symbols.candidates(context.module, kind=False)

    def _own(self, name: s.Name, sign: Sign, context: Context) -> c.Core:
        return self._read(self._self(name.span, context), name, sign, context)

    def _self(self, span: Span, context: Context) -> c.Core:
        return c.Variable(0, "self", ObjectOf(context.kind or ""), span)

    def _symbol(self, name: s.Name, context: Context) -> Symbol | None:
        symbol = self.symbols.find(context.module, name, kind=False)
        if symbol is None or context.visible or not isinstance(symbol.declaration, Object):
            return symbol
        return None

    def _symbol_value(self, symbol: Symbol, span: Span) -> c.Core:
        kind = self.declarations.kind_of(symbol)
        if kind is None:
            self._report_no_value(symbol, span)
            return poisoned(span)
        if isinstance(symbol.declaration, Object) and symbol.declaration.template:
            message = f"`{symbol.name.text}` is a template and has no values"
            label = Label(symbol.name.span, "declared here")
            self.findings.error("GAI317", message, span, labels=(label,), fix="make an object of it with `extends`")
            return poisoned(span)
        self.mentioned.append(symbol)
        subject = c.ObjectLiteral(symbol.path, ObjectOf(kind), span)
        sign = self.kinds.lookup(kind, "value") if self._is_pseudo(symbol) else None
        if isinstance(sign, AttributeSign):
            return c.Read(subject, "value", (), sign.type, span)
        return subject

    def _report_no_value(self, symbol: Symbol, span: Span) -> None:
        """Say that a source or the like is no value; whatever else has no kind was reported where it stands."""
        declaration = symbol.declaration
        if isinstance(declaration, Object) and declaration.kind.text in STRUCTURAL - {"shape"}:
            self.findings.error(
                "GAI303",
                f"`{symbol.name.text}` is a {declaration.kind.text} and no value",
                span,
                labels=(Label(symbol.name.span, "declared here"),),
            )

    def _is_pseudo(self, symbol: Symbol) -> bool:
        return not isinstance(symbol.declaration, Object) or symbol.declaration.kind.text == "shape"

    def _report_both(self, name: s.Name, own: Sign, symbol: Symbol) -> c.Core:
        self.findings.error(
            "GAI108",
            f"`{name.text}` is an attribute here and a name of the file",
            name.span,
            labels=(Label(own.span, "the attribute"), Label(symbol.name.span, "the name of the file")),
            fix=f"write `self.{name.text}` or `module.{name.text}`",
        )
        return poisoned(name.span)

    def _report_unknown_name(self, name: s.Name, context: Context) -> c.Core:
        kind = context.kind
        if kind and (self.kinds.has(kind, name.text) or self.kinds.is_lost(kind, name.text)):
            return poisoned(name.span)  # declared, and reported there
        notes: tuple[str, ...] = ()
        if not context.visible and self.symbols.find(context.module, name, kind=False) is not None:
            notes = (UNSEEN,)
        if self.symbols.find(context.module, name, kind=True) is not None:
            notes = (f"`{name.text}` is a kind; its objects are `every {name.text}`",)
        near = self.findings.speller.suggest(name.text, lambda: self._candidates(context))
        if self.symbols.is_lost(context.module, (name.text,), near):
            return poisoned(name.span)
        self.findings.error(
            "GAI102", f"there is no name `{name.text}`", name.span, notes=notes, fix=did_you_mean(near, name.span)
        )
        return poisoned(name.span)

    def _candidates(self, context: Context) -> list[str]:
        """Names that could have been meant by a bare name."""
        candidates = [*context.variables, *(self.kinds.names(context.kind) if context.kind else ())]
        if context.visible:
            candidates += self.symbols.candidates(context.module, kind=False)
        return candidates

    # ------------------------------------------------------------ members

    def _member(self, member: s.Member, context: Context) -> c.Core:
        names = names_of(member)
        if names is not None and names[0].text not in context.variables:
            found = self._path(names, context)
            if found is not None:
                return found
        subject = self.infer(member.subject, context)
        return self._step(subject, member.name, context)

    def _path(self, names: tuple[s.Name, ...], context: Context) -> c.Core | None:
        """A path that begins with `self`, `module`, `std`, an alias or (where they are seen) an object."""
        head = names[0]
        if head.text == "self" and context.kind is not None:
            return self._steps(self._self(head.span, context), names[1:], context)
        if head.text == "module" and context.visible:
            symbol = self.symbols.find(context.module, names[1], kind=False)
            if symbol is not None:
                return self._steps(self._symbol_value(symbol, names[1].span), names[2:], context)
        is_prefix = head.text == "std" or any(
            i.written.alias and i.written.alias.text == head.text for i in context.module.imports
        )
        if not is_prefix:
            return None
        if context.kind is not None and self.kinds.lookup(context.kind, head.text) is not None:
            return None
        symbol, count = self.symbols.find_path(context.module, names, kind=False)
        if symbol is None:
            self.symbols.report_unknown(context.module, names[:count] or names, "name", kind=False)
            return poisoned(names[0].span.to(names[-1].span))
        if not context.visible and isinstance(symbol.declaration, Object):
            span = head.span.to(names[count - 1].span)
            self.findings.error("GAI102", f"there is no name `{span.text}` here", span, notes=(UNSEEN,))
            return poisoned(span)
        return self._steps(self._symbol_value(symbol, head.span.to(names[count - 1].span)), names[count:], context)

    def _steps(self, subject: c.Core, names: tuple[s.Name, ...], context: Context) -> c.Core:
        for name in names:
            subject = self._step(subject, name, context)
        return subject

    def _step(self, subject: c.Core, name: s.Name, context: Context) -> c.Core:
        if is_poison(subject):
            return subject
        span = subject.span.to(name.span)
        if isinstance(subject.type, LinkTo):
            if name.text in LINK_PARTS:
                return c.LinkPart(subject, name.text, PLAIN, span)
            far = c.Far(subject, ObjectOf(subject.type.kind), span if name.text == "object" else subject.span)
            if name.text == "object":
                return far
            subject = far
        if not isinstance(subject.type, ObjectOf):
            self.findings.error(
                "GAI216",
                f"{self.measures.describe(subject.type)} has no attributes",
                name.span,
                labels=(Label(subject.span, self.measures.describe(subject.type)),),
            )
            return poisoned(span)
        sign = self.kinds.lookup(subject.type.kind, name.text)
        if sign is None:
            self.kinds.report_unknown(subject.type.kind, name)
            return poisoned(span)
        return self._read(subject, name, sign, context)

    def _read(
        self, subject: c.Core, name: s.Name, sign: Sign, context: Context, keys: tuple[c.Core, ...] = ()
    ) -> c.Core:
        span = (
            name.span if isinstance(subject, c.Variable) and subject.span == name.span else subject.span.to(name.span)
        )
        reaches = isinstance(subject, c.Follow | c.Read) and subject.optional
        kind = subject.type.kind if isinstance(subject.type, ObjectOf) else ""
        clash = self.kinds.differing(kind, name.text) if kind else None
        if clash is not None:
            self._report_differing(kind, name, *clash)
            return poisoned(span)
        match sign:
            case AttributeSign():
                return self._read_attribute(subject, name, sign, context, keys, span)
            case RefSign(kind, False, optional):
                follow = c.Follow(subject, name.text, ObjectOf(kind), span, optional or reaches)
                return replace(follow, optional=False) if path_key(follow) in context.narrowed else follow
            case RefSign() | BackSign() | SetSign():
                self.findings.error(
                    "GAI217",
                    f"`{name.text}` leads to several objects",
                    name.span,
                    fix=f"gather them: `sum(x.attribute for x in {span.text})`",
                )
                return poisoned(span)

    def _read_attribute(
        self,
        subject: c.Core,
        name: s.Name,
        sign: AttributeSign,
        context: Context,
        keys: tuple[c.Core, ...],
        span: Span,
    ) -> c.Core:
        if sign.keys != len(keys):
            self.report_keys(subject.type.kind if isinstance(subject.type, ObjectOf) else "", name, span, len(keys))
            return poisoned(span)
        reaches = isinstance(subject, c.Follow) and subject.optional
        read = c.Read(subject, name.text, keys, sign.type, span, (sign.optional or reaches))
        return replace(read, optional=False) if path_key(read) in context.narrowed else read

    def _report_differing(self, kind: str, name: s.Name, first: Sign, second: Sign) -> None:
        one, two = self._describe_sign(first), self._describe_sign(second)
        self.findings.error(
            "GAI209",
            f"`{name.text}` is not of one type in all kinds of `{self.kinds.kinds[kind].shown}`",
            name.span,
            labels=(Label(first.span, one), Label(second.span, two)),
            fix="narrow the reference to one kind",
        )

    def _describe_sign(self, sign: Sign) -> str:
        if isinstance(sign, AttributeSign):
            per = {0: "", 1: ", one per member"}
            return self.measures.describe(sign.type) + per.get(sign.keys, f", read with {sign.keys} keys")
        return "a reference" if isinstance(sign, RefSign) and not sign.many else "several objects"

    def _as_object(self, core: c.Core) -> c.Core:
        return c.Far(core, ObjectOf(core.type.kind), core.span) if isinstance(core.type, LinkTo) else core
