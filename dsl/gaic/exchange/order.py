"""The objects of a draft in reading order, without links that lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.exchange.draft import Links
from gaic.exchange.faults import ForeignError, LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.exchange.draft import Draft, Item


def targets(item: Item) -> Iterator[str]:
    """Ids that an object links to, in order."""
    for value in item.fields.values():
        if isinstance(value, Links):
            yield from (entry.target for entry in value.entries if not entry.library)


def drop_broken(draft: Draft) -> None:
    """Take out links to what was not translated, and objects that cannot be without what they lack, until all stand."""
    before = -1
    while before != len(draft.items):
        before = len(draft.items)
        for item in list(draft.items.values()):
            _drop_links(draft, item)
            missing = sorted(name for name in item.required if _is_missing(item, name))
            if missing:
                del draft.items[item.id]
                lacking = " and ".join(f"`{name}`" for name in missing)
                why = f"it cannot be without {lacking}, which could not be translated"
                draft.left_out.append(LeftOut(item.place, "", why))


def _is_missing(item: Item, name: str) -> bool:
    value = item.fields.get(name)
    return value is None or (isinstance(value, Links) and not value.entries)


def _drop_links(draft: Draft, item: Item) -> None:
    for name, value in list(item.fields.items()):
        if not isinstance(value, Links):
            continue
        kept = tuple(entry for entry in value.entries if entry.library or entry.target in draft.items)
        if len(kept) == len(value.entries):
            continue
        if name not in item.required:
            lost = len(value.entries) - len(kept)
            lead = "a link leads" if lost == 1 else f"{lost} links lead"
            draft.left_out.append(LeftOut(item.place, name, f"{lead} to what could not be translated"))
        item.fields[name] = Links(kept, value.many)
        if not kept:
            del item.fields[name]


def refuse_circles(draft: Draft) -> None:
    """Raise `ForeignError` if objects link to each other in a circle."""
    done: set[str] = set()
    for start in draft.items:
        waiting: list[tuple[str, Iterator[str]]] = [(start, targets(draft.items[start]))] if start not in done else []
        on_way = {start} if waiting else set()
        way: list[str] = [start] if waiting else []
        while waiting:
            current, rest = waiting[-1]
            following = next((target for target in rest if target not in done), None)
            if following is None:
                waiting.pop()
                on_way.discard(current)
                way.pop()
                done.add(current)
            elif following in on_way:
                circle = [*way[way.index(following) :], following]
                raise ForeignError(("objects link in a circle: " + " -> ".join(draft.items[i].place for i in circle),))
            else:
                waiting.append((following, targets(draft.items[following])))
                on_way.add(following)
                way.append(following)


def in_reading_order(draft: Draft) -> dict[str, Item]:
    """Objects as one meets them who follows the links from the first section on; those nobody links to come after."""
    kinds = [kind for _, kinds in draft.table.sections for kind in kinds]
    linked_to = {target for item in draft.items.values() for target in targets(item)}
    starts = [item for item in draft.items.values() if item.id not in linked_to]
    starts.sort(key=lambda item: kinds.index(item.kind))
    found: dict[str, Item] = {item.id: item for item in starts}
    waiting = list(starts)
    for item in waiting:
        for target in targets(item):
            if target not in found:
                found[target] = draft.items[target]
                waiting.append(draft.items[target])
    return found
