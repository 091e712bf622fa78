"""The first page of the site, read back: what it says, that it adds up, and that it stays small."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import build_model
from gaic.report.book import Fingerprint
from gaic.report.facts import gather_facts
from gaic.report.flow import TALL
from gaic.report.printed import PrintedBook, spell_units
from gaic.report.site import render_site
from gaic.report.summary import MOST_CRITERIA, MOST_FINDINGS, MOST_OBJECTS, divide_total, summarize
from tests.unit.report.fake_ledger import NOWHERE, FakeBook
from tests.unit.report.markup import broken_links, read_page
from tests.unit.report.summaries import check_flow, count_values, find_flows, gather
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gaic.report.book import SiteHead
    from gaic.report.facts import Facts
    from tests.unit.report.markup import Page

TOTALS = {"genai_job": "4217.35642153", "web_shop": "41535.2776761"}
PER_UNIT = {"genai_job": "0.0356102407438", "web_shop": "0.0590985100205"}


@pytest.fixture(scope="module", params=sorted(TOTALS))
def model(request: pytest.FixtureRequest, repository: Path) -> tuple[str, dict[str, str]]:
    outcome = build_model(repository / "models" / f"{request.param}.gai")
    assert outcome.ledger is not None
    assert outcome.program is not None
    book = PrintedBook(outcome.ledger, spell_units(outcome.program.system))
    head = replace(make_head(), study=outcome.program.study, diagnostics=outcome.diagnostics)
    return request.param, dict(render_site(book, head, outcome.influences))


@pytest.fixture(scope="module")
def index(model: tuple[str, dict[str, str]]) -> str:
    return model[1]["index.html"]


def read_table(text: str, caption: str) -> list[list[float]]:
    """The numbers of the rows of a table in full; a cell without one is 0."""
    (table,) = [t for t in re.findall(r"<table.*?</table>", text, re.DOTALL) if f"<caption>{caption}" in t]
    rows = re.findall(r"<tr>(?!<th scope=\"col\").*?</tr>", table, re.DOTALL)
    cells = [re.findall(r'<td class="n".*?</td>', row) for row in rows]
    values = [[re.search('value="([^"]+)"', cell) for cell in row] for row in cells]
    return [[float(value[1]) if value else 0.0 for value in row] for row in values]


def add(numbers: list[float]) -> float:
    return math.fsum(numbers)


def test_the_total_and_what_it_is_per_unit_come_first(model: tuple[str, dict[str, str]], index: str) -> None:
    name = model[0]
    found = re.findall(r'<dd class="big"><data value="([^"]+)"[^>]*>[^<]+</data> kg CO2e</dd>', index)
    assert found == [TOTALS[name], PER_UNIT[name]]


def test_everything_that_is_printed_adds_up_to_the_total(model: tuple[str, dict[str, str]], index: str) -> None:
    total = float(TOTALS[model[0]])
    *lines, sums = read_table(index, "Climate change by category and phase")
    assert math.isclose(sums[-1], total)
    for column in range(len(sums)):
        assert math.isclose(add([line[column] for line in lines]), sums[column], rel_tol=1e-9, abs_tol=1e-9)
    for line in lines:
        assert math.isclose(add(line[:-2]), line[-2], rel_tol=1e-9, abs_tol=1e-9)
    bar = [float(e.attributes["data-value"]) for e in read_page(find_bar(index)).all("rect")]
    assert math.isclose(add(bar), total, rel_tol=1e-9)
    for span in ("year", "month"):
        *spans, whole = read_table(index, f"By {span} on the clock of ")
        assert math.isclose(whole[-1], total)
        for column in range(len(whole)):
            assert math.isclose(add([line[column] for line in spans]), whole[column], rel_tol=1e-9, abs_tol=1e-9)


def find_bar(index: str) -> str:
    (bar,) = re.findall(r'<svg class="stack".*?</svg>', index, re.DOTALL)
    return str(bar)


def test_the_bar_is_as_wide_as_its_parts(index: str, model: tuple[str, dict[str, str]]) -> None:
    total, place = float(TOTALS[model[0]]), 0.0
    for rect in read_page(find_bar(index)).all("rect"):
        left, width = (float(rect.attributes[name].removesuffix("%")) for name in ("x", "width"))
        assert math.isclose(left, place, abs_tol=0.01)
        assert math.isclose(width, 100 * float(rect.attributes["data-value"]) / total, abs_tol=0.01)
        place += width
    assert math.isclose(place, 100, abs_tol=0.01)


def test_the_tree_adds_up_at_every_level(index: str, model: tuple[str, dict[str, str]]) -> None:
    (table,) = re.findall(r'<table class="rows tree">.*?</table>', index, re.DOTALL)
    rows = re.findall(r'<tr class="depth-(\d)">.*?<data value="([^"]+)"', table)
    sums = [0.0, 0.0, 0.0]
    for depth, value in reversed(rows):
        level = int(depth)
        if level < 2:
            assert math.isclose(sums[level + 1], float(value), rel_tol=1e-9, abs_tol=1e-9)
            sums[level + 1] = 0.0
        sums[level] += float(value)
    assert math.isclose(sums[0], float(TOTALS[model[0]]), rel_tol=1e-9)


def test_the_flow_conserves(index: str, model: tuple[str, dict[str, str]]) -> None:
    (svg,) = find_flows(index)
    check_flow(svg, float(TOTALS[model[0]]), TALL)


GIST = {
    "genai_job": "The largest part comes from Servers (97.4 %); the largest single object is on premise GPU server "
    "(97.4 %). The strongest lever is farm.gpus: 10 % more makes the total 6.6 % larger.",
    "web_shop": "The largest part comes from Devices (63.2 %); the largest single object is Smartphone (40.8 %). "
    "The strongest lever is evenings: 10 % more makes the total 10.0 % larger.",
}


def test_two_sentences_say_what_it_is_made_of_and_what_to_act_on(index: str, model: tuple[str, dict[str, str]]) -> None:
    card = index[index.index('<dl class="first">') : index.index('<table class="rows totals">')]
    assert GIST[model[0]] in [element.text for element in read_page(card).all("p")]


def test_the_page_is_sound(model: tuple[str, dict[str, str]]) -> None:
    pages = {name: read_page(text, texts=False) for name, text in model[1].items() if name.endswith(".html")}
    assert broken_links(pages, model[1]) == []
    page = pages["index.html"]
    assert page.balanced
    assert len(page.ids) == len(set(page.ids))
    assert "not supplied: set" not in model[1]["index.html"]


# ------------------------------------------------------------ per functional unit


def study(**fields: str) -> SiteHead:
    head = make_head()
    return replace(head, study=replace(head.study, fields=fields))


def test_without_delivered_the_page_says_what_to_set(site: Mapping[str, str]) -> None:
    assert "not supplied: set <code>delivered</code> in the study" in site["index.html"]
    assert "Per 1 ticket</dt>" in site["index.html"]


def test_a_total_per_unit_needs_both_fields_in_fitting_units() -> None:
    facts, criterion = gather(("a", "p", "x.v", 12.0))
    both = {"functional_unit": "2 box", "delivered": "8 box"}
    assert divide_total(facts, criterion, study().study).missing == ("functional_unit", "delivered")
    unfit = divide_total(facts, criterion, study(**both).study)
    assert (unfit.value, unfit.missing) == (None, ())
    facts.book.delivered = 4.0  # type: ignore[attr-defined]  # a fake
    per_unit = divide_total(facts, criterion, study(**both).study)
    assert per_unit.value is not None
    assert (per_unit.value.text, per_unit.unit, per_unit.delivered) == ("3 kg", "2 box", "4")


def test_units_that_do_not_fit_are_said() -> None:
    book = count_values([("a", "p", "x.v", 12.0)])
    text = dict(render_site(book, study(functional_unit="1 box", delivered="3 kg")))["index.html"]
    assert "must be above zero, in the unit of" in text


# ------------------------------------------------------------ several criteria, many objects


def grow_model(objects: int, criteria: int) -> FakeBook:
    """Objects of five kinds and six categories that count two values each in every criterion."""
    book = FakeBook()
    for number in range(criteria):
        counted = [
            (f"category {n % 6}", phase, f"object_{n}.{phase}_{number}", [float(n % 17 + 1)] * 48)
            for n in range(objects)
            for phase in ("make", "run")
        ]
        count_values(counted, f"criterion {number}", book)
    book.shelves = [
        replace(o, kind=f"kind_{n % 5}", kind_label=f"Kind {n % 5}", nodes=nodes_of(book, o.path))
        for n, o in enumerate(book.shelves)
    ]
    return book


def nodes_of(book: FakeBook, path: str) -> tuple[int, ...]:
    return tuple(node for node, account in book.accounts.items() if account.object == path)


def check_budget(text: str) -> Page:
    page = read_page(text, texts=False)
    assert len(text.encode()) <= 250_000
    assert len(page.elements) <= 8_000
    assert page.balanced
    return page


def test_several_criteria_are_seen_at_a_glance() -> None:
    text = dict(render_site(grow_model(6, 3), make_head()))["index.html"]
    page = check_budget(text)
    assert [e for e in page.ids if e.startswith("page-total")] == ["page-total-1", "page-total-2", "page-total-3"]
    assert "All criteria at a glance" in text
    for svg in find_flows(text):
        check_flow(svg, 2 * 48.0 * sum(range(1, 7)), TALL)
    assert len(find_flows(text)) == 3


@pytest.mark.parametrize(("objects", "criteria"), [(500, 1), (120, 12)])
def test_a_large_model_keeps_the_page_small(objects: int, criteria: int) -> None:
    book = grow_model(objects, criteria)
    head = replace(
        make_head(),
        diagnostics=make_head().diagnostics * 500,
        inputs=tuple(Fingerprint(f"f{n}.gai", "0f" * 32) for n in range(900)),
    )
    facts = gather_facts(book)
    text = next(text for name, text in render_site(book, head) if name == "index.html")
    check_budget(text)
    assert f"and {500 - MOST_FINDINGS} more" in text
    assert "and 840 more" in text
    assert len(find_flows(text)) == min(criteria, MOST_CRITERIA)
    shelves = summarize(facts, head, None).own
    assert [shelf.count for shelf in shelves] == [objects // 5] * 5
    assert not any(shelf.open for shelf in shelves)


def test_objects_beyond_the_most_are_counted() -> None:
    book = FakeBook()
    for number in range(MOST_OBJECTS + 10):
        book.shelve(f"o{number}", "thing", "Thing", NOWHERE, label="long " * 100)
    facts = gather_facts(book)
    (shelf,) = summarize(facts, make_head(), None).own
    assert (len(shelf.objects), shelf.hidden, shelf.count) == (MOST_OBJECTS, 10, MOST_OBJECTS + 10)
    assert all(len(label) <= 60 for label, _, _ in shelf.objects)


def test_a_total_with_parts_below_zero_is_told_without_pictures(facts: Facts) -> None:
    book = count_values([("a", "p", "x.v", 3.0), ("b", "p", "y.v", -1.0)])
    text = dict(render_site(book, make_head()))["index.html"]
    assert "a part of the total is below zero" in text
    assert find_flows(text) == []
    assert '<svg class="stack"' not in text
    assert "The largest part comes from <strong>a</strong> (150.0 %)" in text
    assert facts.objects
