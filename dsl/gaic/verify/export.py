"""The export as nouns: values with their formulas, given series, clocks; its form is checked while it is read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from gaic.verify.clocks import Clock
from gaic.verify.faults import BrokenError, FormulaError
from gaic.verify.hours import LONGEST, Hours
from gaic.verify.trees import check_depth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gaic.verify.reading import Json
    from gaic.verify.trees import Tree

FORMAT: Final = "gaic.export/1"
MOST_VALUES: Final = 5_000_000
MOST_HOURS: Final = 50_000_000
"""Hours of all given series together."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SHAPES: Final = frozenset({"scalar", "hourly", "weekly", "text", "choice", "date", "bool", "absent"})


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it was written, where it stands, and its tree."""

    text: str
    place: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class Record:
    """One value: given as `exact` number, text or truth, or as a formula with what its names stand for.

    `shown` is the value object; numbers in it are in a unit of which one is `factor` root units.
    """

    path: str
    role: str
    place: str
    shown: Json
    factor: float
    exact: float | str | bool | None
    formula: Formula | None
    arguments: tuple[str | None, ...]
    objects: tuple[str | None, ...]
    facts: tuple[float | bool, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A total: its name for people, the value object, and the paths of what it adds."""

    name: str
    shown: Json
    factor: float
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """A whole model. `hour` is one hour in root units; `horizon` the hour behind the last one of all inputs."""

    head: Json
    hour: float
    horizon: int | None
    clocks: Mapping[str, Clock]
    series: tuple[Hours, ...]
    records: Mapping[str, Record]
    totals: tuple[Total, ...]


def read_export(document: Json, file: str) -> Export:
    """Read an export; raises `BrokenError`, which says where the document is not what it must be."""
    reader = _Reader(file)
    if document.get("schema") != FORMAT:
        raise reader.fault("schema", f"is not {FORMAT}")
    units = {name: reader.unit(each, name) for name, each in reader.table(document, "units").items()}
    formulas = [reader.formula(each, number) for number, each in enumerate(reader.rows(document, "formulas"))]
    values = reader.table(document, "values")
    if len(values) > MOST_VALUES:
        raise reader.fault("values", f"holds more than {MOST_VALUES:,} values")
    horizon = document.get("horizon")
    return Export(
        head={name: document.get(name) for name in ("gaic", "library", "tzdata")},
        hour=reader.number(document.get("hour"), "hour"),
        horizon=None if horizon is None else reader.instant(horizon, "horizon")[0],
        clocks={name: reader.clock(each, name) for name, each in reader.table(document, "zones").items()},
        series=tuple(reader.hours(each, number) for number, each in enumerate(reader.rows(document, "series"))),
        records={path: reader.record(path, each, units, formulas) for path, each in values.items()},
        totals=tuple(reader.total(each, units) for each in reader.rows(document, "totals")),
    )


