"""The mean of each hour of the day, month by month, as a map of classes from light to dark."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gaic.report import charts, words
from gaic.report.tracing import trace_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gaic.evaluate.calendar import DailyHours, Months

ROW = 8
HOURS = 24
YEAR = 12  # months
WIDEST = 72
MOST_CLASSES = 9
MOST_TICKS = 9
PALEST = 0.15
# Means that differ by less, as a part of the largest, are called alike: their limits would read the same.
ALIKE = 1e-3

TOP = charts.TOP
BOTTOM = TOP + HOURS * ROW
LEGEND = HOURS + 5  # rows below the top of the first one
HEIGHT = TOP + LEGEND * ROW + 28

_TICK_STRIDES = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 120000)


@dataclass(frozen=True, slots=True)
class Shade:
    """The cells of one class with its piece of the legend, as strokes on whole numbers, and their opacity."""

    path: str
    opacity: str


@dataclass(frozen=True, slots=True)
class HourMap:
    """Hours of the day as rows, months as columns of `cell` x `row` pixels.

    `limits` part the classes, the upper one belongs to the next; `joined` says what a column is. Where the means hardly
    differ nothing is drawn: `shades` is empty. `left_out` names months with too few hours.
    """

    joined: str
    shades: tuple[Shade, ...]
    limits: tuple[charts.Tick, ...]
    rows: tuple[charts.Tick, ...]
    columns: tuple[charts.Tick, ...]
    cell: str
    row: int
    width: int
    top: int
    bottom: int
    height: int
    highest: str
    lowest: str
    left_out: str


@lru_cache(maxsize=128)
def draw_hours(found: DailyHours, months: Months, unit: str) -> HourMap:
    """Draw the means of hours, in at most nine classes between round limits; `months` are all that the series has.

    The same is asked again while a page is made to fit, and by series that are alike.
    """
    cells = [
        (mean, column, hour)
        for column, means in enumerate(found.means)
        for hour, mean in enumerate(means)
        if mean is not None
    ]
    lowest, highest = min(cells, key=_by_mean), max(cells, key=_by_mean)
    cell = min(WIDEST, (charts.WIDTH - charts.LEFT - charts.RIGHT) // len(found.means))
    limits = place_limits(lowest[0], highest[0])
    return HourMap(
        joined=name_months(found.stride),
        shades=tuple(_shade_cells(found, limits, cell)),
        limits=tuple(_mark_limits(limits)),
        rows=tuple(charts.Tick(str(TOP + round((hour + 0.5) * ROW)), f"{hour:02}:00") for hour in (0, 6, 12, 18)),
        columns=tuple(_mark_columns(found, cell)),
        cell=str(cell),
        row=ROW,
        width=cell * len(found.means),
        top=TOP,
        bottom=BOTTOM,
        height=HEIGHT,
        highest=_tell_cell(found, highest, unit),
        lowest=_tell_cell(found, lowest, unit),
        left_out=name_ends(found, months),
    )


def place_limits(lowest: float, highest: float) -> tuple[float, ...]:
    """Round limits of four to nine classes that hold both ends; none where the ends are alike.

    Their distance is 1, 2, 2.5 or 5 times a power of ten.
    """
    reach = highest - lowest
    if reach <= ALIKE * max(abs(lowest), abs(highest)) or reach < charts.SMALLEST_REACH:
        return ()
    exponent = math.floor(math.log10(reach / MOST_CLASSES))
    choices = (_list_multiples(lowest, highest, factor * 10.0**exponent) for factor in (1, 2, 2.5, 5, 10, 20))
    return next(limits for limits in choices if len(limits) - 1 <= MOST_CLASSES)


def _list_multiples(lowest: float, highest: float, distance: float) -> tuple[float, ...]:
    """The multiples of a distance around both ends and between them."""
    first, last = math.floor(lowest / distance + 1e-9), math.ceil(highest / distance - 1e-9)
    return tuple(index * distance for index in range(first, last + 1))


def name_months(stride: int) -> str:
    """What a column holds, in words: a month, a quarter, a year, 5 years."""
    if stride < YEAR:
        return "month" if stride == 1 else "quarter"
    return "year" if stride == YEAR else f"{stride // YEAR} years"


def name_column(month: int, stride: int) -> str:
    """A column by the month with which it begins: 2025-03, 2025 Q1, 2025, or its years."""
    year, place = divmod(month, YEAR)
    if stride < YEAR:
        return f"{year}-{place + 1:02}" if stride == 1 else f"{year} Q{place // stride + 1}"
    return f"{year}" if stride == YEAR else f"{year}\N{EN DASH}{year + stride // YEAR - 1}"


def name_ends(found: DailyHours, months: Months) -> str:
    """The months at the ends of a series that are not drawn."""
    ends = (months.first, months.first + len(months.sums) - 1)
    shown = range(found.first, found.first + found.months)
    return " and ".join(name_column(month, 1) for month in ends if month not in shown)


def _by_mean(cell: tuple[float, int, int]) -> float:
    return cell[0]


def _shade_cells(found: DailyHours, limits: Sequence[float], cell: int) -> Iterator[Shade]:
    """The cells of each class, from the palest on; the last class holds its upper limit too."""
    classes = len(limits) - 1
    if classes < 1:
        return
    runs: list[list[tuple[int, int, int]]] = [[] for _ in range(classes)]
    for hour in range(HOURS):
        before, begin = -1, 0
        for column, means in enumerate((*found.means, (None,) * HOURS)):
            mean = means[hour]
            number = -1 if mean is None else _find_class(mean, limits)
            if number != before:
                if before >= 0:
                    runs[before].append((begin, hour, column - begin))
                before, begin = number, column
    edges = [round(number * _swatch(classes)) / cell for number in range(classes + 1)]
    for number, strokes in enumerate(runs):
        opacity = PALEST + (1 - PALEST) * number / (classes - 1)
        yield Shade(
            f"{trace_cells(strokes)}M{edges[number]:.5g} {LEGEND}h{edges[number + 1] - edges[number]:.5g}",
            f"{opacity:.2g}",
        )


def _find_class(mean: float, limits: Sequence[float]) -> int:
    classes = len(limits) - 1
    place = (mean - limits[0]) / (limits[-1] - limits[0]) * classes
    return max(0, min(classes - 1, math.floor(place + 1e-9)))


def _swatch(classes: int) -> float:
    """Pixels of one class in the legend."""
    return (charts.WIDTH - charts.LEFT - charts.RIGHT - 60) / classes


def _mark_limits(limits: Sequence[float]) -> Iterator[charts.Tick]:
    for number, limit in enumerate(limits):
        yield charts.Tick(str(round(charts.LEFT + number * _swatch(len(limits) - 1))), words.write_limit(limit))


def _mark_columns(found: DailyHours, cell: int) -> Iterator[charts.Tick]:
    """Names of columns in the middle below them, as many as there is room for, at round moments."""
    first = found.first // found.stride
    columns = range(first, first + len(found.means))
    strides = (stride // found.stride for stride in _TICK_STRIDES if stride % found.stride == 0)
    choices = ([column for column in columns if column % stride == 0] for stride in strides)
    for column in next(named for named in choices if len(named) <= MOST_TICKS):
        at = round(charts.LEFT + (column - first + 0.5) * cell)
        yield charts.Tick(str(at), name_column(column * found.stride, found.stride))


def _tell_cell(found: DailyHours, cell: tuple[float, int, int], unit: str) -> str:
    mean, column, hour = cell
    begin = (found.first // found.stride + column) * found.stride
    number = f"{words.write_number(mean)} {unit}".rstrip()
    return f"{number} from {hour:02}:00 in {name_column(begin, found.stride)}"
