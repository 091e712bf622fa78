"""The parts of a condition with their values, so that one sees which of them broke it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.types import Measure, Truth
from gaic.evaluate.account import CheckPart
from gaic.evaluate.faults import FailedBefore, RowFault
from gaic.evaluate.substitute import flatten
from gaic.lower.walk import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.evaluate.frame import Frame
    from gaic.evaluate.substitute import Substitution
    from gaic.units.measures import Unit

NOT_REACHED = "not reached"
SHOWN_MEMBERS = 3
"""Members of a gathering of conditions that are taken apart."""
MOST_PARTS = 40
LONGEST = 160
"""Characters of a part that are shown."""


def break_down(substitution: Substitution, condition: c.Core, frame: Frame) -> tuple[CheckPart, ...]:
    """The sub-expressions of a condition in a frame of one row, each below the one that it is a part of.

    Numbers that stand in the text are left out; a part that was seen before is not taken apart again, and one that the
    evaluation did not reach (behind `and`, `or`, in the branch not taken) has no value.
    """
    found = list(_Breakdown(substitution).walk(condition, frame, 0, None))
    if len(found) > MOST_PARTS:
        found = [*found[:MOST_PARTS], CheckPart(0, f"... {len(found) - MOST_PARTS} more parts", "")]
    return tuple(found)


class _Breakdown:
    def __init__(self, substitution: Substitution) -> None:
        self._substitution = substitution
        self._formulas = substitution.run.formulas
        self._seen: set[tuple[str, tuple[int, ...]]] = set()

    def walk(self, core: c.Core, frame: Frame, depth: int, unit: Unit | None) -> Iterator[CheckPart]:
        """An expression and what it is made of; `unit` is that of its neighbour in a comparison or a sum."""
        if isinstance(core, c.Literal | c.Word | c.TruthLiteral | c.Hours | c.ObjectLiteral | c.Variable):
            return  # is its own value, or has none that says more
        text = _shorten(flatten(core.span.text))
        unit = self._unit(core, frame) or unit
        yield CheckPart(depth, text, self._substitution.leaf(core, frame, unit))
        key = (text, tuple(int(values[0]) for values in frame.slots.values()))
        if key not in self._seen:
            self._seen.add(key)
            yield from self._inside(core, frame, depth + 1, unit)

    def _inside(self, core: c.Core, frame: Frame, depth: int, unit: Unit | None) -> Iterator[CheckPart]:
        match core:
            case c.Logic(operator, left, right):
                yield from self.walk(left, frame, depth, None)
                decided = self._truth(left, frame) is (operator == "or")
                yield from self._skip(right, depth) if decided else self.walk(right, frame, depth, None)
            case c.Choose(condition, first, second):
                yield from self.walk(condition, frame, depth, None)
                taken = first if self._truth(condition, frame) else second
                yield from self.walk(taken, frame, depth, unit)
            case c.Compare(_, left, right):
                both = self._unit(left, frame) or self._unit(right, frame)
                yield from self.walk(left, frame, depth, both)
                yield from self.walk(right, frame, depth, both)
            case c.Arithmetic(operator, left, right):
                same = unit if operator in ("+", "-") else None
                yield from self.walk(left, frame, depth, same)
                yield from self.walk(right, frame, depth, same)
            case c.Otherwise(left, right):
                yield from self.walk(left, frame, depth, unit)
                yield from self.walk(right, frame, depth, unit)
            case c.Negate(operand) | c.Adopt(operand):
                yield from self.walk(operand, frame, depth, unit)
            case c.Apply(_, arguments):
                for argument in arguments:
                    yield from self.walk(argument, frame, depth, None)
            case c.Gather():
                yield from self._members(core, frame, depth)
            case _:
                return

    def _members(self, gather: c.Gather, frame: Frame, depth: int) -> Iterator[CheckPart]:
        """The members that decide `all` or `any`, by name; sums of numbers stay whole."""
        body = gather.body
        if body is None or not isinstance(body.type, Truth):
            return
        inner, _ = self._formulas.members(gather, frame)
        holds = self._formulas.truths(body, inner)
        wanted = np.flatnonzero(holds if gather.function == "any" else ~holds)
        for row in wanted[:SHOWN_MEMBERS].tolist():
            alone = inner.take(np.array([row], dtype=np.int64))
            yield CheckPart(depth, f"for {self._member(gather, alone)}", "true" if holds[row] else "false")
            yield from self._inside(body, alone, depth + 1, None)
        if len(wanted) > SHOWN_MEMBERS:
            yield CheckPart(depth, f"... {len(wanted) - SHOWN_MEMBERS} more members", "")

    def _member(self, gather: c.Gather, frame: Frame) -> str:
        """What the variables of a gathering stand for in a frame of one row."""
        name = self._substitution.name
        shown = [(b.name, name(int(frame.slots[b.slot][0]), b.collection.element)) for b in gather.bindings]
        return ", ".join(f"{variable} = {path}" for variable, path in shown)

    def _skip(self, core: c.Core, depth: int) -> Iterator[CheckPart]:
        yield CheckPart(depth, _shorten(flatten(core.span.text)), NOT_REACHED)

    def _truth(self, core: c.Core, frame: Frame) -> bool:
        try:
            return bool(self._formulas.truths(core, frame)[0])
        except (RowFault, FailedBefore):
            return False

    def _unit(self, core: c.Core, frame: Frame) -> Unit | None:
        """The unit in which a part is shown: that of the first attribute in it with the same dimension."""
        if isinstance(core, c.Apply) and isinstance(core.type, Measure) and core.type.is_plain:
            return None  # a rounded share is no share
        for part in parts_of(core):
            if isinstance(part, c.Read) and part.type == core.type and not lacks_variable(part, frame):
                return self._substitution.unit_of(part, frame)
        return None


def lacks_variable(core: c.Core, frame: Frame) -> bool:
    """Say whether an expression needs a variable that a frame does not hold: it stands inside a gathering."""
    return any(isinstance(part, c.Variable) and part.slot not in frame.slots for part in parts_of(core))


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
