"""From which hour to which the parts of a formula have values: outside them a part is 0, whatever stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gaic.units.series import Series

Extent = tuple[int, int] | None
"""First hour and the hour behind the last one; None of what is no series."""

EMPTY: Extent = (0, 0)


def measure(series: Series) -> Extent:
    """The extent of a series."""
    return (series.start, series.end) if series.n else EMPTY


def unite(extents: Iterable[Extent]) -> Extent:
    """The extent of a sum or an extreme: numbers hold in the hours of the series."""
    series = [each for each in extents if each is not None]
    hours = [(first, end) for first, end in series if first < end]
    if not hours:
        return EMPTY if series else None
    return min(first for first, _ in hours), max(end for _, end in hours)


def combine(operator: str, left: Extent, right: Extent) -> Extent:
    """The extent of `+ - * / ^`."""
    match operator:
        case "/" | "^":
            return right if left is None else left
        case "*" if EMPTY in (left, right):
            return EMPTY
        case _:
            return unite((left, right))


def reach(function: str, arguments: Sequence[Extent]) -> Extent:
    """The extent of a function that is computed hour by hour."""
    match function:
        case "min" | "max":
            return unite(arguments)
        case "flat":
            return arguments[1]
        case "at_least" if None not in arguments:
            return unite(arguments)
        case "at_least" | "ratio":
            return arguments[1] if arguments[0] is None else arguments[0]
        case _:
            return arguments[0]


def lies_outside(hour: int | None, extent: Extent) -> bool:
    """Say whether an hour is one in which a series has no value."""
    return hour is not None and extent is not None and not extent[0] <= hour < extent[1]
