from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gaic.evaluate.account import AbsentValue, ScalarValue, TruthValue, Uncertainty, WordValue
from gaic.report import words
from gaic.units.numbers import format_short
from tests.unit.report.fake_ledger import START, summarize

if TYPE_CHECKING:
    from gaic.evaluate.account import Value
    from tests.unit.report.fake_ledger import FakeBook

SPACE = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "text", "exact", "nature"),
    [
        (ScalarValue(28.1546, "s"), "28.15 s", "28.1546", "scalar"),
        (ScalarValue(1234567.0, ""), f"1{SPACE}234{SPACE}567", "1234567", "scalar"),
        (ScalarValue(8.02e-13, "s"), "8.02 × 10⁻¹³ s", "8.02e-13", "scalar"),
        (WordValue("choice", "on_premise"), "on_premise", "on_premise", "choice"),
        (TruthValue(value=True), "true", "true", "truth"),
        (TruthValue(value=False), "false", "false", "truth"),
        (AbsentValue(), "not set", "not set", "absent"),
        (summarize([1.0, 2.0], "req", "amount"), "sum 3 req", "3", "amount"),
        (summarize([1.0, 2.0], "req", "level"), "mean 1.5 req", "1.5", "level"),
    ],
)
def test_values_in_words(value: Value, text: str, exact: str, nature: str) -> None:
    shown = words.show_value(value)
    assert (shown.whole, shown.exact, words.name_nature(value)) == (text, exact, nature)


def test_a_terminal_shows_plain_digits() -> None:
    assert words.show_value(ScalarValue(12345.6, "s"), format_short).text == "12346 s"


@pytest.mark.parametrize(
    ("meaning", "shown"), [("p5-p95", "5th to 95th percentile"), ("bounds", "lowest to highest"), ("other", "other")]
)
def test_ranges_say_what_they_mean(meaning: str, shown: str) -> None:
    assert words.show_range(Uncertainty(1.0, 2.5, meaning), "s") == ("1 – 2.5 s", shown)  # noqa: RUF001 - the dash


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (0.0975, "0.0975"),
        (-2.5, "-2.5"),
        (1.00025, "1.00025"),
        (250000.0, "250\u202f000"),
        (-6e9, "-6 \u00d7 10⁹"),
        (1.25e7, "1.25 \u00d7 10⁷"),
        (5e-7, "5 \u00d7 10⁻⁷"),
        (1e300, "1 \u00d7 10³⁰⁰"),
    ],
)
def test_limits_have_the_digits_that_they_need(number: float, text: str) -> None:
    assert words.write_limit(number) == text


def test_hours_count_from_1970() -> None:
    assert words.show_hour(START) == "2024-12-31 23:00"
    assert words.name_clock(summarize([1.0], "", "amount", local=True)) == "local time"


def test_characters_that_act_unseen_become_visible() -> None:
    assert words.make_visible("a\u202eb\x1b[31m\x00\u200b") == "a�b�[31m��"
    assert words.make_visible("tab\tand\nline, ä 中 ½") == "tab\tand\nline, ä 中 ½"


def test_a_hypothesis_counts_as_source_only_with_its_reason(book: FakeBook) -> None:
    account = replace(book.accounts[book.find("farm.power")], source_text="hypothesis", confidence="low")
    assert words.rate_own(account) == "unsourced"
    assert words.rate_own(replace(account, note="typical")) == "low"
    assert words.rate_own(replace(account, note="typical", confidence=None)) == "not stated"


def test_nouns_agree_with_their_number() -> None:
    assert [words.count_words(1, "value"), words.count_words(2, "value"), words.count_words(2, "entry", "entries")] == [
        "1 value",
        "2 values",
        "2 entries",
    ]
