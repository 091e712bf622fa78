from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.evaluate.bends import Bend
from gaic.report import words
from gaic.report.facts import gather_facts
from gaic.report.rests import HALF, MOST_CHOICES, show_reliances
from gaic.study.rests import Reliance, Rests, Sensitivity
from tests.unit.report.fake_sensitivity import FakeSensitivity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gaic.report.facts import Facts
    from gaic.report.rests import InputTable, Reliances
    from tests.unit.report.fake_ledger import FakeBook


def table(book: FakeBook, facts: Facts, path: str, rows: int = 12) -> InputTable:
    return inputs_of(show_reliances(facts, book.find(path), rows))


def inputs_of(found: Reliances | None) -> InputTable:
    assert found is not None
    assert found.inputs is not None
    return found.inputs


@pytest.fixture
def local(book: FakeBook, facts: Facts) -> InputTable:
    return table(book, facts, "answer.request_duration")


@pytest.fixture
def named(book: FakeBook, facts: Facts) -> InputTable:
    return table(book, facts, "farm.use_footprint")


def test_rows_stand_by_influence_with_their_shares(local: InputTable) -> None:
    assert [(row.pointer.path, row.share, row.change) for row in local.rows] == [
        ("answer.output_token_count", "45.3 %", "+1.00 %"),
        ("assistant.gpu_latency_beta", "35.9 %", "+0.79 %"),
        ("assistant.active_params", "9.4 %", "+0.21 %"),
        ("assistant.gpu_latency_alpha", "9.4 %", "+0.21 %"),
    ]
    assert (local.total, local.hidden, local.still, local.named, local.ranged) == (5, 0, 1, False, False)


def test_results_stand_in_the_unit_of_the_value(named: InputTable, book: FakeBook, facts: Facts) -> None:
    """8 % of the sum is what the carbon intensity of one end makes."""
    footprint = facts.pointers[book.find("farm.use_footprint")]
    whole = float(footprint.shown.exact)
    rows = {row.pointer.path: row for row in named.rows}
    pue = rows["farm.pue"]
    assert (pue.more, pue.ends) == (
        words.write_number(whole * 1.01),
        f"{words.write_number(whole * 0.945)} \N{EN DASH} {words.write_number(whole * 1.055)}",
    )
    assert pue.range == "1.12 \N{EN DASH} 1.25"
    assert not pue.local
    assert rows["std.grid.france.carbon_intensity"].ends == f"{words.write_number(whole * 1.2)} \N{EN DASH} not allowed"
    assert rows["assistant.llm_memory_factor"].ends == "no change"
    assert (rows["staff.starts"].more, rows["staff.starts"].local, rows["staff.starts"].change) == (
        "",
        True,
        "< 0.01 %",
    )


def test_what_bends_on_the_way_is_said_also_of_inputs_that_move_nothing(named: InputTable) -> None:
    assert {row.pointer.path: row.way for row in named.rows if row.way} == {
        "farm.power": "rounding, if",
        "assistant.llm_memory_factor": "max or min",
    }
    assert "night.starts" not in {row.pointer.path for row in named.rows}
    assert named.still == 1


def test_bars_go_to_the_side_of_the_change(named: InputTable) -> None:
    bars = {row.pointer.path: [(b.style, float(b.x), float(b.width)) for b in row.bars] for row in named.rows}
    assert bars["std.grid.france.carbon_intensity"] == [("low", HALF, HALF)]
    assert bars["farm.pue"] == [("low", 43.5, 16.5), ("high", HALF, 16.5)]
    assert bars["farm.power"] == []
    assert bars["staff.starts"] == [("slope", HALF, HALF)]


@pytest.mark.parametrize("rows", [1, 3, 12])
def test_what_is_not_listed_is_counted_with_its_share(book: FakeBook, facts: Facts, rows: int) -> None:
    found = table(book, facts, "answer.request_duration", rows)
    assert len(found.rows) == min(rows, 4)
    assert len(found.rows) + found.hidden + found.still == found.total == 5
    assert found.hidden_share == {1: "54.7 %", 3: "9.4 %", 12: "0.0 %"}[rows]


def test_sources_have_shares_and_choices_have_none(named: InputTable, local: InputTable) -> None:
    assert [(part.name, part.share) for part in local.sources] == [
        ("EcoLogits 0.6", "54.7 %"),
        ("hypothesis", "45.3 %"),
        ("Supplier offer 2026-03", "0.0 %"),
    ]
    assert [part.name for part in named.sources] == [
        "Supplier offer 2026-03",
        "no source given",
        "Ember",
        "EcoLogits 0.6",
    ]
    assert [pointer.path for pointer in named.choices] == ["farm.server_type"]


