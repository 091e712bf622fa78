"""Units, dimensions and quantities of a bundle, and the types that are written with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.check.findings import did_you_mean
from gaic.check.types import POISON, TRUTH, Form, Measure, Words
from gaic.check.written_units import find_part, scale_prefix, space_names
from gaic.source.diagnostic import Edit, Label, Repair
from gaic.source.suggest import suggest
from gaic.source.text import Origin
from gaic.syntax.declarations import Dimension, MeasureType, QuantityType, Unit, WordType
from gaic.syntax.expressions import (
    Call,
    Convert,
    Number,
    Quantity,
    Reference,
    Sourced,
    Spread,
    Unary,
)
from gaic.units.dimension import NUMBER
from gaic.units.faults import UnitFaultKind
from gaic.units.spelling import Trouble, UnknownUnit
from gaic.units.system import UnitSystemBuilder

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.check.findings import Findings
    from gaic.check.types import Type
    from gaic.load.bundle import Bundle
    from gaic.source.text import Span
    from gaic.syntax.declarations import ValueType
    from gaic.syntax.expressions import (
        Expression,
        Name,
    )
    from gaic.units.dimension import Dimension as KnownDimension
    from gaic.units.faults import UnitFault
    from gaic.units.measures import QuantityType as KnownQuantity
    from gaic.units.measures import Unit as KnownUnit
    from gaic.units.system import UnitSystem

CODES = {
    UnitFaultKind.UNKNOWN_TYPE: ("GAI120", "there is no dimension or quantity `{part}`"),
    UnitFaultKind.UNKNOWN_UNIT: ("GAI121", "there is no unit `{part}`"),
    UnitFaultKind.DUPLICATE_UNIT: ("GAI122", "the unit `{part}` is declared twice"),
    UnitFaultKind.DUPLICATE_DIMENSION: ("GAI122", "the dimension `{subject}` is declared twice"),
    UnitFaultKind.DUPLICATE_QUANTITY: ("GAI122", "the quantity `{subject}` is declared twice"),
    UnitFaultKind.WRONG_DIMENSION: ("GAI202", "the unit `{subject}` is declared as {expected}, its value is {found}"),
    UnitFaultKind.CIRCULAR: ("GAI123", "the unit `{subject}` is defined by itself: {circle}"),
    UnitFaultKind.BAD_NAME: ("GAI124", "`{part}` cannot be the name of a unit"),
    UnitFaultKind.BAD_PREFIX: ("GAI124", "there is no prefix `{part}`"),
    UnitFaultKind.BAD_VALUE: ("GAI125", "the value of the unit `{subject}` is no positive number"),
    UnitFaultKind.MISSING_VALUE: ("GAI125", "the unit `{subject}` needs a value"),
    UnitFaultKind.SECOND_BASE: ("GAI126", "the unit `{subject}` needs a value: its dimension has a base unit already"),
    UnitFaultKind.NO_BASE: ("GAI126", "the dimension `{subject}` has no unit"),
}


def build_system(bundle: Bundle, findings: Findings) -> UnitSystem:
    """Build the unit system from the declarations of all modules; faults become findings."""
    builder = UnitSystemBuilder()
    places: dict[int, tuple[Name, ...]] = {}
    for module in bundle.modules.values():
        for item in module.tree.items:
            match item:
                case Dimension():
                    places[builder.add_dimension(item.name.text)] = (item.name,)
                case Unit():
                    number = _add_unit(builder, item, findings)
                    if number is not None:
                        places[number] = (*item.names, *item.prefixes, *item.type.names)
                case QuantityType():
                    tag = item.tag.text if item.tag else None
                    places[builder.add_quantity(item.name.text, item.unit.text, tag)] = (item.name, item.unit)
                case _:
                    pass
    lost = lost_names(bundle)
    system, faults = builder.finish()
    misspelled = {fault.part for fault in faults if fault.kind is UnitFaultKind.UNKNOWN_TYPE}
    for fault in faults:
        if fault.kind is UnitFaultKind.NO_BASE and any(suggest(m, (fault.subject,)) for m in misspelled):
            continue  # the unit with the unknown type may be the one that is missing
        if fault.kind in ABOUT_OTHERS and (lost if fault.kind is UnitFaultKind.NO_BASE else may_be(fault.part, lost)):
            continue  # what is missing may stand in a broken item
        _report_fault(fault, places, system, findings)
    return system


ABOUT_OTHERS = frozenset({UnitFaultKind.UNKNOWN_TYPE, UnitFaultKind.UNKNOWN_UNIT, UnitFaultKind.NO_BASE})
"""Faults that a declaration which could not be read may explain."""


def lost_names(bundle: Bundle) -> frozenset[str]:
    """Names that broken items of the project would have declared."""
    return frozenset(name for module in bundle.modules.values() for name in module.tree.lost if name)


def may_be(part: str | None, lost: frozenset[str]) -> bool:
    """Say whether a unit or type may be one that could not be read, with or without a prefix."""
    return part is not None and any(part == name or part.endswith(name) for name in lost)


def declared_types(bundle: Bundle) -> frozenset[str]:
    """Names of all dimensions and quantities that are declared, rightly or wrongly."""
    items = (item for module in bundle.modules.values() for item in module.tree.items)
    return frozenset(item.name.text for item in items if isinstance(item, Dimension | QuantityType))


def _add_unit(builder: UnitSystemBuilder, item: Unit, findings: Findings) -> int | None:
    value: tuple[float, str | None] | None = None
    match item.value:
        case None:
            pass
        case Number(number):
            value = (number, None)
        case Quantity(number, _, unit):
            value = (number, unit.text)
        case other:
            findings.error("GAI125", "a unit is defined by a number with a unit", other.span, label="not a literal")
            return None
    names = tuple(n.text for n in item.names)
    return builder.add_unit(names, item.type.text, tuple(p.text for p in item.prefixes), value)


def _report_fault(
    fault: UnitFault, places: dict[int, tuple[Name, ...]], system: UnitSystem, findings: Findings
) -> None:
    code, template = CODES[fault.kind]
    message = template.format(
        subject=fault.subject,
        part=fault.part or fault.subject,
        found=system.describe(fault.found) if fault.found else "",
        expected=system.describe(fault.expected) if fault.expected else "",
        circle=" -> ".join((*fault.members, fault.members[0])) if fault.members else "",
    )
    place = _place_of(fault, places.get(fault.declaration, ()))
    first = _place_of(fault, places.get(fault.other, ())) if fault.other is not None else None
    if place and first and place.span.file.origin is Origin.LIBRARY and first.span.file.origin is Origin.PROJECT:
        place, first = first, place
    findings.error(
        code,
        message,
        place.span if place else None,
        labels=(Label(first.span, SECOND_PLACE.get(fault.kind, "first declared here")),) if first else (),
        fix=fault.hint or (did_you_mean(fault.similar[0], place.span) if fault.similar and place else None),
    )


SECOND_PLACE = {UnitFaultKind.SECOND_BASE: "the base unit"}


def _place_of(fault: UnitFault, names: tuple[Name, ...]) -> Name | None:
    """The name of a declaration that is at fault, else its first."""
    return next((n for n in names if n.text == fault.part), names[0] if names else None)


SAID = frozenset({Trouble.FAULTY, Trouble.EXPONENT, Trouble.SIZE})
"""Troubles that were reported where the unit is declared, or by the parser."""


MAX_EXPONENT = 64
SINGLE_WORDS = ("text", "bool", "date", "zone")


class Measures:
    """Reads written types and units with the unit system of a program."""

    def __init__(
        self,
        system: UnitSystem,
        findings: Findings,
        declared: frozenset[str] = frozenset(),
        lost: frozenset[str] = frozenset(),
    ) -> None:
        self.system = system
        self.declared = declared
        self.lost = lost
        self.findings = findings
        self.time = system.unit("h").dimension
        self.hour = system.unit("h").factor

    def unit(self, name: Name, is_value: Callable[[str], bool] | None = None) -> KnownUnit | None:
        """The unit that a name stands for, or a finding; `is_value` says which words are names of values there."""
        try:
            return self.system.unit(name.text)
        except UnknownUnit as fault:
            if fault.trouble in SAID or may_be(fault.part, self.lost):
                return None
            units = frozenset(self.system.units())
            spaced = (
                space_names(name.text, lambda word: word not in units and is_value(word))
                if is_value is not None
                else None
            )
            place = find_part(name, fault.part)
            if spaced is not None:
                part, whole, is_safe = spaced
                edits = (Edit(name.span, whole),) if is_safe else ()
                repair = Repair(f"between a unit and a name put blanks: `{whole}`", edits)
                self.findings.error("GAI121", f"`{part}` is a name here and no unit", find_part(name, part), fix=repair)
            else:
                self.findings.error("GAI121", f"there is no unit `{fault.part}`", place, fix=self._repair(fault, place))
            return None

    def _repair(self, fault: UnknownUnit, place: Span) -> Repair | str | None:
        prefix = scale_prefix(fault.part)
        if prefix is not None:
            return f"a number of that size is written with a prefix of its unit: `{prefix}`"
        if fault.trouble is not Trouble.UNKNOWN or not fault.similar:
            return fault.hint or None
        near = fault.similar[0]
        alike = [unit for unit in self.system.units() if unit.lower() == near.lower()]
        if len(alike) > 1:  # `mw`: nobody knows which one is meant
            return f"did you mean {' or '.join(f'`{unit}`' for unit in sorted(alike))}?"
        return did_you_mean(near, place)

    def quantity_type(self, name: Name) -> KnownQuantity | None:
        """The quantity that a type name stands for, or a finding."""
        known = self.system.type(name.text.rpartition(".")[2])  # types are the same in all modules
        if known is None and name.text not in self.declared | self.lost:
            near = self.findings.speller.suggest(name.text, lambda: [t.name for t in self.system.types()])
            fix = did_you_mean(near, name.span)
            self.findings.error("GAI120", f"there is no type `{name.text}`", name.span, fix=fix)
        return known

    def read_type(self, written: ValueType) -> tuple[Type, KnownUnit | None]:
        """The type that is written behind `:`, and the unit in which its values are shown."""
        match written:
            case WordType(words=(word,)) if word.text not in SINGLE_WORDS:
                types = {*SINGLE_WORDS, *(t.name for t in self.system.types())}
                near = self.findings.speller.suggest(word.text, types)
                fix = did_you_mean(near, word.span) or "a choice has at least two words: `a | b`"
                message = f"`{word.text}` is no type: types begin with a capital letter"
                self.findings.error("GAI120", message, word.span, fix=fix)
                return POISON, None
            case WordType(words=words):
                self._check_words(words)
                return _read_words(tuple(w.text for w in words)), None
            case MeasureType():
                return self._read_measure(written)

    def _check_words(self, words: tuple[Name, ...]) -> None:
        """Report a word that a choice has twice."""
        seen: dict[str, Name] = {}
        for word in words:
            first = seen.setdefault(word.text, word)
            if first is not word:
                label = Label(first.span, "the first one")
                self.findings.error("GAI111", f"`{word.text}` is twice in one choice", word.span, labels=(label,))

    def _read_measure(self, written: MeasureType) -> tuple[Type, KnownUnit | None]:
        factors: list[tuple[KnownQuantity, int]] = []
        for factor in written.factors:
            known = self.quantity_type(factor.name.names[-1])
            if known is None:
                return POISON, None
            factors.append((known, factor.exponent))
        dimension = NUMBER
        for known, exponent in factors:
            dimension = dimension * known.dimension**exponent
        if self.is_beyond(dimension):
            self.findings.error("GAI502", f"a dimension with an exponent beyond {MAX_EXPONENT}", written.span)
            return POISON, None
        if written.weekly and written.form == Form.SCALAR.value:
            fix = f"write `weekly level {written.span.text.removeprefix('weekly').strip()}`"
            self.findings.error("GAI120", "a weekly series is an amount or a level", written.span, fix=fix)
            return POISON, None
        tag = factors[0][0].tag if len(factors) == 1 and factors[0][1] == 1 else None
        form = Form(f"weekly {written.form}" if written.weekly else written.form)
        return Measure(form, dimension, tag), self.system.display_unit(factors)

    def is_beyond(self, dimension: KnownDimension) -> bool:
        """Say whether a dimension has an exponent that no unit can be written with."""
        return any(not -MAX_EXPONENT <= exponent <= MAX_EXPONENT for _, exponent in dimension.powers)

    def usual_unit(self, type_: Measure) -> KnownUnit:
        """The unit of a value without a declared type: that of its count, else of its dimension."""
        if type_.tag is not None:
            alike = (t.unit for t in self.system.types() if (t.dimension, t.tag) == (type_.dimension, type_.tag))
            return next(alike, self.system.default_unit(type_.dimension))
        return self.system.default_unit(type_.dimension)

    def written_unit(self, written: Expression, type_: Type) -> KnownUnit | None:
        """The unit that a plain value is written in, if it has the dimension of the type."""
        if not isinstance(type_, Measure):
            return None
        name = next(iter(_unit_names(written)), None)
        try:
            unit = self.system.unit(name.text) if name is not None else None
        except UnknownUnit:
            return None
        return unit if unit is not None and unit.dimension == type_.dimension else None

    def describe(self, type_: Type) -> str:
        """A type in words for a message, such as "an amount of A*B" or "a count of `b`"."""
        match type_:
            case Measure(form, dimension, tag):
                noun = "a plain number" if dimension.is_number else self.system.describe(dimension)
                if tag:
                    noun = f"{noun} of `{tag}`" if not dimension.is_number else f"a count of `{tag}`"
                if form is Form.SCALAR:
                    return noun
                return f"{'an' if form is Form.AMOUNT else 'a'} {form.value} of {noun}"
            case Words(kind, words):
                return f"one of {', '.join(words)}" if words else f"a {kind}"
            case other:
                return NAMES.get(type(other).__name__, "an object")


NAMES = {"Truth": "true or false", "Emptiness": "the empty series", "LinkTo": "a link", "ObjectOf": "an object"}


def _read_words(words: tuple[str, ...]) -> Type:
    match words:
        case ("bool",):
            return TRUTH
        case ("text" | "zone" | "date",):
            return Words(words[0])
        case _:
            return Words("choice", words)


def _unit_names(written: Expression) -> list[Name]:
    """The units in a plain value: a literal, the ends of an uncertain one, a conversion."""
    match written:
        case Quantity(unit=unit) | Convert(unit=unit):
            return [unit]
        case Spread("+-", left, _):
            return _unit_names(left)
        case Spread(_, left, right):
            return [*_unit_names(left), *_unit_names(right)]
        case Unary(_, operand):
            return _unit_names(operand)
        case Call(Reference("between"), arguments):
            return [u for a in arguments for u in _unit_names(a.value)]
        case Sourced(value):
            return _unit_names(value)
        case _:
            return []
