"""The numbers that a model is made from: where each stands in a text, who uses it, and how to change it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, cast

from gaic.check import core as c
from gaic.check.naked import is_neutral
from gaic.check.program import Role
from gaic.check.provenance import find_sourced
from gaic.lower.names import PSEUDO
from gaic.lower.walk import parts_of
from gaic.source.text import Origin
from gaic.units.series import scale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from gaic.check.program import Bounds, Formula
    from gaic.evaluate.ledger import Ledger
    from gaic.lower.graph import Piece
    from gaic.source.text import Span

    Given = c.Literal | c.Hours

LEADING_NUMBER = re.compile(r"[+-]?[0-9][0-9_]*(?:\.[0-9_]+)?(?:[eE][+-]?[0-9]+)?")


class Standing(Enum):
    """How a number comes into the model."""

    GIVEN = "given"
    """An object of the project sets it, or a declaration of the project is it."""
    CATALOGUE = "catalogue"
    """An object of the library sets it, which the model refers to."""
    DEFAULT = "default"
    """No object sets it: the kind's own value of an input."""
    CONSTANT = "constant"
    """Part of the method: a constant that formulas read and nobody can set."""


@dataclass(frozen=True, slots=True)
class Use:
    """An object that uses a number in an input: number of the object, name of the input."""

    entity: int
    input: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number enters: a node, the object that it belongs to, its formula and the number in it."""

    node: int
    entity: int
    piece: Piece
    given: Given


@dataclass(frozen=True, slots=True)
class Factor:
    """One number of a text, or one series as a whole, that enters the model at some nodes.

    `uses` are the inputs of objects that it gives a value to; a constant that defaults read stands for those defaults.
    `within` is the allowed range of the number in root units, where it is a value of its own. `formula` is what it
    stands in, with its source.
    """

    standing: Standing
    formula: Formula
    span: Span
    uses: tuple[Use, ...]
    value: float | None
    within: Bounds | None
    places: tuple[Place, ...]

    @property
    def nodes(self) -> tuple[int, ...]:
        """The nodes whose formulas hold the number."""
        return tuple(sorted({place.node for place in self.places}))

    def within_object(self, entity: int) -> Factor:
        """The same number as far as it belongs to one object."""
        places = tuple(place for place in self.places if place.entity == entity)
        return replace(self, uses=tuple(use for use in self.uses if use.entity == entity), places=places)

    def changed(self, ratio: float) -> dict[int, Piece]:
        """The formulas that its nodes run when it is so many times as large."""
        made: dict[int, Piece] = {}
        pieces: dict[tuple[int, int], Piece] = {}
        for place in self.places:
            key = (id(place.piece), id(place.given))
            if key not in pieces:
                formula = place.piece.formula
                core = substitute(formula.core, place.given, _times(place.given, ratio))
                pieces[key] = replace(place.piece, formula=replace(formula, core=core))
            made[place.node] = pieces[key]
        return made


def _times(given: Given, ratio: float) -> Given:
    if isinstance(given, c.Literal):
        return replace(given, value=given.value * ratio)
    return given if given.series is None else replace(given, series=scale(given.series, ratio))


def substitute(core: c.Core, old: c.Core, new: c.Core) -> c.Core:
    """An expression with one of its parts replaced, wherever that very part occurs."""
    return cast("c.Core", _substitute(core, old, new))


def _substitute(part: object, old: c.Core, new: c.Core) -> object:
    if part is old:
        return new
    if isinstance(part, tuple):
        return tuple(_substitute(each, old, new) for each in part)
    if not is_dataclass(part) or isinstance(part, type) or not type(part).__module__.startswith(c.__name__):
        return part
    changed = {f.name: _substitute(getattr(part, f.name), old, new) for f in fields(part)}
    if all(value is getattr(part, name) for name, value in changed.items()):
        return part
    return cast("object", replace(part, **changed))


# ---------------------------------------------------------------- finding


def find_factors(ledger: Ledger, wanted: AbstractSet[int]) -> tuple[Factor, ...]:
    """The numbers that stand in inputs and constants at `wanted` nodes, by place in the texts.

    A number that several objects share, because they take one default or extend one object, is one factor. Weights of
    links, words of a choice and dates are none.
    """
    found: dict[Span, list[Place]] = {}
    for column in ledger.graph.columns:
        if column.attribute.role is Role.CALCULATED:
            continue
        for piece in column.pieces:
            rows = [row for row in piece.rows.tolist() if column.first + row in wanted]
            for given in _numbers_in(piece.formula) if rows else ():
                places = (Place(column.first + row, int(column.objects[row]), piece, given) for row in rows)
                found.setdefault(given.span, []).extend(places)
    factors = (_make_factor(ledger, span, tuple(places)) for span, places in found.items())
    return tuple(sorted(factors, key=lambda factor: (factor.span.file.name, factor.span.start)))


def _numbers_in(formula: Formula) -> Iterator[Given]:
    """The numbers of a formula that are its whole value, have a source, or do more than write it down."""
    core = strip(formula.core)
    if isinstance(core, c.Literal | c.Hours):
        yield core
        return
    sourced = [each.span for each in find_sourced(formula.written)]
    exponents = {id(p.right) for p in parts_of(core) if isinstance(p, c.Arithmetic) and p.operator == "^"}
    for part in parts_of(core):
        if isinstance(part, c.Hours):
            yield part
        elif isinstance(part, c.Literal) and id(part) not in exponents:
            inside = any(s.start <= part.span.start and part.span.end <= s.end for s in sourced)
            if inside or not _is_neutral(part):
                yield part


def strip(core: c.Core) -> c.Core:
    """The expression inside a change of tag or unit."""
    while isinstance(core, c.Adopt):
        core = core.operand
    return core


def has_range(piece: Piece | None) -> bool:
    """Say whether a formula is a number with a stated range."""
    core = strip(piece.formula.core) if piece is not None else None
    return isinstance(core, c.Literal) and core.range is not None


def _is_neutral(literal: c.Literal) -> bool:
    """Say whether a number only writes a formula down: 0, one of a unit, a power of ten without a unit."""
    found = LEADING_NUMBER.match(literal.text)
    if literal.range is not None or found is None:
        return False
    number = float(found[0])
    bare = not literal.text[found.end() :].strip()
    return number in (0.0, 1.0) or (bare and is_neutral(number))


def _make_factor(ledger: Ledger, span: Span, places: tuple[Place, ...]) -> Factor:
    first = places[0]
    attribute = ledger.graph.column_of(first.node).attribute
    alone = isinstance(first.given, c.Literal) and strip(first.piece.formula.core) is first.given
    standing, uses = _stand(ledger, places)
    return Factor(
        standing=standing,
        formula=first.piece.formula,
        span=span,
        uses=uses,
        value=first.given.value if isinstance(first.given, c.Literal) else None,
        within=attribute.within if alone else None,
        places=places,
    )


def _stand(ledger: Ledger, places: tuple[Place, ...]) -> tuple[Standing, tuple[Use, ...]]:
    """How a number comes in, and by which inputs of which objects."""
    first = places[0]
    column = ledger.graph.column_of(first.node)
    uses = tuple(dict.fromkeys(_use(ledger, place.node) for place in places))
    if first.given.span.file.origin is not Origin.LIBRARY:
        return Standing.GIVEN, uses
    if column.attribute.role is Role.INPUT and not first.piece.given:
        return Standing.DEFAULT, uses
    if column.attribute.role is not Role.CONSTANT and ledger.program.kinds[column.kind].shown not in PSEUDO:
        return Standing.CATALOGUE, uses
    readers = [reader for place in places for reader in ledger.used_by(place.node)]
    if readers and all(_is_default(ledger, reader) for reader in readers):
        return Standing.DEFAULT, tuple(dict.fromkeys(_use(ledger, reader) for reader in readers))
    chosen = any(ledger.graph.column_of(reader).attribute.role is Role.INPUT for reader in readers)
    return (Standing.CATALOGUE if chosen else Standing.CONSTANT), uses


def _use(ledger: Ledger, node: int) -> Use:
    column = ledger.graph.column_of(node)
    return Use(int(column.objects[node - column.first]), column.attribute.name)


def _is_default(ledger: Ledger, node: int) -> bool:
    """Say whether a value is an input that its object does not set."""
    piece = ledger.run.pieces.piece(node)
    return ledger.graph.column_of(node).attribute.role is Role.INPUT and piece is not None and not piece.given
