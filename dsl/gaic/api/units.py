"""Values in a unit that the reader asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gaic.evaluate.account import HourlyValue, ScalarValue, Uncertainty, WeeklyValue
from gaic.source.diagnostic import UsageError
from gaic.units.spelling import UnknownUnit

if TYPE_CHECKING:
    from gaic.evaluate.account import Account, Value
    from gaic.units.measures import Unit
    from gaic.units.system import UnitSystem


class NotANumberError(UsageError):
    """A unit was asked for a value that is no number."""

    def __init__(self, path: str, unit: str) -> None:
        super().__init__(f"`{path}` is no number, so it cannot be shown in `{unit}`")


class UnitMisfitError(UsageError):
    """The unit that was asked for has another dimension, or counts other things, than the value."""

    def __init__(self, path: str, unit: str, shown: str, wanted: str) -> None:
        super().__init__(f"`{unit}` does not fit `{path}`: the value is {shown}, `{unit}` is {wanted}")


class UnknownUnitError(UsageError):
    """The unit that was asked for is not declared, or cannot be read."""

    def __init__(self, fault: UnknownUnit) -> None:
        super().__init__("; ".join(filter(None, (str(fault), fault.hint))))


@dataclass(frozen=True, slots=True)
class Converted:
    """An account in another unit; `factor` turns numbers of the unit shown before into the new one."""

    account: Account
    factor: float


def convert_account(system: UnitSystem, account: Account, unit: str | None) -> Converted:
    """The account in `unit` (None: as it is); raises `UsageError` for one that does not fit."""
    if unit is None:
        return Converted(account, 1.0)
    target = read_unit(system, unit)
    if not isinstance(account.value, ScalarValue | HourlyValue | WeeklyValue):
        raise NotANumberError(account.path, unit)
    shown = system.unit(account.value.unit)
    tags_differ = shown.tag is not None and target.tag is not None and shown.tag != target.tag
    if shown.dimension != target.dimension or tags_differ:
        raise UnitMisfitError(account.path, unit, _name(system, shown), _name(system, target))
    factor = system.convert(1.0, shown, target)
    return Converted(replace(account, value=_scale(account.value, factor, unit)), factor)


def read_unit(system: UnitSystem, text: str) -> Unit:
    """The unit of that text; raises `UnknownUnitError`."""
    try:
        return system.unit(text)
    except UnknownUnit as fault:
        raise UnknownUnitError(fault) from None


def _name(system: UnitSystem, unit: Unit) -> str:
    """The name of the type that a unit measures, and the unit."""
    counted = (each.name for each in system.types() if each.tag == unit.tag and each.dimension == unit.dimension)
    name = next(counted, None) if unit.tag else None
    name = name or system.describe(unit.dimension)
    return f"{name} (in `{unit.text}`)" if unit.text else name


def _scale(value: ScalarValue | HourlyValue | WeeklyValue, factor: float, unit: str) -> Value:
    if isinstance(value, ScalarValue):
        ends = value.range
        scaled = None if ends is None else Uncertainty(ends.low * factor, ends.high * factor, ends.meaning)
        return ScalarValue(value.value * factor, unit, scaled)
    if isinstance(value, WeeklyValue):
        return replace(value, unit=unit, values=tuple(hour * factor for hour in value.values))
    return replace(
        value,
        unit=unit,
        first10=tuple(hour * factor for hour in value.first10),
        last10=tuple(hour * factor for hour in value.last10),
        min=value.min * factor,
        max=value.max * factor,
        mean=value.mean * factor,
        sum=None if value.sum is None else value.sum * factor,
    )
