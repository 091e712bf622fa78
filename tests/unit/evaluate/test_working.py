"""Workings: what a formula was with the numbers of one hour, and what the values decided."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
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
)
from tests.programs import write_program
from tests.unit.evaluate.recompute import NoNumber, recompute

if TYPE_CHECKING:
    from gaic.evaluate.ledger import Ledger
    from gaic.evaluate.working import Term, Working

WORLD = """
kind part {
  input power : Power = 0 W
  input load  : level Power
  input sort  : big | small = small
}
kind whole {
  ref parts : [part]
  ref chief : part?
  ref p0    : part
  input early : level Power
  input late  : level Power
  input later : level Power
  input none  : level Power = nothing
  input share : Ratio = 50 %
  input limit : Power = 2 kW
  input spare : Power?
  input tasks : amount Request
  input week  : weekly level Ratio

  calc product   : Power        = limit * share - 3 * 100 W
  calc both      : level Power  = early + late
  calc spread    : level Power  = (early + limit) * share + late
  calc behind    : level Power  = (early + limit) + later
  calc used      : amount Energy = integrate(late) * 2
  calc drawn     : level Power  = max(early, late, none)
  calc steps     : level Power  = ceil(late, 1 kW) - floor(late, 1 kW)
  calc per_task  : level Power  = late / (share + 1)
  calc under_way : level Request = in_parallel(tasks, 90 min)
  calc doubled   : level Request = 2 * in_parallel(tasks, 90 min)
  calc delayed   : level Request = held(tasks, 1 h) + in_parallel(tasks * 2, limit / (1 kW) * 1 h)
  calc all_tasks : Request      = total(tasks) / share
  calc sum_parts : level Power  = sum(p.load for p in parts)
  calc weighed   : Power        = sum(p.weight * p.power for p in parts)
  calc largest   : Power        = max(p.power for p in parts)
  calc smallest  : level Power  = min(p.load for p in parts)
  calc none_big  : Power        = min(p.power for p in parts where p.sort == big) ?? limit
  calc chosen    : Power        = if limit > 3 kW then 1 W else if given(spare) then spare else limit
  calc preferred : Power        = spare ?? limit
  calc capped    : Power        = min(limit, share * 1 kW)
  calc has_big   : Ratio        = if any(p.sort == big for p in parts) and share < 1 then 1 else 0
  calc led       : Ratio        = if given(chief) and count(p for p in parts) >= 2 then 1 else 0
  calc many      : Ratio        = if count(p for p in parts) >= 2 and p0.sort != big then 1 else 0
  calc fits      : bool         = limit > 3 kW
  calc empty     : level Power  = none * 2
  input usual_week : weekly level Ratio = weekly(share)
  input other_week : weekly level Ratio = week
}
part a { power = 100 W; load = hourly([1, 2], start = 2026-01-05T10:00Z) * 1 W }
part b { power = 300 W; load = hourly([4, 1], start = 2026-01-05T10:00Z) * 1 W }
part d { power = 200 W; load = hourly([2, 9], start = 2026-01-05T10:00Z) * 1 W }
part e { power =  50 W; load = hourly([3, 3], start = 2026-01-05T10:00Z) * 1 W }
whole w {
  parts = [2 * a, b, d, e]
  p0    = a
  early = hourly([5, 1], start = 2026-01-05T10:00Z) * 1 kW
  late  = hourly([2, 2500, 7], start = 2026-01-05T11:00Z) * 1 W
  later = hourly([70], start = 2026-01-05T13:00Z) * 1 kW
  tasks = hourly([10, 0, 20, 5], start = 2026-01-05T10:00Z)
  week  = weekly([WEEK])
}
"""
HOURS = ", ".join("9" if hour == 30 else "1" for hour in range(168))
START = 491002  # 2026-01-05 10:00 UTC, in hours since 1970


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    folder = tmp_path_factory.mktemp("world")
    outcome = compile_model(write_program(folder, WORLD.replace("WEEK", HOURS)))
    assert outcome.ledger is not None, outcome.diagnostics
    return outcome.ledger


def work(ledger: Ledger, name: str) -> Working:
    node = ledger.find(f"w.{name}")
    assert node is not None
    working = ledger.working(node)
    assert working is not None
    return working


def watts(value: float) -> Figure:
    return Figure(value, "W")


SCALARS: dict[str, Term] = {
    "product": Combined(
        "-",
        Combined("*", Figure(2, "kW"), Figure(50, "%")),
        Combined("*", Figure(3, ""), Figure(100, "W")),
    ),
    "all_tasks": Combined("/", Called("total", (Named("tasks", -1),), Figure(35, "req")), Figure(50, "%")),
    "largest": Gathered("max", (watts(100), watts(300), watts(200)), 1),
    "fits": Combined(">", Figure(2, "kW"), Figure(3, "kW")),
}


def unnumbered(term: Term) -> Term:
    """The same term with every node -1."""
    match term:
        case Named(text, _):
            return Named(text, -1)
        case Combined(operator, left, right):
            return Combined(operator, unnumbered(left), unnumbered(right))
        case Called(function, arguments, value):
            return Called(function, tuple(map(unnumbered, arguments)), value)
        case _:
            return term


@pytest.mark.parametrize("name", SCALARS)
def test_names_become_numbers_in_their_own_units(ledger: Ledger, name: str) -> None:
    working = work(ledger, name)
    assert unnumbered(working.numbers) == SCALARS[name]
    assert working.hour is None


HOURLY: dict[str, tuple[int, Term, Figure]] = {
    # early: 5 kW, 1 kW; late: 2 W, 2500 W, 7 W one hour later
    "both": (0, Combined("+", watts(5000), watts(0)), watts(5000)),
    # a number beside a series holds in the hours of the series: nothing is left of `early + limit` at 12:00
    "spread": (
        0,
        Combined("+", Combined("*", Combined("+", watts(5000), Figure(2, "kW")), Figure(50, "%")), watts(0)),
        watts(3500),
    ),
    "used": (2, Combined("*", Combined("*", watts(2500), Figure(1, "h")), Figure(2, "")), Figure(5, "kWh")),
    "drawn": (0, Called("max", (watts(5000), watts(0), Phrase("nothing"))), watts(5000)),
    "per_task": (2, Combined("/", watts(2500), Combined("+", Figure(50, "%"), Figure(1, ""))), watts(5000 / 3)),
    # half of those that began at 10:00, of 11:00 and 12:00
    "under_way": (2, Called("in_parallel", (Named("tasks", -1), Figure(90, "min"))), Figure(20, "req")),
    "doubled": (
        2,
        Combined("*", Figure(2, ""), Called("in_parallel", (Named("tasks", -1), Figure(90, "min")), Figure(20, "req"))),
        Figure(40, "req"),
    ),
    "sum_parts": (1, Gathered("sum", (watts(2), watts(1), watts(9)), 1, watts(3)), watts(15)),
    "smallest": (0, Gathered("min", (watts(1), watts(4), watts(2)), 1), watts(1)),
    "delayed": (
        2,
        Combined(
            "+",
            Called("held", (Named("tasks", -1), Figure(1, "h")), Figure(20, "req")),
            Called(
                "in_parallel",
                (
                    Combined("*", Named("tasks", -1), Figure(2, "")),
                    Combined("*", Combined("/", Figure(2, "kW"), Figure(1, "kW")), Figure(1, "h")),
                ),
                Figure(40, "req"),
            ),
        ),
        Figure(60, "req"),
    ),
    # at 13:00 the sum of the brackets has no value, so that the number in it adds nothing
    "behind": (3, Combined("+", watts(0), watts(70_000)), watts(70_000)),
}


@pytest.mark.parametrize("name", HOURLY)
def test_a_series_is_that_of_its_highest_hour(ledger: Ledger, name: str) -> None:
    hour, numbers, result = HOURLY[name]
    working = work(ledger, name)
    assert working.hour is not None
    assert (working.hour.number - START, working.hour.clock) == (hour, "UTC")
    assert unnumbered(working.numbers) == numbers
    assert isinstance(working.result, Figure)
    assert working.result.unit == result.unit
    assert math.isclose(working.result.value, result.value, rel_tol=1e-12)


def test_an_hour_says_its_clock_and_whether_others_are_alike(ledger: Ledger) -> None:
    assert work(ledger, "smallest").hour == Hour(START, "UTC", alike=True)
    assert work(ledger, "both").hour == Hour(START, "UTC", alike=False)
    assert work(ledger, "other_week").hour == Hour(96 + 30, "week", alike=False)
    assert work(ledger, "other_week").numbers == Figure(9, "")
    assert work(ledger, "usual_week").numbers == Figure(50, "%")
    assert work(ledger, "empty").hour is None
    assert work(ledger, "empty").result == Phrase("nothing")


DECISIONS = {
    "chosen": (
        Branch("limit > 3 kW", Combined("<=", Figure(2, "kW"), Figure(3, "kW")), holds=False, taken=""),
        Branch("given(spare)", Stated("spare", "is not set"), holds=False, taken="limit"),
    ),
    "preferred": (Preference("spare", "is not set", "limit", used=True),),
    "none_big": (Preference("min(p.power for p in parts where p.sort == big)", "has no members", "limit", used=True),),
    "largest": (Extreme("max", "b", watts(300), 4),),
    "smallest": (Extreme("min", "a", watts(1), 4),),
    "drawn": (Extreme("max", "early", watts(5000), 2),),
    "capped": (Extreme("min", "share * 1 kW", Figure(0.5, "kW"), 2),),
    "has_big": (
        Branch(
            "any(p.sort == big for p in parts) and share < 1", Phrase("true of 0 of 4 members"), holds=False, taken="0"
        ),
    ),
    "led": (
        Branch("given(chief) and count(p for p in parts) >= 2", Stated("chief", "is not set"), holds=False, taken="0"),
    ),
    "many": (
        Branch(
            "count(p for p in parts) >= 2 and p0.sort != big",
            Combined("and", Combined(">=", Figure(4, ""), Figure(2, "")), Stated("p0.sort", "is small")),
            holds=True,
            taken="1",
        ),
    ),
    "product": (),
}


@pytest.mark.parametrize("name", DECISIONS)
def test_what_values_decided_is_told_with_their_numbers(ledger: Ledger, name: str) -> None:
    assert work(ledger, name).decisions == DECISIONS[name]


def test_names_are_found_where_they_end_also_in_branches_not_taken(ledger: Ledger) -> None:
    working = work(ledger, "chosen")
    text = working.written.span.file.text
    for place, nodes in working.meanings.items():
        (node,) = nodes
        assert text[:place].endswith(ledger.account(node).attribute)
    assert sorted(ledger.account(nodes[0]).attribute for nodes in working.meanings.values()) == [
        "limit",
        "limit",
        "spare",
        "spare",
    ]
    members = work(ledger, "sum_parts").meanings
    assert sorted(map(len, members.values())) == [3]


def test_what_is_given_has_no_working(ledger: Ledger) -> None:
    for name in ("share", "spare"):
        node = ledger.find(f"w.{name}")
        assert node is not None
        assert ledger.working(node) is None


def test_working_records_nothing(ledger: Ledger) -> None:
    before = len(ledger.run.store.edges)
    for name in (*HOURLY, *SCALARS, *DECISIONS):
        work(ledger, name)
    assert len(ledger.run.store.edges) == before


# ---------------------------------------------------------------- real models


@cache
def evaluate_model(name: str) -> Ledger:
    outcome = compile_model(Path(__file__).parents[3] / "models" / f"{name}.gai")
    assert outcome.ledger is not None
    return outcome.ledger


@pytest.mark.parametrize("model", ["genai_job", "support_assistant", "web_shop", "edge_fleet"])
def test_every_calculated_value_can_be_worked_out_again(model: str) -> None:
    """The numbers shown come to the result at full precision, wherever no function of other hours is all there is."""
    ledger = evaluate_model(model)
    system = ledger.program.system
    done: Counter[bool] = Counter()
    for object_ in ledger.objects():
        for node in object_.nodes:
            working = ledger.working(node)
            assert (working is None) == (ledger.account(node).formula is None)
            if working is None:
                continue
            try:
                numbers = recompute(working.numbers, lambda unit: system.unit(unit).factor)
            except NoNumber:
                done[False] += 1
                continue
            result = recompute(working.result, lambda unit: system.unit(unit).factor)
            assert math.isclose(numbers, result, rel_tol=1e-9, abs_tol=1e-15), ledger.account(node).path
            done[True] += 1
    assert done[True] > 4 * done[False]
