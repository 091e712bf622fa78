"""Computes every value of an export again from what its formula reads, and tells what does not agree."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import dropwhile
from typing import TYPE_CHECKING, Final

from gaic.verify import hours
from gaic.verify.faults import FormulaError
from gaic.verify.functions import series
from gaic.verify.hours import NOTHING, Hours
from gaic.verify.sizes import size_of
from gaic.verify.trees import Scope, Spending, TooMuchError, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gaic.verify.clocks import Clock
    from gaic.verify.export import Export, Record
    from gaic.verify.functions import Value
    from gaic.verify.reading import Json

RELATIVE: Final = 1e-9
OF_LARGEST: Final = 1e-12
"""What hours may be off, of the largest hour: where hours cancel out, the rounding of what they were is left."""
MOST_HOURS: Final = 5_000_000_000
"""Hours that are computed at most; some minutes."""
MOST_KEPT: Final = 250_000_000
"""Hours that are kept at one time for those that read them; 2 GB."""
MOST_TOLD: Final = 10_000
"""Differences that are kept."""
MOST_NAMED: Final = 5
"""Values of a circle that are named."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not agree: in which file, of what, and the two sides as text.

    `place` is where the formula or the input stands in the model, `formula` its text.
    """

    file: str
    what: str
    message: str
    place: str | None = None
    exported: str | None = None
    recomputed: str | None = None
    formula: str | None = None


@dataclass(slots=True)
class Setting:
    """What functions ask for beside their arguments."""

    hour: float
    horizon: int | None
    clocks: Mapping[str, Clock]

    def clock(self, name: str) -> Clock:
        """The clock of a time zone."""
        if name not in self.clocks:
            raise FormulaError(f"the export does not say how the clock of {name} goes")
        return self.clocks[name]


@dataclass(slots=True)
class Recomputed:
    """What came of it: how many values and hours were computed, how many could not be, what does not agree."""

    values: int = 0
    hours: int = 0
    skipped: int = 0
    differences: list[Difference] = field(default_factory=list)


class Recomputation:
    """One export on its way; a series is forgotten when its last reader has run."""

    def __init__(self, export: Export, file: str) -> None:
        self.export = export
        self.file = file
        self.result = Recomputed()
        self._setting = Setting(export.hour, export.horizon, export.clocks)
        self._spending = Spending(MOST_HOURS)
        self._values: dict[str, Value] = {}
        self._failed: set[str] = set()
        self._sums: dict[str, float] = {}
        self._kept = 0
        self._added = {path for total in export.totals for path in total.values}
        self._readers: dict[str, int] = {}
        for record in export.records.values():
            for path in record.arguments:
                if path is not None:
                    self._readers[path] = self._readers.get(path, 0) + 1

    def run(self) -> Recomputed:
        """Compute and compare all values, then the totals; raises `TooMuchError`."""
        for record in self._in_order():
            self._run_one(record)
        self._compare_totals()
        return self.result

    # ------------------------------------------------------------ order

    def _in_order(self) -> Iterator[Record]:
        """Every record behind those that it reads; one that reads itself in the end is told and left out."""
        records = self.export.records
        done: set[str] = set()
        for first in records:
            waiting: dict[str, Iterator[str | None]] = {}
            here: str | None = first if first not in done else None
            while here is not None:
                reads = waiting.setdefault(here, iter(records[here].arguments))
                near = next((path for path in reads if path in records and path not in done), None)
                if near is None:
                    del waiting[here]
                    done.add(here)
                    yield records[here]
                    here = next(reversed(waiting), None)
                elif near in waiting:
                    self._tell_circle(waiting, near)
                    self._failed.add(here)
                else:
                    here = near

    def _tell_circle(self, waiting: Mapping[str, object], first: str) -> None:
        if len(self.result.differences) >= MOST_TOLD:
            return
        paths = [*dropwhile(lambda path: path != first, waiting)]
        rest = ["..."] if len(paths) > MOST_NAMED else []
        way = " -> ".join([*paths[:MOST_NAMED], *rest, paths[0]])
        self._tell(self.export.records[paths[0]], f"rests on itself: {way}")

    # ------------------------------------------------------------ values

    def _run_one(self, record: Record) -> None:
        missing = next((p for p in record.arguments if p is not None and p not in self.export.records), None)
        if missing is not None:
            self._tell(record, f"reads {missing}, which the export does not have")
            self._failed.add(record.path)
        if record.path in self._failed or any(path in self._failed for path in record.arguments):
            self._failed.add(record.path)
            self.result.skipped += 1
            return
        try:
            value = self._value(record)
            self._compare(record, value)
            self._keep(record, value)
        except (FormulaError, ArithmeticError, ValueError) as error:
            self._failed.add(record.path)
            why = str(error) if isinstance(error, FormulaError) else "it is beyond all numbers"
            self._tell(record, f"cannot be computed: {why}")

    def _value(self, record: Record) -> Value:
        if record.formula is None:
            if record.exact is None and record.shown["shape"] != "absent":
                raise FormulaError("it is neither given nor calculated")
            return record.exact
        value = evaluate(record.formula.tree, self._scope(record))
        if value is None and record.shown["shape"] == "hourly":
            return NOTHING
        numbers = value.values if isinstance(value, Hours) else [value] if isinstance(value, float) else ()
        if not all(map(math.isfinite, numbers)):
            raise FormulaError("it is no finite number")
        return value

    def _scope(self, record: Record) -> Scope:
        arguments = [None if path is None else self._values[path] for path in record.arguments]
        return Scope(self._setting, arguments, record.objects, record.facts, self.export.series, self._spending)

    def _size(self, record: Record) -> float:
        """How large the numbers were that a value was added up from, in the shown unit."""
        if record.formula is None:
            return 0.0
        return size_of(record.formula.tree, self._scope(record)) / abs(record.factor)

    def _keep(self, record: Record, value: Value) -> None:
        self.result.values += 1
        if isinstance(value, Hours):
            self.result.hours += len(value.values)
        if record.path in self._added:
            self._sums[record.path] = _sum_over_time(value)
        for path in record.arguments:
            if path is not None:
                self._readers[path] -= 1
                if not self._readers[path]:
                    self._kept -= _count(self._values[path])
                    self._values[path] = None
        if not self._readers.get(record.path):
            value = None
        elif isinstance(value, Hours):
            value = Hours(value.start, array("d", value.values), value.local)
        self._values[record.path] = value
        self._kept += _count(value)
        if self._kept > MOST_KEPT:
            raise TooMuchError

    # ------------------------------------------------------------ comparing

    def _compare(self, record: Record, value: Value) -> None:
        shown = record.shown
        match shown["shape"], value:
            case "hourly", Hours():
                self._compare_series(record, value)
            case "weekly", Hours():
                values = [v / record.factor for v in value.values]
                if not are_close(_numbers(shown["values"]), values, max(map(abs, values), default=0.0)):
                    self._tell(record, "differs in its hours")
            case "scalar", float() if not isinstance(value, bool):
                found, exported = value / record.factor, _number(shown["value"])
                if not is_close(exported, found, 0.0) and not is_close(exported, found, self._size(record)):
                    self._tell(record, "differs", _write(shown["value"], shown), _write(found, shown))
            case "absent", None:
                pass
            case (("bool" | "text" | "choice" | "date"), bool() | str()) if value == shown["value"]:
                pass
            case _:
                self._tell(record, "differs", str(shown.get("value", shown["shape"])), _describe(value))

    def _compare_series(self, record: Record, value: Hours) -> None:
        shown = record.shown
        if shown["n"] != len(value.values):
            self._tell(record, "differs in its length", f"{shown['n']} hours", f"{len(value.values)} hours")
            return
        if not value.values:
            return
        start = _instant(value.start, local=value.local)
        if shown["start"] != start:
            self._tell(record, "differs in its first hour", str(shown["start"]), start)
            return
        summary = shown["summary"]
        if not isinstance(summary, dict):
            return
        by, values = 1.0 / record.factor, value.values
        highest, lowest, total = max(values), min(values), math.fsum(values)
        largest = max(abs(highest), abs(lowest))
        rows = [("highest hour", "max", highest), ("lowest hour", "min", lowest), ("mean", "mean", total / len(values))]
        found = [(what, _number(summary[name]), number * by, largest * abs(by)) for what, name, number in rows]
        if summary["sum"] is None and shown.get("nature") == "amount":
            self._tell(record, "has no sum")
            return
        if summary["sum"] is not None:
            found.append(("sum", _number(summary["sum"]), total * by, math.fsum(map(abs, values)) * abs(by)))
        for name, part in (("first10", values[:10]), ("last10", values[-10:])):
            shown_part = _numbers(summary[name])
            if len(shown_part) != len(part):
                self._tell(record, f"differs in {name}")
                return
            pairs = zip(shown_part, part, strict=True)
            found += [(f"{name}[{i}]", a, b * by, largest * abs(by)) for i, (a, b) in enumerate(pairs)]
        for what, exported, recomputed, size in found:
            if is_close(exported, recomputed, size):
                continue
            if not is_close(exported, recomputed, self._size(record) * (len(values) if what == "sum" else 1)):
                self._tell(record, f"differs in its {what}", _write(exported, shown), _write(recomputed, shown))
                return

    def _compare_totals(self) -> None:
        for total in self.export.totals:
            missing = next((path for path in total.values if path not in self.export.records), None)
            if missing is not None:
                text = f"adds {missing}, which the export does not have"
                self.result.differences.append(Difference(self.file, total.name, text))
            elif not any(path in self._failed for path in total.values):
                parts = [self._sums[path] / total.factor for path in total.values]
                found, exported = sum(parts), total.shown.get("value")
                if not is_close(_number(exported), found, sum(map(abs, parts))):
                    sides = _write(exported, total.shown), _write(found, total.shown)
                    difference = Difference(self.file, total.name, "differs", None, *sides)
                    self.result.differences.append(difference)

    def _tell(self, record: Record, message: str, exported: str | None = None, recomputed: str | None = None) -> None:
        if len(self.result.differences) >= MOST_TOLD:
            return
        formula = record.formula.text if record.formula is not None else None
        difference = Difference(self.file, record.path, message, record.place, exported, recomputed, formula)
        self.result.differences.append(difference)


def is_close(exported: float, found: float, size: float) -> bool:
    """Say whether two numbers agree; `size` is that of what they were added up from."""
    return abs(exported - found) <= max(RELATIVE * max(abs(exported), abs(found)), OF_LARGEST * size)


def are_close(exported: Sequence[float], found: Sequence[float], size: float) -> bool:
    """Say whether two rows of numbers agree."""
    return len(exported) == len(found) and all(is_close(a, b, size) for a, b in zip(exported, found, strict=True))


def _count(value: Value) -> int:
    return len(value.values) if isinstance(value, Hours) else 0


def _sum_over_time(value: Value) -> float:
    if isinstance(value, Hours):
        return hours.total(value)
    return value if isinstance(value, float) else 0.0


def _number(found: object) -> float:
    return float(found) if isinstance(found, int | float) else math.nan


def _numbers(found: object) -> list[float]:
    return [_number(each) for each in found] if isinstance(found, list) else []


def _instant(hour: int, *, local: bool) -> str:
    try:
        moment = _EPOCH + timedelta(hours=hour)
    except OverflowError:
        return "outside the calendar"
    return moment.replace(tzinfo=None).isoformat() + ("" if local else "Z")


def _write(number: object, shown: Json) -> str:
    return f"{_number(number):.12g} {shown.get('unit', '')}".rstrip()


def _describe(value: Value) -> str:
    match value:
        case None:
            return "not set"
        case Hours():
            return f"a series of {len(series(value).values)} hours"
        case bool():
            return str(value).lower()
        case _:
            return str(value)
