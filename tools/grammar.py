"""Grammars as values: read from the notation of `grammar.lark`, simplified for a reader, written as EBNF.

One notation is read, that of Lark, which the page of the reference shares: `"word"`, `NAME`, `rule`, `a b`, `a | b`,
`( )`, `[ ]`, and `?`, `*`, `+` behind what they repeat. A rule begins in column 1, with `:` or `=` behind its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Literal:
    """A word or sign, written as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """A class of words, such as NAME."""

    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """Another rule."""

    name: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One behind the other; empty for nothing."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """There or not."""

    node: Node


@dataclass(frozen=True, slots=True)
class Many:
    """Several times, at least `least` (0 or 1)."""

    node: Node
    least: int


class GrammarError(Exception):
    """A grammar is not of the form that the page knows: the names or signs that do not fit."""

    def __init__(self, *names: str) -> None:
        super().__init__(f"does not fit the page: {', '.join(names)}")


Node = Literal | Token | Part | Sequence | Choice | Maybe | Many
Grammar = dict[str, Node]

_NOTHING = Sequence(())
_RULE = re.compile(r"^\??(?P<name>[a-z_]\w*)\s*[:=](?P<body>.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_COMMENT = re.compile(r"//[^\n]*")
_SIGN = re.compile(r'\s*(?P<sign>"(?:\\.|[^"\\])*"|->|[A-Za-z_]\w*|[|()\[\]?*+])')


# ------------------------------------------------------------------------------------------------ reading


def read_grammar(text: str) -> Grammar:
    """The rules of a text; terminals, which begin with a capital letter, are left out."""
    plain = _COMMENT.sub("", text)
    return {found["name"]: _Reader(found["body"]).whole() for found in _RULE.finditer(plain)}


class _Reader:
    """Reads the body of one rule, from left to right."""

    def __init__(self, body: str) -> None:
        self._signs = list(_signs(body))
        self._place = 0

    def whole(self) -> Node:
        node = self._choice()
        if self._next() is not None:
            raise GrammarError(*self._signs[self._place :])
        return node

    def _next(self) -> str | None:
        return self._signs[self._place] if self._place < len(self._signs) else None

    def _take(self) -> str:
        self._place += 1
        return self._signs[self._place - 1]

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self._next() == "|":
            self._take()
            options.append(self._sequence())
        return choice(options)

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while (sign := self._next()) is not None and sign not in "|)]":
            if sign == "->":  # the name of the node, which no reader of the language needs
                self._take()
                self._take()
            else:
                parts.append(self._repeated())
        return sequence(parts)

    def _repeated(self) -> Node:
        node = self._atom()
        while (sign := self._next()) in {"?", "*", "+"}:
            self._take()
            node = maybe(node) if sign == "?" else Many(node, 1 if sign == "+" else 0)
        return node

    def _atom(self) -> Node:
        sign = self._take()
        if sign in "([":
            inner = self._choice()
            self._take()
            return maybe(inner) if sign == "[" else inner
        if sign.startswith('"'):
            return Literal(sign[1:-1].replace('\\"', '"').replace("\\\\", "\\"))
        return Token(sign) if sign.isupper() else Part(sign)


def _signs(body: str) -> Iterator[str]:
    place = 0
    while body[place:].strip():
        found = _SIGN.match(body, place)
        if found is None:
            raise GrammarError(body[place:])
        yield found["sign"]
        place = found.end()


# ------------------------------------------------------------------------------------------------ making


def sequence(parts: Iterable[Node]) -> Node:
    """Parts one behind the other, without sequences in sequences."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Sequence) else (part,))
    return flat[0] if len(flat) == 1 else Sequence(tuple(flat))


def choice(options: Iterable[Node]) -> Node:
    """One of several, without choices in choices; an empty one makes all of them optional."""
    flat: list[Node] = []
    optional = False
    for option in options:
        inner = option.node if isinstance(option, Maybe) else option
        optional |= isinstance(option, Maybe) or option == _NOTHING
        flat.extend(inner.options if isinstance(inner, Choice) else () if inner == _NOTHING else (inner,))
    unique = tuple(dict.fromkeys(flat))
    node = unique[0] if len(unique) == 1 else Choice(unique)
    return maybe(node) if optional else node


def maybe(node: Node) -> Node:
    """There or not, written in the shortest way."""
    match node:
        case Maybe() | Many(least=0) | Sequence(()):
            return node
        case Many(inner):
            return Many(inner, 0)
        case _:
            return Maybe(node)


