"""Compares a ledger with a conformance case of e-footprint, with the tolerances that come with the cases.

The peer keeps hourly series as 32-bit floats and scalars as 64-bit ones.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaic.evaluate.account import HourlyValue, ScalarValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.evaluate.ledger import Ledger

    Json = dict[str, Any]

FOLDER = Path(__file__).resolve().parent
UNITS = {
    "": "",
    "concurrent": "",
    "dimensionless": "",
    "gigabyte": "GB",
    "gigabyte_ram": "GB",
    "gpu": "gpu",
    "kilobyte": "kB",
    "kilogram": "kgCO2e",
    "kilowatt_hour": "kWh",
    "minute": "min",
    "occurrence": "",
    "second": "s",
    "terabyte": "TB",
    "watt": "W",
}


@dataclass(frozen=True, slots=True)
class Tolerance:
    """An hour may be off by `relative` of itself and `of_maximum` of the series, a sum by `of_sum` of itself."""

    relative: float
    of_maximum: float
    of_sum: float


SCALAR = 1e-9
HOURLY = Tolerance(1e-5, 2e-6, 2e-6)
STOCK = Tolerance(0.0, 3e-4, 3e-4)
EXACT = Tolerance(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Match:
    """Where an attribute of the peer is found: a path, or one divided by another; `unit` if the peer names none."""

    path: str
    tolerance: Tolerance = HOURLY
    over: str | None = None
    unit: str | None = None


@dataclass
class Comparison:
    """What was compared, how far the worst were off, and what is outside its tolerance."""

    ledger: Ledger
    compared: int = 0
    worst_scalar: tuple[float, str] = (0.0, "")
    worst_hour: tuple[float, str] = (0.0, "")
    worst_stock: tuple[float, str] = (0.0, "")
    worst_sum: tuple[float, str] = (0.0, "")
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        worst = (self.worst_scalar, self.worst_hour, self.worst_stock, self.worst_sum)
        scalar, hour, stock, sum_ = (f"{size:.2g} ({name})" for size, name in worst)
        return (
            f"{self.compared} attributes compared; worst scalar {scalar}, sum {sum_}, of the maximum: hour {hour},"
            f" hour of a stock {stock}"
        )

    def compare(self, match: Match, expected: Json) -> None:
        """Compare one attribute: a number or a series."""
        self.compared += 1
        node = self.ledger.find(match.path)
        value = self.ledger.account(node).value if node is not None else None
        match value:
            case ScalarValue():
                self._compare_scalar(match, expected, value.value * self._factor(match, expected["unit"], value.unit))
            case HourlyValue():
                factor = self._factor(match, expected["unit"], value.unit)
                hours = [hour * factor for hour in self.ledger.hours(node or 0).tolist()]
                self._compare_hours(match, expected, value, hours)
            case _:
                self.faults.append(f"{match.path} is {value}")

    def _factor(self, match: Match, peer_unit: str, unit: str) -> float:
        """What turns the value of the ledger into the peer's unit."""
        system = self.ledger.program.system
        divisor = self._scalar(match.over) if match.over is not None else 1.0
        root = system.unit(unit).factor / divisor
        return root / system.unit(match.unit if match.unit is not None else UNITS[peer_unit]).factor

    def _scalar(self, path: str) -> float:
        """A number of the ledger in root units."""
        node = self.ledger.find(path)
        value = self.ledger.account(node).value if node is not None else None
        assert isinstance(value, ScalarValue), path
        return value.value * self.ledger.program.system.unit(value.unit).factor

    def _compare_scalar(self, match: Match, expected: Json, found: float) -> None:
        wanted = expected["value"]
        off = abs(found - wanted) / (abs(wanted) or 1.0)
        self.worst_scalar = max(self.worst_scalar, (off, match.path))
        if not off <= SCALAR:
            self.faults.append(f"{match.path}: {found!r} instead of {wanted!r}")

    def _compare_hours(self, match: Match, expected: Json, value: HourlyValue, hours: list[float]) -> None:
        if (value.n, _start(value)) != (expected["n"], expected["start_utc"]):
            self.faults.append(f"{match.path}: {value.n} hours from {_start(value)}")
            return
        largest = max(abs(expected["min"]), abs(expected["max"]))
        for where, found, wanted in _hours_listed(expected, hours):
            off = abs(found - wanted)
            self._note_hour(match, off / (largest or 1.0), where)
            if not off <= match.tolerance.relative * abs(wanted) + match.tolerance.of_maximum * largest:
                self.faults.append(f"{match.path}, {where}: {found!r} instead of {wanted!r}")
        off = abs(math.fsum(hours) - expected["sum"]) / (abs(expected["sum"]) or 1.0)
        if match.tolerance is not STOCK:
            self.worst_sum = max(self.worst_sum, (off, match.path))
        if not off <= match.tolerance.of_sum:
            self.faults.append(f"{match.path}: sum {math.fsum(hours)!r} instead of {expected['sum']!r}")

    def _note_hour(self, match: Match, off: float, where: str) -> None:
        this = (off, f"{match.path}, {where}")
        if match.tolerance is STOCK:
            self.worst_stock = max(self.worst_stock, this)
        else:
            self.worst_hour = max(self.worst_hour, this)


def read_case(name: str) -> Json:
    """A case in this folder."""
    case: Json = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return case


def members(attribute: Json) -> dict[str | None, Json]:
    """The values of an attribute: one, or one per member."""
    by: dict[str | None, Json] | None = attribute.get("by")
    return {None: attribute} if by is None else by


def write_out(series: Json) -> list[float]:
    """A named series of a case in full, if it is a formula of hashed terms with single hours overwritten."""
    formula = series["formula"]
    values = [float(formula["offset"])] * series["n"]
    for term in formula["terms"]:
        assert term["kind"] == "hash"
        for i in range(series["n"]):
            x = (term["a"] * i + term["b"]) % term["p"]
            values[i] += term["scale"] * (x * x % term["p"] % term["k"])
    for i, value in series.get("set", ()):
        values[i] = float(value)
    return values


def _hours_listed(expected: Json, hours: list[float]) -> Iterable[tuple[str, float, float]]:
    """Where, found and wanted, for every hour that a case lists, its lowest and its highest one."""
    yield "lowest hour", min(hours), expected["min"]
    yield "highest hour", max(hours), expected["max"]
    for i, wanted in enumerate(expected["first24"]):
        yield f"hour {i}", hours[i], wanted
    behind = len(hours) - len(expected["last24"])
    for i, wanted in enumerate(expected["last24"], behind):
        yield f"hour {i}", hours[i], wanted
    for i, wanted in expected["checkpoints"]:
        yield f"hour {i}", hours[i], wanted


def _start(value: HourlyValue) -> str:
    first = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=value.start)
    return first.strftime("%Y-%m-%dT%H:%M:%SZ") if not value.local else "a local clock"
