"""Values as text in the terminal: every digit of a number, a series in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gaic.evaluate.account import AbsentValue, HourlyValue, ScalarValue, TruthValue, WeeklyValue, WordValue
from gaic.schema.values import instant
from gaic.units.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.api.query import Answer
    from gaic.evaluate.account import Uncertainty, Value
    from gaic.schema.text import Json

MEANINGS = {"p5-p95": "5th to 95th percentile", "bounds": "lowest to highest"}


def answer_text(answer: Answer) -> str:
    """The value of a path; of an attribute with one value per member a block for each."""
    if not answer.accounts:
        return _bare_text(answer.document())
    if not answer.table:
        return value_text(answer.accounts[0].value)
    blocks = [(account.member or "", value_text(account.value)) for account in answer.accounts]
    return "\n".join(_block(member, text) for member, text in blocks)


def value_text(value: Value) -> str:
    """One value: a number with its unit, a word, or a series in short."""
    match value:
        case ScalarValue():
            ends = "" if value.range is None else f"  ({_range_text(value.range, value.unit)})"
            return _quantity(value.value, value.unit) + ends
        case HourlyValue():
            return "\n".join(_series_lines(value))
        case WeeklyValue():
            return "\n".join(_week_lines(value))
        case WordValue():
            return value.value
        case TruthValue():
            return "true" if value.value else "false"
        case AbsentValue():
            return "not set"


def _quantity(number: float, unit: str) -> str:
    return f"{format_number(number)} {unit}".rstrip()


def _range_text(ends: Uncertainty, unit: str) -> str:
    meaning = MEANINGS.get(ends.meaning, ends.meaning)
    return f"{_quantity(ends.low, unit)} to {_quantity(ends.high, unit)}, {meaning}"


def _series_lines(value: HourlyValue) -> Iterable[str]:
    clock = "on the local clock" if value.local else "UTC"
    begin = instant(value.start, local=True)[:-3].replace("T", " ")
    unit = f", in {value.unit}" if value.unit else ""
    if value.n == 0:
        yield f"{value.nature}: no hours{unit}"
        return
    yield f"{value.nature}: {value.n} hours from {begin} {clock}{unit}"
    yield "first 10: " + " ".join(map(format_number, value.first10))
    yield "last 10:  " + " ".join(map(format_number, value.last10))
    if value.sum is not None:
        yield "sum:      " + _quantity(value.sum, value.unit)
    yield "mean:     " + _quantity(value.mean, value.unit)
    yield "min, max: " + _quantity(value.min, value.unit) + ", " + _quantity(value.max, value.unit)


def _week_lines(value: WeeklyValue) -> Iterable[str]:
    if value.is_constant:
        yield f"weekly {value.nature}: {_quantity(value.values[0], value.unit)} in every hour"
        return
    unit = f", in {value.unit}" if value.unit else ""
    yield f"weekly {value.nature}: the hours of each day from 00:00 on the local clock{unit}"
    for name, hours in value.days:
        yield f"{name + ':':<10} " + " ".join(map(format_number, hours))


def _block(member: str, text: str) -> str:
    if "\n" not in text:
        return f"{member}: {text}"
    return f"{member}:\n" + "\n".join("  " + line for line in text.split("\n"))


def _bare_text(value: Json) -> str:
    """A reference, a table of references, or a table without members."""
    match value["shape"]:
        case "reference":
            weight = cast("float", value.get("weight", 1.0))
            return str(value["value"]) if weight == 1 else f"{format_number(weight)} * {value['value']}"
        case "table":
            entries = cast("dict[str, Json]", value["entries"])
            return "\n".join(_bare_text(entry) for entry in entries.values()) or "no members"
        case _:
            return "not set"
