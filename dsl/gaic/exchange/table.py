"""The mapping table of a foreign format: data of the library, read into frozen nouns."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any

from gaic.load.library import library_tables, read_library_table
from gaic.source.diagnostic import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


FOLDER = "compat"
"""Folder of the library with the tables, and with the modules that keep the rules of other tools."""


class UnknownFormatError(UsageError):
    """There is no table for a format."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.hint = "formats are " + ", ".join(known)
        super().__init__(f"there is no format `{name}`")


class UnknownRulesError(UsageError):
    """A format does not know these rules."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.hint = "rules are " + ", ".join(known)
        super().__init__(f"there are no rules `{name}` for this format")


@dataclass(frozen=True, slots=True)
class Mapped:
    """What becomes of an attribute: the input it is written to, and how.

    `sort` is "quantity", "series", "week", "word", "bool", "text", "zone", "link", "links" or "entry" (of a catalogue).
    `plain` is the unit of a value without one; `append` goes behind its unit. `swaps` are units of ours for such of
    theirs. `family` are units in which the value may be written where that is shorter. Where a link is not set,
    `default` is written. Under the rules in `merge`, an object that a list names several times is one link with a
    weight. `instead` says what to write where the catalogue lacks an entry. An attribute with `rules` is known to
    these alone. `on_local_clock` are words of inputs that go with a series that is written on a local clock.
    """

    name: str
    input: str
    sort: str
    required: bool
    plain: str
    append: str
    swaps: Mapping[str, str]
    family: tuple[str, ...]
    words: Mapping[str, str]
    default: str
    module: str
    instead: str
    merge: tuple[str, ...]
    rules: tuple[str, ...]
    on_local_clock: Mapping[str, str]

    @property
    def words_of_module(self) -> tuple[str, ...]:
        """Attributes whose values stand in the name of the catalogue's module."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.module) if name)


