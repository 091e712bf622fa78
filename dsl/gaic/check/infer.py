"""Gives every expression a type and every name in it a meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from gaic.check import core as c
from gaic.check.context import Context
from gaic.check.findings import did_you_mean
from gaic.check.fitting import Fitting
from gaic.check.functions import Functions
from gaic.check.kinds import AttributeSign, BackSign, KindTable, RefSign, SetSign, Sign
from gaic.check.operators import PLAIN, Operators, is_poison, poisoned
from gaic.check.types import EMPTINESS, TRUTH, Form, LinkTo, Measure, ObjectOf, Truth, Words
from gaic.source.diagnostic import Label
from gaic.source.suggest import suggest
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Calc, Object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.check.findings import Findings
    from gaic.check.measures import Measures
    from gaic.check.symbols import Symbol, Symbols
    from gaic.load.bundle import LoadedModule
    from gaic.source.text import Span

LINK_PARTS = ("weight", "position")


class World(Protocol):
    """What inference asks of objects: their kinds, and series that stand in text or files."""

    def kind_of(self, symbol: Symbol) -> str | None:
        """The concrete kind of a declared object or constant; None if that was reported."""

    def hourly(self, call: s.Call, context: Context) -> c.Core:
        """The series that a call of `hourly` writes down."""


class Inference:
    """Types of expressions of one program."""

    def __init__(self, symbols: Symbols, kinds: KindTable, measures: Measures, findings: Findings, world: World) -> None:  # noqa: PLR0913
        self.symbols = symbols
        self.kinds = kinds
        self.measures = measures
        self.findings = findings
        self.world = world
        self.operators = Operators(measures, findings)
        self.functions = Functions(self.operators)
        self.fitting = Fitting(measures, findings)
        self.mentioned: list[Symbol] = []

    # ------------------------------------------------------------ entry points

    def value(self, expression: s.Expression, context: Context) -> c.Core:
        """An expression whose value must be there."""
        core = self.infer(expression, context)
        if may_be_unset(core):
            text = core.span.text
            self.findings.error(
                "GAI208",
                f"`{text}` may be unset",
                core.span,
                fix=f"write `{text} ?? other`, or `if given({text}) then ... else ...`",
            )
            return poisoned(core.span)
        return core

    def infer(self, expression: s.Expression, context: Context) -> c.Core:  # noqa: C901, PLR0911, PLR0912 - one case per node
        """An expression with its type; a `Read` or `Follow` in it may be optional."""
        span = expression.span
        match expression:
            case s.Number(value, text):
                return c.Literal(value, PLAIN, text, span)
            case s.Quantity():
                return self._quantity(expression)
            case s.Text(text):
                return c.Word(text, Words("text"), span)
            case s.Date(text):
                return c.Word(text, Words("date"), span)
            case s.Truth(value):
                return c.TruthLiteral(value, TRUTH, span)
            case s.Nothing():
                return c.Hours(None, EMPTINESS, "nothing", span)
            case s.Reference(name):
                return self._name(s.Name(name, span), context)
            case s.Member():
                return self._member(expression, context)
            case s.Index():
                return self._index(expression, context)
            case s.Call():
                return self._call(expression, context)
            case s.Aggregate():
                return self._aggregate(expression, context)
            case s.Unary(operator, operand):
                return self._unary(operator, operand, context, span)
            case s.Binary():
                return self._binary(expression, context)
            case s.Conditional():
                return self._conditional(expression, context)
            case s.Convert(operand, unit):
                return self._convert(operand, unit, context, span)
            case s.Cast(operand, type_name):
                return self._cast(operand, type_name, context, span)
            case s.Spread():
                return self._spread(expression, context)
            case s.Sourced(value):
                return self.infer(value, context)
            case s.Numbers() | s.ListLiteral() | s.Table() | s.ClockTime() | s.Amend() | s.Every():
                return self._misplaced(expression)

    def _misplaced(self, expression: s.Expression) -> c.Core:
        what = {
            "Numbers": "a list of numbers stands in `hourly([...], start = ...)`",
            "ListLiteral": "a list stands where a reference to several objects is declared, or in `hourly([...])`",
            "Table": "a table stands in a shape",
            "ClockTime": "a time of day stands in a shape",
            "Amend": "an amended object stands where a reference is declared",
            "Every": "`every kind` stands behind `in`",
        }[type(expression).__name__]
        self.findings.error("GAI215", "this cannot stand in a formula", expression.span, notes=(what,))
        return poisoned(expression.span)

    def truth(self, expression: s.Expression, context: Context) -> c.Core:
        """An expression that must be true or false."""
        core = self.value(expression, context)
        if not isinstance(core.type, Truth) and not is_poison(core):
            self.findings.error(
                "GAI203",
                f"a condition is wanted here, this is {self.measures.describe(core.type)}",
                core.span,
            )
            return poisoned(core.span)
        return core

    # ------------------------------------------------------------ literals

    def _quantity(self, written: s.Quantity) -> c.Core:
        unit = self.measures.unit(written.unit)
        if unit is None:
            return poisoned(written.span)
        type_ = Measure(Form.SCALAR, unit.dimension, unit.tag)
        return c.Literal(written.value * unit.factor, type_, written.text, written.span)

    def _spread(self, spread: s.Spread, context: Context) -> c.Core:
        low, high = self.value(spread.left, context), self.value(spread.right, context)
        return self.functions.spread(spread.operator, low, high, spread.span)

    # ------------------------------------------------------------ names

    def _name(self, name: s.Name, context: Context) -> c.Core:
        if name.text in context.variables:
            return replace(context.variables[name.text], span=name.span)
        own = self.kinds.lookup(context.kind, name.text) if context.kind else None
        symbol = self._symbol(name, context)
        if own is not None and symbol is not None and context.visible:
            return self._report_both(name, own, symbol)
        if own is not None:
            return self._own(name, own, context)
        if symbol is not None:
            return self._symbol_value(symbol, name.span)
        return self._report_unknown_name(name, context)

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
        kind = self.world.kind_of(symbol)
        if kind is None:
            return poisoned(span)
        self.mentioned.append(symbol)
        subject = c.ObjectLiteral(symbol.path, ObjectOf(kind), span)
        sign = self.kinds.lookup(kind, "value") if self._is_pseudo(symbol) else None
        if isinstance(sign, AttributeSign):
            return c.Read(subject, "value", None, sign.type, span)
        return subject

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
        if self.symbols.is_lost(context.module, name.text):
            return poisoned(name.span)
        candidates = [*context.variables, *(self.kinds.names(context.kind) if context.kind else ())]
        if context.visible:
            candidates += self.symbols.candidates(context.module, kind=False)
        notes: tuple[str, ...] = ()
        if not context.visible and self.symbols.find(context.module, name, kind=False) is not None:
            notes = ("formulas of a kind do not see objects; what they need comes in by `ref`, `back`, `set` or `every`",)
        near = suggest(name.text, candidates)
        self.findings.error("GAI102", f"there is no name `{name.text}`", name.span, notes=notes, fix=did_you_mean(near))
        return poisoned(name.span)

    def dotted(self, expression: s.Expression) -> tuple[s.Name, ...] | None:
        """The names of `a.b.c`, None for anything else."""
        match expression:
            case s.Reference(name, span):
                return (s.Name(name, span),)
            case s.Member(subject, name):
                head = self.dotted(subject)
                return (*head, name) if head else None
            case _:
                return None

    # ------------------------------------------------------------ members

    def _member(self, member: s.Member, context: Context) -> c.Core:
        names = self.dotted(member)
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

    def _read(self, subject: c.Core, name: s.Name, sign: Sign, context: Context, key: c.Core | None = None) -> c.Core:
        span = name.span if isinstance(subject, c.Variable) and subject.span == name.span else subject.span.to(name.span)
        reaches = isinstance(subject, c.Follow | c.Read) and subject.optional
        match sign:
            case AttributeSign():
                return self._read_attribute(subject, name, sign, context, key, span)
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

    def _read_attribute(  # noqa: PLR0913 - the parts of one reading
        self, subject: c.Core, name: s.Name, sign: AttributeSign, context: Context, key: c.Core | None, span: Span
    ) -> c.Core:
        if sign.keyed and key is None:
            self.findings.error(
                "GAI218", f"`{name.text}` has one value per member", name.span, fix=f"write `{span.text}[member]`"
            )
            return poisoned(span)
        kind = subject.type.kind if isinstance(subject.type, ObjectOf) else ""
        clash = self.kinds.differing(kind, name.text)
        if clash is not None:
            self._report_differing(kind, name, *clash)
            return poisoned(span)
        reaches = isinstance(subject, c.Follow) and subject.optional
        read = c.Read(subject, name.text, key, sign.type, span, (sign.optional or reaches))
        return replace(read, optional=False) if path_key(read) in context.narrowed else read

    def _report_differing(self, kind: str, name: s.Name, first: Sign, second: Sign) -> None:
        describe = self.measures.describe
        one = describe(first.type) if isinstance(first, AttributeSign) else ""
        two = describe(second.type) if isinstance(second, AttributeSign) else ""
        self.findings.error(
            "GAI209",
            f"`{name.text}` is not of one type in all kinds of `{self.kinds.kinds[kind].shown}`",
            name.span,
            labels=(Label(first.span, one), Label(second.span, two)),
            fix="narrow the reference to one kind",
        )

    # ------------------------------------------------------------ tables

    def _index(self, index: s.Index, context: Context) -> c.Core:
        target = self._table(index.subject, context)
        if target is None:
            return poisoned(index.span)
        subject, name, sign = target
        if not sign.keyed:
            self.findings.error("GAI219", f"`{name.text}` has a single value, not one per member", index.key.span)
            return poisoned(index.span)
        kind = subject.type.kind if isinstance(subject.type, ObjectOf) else ""
        key = self._key(kind, name, self.value(index.key, context))
        if key is None:
            return poisoned(index.span)
        read = self._read(subject, name, sign, context, key)
        return replace(read, span=index.span) if isinstance(read, c.Read) else read

    def _table(self, expression: s.Expression, context: Context) -> tuple[c.Core, s.Name, AttributeSign] | None:
        match expression:
            case s.Reference(text, span) if text not in context.variables and context.kind is not None:
                subject, name = self._self(span, context), s.Name(text, span)
            case s.Member(inner, member):
                subject, name = self._as_object(self.infer(inner, context)), member
            case _:
                self.infer(expression, context)
                self.findings.error("GAI219", "only an attribute with one value per member takes `[ ]`", expression.span)
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

    def _as_object(self, core: c.Core) -> c.Core:
        return c.Far(core, ObjectOf(core.type.kind), core.span) if isinstance(core.type, LinkTo) else core

    def _key(self, kind: str, name: s.Name, key: c.Core) -> c.Core | None:
        if is_poison(key):
            return None
        element = self.element_of(kind, name.text)
        if element is None:
            return None
        if isinstance(element, ObjectOf):
            key = self._as_object(key)
            if isinstance(key.type, ObjectOf) and self._may_be(key.type.kind, element.kind):
                return key
        elif isinstance(key.type, LinkTo) and set(key.type.lists) & set(element.lists):
            return key
        self.findings.error(
            "GAI304",
            f"`{name.text}` has values per `{self.kinds.kinds[element.kind].shown}`",
            key.span,
            notes=() if isinstance(element, ObjectOf) else ("its keys are links, not the objects they lead to",),
        )
        return None

    def _may_be(self, kind: str, wanted: str) -> bool:
        return self.kinds.is_kind(kind, wanted) or self.kinds.is_kind(wanted, kind)

    def element_of(self, kind: str, name: str) -> ObjectOf | LinkTo | None:
        """What the members of a table are, seen from a reader of a kind."""
        for owner in (kind, *self.kinds.concrete(kind)):
            declaration = self.kinds.kinds[owner].entries.get(name)
            if declaration is not None and isinstance(declaration.entry, Calc) and declaration.entry.binder:
                context = Context(declaration.module, owner, visible=False)
                collection = self.collection(declaration.entry.binder.collection, context)
                return collection.element if collection else None
        return None

    # ------------------------------------------------------------ collections

    def collection(self, expression: s.Expression, context: Context) -> c.Collection | None:
        """Where members come from, or a finding."""
        match expression:
            case s.Every(kind):
                name = self.kinds.resolve(context.module, kind)
                return c.Everything(name, ObjectOf(name)) if name else None
            case s.Call(s.Reference("before"), (argument,)):
                return self._earlier(argument.value, context)
            case s.Reference(text, span) if context.kind is not None and text not in context.variables:
                return self._members(self._self(span, context), s.Name(text, span))
            case s.Member(inner, name):
                subject = self._as_object(self.value(inner, context))
                return None if is_poison(subject) else self._members(subject, name)
            case _:
                core = self.infer(expression, context)
                if not is_poison(core):
                    self._report_no_collection(expression.span)
                return None

    def _earlier(self, argument: s.Expression, context: Context) -> c.Collection | None:
        link = self.value(argument, context)
        if isinstance(link.type, LinkTo):
            return c.Earlier(link, LinkTo(link.type.kind, link.type.lists, link.type.backward))
        if not is_poison(link):
            self.findings.error("GAI220", "`before` takes a link of a list", link.span)
        return None

    def _members(self, subject: c.Core, name: s.Name) -> c.Collection | None:
        kind = subject.type.kind if isinstance(subject.type, ObjectOf) else None
        if kind is None:
            self._report_no_collection(subject.span)
            return None
        sign = self.kinds.lookup(kind, name.text)
        match sign:
            case RefSign(target, True, _, list_name):
                return c.Links(subject, name.text, LinkTo(target, (list_name,), backward=False))
            case BackSign(owner, lists):
                return c.Backs(subject, name.text, LinkTo(owner, lists, backward=True))
            case SetSign(member):
                return c.Members(subject, name.text, ObjectOf(member))
            case None:
                self.kinds.report_unknown(kind, name)
            case _:
                self._report_no_collection(name.span)
        return None

    def _report_no_collection(self, span: Span) -> None:
        self.findings.error(
            "GAI220", "this is no collection", span, notes=("members come from a list, a way back, a set or `every kind`",)
        )

    # ------------------------------------------------------------ gathering

    def _aggregate(self, aggregate: s.Aggregate, context: Context) -> c.Core:
        names = self.dotted(aggregate.function)
        function = names[0].text if names and len(names) == 1 else ""
        bindings: list[c.Binding] = []
        inner = context
        for generator in aggregate.generators:
            collection = self.collection(generator.collection, inner)
            if collection is None:
                return poisoned(aggregate.span)
            inner, variable = inner.bind(generator.name, collection.element)
            bindings.append(c.Binding(variable.slot, variable.name, collection))
        condition = self.truth(aggregate.condition, inner) if aggregate.condition else None
        if condition is not None:
            inner = inner.assume(assumed(condition))
        body = None if function == "count" else self.value(aggregate.body, inner)
        if (condition and is_poison(condition)) or (body and is_poison(body)):
            return poisoned(aggregate.span)
        return self.functions.gather(function, body, tuple(bindings), condition, aggregate.function.span, aggregate.span)

    # ------------------------------------------------------------ calls

    def _call(self, call: s.Call, context: Context) -> c.Core:
        names = self.dotted(call.function)
        function = names[0].text if names and len(names) == 1 else None
        if function == "hourly":
            return self.world.hourly(call, context)
        if function == "given" and len(call.arguments) == 1:
            operand = self.infer(call.arguments[0].value, context)
            return poisoned(call.span) if is_poison(operand) else c.Given(operand, TRUTH, call.span)
        if function is None:
            self.findings.error("GAI221", "this is no function", call.function.span)
            return poisoned(call.span)
        for argument in call.arguments:
            if argument.name is not None:
                self.findings.error("GAI222", f"`{function}` has no argument `{argument.name.text}`", argument.name.span)
                return poisoned(call.span)
        arguments = tuple(self.value(a.value, context) for a in call.arguments)
        return self.functions.apply(function, arguments, call.function.span, call.span)

    # ------------------------------------------------------------ operators

    def _unary(self, operator: str, operand: s.Expression, context: Context, span: Span) -> c.Core:
        if operator == "not":
            inner = self.truth(operand, context)
            return inner if is_poison(inner) else c.Negate(inner, TRUTH, span)
        core = self.value(operand, context)
        return core if is_poison(core) else self.operators.negate(core, span)

    def _binary(self, binary: s.Binary, context: Context) -> c.Core:
        operator, span = binary.operator, binary.span
        match operator:
            case "and" | "or":
                return self._logic(binary, context)
            case "in":
                return self._belongs(binary, context)
            case "??":
                return self._otherwise(binary, context)
            case "==" | "!=" if (choice := self._choice(binary, context)) is not None:
                return choice
            case "|" | "..":
                self.findings.error("GAI215", f"`{operator}` cannot stand in a formula", span)
                return poisoned(span)
            case _:
                left, right = self.value(binary.left, context), self.value(binary.right, context)
        match operator:
            case "+" | "-":
                return self.operators.add(operator, left, right, span)
            case "*":
                return self.operators.multiply(left, right, span)
            case "/":
                return self.operators.divide(left, right, span)
            case "^":
                return self.operators.raise_to(left, right, span)
            case _:
                return self.operators.compare(operator, left, right, span)

    def _logic(self, binary: s.Binary, context: Context) -> c.Core:
        left = self.truth(binary.left, context)
        known = assumed(left) if binary.operator == "and" else frozenset[str]()
        right = self.truth(binary.right, context.assume(known))
        if is_poison(left, right):
            return poisoned(binary.span)
        return c.Logic(binary.operator, left, right, TRUTH, binary.span)

    def _belongs(self, binary: s.Binary, context: Context) -> c.Core:
        item = self.value(binary.left, context)
        collection = self.collection(binary.right, context)
        if collection is None or is_poison(item):
            return poisoned(binary.span)
        if isinstance(collection.element, ObjectOf):
            item = self._as_object(item)
        if not isinstance(item.type, ObjectOf | LinkTo):
            self.findings.error("GAI220", "`in` asks whether an object belongs to a collection", item.span)
            return poisoned(binary.span)
        return c.Belongs(item, collection, TRUTH, binary.span)

    def _otherwise(self, binary: s.Binary, context: Context) -> c.Core:
        left = self.infer(binary.left, context)
        right = self.infer(binary.right, context)
        if is_poison(left, right):
            return poisoned(binary.span)
        if not may_be_unset(left):
            self.findings.error(
                "GAI223", "this is always set, `??` has nothing to do", left.span, labels=(Label(right.span, "never used"),)
            )
            return poisoned(binary.span)
        type_ = self.operators.unify(left, right, binary.span, "both sides of `??`")
        return c.Otherwise(left, right, type_, binary.span)

    def _conditional(self, conditional: s.Conditional, context: Context) -> c.Core:
        condition = self.truth(conditional.condition, context)
        first = self.value(conditional.first, context.assume(assumed(condition)))
        second = self.value(conditional.second, context.assume(refuted(condition)))
        if is_poison(condition, first, second):
            return poisoned(conditional.span)
        type_ = self.operators.unify(first, second, conditional.span, "both branches of `if`")
        return c.Choose(condition, first, second, type_, conditional.span)

    def _choice(self, binary: s.Binary, context: Context) -> c.Core | None:
        """A comparison of a choice with one of its words; None if this is none."""
        for attribute, word in ((binary.left, binary.right), (binary.right, binary.left)):
            if not isinstance(word, s.Reference) or not isinstance(attribute, s.Reference | s.Member):
                continue
            sign = self._choice_sign(attribute, context)
            if sign is None:
                continue
            left = self.value(attribute, context)
            if word.name in sign.words:
                right = c.Word(word.name, sign, word.span)
                return poisoned(binary.span) if is_poison(left) else c.Compare(binary.operator, left, right, TRUTH, binary.span)
            if context.kind and self.kinds.lookup(context.kind, word.name):
                return None
            self.report_word(s.Name(word.name, word.span), sign)
            return poisoned(binary.span)
        return None

    def _choice_sign(self, expression: s.Reference | s.Member, context: Context) -> Words | None:
        before = len(self.findings.items)
        mentioned = len(self.mentioned)
        core = self.infer(expression, context)
        del self.findings.items[before:]
        del self.mentioned[mentioned:]
        return core.type if isinstance(core.type, Words) and core.type.words else None

    def report_word(self, name: s.Name, choice: Words) -> None:
        """Say that a word is none of a choice."""
        near = suggest(name.text, choice.words)
        self.findings.error(
            "GAI119",
            f"`{name.text}` is none of {', '.join(f'`{w}`' for w in choice.words)}",
            name.span,
            fix=did_you_mean(near),
        )

    def _convert(self, operand: s.Expression, unit: s.Name, context: Context, span: Span) -> c.Core:
        core, known = self.value(operand, context), self.measures.unit(unit)
        if known is None or is_poison(core):
            return poisoned(span)
        measure = self.operators.want_number(core)
        if measure is None:
            return poisoned(span)
        if measure.dimension != known.dimension:
            system = self.measures.system
            self.findings.error(
                "GAI201",
                f"cannot show {system.describe(measure.dimension)} in `{unit.text}`",
                unit.span,
                label=system.describe(known.dimension),
                labels=(Label(core.span, self.measures.describe(measure)),),
                notes=(system.hint_difference(measure.dimension, known.dimension),),
            )
            return poisoned(span)
        return c.Adopt(core, measure, span, known)

    def _cast(self, operand: s.Expression, type_name: s.Name, context: Context, span: Span) -> c.Core:
        core, known = self.value(operand, context), self.measures.quantity_type(type_name)
        if known is None or is_poison(core):
            return poisoned(span)
        if core.type == EMPTINESS:
            return core
        measure = self.operators.want_number(core)
        if measure is None:
            return poisoned(span)
        if measure.dimension != known.dimension:
            describe = self.measures.system.describe
            self.findings.error(
                "GAI201",
                f"`as` changes the tag, not the dimension: this is {describe(measure.dimension)}",
                core.span,
                labels=(Label(type_name.span, describe(known.dimension)),),
            )
            return poisoned(span)
        return c.Adopt(core, Measure(measure.form, measure.dimension, known.tag), span)


def may_be_unset(core: c.Core) -> bool:
    """Say whether an expression may have no value: an optional input, or a path through an optional reference."""
    match core:
        case c.Read(optional=optional) | c.Follow(optional=optional):
            return optional
        case c.Otherwise(right=inner) | c.Adopt(operand=inner):
            return may_be_unset(inner)
        case _:
            return False


def path_key(core: c.Core) -> str | None:
    """A text that is equal for equal paths of references, to remember what is known to be set."""
    match core:
        case c.Variable(slot):
            return str(slot)
        case c.ObjectLiteral(path):
            return f"<{path}>"
        case c.Far(subject):
            head = path_key(subject)
            return f"{head}.object" if head else None
        case c.Follow(subject, ref):
            head = path_key(subject)
            return f"{head}.{ref}" if head else None
        case c.Read(subject, attribute, None):
            head = path_key(subject)
            return f"{head}.{attribute}" if head else None
        case _:
            return None


def assumed(condition: c.Core) -> frozenset[str]:
    """Paths that are set where a condition is true."""
    match condition:
        case c.Given(operand):
            return frozenset(prefixes(operand))
        case c.Logic("and", left, right):
            return assumed(left) | assumed(right)
        case c.Negate(operand):
            return refuted(operand)
        case _:
            return frozenset()


def refuted(condition: c.Core) -> frozenset[str]:
    """Paths that are set where a condition is false."""
    match condition:
        case c.Negate(operand):
            return assumed(operand)
        case c.Logic("or", left, right):
            return refuted(left) | refuted(right)
        case _:
            return frozenset()


def prefixes(core: c.Core) -> list[str]:
    """Keys of a path and of every path it runs through."""
    found: list[str] = []
    while isinstance(core, c.Follow | c.Read):
        key = path_key(core)
        if key:
            found.append(key)
        core = core.subject
    return found
