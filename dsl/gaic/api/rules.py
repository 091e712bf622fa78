"""How the totals of a model differ between the rules of a module and the library's own, and which rule causes it.

A rule is an entry that a kind of the module has in place of its parent's: a calculation, an assertion, a constant, or
an input, which has another default. They are taken away one after the other, in the order of the module, and the
totals that change on the way are steps: they add up to the difference. Where many rules change nothing, they are passed
over together.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gaic.api.scratch import check_text, evaluate_text
from gaic.load.bundle import is_library
from gaic.source.diagnostic import Severity
from gaic.source.limits import USUAL
from gaic.syntax.declarations import Assert, Calc, Input, Kind, Let

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gaic.api.importing import Imported
    from gaic.api.scratch import Scratch
    from gaic.load.bundle import Bundle, LoadedModule
    from gaic.source.diagnostic import Diagnostic
    from gaic.source.limits import Limits

Entry = Calc | Assert | Input | Let
"""What a kind may have in place of its parent's entry of the same name."""
Totals = tuple[float, ...]
CLOSE = 1e-12
"""Totals that differ by less of themselves are equal."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry of a kind that takes the place of one of its parent; `doc` says why."""

    kind: str
    name: str
    doc: str

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"


@dataclass(frozen=True, slots=True)
class Step:
    """Rules whose end changes totals, and by how much each; more than one where they only work together."""

    rules: tuple[Rule, ...]
    change: Totals


@dataclass(frozen=True, slots=True)
class Comparison:
    """Totals per criterion before and after, and the steps between them, largest first.

    `criteria` are (label, unit). `rest` is what is left of the difference when all rules are gone: values that only one
    of the two models has. `refused` are findings that stand in the way of the totals.
    """

    criteria: tuple[tuple[str, str], ...]
    before: Totals
    after: Totals
    steps: tuple[Step, ...]
    rest: Totals
    refused: tuple[Diagnostic, ...] = ()


def compare_rules(
    theirs: Imported,
    ours: Imported,
    limits: Limits = USUAL,
) -> Comparison:
    """Compare a model under the rules of its module with the same model under the library's own.

    Both are written with their defaults, so that nothing but rules differs.
    """
    first, last = (evaluate_text(each.text, each.files, limits=limits) for each in (theirs, ours))
    for scratch in (first, last):
        if not scratch.sound:
            errors = tuple(d for d in scratch.diagnostics if d.severity is Severity.ERROR)
            return Comparison((), (), (), (), (), errors)
    before, after = _totals(first), _totals(last)
    way = _Way(theirs, before, limits, rules_of(theirs.module))
    steps = sorted(way.steps(), key=lambda step: tuple(-abs(change) for change in step.change))
    rest = tuple(b - a for a, b in zip(way.end, after, strict=True))
    silent = _equal(way.end, after)
    return Comparison(_criteria(first), before, after, tuple(steps), tuple(0.0 for _ in rest) if silent else rest)


def _criteria(scratch: Scratch) -> tuple[tuple[str, str], ...]:
    rows = scratch.ledger.totals() if scratch.ledger is not None else ()
    return tuple((row.criterion_label, row.value.unit) for row in rows if row.category is None)


def _totals(scratch: Scratch) -> Totals:
    rows = scratch.ledger.totals() if scratch.ledger is not None else ()
    return tuple(row.value.value for row in rows if row.category is None)


def _equal(one: Totals, other: Totals) -> bool:
    return all(abs(a - b) <= CLOSE * max(abs(a), abs(b)) for a, b in zip(one, other, strict=True))