@dataclass(frozen=True, slots=True)
class Part:
    """An object that a foreign tool makes by itself beside another one, its owner.

    `links` are references of the part: `owner`, `a:key` (the part `key` of what the owner's attribute `a` links to) or
    `a.b` (what attribute `b` of that object links to). `values` are inputs as text; `attributes` are read at the owner.
    """

    key: str
    sort: str
    label: str
    kind: str
    into: str
    links: Mapping[str, str]
    values: Mapping[str, str]
    attributes: Mapping[str, Mapped]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """A foreign class: the kind of its objects, their attributes, and those that play no part.

    `neutral` are attributes that say nothing as long as they have this value. With `kind_by`, the kind depends on the
    class of the object that an attribute links to. `untranslated` says why there is no kind.
    """

    name: str
    kind: str
    kind_by: tuple[str, Mapping[str, str]] | None
    attributes: Mapping[str, Mapped]
    docs: Mapping[str, str]
    ignored: frozenset[str]
    results: frozenset[str]
    neutral: Mapping[str, float]
    parts: tuple[Part, ...]
    values: Mapping[str, str]
    untranslated: str


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What a file of an earlier version must undergo: renamed classes and attributes, and values that move."""

    before: int
    sorts: Mapping[str, str]
    attributes: Mapping[str, Mapping[str, str]]
    words: Mapping[str, str]
    moves: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The names by which files of the format, and neutral ones, are known and taken apart."""

    version: str
    oldest: int
    newest: int
    sources: str
    skipped: frozenset[str]
    marks: frozenset[str]
    neutral: tuple[str, str]
    root: str
    members: tuple[str, ...]
    root_kind: str
    root_name: str
    no_source: frozenset[str]
    titles: Mapping[str, str]
    growth: Mapping[str, str]
    spans: Mapping[str, int]
    constant: Mapping[str, str]
    profiles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A foreign format."""

    name: str
    title: str
    extra: str
    layout: Layout
    rules: Mapping[str, str]
    usual_rules: tuple[tuple[int, str], ...]
    units: Mapping[str, str]
    prefixes: Mapping[str, str]
    suffixes: tuple[str, ...]
    spellings: Mapping[str, str]
    sorts: Mapping[str, Sort]
    upgrades: tuple[Upgrade, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def made(self) -> frozenset[str]:
        """Classes whose objects the tool makes by itself."""
        return frozenset(part.sort for sort in self.sorts.values() for part in sort.parts)

    def rules_for(self, version: int, asked: str | None) -> str:
        """The rules that were asked for, else those of a version; raises `UnknownRulesError`."""
        if asked is None:
            return next(name for since, name in reversed(self.usual_rules) if version >= since)
        if asked not in self.rules:
            raise UnknownRulesError(asked, tuple(self.rules))
        return asked


def formats() -> tuple[str, ...]:
    """Names of all formats that there is a table for."""
    return library_tables(FOLDER)


def read_table(name: str) -> Table:
    """The table of a format; raises `UnknownFormatError`."""
    if name not in formats():
        raise UnknownFormatError(name, formats())
    return _Reader(read_library_table(FOLDER, name)).table(name)


class _Reader:
    """Takes the parsed table apart; a fault in it is one of the library, so it surfaces as it is."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.families: Mapping[str, list[str]] = data["families"]

    def table(self, name: str) -> Table:
        data = self.data
        return Table(
            name=name,
            title=data["title"],
            extra=data["extra"],
            layout=self._layout(data["layout"]),
            rules=dict(data["rules"]),
            usual_rules=tuple((each["since"], each["rules"]) for each in data["usual_rules"]),
            units=dict(data["units"]),
            prefixes=dict(data["prefixes"]),
            suffixes=tuple(data["suffixes"]),
            spellings=dict(data["spellings"]),
            sorts={sort: self._sort(sort, entry) for sort, entry in data["class"].items()},
            upgrades=tuple(map(self._upgrade, data["upgrade"])),
            sections=tuple((each["title"], tuple(each["kinds"])) for each in data["section"]),
        )

    def _layout(self, data: Mapping[str, Any]) -> Layout:
        return Layout(
            version=data["version"],
            oldest=data["oldest"],
            newest=data["newest"],
            sources=data["sources"],
            skipped=frozenset(data["skipped"]),
            marks=frozenset(data["result_marks"]),
            neutral=(data["neutral"]["key"], data["neutral"]["value"]),
            root=data["root"]["class"],
            members=tuple(data["root"]["members"]),
            root_kind=data["root"]["kind"],
            root_name=data["root"]["name"],
            no_source=frozenset(data["no_source"]),
            titles=dict(data["titles"]),
            growth=dict(data["growth"]),
            spans=dict(data["spans"]),
            constant=dict(data["constant"]),
            profiles=dict(data["profiles"]),
        )

    def _sort(self, name: str, data: Mapping[str, Any]) -> Sort:
        by = data.get("kind_by")
        return Sort(
            name=name,
            kind=data.get("kind", ""),
            kind_by=(by["attribute"], dict(by["kinds"])) if by else None,
            attributes=self._attributes(data),
            docs=dict(data.get("docs", {})),
            ignored=frozenset(data.get("ignored", ())),
            results=frozenset(data.get("results", ())),
            neutral=dict(data.get("neutral", {})),
            parts=tuple(map(self._part, data.get("part", ()))),
            values=dict(data.get("values", {})),
            untranslated=data.get("untranslated", ""),
        )

    def _part(self, data: Mapping[str, Any]) -> Part:
        return Part(
            key=data["key"],
            sort=data["class"],
            label=data["label"],
            kind=data["kind"],
            into=data.get("into", ""),
            links=dict(data.get("links", {})),
            values=dict(data.get("values", {})),
            attributes=self._attributes(data),
            rules=tuple(data.get("rules", ())),
        )

    def _attributes(self, data: Mapping[str, Any]) -> dict[str, Mapped]:
        shared = (self.data["shared"][name] for name in data.get("shares", ()))
        found = dict(data.get("attributes", {})) | {name: entry for each in shared for name, entry in each.items()}
        return {name: self._mapped(name, entry) for name, entry in found.items()}

    def _mapped(self, name: str, data: Mapping[str, Any]) -> Mapped:
        return Mapped(
            name=name,
            input=data["input"],
            sort=data.get("sort", "quantity"),
            required=data.get("required", False),
            plain=data.get("plain", ""),
            append=data.get("append", ""),
            swaps=dict(self.data["swaps"].get(data.get("swap", ""), {})),
            family=tuple(self.families.get(data.get("family", ""), ())),
            words=dict(data.get("words", {})),
            default=data.get("default", ""),
            module=data.get("module", ""),
            instead=data.get("instead", ""),
            merge=tuple(data.get("merge", ())),
            rules=tuple(data.get("rules", ())),
            on_local_clock=dict(data.get("on_local_clock", {})),
        )

    def _upgrade(self, data: Mapping[str, Any]) -> Upgrade:
        return Upgrade(
            before=data["before"],
            sorts=dict(data.get("classes", {})),
            attributes={sort: dict(names) for sort, names in data.get("attributes", {}).items()},
            words=dict(data.get("words", {})),
            moves=tuple(dict(move) for move in data.get("move", ())),
        )
