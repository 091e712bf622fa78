"""Walks over checked expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.lower.structure import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def parts_of(core: c.Core) -> Iterator[c.Core]:
    """An expression and everything in it, outermost first, left to right."""
    yield core
    match core:
        case c.Far(subject) | c.Follow(subject) | c.LinkPart(subject):
            yield from parts_of(subject)
        case c.Read(subject, _, keys):
            for part in (subject, *keys):
                yield from parts_of(part)
        case c.Negate(inner) | c.Given(inner) | c.Adopt(inner):
            yield from parts_of(inner)
        case (
            c.Arithmetic(_, left, right)
            | c.Compare(_, left, right)
            | c.Logic(_, left, right)
            | c.Otherwise(left, right)
        ):
            yield from parts_of(left)
            yield from parts_of(right)
        case c.Belongs(item, collection):
            yield from parts_of(item)
            yield from _collection_parts(collection)
        case c.Choose(condition, first, second):
            yield from parts_of(condition)
            yield from parts_of(first)
            yield from parts_of(second)
        case c.Apply(_, arguments):
            for argument in arguments:
                yield from parts_of(argument)
        case c.Gather(_, body, bindings, condition):
            for binding in bindings:
                yield from _collection_parts(binding.collection)
            if condition is not None:
                yield from parts_of(condition)
            if body is not None:
                yield from parts_of(body)
        case _:
            return


def _collection_parts(collection: c.Collection) -> Iterator[c.Core]:
    subject = subject_of(collection)
    if subject is not None:
        yield from parts_of(subject)
