"""From declarations in any order to a reader of units and a table of types, with all faults found on the way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.units.dimension import NUMBER, NUMBER_NAME, base
from gaic.units.door import PintDoor
from gaic.units.faults import UnitFault, UnitFaultKind
from gaic.units.measures import QuantityType
from gaic.units.prefixes import PREFIXES
from gaic.units.reader import PLAIN, UnitEntry, UnitReader
from gaic.units.spelling import MAX_EXPONENT, Spellings, Trouble, UnknownUnit, is_unit_name, split_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gaic.units.dimension import Dimension

    Types = dict[str, QuantityType]


@dataclass(frozen=True, slots=True)
class DeclaredDimension:
    """A base dimension as declared."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class DeclaredUnit:
    """A unit as declared; without `value` it is the base unit of its type."""

    number: int
    names: tuple[str, ...]
    type_name: str
    prefixes: tuple[str, ...]
    value: tuple[float, str | None] | None


@dataclass(frozen=True, slots=True)
class DeclaredQuantity:
    """A named type as declared."""

    number: int
    name: str
    unit_text: str
    tag: str | None


class Assembly:
    """The work in progress; `run` gives what it is for, once."""

    def __init__(
        self,
        dimensions: Sequence[DeclaredDimension],
        units: Sequence[DeclaredUnit],
        quantities: Sequence[DeclaredQuantity],
    ) -> None:
        self._faults: list[UnitFault] = []
        self._dimensions = self._unique_dimensions(dimensions)
        self._quantities = self._unique_quantities(quantities)
        self._units = units
        self._owner: dict[str, DeclaredUnit] = {}
        self._claimed: set[tuple[int, str]] = set()
        self._names = {unit.number: tuple(self._claim_names(unit)) for unit in units}
        self._forms = {unit.number: tuple(self._claim_forms(unit)) for unit in units}
        self._spellings = Spellings(self._forms_by_spelling(), frozenset())
        self._broken: set[int] = set()
        self._door = PintDoor()
        self._entries: dict[str, UnitEntry] = {}
        self._base_units: dict[str, DeclaredUnit] = {}

    def run(self) -> tuple[UnitReader, Types, Types, tuple[UnitFault, ...]]:
        """Give the reader of units, the quantities, the dimensions as types, and the faults as declared in order."""
        for unit in self._in_order():
            self._define(unit)
        faulty = frozenset(spelling for spelling in self._owner if spelling not in self._entries)
        reader = UnitReader(
            self._door, self._entries, Spellings(self._spellings.forms, faulty, self._spellings.speller)
        )
        quantities = dict(self._named_types(reader))
        bare = self._bare_types(reader)
        for unit in self._units:
            self._check_type(unit, reader, bare | quantities)
        return reader, quantities, bare, tuple(sorted(self._faults, key=lambda fault: fault.declaration))

    # ------------------------------------------------------------ names

    def _unique_dimensions(self, declared: Sequence[DeclaredDimension]) -> dict[str, DeclaredDimension]:
        unique: dict[str, DeclaredDimension] = {}
        for each in declared:
            if each.name in unique or each.name == NUMBER_NAME:
                earlier = unique[each.name].number if each.name in unique else None
                self._report(UnitFaultKind.DUPLICATE_DIMENSION, each.name, each.number, other=earlier)
            else:
                unique[each.name] = each
        return unique

    def _unique_quantities(self, declared: Sequence[DeclaredQuantity]) -> dict[str, DeclaredQuantity]:
        unique: dict[str, DeclaredQuantity] = {}
        for each in declared:
            if each.name in unique:
                earlier = unique[each.name].number
                self._report(UnitFaultKind.DUPLICATE_QUANTITY, each.name, each.number, other=earlier)
            else:
                unique[each.name] = each
        return unique

    def _claim_names(self, unit: DeclaredUnit) -> Iterator[str]:
        for name in unit.names:
            if not is_unit_name(name):
                self._report(UnitFaultKind.BAD_NAME, unit.names[0], unit.number, part=name)
            elif self._claim(unit, name):
                yield name

    def _claim_forms(self, unit: DeclaredUnit) -> Iterator[tuple[str, float]]:
        """Prefixed forms come after all plain names, so that a clash is reported where the prefix was written."""
        symbols = unit.names[1:] or unit.names
        for prefix in unit.prefixes:
            worth = PREFIXES.get(prefix)
            for form in (prefix + symbol for symbol in symbols):
                if worth is None or not is_unit_name(form):
                    self._report(UnitFaultKind.BAD_PREFIX, unit.names[0], unit.number, part=prefix)
                    break
                if self._claim(unit, form):
                    yield form, worth

    def _claim(self, unit: DeclaredUnit, spelling: str) -> bool:
        owner = self._owner.setdefault(spelling, unit)
        claimed = (unit.number, spelling)
        if owner is not unit or claimed in self._claimed:
            self._report(
                UnitFaultKind.DUPLICATE_UNIT,
                unit.names[0],
                unit.number,
                part=spelling,
                other=owner.number,
                members=(owner.names[0],),
            )
            return False
        self._claimed.add(claimed)
        return True

    def _forms_by_spelling(self) -> dict[str, tuple[str, ...]]:
        forms: dict[str, tuple[str, ...]] = {}
        for unit in self._units:
            spellings = (*self._names[unit.number], *(form for form, _ in self._forms[unit.number]))
            forms.update(dict.fromkeys(spellings, spellings))
        return forms

    # ------------------------------------------------------------ values

    def _needs(self, unit: DeclaredUnit) -> tuple[DeclaredUnit, ...]:
        """Give the units that the value of a unit is written in; unknown ones are reported when it is defined."""
        if unit.value is None or unit.value[1] is None:
            return ()
        try:
            factors = split_unit(unit.value[1])
        except UnknownUnit:
            return ()
        return tuple(self._owner[name] for name, _ in factors if name in self._owner)

    def _in_order(self) -> Iterator[DeclaredUnit]:
        """Give each unit after those it needs; a circle is reported, and its units are broken.

        A walk in depth with a stack of its own: a long chain must not exhaust Python's.
        """
        done: set[int] = set()
        for start in self._units:
            path: dict[int, tuple[DeclaredUnit, Iterator[DeclaredUnit]]] = {}
            if start.number not in done:
                path[start.number] = (start, iter(self._needs(start)))
            while path:
                number, (unit, needs) = next(reversed(path.items()))
                need = next(needs, None)
                if need is None:
                    path.pop(number)
                    done.add(number)
                    yield unit
                elif need.number in path:
                    self._report_circle([each for each, _ in path.values()], need)
                elif need.number not in done:
                    path[need.number] = (need, iter(self._needs(need)))

    def _report_circle(self, path: list[DeclaredUnit], start: DeclaredUnit) -> None:
        circle = path[path.index(start) :]
        first = min(range(len(circle)), key=lambda place: circle[place].number)
        circle = circle[first:] + circle[:first]
        members = tuple(unit.names[0] for unit in circle)
        self._report(UnitFaultKind.CIRCULAR, members[0], circle[0].number, members=members)
        self._broken.update(unit.number for unit in circle)

    def _define(self, unit: DeclaredUnit) -> None:
        names = self._names[unit.number]
        if not names or unit.number in self._broken:
            return
        if unit.value is None:
            if self._may_be_base(unit):
                self._base_units[unit.type_name] = unit
                key = self._door.define_base(names, unit.type_name)
                self._enter(unit, key, 1.0, {key: 1})
        elif (reduced := self._reduce(unit, unit.value[1])) is not None:
            worth, roots = unit.value[0] * reduced[0], reduced[1]
            scales = (1.0, *(scale for _, scale in self._forms[unit.number]))
            if (
                all(_is_sound(scale * worth) for scale in scales)
                and max(map(abs, roots.values()), default=0) <= MAX_EXPONENT
            ):
                self._enter(unit, self._door.define(names, worth, roots), worth, roots)
            else:
                self._report(UnitFaultKind.BAD_VALUE, unit.names[0], unit.number)

    def _may_be_base(self, unit: DeclaredUnit) -> bool:
        name = unit.type_name
        if name in self._base_units:
            earlier = self._base_units[name].number
            self._report(UnitFaultKind.SECOND_BASE, unit.names[0], unit.number, part=name, other=earlier)
        elif name in self._dimensions:
            return True
        elif name in self._quantities or name == NUMBER_NAME:
            self._report(UnitFaultKind.MISSING_VALUE, unit.names[0], unit.number, part=name)
        else:
            self._report_unknown_type(unit)
        return False

    def _reduce(self, unit: DeclaredUnit, text: str | None) -> tuple[float, dict[str, int]] | None:
        """Give the worth of a value's unit in root units, and these; None where the value is at fault."""
        if text is None:
            return 1.0, {}
        try:
            factors = split_unit(text)
            for name, _ in factors:
                if name not in self._owner:
                    raise self._spellings.unknown(text, factors, name)
        except UnknownUnit as unknown:
            self._report_unknown_unit(unknown, unit.names[0], unit.number)
            return None
        powers: dict[str, int] = {}
        for name, exponent in factors:
            if name not in self._entries:
                return None  # that unit is broken, and was reported
            key = self._entries[name].key
            powers[key] = powers.get(key, 0) + exponent
        return self._door.reduce(powers)

    def _enter(self, unit: DeclaredUnit, key: str, worth: float, roots: dict[str, int]) -> None:
        declared = self._quantities.get(unit.type_name)
        tag = declared.tag if declared else None
        for name in self._names[unit.number]:
            self._entries[name] = UnitEntry(key, tag)
        for form, scale in self._forms[unit.number]:
            self._entries[form] = UnitEntry(self._door.define((form,), scale * worth, roots), tag)

    # ------------------------------------------------------------ types

    def _bare_types(self, reader: UnitReader) -> Types:
        """Give the types that dimensions are without a quantity of their name: shown in the base unit."""
        types = {NUMBER_NAME: QuantityType(NUMBER_NAME, NUMBER, PLAIN, None)}
        attempted = {unit.type_name for unit in self._units if unit.value is None}
        for name, declared in self._dimensions.items():
            if name in self._base_units:
                names = self._names[self._base_units[name].number]
                types[name] = QuantityType(name, base(name), reader.read(names[min(1, len(names) - 1)]), None)
            elif name not in attempted:
                self._report(UnitFaultKind.NO_BASE, name, declared.number)
        return types

    def _named_types(self, reader: UnitReader) -> Iterator[tuple[str, QuantityType]]:
        for name, declared in self._quantities.items():
            try:
                unit = reader.read(declared.unit_text)
            except UnknownUnit as unknown:
                self._report_unknown_unit(unknown, name, declared.number)
                continue
            expected = self._own_dimension(name)
            if expected is None or expected == unit.dimension:
                yield name, QuantityType(name, unit.dimension, unit, declared.tag)
            else:
                self._report_dimension(name, declared.number, unit.dimension, expected)

    def _own_dimension(self, name: str) -> Dimension | None:
        """Give the dimension of that name, if there is one."""
        if name == NUMBER_NAME:
            return NUMBER
        return base(name) if name in self._dimensions else None

    def _check_type(self, unit: DeclaredUnit, reader: UnitReader, types: Types) -> None:
        if unit.value is None:
            return
        if unit.type_name in types:
            names = self._names[unit.number]
            found = reader.read(names[0]).dimension if names and names[0] in self._entries else None
            expected = types[unit.type_name].dimension
            if found is not None and found != expected:
                self._report_dimension(unit.names[0], unit.number, found, expected)
        elif unit.type_name not in self._quantities and unit.type_name not in self._dimensions:
            self._report_unknown_type(unit)

    # ------------------------------------------------------------ faults

    def _report_dimension(self, subject: str, number: int, found: Dimension, expected: Dimension) -> None:
        self._faults.append(UnitFault(UnitFaultKind.WRONG_DIMENSION, subject, number, found=found, expected=expected))

    def _type_names(self) -> set[str]:
        return {*self._dimensions, *self._quantities, NUMBER_NAME}

    def _report_unknown_type(self, unit: DeclaredUnit) -> None:
        near = self._spellings.speller.suggest(unit.type_name, self._type_names)
        similar = () if near is None else (near,)
        self._faults.append(
            UnitFault(UnitFaultKind.UNKNOWN_TYPE, unit.names[0], unit.number, part=unit.type_name, similar=similar)
        )

    def _report_unknown_unit(self, unknown: UnknownUnit, subject: str, number: int) -> None:
        if unknown.trouble is not Trouble.FAULTY:
            self._faults.append(
                UnitFault(
                    UnitFaultKind.UNKNOWN_UNIT,
                    subject,
                    number,
                    part=unknown.part,
                    similar=unknown.similar,
                    hint=unknown.hint,
                )
            )

    def _report(
        self,
        kind: UnitFaultKind,
        subject: str,
        number: int,
        part: str = "",
        other: int | None = None,
        members: tuple[str, ...] = (),
    ) -> None:
        self._faults.append(UnitFault(kind, subject, number, part=part, other=other, members=members))


def _is_sound(worth: float) -> bool:
    return worth > 0 and math.isfinite(worth)
