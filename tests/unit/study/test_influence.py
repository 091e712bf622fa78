from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import build_model, compile_model
from gaic.api.site import results_document
from gaic.evaluate.totals import sum_over_time
from gaic.schema.text import json_text
from gaic.study.factors import Standing
from gaic.study.influence import STEP, measure_influence
from tests.programs import write_program
from tests.unit.study.worlds import PRICED, elasticities, evaluate, measure, path_of, price

if TYPE_CHECKING:
    from pathlib import Path

SPAN = 2 * math.log(STEP)
MODELS = (
    "chat_external_api",
    "chat_self_hosted",
    "edge_fleet",
    "genai_job",
    "machine_learning",
    "support_assistant",
    "web_shop",
)


class TestClosedForms:
    @pytest.mark.parametrize(
        ("formula", "a", "b"),
        [("a ^ 3 / b", 3, -1), ("sqrt(a) * b", 0.5, 1), ("a * b / a", 0, 1), ("1000 / (a * b)", -1, -1)],
    )
    def test_a_power_law_gives_its_exponents(self, tmp_path: Path, formula: str, a: float, b: float) -> None:
        found = elasticities(*price(tmp_path, formula, "a = 2; b = 5"))
        assert found == pytest.approx({"t.a": a, "t.b": b}, rel=1e-12, abs=1e-12)

    def test_the_parts_of_a_sum_have_their_weights(self, tmp_path: Path) -> None:
        program, influences = price(tmp_path, "a + b", "a = 3; b = 1")
        found = elasticities(program, influences)
        assert found["t.a"] == pytest.approx(math.log((3 * STEP + 1) / (3 / STEP + 1)) / SPAN, rel=1e-12)
        assert found == pytest.approx({"t.a": 0.75, "t.b": 0.25}, rel=1e-3)

    def test_shares_add_up_to_one(self, tmp_path: Path) -> None:
        program, influences = price(tmp_path, "a ^ 3 / b", "a = 2; b = 5")
        shares = {path_of(program, row.uses[0]): row.shares for row in influences.rows}
        assert shares == {"t.a": pytest.approx((0.75,)), "t.b": pytest.approx((0.25,))}
        assert list(shares) == ["t.a", "t.b"]

    def test_a_part_with_another_sign_has_a_share_too(self, tmp_path: Path) -> None:
        program, influences = price(tmp_path, "a - b", "a = 5; b = 2")
        found = elasticities(program, influences)
        assert found["t.b"] == pytest.approx(math.log((5 - 2 * STEP) / (5 - 2 / STEP)) / SPAN, rel=1e-12)
        assert found["t.b"] is not None
        assert found["t.b"] < 0
        assert all(share > 0 for row in influences.rows for share in row.shares)

    def test_a_total_that_changes_its_sign_on_the_way(self, tmp_path: Path) -> None:
        found = elasticities(*price(tmp_path, "a - b", "a = 5; b = 4.8"))
        assert found["t.a"] == pytest.approx(5 * (STEP - 1 / STEP) / (0.2 * SPAN), rel=1e-9)

    def test_a_total_of_zero_has_no_parts(self, tmp_path: Path) -> None:
        program, influences = price(tmp_path, "a - b", "a = 5; b = 5")
        assert elasticities(program, influences) == {"t.a": 0.0, "t.b": 0.0}
        assert [row.shares for row in influences.rows] == [(0.0,), (0.0,)]

    @pytest.mark.parametrize(
        ("formula", "values", "b"),
        [
            ("a ^ 5 * b", "a = 1e60; b = 1.7e8", 1.0),
            ("a ^ 5 * b", "a = 1e-60; b = 1e-10", 1.0),
            ("a ^ 5 * b ^ 3", "a = 1e-60; b = 1e-5", 3.0),
        ],
    )
    def test_where_a_tenth_more_is_no_number_the_way_ends(
        self, tmp_path: Path, formula: str, values: str, b: float
    ) -> None:
        found = elasticities(*price(tmp_path, formula, values))
        assert found == pytest.approx({"t.a": 5.0, "t.b": b}, rel=1e-6)

    @pytest.mark.parametrize(
        "values", ["a = 1e-60; b = 1e-60", "a = 1e-64; b = 1.0001e-64", "a = 5; b = 4.999999999999999"]
    )
    def test_what_cancels_out_gives_numbers_all_the_same(self, tmp_path: Path, values: str) -> None:
        _, influences = price(tmp_path, "a ^ 5 - b ^ 5", values)
        assert all(math.isfinite(e) for row in influences.rows for e in row.elasticities or (math.nan,))
        assert all(0.0 <= share <= 1.0 for row in influences.rows for share in row.shares)

    def test_a_sum_that_is_too_large_ends_the_way(self, tmp_path: Path) -> None:
        text = PRICED + (
            "kind thing extends priced {\n  input a : Ratio\n  input b : Ratio = 85_000_000\n"
            "  calc price : Ratio = a ^ 5 * b\n}\nthing one { a = 1e60 }\nthing two { a = 1e60 }\n"
        )
        ledger = evaluate(tmp_path, text)
        found = elasticities(ledger.program, measure_influence(ledger))
        assert found == pytest.approx({"one.b": 1.0, "one.a": found["one.a"], "two.a": found["two.a"]}, rel=1e-12)

    def test_an_input_of_zero_and_one_that_does_not_count(self, tmp_path: Path) -> None:
        assert elasticities(*price(tmp_path, "a + b", "a = 5; b = 0")) == pytest.approx({"t.a": 1.0, "t.b": 0.0})
        assert elasticities(*price(tmp_path, "max(a, b)", "a = 5; b = 2")) == pytest.approx({"t.a": 1.0, "t.b": 0.0})

    def test_what_no_total_rests_on_is_not_there(self, tmp_path: Path) -> None:
        entries = "  calc other : Ratio = b * 10"
        assert elasticities(*price(tmp_path, "a", "a = 5; b = 2", entries)) == pytest.approx({"t.a": 1.0})

    def test_a_model_without_totals_has_no_rows(self, tmp_path: Path) -> None:
        influences = measure(
            tmp_path, "kind thing { input a : Ratio; calc twice : Ratio = a + a }\nthing t { a = 1 }\n"
        )
        assert (influences.criteria, influences.rows, influences.measured) == ((), (), True)

    def test_each_criterion_has_its_own_shares(self, tmp_path: Path) -> None:
        text = PRICED + (
            'criterion effort "Effort" {}\n'
            "abstract kind tiring extends priced { calc work : Ratio counts effort once }\n"
            "kind thing extends tiring {\n  input a : Ratio\n  input b : Ratio\n"
            "  calc price : Ratio = a * b\n  calc work : Ratio = b ^ 2\n}\nthing t { a = 2; b = 3 }\n"
        )
        influences = measure(tmp_path, text)
        assert [total.criterion for total in influences.criteria] == ["money", "effort"]
        assert [row.shares for row in influences.rows] == [pytest.approx((0.5, 1.0)), pytest.approx((0.5, 0.0))]
        assert influences.rows[0].elasticities == pytest.approx((1.0, 2.0))


