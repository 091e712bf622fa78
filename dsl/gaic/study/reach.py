"""What rests on a value, and how much work it is to compute that again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.units.series import Series

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.evaluate.ledger import Ledger

WORK = 2_000_000
"""How much is read at most, in numbers and, of series, thousands of hours; some two seconds."""
HOURS_PER_NUMBER = 1_000
"""Reading a series costs as much as a number, and once more for each of so many hours."""


def all_ancestors(ledger: Ledger, nodes: Iterable[int]) -> set[int]:
    """Everything that some nodes rest on."""
    found: set[int] = set()
    waiting = list(nodes)
    while waiting:
        for read in ledger.depends_on(waiting.pop()):
            if read not in found:
                found.add(read)
                waiting.append(read)
    return found


class Reach:
    """What has to be computed again for each number, and how much work that is; stops where it is too much."""

    def __init__(self, ledger: Ledger, wanted: set[int], limit: int) -> None:
        self.ledger = ledger
        self.wanted = wanted
        self.limit = limit
        self.work = 0

    def can_follow(self, numbers: Iterable[tuple[int, ...]]) -> bool:
        """Say whether what rests on each number, given by its nodes, can be computed again without too much work."""
        for nodes in numbers:
            self.behind(nodes)
            if self.work > self.limit:
                return False
        return True

    def behind(self, nodes: Iterable[int]) -> tuple[int, ...]:
        """Some nodes and all that rests on them, of those that are wanted, sorted."""
        found = {node for node in nodes if node in self.wanted}
        waiting = list(found)
        while waiting and self.work <= self.limit:
            node = waiting.pop()
            self.work += 2 * self._cost(node)
            for reader in self.ledger.used_by(node):
                if reader in self.wanted and reader not in found:
                    found.add(reader)
                    waiting.append(reader)
        return tuple(sorted(found))

    def _cost(self, node: int) -> int:
        held = self.ledger.run.store.others[node]
        hours = held.n if isinstance(held, Series) else 0
        return 1 + len(self.ledger.depends_on(node)) * (1 + hours // HOURS_PER_NUMBER)
