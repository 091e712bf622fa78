"""Short ways to read a text and to look at the tree."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from gaic.parse import Limits, parse_module
from gaic.source.text import SourceFile, Span
from gaic.syntax.declarations import Let

if TYPE_CHECKING:
    from gaic.source.diagnostic import Diagnostic
    from gaic.syntax.declarations import Item, Module
    from gaic.syntax.expressions import Expression


def read(text: str, limits: Limits | None = None) -> tuple[Module, tuple[Diagnostic, ...]]:
    """The tree and the diagnostics of a text."""
    return parse_module(SourceFile("a.gai", text), limits or Limits())


def module(text: str, limits: Limits | None = None) -> Module:
    """The tree of a text without mistakes."""
    result, diagnostics = read(text, limits)
    assert diagnostics == ()
    return result


def item(text: str, limits: Limits | None = None) -> Item:
    """The only item of a text."""
    (only,) = module(text, limits).items
    return only


def value(text: str, limits: Limits | None = None) -> Expression:
    """The tree of a value."""
    constant = item(f"let x = {text}\n", limits)
    assert isinstance(constant, Let)
    return constant.value


def told(text: str, limits: Limits | None = None) -> list[str]:
    """The diagnostics of a text, one line each: place, code, message and help."""
    lines = []
    for diagnostic in read(text, limits)[1]:
        assert diagnostic.span is not None
        place = f"{diagnostic.span.line}:{diagnostic.span.column}"
        help_ = f" | {diagnostic.help}" if diagnostic.help else ""
        lines.append(f"{place} {diagnostic.code} {diagnostic.message}{help_}")
    return lines


def bare(node: object) -> object:
    """A tree without places, as nested tuples: equal for texts that mean the same."""
    if is_dataclass(node):
        parts = ((field.name, bare(getattr(node, field.name))) for field in fields(node) if field.name != "span")
        return (type(node).__name__, *parts)
    if isinstance(node, tuple):
        return tuple(bare(part) for part in node)
    return node


def places(node: object) -> list[str]:
    """The text of every node of a tree, outer ones first."""
    found: list[str] = []
    if is_dataclass(node) and not isinstance(node, (Span, SourceFile)):
        span = getattr(node, "span", None)
        if isinstance(span, Span):
            found.append(span.text)
        for field in fields(node):
            found.extend(places(getattr(node, field.name)))
    elif isinstance(node, tuple):
        for part in node:
            found.extend(places(part))
    return found
