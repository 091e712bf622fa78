"""Workings as MathML and as text: every construct, with the brackets that it needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args
from xml.etree import ElementTree as ET

import pytest

from gaic.evaluate.working import Called, Combined, Figure, Gathered, Named, Phrase, Signed, Stated, Term
from gaic.report.mathml.numbers import list_wide_calls, say, write_numbers
from gaic.report.mathml.writer import write_math
from tests.unit.parse.reading import value

if TYPE_CHECKING:
    from gaic.report.mathml.node import Node

NBSP, NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
GAP = '<mspace width="0.35em"></mspace>'
PLUS, MINUS, TIMES = (f'<mo form="infix">{sign}</mo>' for sign in ("+", "&minus;", "×"))


def two(operator: str, left: Term, right: Term) -> Combined:
    return Combined(operator, left, right)


A, B, C = Figure(3.0, ""), Figure(400.0, "W"), Figure(-2.0, "")
THREE, WATT, TWO = (
    "<mn>3</mn>",
    f'<mn>400</mn><mtext class="unit">{NBSP}W</mtext>',
    '<mo form="prefix">&minus;</mo><mn>2</mn>',
)

CASES: dict[str, tuple[Term, str, str]] = {
    "a number with its unit": (B, WATT, "400 W"),
    "a large number": (Figure(1234567.8, ""), f"<mn>1{NNBSP}234{NNBSP}568</mn>", f"1{NNBSP}234{NNBSP}568"),
    "a power of ten": (
        Figure(8.02e-13, "s/tok"),
        f'<mn>8.02</mn><mo>×</mo><msup><mn>10</mn><mn>&minus;13</mn></msup><mtext class="unit">{NBSP}s/tok</mtext>',
        "8.02 × 10⁻¹³ s/tok",
    ),
    "a word": (Phrase("on_premise"), "<mi>on_premise</mi>", "on_premise"),
    "a series by its name": (Named("far.load_now[a]", 7), f"<mi>far.load{NBSP}now[a]</mi>", "far.load_now[a]"),
    "a state": (
        Stated("power", "is not set"),
        f'<mi>power</mi>{GAP}<mtext class="keyword">is not set</mtext>',
        "power is not set",
    ),
    "a sign": (Signed("-", A), f'<mo form="prefix">&minus;</mo>{THREE}', "&minus;3"),
    "a denial": (Signed("not", Phrase("true")), f'<mtext class="keyword">not</mtext>{GAP}<mi>true', "not true"),
    "sums in a row": (
        two("-", two("+", A, B), A),
        f"{THREE}{PLUS}{WATT}{MINUS}{THREE}",
        "3 + 400 W &minus; 3",
    ),
    "a sum behind a minus": (
        two("-", A, two("+", A, B)),
        f"{THREE}{MINUS}<mo>(</mo>{THREE}{PLUS}{WATT}<mo>)</mo>",
        "3 &minus; (3 + 400 W)",
    ),
    "a negative number behind a sign": (
        two("+", A, C),
        f"{THREE}{PLUS}<mo>(</mo>{TWO}<mo>)</mo>",
        "3 + (-2)",
    ),
    "a negative number in front": (two("*", C, A), f"{TWO}{TIMES}{THREE}", "-2 × 3"),
    "a sum in a product": (
        two("*", two("+", A, B), A),
        f"<mo>(</mo>{THREE}{PLUS}{WATT}<mo>)</mo>{TIMES}{THREE}",
        "(3 + 400 W) × 3",
    ),
    "a fraction": (
        two("/", two("+", A, B), two("*", A, B)),
        f"<mfrac>{THREE}{PLUS}{WATT}{THREE}{TIMES}{WATT}</mfrac>",
        "(3 + 400 W) / (3 × 400 W)",
    ),
    "a power of a number": (two("^", A, A), f"<msup>{THREE}{THREE}</msup>", "3^3"),
    "a power of a number with a unit": (
        two("^", B, A),
        f"<msup><mo>(</mo>{WATT}<mo>)</mo>{THREE}</msup>",
        "(400 W)^3",
    ),
    "a comparison": (two("<=", A, B), f"{THREE}<mo>≤</mo>{WATT}", "3 ≤ 400 W"),
    "two conditions": (
        two("and", two("or", two("<", A, B), Phrase("true")), Phrase("false")),
        f'<mo>)</mo>{GAP}<mtext class="keyword">and</mtext>{GAP}<mi>false</mi>',
        "(3 < 400 W or true) and false",
    ),
    "a rounding": (Called("ceil", (A,)), f"<mo>⌈</mo>{THREE}<mo>⌉</mo>", "ceil(3)"),
    "a function": (
        Called("max", (A, B)),
        f'<mi class="function">max</mi><mo>(</mo>{THREE}<mo>,</mo>{WATT}<mo>)</mo>',
        "max(3, 400 W)",
    ),
    "a function of other hours and its value": (
        two("*", Called("held", (Named("x", 1), A), B), A),
        f'{WATT}<mo>⏟</mo></munder><mi class="function">held</mi><mo>(</mo><mi>x</mi><mo>,</mo>{THREE}<mo>)</mo>',
        "(held(x, 3) = 400 W) × 3",
    ),
    "a wide call": (
        Called("held", (Named("x" * 40, 1),), B),
        '<mi class="function">held</mi><mtext>(…)</mtext></munder>',
        f"(held({'x' * 40}) = 400 W)",
    ),
    "members": (
        Gathered("sum", (two("*", A, B), two("+", A, A))),
        f"{THREE}{TIMES}{WATT}{PLUS}<mo>(</mo>{THREE}{PLUS}{THREE}<mo>)</mo>",
        "3 × 400 W + (3 + 3)",
    ),
    "some of many members": (
        Gathered("sum", (A, A), 5, B),
        f'{THREE}{PLUS}{THREE}{PLUS}{WATT}<mi class="keyword">{NBSP}(5 more)</mi>',
        "3 + 3 + 400 W (5 more)",
    ),
    "some of many series": (
        Gathered("sum", (Named("x", 1),), 5),
        f'<mi>x</mi>{PLUS}<mi class="keyword">{NBSP}… (5 more)</mi>',
        "x + … (5 more)",
    ),
    "a sum of members in a product": (
        two("*", Gathered("sum", (A, A)), B),
        f"<mo>(</mo>{THREE}{PLUS}{THREE}<mo>)</mo>{TIMES}{WATT}",
        "(3 + 3) × 400 W",
    ),
    "the largest of members": (
        Gathered("max", (A, B), 2),
        f'max</mi><mo>(</mo>{THREE}<mo>,</mo>{WATT}<mo>,</mo><mi class="keyword">{NBSP}… (2 more)</mi><mo>)</mo>',
        "max(3, 400 W, … (2 more))",
    ),
}


def ungrouped(node: Node) -> str:
    return re.sub("<mrow[^>]*>|</mrow>", "", str(node))


@pytest.mark.parametrize("case", CASES)
def test_a_term_is_written_as_mathematics_and_as_text(case: str) -> None:
    term, *texts = CASES[case]
    mathematics, text = (each.replace("&minus;", "\N{MINUS SIGN}") for each in texts)
    node = write_numbers("y_of", ["p"], [term, A])
    assert mathematics in ungrouped(node)
    root = ET.fromstring(str(node))
    assert root.attrib == {"display": "block", "alttext": f"y_of = {text} = 3"}
    assert f"<msub><mi>y{NBSP}of</mi><mi>p</mi></msub><mo>=</mo>" in ungrouped(node)
    assert '<mo>=</mo><mrow class="result"><mn>3</mn></mrow></mrow></math>' in str(node)
    assert say(term) == text
    wanted = {"mfrac": 2, "msup": 2, "msub": 2, "munder": 2}
    for element in root.iter():
        assert len(element) == wanted.get(element.tag, len(element))


def test_every_sort_of_term_is_among_the_cases() -> None:
    assert {type(term) for term, _, _ in CASES.values()} | {Named, Phrase} >= set(get_args(Term))


@pytest.mark.parametrize(
    "text", ["3 - (3 - 3)", "(3 + 3) * 3 / (3 - 3)", "3 - 3 * 3 ^ 3", "(3 / 3) ^ 3", "3 * (3 * 3)"]
)
def test_brackets_are_those_of_the_formula(text: str) -> None:
    """A term of numbers looks like the expression that says the same."""
    import ast

    signs = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}

    def read(node: ast.expr) -> Term:
        if isinstance(node, ast.BinOp):
            return Combined(signs[type(node.op)], read(node.left), read(node.right))
        return A

    numbers = write_numbers("y", [], [read(ast.parse(text.replace("^", "**"), mode="eval").body)])
    written = ungrouped(write_math(value(text))).partition(">")[2]
    assert ungrouped(numbers).endswith(f"<mi>y</mi><mo>=</mo>{written}")


def test_units_are_spelled_and_names_lead_somewhere() -> None:
    terms = (Called("held", (Named("x", 7),)), Figure(1.0, "kgX/h"))
    written = str(write_numbers("y", [], terms, {7: 'a.html#"x'}.get, lambda unit: unit.replace("kgX", "kg X")))
    assert '<mtext><a href="a.html#&quot;x">x</a></mtext>' in written
    assert f"{NBSP}kg X/h" in written
    assert 'alttext="y = held(x) = 1 kg X/h"' in written


def test_wide_calls_are_found_wherever_they_stand() -> None:
    wide = Called("held", (Named("x" * 40, 1),), B)
    inner = Called("total", (Named("y" * 40, 1),), A)
    outer = Called("shift", (wide, inner))
    narrow = Called("peak", (Named("x", 1),), A)
    term = Gathered("sum", (two("+", Signed("-", wide), narrow), outer))
    assert list(list_wide_calls(term)) == [wide, wide, inner]


def test_wide_numbers_go_over_several_lines() -> None:
    many = Gathered("sum", tuple(two("*", Figure(n + 0.123, "kgCO2e/kWh"), Figure(4.567, "kWh")) for n in range(5)))
    written = str(write_numbers("y" * 30, [], [many, A]))
    assert written.count("<mtr>") >= 4
    assert '<mo form="infix">=</mo><mrow class="result">' in written


def test_hostile_texts_stay_texts() -> None:
    hostile = '</math><script>alert(1)</script>"\u202e'
    terms = (Combined("+", Phrase(hostile), Named(hostile, 1)), Stated(hostile, hostile), Figure(1.0, hostile))
    written = str(write_numbers(hostile, [hostile], terms, lambda _: hostile))
    assert "<script" not in written
    assert "\u202e" not in written
    assert ET.fromstring(written).tag == "math"
