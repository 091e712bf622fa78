"""The page of a module: its kinds, its constants, and its objects as tables, one for each kind of object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from gaic.check.meanings import Meaning, Sort
from gaic.check.symbols import STRUCTURAL
from gaic.report.markdown import read_markdown
from gaic.report.reference.entries import read_backing, write_plain, write_type
from gaic.report.reference.kinds import first_sentence, list_kind
from gaic.report.reference.places import Link, is_shown
from gaic.source.text import Span
from gaic.syntax.declarations import Dimension, Field, Kind, Let, Object, QuantityType, Unit
from gaic.syntax.expressions import Name, Sourced
from gaic.syntax.paths import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.load.bundle import LoadedModule
    from gaic.report.markdown import Block, Phrase
    from gaic.report.reference.entries import Backing
    from gaic.report.reference.kinds import KindEntry
    from gaic.report.reference.places import Guide, Line
    from gaic.syntax.expressions import Expression

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Row:
    """An object in a table: its values in the order of the columns, what they rest on, how sure they are."""

    name: str
    label: str
    base: Link | None
    template: bool
    blocks: tuple[Block, ...]
    cells: tuple[Link, ...]
    sources: tuple[Link, ...]
    confidences: tuple[str, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Table:
    """The objects of one kind; a column is an attribute that at least one of them sets."""

    kind: Link
    label: str
    columns: tuple[Link, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant of a module."""

    name: str
    type: tuple[Link, ...]
    value: str
    backing: Backing | None
    blocks: tuple[Block, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class ModuleEntry:
    """A module in a list: what its first sentence says, and what it declares."""

    name: str
    href: str
    library: bool
    sentence: tuple[Phrase, ...]
    contents: str


@dataclass(frozen=True, slots=True)
class ModulePage:
    """Everything that the page of a module shows, in its order."""

    entry: ModuleEntry
    blocks: tuple[Block, ...]
    line: Line
    kinds: tuple[KindEntry, ...]
    constants: tuple[Constant, ...]
    tables: tuple[Table, ...]
    sources: tuple[Link, ...]
    measures: tuple[Link, ...]


def build_module_page(guide: Guide, module: LoadedModule) -> ModulePage:
    """Gather the page of a module."""
    items = module.tree.items
    sources = (item for item in items if isinstance(item, Object) and item.kind.text == "source")
    return ModulePage(
        entry=list_module(guide, module),
        blocks=read_markdown(module.tree.doc),
        line=guide.line(Span(module.tree.file, 0, 0)),
        kinds=tuple(list_kind(guide, name) for name in guide.survey.declared_in.get(module.name, ())),
        constants=tuple(_describe_constant(guide, item) for item in items if isinstance(item, Let)),
        tables=tuple(tabulate(guide, module)),
        sources=tuple(_name_source(guide, module, source) for source in sources),
        measures=tuple(
            guide.meaning(Meaning(Sort.TYPE, "", item.name.text))
            for item in items
            if isinstance(item, Dimension | QuantityType)
        ),
    )


def list_module(guide: Guide, module: LoadedModule) -> ModuleEntry:
    """A module for a list of modules."""
    link = guide.module(module)
    return ModuleEntry(
        link.text, link.href, module.library, first_sentence(module.tree.doc), _count_contents(guide, module)
    )


def shown_objects(guide: Guide, module: LoadedModule) -> tuple[Object, ...]:
    """The objects of a file that are entries of a catalogue: of a model's own file its templates alone."""
    every = is_shown(guide.survey, module)
    found = (item for item in module.tree.items if isinstance(item, Object) and item.kind.text not in STRUCTURAL)
    return tuple(item for item in found if every or item.template)


def list_values(guide: Guide, module: LoadedModule) -> tuple[Object | Let, ...]:
    """All that has a name on the page of a module: the objects that are shown, and the constants."""
    return (*shown_objects(guide, module), *(item for item in module.tree.items if isinstance(item, Let)))


def _count_contents(guide: Guide, module: LoadedModule) -> str:
    items = module.tree.items
    counts = (
        ("kind", sum(isinstance(item, Kind) for item in items)),
        ("object", len(shown_objects(guide, module))),
        ("source", sum(isinstance(item, Object) and item.kind.text == "source" for item in items)),
        ("constant", sum(isinstance(item, Let) for item in items)),
        ("quantity", sum(isinstance(item, QuantityType) for item in items)),
        ("unit", sum(isinstance(item, Unit) for item in items)),
    )
    plural = {"quantity": "quantities"}
    return ", ".join(f"{n} {word if n == 1 else plural.get(word, word + 's')}" for word, n in counts if n)


def _name_source(guide: Guide, module: LoadedModule, source: Object) -> Link:
    path = module.prefix + source.name.text
    declared = guide.survey.declared.get(path)
    return Link(declared.label if declared else path, guide.meaning(Meaning(Sort.VALUE, "", path)).href)


def _describe_constant(guide: Guide, item: Let) -> Constant:
    value = item.value.value if isinstance(item.value, Sourced) else item.value
    type_ = write_type(guide, item.type) if item.type is not None else ()
    text = guide.spell(write_plain(value))
    return Constant(
        item.name.text,
        type_,
        text,
        read_backing(guide, item.value),
        read_markdown(item.doc),
        guide.line(item.name.span),
    )


# ---------------------------------------------------------------- tables


def shelve_objects(guide: Guide, module: LoadedModule) -> dict[str, list[Object]]:
    """The objects of a file by their kind, in the order of their first objects."""
    shelves: dict[str, list[Object]] = {}
    for item in shown_objects(guide, module):
        meaning = guide.survey.meanings.get(item.kind.names[-1].span)
        if meaning is not None and meaning.sort is Sort.KIND:
            shelves.setdefault(meaning.name, []).append(item)
    return shelves


def tabulate(guide: Guide, module: LoadedModule) -> Iterator[Table]:
    """One table for each kind of object in a file."""
    for kind, objects in shelve_objects(guide, module).items():
        names = dict.fromkeys(entry.name.text for item in objects for entry in _fields(item))
        owners = {name: guide.survey.kinds[kind].entries.get(name) for name in names}
        columns = tuple(
            guide.attribute(Meaning(Sort.ATTRIBUTE, found.owner, name), found.owner) if found else Link(name)
            for name, found in owners.items()
        )
        rows = tuple(_describe_object(guide, item, tuple(names)) for item in objects)
        yield Table(guide.kind_among(kind), list_kind(guide, kind).label, columns, rows)


def _fields(item: Object) -> tuple[Field, ...]:
    return tuple(entry for entry in item.block.entries if isinstance(entry, Field))


def _describe_object(guide: Guide, item: Object, columns: tuple[str, ...]) -> Row:
    values = {entry.name.text: entry.value for entry in _fields(item)}
    backings = [found for value in values.values() if (found := read_backing(guide, value)) is not None]
    return Row(
        name=item.name.text,
        label=item.label.value if item.label else "",
        base=_find_base(guide, item),
        template=item.template,
        blocks=read_markdown(item.doc),
        cells=tuple(_write_cell(guide, values.get(column)) for column in columns),
        sources=tuple(_distinct(backing.source for backing in backings)),
        confidences=tuple(_distinct(backing.confidence or None for backing in backings)),
        line=guide.line(item.name.span),
    )


def _distinct(things: Iterable[Thing | None]) -> dict[Thing, None]:
    return dict.fromkeys(thing for thing in things if thing is not None)


def _find_base(guide: Guide, item: Object) -> Link | None:
    if item.parent is None:
        return None
    return Link(item.parent.text, guide.name(Name("", item.parent.names[-1].span)) or "")


def _write_cell(guide: Guide, value: Expression | None) -> Link:
    """A value as written, without its source; a path leads to what it names."""
    if value is None:
        return Link("")
    bare = value.value if isinstance(value, Sourced) else value
    names = names_of(bare)
    text = write_plain(bare)
    return Link(text, guide.name(names[-1]) or "") if names else Link(guide.spell(text))
