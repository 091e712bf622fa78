"""Declarations and imports of a project that nothing uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.symbols import STRUCTURAL
from gaic.source.diagnostic import Edit, Repair
from gaic.source.text import Span
from gaic.syntax.declarations import Assert, Dimension, Import, Let, Object, QuantityType, Unit

if TYPE_CHECKING:
    from gaic.check.symbols import Symbols
    from gaic.load.bundle import LoadedModule
    from gaic.syntax.declarations import Item, Kind

USES = {
    "source": "cite it: `from {}`",
    "constant": "write `{}` into a formula",
    "shape": "multiply it by the volume of a day: `{} * ...`",
    "template": "make an object of it: `extends {}`",
}
"""How each sort of declaration that may be unused is used."""


def warn_of_unused(symbols: Symbols) -> None:
    """Warn about imports, sources, `let`s, shapes and templates of the project that nothing uses."""
    for module in symbols.bundle.modules.values():
        if module.library:
            continue
        for item in module.imports:
            _check_import(symbols, module, item.written, item.module)
        for symbol in symbols.values[module.name].values():
            what = _unused_sort(symbol.declaration)
            if what and (module.name, symbol.name.text) not in symbols.used:
                message = f"the {what} `{symbol.name.text}` is not used"
                fix = f"{USES[what].format(symbol.name.text)}, or remove it"
                symbols.findings.warn("GAI190", message, symbol.name.span, fix=fix)


def _check_import(symbols: Symbols, module: LoadedModule, written: Import, target: str | None) -> None:
    if target is None or (module.name, written.span.start) in symbols.used_imports | symbols.faulty_imports:
        return
    if _brings_more_than_names(symbols.bundle.modules[target]):
        return
    exported = {*symbols.values.get(target, {}), *symbols.kinds.get(target, {})}
    if written.alias is None and any((target, name) in symbols.used for name in exported):
        return
    fix = Repair("remove it", _remove_line(written.span))
    symbols.findings.warn("GAI191", "this import is not used", written.span, fix=fix)


def _brings_more_than_names(module: LoadedModule) -> bool:
    """Say whether a file of the project matters without being named: it has units, objects that count, or promises."""
    return not module.library and any(_matters(item) for item in module.tree.items)


def _matters(item: Item) -> bool:
    match item:
        case Dimension() | Unit() | QuantityType() | Assert():
            return True
        case Object(kind, template=template):
            return not template and kind.text not in STRUCTURAL
        case Import(file=file):
            return file is not None
        case _:
            return False


def _unused_sort(declaration: Object | Let | Kind) -> str | None:
    if isinstance(declaration, Let):
        return "constant"
    if isinstance(declaration, Object):
        if declaration.template:
            return "template"
        if declaration.kind.text in {"source", "shape"}:
            return declaration.kind.text
    return None


def _remove_line(span: Span) -> tuple[Edit, ...]:
    """The edit that removes an item with its line, if it has the line for itself and no documentation."""
    text = span.file.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end) + 1 or len(text)
    above = text[:start].rstrip("\n").rpartition("\n")[2]
    is_alone = not text[start : span.start].strip() and not text[span.end : end].strip()
    return (Edit(Span(span.file, start, end), ""),) if is_alone and not above.startswith("##") else ()
