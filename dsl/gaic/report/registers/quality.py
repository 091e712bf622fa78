"""The register of data quality: how sure the numbers are, who sets them, and which weak ones weigh most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.evaluate.account import ScalarValue
from gaic.report import charts, listing, words
from gaic.report.registers.numbers import add_shares, show_shares, sort_by_share
from gaic.report.registers.rows import STANDINGS, tabulate_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gaic.report.facts import Pointer
    from gaic.report.registers.numbers import Number, Numbers
    from gaic.report.registers.rows import Table
    from gaic.source.diagnostic import Diagnostic

MOST_WEAK = 25
"""Weak numbers that are listed."""
MOST_RANGES = 100
"""Stated ranges that are listed."""
WEAK = frozenset({"unsourced", "not stated", "low"})
FINDINGS = "GAI6"
"""Codes of findings about the quality of data begin so."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of one sort: how many there are, how many values they give, their share of each total."""

    name: str
    numbers: int
    values: int
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """The shares of one total by confidence, as pieces of a bar; the name of each goes with its style."""

    criterion: str
    pieces: tuple[tuple[str, charts.Segment], ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A number with stated ends; `width` is their distance as a part of the number."""

    pointer: Pointer
    ends: str
    meaning: str
    width: str
    shares: tuple[str, ...]
    place: listing.Place


@dataclass(frozen=True, slots=True)
class Quality:
    """All that the register shows; `hidden` ranges are not listed."""

    criteria: tuple[str, ...]
    remark: str
    counted: int
    by_confidence: tuple[Tally, ...]
    by_origin: tuple[Tally, ...]
    bars: tuple[Bar, ...]
    weakest: Table
    ranges: tuple[Range, ...]
    hidden: int
    diagnostics: tuple[Diagnostic, ...]


def register_quality(numbers: Numbers, diagnostics: Sequence[Diagnostic]) -> Quality:
    """Count the numbers by how sure they are and by who sets them."""
    ratings = tuple(reversed(words.CONFIDENCES))
    ordered = sort_by_share(numbers.rows)
    weak = [row for row in ordered if row.rating in WEAK and row.largest]
    ranges = [range_ for row in ordered for range_ in _write_range(row, numbers)]
    return Quality(
        criteria=numbers.criteria,
        remark=numbers.remark,
        counted=len(numbers.rows),
        by_confidence=tuple(_tally(numbers, [r for r in numbers.rows if r.rating == name], name) for name in ratings),
        by_origin=tuple(
            _tally(numbers, [r for r in numbers.rows if r.standing is standing], name)
            for standing, name in STANDINGS.items()
        ),
        bars=tuple(_stack(numbers, place, ratings) for place in range(len(numbers.criteria))),
        weakest=tabulate_numbers(weak, numbers, MOST_WEAK),
        ranges=tuple(ranges[:MOST_RANGES]),
        hidden=max(0, len(ranges) - MOST_RANGES),
        diagnostics=tuple(found for found in diagnostics if found.code.startswith(FINDINGS)),
    )


def _tally(numbers: Numbers, rows: Sequence[Number], name: str) -> Tally:
    shares = add_shares(row.shares for row in rows if row.shares)
    return Tally(name, len(rows), sum(len(row.pointers) for row in rows), show_shares(shares, numbers.criteria))


def _stack(numbers: Numbers, place: int, ratings: Sequence[str]) -> Bar:
    shares = [sum(row.shares[place] for row in numbers.rows if row.shares and row.rating == r) for r in ratings]
    segments = charts.stack_parts(shares) or ()
    return Bar(numbers.criteria[place], tuple(zip(ratings, segments, strict=False)))


def _write_range(row: Number, numbers: Numbers) -> Iterator[Range]:
    """The stated ends of a number, if it has any."""
    pointer = row.pointers[0]
    value = pointer.account.value
    if not isinstance(value, ScalarValue) or value.range is None:
        return
    ends, meaning = words.show_range(value.range, value.unit)
    width = abs(value.range.high - value.range.low) / abs(value.value) if value.value else None
    yield Range(
        pointer=pointer,
        ends=ends,
        meaning=meaning,
        width="" if width is None else charts.show_share(100 * width),
        shares=show_shares(row.shares, numbers.criteria),
        place=listing.locate_place(pointer.account.span),
    )
