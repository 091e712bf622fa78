"""Checklists of the library: what others ask a study to say, and where this site says it.

The lists are data of the library, and so is what each item means. Here is only how an item is recognised: in a field of
the study, in a total, in a value, in a file, in what the registers count. No list is a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gaic.evaluate.account import AbsentValue, ScalarValue
from gaic.load.library import library_tables, read_library_table
from gaic.report import words
from gaic.report.markdown import Phrase, read_phrases
from gaic.report.registers.sources import read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gaic.report.book import SiteHead
    from gaic.report.facts import Facts
    from gaic.report.files import Listed
    from gaic.report.registers.numbers import Numbers

FOLDER = "checklists"
"""Folder of the library with a table for each list."""


@dataclass(frozen=True, slots=True)
class Known:
    """All that an item can be recognised in; `files` are the listed files by name."""

    facts: Facts
    head: SiteHead
    numbers: Numbers
    files: Mapping[str, Listed]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something is supplied, where (from the root of the site), and what is to be said of it."""

    supplied: bool
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a list asks for, with the clause that asks for it if it is known."""

    text: str
    clause: str
    answer: Answer
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list with its answers."""

    name: str
    title: str
    edition: str
    items: tuple[Item, ...]

    @property
    def supplied(self) -> int:
        """How many items are supplied."""
        return sum(item.answer.supplied for item in self.items)


def read_checklists(known: Known) -> tuple[Checklist, ...]:
    """All lists of the library, in the order that they ask for."""
    tables = [(read_library_table(FOLDER, name), name) for name in library_tables(FOLDER)]
    ordered = sorted(tables, key=lambda each: (each[0]["order"], each[1]))
    return tuple(answer_list(table, name, known) for table, name in ordered)


def answer_list(table: Mapping[str, Any], name: str, known: Known) -> Checklist:
    """A table as a list with its answers."""
    items = tuple(_write_item(item, _answer(item, known)) for item in table["item"])
    return Checklist(name, table["title"], table["edition"], items)


def _write_item(item: Mapping[str, Any], answer: Answer) -> Item:
    """An item with its answer; what a model says is shown as it is, only our own words may hold code."""
    phrases = (Phrase("plain", answer.text),) if answer.supplied else read_phrases(answer.text)
    return Item(item["text"], item["clause"], answer, phrases)


def _answer(item: Mapping[str, Any], known: Known) -> Answer:
    """The answer to an item: of several ways to recognise it all must hold, and the first that does not is named."""
    answers = [recognise(known, item[key]) for key, recognise in RECOGNISERS.items() if key in item]
    if not answers:
        return Answer(supplied=False, text=item["missing"])
    return next((answer for answer in answers if not answer.supplied), answers[0])


def _in_study(known: Known, fields: Sequence[str]) -> Answer:
    """All of some fields of the study are set."""
    said = known.head.study.fields
    missing = [field for field in fields if not said.get(field)]
    if missing:
        return Answer(supplied=False, text=f"write {' and '.join(f'`{field}`' for field in missing)} in the study")
    return Answer(supplied=True, text="; ".join(said[field] for field in fields), href="scope.html#page-study")


def _says(known: Known, wanted: Mapping[str, str]) -> Answer:
    """Fields of the study say a certain word."""
    said = known.head.study.fields
    for field, word in wanted.items():
        if said.get(field) != word:
            return Answer(supplied=False, text=f"the study does not say `{field} = {word}`")
    return Answer(supplied=True, text="; ".join(wanted.values()), href="scope.html#page-study")


def _is_counted(known: Known, wanted: Mapping[str, str]) -> Answer:
    """Something counts in a total: of a criterion, and where they are named of a phase and a category."""
    for row in known.facts.book.totals():
        parts = {"criterion": row.criterion, "phase": row.phase, "category": row.category}
        if row.nodes and all(parts[name] == word for name, word in wanted.items()):
            labels = (row.criterion_label, row.phase_label if "phase" in wanted else None)
            text = ", ".join(filter(None, labels))
            return Answer(supplied=True, text=text, href=f"scope.html#criterion-{row.criterion}")
    return Answer(supplied=False, text=f"nothing counts under {', '.join(wanted.values())}")


