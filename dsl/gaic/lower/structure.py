"""Objects, links, ways back and sets as index arrays: known before any number is computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.findings import describe_chain, describe_circle
from gaic.check.types import LinkTo
from gaic.lower.joins import make_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gaic.check.program import Entity, Kind, Program
    from gaic.check.types import ListName, Type
    from gaic.lower.joins import Indices, Rows
    from gaic.source.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class LinkTable:
    """All links: owner and target (objects), weight, position in its list (from 1), name of the reference."""

    owners: Indices
    targets: Indices
    weights: np.ndarray[tuple[int], np.dtype[np.float64]]
    positions: Indices
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """What leads where. Objects are numbered in order of declaration, links by owner and position."""

    program: Program
    entities: tuple[Entity, ...]
    number: Mapping[str, int]
    links: LinkTable
    singles: Mapping[str, Indices]
    lists: Mapping[str, Rows]
    backs: Mapping[str, Rows]
    sets: Mapping[str, Rows]
    by_kind: Mapping[str, Indices]

    def kind(self, number: int) -> Kind:
        """The kind of an object."""
        return self.program.kinds[self.entities[number].kind]

    def follow(self, ref: str, objects: Indices) -> Indices:
        """Where a single reference leads from each object; -1 stays -1 and stands for nowhere."""
        targets = self.singles.get(ref)
        if targets is None or not len(objects):
            return np.full(len(objects), -1, dtype=np.int64)
        return np.where(objects >= 0, targets[objects], -1)

    def far(self, links: Indices, type_: Type) -> Indices:
        """The far objects of links: where they come from if they are of a way back, else where they lead."""
        backward = isinstance(type_, LinkTo) and type_.backward
        return (self.links.owners if backward else self.links.targets)[links]

    def everything(self, kind: str) -> Indices:
        """All objects of a kind and its children."""
        return self.by_kind.get(kind, np.empty(0, dtype=np.int64))

    def earlier(self, links: Indices) -> tuple[Indices, Indices]:
        """The links of the same list in front of each link: parents and links."""
        counts = self.links.positions[links] - 1
        parents = np.repeat(np.arange(len(links)), counts)
        within = np.arange(len(parents)) - np.repeat(np.cumsum(counts) - counts, counts)
        return parents, links[parents] - counts[parents] + within


@dataclass(slots=True)
class _Builder:
    program: Program
    chain: int
    faults: list[Diagnostic] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)
    targets: list[dict[str, list[tuple[int, float]]]] = field(default_factory=list)
    sets: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    busy: dict[tuple[int, str], None] = field(default_factory=dict)
    back_links: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    owners: list[int] = field(default_factory=list)

    def kind(self, number: int) -> Kind:
        return self.program.kinds[self.program.entities[number].kind]

    # ------------------------------------------------------------ references

    def number_objects(self) -> None:
        for position, entity in enumerate(self.program.entities):
            self.number[entity.path] = position
        for entity in self.program.entities:
            found = {
                ref: [(self.number[link.target], link.weight) for link in links] for ref, links in entity.links.items()
            }
            self.targets.append(found)
        for position in range(len(self.program.entities)):
            for ref in self.kind(position).refs.values():
                if ref.derived is not None:
                    self._derive(position, ref.name, ref.derived, ())

    def _derive(self, position: int, name: str, chain: tuple[str, ...], behind: tuple[tuple[int, str], ...]) -> None:
        if name in self.targets[position]:
            return
        if (position, name) in behind:
            self._report_circle(behind[behind.index((position, name)) :])
            return
        if len(behind) >= self.chain:
            self._report_chain(position, name)
            return
        here = position
        for step in chain:
            ref = self.kind(here).refs.get(step)
            if ref is not None and ref.derived is not None:
                self._derive(here, step, ref.derived, (*behind, (position, name)))
            found = self.targets[here].get(step)
            if not found:
                self.targets[position][name] = []
                return
            here = found[0][0]
        self.targets[position][name] = [(here, 1.0)]

    def _report_circle(self, keys: tuple[tuple[int, str], ...]) -> None:
        links = []
        for position, name in keys:
            kind = self.kind(position)
            entry = kind.refs.get(name) or kind.sets[name]
            links.append((f"{self.program.entities[position].path}.{name}", entry.span))
        self.faults.append(describe_circle("GAI115", links, "needs", "let one of them follow other references"))

    def _report_chain(self, position: int, name: str) -> None:
        entity = self.program.entities[position]
        self.faults.append(describe_chain(f"{entity.path}.{name}", entity.span, self.chain))

    def make_links(self) -> LinkTable:
        weights: list[float] = []
        positions: list[int] = []
        targets: list[int] = []
        refs: list[str] = []
        for owner, found in enumerate(self.targets):
            for name in self.kind(owner).refs:
                for place, (target, weight) in enumerate(found.get(name, ()), 1):
                    self.back_links.setdefault((target, name), []).append(len(refs))
                    self.owners.append(owner)
                    targets.append(target)
                    weights.append(weight)
                    positions.append(place)
                    refs.append(name)
        integers = np.int64
        return LinkTable(
            np.array(self.owners, dtype=integers),
            np.array(targets, dtype=integers),
            np.array(weights, dtype=np.float64),
            np.array(positions, dtype=integers),
            tuple(refs),
        )

    def singles_and_lists(self, links: LinkTable) -> tuple[dict[str, Indices], dict[str, Rows]]:
        count = len(self.program.entities)
        singles: dict[str, Indices] = {}
        lists: dict[str, list[list[int]]] = {}
        for number, (owner, name) in enumerate(zip(self.owners, links.refs, strict=True)):
            if self.kind(owner).refs[name].many:
                if name not in lists:
                    lists[name] = [[] for _ in range(count)]
                lists[name][owner].append(number)
            else:
                if name not in singles:
                    singles[name] = np.full(count, -1, dtype=np.int64)
                singles[name][owner] = links.targets[number]
        return singles, {name: make_rows(rows) for name, rows in lists.items()}

    # ------------------------------------------------------------ ways back and sets

    def links_back(self, position: int, lists: Sequence[ListName]) -> list[int]:
        found: list[int] = []
        for each in lists:
            links = self.back_links.get((position, each.ref), ())
            found.extend(link for link in links if each.kind in self.kind(self.owners[link]).parents)
        return sorted(found)

    def backs(self) -> dict[str, Rows]:
        names = dict.fromkeys(n for p in range(len(self.program.entities)) for n in self.kind(p).backs)
        return {name: make_rows(self._backs_of(name)) for name in names}

    def _backs_of(self, name: str) -> list[list[int]]:
        rows: list[list[int]] = []
        for position in range(len(self.program.entities)):
            back = self.kind(position).backs.get(name)
            rows.append(self.links_back(position, back.lists) if back else [])
        return rows

    def all_sets(self) -> dict[str, Rows]:
        names = dict.fromkeys(n for p in range(len(self.program.entities)) for n in self.kind(p).sets)
        count = len(self.program.entities)
        return {
            name: make_rows(self.members(p, name) if name in self.kind(p).sets else () for p in range(count))
            for name in names
        }

    def members(self, position: int, name: str) -> tuple[int, ...]:
        """The distinct objects of a set, in order of declaration."""
        key = (position, name)
        if key not in self.sets:
            if key in self.busy:
                keys = list(self.busy)
                self._report_circle(tuple(keys[keys.index(key) :]))
                return ()
            if len(self.busy) >= self.chain:
                self._report_chain(position, name)
                return ()
            self.busy[key] = None
            found: set[int] = set()
            for chain in self.kind(position).sets[name].chains:
                here = {position}
                for step in chain:
                    here = {far for near in here for far in self._step(near, step)}
                found |= here
            self.sets[key] = tuple(sorted(found))
            del self.busy[key]
        return self.sets[key]

    def _step(self, position: int, name: str) -> tuple[int, ...]:
        kind = self.kind(position)
        if name in kind.sets:
            return self.members(position, name)
        back = kind.backs.get(name)
        if back is not None:
            return tuple(self.owners[link] for link in self.links_back(position, back.lists))
        return tuple(target for target, _ in self.targets[position].get(name, ()))

    def by_kind(self) -> dict[str, Indices]:
        found: dict[str, list[int]] = {}
        for position in range(len(self.program.entities)):
            for parent in self.kind(position).parents:
                found.setdefault(parent, []).append(position)
        return {name: np.array(numbers, dtype=np.int64) for name, numbers in found.items()}


def build_structure(program: Program, chain: int) -> tuple[Structure, tuple[Diagnostic, ...]]:
    """Number the objects and resolve every reference, way back and set."""
    builder = _Builder(program, chain)
    builder.number_objects()
    links = builder.make_links()
    singles, lists = builder.singles_and_lists(links)
    backs, sets = builder.backs(), builder.all_sets()
    structure = Structure(
        program, program.entities, builder.number, links, singles, lists, backs, sets, builder.by_kind()
    )
    return structure, tuple(builder.faults)


def subject_of(collection: c.Collection) -> c.Core | None:
    """The object or link that a collection belongs to; None for `every kind`."""
    match collection:
        case c.Links(subject) | c.Backs(subject) | c.Members(subject):
            return subject
        case c.Earlier(link):
            return link
        case c.Everything():
            return None
