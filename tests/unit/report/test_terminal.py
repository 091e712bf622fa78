from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest

from gaic.evaluate.account import ScalarValue
from gaic.report.terminal import align_columns, render_explanation, render_summary
from tests.unit.report.example import make_book
from tests.unit.report.fake_ledger import NOWHERE, FakeBook


def explain(book: FakeBook, path: str) -> str:
    return render_explanation(book, book.find(path))


def test_a_scalar_explained(book: FakeBook) -> None:
    assert explain(book, "answer.output_token_weights") == textwrap.dedent("""\
        Output token weights
        answer.output_token_weights = 3 kB
        calculated, scalar

        Size of the text of one answer.

        Formula
          output_token_count * service.bits_per_token
          = 1000 tok * 24 bit/tok
          = 3 kB

        Direct dependencies
          answer.output_token_count  1000  tok      hypothesis (low)
          assistant.bits_per_token     24  bit/tok  Lengths of tokens (medium)

        Rests on
          hypothesis (low): answer.output_token_count
          Lengths of tokens (medium): assistant.bits_per_token

        Place stdlib/genai.gai:7 (library)
             5   input output_token_count : Token = 500 tok from hypothesis note "long answer"
             6   ## Size of the text of one answer.
        >    7   calc output_token_weights : Data = output_token_count * service.bits_per_token
             8   ## Time from the first to the last token: latency of one token times their number.
             9   calc request_duration : Time =

        Ancestors
          answer.output_token_count = 1000 tok
          assistant.bits_per_token = 24 bit/tok
        """)


def test_an_uncertain_input_shows_its_range_and_its_default(book: FakeBook) -> None:
    lines = explain(book, "farm.pue").splitlines()
    assert "range 1.12 – 1.25 (5th to 95th percentile)" in lines  # noqa: RUF001 - the dash of ranges
    assert "default: 1.2" in lines
    assert "from Supplier offer 2026-03 (medium)" in lines


def test_a_series_shows_its_ends_and_its_time(book: FakeBook) -> None:
    text = explain(book, "answer.hourly_occurrences_per_usage_pattern[staff]")
    assert "first ten   3 5 6 7 5 6 7 8 5 5" in text
    assert "period      2024-12-31 23:00 to 2028-01-01 17:00 UTC" in text
    assert "count       26299 hourly values" in text
    assert "last ten" not in explain(book, "night.starts")


def test_a_number_without_source_says_so(book: FakeBook) -> None:
    assert "from no source given" in explain(book, "farm.power")


def test_an_input_with_a_reason_shows_it(book: FakeBook) -> None:
    assert "note: half precision, as on the model card" in explain(book, "assistant.bits_per_parameter")


def test_a_shared_ancestor_is_written_once(book: FakeBook) -> None:
    text = explain(book, "farm.load")
    assert text.count("answer.request_duration = 28.15 s\n") == 1
    assert text.count("answer.request_duration = 28.15 s (above)\n") == 1
    assert "(+ 2 below)" in explain(book, "per_ticket.value")


def test_long_lists_are_cut() -> None:
    book = FakeBook()
    for index in range(200):
        book.add(f"a.v{index}", ScalarValue(index, "m"))
    book.add("a.sum", ScalarValue(1, "m"), [f"a.v{index}" for index in range(200)], formula="sum")
    text = explain(book, "a.sum")
    assert "and 170 more" in text
    assert "and 192 more" in text
    assert "and 80 lines more" in text


def test_colour_adds_nothing_but_colour(book: FakeBook) -> None:
    node = book.find("farm.use_footprint")
    colourful = render_explanation(book, node, colour=True)
    assert "\x1b[1m" in colourful
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m"):
        colourful = colourful.replace(code, "")
    assert colourful == render_explanation(book, node)


def test_what_others_wrote_cannot_steer_the_terminal() -> None:
    book = make_book()
    node = book.find("farm.pue")
    hostile = "\x1b]0;x\x07\u202e"
    book.accounts[node] = replace(book.accounts[node], doc=hostile, label=hostile, note=hostile, default=hostile)
    assert not set(render_explanation(book, node)) & {"\x1b", "\x07", "\u202e"}


def test_the_summary_is_a_table_of_categories_and_phases(book: FakeBook) -> None:
    assert render_summary(book) == (
        "Climate change, kgCO2e\n"
        "           Manufacturing    Use    sum\n"
        "  Servers           1549   2900   4450\n"
        "  Storage          120.2   60.5  180.8\n"
        "  Network                 310.8  310.8\n"
        "  Devices           1830    410   2240\n"
        "  all               3499   3682   7181\n"
    )


def test_a_model_without_totals_has_no_summary() -> None:
    assert render_summary(FakeBook()) == ""


@pytest.mark.parametrize(("rows", "lines"), [([], []), ([("a", "1"), ("bb", "22")], ["a    1", "bb  22"])])
def test_columns_are_aligned(rows: list[tuple[str, str]], lines: list[str]) -> None:
    assert align_columns(rows, frozenset({1})) == lines


def test_a_formula_over_several_lines_is_indented() -> None:
    book = FakeBook()
    book.add("a.x", ScalarValue(1, "m"), formula="b\n  + c", span=NOWHERE)
    assert "  b\n    + c\n" in explain(book, "a.x")


def test_a_value_without_a_label_is_named_by_its_path() -> None:
    book = FakeBook()
    book.add("a.x", ScalarValue(1, "m"), label="")
    book.add("a.y", ScalarValue(1, "m"), ["a.x"], formula="x", role="input", given=False)
    book.add("a.z", ScalarValue(1, "m"), ["a.y"], formula="y")
    assert explain(book, "a.x").startswith("a.x = 1 m\n")
    assert "  a.y  1  m  input\n" in explain(book, "a.z")
    assert "no source given: a.x\n" in explain(book, "a.z")
