"""`export.json`: every value with the formula tree that made it and what the names in it stood for.

The whole graph of dependencies is here once, and all that is needed to compute it again: what was given with all its
digits, in root units, and the rules of the clocks. `gaic/verify/trees.py` says what the trees mean.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, assert_never

from gaic.check import core as c
from gaic.check.types import Measure
from gaic.evaluate import derivation as d
from gaic.evaluate import exact
from gaic.evaluate.derive import Deriver
from gaic.schema.attributes import role_of
from gaic.schema.text import rows_text
from gaic.schema.values import instant, place, value_object
from gaic.units.zones import is_zone

if TYPE_CHECKING:
    from gaic.evaluate.account import Account, TotalRow
    from gaic.evaluate.ledger import Ledger
    from gaic.schema.results import Origin
    from gaic.schema.text import Json
    from gaic.units.series import Series

    Tree = list[object] | float | str | bool

EXPORT = "gaic.export/1"
LARGEST_WHOLE = 2.0**53


def export_text(ledger: Ledger, origin: Origin) -> str:
    """The document `gaic.export/1` of an evaluated model as text; one value, formula or series stands on a line."""
    return rows_text(export_of(ledger, origin))


def export_of(ledger: Ledger, origin: Origin) -> Json:
    """The document `gaic.export/1` of an evaluated model."""
    writer = _Writer(ledger)
    nodes = [node for found in ledger.objects() for node in found.nodes]
    values: Json = {ledger.account(node).path: writer.value(node) for node in nodes}
    horizon = exact.horizon_of(ledger)
    return {
        "schema": EXPORT,
        "gaic": origin.gaic,
        "library": {"version": origin.library, "sha256": origin.library_sha256},
        "tzdata": origin.tzdata,
        "hour": exact.hour_of(ledger),
        "horizon": None if horizon is None else instant(horizon),
        "units": dict(sorted(writer.units.items())),
        "zones": writer.zones(),
        "series": writer.series,
        "formulas": writer.formulas,
        "values": values,
        "totals": [_total_object(ledger, row) for row in ledger.totals()],
    }


def _total_object(ledger: Ledger, row: TotalRow) -> Json:
    return {
        "criterion": row.criterion,
        "category": row.category,
        "phase": row.phase,
        "value": value_object(row.value),
        "values": [ledger.account(node).path for node in row.nodes],
    }


class _Writer:
    """Gathers formulas, series and units while values are written; what is alike is there once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.deriver = Deriver(ledger.run)
        self.formulas: list[object] = []
        self.series: list[object] = []
        self.units: Json = {}
        self.words: set[str] = set(exact.list_words(ledger))
        self._formulas: dict[str, int] = {}
        self._series: dict[int, int] = {}
        self._alike: dict[exact.WrittenHours, int] = {}

    def value(self, node: int) -> Json:
        """A value: what it is, and the number it was given as, or the formula with what its names stand for."""
        account = self.ledger.account(node)
        shown = value_object(account.value)
        self._note_unit(node, shown)
        found: Json = {"role": role_of(account), "value": shown}
        derivation = self.deriver.derive(node)
        if derivation is None:
            return {**found, "at": place(account.span)}
        part = _Part(self)
        tree = part.tree(derivation)
        if not isinstance(tree, list) and account.formula is None:
            return {**found, "exact": tree, "at": place(account.span)}
        found["formula"] = self._formula(tree, account)
        names = {"arguments": [*part.arguments], "objects": [*part.objects], "facts": part.facts}
        return {**found, **{name: entries for name, entries in names.items() if entries}}

    def hours(self, series: Series) -> int:
        """The number of a written series; those with the same hours are one."""
        known = self._series.get(id(series))
        if known is None:
            written = exact.write_hours(self.ledger, series)
            known = self._alike.setdefault(written, len(self._alike))
            if known == len(self.series):
                self.series.append(_series_object(written))
            self._series[id(series)] = known
        return known

    def zones(self) -> Json:
        """How the clocks go that values and formulas name."""
        span = exact.clock_span(self.ledger)
        return {name: self._zone(name, span) for name in sorted(filter(is_zone, self.words))}

    def _zone(self, name: str, span: tuple[int, int]) -> Json:
        stretches = exact.list_stretches(name, span)
        return {
            "since": span[0],
            "until": span[1],
            "offset": stretches[0].offset if stretches else 0,
            "changes": [[stretch.begin, stretch.offset] for stretch in stretches[1:]],
        }

    def _note_unit(self, node: int, shown: Json) -> None:
        unit, text = exact.unit_of(self.ledger, node), shown.get("unit")
        if unit is not None and isinstance(text, str) and text not in self.units:
            self.units[text] = {"factor": unit.factor, "dimension": str(unit.dimension)}

    def _formula(self, tree: Tree, account: Account) -> int:
        text = account.formula if account.formula is not None else account.written or ""
        row = {"text": text, "at": place(account.span), "tree": tree}
        key = json.dumps(row)
        known = self._formulas.setdefault(key, len(self.formulas))
        if known == len(self.formulas):
            self.formulas.append(row)
        return known


