"""Names of nodes: `object.attribute` and `object.attribute[member]`, and the way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from gaic.check.types import LinkTo

if TYPE_CHECKING:
    from gaic.check.types import ObjectOf
    from gaic.lower.graph import Column, Graph

COMMA = re.compile(r"\s*,\s*")
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
    """The names of the members of a row, joined by commas; None for an attribute without keys.

    A member goes by the path of its object, `path#2` for the second link that leads there.
    """
    names = [
        _name_key(graph, key.collection.element, int(members[row]), 0 if repeats is None else int(repeats[row]))
        for key, members, repeats in zip(column.attribute.keys, column.members, column.repeats, strict=True)
    ]
    return ", ".join(names) or None


def _name_key(graph: Graph, element: ObjectOf | LinkTo, member: int, repeat: int) -> str:
    far = int(graph.structure.far(np.array([member]), element)[0]) if isinstance(element, LinkTo) else member
    path = graph.structure.entities[far].path
    return f"{path}#{repeat + 1}" if repeat else path


def find_nodes(graph: Graph, path: str) -> tuple[int, ...]:
    """The nodes that a path names: one, or all members of a table; none if it names nothing.

    `a.b[c, d]` may be written `a.b.c.d` where that means one value.
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
        if not len(rows) and not column.members:
            continue
        nodes = tuple((column.first + rows).tolist())
        if rest == name:
            if nodes:
                return nodes
            continue
        found = _rows_of_member(graph, column, nodes, rest[len(name) :])
        if found:
            return found
    return ()


def _rows_of_member(graph: Graph, column: Column, nodes: tuple[int, ...], written: str) -> tuple[int, ...]:
    """The one of some nodes that `[a, b]` or `.a.b` names; none if it names none, or several."""
    bracket = written.startswith("[")
    wanted = COMMA.sub(", ", written[1:].removesuffix("]") if bracket else written[1:]).strip()
    names = {node: name_member(graph, column, node - column.first) or "" for node in nodes}
    exact = tuple(node for node, name in names.items() if name == wanted)
    if exact or bracket:
        return exact
    dotted = tuple(node for node, name in names.items() if name.replace(", ", ".") == wanted)
    return dotted if len(dotted) == 1 else ()
