"""Series as pages show them, with the models of the repository where numbers matter."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.evaluate.account import HourlyValue
from gaic.report import charts
from gaic.report.facts import gather_facts
from gaic.report.over_time import describe_ends, name_days, show_series
from gaic.report.printed import PrintedBook, spell_units
from gaic.report.series_files import choose_files, write_days, write_files
from gaic.report.site import render_site
from tests.unit.report.fake_ledger import NOWHERE, START, FakeBook, make_series
from tests.unit.report.markup import follow_path, read_page
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gaic.evaluate.account import Account
    from gaic.report.facts import Facts
    from gaic.report.over_time import OverTime


def show(numbers: list[float], nature: str = "amount") -> OverTime:
    book = FakeBook()
    node = book.add_series("a.b", numbers, "kg", nature)
    book.shelve("a", "thing", "Thing", NOWHERE)
    found = show_series(gather_facts(book), book.accounts[node], 360)
    assert found is not None
    return found


def test_the_first_hours_of_both_extremes_are_named() -> None:
    found = show([2.0, 5.0, 1.0, 5.0, 1.0])
    assert (found.lowest.number, found.lowest.moment) == ("1", "2025-01-01 01:00")
    assert (found.highest.number, found.highest.moment) == ("5", "2025-01-01 00:00")
    assert (found.begin, found.end, found.count) == ("2024-12-31 23:00", "2025-01-01 03:00", "5")
    assert (found.parts, found.cut, found.last) == ("hour", "", ())
    assert found.hours is None
    assert found.months is not None


@pytest.mark.parametrize("value", [0.0, 7.5, -1e-12])
def test_a_series_that_stays_the_same_is_not_drawn(value: float) -> None:
    found = show([value] * 2000)
    assert found.is_constant
    assert (found.chart, found.hours) == (None, None)
    page = dict(render_site(_make_book([value] * 2000), make_head()))["objects/a.html"]
    assert "The same in every hour" in page
    assert '<svg class="chart' not in page
    assert "Totals per month" in page


def test_a_rounding_is_no_course() -> None:
    assert show([0.1 + 0.2, 0.3] * 100).is_constant
    assert not show([0.3, 0.3001] * 100).is_constant


def test_a_series_without_hours_says_so() -> None:
    book = FakeBook()
    book.add("a.b", HourlyValue("amount", "kg", 0, 0, (), (), 0.0, 0.0, 0.0, 0.0, local=False), formula="nothing")
    book.shelve("a", "thing", "Thing", NOWHERE)
    site = dict(render_site(book, make_head(), hours=True))
    assert "This series has no hours." in site["objects/a.html"]
    assert not any(name.startswith("data/") for name in site)


def test_a_part_is_named_and_so_is_what_is_cut() -> None:
    assert [name_days(days) for days in (0, 1, 7, 21)] == ["hour", "day", "week", "3 weeks"]
    assert describe_ends(START, 26299, 1) == "the first day has 1 hour, the last day has 18 hours"
    assert describe_ends(0, 365 * 24, 1) == ""
    assert describe_ends(0, 365 * 24, 7) == "the last part has 1 day"
    assert describe_ends(5, 19 + 13 * 24, 7) == "the first day has 19 hours"


def test_a_page_links_its_tables_and_says_which_clock_counts() -> None:
    site = dict(render_site(_make_book(make_series(3, 1.0, 3000)), make_head(), hours=True))
    page = read_page(site["objects/a.html"])
    assert {"../data/days/a/b.csv", "../data/hours/a/b.csv"} <= set(page.links)
    assert {"data/days/a/b.csv", "data/hours/a/b.csv"} <= set(site)
    assert "shaded from its lowest to its highest; the first day has 1 hour" in site["objects/a.html"]
    assert "data/days/a/b.csv" in dict(render_site(_make_book([1.0, 2.0]), make_head()))


def test_a_local_series_is_on_its_own_clock() -> None:
    book = FakeBook()
    book.add_series("a.b", make_series(3, 1.0, 3000), "kg", "level", local=True)
    book.shelve("a", "thing", "Thing", NOWHERE)
    site = dict(render_site(book, make_head(), hours=True))
    assert "<dt>Hours (local time)</dt>" in site["objects/a.html"]
    assert site["data/days/a/b.csv"].startswith("day (local time),hours,mean (kg),lowest hour (kg),highest hour (kg)\n")
    assert site["data/hours/a/b.csv"].startswith("hour (local time),value (kg)\n2024-12-31T23:00,")


@pytest.mark.parametrize(
    "numbers",
    [
        make_series(1, 1.0, 365 * 24),
        make_series(1, -1e300, 5000),
        make_series(1, 1e-300, 5000),
        [(-1.0) ** hour * hour for hour in range(40_000)],
        [float(hour % 2) for hour in range(100)],
    ],
)
def test_charts_stay_in_their_frame_and_short(numbers: list[float]) -> None:
    found = show(numbers, "level")
    assert found.chart is not None
    points = [*follow_path(found.chart.line), *follow_path(found.chart.band)]
    assert all(charts.LEFT <= x <= charts.WIDTH - charts.RIGHT for x, _ in points)
    assert all(charts.TOP - 0.5 <= y <= charts.HEIGHT - charts.BOTTOM + 0.5 for _, y in points)
    assert len(found.chart.line) + len(found.chart.band) < 4500


def _make_book(numbers: list[float]) -> FakeBook:
    book = FakeBook()
    book.add_series("a.b", numbers, "kg", "amount")
    book.shelve("a", "thing", "Thing", NOWHERE)
    return book


@pytest.fixture(scope="module", params=["genai_job", "web_shop"])
def model_facts(request: pytest.FixtureRequest, repository: Path) -> Facts:
    ledger = compile_model(repository / "models" / f"{request.param}.gai").ledger
    assert ledger is not None
    return choose_files(gather_facts(PrintedBook(ledger, spell_units(ledger.program.system))), hours=False)


def _list_series(facts: Facts) -> Iterator[tuple[Account, HourlyValue]]:
    for pointer in facts.pointers.values():
        value = pointer.account.value
        if isinstance(value, HourlyValue) and value.n:
            yield pointer.account, value


def test_months_and_days_add_up_to_the_printed_sum(model_facts: Facts) -> None:
    amounts = 0
    for account, value in _list_series(model_facts):
        found, days = model_facts.book.calendar(account.node, 360, 36), model_facts.book.days(account.node)
        assert found is not None
        assert days is not None
        assert sum(found.months.hours) == sum(days.hours) == value.n
        expected = value.mean * value.n if value.sum is None else value.sum
        assert math.fsum(found.months.sums) == pytest.approx(expected, rel=1e-12, abs=0)
        assert math.fsum(days.sums) == pytest.approx(expected, rel=1e-12, abs=0)
        assert (min(days.low), max(days.high)) == pytest.approx((value.min, value.max), rel=1e-12, abs=0)
        shown = show_series(model_facts, account, 360)
        if value.sum is not None and shown is not None and shown.months is not None:
            amounts += 1
            assert shown.months.whole == model_facts.pointers[account.node].shown.number
    assert amounts > 20


def test_tables_of_models_are_small_and_hold_what_is_printed(model_facts: Facts) -> None:
    page = "".join(f'"/{address}"' for files in model_facts.files.values() for _, address in files)
    texts = dict(write_files(model_facts, model_facts.pointers, page))
    assert len(texts) == len({name.casefold() for name in texts}) > 20
    for account, value in _list_series(model_facts):
        for _, address in model_facts.files.get(account.node, ()):
            header, *rows = csv.reader(io.StringIO(texts[address], newline=""))
            assert len(texts[address]) < 100_000
            assert header[0] == f"day ({'local time' if value.local else 'UTC'})"
            middle = "sum" if value.sum is not None else "mean"
            assert header[2] == (f"{middle} ({value.unit})" if value.unit else middle)
            factors = [1] * len(rows) if value.sum is not None else [int(row[1]) for row in rows]
            whole = math.fsum(float(row[2]) * factor for row, factor in zip(rows, factors, strict=True))
            assert whole == pytest.approx(value.mean * value.n if value.sum is None else value.sum, rel=1e-9, abs=0)
            digits = [re.sub(r"e.*|[-.]", "", cell).strip("0") for row in rows for cell in row[2:]]
            assert max(map(len, digits)) <= 12


def test_what_counts_comes_first_and_no_more_than_fits(model_facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = [node for row in model_facts.book.totals() for node in row.nodes]
    account = model_facts.pointers[counted[0]].account
    lines = write_days(model_facts, account).count("\n")
    monkeypatch.setattr("gaic.report.series_files.MOST_DAYS", lines + 3)
    assert list(choose_files(replace(model_facts, files={}), hours=False).files) == counted[:1]
