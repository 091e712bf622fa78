from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import gaic
from gaic.evaluate.account import CheckPart, HourlyValue, ScalarValue
from gaic.report.printed import PrintedBook, spell_units
from gaic.units.system import UnitSystemBuilder

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.units.system import UnitSystem

MODEL = """
kind oven {
  input each : Carbon = 3 kgCO2e within 0 kgCO2e .. 5 kgCO2e
  input mix  : CarbonIntensity = 20 gCO2e/kWh
  input lit  : amount Energy
  calc twice : Carbon = each + each
  calc burnt : amount Carbon = lit * mix
  assert small: each < 9 kgCO2e else error "too much"
}
oven one { lit = hourly([1, 2], start = 2026-01-01T00:00Z) * 1 kWh }
"""


@pytest.fixture
def book(tmp_path: Path) -> PrintedBook:
    path = tmp_path / "oven.gai"
    path.write_text(MODEL, encoding="utf-8")
    ledger = gaic.evaluate_model(path).ledger
    return PrintedBook(ledger, spell_units(ledger.program.system))


def invented() -> UnitSystem:
    builder = UnitSystemBuilder()
    for name in ("Mass", "Xy", "Zu_ff", "Coin"):
        builder.add_dimension(name)
    builder.add_unit(["gram", "g"], "Mass", ["k"], None)
    builder.add_unit(["gXy"], "Xy", ["k"], None)
    builder.add_unit(["gZuff"], "Zu_ff", [], None)
    builder.add_unit(["Coin"], "Coin", ["k"], None)
    return builder.finish()[0]


def test_a_unit_in_front_of_what_it_measures_stands_alone() -> None:
    assert spell_units(invented()) == {"gXy": "g Xy", "kgXy": "kg Xy", "gZuff": "g Zu ff"}


def test_numbers_of_pages_have_printed_units(book: PrintedBook) -> None:
    accounts = {a.path: a for o in book.objects() for a in map(book.account, o.nodes)}
    each, burnt = accounts["one.each"].value, accounts["one.burnt"].value
    assert isinstance(each, ScalarValue)
    assert isinstance(burnt, HourlyValue)
    assert (each.unit, burnt.unit) == ("kg CO2e", "kg CO2e")
    assert accounts["one.each"].limits == "allowed 0 to 5 kg CO2e"
    assert accounts["one.twice"].substituted == "3 kg CO2e + 3 kg CO2e"
    assert accounts["one.burnt"].substituted == "[1 2] kWh * 20 g CO2e/kWh"


def test_series_by_the_calendar_have_printed_units_too(book: PrintedBook) -> None:
    nodes = {book.account(n).path: n for o in book.objects() for n in o.nodes}
    calendar, days = book.calendar(nodes["one.burnt"], 360, 36), book.days(nodes["one.burnt"])
    assert calendar is not None
    assert days is not None
    assert (calendar.band.unit, days.unit) == ("kg CO2e", "kg CO2e")
    assert days.sums == pytest.approx((0.06,))
    assert book.hours(nodes["one.burnt"]).tolist() == pytest.approx([0.02, 0.04])
    assert book.calendar(nodes["one.each"], 360, 36) is None
    assert book.days(nodes["one.each"]) is None
    assert book.hours(nodes["one.each"]).tolist() == []


def test_courses_and_checks_too(book: PrintedBook) -> None:
    burnt = next(n for o in book.objects() for n in o.nodes if book.account(n).path == "one.burnt")
    course = book.course(burnt, 2)
    assert course is not None
    assert course.unit == "kg CO2e"
    assert book.checks()[0].parts[1:] == (CheckPart(1, "each", "3 kg CO2e"),)
    assert book.depends_on(burnt)
    assert book.ancestors(burnt)
    assert book.used_by(burnt) == ()
    assert book.totals() == ()
