"""What is drawn or printed as parts of a whole adds up to it: totals, tables, stacked bars, flows."""

from __future__ import annotations

import math
import re
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from tests.site.building import SITES, SVG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from tests.site.building import ReadPage, Sites

pytestmark = pytest.mark.xdist_group("sites")

EXACT = 1e-9
"""Twelve digits are written in full, and sums of them are as near."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")

Ends = tuple[str, str]


@pytest.mark.parametrize("name", SITES)
def test_totals_are_the_sums_of_their_parts(sites: Sites, name: str) -> None:
    rows = sites(name).results["totals"]
    for criterion, group in groupby(rows, key=lambda row: row["criterion"]):
        of = list(group)
        whole = [row["value"]["value"] for row in of if row["category"] is None and row["phase"] is None]
        parts = [row["value"]["value"] for row in of if row["category"] is not None and row["phase"] is not None]
        assert math.fsum(parts) == pytest.approx(whole[0], rel=EXACT), criterion


@pytest.mark.parametrize("name", SITES)
def test_printed_tables_of_totals_add_up(sites: Sites, name: str) -> None:
    site = sites(name)
    tables = [table for page in site.pages.values() for table in page.find("table") if "totals" in _classes(table)]
    assert len(tables) >= len({row["criterion"] for row in site.results["totals"]})
    for table in tables:
        rows = [list(map(_read_cell, row.iter("td"))) for row in table.findall("./tbody/tr")]
        last = list(map(_read_cell, table.findall("./tfoot/tr/td")))
        for number, foot in enumerate(last):
            column = [row[number] for row in rows if number < len(row) and row[number] is not None]
            if foot is not None and column:
                _check_rounded([each for each in column if each is not None], foot)


@pytest.mark.parametrize("name", SITES)
def test_stacked_bars_fill_their_whole(sites: Sites, name: str) -> None:
    """Their widths are all of the bar, and their values, where they are written, come to a printed number."""
    for page, svg in _drawings(sites(name).pages.values(), "stack"):
        segments = list(svg.iter(f"{SVG}rect"))
        widths = [segment.attrib["width"] for segment in segments]
        if all(width.endswith("%") for width in widths):
            assert math.fsum(float(width[:-1]) for width in widths) == pytest.approx(100, abs=0.1 * len(widths))
            ends = [float(s.attrib["x"].rstrip("%")) + float(s.attrib["width"][:-1]) for s in segments]
            starts = [float(segment.attrib["x"].rstrip("%")) for segment in segments]
            assert starts[0] == 0
            assert starts[1:] == pytest.approx(ends[:-1], abs=0.1)
        values = [float(segment.attrib["data-value"]) for segment in segments if "data-value" in segment.attrib]
        if values:
            assert len(values) == len(segments)
            assert _is_printed(page, svg, math.fsum(values)), page.name


@pytest.mark.parametrize("name", SITES)
def test_flows_conserve_and_come_to_a_printed_total(sites: Sites, name: str) -> None:
    for page, svg in _drawings(sites(name).pages.values(), None):
        bands = [path for path in svg.iter() if {"data-from", "data-to", "data-value"} <= path.attrib.keys()]
        if not bands:
            continue
        flows = {(b.attrib["data-from"], b.attrib["data-to"]): float(b.attrib["data-value"]) for b in bands}
        assert len(flows) == len(bands), "two bands between the same nodes"
        assert find_unbalanced(flows) == []
        sources = {source for source, _ in flows} - {target for _, target in flows}
        total = math.fsum(value for (source, _), value in flows.items() if source in sources)
        assert _is_printed(page, svg, total), page.name
        weights = {math.fsum(value for ends, value in flows.items() if node in ends[:1]) for node, _ in flows}
        weights.add(total)
        for node in svg.iter():
            if "data-value" in node.attrib and "data-from" not in node.attrib:
                value = float(node.attrib["data-value"])
                assert any(value == pytest.approx(weight, rel=EXACT) for weight in weights), (page.name, value)


def find_unbalanced(flows: Mapping[Ends, float]) -> list[str]:
    """Nodes with both sides that hand on another amount than they take."""
    entering: dict[str, list[float]] = {}
    leaving: dict[str, list[float]] = {}
    for (source, target), value in flows.items():
        leaving.setdefault(source, []).append(value)
        entering.setdefault(target, []).append(value)
    return [
        node
        for node in leaving.keys() & entering.keys()
        if math.fsum(leaving[node]) != pytest.approx(math.fsum(entering[node]), rel=EXACT)
    ]


def _drawings(pages: Iterable[ReadPage], style: str | None) -> Iterator[tuple[ReadPage, Element]]:
    for page in pages:
        for svg in page.find(f"{SVG}svg"):
            if style is None or style in _classes(svg):
                yield page, svg


def _classes(element: Element) -> list[str]:
    return element.attrib.get("class", "").split()


def _is_printed(page: ReadPage, drawing: Element, whole: float) -> bool:
    """Say whether a number is written in full in the part of the page that a drawing belongs to."""
    for element in page.above(drawing):
        texts = [data.attrib.get("value", "") for data in element.iter("data")]
        if any(float(text) == pytest.approx(whole, rel=EXACT) for text in texts if NUMBER.fullmatch(text)):
            return True
        if element.tag in ("section", "main"):
            break
    return False


def _read_cell(cell: Element) -> tuple[float, float] | None:
    """The number in a cell and by how much it may be rounded, to four digits at least; None for no number."""
    data = next(cell.iter("data"), None)
    text = "".join(cell.itertext()).strip() if data is None else data.attrib["value"]
    plain = re.sub(r"(?<=\d)[\s,](?=\d{3})", "", text)
    if not NUMBER.fullmatch(plain):
        return None
    mantissa, _, power = plain.partition("e")
    digits = len(mantissa.partition(".")[2])
    number = float(plain)
    fourth = math.floor(math.log10(abs(number))) - 3 if number else -math.inf
    return number, 0.5 * 10.0 ** max(int(power or 0) - digits, fourth)


def _check_rounded(column: list[tuple[float, float]], foot: tuple[float, float]) -> None:
    """Rounded numbers add up as far as rounding lets them."""
    room = math.fsum(half for _, half in [*column, foot]) * 1.001
    assert math.fsum(number for number, _ in column) == pytest.approx(foot[0], abs=room)
