"""Which defaults the objects of a model use, without evaluating it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.core import Hours, Literal, TruthLiteral, Word
from gaic.check.program import Role
from gaic.evaluate.accounts import written_text
from gaic.report.terminal import INDENT, Paint, align_columns
from gaic.report.words import make_visible
from gaic.source.text import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.check.program import Entity, Program
    from gaic.source.text import Span


LONGEST = 40
"""Characters of a cell; a week written out, a long formula or title is cut."""


@dataclass(frozen=True, slots=True)
class UsedDefault:
    """An input that an object does not set, with the value or formula of its kind, and where that is written."""

    input: str
    value: str
    source: str
    confidence: str
    span: Span


@dataclass(frozen=True, slots=True)
class DefaultsOf:
    """The defaults that one object uses, in the order of its kind."""

    object: str
    kind: str
    span: Span
    used: tuple[UsedDefault, ...]


def list_defaults(program: Program) -> tuple[DefaultsOf, ...]:
    """The objects that leave inputs to their defaults: those of the project by place, then those of the library.

    An optional input without a default that is not set has no value, and is not listed.
    """
    found = (
        DefaultsOf(entity.path, program.kinds[entity.kind].shown, entity.span, tuple(_used_by(program, entity)))
        for entity in sorted(program.entities, key=lambda e: e.span.file.origin is Origin.LIBRARY)
    )
    return tuple(each for each in found if each.used)


def _used_by(program: Program, entity: Entity) -> Iterator[UsedDefault]:
    for attribute in program.kinds[entity.kind].attributes.values():
        formula = attribute.formula
        if attribute.role is Role.INPUT and formula is not None and attribute.name not in entity.inputs:
            value = written_text(formula.written)
            given = isinstance(formula.core, Literal | Word | TruthLiteral | Hours) or formula.provenance.source
            source = name_source(program, formula.provenance.source) if given else "calculated"
            yield UsedDefault(attribute.name, value, source, formula.provenance.confidence or "", formula.span)


def name_source(program: Program, path: str | None) -> str:
    """The title of a source; "none" for a value without one."""
    declared = program.declared.get(path) if path is not None else None
    return declared.label or declared.path if declared is not None else path or "none"


def render_used_defaults(program: Program, *, colour: bool = False) -> str:
    """The defaults that each object uses, for a terminal; empty if all inputs are set."""
    paint = Paint(colour)
    return "\n".join(_write_object(each, paint) for each in list_defaults(program))


def _write_object(each: DefaultsOf, paint: Paint) -> str:
    head = f"{paint('strong', make_visible(each.object))} ({each.kind}), {_name_place(each.span)}, uses the defaults:"
    rows = [
        [used.input, shorten(used.value), shorten(used.source), used.confidence, _name_place(used.span)]
        for used in each.used
    ]
    return "\n".join([head, *(INDENT + line for line in align_columns(rows))]) + "\n"


def shorten(text: str) -> str:
    """A cell of a table: on one line, cut where it is long, with nothing hidden in it."""
    line = make_visible(" ".join(text.split()))
    return line if len(line) <= LONGEST else line[: LONGEST - 3].rstrip() + "..."


def _name_place(span: Span) -> str:
    line, column = span.file.locate(span.start)
    return f"{make_visible(span.file.name)}:{line}:{column}"