def _has_values(known: Known, names: Sequence[str]) -> Answer:
    """Some object has a value for one of some attributes."""
    found = [
        pointer
        for pointer in known.facts.pointers.values()
        if pointer.account.attribute in names and not isinstance(pointer.account.value, AbsentValue)
    ]
    if not found:
        return Answer(supplied=False, text=f"no object has {' or '.join(f'`{name}`' for name in names)}")
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return Answer(supplied=True, text=f"{found[0].path}{more}", href=f"objects/{found[0].href}")


def _uses_file(known: Known, name: str) -> Answer:
    """A file is in use."""
    listed = known.files.get(name)
    if listed is None:
        return Answer(supplied=False, text=f"the model does not use {name}")
    return Answer(supplied=True, text=name, href=listed.parts[0].href)


def _every_number(good: Callable[[str], bool], what: str, href: str) -> Callable[[Known, object], Answer]:
    def recognise(known: Known, _: object) -> Answer:
        bad = sum(not good(row.rating) for row in known.numbers.rows)
        of = words.count_words(len(known.numbers.rows), "number")
        if bad or not known.numbers.rows:
            return Answer(supplied=False, text=f"{bad} of {of} {what}", href=href)
        return Answer(supplied=True, text=f"all of {of}", href=href)

    return recognise


def _has_ranges(known: Known, _: object) -> Answer:
    """Some numbers state how far they may be off."""
    values = [row.pointers[0].account.value for row in known.numbers.rows]
    ranged = sum(isinstance(value, ScalarValue) and value.range is not None for value in values)
    text = f"{ranged} of {words.count_words(len(values), 'number')} state a range"
    return Answer(supplied=ranged > 0, text=text, href="quality.html#page-ranges")


def _is_dated(known: Known, _: object) -> Answer:
    """Every cited source says when it was published or read."""
    sources = {p.account.source.path: p.account.source for p in known.facts.pointers.values() if p.account.source}
    bare = sum(
        not any(read_date(source.fields.get(name, "")) for name in ("published", "read")) for source in sources.values()
    )
    text = f"{bare} of {words.count_words(len(sources), 'source')} have no date"
    if bare or not sources:
        return Answer(supplied=False, text=text, href="sources.html")
    return Answer(supplied=True, text=f"all of {words.count_words(len(sources), 'source')}", href="sources.html")


def _is_weighed(known: Known, _: object) -> Answer:
    """The shares of the totals were measured."""
    return Answer(supplied=bool(known.numbers.criteria), text=known.numbers.remark, href="quality.html")


def _is_explained(known: Known, _: object) -> Answer:
    """There is a calculated value, whose page has its formula and what it is made from."""
    count = sum(pointer.role == "calculated" for pointer in known.facts.pointers.values())
    return Answer(supplied=count > 0, text=f"{words.count_words(count, 'formula')} with its numbers", href="files.html")


RECOGNISERS: Mapping[str, Callable[[Known, Any], Answer]] = {
    "study": _in_study,
    "says": _says,
    "counted": _is_counted,
    "attributes": _has_values,
    "file": _uses_file,
    "sourced": _every_number(lambda rating: rating != "unsourced", "name no source", "assumptions.html"),
    "rated": _every_number(
        lambda rating: rating not in {"unsourced", "not stated"}, "do not say how sure they are", "quality.html"
    ),
    "ranged": _has_ranges,
    "dated": _is_dated,
    "weighed": _is_weighed,
    "explained": _is_explained,
}
"""How an item is recognised, by the key that its table uses."""


def by_name(files: Iterable[Listed]) -> dict[str, Listed]:
    """Listed files by their names."""
    return {listed.file.name: listed for listed in files}
