"""A checked program, evaluated on demand: one value per object, attribute and member, each remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.check.types import LinkTo, Measure
from tests.reference.expressions import Expressions
from tests.reference.faults import MisfitError
from tests.reference.hours import Hours, nothing
from tests.reference.operators import Functions, reduce, total
from tests.reference.quantities import Units
from tests.reference.structure import Link, Structure, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.check.program import Attribute, Formula, Program
    from tests.reference.expressions import Frame, Item, Value
    from tests.reference.quantities import Quantity

    Group = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Node:
    """An attribute of an object, of one member if it has `key`."""

    thing: Thing
    attribute: str
    key: Item | None


class Model:
    """The reference: values, names, what each value reads, totals and assertions."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.structure = Structure(program)
        self.units = Units(program.system)
        self.functions = Functions(self.units, self.horizon)
        self.expressions = Expressions(self)
        self.reads: dict[Node, set[Node]] = {}
        self._values: dict[Node, Value] = {}
        self._running: list[Node] = []
        self._horizon: int | None = None

    # ------------------------------------------------------------ nodes

    def nodes(self) -> list[Node]:
        """Every attribute of every object, member by member."""
        return [
            Node(thing, attribute.name, key)
            for thing in self.structure.things
            for attribute in self.structure.kind(thing).attributes.values()
            for key in self._keys(thing, attribute)
        ]

    def _keys(self, thing: Thing, attribute: Attribute) -> tuple[Item | None, ...]:
        if attribute.members is None:
            return (None,)
        return self.expressions.members(attribute.members, {0: thing})

    def name(self, node: Node) -> str:
        """The path of a node, as `gaic` prints it."""
        kind = self.structure.kind(node.thing)
        if kind.shown in {"let", "shape"}:
            return node.thing.path
        path = f"{node.thing.path}.{node.attribute}"
        attribute = kind.attributes[node.attribute]
        return path if node.key is None else f"{path}[{self._member_name(node, node.key, attribute)}]"

    def _member_name(self, node: Node, key: Item, attribute: Attribute) -> str:
        """The path of the member; of a link that of its far object, counted from the second one on."""
        if isinstance(key, Thing):
            return key.path
        element = attribute.members.element if attribute.members is not None else None
        backward = isinstance(element, LinkTo) and element.backward
        far = key.far(backward=backward)
        same = [k for k in self._keys(node.thing, attribute) if isinstance(k, Link) and k.far(backward=backward) == far]
        place = same.index(key)
        return f"{far.path}#{place + 1}" if place else far.path

    # ------------------------------------------------------------ values

    def value(self, node: Node) -> Value:
        """The value of a node; None if it is not set."""
        if node in self._values:
            return self._values[node]
        if node in self._running:
            raise RecursionError(" -> ".join(self.name(n) for n in (*self._running, node)))
        formula = self._formula(node)
        self._running.append(node)
        self.reads.setdefault(node, set())
        value = None if formula is None else self.expressions.value(formula.core, _frame(node))
        self._running.pop()
        self._values[node] = self._fit(value, node)
        return self._values[node]

    def _fit(self, value: Value, node: Node) -> Value:
        """The value; the empty series has the dimension that is declared."""
        declared = self.structure.kind(node.thing).attributes[node.attribute].type
        if isinstance(value, Hours) and not value.values and isinstance(declared, Measure):
            return nothing(self.units.root(declared.dimension))
        return value

    def _formula(self, node: Node) -> Formula | None:
        """What the object sets, else what its kind says."""
        given = self.structure.entity(node.thing).inputs.get(node.attribute)
        return given or self.structure.kind(node.thing).attributes[node.attribute].formula

    def read(self, thing: Thing, attribute: str, key: Item | None) -> Value:
        """A value that the running node reads; raises `KeyError` where `key` is no member."""
        declared = self.structure.kind(thing).attributes[attribute]
        if key not in self._keys(thing, declared):
            raise KeyError(f"{thing.path}.{attribute}", key)
        node = Node(thing, attribute, key)
        if self._running:
            self.reads[self._running[-1]].add(node)
        return self.value(node)

    # ------------------------------------------------------------ the last hour

    def horizon(self) -> int:
        """The hour behind the last one of any hourly input: stocks last until then."""
        if self._horizon is None:
            running, self._running = self._running, []
            self._horizon = max((series.end for series in self._hourly_inputs()), default=0)
            self._running = running
        return self._horizon

    def _hourly_inputs(self) -> Iterator[Hours]:
        for node in self.nodes():
            formula = self._formula(node)
            found = self.expressions.hourly_inputs(formula.core, _frame(node)) if formula is not None else ()
            yield from (series for series in found if isinstance(series, Hours) and series.values and not series.local)

    # ------------------------------------------------------------ totals and assertions

    def totals(self) -> dict[Group, Quantity]:
        """What counts, added up over time: by criterion, category and phase, and by criterion alone."""
        groups: dict[Group, list[Quantity]] = {}
        for node in self.nodes():
            kind = self.structure.kind(node.thing)
            counting = kind.attributes[node.attribute].counting
            value = self.value(node)
            if counting is None or node.key is not None or value is None or isinstance(value, str | bool):
                continue
            sum_ = reduce("total", value) if isinstance(value, Hours) else value
            for group in ((counting.criterion, kind.category, counting.phase), (counting.criterion, None, None)):
                groups.setdefault(group, []).append(sum_)
        return {group: _add(parts) for group, parts in groups.items()}

    def promises(self) -> list[tuple[str, str | None, bool]]:
        """Name, object and outcome of every assertion: those of kinds for each object, then those of the files."""
        holds = self.expressions.truth
        of_kinds = [
            (promise.name, thing.path, holds(promise.condition, {0: thing}))
            for thing in self.structure.things
            for promise in self.structure.kind(thing).promises
        ]
        return of_kinds + [(promise.name, None, holds(promise.condition, {})) for promise in self.program.promises]


def _add(parts: list[Quantity]) -> Quantity:
    result = total(parts, parts[0])
    if isinstance(result, Hours):
        raise MisfitError("total", "scalar")
    return result


def _frame(node: Node) -> Frame:
    """The object is variable 0, the member variable 1."""
    return {0: node.thing} if node.key is None else {0: node.thing, 1: node.key}
