from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.lower.names import name_node
from gaic.study.named import find_named
from gaic.study.reach import WORK
from gaic.study.rests import Sensitivity
from gaic.study.retrial import Result
from tests.unit.study.worlds import PRICED, evaluate

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.evaluate.ledger import Ledger

CLOSE = 1e-6

RANGED = PRICED.replace("{", "{{").replace("}", "}}") + (
    "kind thing extends priced {{\n  input a : Ratio within 0 .. 10\n  input b : Ratio = 2\n"
    '  assert small: a * b < 25 else error "too large"\n'
    "  calc price : Ratio = {formula}\n  calc other : Ratio = b ^ 2\n}}\n"
    "thing t {{ a = {a} }}\nthing u {{ a = 1 }}\nlet doubled = t.price * 1\n"
)


def asked(ledger: Ledger, path: str, limit: int = WORK) -> dict[str, Result | None]:
    node = ledger.find(path)
    assert node is not None
    found = Sensitivity(ledger, limit).rests_on(node)
    assert found is not None
    assert found.named
    return {name_node(ledger.graph, each.nodes[0]): rounded(each.result) for each in found.inputs}


def rounded(result: Result | None) -> Result | None:
    """A result without the last digits."""
    if result is None:
        return None
    more, ends = result.more, result.ends
    low_high = None if ends is None else (ends[0] and round(ends[0], 9), ends[1] and round(ends[1], 9))
    return Result(more and round(more, 9), low_high)


class TestComputedAgain:
    def test_results_at_one_percent_and_at_both_ends(self, tmp_path: Path) -> None:
        ledger = evaluate(tmp_path, RANGED.format(formula="a * b", a="between(2, 6)"))
        found = asked(ledger, "t.price")
        assert found["t.a"] == Result(1.01, (0.5, 1.5))
        assert found["t.b"] == Result(1.01, None)

    def test_a_step_is_seen_only_from_where_it_is(self, tmp_path: Path) -> None:
        found = asked(evaluate(tmp_path, RANGED.format(formula="ceil(a) * b", a="between(2.5, 4.5)")), "t.price")
        assert found["t.a"] == Result(1.0, (0.75, 1.25))

    def test_where_a_rule_breaks_or_a_bound_is_there_is_no_result(self, tmp_path: Path) -> None:
        """3 * 5 is allowed, 3 * 9 is not."""
        text = RANGED.replace("t {{ a = {a} }}", "t {{ a = 10; b = {a} }}")
        found = asked(evaluate(tmp_path, text.format(formula="a * b", a="between(1, 3)")), "t.price")
        assert found["t.a"] == Result(None, None)
        assert found["t.b"] == Result(1.01, (0.5, None))

    def test_a_total_is_the_sum_of_what_counts(self, tmp_path: Path) -> None:
        ledger = evaluate(tmp_path, RANGED.format(formula="a * b", a="between(2, 4)"))
        found = Sensitivity(ledger).rests_on_total("money")
        assert found is not None
        by_name = {name_node(ledger.graph, each.nodes[0]): each for each in found.inputs}
        assert {name: each.elasticity for name, each in by_name.items()} == pytest.approx(
            {"t.a": 0.75, "t.b": 1.0, "u.a": 0.25}, abs=CLOSE
        )
        assert rounded(by_name["t.a"].result) == Result(1.0075, (0.75, 1.25))

    def test_the_largest_change_comes_first(self, tmp_path: Path) -> None:
        ledger = evaluate(tmp_path, RANGED.format(formula="a * b ^ 2", a="between(2, 4)"))
        assert list(asked(ledger, "t.price")) == ["t.a", "t.b"]
        assert list(asked(ledger, "t.price", limit=0)) == ["t.b", "t.a"]

    def test_what_is_too_much_work_is_left_to_the_local_figure(self, tmp_path: Path) -> None:
        ledger = evaluate(tmp_path, RANGED.format(formula="a * b", a="2"))
        assert asked(ledger, "t.price", limit=0) == {"t.a": None, "t.b": None}


class TestNamed:
    def test_what_a_project_reads_declares_and_asserts(self, repository: Path) -> None:
        ledger = worked(repository, "support_assistant")
        named = {name_node(ledger.graph, node) for node in find_named(ledger)}
        assert {"support_2026.delivered", "answer.hourly_occurrences_across_usage_patterns"} <= named  # delivered
        assert {"answer.energy_per_ticket", "answer.marginal_energy", "basement.plant_energy"} <= named  # own calc
        assert {"farm.available_ram_per_instance", "answer.request_duration"} <= named  # asserted
        assert {"total.gwp", "total.period_footprint"} <= named  # sums over everything
        assert "farm.use_footprint" not in named
        assert not {"farm.pue", "requests_per_ticket"} & named

    def test_tables_of_sums_do_not_take_the_place_of_totals(self, repository: Path) -> None:
        ledger = worked(repository, "web_shop")
        assert {"total.gwp", "total.period_footprint"} <= {name_node(ledger.graph, n) for n in find_named(ledger)}

    def test_what_the_model_does_not_name_is_not_computed_again(self, repository: Path) -> None:
        ledger = worked(repository, "genai_job")
        node = ledger.find("farm.use_footprint")
        assert node is not None
        found = Sensitivity(ledger).rests_on(node)
        assert found is not None
        assert not found.named
        assert {each.result for each in found.inputs} == {None}


def worked(repository: Path, name: str) -> Ledger:
    outcome = compile_model(repository / "models" / f"{name}.gai")
    assert outcome.ledger is not None
    return outcome.ledger
