"""Reads pages back: elements with their attributes and text, links, drawn edges."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

GRAPH = re.compile(r'<svg class="graph".*?</svg>', re.DOTALL)
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass
class Element:
    """An element; `text` is all text inside it, `inside` the names of the elements around it."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    text: str = ""


@dataclass
class Page:
    """Elements in order, and whether every one of them was closed in turn."""

    elements: list[Element] = field(default_factory=list)
    balanced: bool = True

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    @property
    def ids(self) -> list[str]:
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]

    @property
    def links(self) -> list[str]:
        return [element.attributes["href"] for element in self.all("a")]


@dataclass(frozen=True)
class DrawnGraph:
    """A calculation graph: the addresses of its boxes, and the pairs of addresses that its edges join."""

    boxes: tuple[str, ...]
    edges: frozenset[tuple[str, str]]


def read_graphs(text: str) -> list[DrawnGraph]:
    """The graphs of a page, from its text."""
    graphs = []
    for svg in GRAPH.findall(text):
        page = read_page(svg)
        boxes = tuple(element.attributes["href"] for element in page.all("a"))
        ends = [element.attributes["data-e"].split() for element in page.all("path")]
        graphs.append(DrawnGraph(boxes, frozenset((boxes[int(first)], boxes[int(last)]) for first, last in ends)))
    return graphs


class _Reader(HTMLParser):
    def __init__(self, *, texts: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []
        self.texts = texts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(outer.tag for outer in self.open) if self.texts else ())
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop().tag != tag:
            self.page.balanced = False

    def handle_data(self, data: str) -> None:
        for element in self.open if self.texts else ():
            element.text += data


def read_page(text: str, *, texts: bool = True) -> Page:
    """The elements of a page; without `texts` only their tags and attributes, which is quick on large pages."""
    reader = _Reader(texts=texts)
    reader.feed(text)
    reader.close()
    reader.page.balanced = reader.page.balanced and not reader.open
    return reader.page


def read_index(text: str) -> list[Any]:
    """The entries of an index of the search."""
    entries: list[Any] = json.loads(text.removeprefix("gaicIndex(").removesuffix(");\n"))["entries"]
    return entries


def broken_links(pages: Mapping[str, Page], files: Collection[str] = ()) -> list[tuple[str, str]]:
    """Links to a page or another file of the site, or a place on one, that is not there; with the page they are on."""
    anchors = {name: set(page.ids) for name, page in pages.items()}
    broken: list[tuple[str, str]] = []
    for name, page in pages.items():
        folder = name.rpartition("/")[0]
        for link in page.links:
            if re.match("https?://", link):
                continue
            target, _, fragment = link.partition("#")
            path = name if not target else target[3:] if target.startswith("../") else f"{folder}/{target}".lstrip("/")
            if path == "results.json" or (path in files and not fragment):
                continue  # every build writes the results beside the pages
            if path not in pages or (fragment and fragment not in anchors[path]):
                broken.append((name, link))
    return broken


def follow_path(text: str) -> list[tuple[float, float]]:
    """The points that the path data of a line goes through."""
    points: list[tuple[float, float]] = []
    x = y = 0.0
    for command, rest in re.findall("([MlhZ])([^MlhZ]*)", text):
        numbers = [float(number) for number in re.findall(r"-?(?:\d+(?:\.\d+)?|\.\d+)", rest)]
        if command == "h":
            numbers = [part for number in numbers for part in (number, 0.0)]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = (right, down) if command == "M" else (x + right, y + down)
            points.append((x, round(y, 3)))
    return points
