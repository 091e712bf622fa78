"""The reference as files: every page as text, from a survey of the declarations. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.builtins import SHELVES
from gaic.report.addresses import slug_of
from gaic.report.markdown import read_phrases
from gaic.report.reference.catalogues import build_module_page, list_module, list_values, shelve_objects
from gaic.report.reference.files import build_file_pages
from gaic.report.reference.kinds import build_kind_page, declared_kinds, list_kind
from gaic.report.reference.places import (
    FUNCTIONS,
    OVERVIEW,
    SOURCES,
    TOTALS,
    UNITS,
    Link,
    make_guide,
    page_of_kind,
    page_of_module,
)
from gaic.report.reference.registers import TOTAL_SORTS, list_sources, list_units, list_words
from gaic.report.reference.search import write_search_index
from gaic.report.template import find_template, read_asset

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gaic.check.survey import Survey
    from gaic.report.markdown import Phrase
    from gaic.report.reference.places import Guide

ASSETS = ("style.css", "reference.css", "site.js")


@dataclass(frozen=True, slots=True)
class ReferenceHead:
    """What every page says of its own making; `file` is the model whose declarations are in it, or nothing."""

    title: str
    file: str
    gaic: str
    library: str
    library_sha256: str


def render_reference(survey: Survey, head: ReferenceHead) -> Iterator[tuple[str, str]]:
    """Give every file of the reference as (path relative to its root with `/`, text); `index.html` is the last."""
    values = dict(_place_values(survey))
    root, inner = make_guide(survey, values, ""), make_guide(survey, values, "../")
    for name in ASSETS:
        yield name, read_asset("static", name)
    yield "search.js", write_search_index(root)
    yield from _render_inner(inner, head)
    for name, page in _gather_registers(root):
        yield name, find_template(f"reference/{name}").render(head=head, root="", **page)
    yield OVERVIEW, find_template("reference/index.html").render(head=head, root="", **_gather_overview(root))


def _place_values(survey: Survey) -> Iterator[tuple[str, str]]:
    """The address of every object, constant and word, by the path under which it is known."""
    guide = make_guide(survey, {}, "")
    for module in survey.bundle.modules.values():
        page = page_of_module(module)
        for item in list_values(guide, module):
            yield module.prefix + item.name.text, f"{page}#{item.name.text}"
    for path, declared in survey.declared.items():
        if declared.sort == "source":
            yield path, f"{SOURCES}#{slug_of(path)}"
        else:
            module = next(m for m in survey.bundle.modules.values() if m.tree.file is declared.span.file)
            yield module.prefix + path, f"{TOTALS}#{path}"
            yield path, f"{TOTALS}#{path}"


def _render_inner(guide: Guide, head: ReferenceHead) -> Iterator[tuple[str, str]]:
    """The pages in folders: of kinds, of modules, of files."""
    survey = guide.survey
    objects = _count_objects(guide)
    template = find_template("reference/kind.html")
    for kind in declared_kinds(guide):
        page = build_kind_page(guide, kind, tuple(objects.get(kind, ())))
        yield page_of_kind(survey, kind), template.render(page=page, head=head, root=guide.here)
    template = find_template("reference/module.html")
    for module in survey.bundle.modules.values():
        text = template.render(page=build_module_page(guide, module), head=head, root=guide.here)
        yield page_of_module(module), text
    template = find_template("reference/file.html")
    for file in build_file_pages(guide):
        yield file.address, template.render(page=file, head=head, root=guide.here)


def _count_objects(guide: Guide) -> dict[str, list[tuple[Link, int]]]:
    """For each kind the tables of its objects in modules, and how many each holds."""
    objects: dict[str, list[tuple[Link, int]]] = {}
    for module in guide.survey.bundle.modules.values():
        for number, (kind, found) in enumerate(shelve_objects(guide, module).items(), start=1):
            link = guide.module(module)
            objects.setdefault(kind, []).append((Link(link.text, f"{link.href}#page-table-{number}"), len(found)))
    return objects


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A kind with the tables of its objects."""

    kind: Link
    label: str
    modules: tuple[tuple[Link, int], ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A built-in function, ready to be written."""

    name: str
    call: str
    phrases: tuple[Phrase, ...]


def _gather_registers(guide: Guide) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The pages that list one sort of thing for all modules."""
    yield UNITS, {"page": list_units(guide)}
    shelves = [
        {
            "title": shelf.title,
            "functions": [Function(f.name, f.call, read_phrases(f.meaning)) for f in shelf.functions],
        }
        for shelf in SHELVES
    ]
    yield FUNCTIONS, {"shelves": shelves}
    yield TOTALS, {"sorts": [(title, list_words(guide, sort)) for sort, title in TOTAL_SORTS]}
    yield SOURCES, {"sources": list_sources(guide)}


def _gather_overview(guide: Guide) -> dict[str, object]:
    survey = guide.survey
    modules = survey.bundle.modules.values()
    shelves = [
        (guide.module(module), [list_kind(guide, kind) for kind in survey.declared_in[module.name]])
        for module in sorted(modules, key=lambda module: module.library)
        if survey.declared_in.get(module.name)
    ]
    catalogues = [
        Catalogue(guide.kind_among(kind), list_kind(guide, kind).label, tuple(found))
        for kind, found in _count_objects(guide).items()
    ]
    return {
        "own": [list_module(guide, module) for module in modules if not module.library],
        "library": [list_module(guide, module) for module in modules if module.library],
        "shelves": shelves,
        "catalogues": sorted(catalogues, key=lambda catalogue: catalogue.label.casefold()),
    }
