"""Boxes and lines of a drawing, computed from its attributes alone."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.site.building import SVG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from tests.site.building import ReadPage

TOKEN = re.compile(r"[MLHVCQZmlhvcqz]|-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
MOVE = re.compile(r"translate\(\s*(-?[\d.]+)(?:[\s,]+(-?[\d.]+))?\s*\)")
STEPS = 24
NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "Z": 0}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Say whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Say whether a point lies inside, further than the margin from every edge."""
        x, y = point
        return self.left + margin < x < self.right - margin and self.top + margin < y < self.bottom - margin

    def distance(self, point: Point) -> float:
        """How far a point lies outside; 0 for one inside."""
        x, y = point
        across = max(self.left - x, x - self.right, 0.0)
        down = max(self.top - y, y - self.bottom, 0.0)
        return math.hypot(across, down)


def read_box(page: ReadPage, rect: Element) -> Box:
    """The box of a `rect`, moved as the groups around it are."""
    x, y, width, height = (float(rect.attrib.get(key, "0")) for key in ("x", "y", "width", "height"))
    for element in (rect, *page.above(rect)):
        if element.tag == f"{SVG}svg":
            break
        text = element.attrib.get("transform", "")
        moves = MOVE.findall(text)
        assert MOVE.sub("", text).strip() == "", f"a transform that is no move: {text}"
        x += sum(float(across) for across, _ in moves)
        y += sum(float(down or 0) for _, down in moves)
    return Box(x, y, x + width, y + height)


def trace_path(text: str) -> list[Point]:
    """Points along a path, both ends of every piece among them."""
    points: list[Point] = []
    start = at = (0.0, 0.0)
    for letter, numbers in _read_commands(text):
        ends = _make_absolute(letter, numbers, at) if letter.islower() else numbers
        match letter.upper():
            case "M":
                start = at = (ends[0], ends[1])
                points.append(at)
                continue
            case "H":
                corners = [(ends[0], at[1])]
            case "V":
                corners = [(at[0], ends[0])]
            case "Z":
                corners = [start]
            case _:
                corners = list(zip(ends[::2], ends[1::2], strict=True))
        points.extend(_bend([at, *corners]))
        at = corners[-1]
    return points


def _read_commands(text: str) -> Iterator[tuple[str, list[float]]]:
    letter, numbers = "", list[float]()
    for token in [*TOKEN.findall(text), ""]:
        if token == "" or token.isalpha():
            assert letter == "" or numbers == [] or len(numbers) == NUMBERS[letter.upper()], text
            if letter.upper() == "Z":
                yield letter, []
            letter, numbers = token, []
            continue
        numbers.append(float(token))
        if len(numbers) == NUMBERS[letter.upper()]:
            yield letter, numbers
            numbers = []
            letter = {"M": "L", "m": "l"}.get(letter, letter)


def _make_absolute(letter: str, numbers: list[float], at: Point) -> list[float]:
    if letter == "h":
        return [numbers[0] + at[0]]
    if letter == "v":
        return [numbers[0] + at[1]]
    return [number + at[index % 2] for index, number in enumerate(numbers)]


def _bend(corners: list[Point]) -> Iterator[Point]:
    """Points of a Bezier curve (of a line, if it has two corners), its beginning left out."""
    for step in range(1, STEPS + 1):
        share = step / STEPS
        points = corners
        while len(points) > 1:
            points = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(points)]
        yield points[0]
