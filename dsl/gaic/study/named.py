"""Which values a model names, so that they deserve to be asked more about than others.

A calculated value is named if a text of the project has its formula (an own `calc`, a `let`, what the study delivers)
or reads it in a formula or in an assertion at top level, or if it is a total: no table, and of an object that adds up
what counts over `every` object of a kind.
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
    from collections.abc import Set as AbstractSet

    from gaic.check.program import Formula
    from gaic.evaluate.ledger import Ledger

MOST_NAMED = 200
"""Values that count as named; of more, the first."""


def find_named(ledger: Ledger) -> tuple[int, ...]:
    """The numbers and series that a model names, totals first, each by number of their node."""
    found = set(_find_declared(ledger))
    found.update(read_conditions(ledger.run, (promise.condition for promise in ledger.program.promises)))
    totals = sorted(set(_find_totals(ledger)) - found)
    named = [node for node in (*totals, *sorted(found)) if _is_calculated(ledger, node) and _is_number(ledger, node)]
    return tuple(named[:MOST_NAMED])


def _find_declared(ledger: Ledger) -> Iterator[int]:
    """Values with a formula in the project, and what those formulas read."""
    for column in ledger.graph.columns:
        for piece in column.pieces:
            if piece.formula.span.file.origin is Origin.LIBRARY or not _has_reads(piece.formula):
                continue
            for row in piece.rows.tolist():
                yield column.first + row
                yield from ledger.depends_on(column.first + row)


def _find_totals(ledger: Ledger) -> Iterator[int]:
    """The values, but for tables, of objects that add up what counts over every object of a kind."""
    counting = {column.attribute.name for column in ledger.graph.columns if column.attribute.counting is not None}
    owners = {
        owner
        for column in ledger.graph.columns
        if any(_adds_up(piece.formula, counting) for piece in column.pieces)
        for owner in column.objects.tolist()
    }
    for column in ledger.graph.columns:
        for row, owner in enumerate(column.objects.tolist()):
            if owner in owners and not column.members:
                yield column.first + row


def _adds_up(formula: Formula, counting: AbstractSet[str]) -> bool:
    return any(
        isinstance(part, c.Gather)
        and isinstance(part.body, c.Read)
        and part.body.attribute in counting
        and any(isinstance(each.collection, c.Everything) for each in part.bindings)
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
