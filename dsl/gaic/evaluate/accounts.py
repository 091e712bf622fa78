"""Writes the account of each value and object of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.over_time import SERIES_OF_WEEK
from gaic.check.provenance import HYPOTHESIS
from gaic.check.types import Form, Measure, Truth, Words
from gaic.evaluate.account import (
    AbsentValue,
    Account,
    Course,
    HourlyValue,
    LinkAccount,
    ObjectAccount,
    ScalarValue,
    TruthValue,
    Uncertainty,
    WeeklyValue,
    WordValue,
)
from gaic.evaluate.pieces import is_plain
from gaic.evaluate.substitute import Substitution, flatten
from gaic.lower.names import PSEUDO, name_member, name_node
from gaic.lower.walk import parts_of
from gaic.source.text import Origin
from gaic.syntax import expressions as s
from gaic.units.numbers import format_number
from gaic.units.series import NOTHING, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from gaic.check.program import Attribute, Bounds, Declared, Entity, Formula, Kind
    from gaic.evaluate.account import (
        Value,
    )
    from gaic.evaluate.run import Run
    from gaic.source.text import Span
    from gaic.units.measures import Unit


OWN_KINDS = PSEUDO | {"study"}
"""Kinds of the language, which nobody declares."""


class Accountant:
    """Turns nodes into accounts; `is_uncertain` says whether a value rests on an uncertain input."""

    def __init__(self, run: Run, is_uncertain: Callable[[int], bool]) -> None:
        self.run = run
        self.graph = run.graph
        self.structure = run.graph.structure
        self.program = self.structure.program
        self.is_uncertain = is_uncertain
        self.pieces = run.pieces
        self.substitution = Substitution(run, self.pieces)

    def uncertain_inputs(self) -> Iterator[int]:
        """Nodes whose own formula holds an uncertain number."""
        for column in self.graph.columns:
            for piece in column.pieces:
                if any(isinstance(p, c.Literal) and p.range is not None for p in parts_of(piece.formula.core)):
                    yield from (column.first + piece.rows).tolist()

    # ------------------------------------------------------------ values

    def value(self, node: int) -> Value:
        """The value of a node in its shown unit."""
        store, attribute = self.run.store, self.graph.column_of(node).attribute
        if not store.known[node]:
            return AbsentValue()
        held = store.others[node]
        match attribute.type:
            case Words(kind, words):
                return WordValue("choice" if words else "date" if kind == "date" else "text", str(held))
            case Truth():
                return TruthValue(held is True)
            case Measure(Form.SCALAR):
                return self._scalar(node)
            case Measure(is_week=True, form=form) if isinstance(held, Series):
                values = (self.run.workshop.values(held) / self.pieces.factor(node)).tolist()
                return WeeklyValue(SERIES_OF_WEEK[form].value, self.pieces.text(node), tuple(values))
            case _:
                return self._hourly(node, held if isinstance(held, Series) else NOTHING, attribute)

    def _scalar(self, node: int) -> ScalarValue:
        text, factor = self.pieces.text(node), self.pieces.factor(node)
        piece = self.pieces.piece(node)
        core = piece.formula.core if piece is not None else None
        while isinstance(core, c.Adopt):
            core = core.operand
        range_ = core.range if isinstance(core, c.Literal) else None
        shown = None if range_ is None else Uncertainty(range_.low / factor, range_.high / factor, range_.meaning)
        return ScalarValue(float(self.run.store.numbers[node]) / factor, text, shown)

    def _hourly(self, node: int, series: Series, attribute: Attribute) -> HourlyValue:
        text, factor = self.pieces.text(node), self.pieces.factor(node)
        nature = attribute.type.form.value if isinstance(attribute.type, Measure) else Form.AMOUNT.value
        if series.n == 0:
            return HourlyValue(
                nature, text, 0, 0, (), (), 0.0, 0.0, 0.0, 0.0 if nature == "amount" else None, local=False
            )
        summary = self.run.workshop.summary(series)
        total = summary.sum / factor if nature == "amount" else None
        first = tuple(v / factor for v in summary.first10)
        last = tuple(v / factor for v in summary.last10)
        return HourlyValue(
            nature, text, series.start, series.n, first, last,
            summary.min / factor, summary.max / factor, summary.mean / factor, total, series.local,
        )  # fmt: skip

    def course(self, node: int, bins: int, hours: NDArray[np.float64]) -> Course | None:
        """A series in at most `bins` equal parts: mean, lowest and highest hour of each."""
        held = self.run.store.others[node]
        if not isinstance(held, Series) or held.n == 0:
            return None
        count = min(bins, held.n)
        edges = (np.arange(count) * held.n) // count
        sizes = np.diff(np.append(edges, held.n))
        middle = np.add.reduceat(hours, edges) / sizes
        low, high = np.minimum.reduceat(hours, edges), np.maximum.reduceat(hours, edges)
        return Course(
            held.start, held.n / count, tuple(middle.tolist()), tuple(low.tolist()), tuple(high.tolist()),
            self.pieces.text(node),
        )  # fmt: skip

    # ------------------------------------------------------------ accounts

    def account(self, node: int) -> Account:
        """All that is known of one value."""
        column = self.graph.column_of(node)
        row = node - column.first
        entity = self.structure.entities[int(column.objects[row])]
        kind = self.program.kinds[entity.kind]
        attribute, piece = column.attribute, self.pieces.piece(node)
        formula = piece.formula if piece is not None else None
        plain = formula is None or is_plain(formula.core)
        pseudo = kind.shown in PSEUDO
        label = entity.label if pseudo else attribute.name.replace("_", " ")
        source, text = self._source(formula)
        return Account(
            node=node,
            path=name_node(self.graph, node),
            object=entity.path,
            attribute=attribute.name,
            member=name_member(self.graph, column, row),
            kind=kind.shown,
            role=attribute.role.value,
            given=piece.given if piece is not None else False,
            label=label,
            doc=entity.doc if pseudo else attribute.doc,
            value=self.value(node),
            formula=None if plain or formula is None else written_text(formula.written),
            substituted=None if plain or piece is None else self.substitution.write(piece.formula.core, column, row),
            written=written_text(formula.written)
            if formula is not None and attribute.role.value != "calculated"
            else None,
            default=self._default(attribute, entity),
            source=source,
            source_text=text,
            confidence=formula.provenance.confidence if formula is not None else None,
            note=formula.provenance.note if formula is not None else None,
            limits=self._limits(attribute),
            uncertain=self.is_uncertain(node),
            span=self._place(attribute, formula),
        )

    def _place(self, attribute: Attribute, formula: Formula | None) -> Span:
        return formula.span if formula is not None else attribute.span

    def _source(self, formula: Formula | None) -> tuple[Declared | None, str | None]:
        path = formula.provenance.source if formula is not None else None
        if path is None:
            return None, None
        declared = self.program.declared.get(path)
        return declared, HYPOTHESIS if path == HYPOTHESIS else declared.label if declared else path

    def _default(self, attribute: Attribute, entity: Entity) -> str | None:
        """The kind's default that an input of the object replaced."""
        if attribute.name not in entity.inputs or attribute.formula is None:
            return None
        return written_text(attribute.formula.written)

    def _limits(self, attribute: Attribute) -> str | None:
        parts = []
        if attribute.within is not None:
            parts.append(f"allowed {self._range(attribute.within, attribute.unit)}")
        if attribute.usual is not None:
            parts.append(f"usual {self._range(attribute.usual, attribute.unit)}")
        return ", ".join(parts) or None

    def _range(self, bounds: Bounds, unit: Unit | None) -> str:
        factor, text = (unit.factor, unit.shown) if unit is not None else (1.0, "")
        return f"{format_number(bounds.low / factor)} to {format_number(bounds.high / factor)} {text}".strip()

    # ------------------------------------------------------------ objects

    def objects(self) -> tuple[ObjectAccount, ...]:
        """All objects, in order of declaration, the project's first."""
        nodes: dict[int, list[int]] = {}
        for column in self.graph.columns:
            for row, number in enumerate(column.objects.tolist()):
                nodes.setdefault(number, []).append(column.first + row)
        users = self._users()
        return tuple(
            self._object(number, entity, tuple(nodes.get(number, ())), users.get(number, ()))
            for number, entity in enumerate(self.structure.entities)
        )

    def _users(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, dict[str, None]] = {}
        links = self.structure.links
        for owner, target in zip(links.owners.tolist(), links.targets.tolist(), strict=True):
            found.setdefault(target, {})[self.structure.entities[owner].path] = None
        return {target: tuple(paths) for target, paths in found.items()}

    def _object(self, number: int, entity: Entity, nodes: tuple[int, ...], users: tuple[str, ...]) -> ObjectAccount:
        kind = self.structure.kind(number)
        return ObjectAccount(
            path=entity.path,
            kind=kind.shown,
            kind_label=kind.label,
            kind_doc=kind.doc,
            category=kind.category,
            label=entity.label,
            doc=entity.doc,
            nodes=nodes,
            links=self._links(number, entity),
            used_by=users,
            library=entity.span.file.origin is Origin.LIBRARY,
            span=entity.span,
            kind_span=None if kind.shown in OWN_KINDS else self._declared(kind, entity).span,
        )

    def _declared(self, kind: Kind, entity: Entity) -> Kind:
        """The kind that a text declares: an object's own calculations make an unnamed child of it."""
        return self.program.kinds[kind.parents[1]] if kind.span == entity.span else kind

    def _links(self, number: int, entity: Entity) -> tuple[LinkAccount, ...]:
        kind = self.structure.kind(number)
        found: list[LinkAccount] = []
        for ref in kind.refs.values():
            if ref.derived is not None:
                target = int(self.structure.follow(ref.name, np.array([number], dtype=np.int64))[0])
                if target >= 0:
                    found.append(LinkAccount(ref.name, ref.doc, self.structure.entities[target].path, 1.0))
                continue
            found.extend(LinkAccount(ref.name, ref.doc, k.target, k.weight) for k in entity.links.get(ref.name, ()))
        return tuple(found)


def written_text(expression: s.Expression) -> str:
    """An expression as it stands in the file, on one line, without its source."""
    bare = expression.value if isinstance(expression, s.Sourced) else expression
    return flatten(bare.span.text)
