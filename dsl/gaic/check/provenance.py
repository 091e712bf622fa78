"""Where a written value comes from: `from`, `conf`, `note`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.program import Provenance
from gaic.syntax import expressions as s
from gaic.syntax.declarations import Object

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
    match expression:
        case s.Sourced(value):
            yield expression
            yield from find_sourced(value)
        case s.Binary(_, left, right) | s.Spread(_, left, right):
            yield from find_sourced(left)
            yield from find_sourced(right)
        case s.Unary(_, operand) | s.Convert(operand) | s.Cast(operand):
            yield from find_sourced(operand)
        case s.Call(_, arguments):
            for argument in arguments:
                yield from find_sourced(argument.value)
        case s.Table(rows):
            for row in rows:
                yield from find_sourced(row.value)
        case s.Conditional(condition, first, second):
            for part in (condition, first, second):
                yield from find_sourced(part)
        case s.Aggregate(_, body, _, condition):
            yield from find_sourced(body)
            if condition is not None:
                yield from find_sourced(condition)
        case s.ListLiteral(items):
            for item in items:
                yield from find_sourced(item)
        case _:
            return


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
    return symbol.path
