"""Charts as numbers that templates write into SVG: a course with its band, and bars of stacked parts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from gaic.report import words
from gaic.report.tracing import trace_band, trace_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gaic.evaluate.account import Course

WIDTH = 960
HEIGHT = 250
LEFT, RIGHT, TOP, BOTTOM = 62, 32, 22, 26
MOST_TICKS = 8
DAY = 24
YEAR = 12  # months
SMALLEST_REACH = 1e-290  # what is less is drawn as constant: its tenth could not be written
SMALLEST_SHARE = 0.05  # in hundredths; less would print as 0.0

_MONTH_STRIDES = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
_HOUR_STRIDES = (1, 3, 6, 12, 24, 48, 168)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: its place in pixels and its words."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A course in a frame of `WIDTH` x `HEIGHT`; `band` reaches from the lowest to the highest hour of each part."""

    line: str
    band: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    unit: str
    part: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a stacked bar, in hundredths of its width."""

    x: str
    width: str
    share: str


def draw_course(course: Course) -> Chart:
    """Draw a series; the middle is the mean of an hour in each part."""
    marks = place_marks(min(0.0, *course.low), max(0.0, *course.high))
    bottom, top = marks[0], marks[-1]
    parts = len(course.middle)
    across = (WIDTH - LEFT - RIGHT) / parts

    def y_of(value: float) -> float:
        return HEIGHT - BOTTOM - (value - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM)

    xs = [LEFT + across * (index + 0.5) for index in range(parts)]
    upper = list(zip(xs, map(y_of, course.high), strict=True))
    lower = list(zip(xs, map(y_of, course.low), strict=True))
    flat = course.high == course.low
    return Chart(
        line=trace_line(list(zip(xs, map(y_of, course.middle), strict=True))),
        band="" if flat or parts == 1 else trace_band(upper, lower),
        rows=tuple(Tick(_write(y_of(mark)), words.write_limit(mark)) for mark in marks),
        columns=place_dates(course.start, round(course.hours_per_bin * parts), across / course.hours_per_bin),
        unit=course.unit,
        part=name_span(course.hours_per_bin),
    )


def name_span(hours: float) -> str:
    """A length of time in words: `1 hour`, `6 hours`, `6.1 days`."""
    if hours < 2 * DAY:
        return words.count_words(round(hours), "hour") if hours == round(hours) else f"{hours:.1f} hours"
    days = f"{hours / DAY:.1f}".removesuffix(".0")
    return f"{days} days"


def place_marks(lowest: float, highest: float) -> tuple[float, ...]:
    """Two to eight round marks around zero and both ends; their distance is 1, 2 or 5 times a power of ten."""
    reach = highest - lowest
    if reach < SMALLEST_REACH:
        reach, highest = 1.0, lowest + 1.0
    exponent = math.floor(math.log10(reach / 5))
    distance = next(
        factor * 10.0**exponent for factor in (1, 2, 5, 10) if factor * 10.0**exponent * 5 >= reach * (1 - 1e-9)
    )
    first, last = math.floor(lowest / distance + 1e-9), math.ceil(highest / distance - 1e-9)
    return tuple(index * distance for index in range(first, max(last, first + 1) + 1))


def stack_parts(values: Sequence[float]) -> tuple[Segment, ...] | None:
    """Put parts one after the other, their widths in hundredths; None if a part is negative or nothing is there."""
    whole = math.fsum(values)
    if whole <= 0 or min(values) < 0:
        return None
    segments = []
    for index, value in enumerate(values):
        begin = 100 * math.fsum(values[:index]) / whole
        share = 100 * value / whole
        segments.append(Segment(_write(begin, 3), _write(share, 3), show_share(share)))
    return tuple(segments)


def show_share(hundredths: float) -> str:
    """A share with one decimal; one that is too small for it says so."""
    return "< 0.1 %" if 0 < hundredths < SMALLEST_SHARE else f"{hundredths:.1f} %"


@lru_cache(maxsize=64)
def place_dates(start: int, hours: int, per_hour: float) -> tuple[Tick, ...]:
    """Marks of a time axis of so many hours: as close as there is room for, at round moments.

    Many series of a model have the same.
    """
    begin = words.EPOCH + timedelta(hours=start)
    end = begin + timedelta(hours=hours)
    candidates: list[tuple[Callable[[datetime, int], datetime], int, str]] = [
        *((_next_hour, stride, "%m-%d %H:%M" if stride < DAY else "%Y-%m-%d") for stride in _HOUR_STRIDES),
        *((_next_month, stride, "%Y-%m" if stride < YEAR else "%Y") for stride in _MONTH_STRIDES),
    ]
    found = ((list(_list_moments(begin, end, stride, advance)), style) for advance, stride, style in candidates)
    moments, spelling = next(((dates, style) for dates, style in found if len(dates) <= MOST_TICKS), ([], ""))
    passed = ((moment, (moment - begin) / timedelta(hours=1)) for moment in moments)
    return tuple(Tick(_write(LEFT + gone * per_hour), moment.strftime(spelling)) for moment, gone in passed)


def _list_moments(
    begin: datetime, end: datetime, stride: int, advance: Callable[[datetime, int], datetime]
) -> Iterator[datetime]:
    """Round moments from `begin` on and before `end`, at most one more than there is room for."""
    moment, found = begin - timedelta(hours=1), 0
    while (moment := advance(moment, stride)) < end and found <= MOST_TICKS:
        yield moment
        found += 1


def _next_hour(moment: datetime, stride: int) -> datetime:
    """The first moment after this one whose hours since 1970 are a multiple of the stride."""
    passed = (moment - words.EPOCH) // timedelta(hours=stride)
    return words.EPOCH + timedelta(hours=(passed + 1) * stride)


def _next_month(moment: datetime, stride: int) -> datetime:
    """The first beginning of a month after this moment, every `stride` months counted from the year 0."""
    months = ((moment.year * 12 + moment.month - 1) // stride + 1) * stride
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=moment.tzinfo)


def _write(number: float, decimals: int = 1) -> str:
    text = f"{number:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
