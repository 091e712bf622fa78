"""An evaluated model with its units as pages print them: `mgXy` of the dimension Xy is `mg Xy`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue, ScalarValue, WeeklyValue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gaic.evaluate.account import Account, CheckRow, Course, ObjectAccount, TotalRow
    from gaic.evaluate.calendar import Calendar, Days
    from gaic.evaluate.working import Working
    from gaic.report.book import Book
    from gaic.schema.ledger import Hours
    from gaic.units.system import UnitSystem

WORD = re.compile(r"[A-Za-zµμΩ°][A-Za-z0-9_]*")


def spell_units(system: UnitSystem) -> Mapping[str, str]:
    """Units that are written as a unit and what is measured with it, in one word, as they are printed.

    These are units of one dimension whose name ends in that of the dimension, behind the name of another unit;
    underscores in the name of the dimension are printed as blanks.
    """
    names = set(system.units())
    spelled: dict[str, str] = {}
    for name in names:
        powers = system.unit(name).dimension.powers
        if len(powers) != 1 or powers[0][1] != 1:
            continue
        matter = powers[0][0]
        head = name.removesuffix(matter.replace("_", ""))
        if head != name and head in names:
            spelled[name] = f"{head} {matter.replace('_', ' ')}"
    return spelled


class PrintedBook:
    """A book whose values carry printed units; everything else is that of the book inside."""

    def __init__(self, book: Book, units: Mapping[str, str]) -> None:
        self._book = book
        self._units = units
        self._accounts: dict[int, Account] = {}

    def print_units(self, text: str) -> str:
        """A text with every such unit in it as it is printed."""
        return WORD.sub(lambda word: self._units.get(word[0], word[0]), text) if self._units else text

    def objects(self) -> tuple[ObjectAccount, ...]:
        """As in the book."""
        return self._book.objects()

    def account(self, node: int) -> Account:
        """All that is known of one value, with printed units in its value and its texts of numbers."""
        if node not in self._accounts:
            account = self._book.account(node)
            value = account.value
            if isinstance(value, ScalarValue | HourlyValue | WeeklyValue):
                value = replace(value, unit=self.print_units(value.unit))
            self._accounts[node] = replace(
                account,
                value=value,
                substituted=self.print_units(account.substituted) if account.substituted else account.substituted,
                limits=self.print_units(account.limits) if account.limits else account.limits,
            )
        return self._accounts[node]

    def depends_on(self, node: int) -> tuple[int, ...]:
        """As in the book."""
        return self._book.depends_on(node)

    def used_by(self, node: int) -> tuple[int, ...]:
        """As in the book."""
        return self._book.used_by(node)

    def ancestors(self, node: int) -> tuple[int, ...]:
        """As in the book."""
        return self._book.ancestors(node)

    def course(self, node: int, bins: int) -> Course | None:
        """The series in parts, with a printed unit."""
        course = self._book.course(node, bins)
        return course and replace(course, unit=self.print_units(course.unit))

    def calendar(self, node: int, parts: int, columns: int) -> Calendar | None:
        """The series by the calendar, with a printed unit."""
        found = self._book.calendar(node, parts, columns)
        return found and replace(found, band=replace(found.band, unit=self.print_units(found.band.unit)))

    def days(self, node: int) -> Days | None:
        """The series day by day, with a printed unit."""
        found = self._book.days(node)
        return found and replace(found, unit=self.print_units(found.unit))

    def hours(self, node: int) -> Hours:
        """As in the book."""
        return self._book.hours(node)

    def working(self, node: int) -> Working | None:
        """How a value is worked out, with printed units."""
        working = self._book.working(node)
        return working and replace(working, spell=self.print_units)

    def totals(self) -> tuple[TotalRow, ...]:
        """Parts of every criterion and their sums, with printed units."""
        rows = self._book.totals()
        return tuple(replace(row, value=replace(row.value, unit=self.print_units(row.value.unit))) for row in rows)

    def spread(self, row: TotalRow, edges: Sequence[int]) -> tuple[float, ...]:
        """As in the book: units are printed, not converted."""
        return self._book.spread(row, edges)

    def delivered_units(self) -> float | None:
        """As in the book."""
        return self._book.delivered_units()

    def checks(self) -> tuple[CheckRow, ...]:
        """Assertions, with printed units in the numbers of their parts."""
        rows = self._book.checks()
        return tuple(
            replace(row, parts=tuple(replace(part, value=self.print_units(part.value)) for part in row.parts))
            for row in rows
        )