class TestSteps:
    def test_a_step_within_a_tenth_enters(self, tmp_path: Path) -> None:
        """7.5 / 1.1 is above 6, 7.5 * 1.1 above 8."""
        found = elasticities(*price(tmp_path, "ceil(a)", "a = 7.5"))
        assert found == {"t.a": pytest.approx(math.log(9 / 7) / SPAN, rel=1e-12)}

    def test_a_step_farther_away_does_not(self, tmp_path: Path) -> None:
        assert elasticities(*price(tmp_path, "ceil(a)", "a = 0.5")) == {"t.a": 0.0}

    def test_many_steps_are_nearly_a_line(self, tmp_path: Path) -> None:
        found = elasticities(*price(tmp_path, "ceil(a) * b", "a = 40_000.5; b = 3"))
        assert found == pytest.approx({"t.a": 1.0, "t.b": 1.0}, rel=1e-3)


class TestHowFar:
    def test_the_allowed_range_ends_the_way(self, tmp_path: Path) -> None:
        """Below 1 the formula would have no value: of the way only the part above is gone."""
        text = PRICED + (
            "kind thing extends priced {\n  input a : Ratio within 1 .. 10\n"
            "  calc price : Ratio = if a >= 1 then a ^ 2 else a ^ 9\n}\nthing t { a = 1 }\n"
        )
        ledger = evaluate(tmp_path, text)
        assert elasticities(ledger.program, measure_influence(ledger)) == {"t.a": pytest.approx(2.0, rel=1e-12)}

    @pytest.mark.parametrize("rule", ["a <= 2.05", "a >= 1.95"])
    def test_a_broken_rule_does_too(self, tmp_path: Path, rule: str) -> None:
        entries = f'  assert small: {rule} else error "no"\n'
        formula = f"if {rule} then a ^ 2 else a ^ 9"
        assert elasticities(*price(tmp_path, formula, "a = 2", entries)) == {"t.a": pytest.approx(2.0, rel=1e-12)}

    def test_a_rule_may_ask_for_what_no_total_rests_on(self, tmp_path: Path) -> None:
        entries = '  calc room : Ratio = b - 10 * a\n  assert left: room > 0 else error "no"\n'
        formula = "if a <= 2.05 then a ^ 2 else a ^ 9"
        found = elasticities(*price(tmp_path, formula, "a = 2; b = 21", entries))
        assert found == {"t.a": pytest.approx(2.0, rel=1e-12)}

    def test_a_formula_without_a_value_does_too(self, tmp_path: Path) -> None:
        found = elasticities(*price(tmp_path, "c", "a = 2.2", "  input c : Ratio = a * a within 0 .. 5"))
        assert found == {"t.a": pytest.approx(2.0, rel=1e-12)}

    def test_what_cannot_be_varied_has_no_share(self, tmp_path: Path) -> None:
        text = PRICED + (
            "kind thing extends priced {\n  input a : Ratio within 2 .. 2\n  input b : Ratio\n"
            "  calc price : Ratio = a * b\n}\nthing t { a = 2; b = 3 }\n"
        )
        influences = measure(tmp_path, text)
        assert [(row.elasticities, row.shares) for row in influences.rows] == [
            (pytest.approx((1.0,)), (1.0,)),
            (None, (0.0,)),
        ]


