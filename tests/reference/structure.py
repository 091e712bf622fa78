"""What leads where: links, ways back and sets, found by walking over the entities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.check.program import Back, Entity, Kind, Program


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """An object; things sort in order of declaration."""

    number: int
    path: str


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a reference."""

    owner: Thing
    ref: str
    position: int
    target: Thing
    weight: float

    def far(self, *, backward: bool) -> Thing:
        """The object at the other end."""
        return self.owner if backward else self.target


class Structure:
    """Answers where things lead; what is asked twice is remembered."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.things = tuple(Thing(number, entity.path) for number, entity in enumerate(program.entities))
        self.by_path = {thing.path: thing for thing in self.things}
        self._links: dict[tuple[Thing, str], tuple[Link, ...]] = {}
        self._members: dict[tuple[Thing, str], tuple[Thing, ...]] = {}

    def entity(self, thing: Thing) -> Entity:
        """The checked object."""
        return self.program.entities[thing.number]

    def kind(self, thing: Thing) -> Kind:
        """Its kind."""
        return self.program.kinds[self.entity(thing).kind]

    def links(self, thing: Thing, ref: str) -> tuple[Link, ...]:
        """The entries of a reference in order, also of a derived one."""
        key = (thing, ref)
        if key not in self._links:
            self._links[key] = tuple(
                Link(thing, ref, position, target, weight)
                for position, (target, weight) in enumerate(self._entries(thing, ref), 1)
            )
        return self._links[key]

    def _entries(self, thing: Thing, ref: str) -> list[tuple[Thing, float]]:
        declared = self.kind(thing).refs.get(ref)
        if declared is None or declared.derived is None:
            written = self.entity(thing).links.get(ref, ())
            return [(self.by_path[link.target], link.weight) for link in written]
        here: Thing | None = thing
        for step in declared.derived:
            here = self.follow(here, step) if here is not None else None
        return [(here, 1.0)] if here is not None else []

    def follow(self, thing: Thing, ref: str) -> Thing | None:
        """Where a single reference leads."""
        links = self.links(thing, ref)
        return links[0].target if links else None

    def everything(self, kind: str) -> tuple[Thing, ...]:
        """All objects of a kind and its children."""
        return tuple(thing for thing in self.things if kind in self.kind(thing).parents)

    def backs(self, thing: Thing, name: str) -> tuple[Link, ...]:
        """The links that point at a thing under its way back `name`, by owner, reference and position."""
        back = self.kind(thing).backs.get(name)
        if back is None:
            return ()
        return tuple(link for owner in self.things for link in self._pointing(owner, thing, back))

    def _pointing(self, owner: Thing, at: Thing, back: Back) -> list[Link]:
        kind = self.kind(owner)
        wanted = {each.ref for each in back.lists if each.kind in kind.parents}
        return [link for ref in kind.refs if ref in wanted for link in self.links(owner, ref) if link.target == at]

    def members(self, thing: Thing, name: str) -> tuple[Thing, ...]:
        """The distinct objects of a set, in order of declaration."""
        key = (thing, name)
        if key not in self._members:
            declared = self.kind(thing).sets.get(name)
            found: set[Thing] = set()
            for chain in declared.chains if declared is not None else ():
                here = {thing}
                for step in chain:
                    here = {far for near in here for far in self._step(near, step)}
                found |= here
            self._members[key] = tuple(sorted(found))
        return self._members[key]

    def _step(self, thing: Thing, name: str) -> tuple[Thing, ...]:
        kind = self.kind(thing)
        if name in kind.sets:
            return self.members(thing, name)
        if name in kind.backs:
            return tuple(link.owner for link in self.backs(thing, name))
        return tuple(link.target for link in self.links(thing, name))

    def earlier(self, link: Link) -> tuple[Link, ...]:
        """The links of the same list in front of one."""
        return self.links(link.owner, link.ref)[: link.position - 1]