class _Reader:
    """Checks the form of every part while it makes a noun of it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.hours_read = 0

    def fault(self, where: str, what: str) -> BrokenError:
        return BrokenError(self.file, f"`{where}` {what}")

    # ------------------------------------------------------------ plain parts

    def table(self, document: Json, name: str) -> Json:
        found = document.get(name)
        if not isinstance(found, dict):
            raise self.fault(name, "is no object")
        return found

    def rows(self, document: Json, name: str, where: str = "") -> list[object]:
        found = document.get(name, [])
        if not isinstance(found, list):
            raise self.fault(where or name, "is no list")
        return found

    def mapping(self, found: object, where: str) -> Json:
        if not isinstance(found, dict):
            raise self.fault(where, "is no object")
        return found

    def number(self, found: object, where: str) -> float:
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.fault(where, "is no number")
        try:
            number = float(found)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.fault(where, "is no finite number")
        return number

    def text(self, found: object, where: str) -> str:
        if not isinstance(found, str):
            raise self.fault(where, "is no text")
        return found

    def whole(self, found: object, where: str) -> int:
        number = self.number(found, where)
        if number != int(number):
            raise self.fault(where, "is no whole number")
        return int(number)

    def instant(self, found: object, where: str) -> tuple[int, bool]:
        """Hours since 1970, and whether they are of a local clock."""
        text = self.text(found, where)
        try:
            moment = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
        except ValueError:
            raise self.fault(where, "is no instant") from None
        hours, rest = divmod(moment - _EPOCH, timedelta(hours=1))
        if rest:
            raise self.fault(where, "is on no whole hour")
        return hours, not text.endswith("Z")

    def place(self, found: object, where: str) -> str:
        """File and line, as `file:line`."""
        at = self.mapping(found, where)
        return f"{self.text(at.get('file'), where)}:{self.whole(at.get('line'), where)}"

    # ------------------------------------------------------------ nouns

    def unit(self, found: object, name: str) -> float:
        where = f"units.{name}"
        factor = self.number(self.mapping(found, where).get("factor"), where)
        if factor == 0:
            raise self.fault(where, "is worth nothing")
        return factor

    def formula(self, found: object, number: int) -> Formula:
        where = f"formulas[{number}]"
        row = self.mapping(found, where)
        tree = row.get("tree")
        try:
            check_depth(tree)
        except FormulaError as error:
            raise self.fault(where, str(error).removeprefix("it ")) from None
        return Formula(self.text(row.get("text"), where), self.place(row.get("at"), where), tree)

    def clock(self, found: object, name: str) -> Clock:
        where = f"zones.{name}"
        row = self.mapping(found, where)
        since, until, offset = (self.whole(row.get(part), where) for part in ("since", "until", "offset"))
        changes: list[tuple[int, int]] = []
        for change in self.rows(row, "changes", where):
            if not isinstance(change, list) or len(change) != 2:  # noqa: PLR2004 - second and offset
                raise self.fault(where, "has a change that is none")
            changes.append((self.whole(change[0], where), self.whole(change[1], where)))
        if changes != sorted(changes):
            raise self.fault(where, "has its changes out of order")
        return Clock(name, since, until, offset, tuple(changes))

    def hours(self, found: object, number: int) -> Hours:
        where = f"series[{number}]"
        row = self.mapping(found, where)
        start, local = self.instant(row.get("start"), where)
        factor = self.number(row.get("factor", 1), where)
        values = [self.number(value, where) * factor for value in self.rows(row, "values", where)]
        times = self.whole(row.get("times", 1), where)
        self.hours_read += max(times, 1) * len(values)
        if times * len(values) > LONGEST or self.hours_read > MOST_HOURS:
            raise self.fault(where, "has too many hours")
        return Hours(start, values * times, local)

    def record(self, path: str, found: object, units: Mapping[str, float], formulas: list[Formula]) -> Record:
        row = self.mapping(found, path)
        shown = self.shown(row.get("value"), path)
        number = row.get("formula")
        formula = None
        if number is not None:
            place = self.whole(number, path)
            if not 0 <= place < len(formulas):
                raise self.fault(path, "has a formula that is not there")
            formula = formulas[place]
        exact = row.get("exact")
        if exact is not None and not isinstance(exact, str | bool):
            exact = self.number(exact, path)
        return Record(
            path=path,
            role=self.text(row.get("role"), path),
            place=formula.place if formula is not None else self.place(row.get("at"), path),
            shown=shown,
            factor=self.factor(shown, path, units),
            exact=exact,
            formula=formula,
            arguments=self.names(row, "arguments", path),
            objects=self.names(row, "objects", path),
            facts=tuple(self.fact(each, path) for each in self.rows(row, "facts", path)),
        )

    def names(self, row: Json, name: str, path: str) -> tuple[str | None, ...]:
        return tuple(None if each is None else self.text(each, path) for each in self.rows(row, name, path))

    def fact(self, found: object, path: str) -> float | bool:
        return found if isinstance(found, bool) else self.number(found, path)

    def shown(self, found: object, where: str) -> Json:
        """A value object whose numbers are numbers."""
        row = self.mapping(found, where)
        shape = row.get("shape")
        if not isinstance(shape, str) or shape not in _SHAPES:
            raise self.fault(where, "has a value of no known shape")
        checks: dict[str, Callable[[], object]] = {
            "scalar": lambda: self.number(row.get("value"), where),
            "weekly": lambda: self.numbers(row, "values", where),
            "hourly": lambda: self.summary(row, where),
            "text": lambda: self.text(row.get("value"), where),
            "choice": lambda: self.text(row.get("value"), where),
            "date": lambda: self.text(row.get("value"), where),
            "bool": lambda: self.truth(row.get("value"), where),
        }
        checks.get(shape, lambda: None)()
        return row

    def summary(self, row: Json, where: str) -> None:
        """A series in short."""
        self.instant(row.get("start"), where)
        self.whole(row.get("n"), where)
        summary = self.mapping(row.get("summary"), where)
        for name in ("first10", "last10"):
            self.numbers(summary, name, where)
        for name in ("min", "max", "mean"):
            self.number(summary.get(name), where)
        if summary.setdefault("sum", None) is not None:
            self.number(summary["sum"], where)

    def numbers(self, row: Json, name: str, where: str) -> None:
        """A list of numbers that must be there."""
        if name not in row:
            raise self.fault(where, f"has no `{name}`")
        for value in self.rows(row, name, where):
            self.number(value, where)

    def truth(self, found: object, where: str) -> None:
        if not isinstance(found, bool):
            raise self.fault(where, "is neither true nor false")

    def factor(self, shown: Json, where: str, units: Mapping[str, float]) -> float:
        unit = shown.get("unit", "")
        if not isinstance(unit, str) or (unit and unit not in units):
            raise self.fault(where, "is in a unit that the export does not have")
        return units.get(unit, 1.0)

    def total(self, found: object, units: Mapping[str, float]) -> Total:
        row = self.mapping(found, "totals")
        parts = [row.get(name) for name in ("criterion", "category", "phase")]
        name = "total of " + ", ".join(part for part in parts if isinstance(part, str))
        shown = self.shown(row.get("value"), name)
        values = tuple(self.text(path, name) for path in self.rows(row, "values", name))
        return Total(name, shown, self.factor(shown, name, units), values)
