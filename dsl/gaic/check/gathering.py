"""Collections of members, and what is gathered over them."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.check.functions import Functions
from gaic.check.known import assumed
from gaic.check.operators import Operators, is_poison, poisoned
from gaic.check.signs import BackSign, RefSign, SetSign
from gaic.check.tables import Tables
from gaic.check.types import TRUTH, LinkTo, ObjectOf
from gaic.syntax import expressions as s
from gaic.syntax.paths import names_of

if TYPE_CHECKING:
    from gaic.check.context import Context
    from gaic.check.names import Desk
    from gaic.source.text import Span


class Gathering(Tables):
    """Collections, `in`, and `sum(... for x in ...)`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.operators = Operators(desk.measures, desk.findings)
        self.functions = Functions(self.operators)

    @abstractmethod
    def truth(self, expression: s.Expression, context: Context) -> c.Core:
        """An expression that must be true or false."""

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
            "GAI220",
            "this is no collection",
            span,
            notes=("members come from a list, a way back, a set or `every kind`",),
        )

    # ------------------------------------------------------------ gathering

    def _aggregate(self, aggregate: s.Aggregate, context: Context) -> c.Core:
        names = names_of(aggregate.function)
        function = names[0].text if names and len(names) == 1 else ""
        self.warn_of_hidden(aggregate.generators, context)
        bound = self.bind(aggregate.generators, context)
        if bound is None:
            return poisoned(aggregate.span)
        inner, bindings = bound
        condition = self.truth(aggregate.condition, inner) if aggregate.condition else None
        if condition is not None:
            inner = inner.assume(assumed(condition))
        body = None if function == "count" else self.value(aggregate.body, inner)
        if (condition and is_poison(condition)) or (body and is_poison(body)):
            return poisoned(aggregate.span)
        return self.functions.gather(function, body, bindings, condition, aggregate.function.span, aggregate.span)

    def _belongs(self, binary: s.Binary, context: Context) -> c.Core:
        item = self.value(binary.left, context)
        collection = self.collection(binary.right, context)
        if collection is None or is_poison(item):
            return poisoned(binary.span)
        same_list = (
            isinstance(collection.element, LinkTo)
            and isinstance(item.type, LinkTo)
            and self.share_links(collection.element, item.type)
        )
        if not same_list:
            item = self._as_object(item)
        if not isinstance(item.type, ObjectOf | LinkTo):
            self.findings.error("GAI220", "`in` asks whether an object belongs to a collection", item.span)
            return poisoned(binary.span)
        return c.Belongs(item, collection, TRUTH, binary.span)
