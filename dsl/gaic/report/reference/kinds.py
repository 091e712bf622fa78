"""The page of a kind, and its line in the lists of kinds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gaic.check.meanings import Meaning, Sort
from gaic.report.markdown import read_markdown
from gaic.report.reference.entries import describe_entry
from gaic.report.reference.places import TOTALS, Link
from gaic.syntax.declarations import Assert, Back, Calc, Field, Input, Let, Ref, SetEntry, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.check.lineage import Declaration, RawKind
    from gaic.report.markdown import Block, Phrase
    from gaic.report.reference.entries import Item
    from gaic.report.reference.places import Guide, Line

# The sections of a page: the entries they hold, their heading and anchor.
SECTIONS = (
    ((Ref, Back, SetEntry), "References", "page-references"),
    ((Input,), "Inputs", "page-inputs"),
    ((Let,), "Constants", "page-constants"),
    ((Calc,), "Calculated attributes", "page-calculated"),
    ((Assert,), "Assertions", "page-assertions"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one sort."""

    title: str
    anchor: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Legacy:
    """What a kind has of a parent as it is there: names by their sort, each leading to where it is declared."""

    parent: Link
    sorts: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A name that a kind reads of itself and that its children declare."""

    name: str
    children: tuple[Link, ...]
    readers: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class KindEntry:
    """A kind in a list: its first sentence says what it is."""

    name: str
    label: str
    href: str
    abstract: bool
    sentence: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class KindPage:
    """Everything that the page of a kind shows, in its order."""

    entry: KindEntry
    blocks: tuple[Block, ...]
    module: Link
    line: Line
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    pointed: tuple[Link, ...]
    category: Link | None
    sections: tuple[Section, ...]
    legacies: tuple[Legacy, ...]
    openings: tuple[Opening, ...]
    objects: tuple[tuple[Link, int], ...]


def list_kind(guide: Guide, kind: str) -> KindEntry:
    """A kind for a list of kinds."""
    raw = guide.survey.kinds[kind]
    declared = raw.declaration
    label = declared.label.value if declared.label else raw.shown.replace("_", " ")
    return KindEntry(raw.shown, label, guide.kind(kind).href, raw.abstract, first_sentence(declared.doc))


def first_sentence(doc: str) -> tuple[Phrase, ...]:
    """The first sentence of documentation, as phrases."""
    paragraph = next((block for block in read_markdown(doc) if block.style == "paragraph"), None)
    if paragraph is None:
        return ()
    phrases: list[Phrase] = []
    for phrase in paragraph.items[0]:
        head, stop, _ = phrase.text.partition(". ")
        if phrase.style == "plain" and stop:
            return (*phrases, type(phrase)(phrase.style, f"{head}."))
        phrases.append(phrase)
    return tuple(phrases)


def build_kind_page(guide: Guide, kind: str, objects: tuple[tuple[Link, int], ...]) -> KindPage:
    """Gather the page of a kind; `objects` are modules with how many objects of it they hold."""
    survey = guide.survey
    raw = survey.kinds[kind]
    return KindPage(
        entry=list_kind(guide, kind),
        blocks=read_markdown(raw.declaration.doc),
        module=guide.module(raw.module),
        line=guide.line(raw.declaration.name.span),
        parents=tuple(guide.kind_among(parent) for parent in raw.parents[1:]),
        children=tuple(guide.kind_among(child) for child in survey.children.get(kind, ())),
        pointed=tuple(guide.attribute(meaning) for meaning in survey.pointing.get(kind, ())),
        category=Link(raw.category, f"{guide.here}{TOTALS}#{raw.category}") if raw.category else None,
        sections=tuple(_gather_sections(guide, raw)),
        legacies=tuple(_gather_legacies(guide, raw)),
        openings=tuple(_gather_openings(guide, kind)),
        objects=objects,
    )


def _gather_sections(guide: Guide, raw: RawKind) -> Iterator[Section]:
    for sorts, title, anchor in SECTIONS:
        entries = (entry for entry in raw.declaration.block.entries if not isinstance(entry, Field | Unsupported))
        items = tuple(describe_entry(guide, raw, entry) for entry in entries if isinstance(entry, sorts))
        if items:
            yield Section(title, anchor, _unite(items))


def _unite(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """A reference that is narrowed and derived in two entries of one name keeps the anchor once."""
    united: dict[str, Item] = {}
    for item in items:
        first = united.get(item.anchor)
        united[item.anchor] = item if first is None else _merge(first, item)
    return tuple(united.values())


def _merge(first: Item, second: Item) -> Item:
    return replace(
        first,
        type=first.type or second.type,
        blocks=first.blocks or second.blocks,
        formula=first.formula or second.formula,
    )


def _gather_legacies(guide: Guide, raw: RawKind) -> Iterator[Legacy]:
    """What is inherited unchanged, the nearest parent first."""
    for parent in raw.parents[1:]:
        inherited: list[tuple[str, Declaration]] = [*raw.entries.items(), *raw.asserts.items()]
        own = [(name, found) for name, found in inherited if found.owner == parent]
        sorts = tuple((title, tuple(_link_names(guide, own, sorts))) for sorts, title, _ in SECTIONS)
        filled = tuple((title, links) for title, links in sorts if links)
        if filled:
            yield Legacy(guide.kind_among(parent), filled)


def _link_names(guide: Guide, found: Iterable[tuple[str, Declaration]], sorts: tuple[type, ...]) -> Iterator[Link]:
    for name, declaration in found:
        if isinstance(declaration.entry, sorts):
            yield guide.attribute(Meaning(Sort.ATTRIBUTE, declaration.owner, name), declaration.owner)


def _gather_openings(guide: Guide, kind: str) -> Iterator[Opening]:
    survey = guide.survey
    for name in survey.open_names.get(kind, ()):
        meaning = Meaning(Sort.ATTRIBUTE, kind, name)
        below = [
            child
            for child, raw in survey.kinds.items()
            if kind in raw.parents and name in raw.entries and raw.entries[name].owner == child
        ]
        yield Opening(
            name,
            tuple(guide.attribute(Meaning(Sort.ATTRIBUTE, child, name)) for child in below),
            tuple(guide.attribute(reader, kind) for reader in survey.readers[meaning]),
        )


def declared_kinds(guide: Guide) -> tuple[str, ...]:
    """All kinds in the order of their modules."""
    found = guide.survey.declared_in
    return tuple(name for module in guide.survey.bundle.modules for name in found.get(module, ()))
