from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import build_model
from gaic.check.program import Declared
from gaic.evaluate.account import ScalarValue, Uncertainty
from gaic.load.library import library_tables, read_library_table
from gaic.report.facts import gather_facts
from gaic.report.files import list_files
from gaic.report.printed import PrintedBook
from gaic.report.registers import checklists
from gaic.report.registers.assumptions import MOST_ROWS, register_assumptions
from gaic.report.registers.numbers import MEASURED, TOO_LARGE, UNMEASURED, list_numbers
from gaic.report.registers.quality import register_quality
from gaic.report.registers.scope import describe_scope
from gaic.report.registers.sources import find_day, register_sources, tell_age
from gaic.report.site import render_site
from gaic.study.factors import Standing
from tests.unit.report.example import make_book
from tests.unit.report.fake_ledger import NOWHERE, FakeBook
from tests.unit.report.markup import read_page
from tests.unit.report.texts import ECOLOGITS, MODEL_FILE, TENDER, find_span, make_head
from tests.unit.report.weights import make_influences

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.report.facts import Facts
    from gaic.report.registers.checklists import Answer
    from gaic.study.influence import Influences

SHARES = {
    "farm.pue": 0.1,
    "farm.power": 0.2,
    "answer.output_token_count": 0.3,
    "std.grid.france.carbon_intensity": 0.15,
    "assistant.llm_memory_factor": 0.25,
}


@pytest.fixture(scope="module")
def influences(book: FakeBook) -> Influences:
    return make_influences(book, SHARES)


def paths_of(facts: Facts, influences: Influences | None, anchor: str) -> list[str]:
    register = register_assumptions(list_numbers(facts, influences))
    group = next(group for group in register.groups if group.anchor == anchor)
    return [row.first.path for row in group.table.rows]


# ---------------------------------------------------------------- numbers


def test_numbers_have_the_shares_of_their_factors(facts: Facts, influences: Influences) -> None:
    numbers = list_numbers(facts, influences)
    assert {r.pointers[0].path: r.shares[0] for r in numbers.rows if r.shares} == SHARES
    assert (numbers.criteria, numbers.remark) == (("Climate change",), MEASURED)


def test_shares_that_were_not_measured_are_no_columns(facts: Facts, influences: Influences) -> None:
    assert list_numbers(facts, None).remark == UNMEASURED
    large = list_numbers(facts, replace(influences, rows=(), work=3))
    assert (large.criteria, large.remark) == ((), TOO_LARGE)
    assert [row.shares for row in large.rows if row.shares] == []


def test_a_number_that_several_values_share_is_one() -> None:
    book = FakeBook()
    for name in "abc":
        book.add(f"{name}.mass", ScalarValue(1, "kg"), source=TENDER, confidence="low", given=False)
        book.shelve(name, "thing", "Thing", NOWHERE)
    (row,) = list_numbers(gather_facts(book), None).rows
    assert [pointer.path for pointer in row.pointers] == ["a.mass", "b.mass", "c.mass"]


def test_a_number_in_a_formula_that_moves_a_total_is_listed() -> None:
    book = make_book()
    book.add(
        "farm.scaled", ScalarValue(2, "W"), ["farm.power"], formula="2 * power", role="input", span=find_span("kind gp")
    )
    book.shelves = [
        replace(o, nodes=(*o.nodes, len(book.accounts) - 1)) if o.path == "farm" else o for o in book.shelves
    ]
    found = gather_facts(book)
    assert "farm.scaled" not in paths_of(found, None, "unsourced")
    assert "farm.scaled" in paths_of(found, make_influences(book, {"farm.scaled": 1.0}), "unsourced")


# ---------------------------------------------------------------- sources


def test_sources_are_sorted_by_what_they_weigh(facts: Facts, influences: Influences) -> None:
    register = register_sources(facts, list_numbers(facts, influences), make_head().study)
    assert [(c.declared.label, c.shares) for c in register.citations][:3] == [
        ("EcoLogits 0.6", ("25.0 %",)),
        ("Ember", ("15.0 %",)),
        ("Supplier offer 2026-03", ("10.0 %",)),
    ]
    assert register.unsourced == 2
    titles = [c.declared.label for c in register_sources(facts, list_numbers(facts, None), make_head().study).citations]
    assert titles == sorted(titles, key=str.casefold)


@pytest.mark.parametrize(
    ("fields", "age"),
    [
        ({"published": "2020-03-15", "read": "2026-01-01"}, "6.0 years since published"),
        ({"read": "2025-03-15"}, "1.0 years since read"),
        ({"read": "2027-01-01"}, "read after that day"),
        ({"published": "spring"}, "age not known"),
        ({"published": "2026-02-31"}, "age not known"),
        ({}, "age not known"),
    ],
)
def test_the_age_of_a_source_counts_from_its_publication(fields: dict[str, str], age: str) -> None:
    assert tell_age(replace(TENDER, fields=fields), date(2026, 3, 15)) == age


def test_ages_count_up_to_the_day_of_the_study() -> None:
    study = make_head().study
    assert find_day(replace(study, fields={"as_of": "2026-03-15"})) == date(2026, 3, 15)
    assert find_day(study) == date(2025, 1, 1)
    assert find_day(replace(study, start=None)) is None
    assert tell_age(TENDER, None) == "age not known"


