"""A checked program, evaluated on demand: one value per object, attribute and row, each remembered."""

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

    from gaic.check.core import Binding
    from gaic.check.program import Attribute, Formula, Program
    from tests.reference.expressions import Frame, Item, Value
    from tests.reference.quantities import Quantity

    Group = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Node:
    """An attribute of an object, of one row of a table if it has `keys`."""

    thing: Thing
    attribute: str
    keys: tuple[Item, ...]


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
        self._known_rows: dict[tuple[Thing, str], dict[tuple[Item, ...], None]] = {}
        self._running: list[Node] = []
        self._horizon: int | None = None

    # ------------------------------------------------------------ nodes

    def nodes(self) -> list[Node]:
        """Every attribute of every object, row by row."""
        return [
            Node(thing, attribute.name, keys)
            for thing in self.structure.things
            for attribute in self.structure.kind(thing).attributes.values()
            for keys in self._rows(thing, attribute)
        ]

    def _rows(self, thing: Thing, attribute: Attribute) -> dict[tuple[Item, ...], None]:
        """The keys of an attribute of an object: what its generators give, from left to right."""
        place = (thing, attribute.name)
        if place not in self._known_rows:
            rows: list[tuple[Item, ...]] = [()]
            for key in attribute.keys:
                rows = [(*row, item) for row in rows for item in self._members(thing, row, key)]
            self._known_rows[place] = dict.fromkeys(rows)
        return self._known_rows[place]

    def _members(self, thing: Thing, before: tuple[Item, ...], key: Binding) -> tuple[Item, ...]:
        """The members of a key, where those of the keys before it are known."""
        return self.expressions.members(key.collection, _frame(thing, before))

    def name(self, node: Node) -> str:
        """The path of a node, as `gaic` prints it."""
        kind = self.structure.kind(node.thing)
        if kind.shown in {"let", "shape"}:
            return node.thing.path
        path = f"{node.thing.path}.{node.attribute}"
        attribute = kind.attributes[node.attribute]
        names = [self._key_name(node, place, key) for place, key in enumerate(attribute.keys)]
        return f"{path}[{', '.join(names)}]" if names else path

    def _key_name(self, node: Node, place: int, key: Binding) -> str:
        """The path of the member; of a link that of its far object, counted from the second one on."""
        item, element = node.keys[place], key.collection.element
        if isinstance(item, Thing):
            return item.path
        assert isinstance(element, LinkTo)
        far = item.far(backward=element.backward)
        links = [k for k in self._members(node.thing, node.keys[:place], key) if isinstance(k, Link)]
        repeat = [k for k in links if k.far(backward=element.backward) == far].index(item)
        return f"{far.path}#{repeat + 1}" if repeat else far.path

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
        value = None if formula is None else self.expressions.value(formula.core, _frame(node.thing, node.keys))
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

    def read(self, thing: Thing, attribute: str, keys: tuple[Item, ...]) -> Value:
        """A value that the running node reads; raises `KeyError` where `keys` are no row."""
        declared = self.structure.kind(thing).attributes[attribute]
        if keys not in self._rows(thing, declared):
            raise KeyError(f"{thing.path}.{attribute}", keys)
        node = Node(thing, attribute, keys)
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
            found = (
                self.expressions.hourly_inputs(formula.core, _frame(node.thing, node.keys))
                if formula is not None
                else ()
            )
            yield from (series for series in found if isinstance(series, Hours) and series.values and not series.local)

    # ------------------------------------------------------------ totals and assertions

    def totals(self) -> dict[Group, Quantity]:
        """What counts, added up over time: by criterion, category and phase, and by criterion alone."""
        groups: dict[Group, list[Quantity]] = {}
        for node in self.nodes():
            kind = self.structure.kind(node.thing)
            counting = kind.attributes[node.attribute].counting
            value = self.value(node)
            if counting is None or node.keys or value is None or isinstance(value, str | bool):
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


def _frame(thing: Thing, keys: tuple[Item, ...]) -> Frame:
    """The object is variable 0, its keys are variables 1, 2 and so on."""
    return dict(enumerate((thing, *keys)))
