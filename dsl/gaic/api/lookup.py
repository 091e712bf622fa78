"""Finds what a PATH means: one value, the values of an attribute that has one per member, or a reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gaic.schema.attributes import empty_tables, references
from gaic.source.diagnostic import GaicError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.evaluate.account import Account, ObjectAccount
    from gaic.schema.ledger import Evaluated
    from gaic.schema.text import Json

    class Searchable(Evaluated, Protocol):
        """An evaluated model that finds its values by path."""

        def find(self, path: str) -> int | None:
            """The value of `a.b`, `a.b[c]` or `a.b.c`."""
            ...

        def table(self, path: str) -> tuple[int, ...]:
            """The values of an attribute `a.b` that has one per member."""
            ...


MOST_NAMED = 8
"""How many names a message lists before it stops."""


class UnknownPathError(GaicError):
    """Nothing in the model has this path."""

    exit_code = 1

    def __init__(self, path: str, reason: str, hint: str | None = None) -> None:
        self.path = path
        self.hint = hint
        super().__init__(f"there is no value `{path}`: {reason}")


@dataclass(frozen=True, slots=True)
class Found:
    """What a path means: the values (one, or one per member if `table`) and the path in its full form."""

    path: str
    nodes: tuple[int, ...]
    table: bool


@dataclass(frozen=True, slots=True)
class FoundWithoutValue:
    """An attribute that is no calculated or given value: a reference, or a table without members.

    `attribute` is what `results.json` says of it.
    """

    path: str
    kind: str
    attribute: Json


def find_path(ledger: Searchable, path: str) -> Found | FoundWithoutValue:
    """What a path means; raises `UnknownPathError`, which says what there is instead."""
    path = path.strip()
    node = ledger.find(path)
    if node is not None:
        return Found(ledger.account(node).path, (node,), table=False)
    nodes = ledger.table(path)
    if nodes:
        return Found(path, nodes, table=True)
    owner, rest = _split(ledger.objects(), path)
    if owner is None:
        raise _unknown_object(ledger.objects(), path)
    attribute = _without_value(ledger, owner).get(rest)
    if attribute is not None:
        return FoundWithoutValue(path, owner.kind, attribute)
    raise _unknown_attribute(owner, rest, path, [ledger.account(node) for node in owner.nodes])


def _without_value(ledger: Searchable, owner: ObjectAccount) -> dict[str, Json]:
    entity = next((entity for entity in ledger.program.entities if entity.path == owner.path), None)
    kind = ledger.program.kinds.get(entity.kind) if entity is not None else None
    tables = () if kind is None else empty_tables(kind, {ledger.account(node).attribute for node in owner.nodes})
    return {**dict(references(owner, kind, entity)), **dict(tables)}


def _split(objects: Iterable[ObjectAccount], path: str) -> tuple[ObjectAccount | None, str]:
    """The object with the longest path that `path` begins with, and what follows."""
    best: ObjectAccount | None = None
    for found in objects:
        if path == found.path or path.startswith((found.path + ".", found.path + "[")):
            best = found if best is None or len(found.path) > len(best.path) else best
    return (None, "") if best is None else (best, path[len(best.path) + 1 :])


def _unknown_object(objects: Iterable[ObjectAccount], path: str) -> UnknownPathError:
    from gaic.source.suggest import suggest

    names = [found.path for found in objects]
    parts = path.split(".")
    # `farn.power`: the object may be any beginning of the path, the longest first.
    for count in range(max(len(parts) - 1, 1), 0, -1):
        near = suggest(".".join(parts[:count]), names)
        if near is not None:
            whole = ".".join((near, *parts[count:]))
            return UnknownPathError(
                path, f"no object is called `{'.'.join(parts[:count])}`", f"did you mean `{whole}`?"
            )
    return UnknownPathError(path, "no object of the model is called so", f"objects are {_name_some(names)}")


def _unknown_attribute(owner: ObjectAccount, rest: str, path: str, accounts: list[Account]) -> UnknownPathError:
    from gaic.source.suggest import suggest

    names = list(dict.fromkeys([*(account.attribute for account in accounts), *(link.ref for link in owner.links)]))
    if not rest:
        return UnknownPathError(
            path, f"that is an object of kind `{owner.kind}`", f"its values are {_name_some(names)}"
        )
    name, _, member = rest.removesuffix("]").replace("[", ".", 1).partition(".")
    if name in names and member:
        members = [account.member for account in accounts if account.attribute == name and account.member is not None]
        if not members:
            return UnknownPathError(path, f"`{name}` is one value, not one per member", f"write `{owner.path}.{name}`")
        near = suggest(member, [each for each in members if each.count(",") == member.count(",")])
        hint = f"did you mean `{owner.path}.{name}[{near}]`?" if near else f"its members are {_name_some(members)}"
        return UnknownPathError(path, f"`{name}` has no member `{member}`", hint)
    near = suggest(name, names)
    whole = f"{owner.path}.{near}" + (f"[{member}]" if member else "")
    hint = f"did you mean `{whole}`?" if near else f"its values are {_name_some(names)}"
    return UnknownPathError(path, f"`{owner.path}` of kind `{owner.kind}` has no `{name}`", hint)


def _name_some(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown or "none"
