"""The calculation graph below a value: as a picture of the nearest values, and as a tree that says each value once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report.drawing import BOX_WIDTH, draw_graph

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from gaic.report.facts import Facts, Pointer

LETTERS = 29
MOST_NAME_LINES = 3
PADDING = 7
LINE_HEIGHT = 14
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Caption:
    """A line of text in a box: its style and its base line, in pixels below the upper edge of the box."""

    style: str
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Tile:
    """The box of a value, placed by the middle of its upper edge.

    `style` is "input", "calculated" or "explained" (the value itself); `whole` says all that the captions cut, or
    nothing.
    """

    pointer: Pointer
    style: str
    x: int
    y: int
    height: int
    captions: tuple[Caption, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """An edge from one box to another, counted from 0 in the order of the boxes."""

    source: int
    target: int
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The value (first tile, on the right) and the nearest of its `total` ancestors."""

    width: int
    height: int
    tile_width: int
    tiles: tuple[Tile, ...]
    arrows: tuple[Arrow, ...]
    drawn: int
    total: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A value in the tree. `again`: it is written above, at `mark`; `hidden` counts dependencies left out."""

    pointer: Pointer
    mark: str
    again: bool
    branches: tuple[Branch, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Tree:
    """The nearest `written` of `total` ancestors below the direct dependencies of a value."""

    branches: tuple[Branch, ...]
    written: int
    total: int


def draw_picture(facts: Facts, node: int, ancestors: Sequence[int], limit: int) -> Picture:
    """Draw a value with its nearest ancestors, at most `limit` boxes in all."""
    nodes = (node, *ancestors[: limit - 1])
    places = {drawn: index for index, drawn in enumerate(nodes)}
    pointers = facts.point(nodes)
    home = pointers[0].account.object
    captions = [_write_captions(pointer, home, facts.edges[pointer.node], places.keys()) for pointer in pointers]
    heights = tuple(lines[-1].y + PADDING for lines in captions)
    edges = tuple((places[d], places[reader]) for reader in nodes for d in facts.edges[reader] if d in places)
    drawing = draw_graph(heights, edges)
    styles = ["calculated" if p.role == "calculated" else "input" for p in pointers]
    styles[0] = "explained"
    return Picture(
        width=drawing.width,
        height=drawing.height,
        tile_width=BOX_WIDTH,
        tiles=tuple(
            Tile(pointer, style, box.x + BOX_WIDTH // 2, box.y, height, lines, _write_whole(pointer, lines))
            for pointer, style, box, height, lines in zip(
                pointers, styles, drawing.boxes, heights, captions, strict=True
            )
        ),
        arrows=tuple(Arrow(line.source, line.target, line.path) for line in drawing.lines),
        drawn=len(nodes) - 1,
        total=len(ancestors),
    )


def _write_whole(pointer: Pointer, captions: Sequence[Caption]) -> str:
    cut = any(ELLIPSIS in caption.text for caption in captions)
    return f"{pointer.path} = {pointer.shown.whole}" if cut else ""


def _write_captions(pointer: Pointer, home: str, edges: Sequence[int], drawn: Container[int]) -> tuple[Caption, ...]:
    """Owner (where it is not `home`), name and value of a box, and how many dependencies are not drawn."""
    owner = pointer.account.object
    name = pointer.path.removeprefix(f"{owner}.")
    lines = [("name", line) for line in wrap_name(name)]
    if name != pointer.path and owner != home:
        lines.insert(0, ("owner", shorten_left(owner, LETTERS + 3)))
    lines.append(("number", shorten_right(pointer.shown.whole, LETTERS + 2)))
    missing = sum(1 for edge in edges if edge not in drawn)
    if missing:
        lines.append(("missing", f"+ {missing} not drawn"))
    return tuple(Caption(style, PADDING + 9 + LINE_HEIGHT * index, text) for index, (style, text) in enumerate(lines))


def wrap_name(name: str) -> tuple[str, ...]:
    """Break a name after `_`, `.` or before `[` into lines of at most `LETTERS` letters."""
    lines: list[str] = []
    rest = name
    while len(rest) > LETTERS and len(lines) < MOST_NAME_LINES - 1:
        window = rest[:LETTERS]
        cut = max(window.rfind("_") + 1, window.rfind(".") + 1, window.rfind("["))
        cut = cut if cut > LETTERS // 3 else LETTERS
        lines.append(rest[:cut])
        rest = rest[cut:]
    return (*lines, shorten_right(rest, LETTERS))


def shorten_right(text: str, letters: int) -> str:
    """The beginning of a text that is too long."""
    return text if len(text) <= letters else text[: letters - 1] + ELLIPSIS


def shorten_left(text: str, letters: int) -> str:
    """The end of a text that is too long: of a long path the last names say most."""
    return text if len(text) <= letters else ELLIPSIS + text[1 - letters :]


def grow_tree(facts: Facts, node: int, ancestors: Sequence[int], limit: int) -> Tree:
    """Hang every selected ancestor below the first value that reads it; later readers only name it."""
    selected = set(ancestors[:limit])
    readers: dict[int, int] = {}
    for reader in (node, *ancestors[:limit]):
        for dependency in facts.edges[reader]:
            readers[dependency] = readers.get(dependency, 0) + 1
    written: set[int] = set()

    def grow(parent: int) -> tuple[Branch, ...]:
        branches = []
        for child in facts.edges[parent]:
            if child not in selected:
                continue
            again = child in written
            written.add(child)
            mark = f"tree-{node}-{child}" if readers[child] > 1 else ""
            below = () if again else grow(child)
            hidden = 0 if again else sum(1 for d in facts.edges[child] if d not in selected)
            branches.append(Branch(facts.pointers[child], mark, again, below, hidden))
        return tuple(branches)

    return Tree(grow(node), len(selected), len(ancestors))