class TestWhatIsANumber:
    def test_numbers_in_formulas_of_inputs(self, tmp_path: Path) -> None:
        """1 and 10 only write the formula; 4 has a source of its own, and so has the power of ten."""
        text = PRICED + (
            "kind thing extends priced {\n  input a : Ratio\n  calc price : Ratio = a\n}\n"
            'let base = 3 from hypothesis note "x"\n'
            'thing t { a = base ^ 2 * (4 from hypothesis note "y") * (1000 from hypothesis note "z") * 10 * 1 }\n'
        )
        ledger = evaluate(tmp_path, text)
        rows = measure_influence(ledger).rows
        found = {row.factor.span.text: row.elasticities for row in rows}
        one = pytest.approx((1.0,))
        assert found == {"3": pytest.approx((2.0,)), "4": one, "1000": one}
        assert {path_of(ledger.program, row.uses[0]) for row in rows} == {"base", "t.a"}

    def test_what_objects_share_is_one_number(self, tmp_path: Path) -> None:
        text = PRICED + (
            "kind thing extends priced {\n  input a : Ratio\n  input b : Ratio = 7\n  calc price : Ratio = a * b\n}\n"
            "thing one { a = 3 }\nthing two extends one {}\nthing three { a = 5 }\n"
        )
        ledger = evaluate(tmp_path, text)
        rows = measure_influence(ledger).rows
        found = {row.factor.span.text: [path_of(ledger.program, use) for use in row.factor.uses] for row in rows}
        assert found == {"7": ["one.b", "two.b", "three.b"], "3": ["one.a", "two.a"], "5": ["three.a"]}
        assert {row.factor.standing for row in rows} == {Standing.GIVEN}
        shares = {row.factor.span.text: row.shares[0] for row in rows}
        assert shares == pytest.approx({"7": 1 / 2, "3": 3 / 11, "5": 5 / 22}, rel=5e-3)

    def test_a_series_is_one_number(self, tmp_path: Path) -> None:
        text = (
            'kind tap "Tap" extends emitter {\n  input flow : amount Carbon\n  input factor : Ratio\n'
            "  calc use_footprint : amount Carbon = flow * factor\n"
            "  calc instances_manufacturing_footprint : amount Carbon = nothing\n}\n"
            "tap one { flow = hourly([1, 2, 3], start = 2026-01-05T09:00Z) * 1 kgCO2e; factor = 2 }\n"
        )
        ledger = evaluate(tmp_path, text)
        assert elasticities(ledger.program, measure_influence(ledger)) == pytest.approx(
            {"one.flow": 1.0, "one.factor": 1.0}, rel=1e-12
        )

    def test_through_values_that_depend_on_each_other_in_a_circle(self, tmp_path: Path) -> None:
        text = PRICED + (
            "kind part extends priced {\n  ref above : part?\n  input own : Ratio\n"
            "  calc height : Ratio = own + (above.height ?? 0)\n  calc price : Ratio = height ^ 2\n}\n"
            "part low { own = 1; above = middle }\npart middle { own = 2; above = high }\npart high { own = 4 }\n"
        )
        ledger = evaluate(tmp_path, text)
        assert any(stage.circular for stage in ledger.graph.order)

        def total(low: float, middle: float, high: float) -> float:
            return (low + middle + high) ** 2 + (middle + high) ** 2 + high**2

        down = 1 / STEP
        expected = {
            "low.own": math.log(total(STEP, 2, 4) / total(down, 2, 4)) / SPAN,
            "middle.own": math.log(total(1, 2 * STEP, 4) / total(1, 2 * down, 4)) / SPAN,
            "high.own": math.log(total(1, 2, 4 * STEP) / total(1, 2, 4 * down)) / SPAN,
        }
        assert elasticities(ledger.program, measure_influence(ledger)) == pytest.approx(expected, rel=1e-12)


