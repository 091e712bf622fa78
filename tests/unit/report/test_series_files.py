from __future__ import annotations

import csv
import io

import pytest

from gaic.report import addresses
from gaic.report.facts import gather_facts
from gaic.report.series_files import choose_files, quote_cell, write_days, write_files, write_hours
from tests.unit.report.fake_ledger import NOWHERE, FakeBook


def make_book(numbers: list[float], nature: str, unit: str = "kg", *, local: bool = False) -> FakeBook:
    book = FakeBook()
    book.add_series("a.b", numbers, unit, nature, local=local)
    book.shelve("a", "thing", "Thing", NOWHERE)
    return book


def test_days_with_their_hours_by_hand() -> None:
    # 23:00 of 31 December, then 1 January, then two hours
    facts = gather_facts(make_book([5.0, *[0.1] * 23, 1.0, -2.0, 1e-7], "amount"))
    assert write_days(facts, facts.pointers[0].account) == (
        "day (UTC),hours,sum (kg),lowest hour (kg),highest hour (kg)\n"
        "2024-12-31,1,5,5,5\n"
        "2025-01-01,24,3.3,0.1,1\n"
        "2025-01-02,2,-1.9999999,-2,1e-07\n"
    )


def test_days_of_a_level_have_means() -> None:
    facts = gather_facts(make_book([5.0, 1.0, 3.0], "level", ""))
    assert write_days(facts, facts.pointers[0].account) == (
        "day (UTC),hours,mean,lowest hour,highest hour\n2024-12-31,1,5,5,5\n2025-01-01,2,2,1,3\n"
    )


def test_hours_are_moments_with_values() -> None:
    facts = gather_facts(make_book([1 / 3, -0.0, 2e15], "amount"))
    assert write_hours(facts, facts.pointers[0].account) == (
        "hour (UTC),value (kg)\n2024-12-31T23:00Z,0.333333333333\n2025-01-01T00:00Z,0\n2025-01-01T01:00Z,2e+15\n"
    )


@pytest.mark.parametrize("unit", ['=cmd|"/c calc"!A1', "a,b\n=1+1", '"', "@x", "-1", "kg\u202ex\x07"])
def test_hostile_units_stay_in_their_cells_and_are_no_formula(unit: str) -> None:
    facts = gather_facts(make_book([1.0, 2.0], "amount", unit))
    for text in (write_days(facts, facts.pointers[0].account), write_hours(facts, facts.pointers[0].account)):
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert all(cell[0].isalpha() for cell in header)
        assert header[-1].replace("\ufffd", "") == f"{header[-1].partition(' (')[0]} ({unit})".replace(
            "\u202e", ""
        ).replace("\x07", "")
        assert {len(row) for row in rows} == {len(header)}
        assert not {"\u202e", "\x07"} & set(text)


def test_cells_are_quoted_where_they_must_be() -> None:
    assert [quote_cell(text) for text in ("plain", "a,b", 'a"b', "a\nb")] == ["plain", '"a,b"', '"a""b"', '"a\nb"']


def test_tables_are_there_for_what_has_a_section() -> None:
    book = make_book([1.0, 2.0], "amount")
    for member in range(10):
        book.add_series(f"a.table[m{member}]", [1.0, 2.0], "kg", "amount", formula="x", substituted="x")
    book.shelves.clear()
    book.shelve("a", "thing", "Thing", NOWHERE)
    facts = choose_files(gather_facts(book), hours=True)
    wanted = ["b", *(f"table.m{member}" for member in range(8))]
    addresses_ = [f"data/{sort}/a/{name}.csv" for name in wanted for sort in ("days", "hours")]
    page = " ".join(f'href="../{address}"' for address in addresses_)
    assert [name for name, _ in write_files(facts, range(11), page)] == addresses_
    assert [name for name, _ in write_files(facts, range(11), f'"../{addresses_[2]}"')] == addresses_[2:3]


@pytest.mark.parametrize(
    ("object_", "attribute", "member", "address"),
    [
        ("answer", "load", None, "answer/load.csv"),
        ("answer", "load", "staff", "answer/load.staff.csv"),
        ("ask.steps[1]", "load", "ask.steps[2]", "ask.steps-1/load.ask.steps-2.csv"),
        ("con", "aux", None, "con--"),
        ("Answer", "load", None, "answer--"),
        ("series.npz", "load", None, "series.npz/load.csv"),
    ],
)
def test_addresses_of_tables(object_: str, attribute: str, member: str | None, address: str) -> None:
    found = addresses.days_of(object_, attribute, member)
    assert found.startswith(f"data/days/{address}")
    assert found.endswith(".csv")
    assert addresses.hours_of(object_, attribute, member) == found.replace("days", "hours", 1)


def test_different_values_have_different_tables() -> None:
    values = [
        ("a", "b", None),
        ("a", "b", "c"),
        ("a", "b", "C"),
        ("a", "B", None),
        ("a", "b", "c#2"),
        ("a", "b", "c, d"),
        ("A", "b", None),
    ]
    found = [addresses.days_of(*value).casefold() for value in values]
    assert len(set(found)) == len(values)
