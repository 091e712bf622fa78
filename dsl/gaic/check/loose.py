"""What can be checked of a declaration whose kind or field is unknown: the units and sources that are written in it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from gaic.check.provenance import read_provenance
from gaic.source.text import Span
from gaic.syntax import expressions as s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.check.measures import Measures
    from gaic.check.symbols import Symbols
    from gaic.load.bundle import LoadedModule
    from gaic.syntax.declarations import Block


def check_loosely(written: Block | s.Expression, module: LoadedModule, symbols: Symbols, measures: Measures) -> None:
    """Report unknown units and sources in a block or a value that nothing else checks."""
    for node in _nodes(written):
        match node:
            case s.Quantity(unit=unit) | s.Convert(unit=unit):
                measures.unit(unit)
            case s.Sourced(source=source) if source is not None:
                read_provenance(node, module, symbols)
            case _:
                pass


def _nodes(node: object) -> Iterator[object]:
    """A node of the tree and all below it, outermost first."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, tuple):
            waiting.extend(reversed(found))
        elif is_dataclass(found) and not isinstance(found, Span):
            yield found
            waiting.extend(getattr(found, part.name) for part in reversed(fields(found)))
