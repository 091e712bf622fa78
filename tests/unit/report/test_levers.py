from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import build_model
from gaic.report.facts import gather_facts
from gaic.report.levers import MOST_LEVERS, find_levers, tell_effect
from gaic.study.influence import Influences

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.report.facts import Facts

Measured = tuple["Facts", Influences]


@pytest.fixture(scope="module", params=["genai_job", "web_shop"])
def model(request: pytest.FixtureRequest, repository: Path) -> tuple[str, Facts, Influences]:
    outcome = build_model(repository / "models" / f"{request.param}.gai")
    assert outcome.ledger is not None
    assert outcome.influences is not None
    return request.param, gather_facts(outcome.ledger), outcome.influences


FIRST = {
    "genai_job": [
        ("farm.gpus", "4 gpu", "19.8 %", "100.0", "total 6.6 % larger", "not stated", "the project"),
        ("farm.pue", "1.2", "17.9 %", "90.6", "total 6.0 % larger", "not stated", "the project"),
        ("farm.carbon_intensity", "400 gCO2e/kWh", "17.9 %", "90.6", "total 6.0 % larger", "not stated", "the project"),
    ],
    "web_shop": [
        ("evenings", "a series of hours", "17.2 %", "100.0", "total 10.0 % larger", "high", "the project"),
        ("customers_germany.starts", "21_000 visit", "9.1 %", "53.3", "total 5.2 % larger", "high", "the project"),
        ("customers_france.starts", "38_000 visit", "8.0 %", "46.7", "total 4.5 % larger", "high", "the project"),
    ],
}
REST = {"genai_job": (19, "3.2 %"), "web_shop": (43, "22.5 %")}


def test_the_strongest_levers_of_a_model(model: tuple[str, Facts, Influences]) -> None:
    name, facts, influences = model
    table = find_levers(facts, influences, "gwp")
    assert table.refusal == ""
    assert len(table.levers) == MOST_LEVERS
    assert (table.others, table.rest) == REST[name]
    assert [
        (lever.uses[0].path, lever.value, lever.share, lever.width, lever.effect, lever.confidence, lever.set_by)
        for lever in table.levers[:3]
    ] == FIRST[name]


def test_shares_of_all_levers_add_up(model: tuple[str, Facts, Influences]) -> None:
    table = find_levers(model[1], model[2], "gwp")
    shares = [float(lever.share.removesuffix(" %")) for lever in table.levers]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) + float(table.rest.removesuffix(" %")) == pytest.approx(100, abs=0.5)


def test_a_lever_names_the_inputs_that_it_sets_and_its_source(model: tuple[str, Facts, Influences]) -> None:
    name, facts, influences = model
    table = find_levers(facts, influences, "gwp")
    for lever in table.levers:
        assert len(lever.uses) + lever.more >= 1
        assert all(use.role != "calculated" for use in lever.uses)
    source = table.levers[0].source
    assert (
        source
        == {
            "genai_job": ("GenAIJob reference page, as conformance case v13", "sources.html#reference_case"),
            "web_shop": ("Statistics of the shop, 2025 (invented)", "sources.html#statistics"),
        }[name]
    )


def test_what_was_not_measured_is_said(model: tuple[str, Facts, Influences]) -> None:
    _, facts, influences = model
    assert find_levers(facts, None, "gwp").refusal == "What moves this total was not measured for this page."
    large = Influences(influences.criteria, (), influences.limit + 1, influences.limit)
    assert "the model is too large" in find_levers(facts, large, "gwp").refusal
    assert find_levers(facts, influences, "beauty").refusal == "No input moves this total."
    still = replace(influences, rows=())
    assert find_levers(facts, still, "gwp").refusal == "No input moves this total."


@pytest.mark.parametrize(
    ("elasticity", "words"),
    [
        (1.0, "total 10.0 % larger"),
        (-1.0, "total 9.1 % smaller"),
        (0.5, "total 4.9 % larger"),
        (0.001, "total less than 0.1 % larger"),
        (-0.001, "total less than 0.1 % smaller"),
        (21.0, "total changes several times over"),
    ],
)
def test_what_a_tenth_more_does(elasticity: float, words: str) -> None:
    assert tell_effect(elasticity) == words
