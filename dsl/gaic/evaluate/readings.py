"""What the parts of a derivation read, and where the names stand that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from gaic.evaluate.derivation import (
    Adoption,
    Calling,
    Choice,
    Fallback,
    Fixed,
    Gathering,
    Known,
    Negation,
    Operation,
    Reading,
    Setting,
    Thing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.evaluate.derivation import Derivation
    from gaic.source.text import Span


def list_readings(part: Derivation) -> Iterator[Reading | Setting]:
    """Every value that was read or asked for, in order of appearance."""
    match part:
        case Reading() | Setting():
            yield part
        case Fixed() | Thing() | Known():
            pass
        case Negation(_, operand) | Adoption(_, operand):
            yield from list_readings(operand)
        case Fallback(_, _, taken):
            yield from list_readings(taken)
        case Operation(_, left, right):
            yield from list_readings(left)
            if right is not None:
                yield from list_readings(right)
        case Choice(_, condition, _, taken):
            yield from list_readings(condition)
            yield from list_readings(taken)
        case Calling(_, arguments):
            for argument in arguments:
                yield from list_readings(argument)
        case Gathering(_, members):
            for member in members:
                for each in (member.condition, member.body):
                    if each is not None:
                        yield from list_readings(each)
        case _:
            assert_never(part)


def find_meanings(part: Derivation) -> dict[int, tuple[int, ...]]:
    """The values that each name stood for, by where the name ends in its file; each value once."""
    found: dict[int, dict[int, None]] = {}
    for reading in list_readings(part):
        if reading.node is not None:
            core = reading.core.operand if isinstance(reading, Setting) else reading.core
            found.setdefault(end_of_name(core.span), {})[reading.node] = None
    return {place: tuple(nodes) for place, nodes in found.items()}


def end_of_name(span: Span) -> int:
    """Where the name of an attribute ends: in front of the keys of a table."""
    text = span.text
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == "]") - (text[place] == "[")
        if depth == 0:
            return span.start + (place + 1 if text[place] != "[" else len(text[:place].rstrip()))
    return span.end
