"""Values of nodes and of parts of a derivation as figures: numbers in a unit that readers know from the formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.check.types import Measure
from gaic.evaluate.frame import Scalars, SeriesRows, TruthRows, WordRows
from gaic.evaluate.readings import list_readings
from gaic.evaluate.substitute import flatten
from gaic.evaluate.working import Figure, Phrase
from gaic.units.series import Series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.check import core as c
    from gaic.check.types import Type
    from gaic.evaluate.derivation import Derivation
    from gaic.evaluate.derive import Deriver
    from gaic.evaluate.frame import Rows
    from gaic.evaluate.run import Run
    from gaic.source.text import Span
    from gaic.units.measures import Unit

LONGEST_CODE = 100
NOTHING_THERE = Phrase("nothing")
UNSET = Phrase("not set")

_LITERAL = re.compile(r"([0-9][0-9_.]*(?:[eE][+-]?[0-9]+)?)\s*(.*)", re.DOTALL)


class Figures:
    """Shows values for the working of one node; `deriver` has its derivation."""

    def __init__(self, run: Run, deriver: Deriver, node: int) -> None:
        self.run = run
        self.deriver = deriver
        self.node = node

    def read(self, node: int, hour: int | None) -> Figure | Phrase:
        """The value of a node, of a series in an hour."""
        store = self.run.store
        if not store.known[node]:
            return UNSET
        held, unit = store.others[node], self.run.pieces.unit(node)
        match held:
            case None:
                return make_figure(float(store.numbers[node]), unit)
            case Series():
                return NOTHING_THERE if hour is None else make_figure(self.run.workshop.at(held, hour), unit)
            case bool():
                return show_truth(held)
            case str():
                return Phrase(held)

    def show(self, part: Derivation, hour: int | None, around: Derivation | None = None) -> Figure | Phrase:
        """What a part came to, of a series in an hour; `around` is what it is compared in."""
        rows = self.deriver.rows(part)
        if rows.known is not None and not rows.known[0] and not isinstance(rows, SeriesRows):
            return UNSET
        match rows:
            case TruthRows(values):
                return show_truth(bool(values[0]))
            case WordRows(values):
                return Phrase(values[0])
            case SeriesRows(values) if hour is None or not values[0].n:
                return NOTHING_THERE
            case _:
                return make_figure(self.list_numbers(rows, hour)[0], self.choose_unit(part, around))

    def list_numbers(self, rows: Rows, hour: int | None) -> list[float]:
        """Numbers in root units, of series those in an hour."""
        match rows:
            case Scalars(values):
                return [float(each) for each in values]
            case SeriesRows(values):
                return [0.0 if hour is None else self.run.workshop.at(each, hour) for each in values]
            case _:
                return [0.0]

    def show_literal(self, literal: c.Literal) -> Figure:
        """A number as it is written; an uncertain one is its nominal value in the usual unit."""
        found = _LITERAL.fullmatch(literal.span.text)
        if literal.range is not None or found is None:
            return make_figure(literal.value, self.run.pieces.usual(literal.type))
        return Figure(float(found[1].replace("_", "")), found[2])

    def choose_unit(self, part: Derivation, around: Derivation | None = None) -> Unit | None:
        """The unit for the number of a part: that of a value in it or around it, else of the explained one."""
        type_ = part.core.type
        fitting = (unit for unit in self._list_units(part, around) if _fits(unit, type_))
        return next(fitting, None) or self.run.pieces.usual(type_)

    def _list_units(self, part: Derivation, around: Derivation | None) -> Iterator[Unit]:
        nodes = [each.node for place in (part, around) if place is not None for each in list_readings(place)]
        own = self.run.pieces.unit(self.node)
        for node in nodes:
            unit = None if node is None else self.run.pieces.unit(node)
            if unit is not None:
                yield unit
        if own is not None and not (own.dimension.is_number and own.tag is None):
            yield own


def _fits(unit: Unit, type_: Type) -> bool:
    """Say whether numbers of a type can be shown in a unit."""
    if not isinstance(type_, Measure) or unit.dimension != type_.dimension:
        return False
    return unit.tag == type_.tag if type_.dimension.is_number else unit.tag in {None, type_.tag}


def make_figure(value: float, unit: Unit | None) -> Figure:
    """A number in root units in a unit."""
    return Figure(value, "") if unit is None else Figure(value / unit.factor, unit.shown)


def show_truth(value: bool) -> Phrase:  # noqa: FBT001 - the value itself
    """True or false as words."""
    return Phrase("true" if value else "false")


def quote(span: Span) -> str:
    """A piece of a formula on one line; of a long one the beginning."""
    text = flatten(span.text)
    return text if len(text) <= LONGEST_CODE else text[:LONGEST_CODE].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