def replaced(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """A node in which `change` has taken the place of parts, the inner ones first; None keeps a part."""
    match node:
        case Sequence(parts):
            node = sequence(replaced(part, change) for part in parts)
        case Choice(options):
            node = choice(replaced(option, change) for option in options)
        case Maybe(inner):
            node = maybe(replaced(inner, change))
        case Many(inner, least):
            node = Many(replaced(inner, change), least)
        case Literal() | Token() | Part():
            pass
        case _:
            assert_never(node)
    return change(node) or node


def leaves(node: Node) -> Iterator[Literal | Token | Part]:
    """The words, classes of words and rules in a node, in order."""
    match node:
        case Sequence(inner) | Choice(inner):
            for part in inner:
                yield from leaves(part)
        case Maybe(only) | Many(only):
            yield from leaves(only)
        case _:
            yield node


# ------------------------------------------------------------------------------------------------ simplifying


def simplified(grammar: Grammar, inlined: Iterable[str]) -> Grammar:
    """The same language with fewer and shorter rules: helpers put in their place, left recursion as repetition."""
    rules = {name: _unrolled(name, node) for name, node in grammar.items()}
    for helper in inlined:
        rules = _inlined(rules, helper)
    return {name: replaced(node, _factored) for name, node in rules.items()}


def _inlined(rules: Grammar, helper: str) -> Grammar:
    """The rules with one of them in all places where it is used."""

    def put(part: Node) -> Node | None:
        return rules[helper] if part == Part(helper) else None

    return {name: replaced(node, put) for name, node in rules.items() if name != helper}


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, Sequence) else (node,)


def _unrolled(name: str, node: Node) -> Node:
    """`a: b | a c` as `b c*`."""
    if not isinstance(node, Choice):
        return node
    again = [option for option in node.options if _parts(option)[0] == Part(name)]
    if not again:
        return node
    others = [option for option in node.options if option not in again]
    return sequence([choice(others), Many(choice(sequence(_parts(option)[1:]) for option in again), 0)])


def _factored(node: Node) -> Node | None:
    """`a b | a c` as `a (b | c)`, `b a | c a` as `(b | c) a`, `a | a b` as `a [b]`; for neighbours that begin alike."""
    if not isinstance(node, Choice):
        return None
    groups: list[list[tuple[Node, ...]]] = []
    for parts in map(_parts, node.options):
        if groups and groups[-1][0][0] == parts[0]:
            groups[-1].append(parts)
        else:
            groups.append([parts])
    if _ends_all(node):
        return _joined([_parts(option) for option in node.options])
    return choice(map(_joined, groups)) if len(groups) < len(node.options) else None


def _ends_all(node: Choice) -> bool:
    """Whether all options end alike."""
    return len({_parts(option)[-1] for option in node.options}) == 1


def _joined(options: list[tuple[Node, ...]]) -> Node:
    """Options with what they all begin with in front of them, and what they all end with behind."""
    if len(options) == 1:
        return sequence(options[0])
    shortest = min(map(len, options))
    front = next((k for k in range(shortest) if len({o[k] for o in options}) > 1), shortest)
    rests = [o[front:] for o in options]
    shortest = min(map(len, rests))
    back = next((k for k in range(shortest) if len({r[-1 - k] for r in rests}) > 1), shortest)
    middle = choice(sequence(r[: len(r) - back]) for r in rests)
    return sequence([*options[0][:front], replaced(middle, _factored), *rests[0][len(rests[0]) - back :]])


def with_part(grammar: Grammar, name: str, part: str) -> Grammar:
    """What is repeated in a rule, as a rule of its own behind it."""
    found: list[Node] = []

    def cut(node: Node) -> Node | None:
        if not isinstance(node, Many) or isinstance(node.node, Part):
            return None
        found.append(node.node)
        return Many(Part(part), node.least)

    shorter = replaced(grammar[name], cut)
    rules: Grammar = {}
    for rule, node in grammar.items():
        rules |= {name: shorter, part: found[-1]} if rule == name else {rule: node}
    return rules


# ------------------------------------------------------------------------------------------------ writing


def written(node: Node) -> str:
    """A node in EBNF, on one line."""
    match node:
        case Literal(text):
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case Token(name) | Part(name):
            return name
        case Sequence(parts):
            return " ".join(f"({written(part)})" if isinstance(part, Choice) else written(part) for part in parts)
        case Choice(options):
            return " | ".join(map(written, options))
        case Maybe(inner):
            return f"[{written(inner)}]"
        case Many(inner, least):
            text = f"({written(inner)})" if isinstance(inner, Choice | Sequence) else written(inner)
            return text + ("+" if least else "*")
        case _:
            assert_never(node)


def written_rule(name: str, node: Node, column: int = 0, width: int = 110) -> str:
    """A rule in EBNF with `=` in a column; a choice that is too long for a line has an option on each."""
    head = f"{name:<{column}} ="
    line = f"{head} {written(node)}"
    if len(line) <= width or not isinstance(node, Choice):
        return line
    return f"{head} " + f"\n{' ' * (len(head) - 1)}| ".join(map(written, node.options))