class TestBounds:
    def test_too_much_work_is_not_begun(self, tmp_path: Path) -> None:
        text = PRICED + "kind thing extends priced { input a : Ratio; calc price : Ratio = a }\nthing t { a = 2 }\n"
        found = measure(tmp_path, text)
        assert found.measured
        assert found.work == 6  # twice a number, and twice a number with one reading
        least, less = measure(tmp_path, text, found.work), measure(tmp_path, text, found.work - 1)
        assert least.rows[0].shares == (1.0,)
        assert (less.measured, less.rows) == (False, ())

    def test_work_does_not_grow_beyond_what_stops_it(self, repository: Path) -> None:
        outcome = compile_model(repository / "models" / "web_shop.gai")
        assert outcome.ledger is not None
        assert 100 < measure_influence(outcome.ledger, 100).work < 2_000


@pytest.mark.slow
@pytest.mark.parametrize("name", MODELS)
class TestWorkedModels:
    def test_no_weak_default_moves_a_total(self, repository: Path, name: str) -> None:
        outcome = build_model(repository / "models" / f"{name}.gai")
        assert outcome.diagnostics == ()
        assert outcome.influences is not None
        assert outcome.influences.measured
        fixed = [row.factor.span.text for row in outcome.influences.rows if row.elasticities is None]
        # A job there fills an instance, so that less of it may not be used, and more than all of it cannot be.
        assert fixed == (["100 %"] if name == "machine_learning" else [])
        assert math.fsum(row.shares[0] for row in outcome.influences.rows) == pytest.approx(1.0, rel=1e-12)

    def test_measuring_changes_nothing(self, repository: Path, name: str) -> None:
        model = repository / "models" / f"{name}.gai"
        plain, measured = compile_model(model), build_model(model)
        assert plain.ledger is not None
        assert measured.ledger is not None
        assert json_text(results_document(plain, plain.ledger)) == json_text(
            results_document(measured, measured.ledger)
        )
        again = measure_influence(measured.ledger)
        first = measured.influences
        assert first is not None
        assert [(row.factor.span, row.elasticities) for row in first.rows] == [
            (row.factor.span, row.elasticities) for row in again.rows
        ]


@pytest.mark.parametrize(
    ("name", "path", "written"),
    [
        ("genai_job", "farm.pue", "1.2"),
        ("edge_fleet", "camera.lifespan", "5 year"),
        ("edge_fleet", "shops_poland.usage_span", "4 year"),
        ("machine_learning", "try_settings.request_duration", "150 min"),
        ("chat_self_hosted", "write_answer.output_token_count", "400 tok"),
        ("web_shop", "browse.duration", "4 min"),
    ],
)
def test_it_is_what_a_changed_text_gives(repository: Path, tmp_path: Path, name: str, path: str, written: str) -> None:
    """The whole model evaluated anew with another number in its text."""
    model = repository / "models" / f"{name}.gai"
    outcome = build_model(model)
    assert outcome.program is not None
    assert outcome.influences is not None
    row = next(r for r in outcome.influences.rows if path_of(outcome.program, r.factor.uses[0]) == path)
    span = row.factor.span
    assert span.text == written
    number = written.split(maxsplit=1)[0]
    unit = written.removeprefix(number)
    totals = []
    for ratio in (1 / STEP, STEP):
        text = f"{span.file.text[: span.start]}{float(number) * ratio!r}{unit}{span.file.text[span.end :]}"
        changed = write_program(tmp_path / f"at_{ratio}", text, model.name)
        for data in model.parent.glob("*.csv"):
            (changed.parent / data.name).write_bytes(data.read_bytes())
        ledger = compile_model(changed).ledger
        assert ledger is not None
        (total,) = (each for each in ledger.totals() if each.category is None)
        totals.append(math.fsum(sum_over_time(ledger.run, node) for node in total.nodes))
    assert row.elasticities is not None
    assert row.elasticities[0] == pytest.approx(math.log(totals[1] / totals[0]) / SPAN, rel=1e-9)
