"""Works values out: writes numbers in the place of what a derivation found, of a series those of one hour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from gaic.check import core as c
from gaic.check.types import Measure, Truth
from gaic.evaluate import extents
from gaic.evaluate.deciding import compare, find_extreme, find_extreme_member, tell_facts
from gaic.evaluate.derivation import (
    Adoption,
    Calling,
    Choice,
    Fallback,
    Fixed,
    Gathering,
    Known,
    Negation,
    Operation,
    Reading,
    Setting,
    Thing,
)
from gaic.evaluate.derive import Deriver
from gaic.evaluate.extents import EMPTY
from gaic.evaluate.figures import NOTHING_THERE, UNSET, Figures, make_figure, quote, show_truth
from gaic.evaluate.frame import SeriesRows
from gaic.evaluate.over_time import series_of
from gaic.evaluate.pieces import is_plain
from gaic.evaluate.readings import end_of_name, find_meanings
from gaic.evaluate.working import (
    Branch,
    Called,
    Combined,
    Figure,
    Gathered,
    Hour,
    Named,
    Phrase,
    Preference,
    Signed,
    Working,
)
from gaic.lower.names import name_member, name_node
from gaic.lower.walk import parts_of
from gaic.syntax.expressions import Sourced
from gaic.units.series import NOTHING, Series

if TYPE_CHECKING:
    from gaic.check.types import Type
    from gaic.evaluate.derivation import Derivation
    from gaic.evaluate.extents import Extent
    from gaic.evaluate.run import Run
    from gaic.evaluate.working import Decision, Term
    from gaic.units.measures import Unit

SHOWN_MEMBERS = 3
HOUR_BY_HOUR = frozenset(
    {
        *("abs", "at_least", "ceil", "exp", "flat", "floor", "integrate", "log", "log2", "max", "min", "rate", "ratio"),
        *("round", "sqrt", "weekly"),
    }
)
"""Functions whose value in an hour follows from the values of their arguments in that hour."""

TIMES_AN_HOUR = {"integrate": "*", "rate": "/"}
ONE_HOUR = Figure(1.0, "h")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that was worked out, and its extent."""

    term: Term
    extent: Extent = None


