"""Where a written value comes from: `from`, `conf`, `note`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.program import Provenance
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Field, Object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.check.symbols import Symbols
    from gaic.load.bundle import LoadedModule

HYPOTHESIS = "hypothesis"


def read_provenance(expression: s.Expression, module: LoadedModule, symbols: Symbols) -> Provenance:
    """The provenance of a value: its own, or else the first one written inside it; all of them are looked up."""
    found = [_read_one(sourced, module, symbols) for sourced in find_sourced(expression)]
    return found[0] if found else Provenance()


def _read_one(sourced: s.Sourced, module: LoadedModule, symbols: Symbols) -> Provenance:
    source = _read_source(sourced.source, module, symbols) if sourced.source else None
    note = sourced.note.value if sourced.note else None
    if source == HYPOTHESIS and not note and sourced.source is not None:
        symbols.findings.warn(
            "GAI602",
            "a hypothesis says why",
            sourced.source.span,
            notes=("without a note the value counts as unsourced",),
            fix='add `note "..."`',
        )
        source = None
    return Provenance(source, sourced.confidence.text if sourced.confidence else None, note)


def find_sourced(expression: s.Expression) -> Iterator[s.Sourced]:
    """Every sourced part of an expression, outermost first."""
    if isinstance(expression, s.Sourced):
        yield expression
    for part in _parts_of(expression):
        yield from find_sourced(part)


def _parts_of(expression: s.Expression) -> tuple[s.Expression, ...]:
    """The parts of an expression that may carry a source of their own, left to right."""
    match expression:
        case s.Sourced(operand) | s.Unary(_, operand) | s.Convert(operand) | s.Cast(operand):
            return (operand,)
        case s.Binary(_, left, right) | s.Spread(_, left, right):
            return left, right
        case s.Call(_, arguments):
            return tuple(argument.value for argument in arguments)
        case s.Table(rows):
            return tuple(row.value for row in rows)
        case s.Conditional(condition, first, second):
            return condition, first, second
        case s.Aggregate(_, body, _, condition):
            return (body,) if condition is None else (body, condition)
        case s.ListLiteral(items):
            return items
        case s.Amend(_, block):
            return tuple(entry.value for entry in block.entries if isinstance(entry, Field))
        case _:
            return ()


def _read_source(path: s.Path, module: LoadedModule, symbols: Symbols) -> str | None:
    if path.text == HYPOTHESIS:
        return HYPOTHESIS
    symbol, count = symbols.find_path(module, path.names, kind=False)
    if symbol is None or count != len(path.names):
        symbols.report_unknown(module, path.names, "source", kind=False)
        return None
    if not isinstance(symbol.declaration, Object) or symbol.declaration.kind.text != "source":
        symbols.findings.error(
            "GAI308",
            f"`{path.text}` is no source",
            path.span,
            fix=f'declare one: source {path.names[-1].text} "Title" {{ url = "..." }}',
        )
        return None
    if not module.library:
        symbols.cite(symbol, path.span)
    return symbol.path
