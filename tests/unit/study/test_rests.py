from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.evaluate.again import Rerun
from gaic.evaluate.bends import Bend
from gaic.evaluate.totals import sum_over_time
from gaic.lower.names import name_node
from gaic.study.factors import find_factors
from gaic.study.rests import Sensitivity
from tests.unit.study.worlds import evaluate

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.evaluate.ledger import Ledger
    from gaic.study.rests import Reliance, Rests

CLOSE = 1e-6


def world(folder: Path, formula: str, values: str, entries: str = "") -> Ledger:
    """One thing whose `x` is calculated from `a` and `b`."""
    text = (
        f"kind thing {{\n  input a : Ratio\n  input b : Ratio = 1\n  input c : Ratio?\n{entries}\n"
        f"  calc x : Ratio = {formula}\n}}\nthing t {{ {values} }}\n"
    )
    return evaluate(folder, text)


def rests(ledger: Ledger, path: str) -> Rests:
    node = ledger.find(path)
    assert node is not None, path
    found = Sensitivity(ledger, limit=0).rests_on(node)
    assert found is not None
    return found


def local(ledger: Ledger, path: str) -> dict[str, float]:
    """The local elasticity of a value for each input by the name of its first node."""
    return {name_node(ledger.graph, each.nodes[0]): each.elasticity for each in rests(ledger, path).inputs}


def bends(ledger: Ledger, path: str) -> dict[str, Bend]:
    return {name_node(ledger.graph, each.nodes[0]): each.bends for each in rests(ledger, path).inputs}


class TestClosedForms:
    @pytest.mark.parametrize(
        ("formula", "values", "a", "b"),
        [
            ("a ^ 3 / b", "a = 2; b = 5", 3, -1),
            ("sqrt(a) * b", "a = 2; b = 5", 0.5, 1),
            ("a * b / a", "a = 2; b = 5", 0, 1),
            ("a + b", "a = 3; b = 1", 0.75, 0.25),
            ("a - b", "a = 5; b = 2", 5 / 3, -2 / 3),
            ("-a * abs(b)", "a = 5; b = 2", 1, 1),
            ("b - a", "a = 5; b = 2", 5 / 3, -2 / 3),
            ("exp(a) * b", "a = 3; b = 2", 3, 1),
            ("log(a) + b - b", "a = 4; b = 2", 1 / math.log(4), 0),
            ("(a + b) * (a - b)", "a = 3; b = 1", 18 / 8, -2 / 8),
        ],
    )
    def test_a_formula_has_the_slopes_of_its_derivative(
        self, tmp_path: Path, formula: str, values: str, a: float, b: float
    ) -> None:
        assert local(world(tmp_path, formula, values), "t.x") == pytest.approx({"t.a": a, "t.b": b}, abs=CLOSE)

    def test_ways_that_meet_add_up(self, tmp_path: Path) -> None:
        entries = "  calc twice : Ratio = a + a\n  calc square : Ratio = twice * twice\n"
        found = local(world(tmp_path, "square * twice / b", "a = 3; b = 2", entries), "t.x")
        assert found == pytest.approx({"t.a": 3.0, "t.b": -1.0}, abs=CLOSE)

    def test_what_cancels_out_is_nothing(self, tmp_path: Path) -> None:
        entries = "  calc up : Ratio = a * b\n  calc down : Ratio = b / a\n"
        assert local(world(tmp_path, "up * down", "a = 3; b = 2", entries), "t.x")["t.a"] == 0.0

    def test_an_optional_value_that_is_unset_gives_way(self, tmp_path: Path) -> None:
        assert local(world(tmp_path, "(c ?? a) * b", "a = 3; b = 2"), "t.x") == pytest.approx(
            {"t.a": 1.0, "t.b": 1.0}, abs=CLOSE
        )
        set_ = local(world(tmp_path, "(c ?? a) * b", "a = 3; b = 2; c = 4"), "t.x")
        assert set_ == pytest.approx({"t.c": 1.0, "t.b": 1.0}, abs=CLOSE)


