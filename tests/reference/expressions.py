"""Evaluates one checked expression for one object: only the branch taken, no columns, no sharing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gaic.check import core as c
from gaic.check.types import LinkTo, Measure
from gaic.verify.hours import Hours as BareHours
from tests.reference import operators
from tests.reference.faults import MisfitError
from tests.reference.hours import Hours, nothing
from tests.reference.structure import Link, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.reference.operators import Functions, Number
    from tests.reference.quantities import Units
    from tests.reference.structure import Structure

    Value = Number | str | bool | None
    Item = Thing | Link
    Frame = Mapping[int, Item]


class World(Protocol):
    """What expressions ask of the model."""

    @property
    def structure(self) -> Structure: ...

    @property
    def units(self) -> Units: ...

    @property
    def functions(self) -> Functions: ...

    def read(self, thing: Thing, attribute: str, keys: tuple[Item, ...]) -> Value:
        """The value of an attribute; raises `KeyError` where `keys` are no row of its table."""
        ...


class Expressions:
    """Evaluates expressions in frames: what each variable stands for."""

    def __init__(self, world: World) -> None:
        self.world = world

    # ------------------------------------------------------------ values

    def value(self, core: c.Core, frame: Frame) -> Value:
        """What an expression is worth; None where an optional value is unset."""
        match core:
            case c.Literal():
                return self.world.units.literal(core, _measure(core).dimension)
            case c.Word(value):
                return value
            case c.TruthLiteral() | c.Compare() | c.Logic() | c.Belongs() | c.Given():
                return self.truth(core, frame)
            case c.Hours():
                return self._hours(core)
            case c.Read():
                return self._read(core, frame)
            case c.LinkPart(subject, part):
                link = self._link(subject, frame)
                return self.world.units.number(link.weight if part == "weight" else float(link.position))
            case c.Negate(operand):
                return (
                    not self.truth(operand, frame) if _is_truth(core) else operators.negate(self.number(operand, frame))
                )
            case c.Arithmetic(sign, left, right):
                return operators.combine(sign, self.number(left, frame), self.number(right, frame))
            case c.Choose(condition, first, second):
                return self.value(first if self.truth(condition, frame) else second, frame)
            case c.Otherwise(left, right):
                found = self.value(left, frame)
                return self.value(right, frame) if found is None else found
            case c.Apply(function, arguments):
                values = [self.value(a, frame) for a in arguments]
                numbers = [v for v in values if v is not None and not isinstance(v, str | bool)]
                word = next((v for v in values if isinstance(v, str)), None)
                return self.world.functions.apply(function, numbers, word)
            case c.Gather():
                return self._gather(core, frame)
            case c.Adopt(operand):
                return self.value(operand, frame)
            case c.Variable() | c.ObjectLiteral() | c.Far() | c.Follow():
                raise MisfitError(core.span.text, "value")

    def number(self, core: c.Core, frame: Frame) -> Number:
        """An expression that must be a number or a series."""
        value = self.value(core, frame)
        if value is None or isinstance(value, str | bool):
            raise MisfitError(core.span.text, "number")
        return value

    def truth(self, core: c.Core, frame: Frame) -> bool:
        """An expression that must be true or false."""
        match core:
            case c.TruthLiteral(value):
                return value
            case c.Logic("and", left, right):
                return self.truth(left, frame) and self.truth(right, frame)
            case c.Logic(_, left, right):
                return self.truth(left, frame) or self.truth(right, frame)
            case c.Given(operand):
                return self._is_given(operand, frame)
            case c.Belongs():
                return self._belongs(core, frame)
            case c.Compare():
                return self._compare(core, frame)
            case _:
                found = self.value(core, frame)
                if not isinstance(found, bool):
                    raise MisfitError(core.span.text, "condition")
                return found

    def _hours(self, core: c.Hours) -> Hours:
        """A series of the text, with its terms added up."""
        unit = (
            self.world.units.root(_measure(core).dimension) if isinstance(core.type, Measure) else self.world.units.one
        )
        written = core.series
        if written is None:
            return nothing(unit)
        values = [0.0] * written.n
        for term in written.terms:
            for hour, value in enumerate(term.values.tolist(), term.offset):
                values[hour] += value * term.factor
        return Hours(BareHours(written.start, values, written.local), unit)

    def _read(self, core: c.Read, frame: Frame) -> Value:
        subject = self._thing(core.subject, frame)
        empty = nothing(self.world.units.one) if isinstance(core.type, Measure) and core.type.is_series else None
        if subject is None:
            return empty if core.keys else None
        keys = tuple(item for key in core.keys if (item := self.item(key, frame)) is not None)
        try:
            return self.world.read(subject, core.attribute, keys)
        except KeyError:
            if empty is None:
                raise
            return empty

    def _is_given(self, core: c.Core, frame: Frame) -> bool:
        if isinstance(core, c.Follow | c.Far | c.Variable | c.ObjectLiteral):
            return self.item(core, frame) is not None
        return self.value(core, frame) is not None

    def hourly_inputs(self, core: c.Core, frame: Frame) -> Iterator[Value]:
        """The series that a formula writes down or moves to UTC, in the branches taken."""
        match core:
            case c.Hours() | c.Apply("to_utc" | "from_wall_clock"):
                yield self.value(core, frame)
            case c.Apply(_, arguments):
                for argument in arguments:
                    yield from self.hourly_inputs(argument, frame)
            case c.Arithmetic(_, left, right) | c.Otherwise(left, right):
                yield from self.hourly_inputs(left, frame)
                yield from self.hourly_inputs(right, frame)
            case c.Negate(operand) | c.Adopt(operand):
                yield from self.hourly_inputs(operand, frame)
            case c.Choose(condition, first, second) if _has_series(core):
                yield from self.hourly_inputs(first if self.truth(condition, frame) else second, frame)
            case c.Gather(body=body) if body is not None and _has_series(core):
                for inner in self._frames(core, frame):
                    yield from self.hourly_inputs(body, inner)
            case _:
                pass

    # ------------------------------------------------------------ objects and links

    def item(self, core: c.Core, frame: Frame) -> Item | None:
        """The object or link that an expression names; None where an optional reference leads nowhere."""
        match core:
            case c.Variable(slot):
                return frame[slot]
            case c.ObjectLiteral(path):
                return self.world.structure.by_path[path]
            case c.Far(subject):
                return self._far(self._link(subject, frame), subject)
            case c.Follow(subject, ref):
                thing = self._thing(subject, frame)
                return self.world.structure.follow(thing, ref) if thing is not None else None
            case c.Adopt(operand):
                return self.item(operand, frame)
            case c.Choose(condition, first, second):
                return self.item(first if self.truth(condition, frame) else second, frame)
            case _:
                raise MisfitError(core.span.text, "object")

    def _thing(self, core: c.Core, frame: Frame) -> Thing | None:
        thing = self.item(core, frame)
        if isinstance(thing, Link):
            raise MisfitError(core.span.text, "object")
        return thing

    def _link(self, core: c.Core, frame: Frame) -> Link:
        link = self.item(core, frame)
        if not isinstance(link, Link):
            raise MisfitError(core.span.text, "link")
        return link

    def _far(self, item: Item, core: c.Core) -> Thing:
        """An object, or the far object of a link."""
        if isinstance(item, Thing):
            return item
        return item.far(backward=isinstance(core.type, LinkTo) and core.type.backward)

    def _compare(self, core: c.Compare, frame: Frame) -> bool:
        """Numbers in root units; texts, and objects (for a link its far one), are equal or not."""
        if isinstance(core.left.type, Measure):
            left, right = self._magnitude(core.left, frame), self._magnitude(core.right, frame)
            return operators.COMPARISONS[core.operator](left, right)
        equal = self._identity(core.left, frame) == self._identity(core.right, frame)
        return equal if core.operator == "==" else not equal

    def _magnitude(self, core: c.Core, frame: Frame) -> float:
        number = self.number(core, frame)
        if isinstance(number, Hours):
            raise MisfitError(core.span.text, "scalar")
        return number.to_root_units().magnitude

    def _identity(self, core: c.Core, frame: Frame) -> Value | Item:
        if not isinstance(core, c.Variable | c.ObjectLiteral | c.Far | c.Follow):
            return self.value(core, frame)
        item = self.item(core, frame)
        return item if item is None else self._far(item, core)

    # ------------------------------------------------------------ members

    def members(self, collection: c.Collection, frame: Frame) -> tuple[Item, ...]:
        """The members of a collection; none of an object that is not there."""
        structure = self.world.structure
        match collection:
            case c.Everything(kind):
                return structure.everything(kind)
            case c.Earlier(link):
                return structure.earlier(self._link(link, frame))
            case c.Links(subject, name):
                thing = self._thing(subject, frame)
                return structure.links(thing, name) if thing is not None else ()
            case c.Backs(subject, name):
                thing = self._thing(subject, frame)
                return structure.backs(thing, name) if thing is not None else ()
            case c.Members(subject, name):
                thing = self._thing(subject, frame)
                return structure.members(thing, name) if thing is not None else ()

    def _belongs(self, core: c.Belongs, frame: Frame) -> bool:
        item = self.item(core.item, frame)
        found = self.members(core.collection, frame)
        if isinstance(core.item.type, LinkTo) or not isinstance(core.collection.element, LinkTo):
            return item in found
        backward = core.collection.element.backward
        return any(isinstance(link, Link) and link.far(backward=backward) == item for link in found)

    def _frames(self, core: c.Gather, frame: Frame) -> Iterator[Frame]:
        """One frame per combination of members for which the condition holds."""
        frames = [frame]
        for binding in core.bindings:
            frames = [{**f, binding.slot: m} for f in frames for m in self.members(binding.collection, f)]
        return (f for f in frames if core.condition is None or self.truth(core.condition, f))

    def _gather(self, core: c.Gather, frame: Frame) -> Value:
        frames = list(self._frames(core, frame))
        if core.body is None:
            return self.world.units.number(float(len(frames)))
        body = core.body
        if core.function in {"any", "all"}:
            truths = [self.truth(body, f) for f in frames]
            return any(truths) if core.function == "any" else all(truths)
        numbers = [self.number(body, f) for f in frames]
        if core.function == "sum":
            return operators.total(numbers, self._zero(core))
        return operators.extreme(core.function, numbers) if numbers else self._zero(core)

    def _zero(self, core: c.Gather) -> Number:
        """The sum of no members: 0, or the empty series."""
        units = self.world.units
        measure = core.type
        unit = units.root(measure.dimension) if isinstance(measure, Measure) else units.one
        is_scalar = isinstance(measure, Measure) and not measure.is_series
        return 0.0 * unit if is_scalar else nothing(unit)


def _measure(core: c.Core) -> Measure:
    if not isinstance(core.type, Measure):
        raise MisfitError(core.span.text, "number")
    return core.type


def _has_series(core: c.Core) -> bool:
    return isinstance(core.type, Measure) and core.type.is_series


def _is_truth(core: c.Negate) -> bool:
    return not isinstance(core.type, Measure)