class _Part:
    """Writes one derivation as a tree, and numbers what its names stand for in order of appearance."""

    def __init__(self, writer: _Writer) -> None:
        self.writer = writer
        self.arguments: dict[str | None, int] = {}
        self.objects: dict[str | None, int] = {}
        self.facts: list[float | bool] = []

    def tree(self, part: d.Derivation) -> Tree:
        """The tree of a derivation."""
        match part:
            case d.Fixed(core):
                return self._fixed(core)
            case d.Reading(core, node):
                return self._reading(core, node)
            case d.Thing(_, path):
                return ["object", self.objects.setdefault(path, len(self.objects))]
            case d.Known(_, value):
                return self._fact(value)
            case d.Negation(core, operand):
                return ["negate" if isinstance(core.type, Measure) else "not", self.tree(operand)]
            case d.Operation(core, left, right):
                return [core.operator, self.tree(left), None if right is None else self.tree(right)]
            case d.Choice(_, condition, holds, taken):
                return ["if", holds, self.tree(condition), self.tree(taken)]
            case d.Fallback(_, _, taken, unset):
                return ["??", self.tree(taken)] if unset is None else ["??", self.tree(unset), self.tree(taken)]
            case d.Setting(core, holds, node):
                if isinstance(core.operand, c.Read):
                    return ["given", holds, self._argument(node)]
                return self._fact(holds)
            case d.Calling(core, arguments):
                return ["call", core.function, [self.tree(argument) for argument in arguments]]
            case d.Gathering():
                return self._gathering(part)
            case d.Adoption(_, operand):
                return self.tree(operand)
            case _:
                assert_never(part)

    def _fixed(self, core: c.Literal | c.Hours | c.Word | c.TruthLiteral) -> Tree:
        match core:
            case c.Hours(series):
                return ["nothing"] if series is None else ["hours", self.writer.hours(series)]
            case c.Word(value):
                self.writer.words.add(value)
                return value
            case c.Literal(value):
                return float(value)
            case c.TruthLiteral(value):
                return value

    def _reading(self, core: c.Read, node: int | None) -> Tree:
        if node is None and isinstance(core.type, Measure) and core.type.is_series:
            return ["nothing"]
        return self._argument(node)

    def _argument(self, node: int | None) -> Tree:
        path = None if node is None else self.writer.ledger.account(node).path
        return ["read", self.arguments.setdefault(path, len(self.arguments))]

    def _fact(self, value: float | bool) -> Tree:  # noqa: FBT001 - a condition is a fact too
        self.facts.append(value)
        return ["fact", len(self.facts) - 1]

    def _gathering(self, gathering: d.Gathering) -> Tree:
        core = gathering.core
        of_series = isinstance(core.type, Measure) and core.type.is_series
        return ["gather", core.function, of_series, [self._member(member) for member in gathering.members]]

    def _member(self, member: d.Member) -> Tree:
        """The tree of what is gathered of a member; where that is nothing, members are counted."""
        body: Tree = 1 if member.body is None else self.tree(member.body)
        if member.condition is None:
            return body
        return ["where", member.holds, self.tree(member.condition), body if member.holds else None]


def _series_object(written: exact.WrittenHours) -> Json:
    values = written.values
    found: Json = {"start": instant(written.start, local=written.local)}
    if written.factor != 1.0:
        found["factor"] = written.factor
    if len(set(values)) == 1 and len(values) > 1:
        return {**found, "times": len(values), "values": [_short(values[0])]}
    return {**found, "values": [_short(value) for value in values]}


def _short(value: float) -> float:
    """A whole number without its `.0`."""
    return int(value) if value.is_integer() and abs(value) < LARGEST_WHOLE else value