class TestSteps:
    @pytest.mark.parametrize("a", ["7.5", "7", "8.000001"])
    def test_a_rounded_number_moves_nothing_and_says_so(self, tmp_path: Path, a: str) -> None:
        """Just below a whole number as well: of a step up and none down, the smaller slope counts."""
        ledger = world(tmp_path, "ceil(a) * b", f"a = {a}; b = 3")
        assert local(ledger, "t.x") == pytest.approx({"t.a": 0.0, "t.b": 1.0}, abs=CLOSE)
        assert bends(ledger, "t.x") == {"t.a": Bend.ROUNDED, "t.b": Bend(0)}

    def test_the_larger_one_decides(self, tmp_path: Path) -> None:
        ledger = world(tmp_path, "max(a, b) ^ 2", "a = 5; b = 2")
        assert local(ledger, "t.x") == pytest.approx({"t.a": 2.0, "t.b": 0.0}, abs=CLOSE)
        assert bends(ledger, "t.x") == {"t.a": Bend.EXTREME, "t.b": Bend.EXTREME}

    def test_at_the_edge_of_max_the_smaller_slope_counts(self, tmp_path: Path) -> None:
        assert local(world(tmp_path, "max(a, b)", "a = 5; b = 5"), "t.x") == {"t.a": 0.0, "t.b": 0.0}

    def test_only_the_branch_taken_counts(self, tmp_path: Path) -> None:
        ledger = world(tmp_path, "if a > 2 then a ^ 2 * b else b", "a = 3; b = 2")
        assert local(ledger, "t.x") == pytest.approx({"t.a": 2.0, "t.b": 1.0}, abs=CLOSE)
        assert bends(ledger, "t.x") == {"t.a": Bend.BRANCH, "t.b": Bend.BRANCH}

    def test_a_number_that_only_decides_moves_nothing(self, tmp_path: Path) -> None:
        ledger = world(tmp_path, "if a > 2 then b else 1", "a = 3; b = 2")
        assert local(ledger, "t.x") == pytest.approx({"t.b": 1.0, "t.a": 0.0}, abs=CLOSE)

    def test_a_choice_of_words_bends_nothing_and_has_no_share(self, tmp_path: Path) -> None:
        entries = "  input mode : slow | fast = slow\n"
        ledger = world(tmp_path, "if mode == slow then a else b", "a = 3; b = 2", entries)
        found = rests(ledger, "t.x")
        assert [(name_node(ledger.graph, n)) for n in found.choices] == ["t.mode"]
        assert bends(ledger, "t.x") == {"t.a": Bend(0)}

    def test_bends_stay_on_the_way_behind_them(self, tmp_path: Path) -> None:
        entries = "  calc pieces : Ratio = floor(a)\n  calc most : Ratio = min(pieces, 100)\n"
        ledger = world(tmp_path, "most * b", "a = 3.5; b = 2", entries)
        assert bends(ledger, "t.x") == {"t.b": Bend(0), "t.a": Bend.ROUNDED | Bend.EXTREME}

    def test_a_truth_follows_nothing_but_knows_its_inputs(self, tmp_path: Path) -> None:
        entries = "  calc large : bool = a > b\n"
        ledger = world(tmp_path, "if large then a else b", "a = 3; b = 2", entries)
        assert local(ledger, "t.large") == {"t.a": 0.0, "t.b": 0.0}
        assert bends(ledger, "t.x")["t.b"] == Bend.BRANCH


MEMBERS = """
kind part {{ input size : Ratio; input heft : Ratio = 1 }}
kind whole {{
  ref parts : [part]
  calc x : Ratio = {formula}
}}
part one {{ size = 3 }}
part two {{ size = 1; heft = 4 }}
whole w {{ parts = [one, two] }}
"""


