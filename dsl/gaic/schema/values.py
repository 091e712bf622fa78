"""Values and places as JSON: the value object, rounded to what is the same on every processor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gaic.evaluate.account import AbsentValue, HourlyValue, ScalarValue, TruthValue, WeeklyValue, WordValue
from gaic.units.numbers import round_significant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.evaluate.account import Value
    from gaic.schema.text import Json
    from gaic.source.text import Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def value_object(value: Value) -> Json:
    """The value object of one value; a series in summary."""
    match value:
        case ScalarValue():
            return _scalar(value)
        case HourlyValue():
            return {**_hourly(value), "summary": _summary(value)}
        case WeeklyValue():
            return _weekly(value)
        case WordValue():
            return {"shape": value.shape, "value": value.value}
        case TruthValue():
            return {"shape": "bool", "value": value.value}
        case AbsentValue():
            return {"shape": "absent"}


def full_value_object(value: Value, hours: Iterable[float]) -> Json:
    """The value object of one value; of a series all `hours`, in its unit."""
    if isinstance(value, HourlyValue):
        return {**_hourly(value), "values": [round_significant(hour) for hour in hours]}
    return value_object(value)


def table_object(entries: Json) -> Json:
    """The value object of an attribute that has one value per member; `entries` are value objects by member."""
    return {"shape": "table", "entries": entries}


def reference_object(target: str, weight: float | None = None) -> Json:
    """The value object of a reference; `weight` is that of an entry in a list of references."""
    found: Json = {"shape": "reference", "value": target}
    return found if weight is None else {**found, "weight": round_significant(weight)}


def place(span: Span) -> Json:
    """Where a text stands: file, line and column of its first character, both counted from 1."""
    line, column = span.file.locate(span.start)
    return {"file": span.file.name, "line": line, "column": column}


def instant(hours: int, *, local: bool = False) -> str:
    """The instant that lies whole hours after 1970-01-01T00:00Z, such as `2024-12-31T23:00:00Z`; without Z if local."""
    text = (EPOCH + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
    return text if local else text + "Z"


def _scalar(value: ScalarValue) -> Json:
    found: Json = {"shape": "scalar", "value": round_significant(value.value), "unit": value.unit}
    if value.range is not None:
        ends = value.range
        found["range"] = {
            "low": round_significant(ends.low),
            "high": round_significant(ends.high),
            "meaning": ends.meaning,
        }
    return found


def _weekly(value: WeeklyValue) -> Json:
    values = [round_significant(hour) for hour in value.values]
    return {"shape": "weekly", "nature": value.nature, "unit": value.unit, "values": values}


def _hourly(value: HourlyValue) -> Json:
    return {
        "shape": "hourly",
        "nature": value.nature,
        "unit": value.unit,
        "start": instant(value.start, local=value.local),
        "n": value.n,
    }


def _summary(value: HourlyValue) -> Json:
    return {
        "first10": [round_significant(hour) for hour in value.first10],
        "last10": [round_significant(hour) for hour in value.last10],
        "min": round_significant(value.min),
        "max": round_significant(value.max),
        "mean": round_significant(value.mean),
        "sum": None if value.sum is None else round_significant(value.sum),
    }
