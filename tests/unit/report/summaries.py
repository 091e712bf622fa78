"""Summaries to look at: the example with one total per test, large invented models, and what a drawn flow says."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.account import ScalarValue, TotalRow
from gaic.report.criteria import gather_criteria
from gaic.report.facts import gather_facts
from gaic.report.flow import COLUMNS
from tests.unit.report.fake_ledger import NOWHERE, FakeBook
from tests.unit.report.markup import read_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.report.criteria import Criterion
    from gaic.report.facts import Facts

    Counted = tuple[str, str, str, float | list[float]]
    """Category, phase, path of the value, and the value or its hours."""


def count_values(counted: Iterable[Counted], criterion: str = "gwp", book: FakeBook | None = None) -> FakeBook:
    """A book in which some values count, each in a category and a phase."""
    book = FakeBook() if book is None else book
    rows: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for category, phase, path, value in counted:
        if isinstance(value, list):
            node = book.add_series(path, value, "kg", "amount", formula="x")
            number = math.fsum(value)
        else:
            node = book.add(path, ScalarValue(value, "kg"), formula="x")
            number = value
        rows.setdefault((category, phase), []).append((node, number))
    for (category, phase), parts in rows.items():
        book.rows.append(_row(criterion, category, phase, parts))
    book.rows.append(_row(criterion, None, None, [part for parts in rows.values() for part in parts]))
    shelved = {object_.path for object_ in book.shelves}
    for path in dict.fromkeys(account.object for account in book.accounts.values()):
        if path not in shelved:
            book.shelve(path, "thing", "Thing", NOWHERE, label=path.upper())
    return book


def _row(criterion: str, category: str | None, phase: str | None, parts: list[tuple[int, float]]) -> TotalRow:
    numbers = tuple(number for _, number in parts)
    whole = ScalarValue(math.fsum(numbers), "kg")
    nodes = tuple(node for node, _ in parts)
    return TotalRow(criterion, criterion.title(), category, category, phase, phase, whole, nodes, numbers)


def gather(*counted: Counted) -> tuple[Facts, Criterion]:
    """The facts of a book in which some values count, and its one criterion."""
    facts = gather_facts(count_values(counted))
    (criterion,) = gather_criteria(facts)
    return facts, criterion


# ------------------------------------------------------------ a drawn flow, read back


@dataclass(frozen=True)
class DrawnNode:
    """A node as it is drawn: column, number, what its title says, place, value as it is written."""

    column: int
    name: str
    title: str
    x: float
    y: float
    height: float
    value: float


@dataclass(frozen=True)
class DrawnBand:
    """A band as it is drawn: names of its ends, its upper edge and height at both, value as it is written."""

    source: str
    target: str
    left: tuple[float, float]
    right: tuple[float, float]
    ends: tuple[float, float]
    value: float


@dataclass(frozen=True)
class DrawnText:
    """A label with the room that it takes at most."""

    text: str
    left: float
    right: float
    base: float


OUTLINE = re.compile(
    r"M(?P<x>\S+) (?P<y>[^C]+)C\S+ \S+ \S+ \S+ (?P<x_end>\S+) (?P<y_end>[^V]+)V(?P<low_end>[^C]+)"
    r"C\S+ \S+ \S+ (?P<low>\S+) (?P=x) (?P=low)Z"
)


def read_flow(svg: str) -> tuple[dict[str, DrawnNode], list[DrawnBand]]:
    """The nodes and bands of a picture."""
    page = read_page(svg)
    titles = [title for title in page.all("title") if "path" not in title.inside]
    nodes: dict[str, DrawnNode] = {}
    for rect in page.all("rect"):
        has = rect.attributes
        name, x = has["data-node"], float(has["x"])
        title = titles[len(nodes)].text.partition(":")[0]
        nodes[name] = DrawnNode(
            COLUMNS.index(int(x)), name, title, x, float(has["y"]), float(has["height"]), float(has["data-value"])
        )
    bands = []
    for path in page.all("path"):
        has = path.attributes
        found = OUTLINE.fullmatch(has["d"])
        assert found is not None, has["d"]
        y, low, y_end, low_end = (float(found[name]) for name in ("y", "low", "y_end", "low_end"))
        ends = (float(found["x"]), float(found["x_end"]))
        bands.append(
            DrawnBand(
                has["data-source"],
                has["data-target"],
                (y, low - y),
                (y_end, low_end - y_end),
                ends,
                float(has["data-value"]),
            )
        )
    return nodes, bands


def find_flows(page: str) -> list[str]:
    """The pictures of flows on a page."""
    return re.findall(r'<svg class="flow".*?</svg>', page, re.DOTALL)


def check_flow(svg: str, total: float, tall: float) -> None:
    """Say that a picture conserves: heights are values on one scale, and what enters a node leaves it."""
    nodes, bands = read_flow(svg)
    scale = tall / total
    last = max(node.column for node in nodes.values())
    for node in nodes.values():
        assert math.isclose(node.height, node.value * scale, abs_tol=0.006), node
        entering = [band for band in bands if band.target == node.name]
        leaving = [band for band in bands if band.source == node.name]
        for side, beginning in ((entering, node.column == 0), (leaving, node.column == last)):
            assert bool(side) != beginning, node
            if side:
                assert math.isclose(math.fsum(band.value for band in side), node.value, rel_tol=1e-9), node
        edge = node.y
        for band in sorted(leaving, key=lambda band: band.left[0]):
            assert math.isclose(band.left[0], edge, abs_tol=0.15), "bands leave side by side"
            assert math.isclose(band.ends[0], node.x + 14)
            edge += band.left[1]
        edge = node.y
        for band in sorted(entering, key=lambda band: band.right[0]):
            assert math.isclose(band.right[0], edge, abs_tol=0.15), "bands arrive side by side"
            assert math.isclose(band.ends[1], node.x)
            edge += band.right[1]
    for band in bands:
        assert math.isclose(band.left[1], band.value * scale, abs_tol=0.011)
        assert math.isclose(band.right[1], band.value * scale, abs_tol=0.011)
        assert nodes[band.target].column == nodes[band.source].column + 1
    for column in range(last + 1):
        whole = math.fsum(node.value for node in nodes.values() if node.column == column)
        assert math.isclose(whole, total, rel_tol=1e-9), column
