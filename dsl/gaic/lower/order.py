"""An order in which every column comes after what it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(slots=True)
class _Search:
    """State of Tarjan's algorithm (SIAM J. Comput. 1, 1972) without recursion."""

    index: dict[int, int] = field(default_factory=dict)
    low: dict[int, int] = field(default_factory=dict)
    stack: list[int] = field(default_factory=list)
    on_stack: set[int] = field(default_factory=set)

    def enter(self, node: int) -> None:
        self.index[node] = self.low[node] = len(self.index)
        self.stack.append(node)
        self.on_stack.add(node)

    def leave(self, node: int) -> tuple[int, ...]:
        """The component that a node is the root of, empty if it is no root."""
        if self.low[node] != self.index[node]:
            return ()
        place = self.stack.index(node)
        component = tuple(sorted(self.stack[place:]))
        del self.stack[place:]
        self.on_stack.difference_update(component)
        return component


def order_columns(needs: Sequence[set[int]]) -> list[tuple[tuple[int, ...], bool]]:
    """Components in order of need, each with whether it is circular; linear in columns and needs."""
    search = _Search()
    found: list[tuple[tuple[int, ...], bool]] = []
    for root in range(len(needs)):
        if root not in search.index:
            found.extend(
                (part, len(part) > 1 or part[0] in needs[part[0]]) for part in _components(root, needs, search)
            )
    return found


def _components(root: int, needs: Sequence[set[int]], search: _Search) -> Iterator[tuple[int, ...]]:
    search.enter(root)
    path = [(root, iter(sorted(needs[root])))]
    while path:
        node, rest = path[-1]
        for need in rest:
            if need not in search.index:
                search.enter(need)
                path.append((need, iter(sorted(needs[need]))))
                break
            if need in search.on_stack:
                search.low[node] = min(search.low[node], search.index[need])
        else:
            path.pop()
            if path:
                parent = path[-1][0]
                search.low[parent] = min(search.low[parent], search.low[node])
            component = search.leave(node)
            if component:
                yield component
