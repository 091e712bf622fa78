"""From a checked program to its graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gaic.check import core as c
from gaic.check.types import LinkTo, ObjectOf
from gaic.lower.graph import Column, Graph, Piece, Stage
from gaic.lower.joins import LARGEST, TooManyRowsError, check_size
from gaic.lower.order import order_columns
from gaic.lower.structure import build_structure, subject_of
from gaic.lower.walk import parts_of
from gaic.source.diagnostic import Diagnostic, ModelError
from gaic.source.limits import USUAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.check.program import Attribute, Entity, Program
    from gaic.lower.joins import Indices, Rows
    from gaic.lower.structure import Structure
    from gaic.source.limits import Limits

TO_UTC = frozenset({"to_utc", "from_wall_clock"})
"""Functions that give an hourly input its place in UTC."""
STOCKS = {"held": 2, "expired": 2, "cumulative": 1}
"""Functions whose result ends with the last hour of the model, with so many arguments; one more says where else."""


def lower(program: Program, limits: Limits = USUAL) -> Graph:
    """Make the graph; raises `ModelError` for references that run in a circle and for too many values."""
    structure, faults = build_structure(program, limits.chain)
    if faults:
        raise ModelError(faults)
    columns = _make_columns(structure, limits.nodes)
    horizon = frozenset(i for i, column in enumerate(columns) if _sets_horizon(column))
    needs = _find_needs(structure, columns)
    order = order_columns(_add_horizon(columns, needs, horizon))
    starts = np.array([column.first for column in columns], dtype=np.int64)
    size = columns[-1].first + columns[-1].size if columns else 0
    named: dict[str, list[Column]] = {}
    for column in columns:
        named.setdefault(column.attribute.name, []).append(column)
    by_name = {name: tuple(each) for name, each in named.items()}
    return Graph(structure, columns, tuple(Stage(*stage) for stage in order), size, starts, by_name)


# ---------------------------------------------------------------- columns


def _make_columns(structure: Structure, limit: int) -> tuple[Column, ...]:
    by_kind: dict[str, list[int]] = {}
    for number, entity in enumerate(structure.entities):
        by_kind.setdefault(entity.kind, []).append(number)
    columns: list[Column] = []
    first = 0
    for kind, numbers in by_kind.items():
        rows = np.array(numbers, dtype=np.int64)
        for attribute in structure.program.kinds[kind].attributes.values():
            column = _make_column(structure, kind, attribute, rows, first)
            columns.append(column)
            first += column.size
            if first > limit:
                message = f"the model has more than {limit:,} values"
                raise ModelError([Diagnostic("GAI511", message, structure.entities[numbers[0]].span)])
    return tuple(columns)


def _make_column(structure: Structure, kind: str, attribute: Attribute, rows: Indices, first: int) -> Column:
    slots = {0: rows}
    repeats: list[Indices | None] = []
    for key in attribute.keys:
        try:
            parents, members = _expand(structure, key.collection, slots)
        except TooManyRowsError:
            message = f"`{attribute.name}` has more than {LARGEST:,} members"
            raise ModelError([Diagnostic("GAI511", message, attribute.span, help="give it fewer keys")]) from None
        slots = {slot: values[parents] for slot, values in slots.items()}
        slots[key.slot] = members
        repeats = [None if each is None else each[parents] for each in repeats]
        repeats.append(_count_repeats(structure, key.collection, parents, members))
    objects, *members_of_keys = slots.values()
    pieces = _make_pieces(structure.entities, attribute, objects)
    return Column(kind, attribute, first, objects, tuple(members_of_keys), tuple(repeats), pieces)


def _expand(structure: Structure, collection: c.Collection, slots: Mapping[int, Indices]) -> tuple[Indices, Indices]:
    """The members of a collection for each row: rows and members. Variables stand for `slots`."""
    subject = subject_of(collection)
    subjects = slots[0] if subject is None else _find_things(structure, subject, slots)
    known = np.flatnonzero(subjects >= 0)
    parents, members = join_collection(structure, collection, subjects[known])
    return known[parents], members


def _find_things(structure: Structure, core: c.Core, slots: Mapping[int, Indices]) -> Indices:
    """The objects or links to which references lead, before anything runs."""
    match core:
        case c.Variable(slot):
            return slots[slot]
        case c.Far(subject):
            return structure.far(_find_things(structure, subject, slots), subject.type)
        case c.Follow(subject, ref):
            return structure.follow(ref, _find_things(structure, subject, slots))
        case c.ObjectLiteral(path):
            return np.full(len(slots[0]), structure.number[path], dtype=np.int64)
        case _:
            message = f"`{core.span.text}` is not known before anything runs"
            raise TypeError(message)


def _count_repeats(
    structure: Structure, collection: c.Collection, parents: Indices, members: Indices
) -> Indices | None:
    """For each link the number of those before it that lead to the same object; None for objects."""
    if not isinstance(collection.element, LinkTo):
        return None
    groups = parents * len(structure.entities) + structure.far(members, collection.element)
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    counts = np.empty_like(order)
    counts[order] = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    return counts


def join_collection(structure: Structure, collection: c.Collection, subjects: Indices) -> tuple[Indices, Indices]:
    """The members of a collection of each subject: parents and members."""
    match collection:
        case c.Links(_, name):
            return _join(structure.lists.get(name), subjects)
        case c.Backs(_, name):
            return _join(structure.backs.get(name), subjects)
        case c.Members(_, name):
            return _join(structure.sets.get(name), subjects)
        case c.Earlier():
            return structure.earlier(subjects)
        case c.Everything(kind):
            found = structure.everything(kind)
            check_size(len(found) * len(subjects))
            return np.repeat(np.arange(len(subjects)), len(found)), np.tile(found, len(subjects))


def _join(rows: Rows | None, subjects: Indices) -> tuple[Indices, Indices]:
    if rows is None:
        nobody = np.empty(0, dtype=np.int64)
        return nobody, nobody
    return rows.join(subjects)


def _make_pieces(entities: tuple[Entity, ...], attribute: Attribute, objects: Indices) -> tuple[Piece, ...]:
    given: list[Piece] = []
    rest: list[int] = []
    for row, number in enumerate(objects.tolist()):
        formula = entities[number].inputs.get(attribute.name)
        if formula is None:
            rest.append(row)
        else:
            given.append(Piece(formula, np.array([row], dtype=np.int64), given=True))
    if attribute.formula is not None and rest:
        given.insert(0, Piece(attribute.formula, np.array(rest, dtype=np.int64), given=False))
    return tuple(given)


# ---------------------------------------------------------------- what needs what


def _find_needs(structure: Structure, columns: tuple[Column, ...]) -> list[set[int]]:
    """For each column those that its formulas may read."""
    index: dict[tuple[str, str], int] = {(col.kind, col.attribute.name): i for i, col in enumerate(columns)}
    kinds = {col.kind for col in columns}
    below: dict[str, list[str]] = {}
    for kind in kinds:
        for parent in structure.program.kinds[kind].parents:
            below.setdefault(parent, []).append(kind)
    needs: list[set[int]] = []
    for column in columns:
        found: set[int] = set()
        for piece in column.pieces:
            if isinstance(piece.formula.core, c.Literal):
                continue
            for part in parts_of(piece.formula.core):
                if isinstance(part, c.Read) and isinstance(part.subject.type, ObjectOf | LinkTo):
                    names = _kinds_read(part, column, below)
                    found.update(index[k, part.attribute] for k in names if (k, part.attribute) in index)
        needs.append(found)
    return needs


def _kinds_read(read: c.Read, column: Column, below: dict[str, list[str]]) -> list[str]:
    """The concrete kinds that a reading can meet; the object itself is of the column's own kind."""
    if isinstance(read.subject, c.Variable) and read.subject.slot == 0:
        return [column.kind]
    kind = read.subject.type.kind if isinstance(read.subject.type, ObjectOf | LinkTo) else ""
    return below.get(kind, [])