# ---------------------------------------------------------------- assumptions


def test_assumptions_are_grouped_and_sorted_by_share(facts: Facts, influences: Influences) -> None:
    assert paths_of(facts, influences, "unsourced")[0] == "farm.power"
    assert paths_of(facts, influences, "hypotheses") == ["answer.output_token_count", "assistant.bits_per_parameter"]
    assert paths_of(facts, influences, "weak") == ["assistant.llm_memory_factor", "staff.starts"]
    weighed = make_influences(make_book(), {"assistant.active_params": 0.5}, Standing.DEFAULT)
    assert paths_of(facts, weighed, "defaults")[0] == "assistant.active_params"


def test_a_long_group_lists_what_weighs_most_and_counts_the_rest() -> None:
    book = FakeBook()
    book.rows = make_book().rows
    for number in range(MOST_ROWS + 20):
        book.add(f"a.v{number}", ScalarValue(1, "kg"))
    book.shelve("a", "thing", "Thing", NOWHERE)
    found = gather_facts(book)
    measured = make_influences(
        book, {"a.v0": 0.004, f"a.v{MOST_ROWS + 19}": 0.5, **{f"a.v{n}": 0.1 for n in range(5, 10)}}
    )
    (group, *_) = register_assumptions(list_numbers(found, measured)).groups
    assert (group.count, len(group.table.rows), group.table.hidden, group.table.rest) == (220, 200, 20, ("0 %",))
    assert group.table.rows[0].first.path == f"a.v{MOST_ROWS + 19}"


def test_a_default_that_differs_is_shown_as_it_is_written() -> None:
    book = FakeBook()
    for name, value in (("a", 1), ("b", 2)):
        book.add(f"{name}.mass", ScalarValue(value, "kg"), source=TENDER, confidence="low", written="x  *  2")
        book.shelve(name, "thing", "Thing", NOWHERE)
    (row,) = register_assumptions(list_numbers(gather_facts(book), None)).groups[3].table.rows
    assert (row.text, row.unit) == ("x * 2", "")


# ---------------------------------------------------------------- quality


def test_quality_counts_every_number_once(facts: Facts, influences: Influences) -> None:
    numbers = list_numbers(facts, influences)
    quality = register_quality(numbers, make_head().diagnostics)
    assert sum(tally.numbers for tally in quality.by_confidence) == len(numbers.rows)
    assert sum(tally.numbers for tally in quality.by_origin) == len(numbers.rows)
    assert {tally.name: tally.shares[0] for tally in quality.by_confidence} == {
        "high": "15.0 %",
        "medium": "10.0 %",
        "low": "55.0 %",
        "not stated": "0 %",
        "unsourced": "20.0 %",
    }
    assert [d.code for d in quality.diagnostics] == ["GAI601"]
    weakest = [row.first.path for row in quality.weakest.rows]
    assert weakest == ["answer.output_token_count", "assistant.llm_memory_factor", "farm.power"]


def test_quality_lists_stated_ranges(facts: Facts, influences: Influences) -> None:
    (found,) = register_quality(list_numbers(facts, influences), ()).ranges
    assert (found.pointer.path, found.width, found.shares) == ("farm.pue", "11.0 %", ("10.0 %",))
    assert found.ends.split() == ["1.12", "\N{EN DASH}", "1.25"]


def test_a_range_around_nothing_has_no_width() -> None:
    book = FakeBook()
    book.add("a.v", ScalarValue(0, "kg", Uncertainty(-1, 1, "bounds")))
    book.shelve("a", "thing", "Thing", NOWHERE)
    (found,) = register_quality(list_numbers(gather_facts(book), None), ()).ranges
    assert found.width == ""


# ---------------------------------------------------------------- scope and checklists


def known_of(book: FakeBook, **study: str) -> checklists.Known:
    facts = gather_facts(book)
    head = replace(make_head(), study=replace(make_head().study, fields=study))
    return checklists.Known(facts, head, list_numbers(facts, None), checklists.by_name(list_files(facts, head)))


def answer(book: FakeBook, item: dict[str, object], **study: str) -> Answer:
    table = {"title": "", "edition": "", "item": [{"text": "", "clause": "", "missing": "cannot say", **item}]}
    return checklists.answer_list(table, "x", known_of(book, **study)).items[0].answer


