"""Attributes of objects as JSON: values, tables of values, references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.schema.values import place, reference_object, table_object, value_object

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from gaic.check.program import Entity, Kind, Reference
    from gaic.evaluate.account import Account, LinkAccount, ObjectAccount
    from gaic.schema.text import Json
    from gaic.source.text import Span


def role_of(account: Account) -> str:
    """What a value is to a reader of files: "input" (also a constant, which is given too) or "calculated"."""
    return "calculated" if account.role == "calculated" else "input"


def source_of(account: Account) -> str | None:
    """The path of the source that a value names, or what stands in its place."""
    return account.source_text if account.source is None else account.source.path


def attribute_object(accounts: Sequence[Account], depends_on: Iterable[str]) -> Json:
    """One attribute from its values: a single one, or one per member."""
    first = accounts[0]
    if first.member is None:
        value = value_object(first.value)
    else:
        value = table_object({account.member or "": value_object(account.value) for account in accounts})
    return {
        "role": role_of(first),
        "label": first.label,
        "value": value,
        "formula": first.formula,
        "depends_on": list(depends_on),
        "source": source_of(first),
        "confidence": first.confidence,
        "note": first.note,
        "at": place(first.span),
    }


def empty_tables(kind: Kind, present: Container[str]) -> Iterator[tuple[str, Json]]:
    """Attributes with one value per member that have no member in this model."""
    for attribute in kind.attributes.values():
        if attribute.keys and attribute.name not in present:
            yield (
                attribute.name,
                _bare_attribute(
                    attribute.name,
                    "calculated",
                    table_object({}),
                    attribute.formula.span.text if attribute.formula else None,
                    attribute.span,
                ),
            )


def references(found: ObjectAccount, kind: Kind | None, entity: Entity | None) -> Iterator[tuple[str, Json]]:
    """The references of an object as attributes: one object, or a table of objects with their weights."""
    links: dict[str, list[LinkAccount]] = {}
    for link in found.links:
        links.setdefault(link.ref, []).append(link)
    declared: Mapping[str, Reference] = {} if kind is None else kind.refs
    for name in dict.fromkeys((*declared, *links)):
        reference = declared.get(name)
        entries = links.get(name, [])
        derived = None if reference is None else reference.derived
        if derived and not entries:
            continue
        many = len(entries) > 1 if reference is None else reference.many
        written = entity.links.get(name) if entity is not None else None
        yield (
            name,
            _bare_attribute(
                name,
                "calculated" if derived else "input",
                reference_value(entries, many=many),
                ".".join(derived) if derived else None,
                written[0].span if written else found.span,
            ),
        )


def reference_value(entries: Sequence[LinkAccount], *, many: bool) -> Json:
    """The value object of a reference. A table is keyed by path; the second link to one object is `path#2`."""
    if not many:
        return reference_object(entries[0].target) if entries else {"shape": "absent"}
    table: Json = {}
    seen: dict[str, int] = {}
    for link in entries:
        seen[link.target] = count = seen.get(link.target, 0) + 1
        key = link.target if count == 1 else f"{link.target}#{count}"
        table[key] = reference_object(link.target, link.weight)
    return table_object(table)


def _bare_attribute(name: str, role: str, value: Json, formula: str | None, span: Span) -> Json:
    return {
        "role": role,
        "label": name.replace("_", " "),
        "value": value,
        "formula": formula,
        "depends_on": [],
        "source": None,
        "confidence": None,
        "note": None,
        "at": place(span),
    }
