"""Names of nodes: `object.attribute` and `object.attribute[member]`, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.check.types import LinkTo

if TYPE_CHECKING:
    from gaic.lower.graph import Column, Graph

PSEUDO = frozenset({"let", "shape"})
"""Kinds of the language whose one value goes by the name of the object."""


def name_node(graph: Graph, node: int) -> str:
    """The path of a node."""
    column = graph.column_of(node)
    row = node - column.first
    entity = graph.structure.entities[int(column.objects[row])]
    if graph.structure.program.kinds[entity.kind].shown in PSEUDO:
        return entity.path
    member = name_member(graph, column, row)
    return f"{entity.path}.{column.attribute.name}" + (f"[{member}]" if member is not None else "")


def name_member(graph: Graph, column: Column, row: int) -> str | None:
    """The name of the member of a row: the path of an object, `path#2` for its second link in one list."""
    if column.members is None or column.attribute.members is None:
        return None
    member = int(column.members[row])
    element = column.attribute.members.element
    if not isinstance(element, LinkTo):
        return graph.structure.entities[member].path
    return _name_link(graph, column, member, backward=element.backward)


def _name_link(graph: Graph, column: Column, link: int, *, backward: bool) -> str:
    table = graph.structure.links
    far = (table.owners if backward else table.targets)[link]
    owner = table.targets[link] if backward else table.owners[link]
    rows = np.flatnonzero(column.objects == owner)
    members = column.members if column.members is not None else rows
    fars = (table.owners if backward else table.targets)[members[rows]]
    earlier = int(np.count_nonzero(fars[members[rows] < link] == far))
    path = graph.structure.entities[int(far)].path
    return path if earlier == 0 else f"{path}#{earlier + 1}"


def find_nodes(graph: Graph, path: str) -> tuple[int, ...]:
    """The nodes that a path names: one, or all members of a table; none if it names nothing.

    `a.b[c]` may be written `a.b.c`.
    """
    text = path.strip()
    number = graph.structure.number.get(text)
    if number is not None:
        return _value_of(graph, number)
    for cut in _cuts(text):
        number = graph.structure.number.get(text[:cut])
        if number is not None:
            found = _attribute_nodes(graph, number, text[cut + 1 :])
            if found:
                return found
    return ()


def _value_of(graph: Graph, number: int) -> tuple[int, ...]:
    kind = graph.structure.kind(number)
    if kind.shown not in PSEUDO:
        return ()
    return tuple(graph.nodes("value", np.array([number], dtype=np.int64)).tolist())


def _cuts(text: str) -> list[int]:
    """Places of dots, from the last to the first."""
    return [i for i in range(len(text) - 1, 0, -1) if text[i] == "."]


def _attribute_nodes(graph: Graph, number: int, rest: str) -> tuple[int, ...]:
    for column in graph.columns:
        name = column.attribute.name
        if rest != name and not rest.startswith((name + "[", name + ".")):
            continue
        rows = np.flatnonzero(column.objects == number)
        if not len(rows) and column.members is None:
            continue
        nodes = tuple((column.first + rows).tolist())
        if rest == name:
            if nodes:
                return nodes
            continue
        wanted = rest[len(name) + 1 :]
        wanted = wanted.removesuffix("]") if rest[len(name)] == "[" else wanted
        found = tuple(n for n in nodes if name_member(graph, column, n - column.first) == wanted)
        if found:
            return found
    return ()