@pytest.mark.parametrize(
    ("item", "supplied", "text"),
    [
        ({"study": ["goal"]}, True, "to know"),
        ({"study": ["goal", "audience"]}, False, "write `audience` in the study"),
        ({"says": {"goal": "to know"}}, True, "to know"),
        ({"says": {"goal": "to hide"}}, False, "the study does not say `goal = to hide`"),
        ({"counted": {"criterion": "gwp"}}, True, "Climate change"),
        ({"counted": {"criterion": "gwp", "phase": "use"}}, True, "Climate change, Use"),
        ({"counted": {"criterion": "gwp", "phase": "decay"}}, False, "nothing counts under gwp, decay"),
        ({"attributes": ["pue"]}, True, "farm.pue"),
        ({"attributes": ["fixed_instances", "x"]}, False, "no object has `fixed_instances` or `x`"),
        ({"file": "stdlib/genai.gai"}, True, "stdlib/genai.gai"),
        ({"file": "stdlib/other.gai"}, False, "the model does not use stdlib/other.gai"),
        ({"sourced": True}, False, "2 of 15 numbers name no source"),
        ({"ranged": True}, True, "1 of 15 numbers state a range"),
        ({"dated": True}, False, "2 of 4 sources have no date"),
        ({"weighed": True}, False, UNMEASURED),
        ({"study": ["goal"], "weighed": True}, False, UNMEASURED),
        ({}, False, "cannot say"),
    ],
)
def test_an_item_is_recognised(book: FakeBook, item: dict[str, object], supplied: bool, text: str) -> None:
    found = answer(book, item, goal="to know")
    assert (found.supplied, found.text) == (supplied, text)
    assert bool(found.href) or not supplied


def test_nothing_is_supplied_by_a_model_of_nothing() -> None:
    for name in library_tables(checklists.FOLDER):
        found = checklists.answer_list(read_library_table(checklists.FOLDER, name), name, known_of(FakeBook()))
        assert [item.text for item in found.items if item.answer.supplied] == []


def test_the_checklists_of_the_library_are_sound() -> None:
    keys = {"text", "clause", "missing", *checklists.RECOGNISERS}
    for name in library_tables(checklists.FOLDER):
        table = read_library_table(checklists.FOLDER, name)
        assert table.keys() == {"title", "edition", "order", "item"}
        for item in table["item"]:
            assert set(item) <= keys, item
            assert ("missing" in item) != bool(set(item) & checklists.RECOGNISERS.keys()), item
            assert item["text"].strip(".") == item["text"]


def test_what_a_model_says_is_no_markup(book: FakeBook) -> None:
    table = {"title": "", "edition": "", "item": [{"text": "", "clause": "", "study": ["goal"]}]}
    (item,) = checklists.answer_list(table, "x", known_of(book, goal="[x](https://example.org) `y`")).items
    assert [phrase.style for phrase in item.phrases] == ["plain"]


def test_the_scope_says_what_counts_and_what_does_not() -> None:
    words = tuple(
        Declared(path, sort, path, "", {}, find_span("study support_2026", MODEL_FILE))
        for path, sort in (("gwp", "criterion"), ("use", "phase"), ("decay", "phase"))
    )
    known = known_of(make_book(), left_out="travel")
    scope = describe_scope(
        replace(known, head=replace(known.head, words=words)), [("Goal", None), ("Left out", "travel")]
    )
    (boundary,) = scope.boundaries
    assert boundary.phases == ("Manufacturing", "Use")
    assert next((c.label, c.kinds, c.cells) for c in boundary.categories) == (
        "Servers",
        ("GPU server (1)",),
        ("1549", "2900"),
    )
    assert [(word.anchor, word.counted) for word in scope.words] == [
        ("criterion-gwp", True),
        ("phase-use", True),
        ("phase-decay", False),
    ]
    assert (scope.study, scope.limits) == ((("Goal", None),), (("Left out", "travel"),))


def test_the_page_never_says_that_a_model_conforms(site: dict[str, str]) -> None:
    text = site["scope.html"]
    assert "A list is no verdict" in text
    assert "supplied here" in text
    assert "not supplied" in text
    assert not any(word in text.lower() for word in ("conform", "compliant", "complies"))


def test_registers_without_shares_say_so(site: dict[str, str]) -> None:
    for name in ("sources.html", "assumptions.html", "quality.html"):
        assert UNMEASURED in site[name]


def test_registers_with_shares_show_them(book: FakeBook, influences: Influences) -> None:
    pages = dict(render_site(book, make_head(), influences=influences))
    rows = [e.text for e in read_page(pages["assumptions.html"]).all("tr")]
    assert any("answer.output_token_count" in row and "30.0 %" in row and "typical answer" in row for row in rows)
    assert "quality.html" in read_page(pages["index.html"]).links
    assert 'class="q-low"' in pages["quality.html"]


@pytest.mark.parametrize("name", ["support_assistant", "web_shop", "genai_job"])
def test_shares_of_a_model_add_up(name: str, repository: Path) -> None:
    outcome = build_model(repository / "models" / f"{name}.gai")
    assert outcome.ledger is not None
    numbers = list_numbers(gather_facts(PrintedBook(outcome.ledger, {})), outcome.influences)
    assert numbers.criteria
    for place in range(len(numbers.criteria)):
        assert sum(row.shares[place] for row in numbers.rows if row.shares) == pytest.approx(1)
    named = [pointer.path for row in numbers.rows for pointer in row.pointers]
    assert len(named) == len(set(named))


def test_sources_carry_their_place(facts: Facts) -> None:
    register = register_sources(facts, list_numbers(facts, None), make_head().study)
    (found,) = [c for c in register.citations if c.declared is ECOLOGITS]
    assert found.place.text == "stdlib/genai.gai:1"
    assert found.values == 5
