"""The pages that list one sort of thing for all modules: measures, functions, totals, sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.meanings import Meaning, Sort
from gaic.report.addresses import slug_of
from gaic.report.markdown import is_safe_link, read_markdown
from gaic.report.reference.entries import write_type
from gaic.report.reference.places import Link
from gaic.syntax.declarations import Calc, Dimension, Factor, MeasureType, QuantityType, Unit
from gaic.syntax.format import format_expression
from gaic.units.prefixes import PREFIX_WORDS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.check.program import Declared
    from gaic.report.markdown import Block
    from gaic.report.reference.places import Guide, Line
    from gaic.syntax.declarations import Item

# So many places that rest on a source are named; further ones are counted.
MOST_PLACES = 40
# The sorts of declarations that a total is made of.
TOTAL_SORTS = (("criterion", "Criteria"), ("phase", "Phases"), ("category", "Categories"))


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity or a dimension: the unit it is shown in, the tag that keeps it apart, what it is made of."""

    name: str
    is_dimension: bool
    unit: str
    tag: str
    dimension: str
    blocks: tuple[Block, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Spelling:
    """A unit: its names, what it measures, what one of it is, the prefixes it takes."""

    anchor: str
    names: tuple[str, ...]
    type: tuple[Link, ...]
    value: str
    prefixes: tuple[str, ...]
    blocks: tuple[Block, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Prefix:
    """A prefix: its sign, its word, what it is worth."""

    sign: str
    word: str
    worth: str


@dataclass(frozen=True, slots=True)
class Units:
    """The page of measures and units."""

    measures: tuple[Measure, ...]
    units: tuple[Spelling, ...]
    prefixes: tuple[Prefix, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A criterion, a phase or a category, with the attributes that count in it or the kinds that belong to it."""

    name: str
    label: str
    blocks: tuple[Block, ...]
    members: tuple[Link, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Source:
    """A source with its fields; `link` is its address if that is safe to follow."""

    anchor: str
    path: str
    label: str
    link: str
    blocks: tuple[Block, ...]
    fields: tuple[tuple[str, str], ...]
    places: tuple[Link, ...]
    shelves: tuple[tuple[Link, int], ...]
    hidden: int
    line: Line


def list_units(guide: Guide) -> Units:
    """All quantities, dimensions, units and prefixes, in the order of their declaration."""
    items = [item for module in guide.survey.bundle.modules.values() for item in module.tree.items]
    units = tuple(_describe_unit(guide, item) for item in items if isinstance(item, Unit))
    words: dict[str, str] = {sign: word for word, sign in PREFIX_WORDS.items()}
    taken = {prefix for unit in units for prefix in unit.prefixes}
    prefixes = tuple(Prefix(sign, words[sign], _write_worth(PREFIXES[sign])) for sign in words if sign in taken)
    return Units(tuple(_list_measures(guide, items)), units, prefixes)


def _list_measures(guide: Guide, items: Iterable[Item]) -> Iterator[Measure]:
    """A quantity of the name of its dimension takes its place."""
    system = guide.survey.system
    found: dict[str, Measure] = {}
    for item in items:
        if not isinstance(item, Dimension | QuantityType):
            continue
        known = system.type(item.name.text)
        if known is None:
            continue
        earlier = found.get(item.name.text)
        doc = read_markdown(item.doc) or (earlier.blocks if earlier else ())
        is_dimension = isinstance(item, Dimension)
        measure = Measure(
            name=item.name.text,
            is_dimension=is_dimension or (earlier is not None and earlier.is_dimension),
            unit=guide.spell(known.unit.shown),
            tag=known.tag or "",
            dimension=system.describe(known.dimension),
            blocks=doc,
            line=guide.line(item.name.span),
        )
        found[item.name.text] = measure
    yield from found.values()


def _describe_unit(guide: Guide, item: Unit) -> Spelling:
    return Spelling(
        anchor=anchor_of_unit(item.names[0].text),
        names=tuple(name.text for name in item.names),
        type=write_type(
            guide, MeasureType("scalar", weekly=False, factors=(Factor(item.type, 1),), optional=False, span=item.span)
        ),
        value=format_expression(item.value) if item.value is not None else "",
        prefixes=tuple(prefix.text for prefix in item.prefixes),
        blocks=read_markdown(item.doc),
        line=guide.line(item.names[0].span),
    )


def anchor_of_unit(name: str) -> str:
    """The anchor of a unit: behind a sign that stands in no name of a type."""
    return f"unit-{slug_of(name)}"


def _write_worth(worth: float) -> str:
    """What a prefix is worth as it can be typed: a power of ten, or of two as a whole number."""
    return f"{worth:g}" if worth < 1 or (f"{worth:.0e}".startswith("1e") and worth % 10 == 0) else f"{worth:.0f}"


# ---------------------------------------------------------------- totals


def list_words(guide: Guide, sort: str) -> tuple[Word, ...]:
    """Criteria, phases or categories, in the order of their declaration."""
    found = [declared for declared in guide.survey.declared.values() if declared.sort == sort]
    return tuple(_describe_word(guide, declared) for declared in found)


def _describe_word(guide: Guide, declared: Declared) -> Word:
    members = _list_kinds(guide, declared.path) if declared.sort == "category" else _list_counting(guide, declared.path)
    line = guide.line(declared.span)
    return Word(declared.path, declared.label, read_markdown(declared.doc), tuple(members), line)


def _list_kinds(guide: Guide, category: str) -> Iterator[Link]:
    """The kinds that name a category; their children belong to it, too."""
    kinds = guide.survey.kinds
    for name, raw in kinds.items():
        if raw.category == category and not any(kinds[parent].category == category for parent in raw.parents[1:]):
            yield guide.kind_among(name)


def _list_counting(guide: Guide, word: str) -> Iterator[Link]:
    for kind, raw in guide.survey.kinds.items():
        for entry in raw.declaration.block.entries:
            if not isinstance(entry, Calc) or entry.counts is None:
                continue
            if word in {entry.counts.criterion.names[-1].text, entry.counts.phase.names[-1].text}:
                yield guide.attribute(Meaning(Sort.ATTRIBUTE, kind, entry.name.text))


# ---------------------------------------------------------------- sources


def list_sources(guide: Guide) -> tuple[Source, ...]:
    """All sources, by their titles."""
    found = [declared for declared in guide.survey.declared.values() if declared.sort == "source"]
    found.sort(key=lambda declared: (declared.label.casefold(), declared.path))
    return tuple(_describe_source(guide, declared) for declared in found)


def _describe_source(guide: Guide, declared: Declared) -> Source:
    url = declared.fields.get("url", "")
    cited = guide.survey.citations.get(declared.path, ())
    attributes = [guide.attribute(meaning) for meaning in cited if meaning.sort is Sort.ATTRIBUTE]
    shelves, single = _sort_objects(guide, [meaning for meaning in cited if meaning.sort is Sort.VALUE])
    places = [*attributes, *single]
    return Source(
        anchor=slug_of(declared.path),
        path=declared.path,
        label=declared.label,
        link=url if is_safe_link(url) else "",
        blocks=read_markdown(declared.doc),
        fields=tuple((name, text) for name, text in declared.fields.items() if name != "url" or not is_safe_link(url)),
        places=tuple(places[:MOST_PLACES]),
        shelves=shelves,
        hidden=max(0, len(places) - MOST_PLACES),
        line=guide.line(declared.span),
    )


def _sort_objects(guide: Guide, cited: list[Meaning]) -> tuple[tuple[tuple[Link, int], ...], list[Link]]:
    """Modules with many objects that rest on a source, counted; the objects of others one by one."""
    by_module: dict[str, list[Link]] = {}
    for meaning in cited:
        link = guide.meaning(meaning)
        by_module.setdefault(link.href.partition("#")[0], []).append(link)
    names = {guide.module(module).href: module.name for module in guide.survey.bundle.modules.values()}
    many = {href: links for href, links in by_module.items() if len(links) > FEW and href in names}
    shelves = tuple((Link(names[href], href), len(links)) for href, links in many.items())
    return shelves, [link for href, links in by_module.items() if href not in many for link in links]


FEW = 4
"""As many objects of one module are named one by one."""