def _sets_horizon(column: Column) -> bool:
    """Say whether a column holds hourly inputs, as written or moved to UTC."""
    for piece in column.pieces:
        if isinstance(piece.formula.core, c.Literal):
            continue
        for part in parts_of(piece.formula.core):
            if isinstance(part, c.Hours) and part.series is not None:
                return True
            if isinstance(part, c.Apply) and part.function in TO_UTC:
                return True
    return False


def _add_horizon(columns: tuple[Column, ...], needs: list[set[int]], horizon: frozenset[int]) -> list[set[int]]:
    """Let stocks wait for all hourly inputs, whose last hour is theirs too; not for those that need a stock."""
    stocks = {
        i
        for i, column in enumerate(columns)
        for piece in column.pieces
        for part in parts_of(piece.formula.core)
        if isinstance(part, c.Apply) and STOCKS.get(part.function) == len(part.arguments)
    }
    if not stocks:
        return needs
    behind = _reachable_from(stocks, needs)
    return [need | (horizon - behind) if i in stocks else need for i, need in enumerate(needs)]


def _reachable_from(stocks: set[int], needs: list[set[int]]) -> set[int]:
    """The columns that need one of `stocks`, directly or not."""
    readers: dict[int, list[int]] = {}
    for reader, read in enumerate(needs):
        for each in read:
            readers.setdefault(each, []).append(reader)
    found = set(stocks)
    waiting = list(stocks)
    while waiting:
        for reader in readers.get(waiting.pop(), ()):
            if reader not in found:
                found.add(reader)
                waiting.append(reader)
    return found
