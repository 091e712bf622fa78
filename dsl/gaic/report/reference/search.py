"""The index of the search: every name with its address and a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.builtins import SHELVES
from gaic.check.meanings import Meaning, Sort
from gaic.report.reference.catalogues import list_values
from gaic.report.reference.kinds import declared_kinds, first_sentence, list_kind
from gaic.report.reference.places import FUNCTIONS, UNITS
from gaic.report.reference.registers import TOTAL_SORTS, anchor_of_unit, list_sources, list_words
from gaic.report.search import write_index
from gaic.syntax.declarations import (
    Assert,
    Back,
    Calc,
    Dimension,
    Input,
    Let,
    Object,
    QuantityType,
    Ref,
    SetEntry,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.report.markdown import Phrase
    from gaic.report.reference.places import Guide

    Entry = tuple[str, str, str, str]
    """Name, words, address from the root of the site, and nothing: a reference has no values.

    What is found earlier in name and words comes first, so the name stands alone and its path among the words.
    """


def write_search_index(guide: Guide) -> str:
    """A script that hands the index to the search; `guide` stands at the root of the site."""
    entries = (*_list_attributes(guide), *_list_words(guide), *_list_objects(guide))
    return write_index(entries)


def _say(phrases: tuple[Phrase, ...]) -> str:
    return "".join(phrase.text for phrase in phrases)


def _join(path: str, words: str) -> str:
    """Where a name belongs, and what it is: the search looks at both."""
    return f"{path}: {words}" if words else path


def _list_attributes(guide: Guide) -> Iterator[Entry]:
    for name in declared_kinds(guide):
        raw = guide.survey.kinds[name]
        kind = list_kind(guide, name)
        yield kind.name, f"{kind.label}. {_say(kind.sentence)}", kind.href, ""
        for entry in raw.declaration.block.entries:
            if isinstance(entry, Input | Let | Calc | Ref | Back | SetEntry | Assert):
                link = guide.attribute(Meaning(Sort.ATTRIBUTE, name, entry.name.text))
                yield entry.name.text, _join(link.text, _say(first_sentence(entry.doc))), link.href, ""


def _list_words(guide: Guide) -> Iterator[Entry]:
    for module in guide.survey.bundle.modules.values():
        yield module.name, _say(first_sentence(module.tree.doc)), guide.module(module).href, ""
        for item in module.tree.items:
            if isinstance(item, Dimension | QuantityType):
                link = guide.meaning(Meaning(Sort.TYPE, "", item.name.text))
                yield link.text, _say(first_sentence(item.doc)) or "quantity", link.href, ""
            elif isinstance(item, Unit):
                names = " ".join(name.text for name in item.names)
                yield names, f"unit of {item.type.text}", f"{UNITS}#{anchor_of_unit(item.names[0].text)}", ""
    for shelf in SHELVES:
        for function in shelf.functions:
            yield function.name, function.meaning, f"{FUNCTIONS}#{function.name}", ""
    for sort, _ in TOTAL_SORTS:
        for word in list_words(guide, sort):
            yield word.name, f"{word.label}, {sort}", guide.meaning(Meaning(Sort.VALUE, "", word.name)).href, ""
    for source in list_sources(guide):
        yield source.path, source.label, guide.meaning(Meaning(Sort.VALUE, "", source.path)).href, ""


def _list_objects(guide: Guide) -> Iterator[Entry]:
    for module in guide.survey.bundle.modules.values():
        for item in list_values(guide, module):
            path = module.prefix + item.name.text
            label = item.label.value if isinstance(item, Object) and item.label else ""
            yield item.name.text, _join(path, label), guide.meaning(Meaning(Sort.VALUE, "", path)).href, ""
