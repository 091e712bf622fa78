"""Whole sites, built from real models and read back as a browser would read them."""

from __future__ import annotations

import json
import posixpath
import shutil
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import gaic
from gaic.report.addresses import page_of
from gaic.report.facts import place_values
from tests.site.hostile import write_hostile_project
from tests.site.wide import write_wide_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

MODELS = ("genai_job", "support_assistant", "web_shop")
SITES = (*MODELS, "hostile", "wide")

MANY = 100
"""A folder with more pages than this is sampled: pages of one sort are made alike."""

SVG = "{http://www.w3.org/2000/svg}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"


@dataclass(frozen=True)
class ReadPage:
    """A page as the standard reads it: its tree, and where its text is not what the standard asks for."""

    name: str
    size: int
    root: Element
    faults: tuple[str, ...]

    def find(self, *tags: str) -> Iterator[Element]:
        """All elements with one of these names, in order."""
        return (element for element in self.root.iter() if element.tag in tags)

    @cached_property
    def identifiers(self) -> tuple[str, ...]:
        """All values of `id`, in order."""
        return tuple(element.attrib["id"] for element in self.root.iter() if "id" in element.attrib)

    @cached_property
    def parents(self) -> Mapping[Element, Element]:
        """The element around each element."""
        return {child: parent for parent in self.root.iter() for child in parent}

    @property
    def count(self) -> int:
        """How many elements it has."""
        return sum(1 for _ in self.root.iter("*"))

    def above(self, element: Element) -> Iterator[Element]:
        """The elements around an element, the nearest first."""
        while element in self.parents:
            element = self.parents[element]
            yield element


@dataclass(frozen=True)
class BuiltSite:
    """The folder of a site, and the graph that was evaluated: every value with the values that its formula read.

    `places` has the address of every value, seen from the root of the site; the last members of a very long table
    share that of their attribute.
    """

    name: str
    folder: Path
    read: Mapping[str, frozenset[str]]
    places: Mapping[str, str]

    @cached_property
    def results(self) -> Any:
        """What `results.json` says."""
        return json.loads((self.folder / "results.json").read_text(encoding="utf-8"))

    @cached_property
    def pages(self) -> Mapping[str, ReadPage]:
        """Every page by its name, which has `/`; of a site of hundreds of pages those that stand for all."""
        return {name: read_page(name, self.folder) for name in choose_pages(self.folder)}

    @cached_property
    def below(self) -> Mapping[str, frozenset[str]]:
        """Everything that each value rests on."""
        found: dict[str, frozenset[str]] = {}
        for start in self.read:
            pending = [start]
            while pending:
                missing = [each for each in self.read[pending[-1]] if each not in found]
                if missing:
                    pending.extend(missing)
                else:
                    value = pending.pop()
                    found[value] = self.read[value].union(*(found[each] for each in self.read[value]))
        return found

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The value that stands at each address, where it stands there alone."""
        times = Counter(self.places.values())
        return {place: path for path, place in self.places.items() if times[place] == 1}


def place_of(page: str, address: str) -> str:
    """The address from the root of the site that a link on a page means."""
    target, _, fragment = address.partition("#")
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(target))) if target else page
    return f"{file}#{unquote(fragment)}" if fragment else file


def list_pages(folder: Path) -> list[str]:
    """The names of all pages in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def choose_pages(folder: Path) -> list[str]:
    """Pages that stand for all: of a folder with more than a hundred the ten largest and every twentieth."""
    sizes: dict[str, list[tuple[int, str]]] = {}
    for name in list_pages(folder):
        sizes.setdefault(name.rpartition("/")[0], []).append(((folder / name).stat().st_size, name))
    chosen: list[str] = []
    for pages in sizes.values():
        few = pages if len(pages) <= MANY else [*sorted(pages)[-10:], *pages[::20]]
        chosen.extend(name for _, name in few)
    return sorted(set(chosen))


def read_page(name: str, folder: Path) -> ReadPage:
    """Read a page by the rules of the standard, every fault noted."""
    import html5lib

    text = (folder / name).read_bytes()
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(text, override_encoding="utf-8")
    faults = (f"{name}: {place}: {code} {more}" for place, code, more in parser.errors)
    return ReadPage(name, len(text), root, tuple(faults))


class Sites:
    """Builds a site when it is asked for the first time, and keeps it for all tests of the session."""

    def __init__(self, repository: Path, make_folder: Callable[[str], Path]) -> None:
        self._repository = repository
        self._make_folder = make_folder
        self._built: dict[str, BuiltSite] = {}

    def __call__(self, name: str) -> BuiltSite:
        if name not in self._built:
            project = self._make_folder(name)
            self._built[name] = build_site(name, self._write_model(name, project), project / "site")
        return self._built[name]

    def _write_model(self, name: str, project: Path) -> Path:
        if name == "hostile":
            return write_hostile_project(project)
        model = project / f"{name}.gai"
        if name == "wide":
            model.write_text(write_wide_model(), encoding="utf-8")
            return model
        ignored = shutil.ignore_patterns("build")
        shutil.copytree(self._repository / "models", project, dirs_exist_ok=True, ignore=ignored)
        return model


def build_site(name: str, model: Path, folder: Path) -> BuiltSite:
    """Build the site of a model."""
    results = gaic.build(model, folder)
    graph = results.graph()
    read = {path: frozenset(graph.predecessors(path)) for path in results.paths()}
    places: dict[str, str] = {}
    for found in results.ledger.objects():
        accounts = [results.ledger.account(node) for node in found.nodes]
        hrefs = place_values(accounts)
        places.update({a.path: place_of(page_of(found.path), href) for a, href in zip(accounts, hrefs, strict=True)})
    return BuiltSite(name, folder, read, places)
