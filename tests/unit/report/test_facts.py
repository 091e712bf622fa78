from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.evaluate.account import ScalarValue
from gaic.report.facts import gather_facts
from tests.unit.report.fake_ledger import NOWHERE, FakeBook
from tests.unit.report.texts import TENDER

if TYPE_CHECKING:
    from gaic.report.facts import Facts


@pytest.mark.parametrize(
    ("path", "confidence"),
    [
        ("farm.pue", "medium"),
        ("farm.power", "unsourced"),
        ("farm.server_type", None),
        ("answer.output_token_weights", "low"),
        ("answer.compute_needed", "not stated"),
        ("farm.load", "unsourced"),
        ("requests_per_ticket", "high"),
    ],
)
def test_a_value_is_as_sure_as_the_worst_number_below_it(
    book: FakeBook, facts: Facts, path: str, confidence: str | None
) -> None:
    assert facts.pointers[book.find(path)].confidence == confidence


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("farm.pue", ("Supplier offer 2026-03", "sources.html#tender")),
        ("assistant.active_params", ("EcoLogits 0.6", "sources.html#std.sources.ecologits")),
        ("answer.output_token_count", ("hypothesis", "")),
        ("farm.power", ("", "")),
        ("farm.load", ("computed", "")),
    ],
)
def test_a_value_names_what_it_rests_on(book: FakeBook, facts: Facts, path: str, source: tuple[str, str]) -> None:
    assert facts.pointers[book.find(path)].source == source


def test_a_default_formula_is_as_sure_as_its_parts() -> None:
    book = FakeBook()
    book.add("a.given", ScalarValue(1, "m"), source=TENDER, confidence="high")
    book.add("a.copied", ScalarValue(1, "m"), ["a.given"], formula="given", role="input", given=False)
    book.shelve("a", "thing", "Thing", NOWHERE)
    pointer = gather_facts(book).pointers[1]
    assert (pointer.confidence, pointer.source, pointer.original) == ("high", ("formula", ""), False)


def test_a_given_formula_with_a_source_is_no_surer_than_what_it_reads() -> None:
    book = FakeBook()
    book.add("a.guess", ScalarValue(1, "m"), source=TENDER, confidence="low")
    book.add(
        "a.scaled", ScalarValue(1, "m"), ["a.guess"], formula="guess", role="input", source=TENDER, confidence="high"
    )
    book.shelve("a", "thing", "Thing", NOWHERE)
    pointer = gather_facts(book).pointers[1]
    assert (pointer.confidence, pointer.source[0], pointer.original) == ("low", TENDER.label, True)


def test_what_a_study_sets_needs_no_source() -> None:
    book = FakeBook()
    book.add("study.functional_unit", ScalarValue(1, "ticket"), kind="study")
    book.shelve("study", "study", "Study", NOWHERE)
    pointer = gather_facts(book).pointers[0]
    assert (pointer.confidence, pointer.source, pointer.original) == (None, ("", ""), False)


def test_a_long_chain_is_walked_without_recursion() -> None:
    book = FakeBook()
    book.add("a.v0", ScalarValue(1, "m"))
    for index in range(1, 3000):
        book.accounts[index] = book.accounts[0]
        book.edges[index] = (index - 1,)
    book.shelves.clear()
    book.shelve("a", "thing", "Thing", NOWHERE)
    assert gather_facts(book).pointers[0].confidence == "unsourced"


def test_every_account_is_asked_for_once(book: FakeBook) -> None:
    book.asked = 0
    gather_facts(book)
    assert book.asked == len(book.accounts)