class Worker:
    """Works out the values of one run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._deriver = Deriver(run, SHOWN_MEMBERS)

    def work_out(self, node: int) -> Working | None:
        """The working of a value; None if it is given, has no formula or could not be computed."""
        run = self._run
        piece = run.pieces.piece(node)
        if piece is None or is_plain(piece.formula.core):
            return None
        derivation = self._deriver.derive(node)
        if derivation is None:
            return None
        column = run.graph.column_of(node)
        sheet = _Sheet(run, self._deriver, node)
        hour = sheet.find_hour()
        numbers = sheet.work(derivation, None if hour is None else hour.number, whole=True).term
        written = piece.formula.written
        return Working(
            name=column.attribute.name,
            keys=tuple(key.name for key in column.attribute.keys),
            member=name_member(run.graph, column, node - column.first),
            written=written.value if isinstance(written, Sourced) else written,
            meanings=self._find_meanings(piece.formula.core, derivation),
            numbers=numbers,
            result=sheet.figures.read(node, None if hour is None else hour.number),
            hour=hour,
            decisions=tuple(dict.fromkeys(sheet.decisions)),
        )

    def _find_meanings(self, core: c.Core, derivation: Derivation) -> dict[int, tuple[int, ...]]:
        """The values that the names of a formula stand for, also in branches that were not taken."""
        found = find_meanings(derivation)
        for part in parts_of(core):
            if isinstance(part, c.Read) and (place := end_of_name(part.span)) not in found:
                node = self._deriver.find_meant(part, derivation)
                if node is not None:
                    found[place] = (node,)
        return found


class _Sheet:
    """The working of one value while it is written; `decisions` are what the values decided, outermost first."""

    def __init__(self, run: Run, deriver: Deriver, node: int) -> None:
        self.run = run
        self.node = node
        self.figures = Figures(run, deriver, node)
        self.owner = name_node(run.graph, node).rpartition(run.graph.column_of(node).attribute.name)[0]
        self.decisions: list[Decision] = []

    def find_hour(self) -> Hour | None:
        """The hour of the highest value of a series; None of what has no hours."""
        held = self.run.store.others[self.node]
        if not isinstance(held, Series) or not held.n:
            return None
        type_ = self.run.graph.column_of(self.node).attribute.type
        clock = "week" if isinstance(type_, Measure) and type_.is_week else "local" if held.local else "UTC"
        summary = self.run.workshop.summary(held)
        return Hour(self.run.workshop.peak_hour(held), clock, summary.min == summary.max)

    def note(self, decision: Decision | None) -> None:
        """Keep what was decided."""
        if decision is not None:
            self.decisions.append(decision)

    # ------------------------------------------------------------ parts

    def work(self, part: Derivation, hour: int | None, *, whole: bool = False) -> _Part:
        """A part in an hour; without one series stay names. `whole` says that nothing stands around the part."""
        match part:
            case Fixed(core):
                return self.work_fixed(core, hour)
            case Reading():
                return self.work_reading(part, hour)
            case Thing(_, path):
                return _Part(Phrase(path) if path else NOTHING_THERE)
            case Known(_, value):
                return _Part(Figure(value, "") if isinstance(value, float) else show_truth(value))
            case Negation(core, operand):
                inner = self.work(operand, hour)
                return _Part(Signed("not" if isinstance(core.type, Truth) else "-", inner.term), inner.extent)
            case Operation(c.Arithmetic()):
                return self.work_operation(part, hour)
            case Operation() | Setting():
                return self.work_condition(part)
            case Choice(core, condition, is_so, taken):
                text = "" if isinstance(taken, Choice) else quote(taken.core.span)
                numbers = tell_facts(self.figures, condition)
                self.note(Branch(quote(core.condition.span), numbers, is_so, text))
                return self.work(taken, hour, whole=whole)
            case Fallback(core, used, taken):
                self.note(
                    Preference(quote(core.left.span), _tell_state(core.left, used=used), quote(core.right.span), used)
                )
                return self.work(taken, hour, whole=whole)
            case Calling():
                by_hour = part.core.function in HOUR_BY_HOUR
                return self.work_call(part, hour) if by_hour else self.work_over_time(part, hour, whole=whole)
            case Gathering():
                return self.work_gathering(part, hour)
            case Adoption(_, operand):
                return self.work(operand, hour, whole=whole)
            case _:
                assert_never(part)

    def work_fixed(self, core: c.Literal | c.Hours | c.Word | c.TruthLiteral, hour: int | None) -> _Part:
        match core:
            case c.Literal():
                return _Part(self.figures.show_literal(core))
            case c.Word(value):
                return _Part(Phrase(value))
            case c.TruthLiteral(value):
                return _Part(show_truth(value))
            case c.Hours(series):
                series = NOTHING if series is None else series
                if hour is None and series.n:
                    return _Part(Phrase(quote(core.span)), extents.measure(series))
                return self.work_series(series, hour, self.run.pieces.usual(core.type))
            case _:
                assert_never(core)

    def work_reading(self, reading: Reading, hour: int | None) -> _Part:
        node, type_ = reading.node, reading.core.type
        if not _has_hours(type_):
            return _Part(UNSET if node is None else self.figures.read(node, hour))
        series = self.run.store.series(-1 if node is None else node)
        if node is None or not series.n:
            return _Part(NOTHING_THERE, EMPTY)
        if hour is None:
            return _Part(Named(name_node(self.run.graph, node).removeprefix(self.owner), node), extents.measure(series))
        return self.work_series(series, hour, self.run.pieces.unit(node))

    def work_series(self, series: Series, hour: int | None, unit: Unit | None) -> _Part:
        if hour is None or not series.n:
            return _Part(NOTHING_THERE, EMPTY)
        return _Part(make_figure(self.run.workshop.at(series, hour), unit), extents.measure(series))

    def work_operation(self, part: Operation, hour: int | None) -> _Part:
        core = part.core
        left = self.work(part.left, hour)
        right = left if part.right is None else self.work(part.right, hour)
        extent = extents.combine(core.operator, left.extent, right.extent)
        return self.within(Combined(core.operator, left.term, right.term), part, hour, extent)

    def work_condition(self, part: Operation | Setting) -> _Part:
        """A condition that is a value itself, as it is written."""
        match part:
            case Setting(core, is_set):
                return _Part(Called("given", (Phrase(quote(core.operand.span)),), show_truth(is_set)))
            case Operation(c.Compare(operator)):
                return _Part(compare(self.figures, part, operator))
            case Operation(core, left, right):
                first = self.work(left, None).term
                return _Part(first if right is None else Combined(core.operator, first, self.work(right, None).term))

    def within(self, term: Term, part: Derivation, hour: int | None, extent: Extent) -> _Part:
        """A part as it is within its extent, 0 outside: a number beside a series holds in the hours of the series."""
        if extents.lies_outside(hour, extent):
            return _Part(make_figure(0.0, self.figures.choose_unit(part)), extent)
        return _Part(term, extent)

    # ------------------------------------------------------------ functions

    def work_call(self, part: Calling, hour: int | None) -> _Part:
        """A function that is computed hour by hour."""
        function = part.core.function
        arguments = [self.work(argument, hour) for argument in part.arguments]
        extent = extents.reach(function, [argument.extent for argument in arguments])
        if function in {"flat", "weekly"}:
            return self.within(arguments[0].term, part, hour, extent)
        if function in TIMES_AN_HOUR:
            return self.within(Combined(TIMES_AN_HOUR[function], arguments[0].term, ONE_HOUR), part, hour, extent)
        if function in {"min", "max"} and not extents.lies_outside(hour, extent):
            self.note(find_extreme(self.figures, part, hour))
        terms = tuple(argument.term for argument in arguments)
        return self.within(Called(function, terms), part, hour, extent)

    def work_over_time(self, part: Calling, hour: int | None, *, whole: bool) -> _Part:
        """A function that looks at other hours too: whole series go in, and the value in this hour comes out."""
        terms = tuple(self.work(argument, None).term for argument in part.arguments)
        called = Called(part.core.function, terms)
        if whole or (_has_hours(part.core.type) and hour is None):
            return _Part(called)
        rows = self.figures.deriver.rows(part)
        extent = extents.measure(rows.values[0]) if isinstance(rows, SeriesRows) else None
        return _Part(Called(called.function, terms, self.figures.show(part, hour)), extent)

    # ------------------------------------------------------------ members

    def work_gathering(self, part: Gathering, hour: int | None) -> _Part:
        function, type_ = part.core.function, part.core.type
        if function == "count":
            return _Part(Figure(self.figures.list_numbers(self.figures.deriver.rows(part), None)[0], ""))
        members = [self.work(member.body, hour) for member in part.members if member.body is not None]
        if function in {"any", "all"} or not members:
            return _Part(self.figures.show(part, hour), EMPTY if _has_hours(type_) else None)
        extent = extents.unite(member.extent for member in members)
        if part.more and extent is not None:
            extent = extents.measure(series_of(self.figures.deriver.rows(part))[0])
        if function != "sum":
            self.note(find_extreme_member(self.figures, part, hour))
        terms = tuple(member.term for member in members)
        if len(terms) == 1 and not part.more:
            return self.within(terms[0], part, hour, extent)
        return self.within(Gathered(function, terms, part.more, self.sum_rest(part, hour)), part, hour, extent)

    def sum_rest(self, part: Gathering, hour: int | None) -> Figure | None:
        """What those members come to together that are not shown."""
        if not part.more or part.core.function != "sum":
            return None
        _, rows = self.figures.deriver.members(part)
        if rows is None or (hour is None and isinstance(rows, SeriesRows)):
            return None
        rest = sum(self.figures.list_numbers(rows, hour)[-part.more :])
        return make_figure(rest, self.figures.choose_unit(part))


def _has_hours(type_: Type) -> bool:
    """Say whether a part has a value for each hour, of a time or of a week."""
    return isinstance(type_, Measure) and (type_.is_series or type_.is_week)


def _tell_state(core: c.Core, *, used: bool) -> str:
    """What is the case of the left side of `??`."""
    if isinstance(core, c.Gather):
        return "has no members" if used else "has members"
    return "is not set" if used else "is set"
