"""The inputs of an evaluated model: which nodes hold what a text gives, and which text that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.program import Role
from gaic.check.types import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.evaluate.ledger import Ledger
    from gaic.source.text import Span

STUDY = "study"
"""The kind of the language whose fields say what a model is for; they are choices, and no figure rests on them."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Numbers and series that are not calculated and have a source or are made from nothing else.

    `numbers` gives the input of a node: nodes of objects that share one text, such as a default, share an input.
    `choices` are nodes of words and truths.
    """

    numbers: Mapping[int, int]
    choices: frozenset[int]

    def list_nodes(self) -> tuple[tuple[int, ...], ...]:
        """The nodes of each input."""
        found: dict[int, list[int]] = {}
        for node, number in self.numbers.items():
            found.setdefault(number, []).append(node)
        return tuple(tuple(found[number]) for number in range(len(found)))


def find_inputs(ledger: Ledger) -> Inputs:
    """Find the inputs of a model."""
    numbers: dict[int, int] = {}
    texts: dict[Span, int] = {}
    choices: list[int] = []
    for column in ledger.graph.columns:
        if column.attribute.role is Role.CALCULATED or ledger.program.kinds[column.kind].shown == STUDY:
            continue
        number = isinstance(column.attribute.type, Measure)
        for piece in column.pieces:
            sourced = piece.formula.provenance.source is not None
            given = [n for n in (column.first + piece.rows).tolist() if sourced or not ledger.depends_on(n)]
            if number and given:
                numbers.update(dict.fromkeys(given, texts.setdefault(piece.formula.span, len(texts))))
            elif given:
                choices.extend(given)
    return Inputs(numbers, frozenset(choices))
