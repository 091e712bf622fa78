"""Everything that several pages ask for, gathered once: accounts, edges, the worst confidence below each value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaic.report import addresses, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gaic.check.program import Declared
    from gaic.evaluate.account import Account, ObjectAccount
    from gaic.report.book import Book, Sensitivity

# Members with an address of their own: so many on a page, shared among its tables, and so many of a table at least.
MOST_ROWS = 500
FEWEST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Pointer:
    """A value as others refer to it: a link with its number.

    `href` counts from the folder of the object pages. `original` marks a given number; `source` is what it rests on in
    words, and an address in the register of sources from the root of the site (or nothing).
    """

    node: int
    path: str
    label: str
    href: str
    shown: words.Shown
    role: str
    original: bool
    source: tuple[str, str]
    confidence: str | None
    account: Account

    @property
    def anchor(self) -> str:
        """The place on the page of its object."""
        return self.href.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Facts:
    """The book with what was gathered from it. Pages of objects are at `addresses.page_of(path)`.

    `files` are the names and the addresses, from the root of the site, of tables that a series has beside the pages;
    `sensitivity` is asked for the inputs of values, None where nobody wants to know.
    """

    book: Book
    objects: tuple[ObjectAccount, ...]
    pointers: Mapping[int, Pointer]
    edges: Mapping[int, tuple[int, ...]]
    labels: Mapping[str, str]
    files: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    sensitivity: Sensitivity | None = None

    def point(self, nodes: Iterable[int]) -> tuple[Pointer, ...]:
        """The pointers of some values, in their order."""
        return tuple(self.pointers[node] for node in nodes)


def gather_facts(book: Book, sensitivity: Sensitivity | None = None) -> Facts:
    """Ask the book once for every value of every object."""
    objects = book.objects()
    nodes = [node for object_ in objects for node in object_.nodes]
    accounts = {node: book.account(node) for node in nodes}
    edges = {node: book.depends_on(node) for node in nodes}
    worst = rate_confidence(accounts, edges)
    places = {
        node: href
        for object_ in objects
        for node, href in zip(object_.nodes, place_values([accounts[n] for n in object_.nodes]), strict=True)
    }
    pointers = {
        node: _make_pointer(account, places[node], edges[node], worst[node]) for node, account in accounts.items()
    }
    labels = {object_.path: object_.label for object_ in objects}
    return Facts(book, objects, pointers, edges, labels, sensitivity=sensitivity)


def place_values(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Where each value of an object is explained; of a very long table the last members are with their attribute."""
    tables = {account.attribute for account in accounts if account.member is not None}
    most = max(FEWEST_ROWS, MOST_ROWS // max(1, len(tables)))
    seen: dict[str, int] = {}
    places = []
    for account in accounts:
        count = seen[account.attribute] = seen.get(account.attribute, 0) + 1
        href = find_address(account)
        places.append(href if count <= most else f"{href.partition('#')[0]}#{account.attribute}")
    return tuple(places)


def find_address(account: Account) -> str:
    """Where a value is explained, seen from the folder of the object pages."""
    anchor = addresses.anchor_of(account.attribute, account.member)
    return f"{addresses.slug_of(account.object)}.html#{anchor}"


def link_source(source: Declared | None) -> str:
    """Address of a source in the register, from the root of the site; empty without one."""
    return f"sources.html#{addresses.slug_of(source.path)}" if source else ""


def find_source(account: Account, edges: Sequence[int]) -> tuple[str, str]:
    """Words for what a value rests on, and an address; both empty for a number that ought to say it and does not."""
    if account.role == "calculated":
        return "computed", ""
    if words.is_sourced(account):
        return words.name_source(account), link_source(account.source)
    return ("formula" if edges else ""), ""


def rate_confidence(accounts: Mapping[int, Account], edges: Mapping[int, tuple[int, ...]]) -> dict[int, str | None]:
    """The worst confidence among the given numbers below each value; None where no number is below."""
    worst: dict[int, str | None] = {}
    for start in accounts:
        pending = [start]
        while pending:
            node = pending[-1]
            missing = [d for d in edges[node] if d not in worst]
            if missing and node not in worst:
                pending.extend(missing)
                continue
            pending.pop()
            if node not in worst:
                worst[node] = _rate_node(accounts[node], edges[node], [worst[d] for d in edges[node]])
    return worst


def _rate_node(account: Account, edges: Sequence[int], below: list[str | None]) -> str | None:
    """A given number is as sure as it says itself, and no surer than what else its formula reads."""
    ratings = [rating for rating in below if rating is not None]
    if words.is_original(account, edges):
        ratings.append(words.rate_own(account))
    return min(ratings, key=words.CONFIDENCES.index, default=None)


def _make_pointer(account: Account, href: str, edges: Sequence[int], confidence: str | None) -> Pointer:
    return Pointer(
        node=account.node,
        path=account.path,
        label=account.label or account.attribute,
        href=href,
        shown=words.show_value(account.value),
        role=account.role,
        original=words.is_original(account, edges),
        source=find_source(account, edges),
        confidence=confidence,
        account=account,
    )