class TestMembers:
    def test_each_member_has_its_part_of_a_sum(self, tmp_path: Path) -> None:
        ledger = evaluate(tmp_path, MEMBERS.format(formula="sum(p.size ^ 2 * p.heft for p in parts) ^ 2"))
        found = local(ledger, "w.x")
        assert found == pytest.approx(
            {"one.size": 4 * 9 / 13, "two.size": 4 * 4 / 13, "one.heft": 2 * 9 / 13, "two.heft": 2 * 4 / 13},
            abs=CLOSE,
        )

    def test_links_count_by_their_weight(self, tmp_path: Path) -> None:
        text = MEMBERS.format(formula="sum(p.weight * p.object.size for p in parts)").replace(
            "parts = [one, two]", "parts = [one, 5 * two, one]"
        )
        assert local(evaluate(tmp_path, text), "w.x") == pytest.approx(
            {"one.size": 6 / 11, "two.size": 5 / 11}, abs=CLOSE
        )

    @pytest.mark.parametrize(("function", "one", "two"), [("max", 1.0, 0.0), ("min", 0.0, 1.0)])
    def test_the_member_that_decides_has_all(self, tmp_path: Path, function: str, one: float, two: float) -> None:
        ledger = evaluate(tmp_path, MEMBERS.format(formula=f"{function}(p.size for p in parts)"))
        assert local(ledger, "w.x") == pytest.approx({"one.size": one, "two.size": two}, abs=CLOSE)
        assert set(bends(ledger, "w.x").values()) == {Bend.EXTREME}

    def test_members_that_decide_together_share(self, tmp_path: Path) -> None:
        text = MEMBERS.format(formula="max(p.size for p in parts)").replace("size = 1", "size = 3")
        assert local(evaluate(tmp_path, text), "w.x") == pytest.approx({"one.size": 0.5, "two.size": 0.5}, abs=CLOSE)

    def test_a_condition_on_members_is_an_if(self, tmp_path: Path) -> None:
        ledger = evaluate(tmp_path, MEMBERS.format(formula="sum(p.size for p in parts where p.heft > 2)"))
        assert local(ledger, "w.x") == pytest.approx({"two.size": 1, "one.heft": 0, "two.heft": 0}, abs=CLOSE)
        assert bends(ledger, "w.x")["one.heft"] == Bend.BRANCH

    def test_a_sum_of_nothing_and_a_sum_of_zeros(self, tmp_path: Path) -> None:
        text = MEMBERS.format(formula="sum(p.size for p in parts)")
        none = evaluate(tmp_path, text.replace("parts = [one, two]", "parts = []"))
        assert rests(none, "w.x").inputs == ()
        zero = evaluate(tmp_path, text.replace("size = 3", "size = -1"))
        assert local(zero, "w.x") == {"one.size": 0.0, "two.size": 0.0}

    def test_objects_that_share_a_default_have_one_input(self, tmp_path: Path) -> None:
        text = MEMBERS.format(formula="sum(p.size * p.heft for p in parts)").replace("; heft = 4", "")
        (heft,) = (each for each in rests(evaluate(tmp_path, text), "w.x").inputs if len(each.nodes) == 2)
        assert heft.elasticity == pytest.approx(1.0, abs=CLOSE)


SERIES = """
kind source_of_hours {{ input hours : amount Ratio; input times : Ratio = 2 }}
kind thing {{
  ref from_ : [source_of_hours]
  input k : Ratio = 3
  calc course : amount Ratio = sum(s.hours * s.times for s in from_) * k
  calc x : {type} = {formula}
}}
source_of_hours one {{ hours = hourly([1, 5], start = 2026-01-01T00:00Z) }}
source_of_hours two {{ hours = hourly([2, 1, 1], start = 2026-01-01T01:00Z); times = 1 }}
thing t {{ from_ = [one, two] }}
study s {{ period = 2026-01-01 .. 2026-01-02; timezone = "UTC" }}
"""


