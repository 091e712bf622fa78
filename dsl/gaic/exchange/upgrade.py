"""Brings objects of an earlier version to the names and shapes of the newest one, as the table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.exchange.document import Thing, as_mapping
from gaic.exchange.faults import BadValueError, ForeignError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.exchange.document import Document, Json
    from gaic.exchange.table import Table, Upgrade

EVERY = "*"


def upgrade(document: Document, table: Table) -> None:
    """Apply every change that came after the version of the document, oldest first."""
    for change in table.upgrades:
        if document.version < change.before:
            for thing in document.things.values():
                thing.sort = change.sorts.get(thing.sort, thing.sort)
                thing.attributes = _renamed(thing, change)
            for move in change.moves:
                _move(document, move)


def _renamed(thing: Thing, change: Upgrade) -> dict[str, Json]:
    names = {**change.attributes.get(EVERY, {}), **change.attributes.get(thing.sort, {})}
    renamed: dict[str, Json] = {}
    for old, value in thing.attributes.items():
        new = names.get(old, old)
        for word, other in change.words.items():
            new = new.replace(word, other)
        if new in renamed:
            raise ForeignError((f"{thing.place} has the attribute `{new}` under an old and a new name",))
        renamed[new] = value
    return renamed


def _move(document: Document, move: Mapping[str, str]) -> None:
    match move["what"]:
        case "between":
            _put_between(document, move)
        case _:
            _move_to_reader(document, move)


def _put_between(document: Document, move: Mapping[str, str]) -> None:
    """A list of links becomes the list of a new object, to which the owner links instead."""
    for owner in document.of(move["class"]):
        if move["attribute"] in owner.attributes:
            links = owner.attributes.pop(move["attribute"])
            made = Thing(
                f"{owner.id} {move['new_class']}",
                move["new_class"],
                move["label"].format(owner.name),
                {move["new_attribute"]: links},
            )
            try:
                document.add(made)
            except BadValueError as fault:
                raise ForeignError((str(fault),)) from None
            owner.attributes[move["to"]] = [made.id]


def _move_to_reader(document: Document, move: Mapping[str, str]) -> None:
    """A value goes to the objects that link to its owner."""
    held = {each.id: each.attributes.pop(move["attribute"], None) for each in document.of(move["class"])}
    for reader in document.of(move["reader"]):
        found = next((held[id_] for id_ in linked(reader.attributes.get(move["through"])) if held.get(id_)), None)
        if found is not None:
            reader.attributes.setdefault(move["attribute"], found)


def linked(value: Json) -> tuple[str, ...]:
    """The ids that a value links to, whichever of the three forms it has; nothing where it is no link."""
    match value:
        case str():
            return (value,)
        case list():
            return tuple(each for each in value if isinstance(each, str))
        case dict():
            return tuple(as_mapping(value, ""))
        case _:
            return ()
