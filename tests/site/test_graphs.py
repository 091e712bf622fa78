"""Every drawn graph and every tree against the graph that was evaluated, and against the one that is handed out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from tests.site.building import MODELS, SVG, place_of
from tests.site.geometry import read_box, trace_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from tests.site.building import BuiltSite, ReadPage, Sites
    from tests.site.geometry import Box, Point

pytestmark = pytest.mark.xdist_group("sites")

DRAWN = (*MODELS, "hostile")
MOST_BOXES = 31  # thirty, and the value itself
COUNTED = re.compile(r"drawn (\d+) of (\d+)", re.IGNORECASE)
TOUCH = 1.0
"""Pixels that a line may run inside a box of another value without being seen to cross it."""
NEAR = 8.0
"""Pixels between the end of a line and its box: the head of the arrow."""


@dataclass(frozen=True)
class Drawing:
    """A drawn graph: boxes, and lines with their ends, by the paths of values; a box is known by where it leads."""

    page: ReadPage
    svg: Element
    boxes: dict[str, Box]
    lines: dict[tuple[str, str], list[Point]]

    @property
    def value(self) -> str:
        """The value that is explained: nothing drawn reads it."""
        last = self.boxes.keys() - {source for source, _ in self.lines}
        assert len(last) == 1, f"{self.page.name}: one value stands at the end, not {sorted(last)}"
        return last.pop()


def drawings_of(page: ReadPage, paths: Mapping[str, str]) -> Iterator[Drawing]:
    """The drawn graphs of a page: `data-e` of a line has the numbers of two boxes, counted in their order."""
    for svg in page.find(f"{SVG}svg"):
        arrows = [arrow for arrow in svg.iter(f"{SVG}path") if "data-e" in arrow.attrib]
        tiles = list(svg.iter(f"{SVG}a"))
        if not arrows:
            continue
        names = [paths[place_of(page.name, tile.attrib["href"])] for tile in tiles]
        boxes = [read_box(page, next(tile.iter(f"{SVG}rect"))) for tile in tiles]
        ends = [tuple(names[int(number)] for number in arrow.attrib["data-e"].split()) for arrow in arrows]
        lines = {(source, target): trace_path(a.attrib["d"]) for (source, target), a in zip(ends, arrows, strict=True)}
        assert len(set(names)) == len(names), f"{page.name}: a value has two boxes"
        assert len(lines) == len(arrows), f"{page.name}: an edge is drawn twice"
        yield Drawing(page, svg, dict(zip(names, boxes, strict=True)), lines)


def all_drawings(site: BuiltSite) -> list[Drawing]:
    """The drawn graphs of a site, of which there are some."""
    found = [drawing for page in site.pages.values() for drawing in drawings_of(page, site.paths)]
    assert len(found) > 2
    return found


@pytest.mark.parametrize("name", DRAWN)
def test_nodes_and_edges_are_true(sites: Sites, name: str) -> None:
    site = sites(name)
    for drawing in all_drawings(site):
        drawn = drawing.boxes.keys()
        assert 1 < len(drawn) <= MOST_BOXES
        assert drawn <= site.read.keys()
        assert drawing.lines.keys() == {(source, target) for target in drawn for source in site.read[target] & drawn}
        assert drawn - {drawing.value} <= site.below[drawing.value]


@pytest.mark.parametrize("name", DRAWN)
def test_the_results_tell_the_same_edges(sites: Sites, name: str) -> None:
    """`depends_on` of an attribute names what any of its members reads."""
    site = sites(name)
    told = {
        f"{path}.{attribute}": set(found["depends_on"])
        for path, object_ in site.results["objects"].items()
        for attribute, found in object_["attributes"].items()
    }
    for drawing in all_drawings(site):
        for source, target in drawing.lines:
            known = told.get(target) or told[_attribute_of(target)]
            assert source in known, (source, target)


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_is_nearest_and_counted_truly(sites: Sites, name: str) -> None:
    site = sites(name)
    for drawing in all_drawings(site):
        value = drawing.value
        distances = _measure(site, value)
        drawn = drawing.boxes.keys() - {value}
        hidden = distances.keys() - drawn - {value}
        assert distances.keys() - {value} == site.below[value]
        assert max(distances[path] for path in drawn) <= min(
            (distances[path] for path in hidden), default=len(distances)
        )
        assert _told_count(drawing) == (len(drawn), len(site.below[value])), (drawing.page.name, value)


@pytest.mark.parametrize("name", DRAWN)
def test_boxes_do_not_overlap_and_stay_in_the_frame(sites: Sites, name: str) -> None:
    for drawing in all_drawings(sites(name)):
        width, height = (float(drawing.svg.attrib[key]) for key in ("width", "height"))
        pairs = combinations(drawing.boxes.items(), 2)
        assert [(a, b) for (a, one), (b, other) in pairs if one.overlaps(other)] == []
        for path, box in drawing.boxes.items():
            assert 0 <= box.left <= box.right <= width, path
            assert 0 <= box.top <= box.bottom <= height, path
        for ends, points in drawing.lines.items():
            assert all(0 <= x <= width and 0 <= y <= height for x, y in points), ends


@pytest.mark.parametrize("name", DRAWN)
def test_lines_join_their_boxes_and_cross_no_other(sites: Sites, name: str) -> None:
    for drawing in all_drawings(sites(name)):
        for (source, target), points in drawing.lines.items():
            assert drawing.boxes[source].distance(points[0]) <= TOUCH
            assert drawing.boxes[target].distance(points[-1]) <= NEAR
            crossed = [path for path, box in drawing.boxes.items() if any(box.holds(p, TOUCH) for p in points)]
            assert crossed == [], (drawing.page.name, drawing.value, source, target)


@pytest.mark.parametrize("name", DRAWN)
def test_a_tree_tells_each_value_once_below_a_reader(sites: Sites, name: str) -> None:
    site = sites(name)
    trees = [(page, tree) for page in site.pages.values() for tree in page.find("details") if _is_tree(tree)]
    assert len(trees) == len(all_drawings(site)), "a tree for every drawing"
    for page, tree in trees:
        told: dict[str, str] = {}
        paths: dict[Element, str] = {}
        for item in tree.iter("li"):
            link = next(item.iter("a")).attrib["href"]
            place = place_of(page.name, link)
            again = link.startswith("#") and link[1:] in told
            paths[item] = told[link[1:]] if again else site.paths[place]
            assert again or paths[item] not in told.values(), f"{page.name}: {paths[item]} is written twice"
            if again:
                assert not any(item.iter("ul")), f"{page.name}: {paths[item]} is told again below"
            else:
                told[item.attrib.get("id", f" {paths[item]}")] = paths[item]
            above = next((paths[outer] for outer in page.above(item) if outer in paths), None)
            assert above is None or paths[item] in site.read[above], (page.name, above, paths[item])
        roots = {paths[item] for item in paths if not any(outer in paths for outer in page.above(item))}
        assert any(roots <= read for read in site.read.values())


def _is_tree(details: Element) -> bool:
    return "tree" in details.attrib.get("class", "").split()


def _attribute_of(path: str) -> str:
    """The attribute of a member: an unnamed object's path has brackets of its own."""
    return re.sub(r"\[[^\[\]]*\]$", "", path)


def _measure(site: BuiltSite, value: str) -> dict[str, int]:
    """How many steps each ancestor is away."""
    distances = {value: 0}
    front = [value]
    while front:
        near, front = front, []
        for each in near:
            for path in sorted(site.read[each] - distances.keys()):
                distances[path] = distances[each] + 1
                front.append(path)
    return distances


def _told_count(drawing: Drawing) -> tuple[int, int]:
    """The numbers of "drawn k of n" nearest to a drawing."""
    for element in drawing.page.above(drawing.svg):
        found = COUNTED.findall("".join(element.itertext()))
        if found:
            assert len(found) == 1, f"{drawing.page.name}: one account beside a drawing"
            return int(found[0][0]), int(found[0][1])
    pytest.fail(f"{drawing.page.name}: no account of what is drawn")
