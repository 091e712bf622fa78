"""Values, moments and origins in words: the one place where pages and terminal round and spell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from gaic.evaluate.account import AbsentValue, HourlyValue, ScalarValue, TruthValue, WeeklyValue, WordValue
from gaic.units.numbers import format_number, format_short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gaic.evaluate.account import Account, Uncertainty, Value

    Day = tuple[str, tuple[str, ...]]
    """The name of a day and its 24 hours."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# Between groups of three digits; neither wide nor a place to break the line.
GROUP_SPACE = "\N{NARROW NO-BREAK SPACE}"
# Digits of a round number; with fewer two limits could read the same.
LIMIT_DIGITS = 6
LIMIT_WIDTH = 9
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

# From worst to best; a figure is as sure as the worst that it rests on.
CONFIDENCES = ("unsourced", "not stated", "low", "medium", "high")

_MEANINGS = {"p5-p95": "5th to 95th percentile", "bounds": "lowest to highest"}

# Control characters and marks that turn the direction of text: they can make a line read as something else.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value ready to print: `lead` says what the number of a series is; `exact` has all digits."""

    number: str
    unit: str
    exact: str
    lead: str = ""

    @property
    def text(self) -> str:
        """Number and unit."""
        return f"{self.number} {self.unit}".rstrip()

    @property
    def whole(self) -> str:
        """Number and unit, and of a series what they are."""
        return f"{self.lead} {self.text}".lstrip()


def write_number(number: float) -> str:
    """A number as pages show it: groups of three digits apart, powers of ten raised."""
    return _raise_power(format_short(number, GROUP_SPACE))


def split_number(number: float) -> tuple[str, str]:
    """A rounded number as its digits, groups of three apart, and the power of ten behind them (empty without one)."""
    mantissa, _, exponent = format_short(number, GROUP_SPACE).partition("e")
    return mantissa, exponent


def write_limit(number: float) -> str:
    """A round number, such as a mark of an axis: as many digits as it takes, with a power of ten if it is long."""
    whole = number == round(number)
    text = format_short(number, GROUP_SPACE) if whole else format_number(number, LIMIT_DIGITS)
    if len(text) > LIMIT_WIDTH and "e" not in text:
        mantissa, exponent = f"{number:.{LIMIT_DIGITS - 1}e}".split("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return _raise_power(text)


def _raise_power(text: str) -> str:
    mantissa, power, exponent = text.partition("e")
    return f"{mantissa} \N{MULTIPLICATION SIGN} 10{exponent.translate(_RAISED)}" if power else mantissa


def show_value(value: Value, write: Callable[[float], str] = write_number) -> Shown:
    """Round a value for reading: a series is its sum if that means something, else its mean."""
    match value:
        case ScalarValue():
            return Shown(write(value.value), value.unit, format_number(value.value))
        case HourlyValue(sum=sum_):
            lead, number = ("mean", value.mean) if sum_ is None else ("sum", sum_)
            return Shown(write(number), value.unit, format_number(number), lead)
        case WeeklyValue(values=values):
            ends = [min(values)] if value.is_constant else [min(values), max(values)]
            exact = " to ".join(map(format_number, ends))
            return Shown(" to ".join(map(write, ends)), value.unit, exact, "" if value.is_constant else "week")
        case WordValue():
            return Shown(value.value, "", value.value)
        case TruthValue():
            word = "true" if value.value else "false"
            return Shown(word, "", word)
        case AbsentValue():
            return Shown("not set", "", "not set")
        case _:
            assert_never(value)


def show_range(range_: Uncertainty, unit: str, write: Callable[[float], str] = write_number) -> tuple[str, str]:
    """The ends of an uncertain value, and what they mean."""
    ends = f"{write(range_.low)} \N{EN DASH} {write(range_.high)} {unit}".rstrip()
    return ends, _MEANINGS.get(range_.meaning, range_.meaning)


def list_days(value: Value, write: Callable[[float], str] = write_number) -> tuple[Day, ...]:
    """The days of a week whose hours differ, ready to print: name and hours; none of other values."""
    if not isinstance(value, WeeklyValue) or value.is_constant:
        return ()
    return tuple((name, tuple(map(write, hours))) for name, hours in value.days)


def name_nature(value: Value) -> str:
    """One word for what a value is in time: scalar, amount, level, or the shape of a word."""
    match value:
        case ScalarValue():
            return "scalar"
        case HourlyValue():
            return value.nature
        case WeeklyValue():
            return f"weekly {value.nature}"
        case WordValue():
            return value.shape
        case TruthValue():
            return "truth"
        case AbsentValue():
            return "absent"
        case _:
            assert_never(value)


def show_hour(hour: int) -> str:
    """The moment that an hour counted from 1970 begins, for example `2024-12-31 23:00`."""
    return (EPOCH + timedelta(hours=hour)).strftime("%Y-%m-%d %H:%M")


def name_clock(value: HourlyValue) -> str:
    """The clock that the hours of a series are read on."""
    return "local time" if value.local else "UTC"


def is_original(account: Account, edges: Sequence[int]) -> bool:
    """Say whether a number was given: it names its source, or it is made from no other value and ought to name one.

    What the study sets (its functional unit) is a choice and needs no source.
    """
    number = isinstance(account.value, ScalarValue | HourlyValue | WeeklyValue)
    given = number and account.role != "calculated" and account.kind != "study"
    return given and (is_sourced(account) or not edges)


def is_sourced(account: Account) -> bool:
    """Say whether a given value names its source; a hypothesis counts only with a note that gives the reason."""
    if account.source is not None:
        return True
    return account.source_text is not None and (account.source_text != "hypothesis" or bool(account.note))


def name_source(account: Account) -> str:
    """What a given value rests on, in a few words."""
    if account.source is not None:
        return account.source.label or account.source.path
    return account.source_text or ""


def rate_own(account: Account) -> str:
    """Confidence of a given number on its own, one of `CONFIDENCES`."""
    if not is_sourced(account):
        return "unsourced"
    return account.confidence if account.confidence in CONFIDENCES else "not stated"


def make_visible(text: str) -> str:
    """Replace characters that are not seen but act: control characters and marks of direction."""
    # What is printable hides nothing, and saying so is much faster than looking for each of them.
    return text if text.isprintable() else _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def count_words(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 value`, `3 values`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
