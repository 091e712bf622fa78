"""What the files that leave need to know of an evaluated model, as a protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gaic.check.program import Program
    from gaic.evaluate.account import Account, CheckRow, ObjectAccount, TotalRow


class Hours(Protocol):
    """The numbers of a series in order."""

    def tolist(self) -> list[float]:
        """The numbers as plain floats."""
        ...


class Evaluated(Protocol):
    """An evaluated model. Nodes are numbers of values; every node belongs to one of `objects`."""

    @property
    def program(self) -> Program:
        """The program that was evaluated."""
        ...

    def objects(self) -> tuple[ObjectAccount, ...]:
        """Objects of the project in order of declaration, then those of the library that are in use."""
        ...

    def account(self, node: int) -> Account:
        """All that is known of one value."""
        ...

    def depends_on(self, node: int) -> tuple[int, ...]:
        """Direct dependencies in order of appearance, each once."""
        ...

    def ancestors(self, node: int) -> tuple[int, ...]:
        """Everything that the value rests on, nearest first."""
        ...

    def hours(self, node: int) -> Hours:
        """Every hour of a series, in the unit of its value."""
        ...

    def totals(self) -> tuple[TotalRow, ...]:
        """Parts of every criterion, and their sums."""
        ...

    def checks(self) -> tuple[CheckRow, ...]:
        """Assertions that were evaluated."""
        ...
