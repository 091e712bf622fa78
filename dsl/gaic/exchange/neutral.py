"""The neutral layout: objects by name with plain attributes, series written out or as a formula in whole numbers."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from gaic.exchange.document import Document, Thing, as_mapping, as_number, as_numbers, as_text, name_type, shown
from gaic.exchange.faults import BadValueError, ForeignError
from gaic.exchange.hours import Allowance
from gaic.exchange.native import read_version
from gaic.units.days import WEEK

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.exchange.document import Json
    from gaic.exchange.table import Table
    from gaic.source.limits import Limits

PEER = re.compile(r"\S+ ([0-9.]+)")
LARGEST = 1 << 53
"""Whole numbers below this are exact; a formula works with such."""


def read_neutral(data: dict[str, Json], table: Table, limits: Limits) -> Document:
    """The objects of a neutral file, with the attributes of the native layout; raises `ForeignError`."""
    peer = data.get("peer")
    match = PEER.match(peer) if isinstance(peer, str) else None
    document = Document(f"{table.title} {match[1] if match else ''}", read_version(match and match[1], table))
    faults: list[str] = []
    try:
        inputs = as_mapping(data.get("inputs"), "inputs")
        series = as_mapping(inputs.get("series", {}), "inputs.series")
        objects = as_mapping(inputs.get("objects"), "inputs.objects")
    except BadValueError as fault:
        raise ForeignError((str(fault),)) from None
    reader = _Reader(series, limits)
    for name, value in objects.items():
        try:
            entry = as_mapping(value, f"object {shown(name)}")
            sort = as_text(entry.get("class"), f"the class of {shown(name)}")
            given = as_mapping(entry.get("attributes", {}), f"attributes of {shown(name)}")
            attributes = {key: reader.attribute(each, f"{sort} {shown(name)}, {key}") for key, each in given.items()}
            document.add(Thing(name, sort, as_text(name, "a name"), attributes))
        except BadValueError as fault:
            faults.append(str(fault))
    if faults:
        raise ForeignError(tuple(faults))
    return document


class _Reader:
    """Turns plain attributes into those of the native layout."""

    def __init__(self, series: dict[str, Json], limits: Limits) -> None:
        self.series = series
        self.allowance = Allowance(limits.series_hours, limits.nodes)
        self.most_steps = limits.nodes
        self.steps = 0
        self.known: dict[str, dict[str, Json]] = {}

    def attribute(self, value: Json, what: str) -> Json:
        match value:
            case None:
                return {"value": None}
            case {"choice": choice}:
                return {"value": choice}
            case {"timezone": zone}:
                return {"zone": zone}
            case {"ref": name} | {"refs": name}:
                return name
            case {"weights": weights}:
                entries = as_mapping(weights, what)
                return {name: {"value": each, "unit": ""} for name, each in entries.items()}
            case {"series": name}:
                return self._named(as_text(name, what), what)
            case {"weekly": week}:
                return self._week(as_mapping(week, what), what)
            case _:
                return value

    def _week(self, week: dict[str, Json], what: str) -> Json:
        values = week.get("values")
        if values is None:
            values = [as_number(week.get("constant"), what)] * WEEK
        return {"recurring_values": values, "unit": week.get("unit")}

    def _named(self, name: str, what: str) -> dict[str, Json]:
        if name not in self.known:
            if name not in self.series:
                raise BadValueError(f"{what}: there is no series {shown(name)}")
            self.known[name] = self._series(as_mapping(self.series[name], f"series {shown(name)}"), name)
        return self.known[name]

    def _series(self, entry: dict[str, Json], name: str) -> dict[str, Json]:
        what = f"series {shown(name)}"
        size = as_number(entry.get("n"), f"n of {what}")
        if not 0 <= size <= self.allowance.most or not size.is_integer():
            raise BadValueError(f"{what}: n is not a whole number from 0 to {self.allowance.most:,}")
        self.allowance.take(int(size))
        values = self._values(entry, int(size), what)
        if len(values) != size:
            raise BadValueError(f"{what} has {len(values):,} values, and n is {int(size):,}")
        changes = entry.get("set")
        for change in _list([] if changes is None else changes, f"`set` of {what}"):
            place, value = _pair(change, f"an entry of `set` of {what}", "an hour and a value")
            if not 0 <= place < size or not place.is_integer():
                raise BadValueError(f"{what}: `set` names an hour that is not there")
            values[int(place)] = value
        zone = "UTC" if entry.get("start_is_utc") else None
        return {"values": values, "unit": entry.get("unit"), "start_date": entry.get("start"), "timezone": zone}

    def _values(self, entry: dict[str, Json], size: int, what: str) -> list[float]:
        match entry:
            case {"values": values}:
                return list(as_numbers(values, what, size))
            case {"constant": constant}:
                return [as_number(constant, what)] * size
            case {"runs": list(runs)}:
                meant = "a value and how many hours it lasts"
                pairs = [_pair(run, f"a run of {what}", meant) for run in runs]
                if any(not 0 <= count <= size or not count.is_integer() for _, count in pairs):
                    raise BadValueError(f"a run of {what} is not {meant}")
                whole = chain.from_iterable([value] * int(count) for value, count in pairs)
                return list(islice(whole, size + 1))
            case {"formula": formula}:
                return self._formula(as_mapping(formula, what), size, what)
            case _:
                raise BadValueError(f"{what} has neither values nor constant, runs or formula")

    def _formula(self, formula: dict[str, Json], size: int, what: str) -> list[float]:
        """Run a formula, unless all of the file together would take too many steps: one per term and hour."""
        terms = _list(formula.get("terms") or [], f"`terms` of {what}")
        self.steps += len(terms) * size
        if self.steps > self.most_steps:
            raise BadValueError(f"{what}: all formulas together have more than {self.most_steps:,} terms times hours")
        return _run_formula(formula, terms, size, what)


def _run_formula(formula: dict[str, Json], terms: list[Json], size: int, what: str) -> list[float]:
    """`offset + sum of terms` in whole numbers, then divided and clipped."""
    sums = [_whole(formula.get("offset", 0), what)] * size
    for term in terms:
        step = _term(as_mapping(term, f"a term of {what}"), what)
        sums = [value + step(place) for place, value in enumerate(sums)]
    divisor = as_number(formula.get("divide_by", 1), what)
    if divisor == 0:
        raise BadValueError(f"{what} divides by 0")
    values = [value / divisor for value in sums]
    if "clip_min" in formula:
        least = as_number(formula["clip_min"], what)
        values = [max(value, least) for value in values]
    return values


def _term(term: dict[str, Json], what: str) -> Callable[[int], int]:
    """One term of a formula as a function of the hour."""

    def number(key: str, default: int | None = None) -> int:
        return _whole(term.get(key, default), f"`{key}` of a term of {what}")

    scale = number("scale", 1)
    if term.get("kind") == "cycle":
        cycle = [_whole(each, what) for each in _list(term.get("values"), f"`values` of a cycle of {what}")]
        if not cycle:
            raise BadValueError(f"a cycle of {what} is empty")
        return lambda i: scale * cycle[i % len(cycle)]
    a, b = number("a", 1), number("b", 0)
    match term.get("kind"):
        case "mod":
            m = _divisor(number("m"), what)
            return lambda i: scale * ((a * i + b) % m)
        case "floordiv":
            m = _divisor(number("m"), what)
            return lambda i: scale * ((a * i + b) // m)
        case "hash":
            p, k = _divisor(number("p"), what), _divisor(number("k"), what)
            return lambda i: scale * (((a * i + b) % p) ** 2 % p % k)
        case other:
            raise BadValueError(f"{what} has a term of the unknown kind {shown(str(other))}")


def _list(value: Json, what: str) -> list[Json]:
    if not isinstance(value, list):
        raise BadValueError(f"{what} is no list but {name_type(value)}")
    return value


def _pair(value: Json, what: str, meant: str) -> tuple[float, float]:
    """Two numbers; `meant` says in a message what they are."""
    match as_numbers(value, what, 2):
        case (first, second):
            return first, second
        case _:
            raise BadValueError(f"{what} is not {meant}")


def _whole(value: Json, what: str) -> int:
    number = as_number(value, what)
    if not number.is_integer() or abs(number) > LARGEST:
        raise BadValueError(f"{what} is not a whole number below 2^53")
    return int(number)


def _divisor(number: int, what: str) -> int:
    if number <= 0:
        raise BadValueError(f"{what}: a term divides by a number above 0")
    return number
