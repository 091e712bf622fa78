"""Fits a translated model to the library: what an input cannot take is left out, and so is what it would be anyway.

The library is asked, not copied: a bare model (references and what has no default) is evaluated, and each value that it
has by itself need not be written. A default may follow another input, so the shortened model is evaluated too, and what
it gets wrong is put back.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from gaic.api.scratch import evaluate_text
from gaic.evaluate.account import ScalarValue, TruthValue, WordValue
from gaic.exchange.draft import NONE, Hours, Links, Scalar, Week
from gaic.exchange.faults import LeftOut
from gaic.exchange.write import Writer, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from gaic.api.scratch import Scratch
    from gaic.check.program import Attribute, Kind, Program
    from gaic.exchange.document import Cited
    from gaic.exchange.draft import Draft, FieldValue, Item
    from gaic.source.limits import Limits
    from gaic.units.system import UnitSystem

CLOSE = 1e-12
"""Relative distance within which a value is the default."""
STAND_IN = Hours("2025-01-01T00:00", ("1",), "", NONE)
"""A short series in place of a long one: defaults of numbers and words do not depend on it."""


def fit_to_kinds(draft: Draft, library: Scratch) -> None:
    """Take out fields that the kinds do not have, and values of another dimension; each is listed."""
    if library.program is None:
        return
    kinds = _kinds_by_name(library.program)
    for item in draft.items.values():
        kind = kinds.get(item.kind)
        for name, value in list(item.fields.items()):
            why = _misfit(kind, name, value, library.system) if kind is not None else ""
            if why:
                del item.fields[name]
                item.required.discard(name)
                draft.left_out.append(LeftOut(item.place, name, why))


def _kinds_by_name(program: Program) -> dict[str, Kind]:
    """Kinds by the name that a model uses: of several with one name the one that extends the others."""
    found: dict[str, Kind] = {}
    for kind in program.kinds.values():
        other = found.get(kind.shown)
        if other is None or other.name in kind.parents:
            found[kind.shown] = kind
    return found


def _misfit(kind: Kind, name: str, value: FieldValue, system: UnitSystem) -> str:
    if isinstance(value, Links):
        return "" if name in kind.refs else f"the kind `{kind.shown}` has no such reference"
    attribute = kind.attributes.get(name)
    if attribute is None:
        return f"the kind `{kind.shown}` has no such input"
    is_number = not isinstance(value, Scalar) or value.number is not None
    if not is_number or attribute.unit is None:
        return ""
    unit = system.unit(value.unit)
    if unit.dimension == attribute.unit.dimension:
        return ""
    return f"{value.unit or 'a plain number'} does not fit, {attribute.unit.text or 'a plain number'} is wanted"


# ------------------------------------------------------------ defaults


def drop_defaults(
    draft: Draft, library: Scratch, names: Mapping[str, str], sources: Mapping[Cited, str], limits: Limits
) -> None:
    """Take out values that are the library's own; those with a source, a confidence or a remark stay."""
    if library.program is None:
        return
    kinds = _kinds_by_name(library.program)
    full = {item.id: dict(item.fields) for item in draft.items.values()}

    def write(keep: Callable[[Item, str], bool]) -> str:
        items = {i: replace(each, fields=_shortened(each, full[i], keep)) for i, each in draft.items.items()}
        return Writer(replace(draft, items=items), names, sources, "scratch").text()

    bare = evaluate_text(write(lambda item, name: _is_required(kinds.get(item.kind), name)), limits=limits)
    found = dict(_equal_values(bare, draft, full, names))
    equal = set(found)
    # What a round puts back may be what another default follows; each round has fewer, so that there is a last one.
    while equal:
        short = evaluate_text(write(_all_but(equal)), limits=limits)
        if short.ledger is None:  # a value of the file is refused; plain defaults are what they are all the same
            equal = {each for each in equal if found[each]}
            break
        still = equal & dict(_equal_values(short, draft, full, names)).keys()
        if still == equal:
            break
        equal = still
    for id_, name in equal:
        del draft.items[id_].fields[name]


def _all_but(gone: AbstractSet[tuple[str, str]]) -> Callable[[Item, str], bool]:
    return lambda item, name: (item.id, name) not in gone


def _shortened(
    item: Item, fields: Mapping[str, FieldValue], keep: Callable[[Item, str], bool]
) -> dict[str, FieldValue]:
    """The fields of an object in a model that only asks for defaults: no weeks, series of one hour."""
    found: dict[str, FieldValue] = {}
    for name, value in fields.items():
        match value:
            case Hours():
                found[name] = STAND_IN
            case Week():
                continue
            case Links():
                found[name] = value
            case Scalar():
                if keep(item, name):
                    found[name] = replace(value, provenance=NONE)
    return found


def _is_required(kind: Kind | None, name: str) -> bool:
    attribute: Attribute | None = kind.attributes.get(name) if kind is not None else None
    return attribute is None or (attribute.formula is None and not attribute.optional)


def _equal_values(
    scratch: Scratch, draft: Draft, full: Mapping[str, Mapping[str, FieldValue]], names: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], bool]]:
    """Inputs, by object and name, whose value in a scratch model is that of the file; and whether it is a literal."""
    ledger = scratch.ledger
    if ledger is None:
        return
    for item in draft.items.values():
        for name, value in full[item.id].items():
            if isinstance(value, Scalar) and not value.provenance.says_something:
                node = ledger.find(f"{names[item.id]}.{name}")
                if node is not None and _is_equal(value, ledger.account(node).value, scratch.system):
                    yield (item.id, name), ledger.account(node).formula is None


def _is_equal(value: Scalar, found: object, system: UnitSystem) -> bool:
    match found:
        case ScalarValue(number, unit, None) if value.number is not None:
            own, theirs = system.unit(value.unit), system.unit(unit)
            return math.isclose(value.number * own.factor, number * theirs.factor, rel_tol=CLOSE)
        case WordValue(_, word):
            return value.text in (word, quoted(word))
        case TruthValue(truth):
            return value.text == ("true" if truth else "false")
        case _:
            return False
