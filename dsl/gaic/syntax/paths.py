"""Dotted paths in expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.syntax.expressions import Member, Name, Reference

if TYPE_CHECKING:
    from gaic.syntax.expressions import Expression


def names_of(expression: Expression | None) -> tuple[Name, ...] | None:
    """The names of `a.b.c`, None for anything else."""
    match expression:
        case Reference(name, span):
            return (Name(name, span),)
        case Member(subject, name):
            head = names_of(subject)
            return (*head, name) if head else None
        case _:
            return None
