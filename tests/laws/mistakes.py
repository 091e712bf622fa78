"""Mistakes that can be put into any model: where each fits, what it changes, and the code of its message."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from gaic.parse.module import parse_module
from gaic.source.text import SourceFile, Span
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Field, Import, Input, Kind, Let, Object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.syntax.declarations import Item

OF_THE_LANGUAGE = frozenset({"study", "source", "shape", "criterion", "phase", "category"})
SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Mistake:
    """`new` instead of the characters from `start` to `end`; its message has this code and begins on that line."""

    name: str
    start: int
    end: int
    new: str
    code: str


def possible_mistakes(text: str) -> list[list[Mistake]]:
    """For each item of a text the mistakes that may be made in it, those without any left out."""
    module, faults = parse_module(SourceFile("model.gai", text))
    assert faults == ()
    known = _declared(module.items)
    found = [list(_mistakes(item, text, known)) for item in module.items]
    return [mistakes for mistakes in found if mistakes]


def _declared(items: tuple[Item, ...]) -> frozenset[str]:
    names = {item.name.text for item in items if isinstance(item, Object)}
    imported = {name.text for item in items if isinstance(item, Import) for name in item.names or ()}
    return frozenset(names | imported)


def misspelt(word: str) -> str:
    """A word without one of its inner letters."""
    middle = len(word) // 2
    return word[:middle] + word[middle + 1 :]


def _mistakes(item: Item, text: str, known: frozenset[str]) -> Iterator[Mistake]:
    if isinstance(item, Object | Let | Kind):
        for node in _nodes(item):
            yield from _in_value(node, shares=isinstance(item, Object) and item.kind.text == "shape")
    if isinstance(item, Kind):
        for entry in item.block.entries:
            if isinstance(entry, Input) and entry.within is not None:
                low, high = entry.within.low.span, entry.within.high.span
                yield Mistake("reversed range", low.start, high.end, f"{high.text} .. {low.text}", "GAI312")
    if isinstance(item, Object):
        yield from _in_object(item, text, known)


def _in_value(node: object, *, shares: bool) -> Iterator[Mistake]:
    match node:
        case s.Quantity(unit=unit):
            code = "GAI327" if shares and unit.text == "%" else "GAI121"
            yield Mistake("unknown unit", unit.span.start, unit.span.end, "zzq", code)
        case s.Sourced(source=s.Path(names=(name,))) if name.text != "hypothesis" and len(name.text) >= SHORTEST:
            yield Mistake("unknown source", name.span.start, name.span.end, misspelt(name.text), "GAI102")


def _in_object(item: Object, text: str, known: frozenset[str]) -> Iterator[Mistake]:
    structural = item.kind.text in OF_THE_LANGUAGE
    end = item.span.end
    if not structural:
        if len(item.kind.names) == 1 and len(item.kind.text) >= SHORTEST:
            name = misspelt(item.kind.text)
            yield Mistake("unknown kind", item.kind.span.start, item.kind.span.end, name, "GAI102")
        yield Mistake("declared twice", end, end, f"; network {item.name.text} {{}}", "GAI111")
    for entry in item.block.entries:
        if isinstance(entry, Field):
            yield from _in_field(entry, text, known, structural=structural)


def _in_field(entry: Field, text: str, known: frozenset[str], *, structural: bool) -> Iterator[Mistake]:
    name, value = entry.name, entry.value.span
    if text[value.end : value.end + 1] == "\n" and "\n" not in value.text:
        yield Mistake("missing value", value.start, value.end, "", "GAI002")
        sourced = isinstance(entry.value, s.Sourced)
        yield Mistake("open sum", value.end, value.end, " +", "GAI001" if sourced else "GAI002")
        yield Mistake("open bracket", value.start, value.start, "(", "GAI003")
    if name.text == "timezone" and isinstance(entry.value, s.Text):
        yield Mistake("unknown zone", value.start, value.end, '"Europe/Nowhere"', "GAI320")
    if structural:
        return
    if len(name.text) >= SHORTEST:
        yield Mistake("misspelt field", name.span.start, name.span.end, misspelt(name.text), "GAI112")
    bare = entry.value.value if isinstance(entry.value, s.Sourced) else entry.value
    if isinstance(bare, s.Quantity):
        yield Mistake("wrong dimension", bare.span.start, bare.span.end, "3 kg^7", "GAI201")
    if isinstance(bare, s.Reference) and bare.name in known and len(bare.name) >= SHORTEST:
        yield Mistake("unknown object", bare.span.start, bare.span.end, misspelt(bare.name), "GAI102")


def _nodes(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        for part in node:
            yield from _nodes(part)
    elif is_dataclass(node) and not isinstance(node, Span):
        yield node
        for part in fields(node):
            yield from _nodes(getattr(node, part.name))


def make_mistakes(text: str, mistakes: list[Mistake]) -> tuple[str, list[tuple[int, str]]]:
    """The text with all the mistakes, and line and code of each message, sorted."""
    made, shift = text, 0
    expected: list[tuple[int, str]] = []
    for mistake in sorted(mistakes, key=lambda each: each.start):
        start, end = mistake.start + shift, mistake.end + shift
        made = made[:start] + mistake.new + made[end:]
        shift += len(mistake.new) - (end - start)
        expected.append((made.count("\n", 0, start) + 1, mistake.code))
    return made, sorted(expected)
