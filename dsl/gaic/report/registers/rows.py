"""A number as a row of a table, the same in every register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.report import listing
from gaic.report.registers.numbers import add_shares, show_shares
from gaic.study.factors import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.report.facts import Pointer
    from gaic.report.registers.numbers import Number, Numbers

MOST_NAMES = 3
"""Values that a row names; of a number with more the first."""
LONGEST_TEXT = 60
"""Characters of a number as it is written, where its values differ."""
STANDINGS = {
    Standing.GIVEN: "the project",
    Standing.CATALOGUE: "the library's catalogues",
    Standing.DEFAULT: "defaults of the library",
    Standing.CONSTANT: "constants of the method",
}
"""Who sets a number."""


@dataclass(frozen=True, slots=True)
class Row:
    """A number ready to be written; `hidden` values are not named."""

    pointers: tuple[Pointer, ...]
    hidden: int
    text: str
    exact: str
    unit: str
    confidence: str
    standing: str
    note: str
    shares: tuple[str, ...]
    place: listing.Place

    @property
    def first(self) -> Pointer:
        """The first value that the number gives."""
        return self.pointers[0]


@dataclass(frozen=True, slots=True)
class Table:
    """Some rows, the strongest first; `hidden` more are not listed, which have `rest` of each total together."""

    rows: tuple[Row, ...]
    hidden: int
    rest: tuple[str, ...]


def tabulate_numbers(rows: Sequence[Number], numbers: Numbers, most: int) -> Table:
    """The first rows as a table."""
    left = rows[most:]
    rest = show_shares(add_shares(row.shares for row in left if row.shares), numbers.criteria) if left else ()
    return Table(tuple(_write_row(row, numbers) for row in rows[:most]), len(left), rest)


def _write_row(row: Number, numbers: Numbers) -> Row:
    pointer = row.pointers[0]
    account, shown = pointer.account, pointer.shown
    alike = all(other.shown == shown for other in row.pointers)
    written = " ".join((account.written or account.formula or "").split())
    return Row(
        pointers=row.pointers[:MOST_NAMES],
        hidden=max(0, len(row.pointers) - MOST_NAMES),
        text=f"{shown.lead} {shown.number}".lstrip() if alike else _shorten(written),
        exact=shown.exact if alike else written,
        unit=shown.unit if alike else "",
        confidence=row.rating,
        standing=STANDINGS[row.standing],
        note=account.note or "",
        shares=show_shares(row.shares, numbers.criteria),
        place=listing.locate_place(account.span),
    )


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + listing.ELLIPSIS
