"""One attribute as a document: what `gaic eval --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gaic.evaluate.account import HourlyValue
from gaic.schema.attributes import role_of
from gaic.schema.results import source_object
from gaic.schema.values import full_value_object, place, table_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gaic.evaluate.account import Account
    from gaic.schema.ledger import Evaluated
    from gaic.schema.text import Json


def evaluation_of(ledger: Evaluated, accounts: Sequence[Account], path: str, factor: float = 1.0) -> Json:
    """The document of one value, or of all values of an attribute that has one per member.

    `accounts` are already in the unit that is wanted; every hour of a series is multiplied by `factor` to get there.
    """
    first = accounts[0]
    if first.path == path:
        value = _full_value(ledger, first, factor)
    else:
        value = table_object({account.member or "": _full_value(ledger, account, factor) for account in accounts})
    return {
        "path": path,
        "kind": first.kind,
        "role": role_of(first),
        "label": first.label,
        "formula": first.formula,
        "sources": sources_of(ledger, [account.node for account in accounts]),
        "at": place(first.span),
        **value,
    }


def evaluation_without_value(path: str, kind: str, attribute: Json) -> Json:
    """The document of an attribute that has no value of its own, from what `results.json` says of it."""
    value = attribute["value"]
    shown = {name: attribute[name] for name in ("role", "label", "formula")}
    return {"path": path, "kind": kind, **shown, "sources": [], "at": attribute["at"], **cast("Json", value)}


def sources_of(ledger: Evaluated, nodes: Iterable[int]) -> list[Json]:
    """The sources that values rest on, their own first, then those of their ancestors, nearest first."""
    found: dict[str, Json] = {}
    reached = dict.fromkeys(other for node in nodes for other in (node, *ledger.ancestors(node)))
    for other in reached:
        source = ledger.account(other).source
        if source is not None and source.path not in found:
            found[source.path] = {"name": source.path, **source_object(source)}
    return list(found.values())


def _full_value(ledger: Evaluated, account: Account, factor: float) -> Json:
    if not isinstance(account.value, HourlyValue):
        return full_value_object(account.value, ())
    hours = ledger.hours(account.node).tolist()
    return full_value_object(account.value, (hour * factor for hour in hours))