def test_confidences_add_up_and_hold_the_worst_of_the_ancestors(book: FakeBook, facts: Facts) -> None:
    known = show_reliances(facts, book.find("answer.request_duration"), 12)
    assert known is not None
    found = known.confidences
    assert found is not None
    assert found.text == (
        "0.0 % of this value rests on inputs of high confidence, 54.7 % on inputs of medium confidence, "
        "45.3 % on inputs of low confidence"
    )
    assert (found.segments[0][0], found.segments[0][1].width) == ("high", "0")
    assert sum(float(piece.width) for _, piece in found.segments) == pytest.approx(100.0, abs=0.01)


def test_a_value_that_nothing_moves_has_no_shares(book: FakeBook, facts: Facts) -> None:
    node = book.find("farm.load")
    still = Reliance(0, (book.find("farm.pue"),), 0.0, Bend.ROUNDED)
    choices = tuple(sorted(book.accounts))[: MOST_CHOICES + 2]
    asked = replace(facts, sensitivity=FakeSensitivity({node: Rests((still,), choices, named=False)}))
    found = show_reliances(asked, node, 12)
    assert found is not None
    assert found.confidences is None
    listed = inputs_of(found)
    assert (listed.rows, listed.still, listed.bends) == ((), 0, "rounding")
    assert [pointer.path for pointer in listed.bent] == ["farm.pue"]
    assert (len(listed.choices), listed.hidden_choices) == (MOST_CHOICES, 2)


def test_a_slope_of_thousands_stays_readable(book: FakeBook, facts: Facts) -> None:
    node = book.find("farm.load")
    steep = Reliance(0, (book.find("farm.pue"), book.find("farm.power")), -12345.678, Bend(0))
    asked = replace(facts, sensitivity=FakeSensitivity({node: Rests((steep,), (), named=True)}))
    (row,) = inputs_of(show_reliances(asked, node, 12)).rows
    assert (row.change.replace(words.GROUP_SPACE, " "), row.others) == ("\N{MINUS SIGN}12 345.68 %", 1)


def test_without_an_answer_nothing_is_shown(book: FakeBook, facts: Facts) -> None:
    assert show_reliances(facts, book.find("farm.pue"), 12) is None
    assert show_reliances(gather_facts(book), book.find("farm.use_footprint"), 12) is None
    nothing = replace(facts, sensitivity=FakeSensitivity({book.find("farm.load"): Rests((), (), named=False)}))
    assert show_reliances(nothing, book.find("farm.load"), 12) is None


def test_of_a_model_that_is_too_large_it_is_said(book: FakeBook, facts: Facts, site: Mapping[str, str]) -> None:
    found = show_reliances(facts, book.find("farm.load"), 12)
    assert found is not None
    assert (found.inputs, found.confidences) == (None, None)
    section = site["objects/farm.html"].partition('id="load"')[2].partition("<section")[0]
    assert "Not measured: the model is too large for it." in section


def test_the_page_has_table_and_card(site: Mapping[str, str]) -> None:
    text = site["objects/farm.html"]
    section = text[text.index('id="use_footprint"') : text.index('id="instances_manufacturing_footprint"')]
    assert "largest change first" in section
    assert "all inputs 100 %" in section
    assert '<p class="aside">rounding, if on the way</p>' in section
    assert '<rect class="low" x="43.5" width="16.5" y="1" height="10"/>' in section
    assert "of this value rests on inputs" in section
    assert 'Words and truths have no share: <a href="farm.html#server_type">' in section
    assert "1 input moves nothing here" in section
    assert "Local: by the derivative" in site["objects/answer.html"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["genai_job", "support_assistant"])
class TestWorkedModels:
    @pytest.fixture
    def facts(self, repository: Path, name: str) -> Facts:
        outcome = compile_model(repository / "models" / f"{name}.gai")
        assert outcome.ledger is not None
        return gather_facts(outcome.ledger, Sensitivity(outcome.ledger))

    def test_inputs_are_the_given_numbers_below_and_confidence_is_their_worst(self, facts: Facts) -> None:
        """What the study takes for an input and the pages for a given number is the same."""
        assert facts.sensitivity is not None
        for node, edges in facts.edges.items():
            rests = facts.sensitivity.rests_on(node) if edges else None
            if rests is None:
                continue
            given = {n for n in facts.book.ancestors(node) if facts.pointers[n].original}
            assert {n for each in rests.inputs for n in each.nodes} == given
            if given and not facts.pointers[node].original:
                ratings = [words.rate_own(facts.pointers[n].account) for n in given]
                assert facts.pointers[node].confidence == min(ratings, key=words.CONFIDENCES.index)

    def test_shares_add_up_to_one(self, facts: Facts) -> None:
        for node in facts.edges:
            found = show_reliances(facts, node, 10_000)
            if found is None or found.confidences is None:
                continue
            assert sum(float(piece.width) for _, piece in found.confidences.segments) == pytest.approx(100.0, abs=0.02)
            shares = [row.share for row in inputs_of(found).rows]
            assert sum(float(re.sub(r"< 0\.1 %|0\.0 %", "0", share).removesuffix(" %")) for share in shares) == (
                pytest.approx(100.0, abs=0.1 * len(shares))
            )
