"""How a value is worked out, as pages show it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from gaic.api.compile import compile_model
from gaic.evaluate.account import ScalarValue
from gaic.evaluate.working import (
    Branch,
    Called,
    Combined,
    Extreme,
    Figure,
    Gathered,
    Hour,
    Named,
    Phrase,
    Preference,
    Stated,
    Working,
)
from gaic.report.facts import gather_facts
from gaic.report.printed import PrintedBook
from gaic.report.site import render_site
from gaic.report.working import LONGEST_MARKUP, LONGEST_TEXT, MOST_LINES, show_working
from tests.unit.parse.reading import value
from tests.unit.report.fake_ledger import NOWHERE, FakeBook
from tests.unit.report.markup import read_page
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from gaic.report.facts import Facts
    from gaic.report.working import Line
    from gaic.report.working import Working as Shown

FORMULA = "size * far.weight + table[p]"


def make_book(**changes: Any) -> FakeBook:
    """A value `own.y` made from `own.size`, `other.weight` and two members of `own.table`."""
    book = FakeBook()
    book.add("own.size", ScalarValue(3, "kg"))
    book.add("other.weight", ScalarValue(2, ""))
    book.add("own.table[a]", ScalarValue(1, "kg"))
    book.add("own.table[b]", ScalarValue(1, "kg"))
    formula = value(FORMULA)
    start = formula.span.start
    ends = {name: start + FORMULA.index(name) + len(name) for name in ("size", "weight", "table")}
    node = book.add("own.y", ScalarValue(7, "kg"), ["own.size"], formula=FORMULA, substituted="3 kg * 2 + 1 kg")
    working = Working(
        name="y",
        keys=(),
        member=None,
        written=formula,
        meanings={ends["size"]: (0,), ends["weight"]: (1,), ends["table"]: (2, 3)},
        numbers=Combined("+", Combined("*", Figure(3, "kg"), Figure(2, "")), Figure(1, "kg")),
        result=Figure(7, "kg"),
        hour=None,
        decisions=(),
    )
    book.workings[node] = replace(working, **changes)
    book.shelve("own", "thing", "Thing", NOWHERE)
    book.shelve("other", "thing", "Thing", NOWHERE)
    return book


def show(**changes: Any) -> Shown:
    shown = show_working(gather_facts(make_book(**changes)), 4)
    assert shown is not None
    return shown


def spoken(line: Line) -> str:
    return "".join(f"`{phrase.text}`" if phrase.style == "code" else phrase.text for phrase in line)


def written(markup: object) -> str:
    assert markup is not None
    return str(markup.__html__())  # type: ignore[attr-defined]  # a template asks for it in this way


def test_the_formula_leads_to_the_values_that_its_names_mean() -> None:
    formula = written(show().formula)
    assert formula.startswith(f'<math display="block" alttext="y = {FORMULA}">')
    links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', formula)
    assert links == [("own.html#size", "size"), ("other.html#weight", "weight"), ("own.html#table", "table")]


def test_members_of_several_objects_lead_nowhere() -> None:
    nodes = (0, 1)
    book = make_book()
    working = book.workings[4]
    book.workings[4] = replace(working, meanings=dict.fromkeys(working.meanings, nodes))
    shown = show_working(gather_facts(book), 4)
    assert shown is not None
    assert "<a " not in written(shown.formula)


def test_numbers_end_with_the_result() -> None:
    shown = show(keys=("p",), member="other")
    numbers = written(shown.numbers)
    assert 'alttext="y = 3 kg × 2 + 1 kg = 7 kg"' in numbers
    assert "<msub><mi>y</mi><mrow><mi>other</mi></mrow></msub>" in numbers
    assert "<msub><mi>y</mi><mrow><mi>p</mi></mrow></msub>" in written(shown.formula)
    assert (shown.text, shown.moment, shown.lines, shown.hidden) == ("", "", (), 0)
    same = written(show(numbers=Figure(7, "kg")).numbers)
    assert 'alttext="y = 7 kg"' in same


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (Hour(482135, "UTC", alike=False), "in the highest hour, 2024-12-31 23:00 UTC"),
        (Hour(482135, "local", alike=False), "in the highest hour, 2024-12-31 23:00 local time"),
        (Hour(482135, "UTC", alike=True), "in the first hour, 2024-12-31 23:00 UTC (all hours are alike)"),
        (Hour(96 + 30, "week", alike=False), "in the highest hour of the week, Tuesday 06:00"),
    ],
)
def test_the_hour_is_named(hour: Hour, words: str) -> None:
    assert show(hour=hour).moment == words


LINES = {
    "`a > b` does not hold (2 kg ≤ 3 kg).": Branch(
        "a > b", Combined("<=", Figure(2, "kg"), Figure(3, "kg")), holds=False, taken=""
    ),
    "`any(c)` holds, so `d * 2` counts.": Branch("any(c)", None, holds=True, taken="d * 2"),
    "`given(a) and b > 1` holds (a is set and 2 > 1), so `a` counts.": Branch(
        "given(a) and b > 1",
        Combined("and", Stated("a", "is set"), Combined(">", Figure(2, ""), Figure(1, ""))),
        holds=True,
        taken="a",
    ),
    "`a` is not set, so `b` counts.": Preference("a", "is not set", "b", used=True),
    "`a` is set and counts.": Preference("a", "is set", "b", used=False),
    "The largest of 3 is `c`: 5 kg.": Extreme("max", "c", Figure(5, "kg"), 3),
    "The smallest of 2 is `d`: 5.": Extreme("min", "d", Figure(5, ""), 2),
}


def test_decisions_are_sentences() -> None:
    shown = show(decisions=tuple(LINES.values()))
    assert [spoken(line) for line in shown.lines] == list(LINES)[:MOST_LINES]
    assert shown.hidden == len(LINES) - MOST_LINES
    rest = show(decisions=tuple(LINES.values())[MOST_LINES:])
    assert [spoken(line) for line in rest.lines] == list(LINES)[MOST_LINES:]


def test_a_wide_call_is_told_below() -> None:
    call = Called("held", (Named("load_" * 10, 0), Figure(2, "h")), Figure(4, "kg"))
    shown = show(numbers=Combined("*", call, Figure(2, "")), hour=Hour(482135, "UTC", alike=False))
    assert "(…)" in written(shown.numbers)
    assert [spoken(line) for line in shown.lines] == [f"`held({'load_' * 10}, 2 h)` is 4 kg in this hour."]


def test_what_is_too_long_for_mathematics_is_text() -> None:
    many = Gathered("sum", tuple(Phrase(f"w{n}") for n in range(1000)))
    shown = show(numbers=many, written=value(" + ".join(f"n{n}" for n in range(90))))
    assert shown.formula is None
    assert shown.numbers is None
    assert shown.text.startswith("w0 + w1 + ")
    assert len(shown.text) == LONGEST_TEXT + 1


def test_units_are_those_that_are_printed() -> None:
    book = make_book(numbers=Combined("+", Figure(3, "kgXy"), Figure(4, "kgXy")), written=value("3 kgXy + size"))
    printed = PrintedBook(book, {"kgXy": "kg Xy"})
    shown = show_working(gather_facts(printed), 4)
    assert shown is not None
    assert "kgXy" not in written(shown.numbers)
    assert "\N{NO-BREAK SPACE}kg Xy" in written(shown.formula)


def render(book: FakeBook) -> str:
    return dict(render_site(book, make_head()))["objects/own.html"]


def test_a_page_has_both_formulas_and_the_reasons() -> None:
    page = render(make_book(decisions=tuple(LINES.values()), hour=Hour(482135, "UTC", alike=False)))
    assert page.count("<math ") == 2
    assert "With the numbers of this build, in the highest hour, 2024-12-31 23:00 UTC" in page
    assert "<li><code>a &gt; b</code> does not hold (2 kg ≤ 3 kg).</li>" in page
    assert "and 3 more inside" in page
    assert read_page(page).balanced


def test_an_input_with_a_formula_is_worked_out_in_its_row() -> None:
    book = make_book(decisions=tuple(LINES.values())[:1])
    book.accounts[4] = replace(book.accounts[4], role="input")
    page = render(book)
    assert '<p class="aside">= 3 kg × 2 + 1 kg</p>' in page
    assert '<p class="aside"><code>a &gt; b</code> does not hold (2 kg ≤ 3 kg).</p>' in page
    book.workings[4] = replace(book.workings[4], numbers=book.workings[4].result)
    assert '<p class="aside">= ' not in render(book)


def test_without_a_working_a_page_has_texts() -> None:
    book = make_book()
    book.workings.clear()
    page = render(book)
    assert "<math" not in page
    assert "3 kg * 2 + 1 kg = <strong>7 kg</strong>" in page


def test_hostile_words_stay_words() -> None:
    hostile = '</code><script>alert(1)</script><img src=x onerror=alert(2)>"\u202e'
    branch = Branch(hostile, Stated(hostile, "is set"), holds=True, taken=hostile)
    numbers = Combined("+", Phrase(hostile), Called("held", (Named(hostile, 0),), Figure(1, hostile)))
    page = render(make_book(decisions=(branch,), numbers=numbers, name=hostile, member=hostile))
    read = read_page(page)
    assert read.balanced
    assert read.all("img") == []
    assert len(read.all("script")) == 1
    assert "\u202e" not in page


# ---------------------------------------------------------------- real models


@pytest.fixture(scope="module", params=["genai_job", "support_assistant", "web_shop"])
def facts(request: pytest.FixtureRequest, repository: Path) -> Facts:
    outcome = compile_model(repository / "models" / f"{request.param}.gai")
    assert outcome.ledger is not None
    return gather_facts(outcome.ledger)


def test_every_calculated_value_of_a_model_is_worked_out(facts: Facts) -> None:
    short = 0
    calculated = [p for p in facts.pointers.values() if p.account.formula is not None]
    for pointer in calculated:
        shown = show_working(facts, pointer.node)
        assert shown is not None, pointer.path
        for markup in (shown.formula, shown.numbers):
            if markup is not None:
                text = written(markup)
                assert len(text.encode()) <= LONGEST_MARKUP
                assert ET.fromstring(text).tag == "math"
        short += shown.formula is not None and shown.numbers is not None
        assert len(shown.lines) <= 7
    assert short > 0.95 * len(calculated)


def test_names_in_formulas_lead_to_values(facts: Facts) -> None:
    links = 0
    addresses = {pointer.href for pointer in facts.pointers.values()}
    addresses |= {f"{p.href.partition('#')[0]}#{p.account.attribute}" for p in facts.pointers.values()}
    for pointer in facts.pointers.values():
        shown = show_working(facts, pointer.node) if pointer.account.formula else None
        for markup in (shown.formula, shown.numbers) if shown else ():
            found = re.findall(r'href="([^"]*)"', written(markup)) if markup else []
            links += len(found)
            assert addresses.issuperset(found), pointer.path
    assert links > len(facts.pointers)