class TestSeries:
    """12 of 16 come from the first one: 1 * 2 and 5 * 2 against 2, 1, 1."""

    @pytest.mark.parametrize(
        ("type_", "formula", "one", "two", "k"),
        [
            ("amount Ratio", "course", 0.75, 0.25, 1.0),
            ("Ratio", "total(course)", 0.75, 0.25, 1.0),
            ("Ratio", "total(course) ^ 2 / k", 1.5, 0.5, 1.0),
            ("Ratio", "peak(course)", 10 / 12, 2 / 12, 1.0),
            ("level Ratio", "in_parallel(course, 90 min)", 0.75, 0.25, 1.0),
            ("amount Ratio", "shift(course, 5 h) * k", 0.75, 0.25, 2.0),
        ],
    )
    def test_a_series_counts_by_its_sum(
        self, tmp_path: Path, type_: str, formula: str, one: float, two: float, k: float
    ) -> None:
        """Through `course`, which moves as a whole; the highest hour would know better than its parts do."""
        found = local(evaluate(tmp_path, SERIES.format(type=type_, formula=formula)), "t.x")
        if formula.startswith("peak"):
            one, two = 0.75, 0.25
        expected = {"one.hours": one, "one.times": one, "two.hours": two, "two.times": two, "t.k": k}
        assert found == pytest.approx(expected, abs=CLOSE)

    def test_the_mean_of_a_level(self, tmp_path: Path) -> None:
        found = local(evaluate(tmp_path, SERIES.format(type="Frequency", formula="mean(rate(course))")), "t.x")
        assert found["t.k"] == pytest.approx(1.0, abs=CLOSE)

    def test_hours_that_are_rounded(self, tmp_path: Path) -> None:
        ledger = evaluate(tmp_path, SERIES.format(type="amount Ratio", formula="ceil(course / 7)"))
        assert set(local(ledger, "t.x").values()) == {0.0}
        assert bends(ledger, "t.x")["t.k"] == Bend.ROUNDED

    def test_the_largest_series_of_each_hour(self, tmp_path: Path) -> None:
        """Hours 1, 5 against 0, 2, 1, 1: the first one has the first two hours, the second the other two."""
        ledger = evaluate(tmp_path, SERIES.format(type="amount Ratio", formula="max(s.hours for s in from_)"))
        assert local(ledger, "t.x") == pytest.approx({"one.hours": 6 / 8, "two.hours": 2 / 8}, abs=CLOSE)


class TestStrange:
    @pytest.mark.parametrize(
        "values",
        [
            "a = 0; b = 0",
            "a = 1e-60; b = 1e-60",
            "a = 1e60; b = 1e-60",
            "a = -5; b = 5",
            "a = 5; b = 4.999999999999999",
        ],
    )
    @pytest.mark.parametrize("formula", ["a - b", "a * b", "a ^ 5 - b ^ 5", "max(a, b) - min(a, b)", "abs(a) + b"])
    def test_all_slopes_are_numbers(self, tmp_path: Path, values: str, formula: str) -> None:
        found = local(world(tmp_path, formula, values), "t.x")
        assert all(map(math.isfinite, found.values()))

    def test_a_value_of_zero_has_no_parts(self, tmp_path: Path) -> None:
        assert local(world(tmp_path, "a * b", "a = 0; b = 4"), "t.x") == {"t.a": 0.0, "t.b": 0.0}
        assert local(world(tmp_path, "a + b", "a = 0; b = 4"), "t.x") == pytest.approx({"t.a": 0.0, "t.b": 1.0})
        assert local(world(tmp_path, "a", "a = 0"), "t.x") == {"t.a": 0.0}

    def test_where_one_side_has_no_value_the_other_counts(self, tmp_path: Path) -> None:
        """Below 1 the root would be of a negative number."""
        assert local(world(tmp_path, "1 + sqrt(a - 1)", "a = 1.0000000001"), "t.x")["t.a"] > 0.0

    def test_a_time_that_must_be_whole_moves_nothing(self, tmp_path: Path) -> None:
        text = SERIES.format(type="amount Ratio", formula="rotate(course, wait)").replace(
            "input k : Ratio = 3", "input k : Ratio = 3; input wait : Time = 1 h"
        )
        found = local(evaluate(tmp_path, text), "t.x")
        assert found["t.wait"] == 0.0
        assert found["t.k"] == pytest.approx(1.0, abs=CLOSE)

    def test_groups_in_groups(self, tmp_path: Path) -> None:
        text = (
            "kind group { ref inner : [group]; input own : Ratio\n"
            "  calc x : Ratio = own + sum(g.x for g in inner) }\n"
            "group c { own = 1 }\ngroup b { own = 2; inner = [c] }\ngroup a { own = 1; inner = [b, 2 * c] }\n"
        )
        ledger = evaluate(tmp_path, text)
        assert local(ledger, "a.x") == pytest.approx({"a.own": 0.2, "b.own": 0.4, "c.own": 0.4}, abs=CLOSE)

    def test_a_long_chain_and_a_wide_sum(self, tmp_path: Path) -> None:
        links = "".join(f"  calc x{n} : Ratio = x{n - 1} * a\n" for n in range(1, 60))
        ledger = world(tmp_path, "x59", "a = 1.1; b = 2", f"  calc x0 : Ratio = a\n{links}")
        assert local(ledger, "t.x") == pytest.approx({"t.a": 60.0}, rel=CLOSE)

    def test_a_model_that_is_too_large_says_nothing(self, tmp_path: Path) -> None:
        ledger = world(tmp_path, "a * b", "a = 3; b = 2")
        found = Sensitivity(ledger, passed=0)
        node = ledger.find("t.x")
        assert node is not None
        assert found.rests_on(node) is not None
        assert found.rests_on(node) is None
        assert found.rests_on_total("money") is None


