"""What a model is about: its study, its boundary, its method, and what checklists ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.load.library import read_library_table
from gaic.report import listing, words
from gaic.report.markdown import read_markdown
from gaic.report.registers.checklists import answer_list, read_checklists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gaic.check.program import Declared
    from gaic.evaluate.account import TotalRow
    from gaic.report.facts import Facts
    from gaic.report.markdown import Block
    from gaic.report.registers.checklists import Checklist, Known

ALLOCATION = "allocation"
"""The table of the library that says how what is shared is handed out."""
LIMITS = frozenset({"Included", "Left out", "Cut off"})
"""Fields of a study that say what is in and what is not."""


@dataclass(frozen=True, slots=True)
class Word:
    """A criterion, a phase or a category as it is declared; `counted` if something of the model counts in it."""

    declared: Declared
    blocks: tuple[Block, ...]
    place: listing.Place
    counted: bool

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.declared.sort}-{self.declared.path}"


@dataclass(frozen=True, slots=True)
class Category:
    """What counts in a category: the kinds with how many objects of each, and a cell for each phase."""

    label: str
    kinds: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boundary:
    """What counts in a criterion, by category and phase."""

    name: str
    label: str
    unit: str
    phases: tuple[str, ...]
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A module that puts rules of another method in place of the library's; `text` is what it says of itself."""

    name: str
    href: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """All that the page shows."""

    study: tuple[tuple[str, str | None], ...]
    limits: tuple[tuple[str, str | None], ...]
    boundaries: tuple[Boundary, ...]
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    allocation: Checklist
    checklists: tuple[Checklist, ...]


def describe_scope(known: Known, study: Sequence[tuple[str, str | None]]) -> Scope:
    """Gather what is known of the scope; `study` are the fields of the study in words."""
    facts, head = known.facts, known.head
    rows = facts.book.totals()
    return Scope(
        study=tuple(field for field in study if field[0] not in LIMITS),
        limits=tuple(field for field in study if field[0] in LIMITS),
        boundaries=tuple(_bound(facts, rows, name) for name in dict.fromkeys(row.criterion for row in rows)),
        words=tuple(_describe_word(word, rows) for word in head.words),
        rules=tuple(
            Rule(file.name, known.files[file.name].parts[0].href, read_markdown(_head_of(file.text)))
            for file in head.rules
        ),
        allocation=answer_list(read_library_table(ALLOCATION), ALLOCATION, known),
        checklists=read_checklists(known),
    )


def _bound(facts: Facts, rows: Sequence[TotalRow], criterion: str) -> Boundary:
    parts = [row for row in rows if row.criterion == criterion and row.category is not None and row.phase is not None]
    whole = next((row for row in rows if row.criterion == criterion and row.category is None), None)
    categories = {row.category: row.category_label or row.category or "" for row in parts}
    phases = {row.phase: row.phase_label or row.phase or "" for row in parts}
    cells = {(row.category, row.phase): words.write_number(row.value.value) for row in parts}
    return Boundary(
        name=criterion,
        label=(whole or parts[0]).criterion_label or criterion,
        unit=(whole or parts[0]).value.unit,
        phases=tuple(phases.values()),
        categories=tuple(
            Category(
                label,
                _count_kinds(facts, (row for row in parts if row.category == name)),
                tuple(cells.get((name, phase), "") for phase in phases),
            )
            for name, label in categories.items()
        ),
    )


def _count_kinds(facts: Facts, rows: Iterable[TotalRow]) -> tuple[str, ...]:
    """The kinds whose objects count in some totals, each with the number of them."""
    counted = {facts.pointers[node].account.object for row in rows for node in row.nodes}
    kinds: dict[str, int] = {}
    for object_ in facts.objects:
        if object_.path in counted:
            label = object_.kind_label or object_.kind
            kinds[label] = kinds.get(label, 0) + 1
    return tuple(f"{label} ({count})" for label, count in kinds.items())


def _describe_word(word: Declared, rows: Sequence[TotalRow]) -> Word:
    used = any(row.nodes and word.path in {row.criterion, row.phase, row.category} for row in rows)
    return Word(word, read_markdown(word.doc), listing.locate_place(word.span), used)


def _head_of(text: str) -> str:
    """The documentation at the head of a file."""
    lines: list[str] = []
    for line in text.split("\n"):
        if not line.startswith("##"):
            break
        lines.append(line[2:].removeprefix(" "))
    return "\n".join(lines)
