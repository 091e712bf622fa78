"""The dependency graph for networkx, which is imported only here and only when a graph is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    Digraph = nx.DiGraph[str]


def make_digraph(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> Digraph:
    """A directed graph of values by path; an edge leads from what is read to the value that reads it."""
    import networkx as nx

    graph: Digraph = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from(edges)
    return graph
