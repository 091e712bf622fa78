"""Objects that another tool makes by itself: found in its file where they are there, made where they are not."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from gaic.exchange.document import Thing
from gaic.exchange.draft import NONE, Link
from gaic.exchange.upgrade import linked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.exchange.document import Document
    from gaic.exchange.table import Part, Sort, Table


MOST_ALIKE = 100
"""How many objects of a like name are looked at."""


def _name(thing: Thing) -> str:
    return thing.name


@dataclass(frozen=True, slots=True)
class Made:
    """A part of an owner: its id and label, and where its references lead."""

    part: Part
    id: str
    label: str
    links: dict[str, tuple[Link, ...]]


class PartMaker:
    """Claims the parts of one document for their owners."""

    def __init__(self, document: Document, table: Table, rules: str) -> None:
        self.document = document
        self.table = table
        self.rules = rules
        self.claimed: dict[tuple[str, str], Thing] = {}
        self._taken: set[str] = set()
        self._named: dict[tuple[str, str], deque[Thing]] = {}
        self._sorted: dict[str, list[Thing]] = {}
        for thing in document.things.values():
            if thing.sort in table.made:
                self._named.setdefault((thing.sort, thing.name), deque()).append(thing)
                self._sorted.setdefault(thing.sort, []).append(thing)
        for things in self._sorted.values():
            things.sort(key=_name)
        for thing in list(document.things.values()):
            sort = table.sorts.get(thing.sort)
            for part in sort.parts if sort is not None else ():
                self.claimed[thing.id, part.key] = self._claim(thing, part)

    def make(self, owner: Thing, sort: Sort) -> Iterator[Made]:
        """The parts of an owner that the rules know."""
        for part in sort.parts:
            if not part.rules or self.rules in part.rules:
                thing = self.claimed[owner.id, part.key]
                links = {name: self._links(owner, way) for name, way in part.links.items()}
                yield Made(part, thing.id, thing.name, links)

    def unclaimed(self) -> tuple[Thing, ...]:
        """Objects of the file that are parts of nothing."""
        made = self.table.made
        return tuple(each for each in self.document.things.values() if each.sort in made and each.id not in self._taken)

    def _claim(self, owner: Thing, part: Part) -> Thing:
        """The object of the file that is the part: one that the owner links to, else one of the name it would have."""
        label = part.label.format(owner.name)
        candidates = (
            *self._linked(owner, part.sort),
            *self._free(part.sort, label),
            *islice(self._beginning(part.sort, owner.name), MOST_ALIKE),
        )
        found = next((thing for thing in candidates if thing.id not in self._taken), None)
        if found is None:
            found = Thing(self._new_id(owner, part), part.sort, label, {})
            self.document.add(found)
        self._taken.add(found.id)
        return found

    def _new_id(self, owner: Thing, part: Part) -> str:
        """An id that no object of the file has."""
        id_ = f"{owner.id} {part.key}"
        while id_ in self.document.things:
            id_ += "'"
        return id_

    def _free(self, sort: str, name: str) -> Iterator[Thing]:
        """The first object of a class and name that is not taken; those before it are not looked at again."""
        things = self._named.get((sort, name), deque())
        while things and things[0].id in self._taken:
            things.popleft()
        return islice(things, 1)

    def _linked(self, owner: Thing, sort: str) -> Iterator[Thing]:
        ids = (id_ for value in owner.attributes.values() for id_ in linked(value))
        things = (self.document.things.get(id_) for id_ in ids)
        return (thing for thing in things if thing is not None and thing.sort == sort)

    def _beginning(self, sort: str, name: str) -> Iterator[Thing]:
        """Objects of a class whose name begins with another one."""
        things = self._sorted.get(sort, [])
        following = islice(things, bisect_left(things, name, key=_name), None)
        return takewhile(lambda thing: thing.name.startswith(name), following)

    def _links(self, owner: Thing, way: str) -> tuple[Link, ...]:
        """Where a reference of a part leads; nowhere if one of the steps does."""
        if way == "owner":
            return (Link(owner.id, "1", NONE),)
        attribute, sign, rest = way.partition(":") if ":" in way else way.partition(".")
        target = self.document.things.get(next(iter(linked(owner.attributes.get(attribute))), ""))
        if target is None:
            return ()
        if sign == ":":
            part = self.claimed.get((target.id, rest))
            return (Link(part.id, "1", NONE),) if part is not None else ()
        return tuple(Link(id_, "1", NONE) for id_ in linked(target.attributes.get(rest)) if id_ in self.document.things)