def worked(repository: Path, name: str) -> Ledger:
    outcome = compile_model(repository / "models" / f"{name}.gai")
    assert outcome.ledger is not None
    return outcome.ledger


def every(ledger: Ledger, found: Sensitivity) -> dict[int, Rests]:
    nodes = (node for node in range(ledger.graph.size) if ledger.depends_on(node))
    return {node: rests for node in nodes if (rests := found.rests_on(node)) is not None}


class TestWorkedModels:
    def test_the_local_slope_is_what_moving_an_input_gives(self, repository: Path) -> None:
        """Every value of the reference page for every number below it, moved by a hundred thousandth."""
        ledger = worked(repository, "genai_job")
        found = every(ledger, Sensitivity(ledger, limit=0))
        rerun = Rerun(ledger.run)
        compared = 0
        for factor in find_factors(ledger, set(range(ledger.graph.size))):
            affected = behind(ledger, factor.nodes)
            sides = []
            for ratio in (1 + 1e-5, 1 - 1e-5):
                assert rerun.compute(affected, factor.changed(ratio))
                sides.append({node: sum_over_time(rerun.run, node) for node in affected})
                rerun.reset(affected)
            for node in affected:
                reliance = find_reliance(found.get(node), factor.nodes)
                up, down = (side[node] for side in sides)
                if reliance is not None and up * down > 0:
                    assert reliance.elasticity == pytest.approx(
                        math.log(up / down) / math.log(1.00001 / 0.99999), abs=1e-4
                    )
                    compared += 1
        assert compared > 400

    @pytest.mark.parametrize("name", ["genai_job", "support_assistant"])
    def test_results_follow_the_slope_where_nothing_bends(self, repository: Path, name: str) -> None:
        ledger = worked(repository, name)
        found = Sensitivity(ledger)
        straight = [
            each
            for rests in every(ledger, found).values()
            for each in rests.inputs
            if each.result is not None and each.result.more is not None and not each.bends
        ]
        assert len(straight) > 20
        for each in straight:
            assert each.result is not None
            assert each.result.more == pytest.approx(1.01**each.elasticity, abs=1e-4)

    def test_asking_changes_nothing_and_the_order_does_not_matter(self, repository: Path) -> None:
        ledger = worked(repository, "support_assistant")
        before = [sum_over_time(ledger.run, node) for node in range(ledger.graph.size)]
        readings = [each.tolist() for each in ledger.readings()]
        first = every(ledger, Sensitivity(ledger))
        asked_backwards = Sensitivity(ledger)
        second = {node: asked_backwards.rests_on(node) for node in reversed(first)}
        assert first == second
        assert [sum_over_time(ledger.run, node) for node in range(ledger.graph.size)] == before
        assert [each.tolist() for each in ledger.readings()] == readings
        again = worked(repository, "support_assistant")
        assert every(again, Sensitivity(again)) == first

    @pytest.mark.parametrize("name", ["edge_fleet", "machine_learning", "web_shop"])
    def test_every_slope_of_every_value_is_a_number(self, repository: Path, name: str) -> None:
        ledger = worked(repository, name)
        found = every(ledger, Sensitivity(ledger))
        assert all(math.isfinite(each.elasticity) for rests in found.values() for each in rests.inputs)
        assert set(found) == {node for node in range(ledger.graph.size) if ledger.depends_on(node)}


def behind(ledger: Ledger, nodes: tuple[int, ...]) -> list[int]:
    """Some nodes and all that rests on them."""
    found, waiting = set(nodes), list(nodes)
    while waiting:
        readers = set(ledger.used_by(waiting.pop())) - found
        found |= readers
        waiting.extend(readers)
    return sorted(found)


def find_reliance(rests: Rests | None, nodes: tuple[int, ...]) -> Reliance | None:
    return next((each for each in rests.inputs if set(each.nodes) <= set(nodes)), None) if rests else None
