"""The peer's spellings of units in those of gaic.

A mass is of CO2 equivalent everywhere in results. Memory and stored data are dimensions of their own for the peer; for
gaic they are data with a tag. Counts of any kind are plain numbers for the peer, some have a dimension in gaic.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.units.dimension import base

if TYPE_CHECKING:
    from gaic.units.system import UnitSystem

PLAIN = frozenset({"", "concurrent", "dimensionless", "occurrence"})
NAMES = {
    "billion": "Gparam",  # parameters of a model are all that the peer counts so
    "bit": "bit",
    "byte": "B",
    "cpu_core": "cpu_core",
    "day": "day",
    "gigabyte": "GB",
    "gpu": "gpu",
    "gram": "gCO2e",
    "hour": "h",
    "kilobyte": "kB",
    "kilogram": "kgCO2e",
    "kilowatt_hour": "kWh",
    "megabyte": "MB",
    "metric_ton": "tCO2e",
    "minute": "min",
    "second": "s",
    "terabyte": "TB",
    "watt": "W",
    "watt_hour": "Wh",
    "year": "year",
}
TAGS = ("_ram", "_stored")

# Numbers without a unit in the peer that have one by what they are.
BY_ATTRIBUTE = {"tokens_per_second": base("Token") / base("Time")}

COUNTED = ("Gpu", "Param", "Token")
"""Dimensions of gaic whose values the peer may give as plain numbers."""


class UnitMisfitError(Exception):
    """The peer's unit and that of gaic measure different things, or one of them is not known."""

    def __init__(self, peer_unit: str, found: str) -> None:
        super().__init__(f"the peer's unit is `{peer_unit}`, {found}")


def factor_between(system: UnitSystem, unit: str, peer_unit: str, attribute: str) -> float:
    """What turns a number in `unit` into one in the peer's unit; raises `UnitMisfitError`."""
    found = system.unit(unit)
    wanted = system.unit(write_unit(peer_unit))
    counted = (wanted.dimension * base(name) for name in COUNTED)
    if found.dimension not in {wanted.dimension, *counted, BY_ATTRIBUTE.get(attribute)}:
        raise UnitMisfitError(peer_unit, f"that of gaic `{unit}` ({found.dimension} instead of {wanted.dimension})")
    return found.factor / wanted.factor


def write_unit(peer_unit: str) -> str:
    """The unit of gaic for a product such as `kilogram / kilowatt_hour` or `concurrent ** 2`; empty for a number."""
    first, *others = re.split(r" ([*/]) ", peer_unit)
    signed = [("*", first), *zip(others[::2], others[1::2], strict=True)]
    above = [_translate(factor) for sign, factor in signed if sign == "*"]
    below = [_translate(factor) for sign, factor in signed if sign == "/"]
    return "*".join(filter(None, above)) + "".join(f"/{factor}" for factor in below if factor)


def _translate(factor: str) -> str:
    name, _, power = factor.partition(" ** ")
    if name in PLAIN:
        return ""
    for tag in TAGS:
        name = name.removesuffix(tag)
    if name not in NAMES:
        raise UnitMisfitError(factor, "which is not in the table")
    return NAMES[name] + (f"^{power}" if power else "")