@dataclass(slots=True)
class _Way:
    """The models between both: with the first n rules taken away."""

    model: Imported
    start: Totals
    limits: Limits
    rules: tuple[Rule, ...]
    known: dict[int, Totals | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known[0] = self.start

    @property
    def end(self) -> Totals:
        """Totals where the last model that could be computed stands."""
        return next(totals for n in range(len(self.rules), -1, -1) if (totals := self.totals(n)) is not None)

    def steps(self) -> Iterator[Step]:
        """Every step on the way, in order."""
        last = next(n for n in range(len(self.rules), -1, -1) if self.totals(n) is not None)
        yield from self._between(0, last)

    def _between(self, low: int, high: int) -> Iterator[Step]:
        before, after = self.totals(low), self.totals(high)
        if before is None or after is None or _equal(before, after):
            return
        middle = (low + high) // 2
        inside = sorted(range(low + 1, high), key=lambda n: abs(n - middle))
        split = next((n for n in inside if self.totals(n) is not None), None)
        if split is None:
            change = tuple(b - a for a, b in zip(before, after, strict=True))
            yield Step(self.rules[low:high], change)
        else:
            yield from self._between(low, split)
            yield from self._between(split, high)

    def totals(self, count: int) -> Totals | None:
        """Totals without the first rules; None where such a model cannot be computed."""
        if count not in self.known:
            gone = frozenset((rule.kind, rule.name) for rule in self.rules[:count])
            module = self.model.module
            scratch = evaluate_text(
                self.model.text, self.model.files, lambda bundle: without_rules(bundle, module, gone), self.limits
            )
            self.known[count] = _totals(scratch) if scratch.sound else None
        return self.known[count]


def rules_of(module: str) -> tuple[Rule, ...]:
    """The rules of a module of the library."""
    found: list[Rule] = []

    def collect(bundle: Bundle) -> Bundle:
        found.extend(find_rules(bundle, module))
        return bundle

    check_text(f"import {module}\n", change=collect)
    return tuple(found)


def find_rules(bundle: Bundle, module: str) -> Iterator[Rule]:
    """The rules of a module: entries of kinds that a parent of their kind has too."""
    loaded = bundle.modules.get(module)
    if loaded is None:
        return
    for kind in loaded.tree.items:
        if isinstance(kind, Kind) and kind.parent is not None:
            inherited = {name for parent in _parents(bundle, loaded, kind) for name in _entry_names(parent)}
            for entry in kind.block.entries:
                if isinstance(entry, Entry) and entry.name.text in inherited:
                    yield Rule(kind.name.text, entry.name.text, " ".join(entry.doc.split()))


def _entry_names(kind: Kind) -> Iterator[str]:
    for entry in kind.block.entries:
        if isinstance(entry, Entry):
            yield entry.name.text


def _parents(bundle: Bundle, module: LoadedModule, kind: Kind) -> Iterator[Kind]:
    """The kinds that a kind extends, nearest first."""
    seen = 0
    while kind.parent is not None and seen <= len(bundle.modules):
        names = [name.text for name in kind.parent.names]
        path = ".".join(names[:-1])
        searched = [bundle.modules[path]] if path in bundle.modules else [module, *_library(bundle.modules)]
        found = next((pair for each in searched if (pair := _kind_of(each, names[-1], kind)) is not None), None)
        if found is None:
            return
        module, kind = found
        seen += 1
        yield kind


def _library(modules: Mapping[str, LoadedModule]) -> Iterator[LoadedModule]:
    return (module for name, module in modules.items() if is_library(name))


def _kind_of(module: LoadedModule, name: str, other: Kind) -> tuple[LoadedModule, Kind] | None:
    kinds = (item for item in module.tree.items if isinstance(item, Kind) and item.name.text == name)
    return next(((module, kind) for kind in kinds if kind is not other), None)


def without_rules(bundle: Bundle, module: str, gone: frozenset[tuple[str, str]]) -> Bundle:
    """The bundle with a module that lacks some entries of its kinds, named by kind and entry."""
    loaded = bundle.modules[module]
    items = tuple(_shortened(item, gone) if isinstance(item, Kind) else item for item in loaded.tree.items)
    changed = replace(loaded, tree=replace(loaded.tree, items=items))
    return replace(bundle, modules={**bundle.modules, module: changed})


def _shortened(kind: Kind, gone: frozenset[tuple[str, str]]) -> Kind:
    kept = tuple(
        entry
        for entry in kind.block.entries
        if not (isinstance(entry, Entry) and (kind.name.text, entry.name.text) in gone)
    )
    return replace(kind, block=replace(kind.block, entries=kept))
