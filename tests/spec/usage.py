"""What of the language the programs on the pages use: parts of the grammar, words, signs, calls."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING

from lark import UnexpectedInput

from gaic.parse.chunks import cut
from gaic.parse.module import parse_module
from gaic.parse.newlines import Excess, NewlineFilter
from gaic.parse.table import load_parser
from gaic.source.text import SourceFile
from gaic.syntax.expressions import Aggregate, Call, Reference
from tests.programs import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lark import Lark
    from lark.grammar import Rule


@dataclass(slots=True)
class Usage:
    """Rules of the grammar, tokens as (terminal, text), and names that are called, with how often each is."""

    rules: set[Rule] = field(default_factory=set)
    tokens: set[tuple[str, str]] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)


class Recorder:
    """Reads programs and keeps what they use."""

    def __init__(self) -> None:
        self._filter = NewlineFilter()
        self._parser: Lark = load_parser(self._filter, object())
        self._reduced: set[Rule] = set()
        callbacks = self._parser.parser.parser.parser.callbacks
        self.rules: tuple[Rule, ...] = tuple(callbacks)
        for rule in self.rules:
            callbacks[rule] = self._noting(rule)

    def _noting(self, rule: Rule) -> object:
        return lambda _children: self._reduced.add(rule)

    def read(self, program: str) -> Usage:
        """What the items of a program use that can be read."""
        usage = Usage()
        for text in sources(program):
            _, chunks = cut(text)
            for chunk in chunks:
                self._reduced.clear()
                self._filter.start_chunk()
                try:
                    self._parser.parse(text[chunk.start : chunk.end])
                except (UnexpectedInput, Excess):
                    continue
                usage.rules |= self._reduced
                usage.tokens |= {(token.type, str(token)) for token in self._filter.tokens}
            usage.calls |= set(_calls(parse_module(SourceFile("page.gai", text))[0]))
        return usage


def sources(program: str) -> Iterator[str]:
    """The texts of the `.gai` files of a program, each with a line end behind it."""
    pieces = HEADER.split(program)
    yield pieces[0] + "\n"
    for name, body in zip(pieces[1::3], pieces[3::3], strict=True):
        if name.endswith(".gai"):
            yield body + "\n"


def joined(usages: Iterable[Usage]) -> Usage:
    """All that several programs use."""
    whole = Usage()
    for usage in usages:
        whole.rules |= usage.rules
        whole.tokens |= usage.tokens
        whole.calls |= usage.calls
    return whole


def _calls(node: object) -> Iterator[str]:
    """The names that a tree calls."""
    if isinstance(node, Call | Aggregate) and isinstance(node.function, Reference):
        yield node.function.name
    if isinstance(node, tuple):
        for part in node:
            yield from _calls(part)
    elif is_dataclass(node) and not isinstance(node, SourceFile):
        for part in fields(node):
            yield from _calls(getattr(node, part.name))


def unused_parts(rules: Iterable[Rule], used: set[Rule]) -> list[str]:
    """Parts of the grammar that no program has: a symbol of a rule, and the rule without a symbol that is optional."""
    of_name: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        of_name[rule.alias or str(rule.origin.name)].append(rule)
    missing: list[str] = []
    for name, ways in of_name.items():
        expansions = [{symbol.name for symbol in rule.expansion} for rule in ways]
        taken = [{symbol.name for symbol in rule.expansion} for rule in ways if rule in used]
        every, needed = set[str]().union(*expansions), set(expansions[0]).intersection(*expansions)
        seen = set[str]().union(*taken)
        missing += [f"{name}: {symbol}" for symbol in sorted(every - seen)]
        missing += [
            f"{name} without {symbol}"
            for symbol in sorted((every & seen) - needed)
            if all(symbol in symbols for symbols in taken)
        ]
    return missing
