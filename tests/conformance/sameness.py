"""Whether two models have the same objects with the same values, under other labels perhaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tests.conformance.compare import shorten
from tests.conformance.model import Hours, Number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.conformance.model import Value

    Name = tuple[str, str, str, str | None]

    class Listed(Protocol):
        """A model that lists its values."""

        def everything(self) -> Iterator[tuple[Name, Value]]:
            """Every value, by label and kind of its object, attribute, label of the member."""
            ...


ROUNDING = 1e-12
"""What another order of additions may change: relative for a number, of the maximum for an hour."""


def find_differences(one: Listed, other: Listed, labels: Mapping[str, str]) -> Iterator[str]:
    """What the other model has not, has besides, or has with another value; `labels` are its labels by those of one."""
    wanted = {_rename(name, labels): (name, value) for name, value in one.everything()}
    found = dict(other.everything())
    for name, (old, value) in wanted.items():
        if name not in found:
            yield f"{write_name(old)} is not there as {write_name(name)}"
        elif not is_same(value, found[name]):
            yield f"{write_name(old)}: {shorten(found[name])} instead of {shorten(value)}"
    for name in found:
        if name not in wanted:
            yield f"{write_name(name)} is there besides"


def is_same(one: Value, other: Value) -> bool:
    """Say whether two values are the same but for the order in which their parts were added."""
    match one, other:
        case Number(), Number():
            return one.unit == other.unit and abs(one.value - other.value) <= ROUNDING * abs(one.value)
        case Hours(), Hours():
            width = ROUNDING * max(map(abs, one.values), default=0.0)
            extent = (one.start, len(one.values), one.unit, one.local)
            return extent == (other.start, len(other.values), other.unit, other.local) and all(
                abs(a - b) <= width for a, b in zip(one.values, other.values, strict=True)
            )
        case _:
            return one == other


def write_name(name: Name) -> str:
    """The name of a value for a message."""
    label, kind, attribute, member = name
    return f"{label!r} ({kind}) {attribute}" + ("" if member is None else f"[{member}]")


def _rename(name: Name, labels: Mapping[str, str]) -> Name:
    label, kind, attribute, member = name
    other = None
    if member is not None:
        parts = (part.partition("#") for part in member.split(", "))
        other = ", ".join(labels.get(each, each) + sign + count for each, sign, count in parts)
    return labels.get(label, label), kind, attribute, other
