"""Finds what the names in an expression stand for, without asking whether the expression is sound."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, assert_never

from gaic.check.names import LINK_PARTS
from gaic.check.provenance import HYPOTHESIS
from gaic.check.signs import AttributeSign
from gaic.check.symbols import STRUCTURAL
from gaic.check.types import Words
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Field, Object
from gaic.syntax.paths import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.check.kinds import KindTable
    from gaic.check.symbols import Symbol, Symbols
    from gaic.load.bundle import LoadedModule
    from gaic.source.text import Span


class Sort(Enum):
    """What a name can stand for."""

    ATTRIBUTE = "attribute"
    KIND = "kind"
    VALUE = "value"
    TYPE = "type"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for: `owner` is the kind of an attribute; `name` that of it, or a path, or a word."""

    sort: Sort
    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: its file, the kind it belongs to, and the kinds of what is bound around it."""

    module: LoadedModule
    kind: str | None = None
    bound: Mapping[str, str | None] = field(default_factory=dict)

    def bind(self, name: str, kind: str | None) -> Scope:
        """The scope behind a generator."""
        return replace(self, bound={**self.bound, name: kind})


class Meanings:
    """The meanings that were found, by the place of the name."""

    def __init__(self, symbols: Symbols, kinds: KindTable) -> None:
        self.symbols = symbols
        self.kinds = kinds
        self.found: dict[Span, Meaning] = {}
        self._read: dict[Meaning, None] = {}
        self._cited: dict[str, None] = {}

    def take(self) -> tuple[tuple[Meaning, ...], tuple[str, ...]]:
        """The attributes that were read and the sources that were cited since this was asked last."""
        taken = tuple(self._read), tuple(self._cited)
        self._read.clear()
        self._cited.clear()
        return taken

    # ---------------------------------------------------------------- single names

    def attribute(self, kind: str, name: s.Name) -> str | None:
        """Note an attribute or a reference of a kind; the kind that it leads to."""
        sign = self.kinds.lookup(kind, name.text)
        if sign is None:
            return None
        declared = self.kinds.kinds[kind].entries.get(name.text)
        # What only the children of an abstract kind have is explained where it is asked for.
        owner = declared.owner if declared is not None else kind
        meaning = self.found[name.span] = Meaning(Sort.ATTRIBUTE, owner, name.text)
        self._read[meaning] = None
        return None if isinstance(sign, AttributeSign) else sign.kind

    def kind(self, module: LoadedModule, path: s.Path) -> str | None:
        """Note the kind that a path names."""
        known = self.kinds.resolve(module, path)
        if known is not None:
            self.found[path.span] = self.found[path.names[-1].span] = Meaning(Sort.KIND, "", known)
        return known

    def type(self, name: s.Name) -> None:
        """Note a dimension or quantity."""
        self.found[name.span] = Meaning(Sort.TYPE, "", name.text)

    def value(self, module: LoadedModule, names: tuple[s.Name, ...]) -> tuple[str | None, int]:
        """Note the declaration that a path begins with: the kind of such an object, and how many names belong to it."""
        symbol, count = self.symbols.find_path(module, names, kind=False)
        if symbol is None:
            return None, 0
        self.found[names[count - 1].span] = Meaning(Sort.VALUE, "", symbol.path)
        return self._kind_of(symbol), count

    def source(self, module: LoadedModule, path: s.Path) -> None:
        """Note the source of a value."""
        if path.text == HYPOTHESIS:
            return
        symbol, count = self.symbols.find_path(module, path.names, kind=False)
        if symbol is not None and count == len(path.names):
            self.found[path.names[-1].span] = Meaning(Sort.VALUE, "", symbol.path)
            self._cited[symbol.path] = None

    def _kind_of(self, symbol: Symbol) -> str | None:
        declaration = symbol.declaration
        if not isinstance(declaration, Object) or declaration.kind.text in STRUCTURAL:
            return None
        return self.kinds.resolve(symbol.module, declaration.kind)

    # ---------------------------------------------------------------- expressions

    def note(self, expression: s.Expression | None, scope: Scope) -> str | None:  # noqa: C901 - one case per node
        """Note the meanings of all names in an expression; the kind of the objects that it leads to."""
        match expression:
            case s.Reference(text, span):
                return self._reference(s.Name(text, span), scope)
            case s.Member():
                return self._member(expression, scope)
            case s.Every(kind):
                return self.kind(scope.module, kind)
            case s.Call():
                return self._call(expression, scope)
            case s.Aggregate():
                self._aggregate(expression, scope)
            case s.Binary("==" | "!=", left, right):
                self._equality(left, right, scope)
            case s.Conditional(condition, first, second):
                self.note(condition, scope)
                return self.note(first, scope) or self.note(second, scope)
            case s.Sourced(value, source):
                if source is not None:
                    self.source(scope.module, source)
                return self.note(value, scope)
            case s.Cast(operand, type_):
                self.type(type_)
                self.note(operand, scope)
            case s.Amend(base, block):
                self.note(base, scope)
                for entry in block.entries:
                    if isinstance(entry, Field):
                        self.note(entry.value, replace(scope, kind=None))
            case s.Unary() | s.Convert() | s.Index() | s.Binary() | s.Spread() | s.ListLiteral() | s.Table():
                for part in _operands(expression):
                    self.note(part, scope)
            case None | s.Number() | s.Quantity() | s.Numbers() | s.Text() | s.Truth() | s.Nothing():
                pass
            case s.Date() | s.ClockTime():
                pass
            case _:
                assert_never(expression)
        return None

    def _reference(self, name: s.Name, scope: Scope) -> str | None:
        if name.text in scope.bound:
            return scope.bound[name.text]
        if name.text == "self":
            return scope.kind
        if scope.kind is not None and self.kinds.lookup(scope.kind, name.text) is not None:
            return self.attribute(scope.kind, name)
        return self.value(scope.module, (name,))[0]

    def _member(self, member: s.Member, scope: Scope) -> str | None:
        names = names_of(member)
        is_path = names is not None and names[0].text not in scope.bound and names[0].text != "self"
        if names is not None and is_path and not (scope.kind and self.kinds.lookup(scope.kind, names[0].text)):
            kind, count = self.value(scope.module, names)
            for name in names[count:] if count else ():
                kind = self.attribute(kind, name) if kind is not None else None
            return kind
        subject = self.note(member.subject, scope)
        if subject is None or (member.name.text in LINK_PARTS and not self._declares(subject, member.name.text)):
            return None
        return subject if member.name.text == "object" else self.attribute(subject, member.name)

    def _declares(self, kind: str, name: str) -> bool:
        return self.kinds.lookup(kind, name) is not None

    def _function(self, function: s.Expression) -> str:
        if not isinstance(function, s.Reference):
            return ""
        self.found[function.span] = Meaning(Sort.FUNCTION, "", function.name)
        return function.name

    def _call(self, call: s.Call, scope: Scope) -> str | None:
        function = self._function(call.function)
        kinds = [self.note(argument.value, scope) for argument in call.arguments]
        return kinds[0] if function == "before" and kinds else None

    def _aggregate(self, aggregate: s.Aggregate, scope: Scope) -> None:
        self._function(aggregate.function)
        inner = self.bind(aggregate.generators, scope)
        self.note(aggregate.condition, inner)
        self.note(aggregate.body, inner)

    def bind(self, generators: tuple[s.Generator, ...], scope: Scope) -> Scope:
        """The scope behind generators, each of which sees those before it."""
        for generator in generators:
            scope = scope.bind(generator.name.text, self.note(generator.collection, scope))
        return scope

    def _equality(self, left: s.Expression, right: s.Expression, scope: Scope) -> None:
        """Either side may be a word of the choice on the other side, which stands for nothing else."""
        if not self._is_word(left, right, scope):
            self.note(left, scope)
        if not self._is_word(right, left, scope):
            self.note(right, scope)

    def _is_word(self, word: s.Expression, choice: s.Expression, scope: Scope) -> bool:
        if not isinstance(word, s.Reference) or names_of(choice) is None:
            return False
        self.note(choice, scope)
        match choice:
            case s.Reference(_, span) | s.Member(name=s.Name(_, span)):
                meaning = self.found.get(span)
            case _:
                meaning = None
        if meaning is None or meaning.sort is not Sort.ATTRIBUTE:
            return False
        sign = self.kinds.lookup(meaning.owner, meaning.name)
        return isinstance(sign, AttributeSign) and isinstance(sign.type, Words) and word.name in sign.type.words


def _operands(
    expression: s.Unary | s.Convert | s.Index | s.Binary | s.Spread | s.ListLiteral | s.Table,
) -> tuple[s.Expression, ...]:
    """The parts of an expression that stand in its own scope, left to right."""
    match expression:
        case s.Unary(_, operand) | s.Convert(operand):
            return (operand,)
        case s.Index(subject, keys):
            return subject, *keys
        case s.Binary(_, left, right) | s.Spread(_, left, right):
            return left, right
        case s.ListLiteral(items):
            return items
        case s.Table(rows):
            return tuple(part for row in rows for part in (row.key, row.value))
        case _:
            assert_never(expression)
