"""Lines and cells as short path data of SVG."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Point = tuple[float, float]

# How far a line may pass by a point that is left out, in pixels.
SLACK = 0.3
# A line through more points moves so much that whole pixels are enough.
FINE_POINTS = 120


def trace_line(points: Sequence[Point]) -> str:
    """A line through points from left to right, each move counted from the one before: `M62 100l5-3h20`.

    Places are rounded one by one, so that no error adds up: to whole pixels, upwards to tenths where points are few.
    """
    return _write_path(straighten(points))


def trace_band(upper: Sequence[Point], lower: Sequence[Point]) -> str:
    """The area between two lines."""
    return _write_path([*straighten(upper), *reversed(straighten(lower))]) + "Z"


def trace_cells(runs: Iterable[tuple[int, int, int]]) -> str:
    """Level strokes on whole numbers, each as column, row and length: `M3 14h5`."""
    return "".join(f"M{column} {row}h{length}" for column, row, length in runs)


def straighten(points: Sequence[Point]) -> list[Point]:
    """Leave out points that a straight line between two others passes within `SLACK`; both ends stay."""
    before = points[0]
    kept = [before]
    steepest, flattest = math.inf, -math.inf
    for point in points[1:]:
        right, down = point[0] - kept[-1][0], point[1] - kept[-1][1]
        if not flattest <= down / right <= steepest:
            kept.append(before)
            right, down = point[0] - before[0], point[1] - before[1]
            steepest, flattest = math.inf, -math.inf
        steepest, flattest = min(steepest, (down + SLACK) / right), max(flattest, (down - SLACK) / right)
        before = point
    return kept if before is kept[-1] else [*kept, before]


def _write_path(points: Sequence[Point]) -> str:
    """A path through points; level stretches are one move."""
    places = [(round(x), round(y * 10) if len(points) <= FINE_POINTS else round(y) * 10) for x, y in points]
    (x, y), level, in_lines = places[0], 0, False
    text = [f"M{x}{_write_tenths(y)}"]
    for right, down in places[1:]:
        if down == y:
            level += right - x
        else:
            if level:
                text.append(f"h{level}")
            move = right - x
            text.append("l" if level or not in_lines else " " if move >= 0 else "")
            text.append(f"{move}{_write_tenths(down - y)}")
            level, in_lines = 0, True
        x, y = right, down
    if level:
        text.append(f"h{level}")
    return "".join(text)


def _write_tenths(tenths: int) -> str:
    """A number of tenths as a second coordinate: a minus parts it from the first one, else a blank."""
    whole, rest = divmod(abs(tenths), 10)
    digits = f"{whole or ''}.{rest}" if rest else f"{whole}"
    return f"{'-' if tenths < 0 else ' '}{digits}"
