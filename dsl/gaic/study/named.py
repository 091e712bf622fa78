"""Which values a model names, so that they deserve to be asked more about than others.

A calculated value is named if a text of the project has its formula (an own `calc`, a `let`, what the study delivers)
or reads it in a formula or in an assertion at top level, or if its object is a sum over everything: one of whose
formulas gathers `every` object of a kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check import core as c
from gaic.check.program import Role
from gaic.check.types import Measure
from gaic.evaluate.tracer import read_conditions
from gaic.lower.names import PSEUDO
from gaic.lower.walk import parts_of
from gaic.source.text import Origin
from gaic.study.inputs import STUDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.check.program import Formula
    from gaic.evaluate.ledger import Ledger

MOST_NAMED = 200
"""Values that count as named; of more, those that come first."""


def find_named(ledger: Ledger) -> tuple[int, ...]:
    """The numbers and series that a model names, by number of their node."""
    found = set(_find_declared(ledger)) | set(_find_sums(ledger))
    found.update(read_conditions(ledger.run, (promise.condition for promise in ledger.program.promises)))
    named = (node for node in sorted(found) if _is_calculated(ledger, node) and _is_number(ledger, node))
    return tuple(node for node, _ in zip(named, range(MOST_NAMED), strict=False))


def _find_declared(ledger: Ledger) -> Iterator[int]:
    """Values with a formula in the project, and what those formulas read."""
    for column in ledger.graph.columns:
        for piece in column.pieces:
            if piece.formula.span.file.origin is Origin.LIBRARY or not _has_reads(piece.formula):
                continue
            for row in piece.rows.tolist():
                yield column.first + row
                yield from ledger.depends_on(column.first + row)


def _find_sums(ledger: Ledger) -> Iterator[int]:
    """The values of objects with a formula that gathers every object of a kind."""
    columns = [column for column in ledger.graph.columns if any(_sums_up(p.formula) for p in column.pieces)]
    owners = {owner for column in columns for owner in column.objects.tolist()}
    for column in ledger.graph.columns:
        for row, owner in enumerate(column.objects.tolist()):
            if owner in owners:
                yield column.first + row


def _sums_up(formula: Formula) -> bool:
    return any(
        isinstance(part, c.Gather) and any(isinstance(each.collection, c.Everything) for each in part.bindings)
        for part in parts_of(formula.core)
    )


def _has_reads(formula: Formula) -> bool:
    return any(isinstance(part, c.Read) for part in parts_of(formula.core))


def _is_calculated(ledger: Ledger, node: int) -> bool:
    """Say whether a value is made from others: by its kind, or as a constant or a field of the study."""
    column = ledger.graph.column_of(node)
    if column.attribute.role is Role.CALCULATED:
        return True
    kind = ledger.program.kinds[column.kind].shown
    return (kind in PSEUDO or kind == STUDY) and bool(ledger.depends_on(node))


def _is_number(ledger: Ledger, node: int) -> bool:
    type_ = ledger.graph.column_of(node).attribute.type
    return isinstance(type_, Measure) and not type_.is_week
