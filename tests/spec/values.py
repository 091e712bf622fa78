"""Compares values with how a page of the language reference writes them."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from gaic.evaluate.account import AbsentValue, HourlyValue, ScalarValue, TruthValue, WeeklyValue, WordValue

if TYPE_CHECKING:
    from gaic.evaluate.ledger import Ledger

NUMBER = r"-?\d[\d_]*(?:\.\d+)?(?:e-?\d+)?"
SCALAR = re.compile(rf"(?P<number>{NUMBER})(?: (?P<unit>\S+))?")
RANGE = re.compile(rf"(?P<number>{NUMBER})(?: (?P<unit>\S+))? \((?P<low>{NUMBER}) to (?P<high>{NUMBER}), (?P<how>.+)\)")
SERIES = re.compile(
    r"(?P<nature>amount|level) \[(?P<hours>.*)\](?: x (?P<count>\d+))?"
    r"(?: (?P<unit>(?!from )\S+))?(?: from (?P<start>\S+))?"
)
WEEK = re.compile(rf"weekly (?P<nature>amount|level) (?:(?P<number>{NUMBER})|\[(?P<hours>.*)\])(?: (?P<unit>\S+))?")
DIGITS = 5e-12
"""Two numbers that agree in 12 digits differ by less, in relation to the larger one."""


def check_value(ledger: Ledger, path: str, written: str) -> None:
    """Compare the value of a path with what a page says it is."""
    node = ledger.find(path)
    assert node is not None, f"no value `{path}`; there are {', '.join(ledger.paths())}"
    value = ledger.account(node).value
    match value:
        case ScalarValue():
            _check_scalar(value, path, written)
        case HourlyValue():
            _check_series(value, [float(hour) for hour in ledger.hours(node)], path, written)
        case WeeklyValue():
            _check_week(value, path, written)
        case TruthValue(truth):
            assert written == str(truth).lower(), path
        case WordValue(_, word):
            assert written.strip('"') == word, path
        case AbsentValue():
            assert written == "unset", path
        case _:
            assert_never(value)


def _check_scalar(value: ScalarValue, path: str, written: str) -> None:
    pattern = SCALAR if value.range is None else RANGE
    found = pattern.fullmatch(written)
    assert found is not None, f"{path} is {value}, the page says {written}"
    _check_number(value.value, found["number"], path)
    assert (found["unit"] or "") == value.unit, f"{path} is in {value.unit}"
    if value.range is not None:
        _check_number(value.range.low, found["low"], path)
        _check_number(value.range.high, found["high"], path)
        assert found["how"] == value.range.meaning, path


def _check_series(value: HourlyValue, hours: list[float], path: str, written: str) -> None:
    if written == "nothing":
        assert hours == [], path
        return
    found = SERIES.fullmatch(written)
    assert found is not None, f"{path} is {value}, the page says {written}"
    assert (found["nature"], found["unit"] or "") == (value.nature, value.unit), f"{path}: {value.nature} {value.unit}"
    first, cut, last = found["hours"].partition("...")
    head, tail = _numbers(first), _numbers(last)
    assert len(hours) == int(found["count"] or len(head)), f"{path} has {len(hours)} hours"
    shown = hours[: len(head)] + (hours[len(hours) - len(tail) :] if cut else [])
    for number, (hour, text) in enumerate(zip(shown, head + tail, strict=True)):
        _check_number(hour, text, f"{path}, value {number} of {shown}")
    if found["start"] is not None:
        start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=value.start)
        assert found["start"] == start.strftime("%Y-%m-%dT%H:%M") + ("" if value.local else "Z"), path


def _check_week(value: WeeklyValue, path: str, written: str) -> None:
    found = WEEK.fullmatch(written)
    assert found is not None, f"{path} is {value}, the page says {written}"
    assert (found["nature"], found["unit"] or "") == (value.nature, value.unit), f"{path}: {value.nature} {value.unit}"
    if found["number"] is not None:
        assert value.is_constant, f"{path} is {value.values}"
        _check_number(value.values[0], found["number"], path)
        return
    first, _, last = found["hours"].partition("...")
    head, tail = _numbers(first), _numbers(last)
    shown = (*value.values[: len(head)], *value.values[len(value.values) - len(tail) :])
    for number, (hour, text) in enumerate(zip(shown, head + tail, strict=True)):
        _check_number(hour, text, f"{path}, value {number} of {shown}")


def _numbers(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _check_number(value: float, written: str, path: str) -> None:
    wanted = float(written.replace("_", ""))
    assert math.isclose(value, wanted, rel_tol=DIGITS), f"{path} is {value!r}, the page says {written}"
