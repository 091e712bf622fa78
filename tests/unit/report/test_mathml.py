"""Formulas as MathML: every construct of the language, well-formed, with its text beside it."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from xml.etree import ElementTree as ET

import pytest

from gaic.load.bundle import load_reference
from gaic.report.mathml.joining import LONGEST_LINE
from gaic.report.mathml.node import Node
from gaic.report.mathml.writer import write_equation, write_math
from gaic.source.limits import USUAL
from gaic.syntax.declarations import Assert, Calc, Input, Kind, Let
from gaic.syntax.expressions import Expression, Name
from gaic.syntax.format import format_expression
from tests.unit.parse.reading import item, value

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANKS = {"&nbsp;": "\N{NO-BREAK SPACE}", "&nnbsp;": "\N{NARROW NO-BREAK SPACE}"}
GAP = '<mspace width="0.35em"></mspace>'


def read_cases() -> dict[str, str]:
    """The text of an expression, and what stands in its formula."""
    text = Path(__file__).with_name("mathml_cases.txt").read_text(encoding="utf-8").replace("<gap/>", GAP)
    for name, blank in BLANKS.items():
        text = text.replace(name, blank)
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {case: formula.strip() for case, formula in zip(lines[::2], lines[1::2], strict=True)}


CASES = read_cases()


def ungrouped(node: Node) -> str:
    return re.sub("</?mrow>", "", str(node))


@pytest.mark.parametrize("text", CASES)
def test_an_expression_is_written_as_a_formula(text: str) -> None:
    expression = value(text)
    node = write_math(expression)
    assert CASES[text] in ungrouped(node)
    root = ET.fromstring(str(node))
    assert root.tag == "math"
    assert root.attrib == {"display": "block", "alttext": format_expression(expression)}


def kinds_of(part: object) -> Iterator[str]:
    """The names of all classes in a tree."""
    if dataclasses.is_dataclass(part) and type(part).__module__ == "gaic.syntax.expressions":
        yield type(part).__name__
        for field in dataclasses.fields(part):
            yield from kinds_of(getattr(part, field.name))
    elif isinstance(part, tuple):
        for each in part:
            yield from kinds_of(each)


def test_every_sort_of_expression_is_among_the_cases() -> None:
    written = {name for text in CASES for name in kinds_of(value(text))}
    assert {sort.__name__ for sort in get_args(Expression)} <= written


def test_elements_have_as_many_parts_as_mathml_asks_for() -> None:
    wanted = {"mfrac": 2, "msup": 2, "msub": 2, "munder": 2}
    for text in CASES:
        for element in ET.fromstring(str(write_math(value(text)))).iter():
            assert len(element) == wanted.get(element.tag, len(element)), text


def test_names_lead_where_the_caller_says() -> None:
    names: list[str] = []

    def link(name: Name) -> str | None:
        names.append(name.text)
        return f"there?a=1&b=2#{name.text}" if name.text != "plain" else None

    text = "sum(one.two * ceil(plain[three]) as Four for k in every five where k in one.six)"
    written = str(write_math(value(text), link))
    assert '<mrow><mi></mi><mtext><a href="there?a=1&amp;b=2#two">two</a></mtext></mrow>' in written
    assert "<mi>plain</mi>" in written
    assert names.count("one") == 2
    assert {"one", "two", "three", "Four", "five", "six", "plain", "k"} == set(names)
    assert "<a" not in str(write_math(value(text)))


def test_units_are_spelled_as_the_caller_says() -> None:
    written = str(write_math(value("3 kgX/h + a -> kgX"), spell=lambda unit: unit.replace("kgX", "kg X")))
    assert "\N{NO-BREAK SPACE}kg X/h" in written
    assert written.count("kg X") == 2


def test_an_equation_names_what_it_defines() -> None:
    kind = item("kind k { calc a_b[p in ps, q in p.qs] : Ratio = 1 }")
    assert isinstance(kind, Kind)
    (calc,) = kind.block.entries
    assert isinstance(calc, Calc)
    assert calc.formula is not None
    node = write_equation(calc.name, [binder.name for binder in calc.binders], calc.formula)
    assert ungrouped(node) == (
        '<math display="block" alttext="a_b[p, q] = 1"><msub><mi>a\N{NO-BREAK SPACE}b</mi><mi>p</mi><mo>,</mo>'
        "<mi>q</mi></msub><mo>=</mo><mn>1</mn></math>"
    )


def test_a_wide_formula_goes_over_several_lines() -> None:
    name = "x" * 50
    assert "<mtable" not in str(write_math(value(f"{name} + y")))
    wide = str(write_math(value(f"{name} + {name} * y")))
    assert wide.count("<mtr>") == 2
    assert '<mo form="infix">+</mo>' in wide.partition("</mtr>")[2]
    below = str(write_math(value(f"if {'c' * 60} then {'v' * 60} else 2")))
    assert 'class="stacked"' in below
    assert below.index("<mi>c") < below.index("<mi>v") < below.index("<mn>2</mn>")
    words = Name("y" * LONGEST_LINE, value("a").span)
    assert str(write_equation(words, [], value(f"{name} + 1"))).count("<mtr>") == 2


def test_hostile_texts_stay_texts() -> None:
    written = str(write_math(value('"</math><script>alert(1)</script>\\u{202e}" == a')))
    assert "<script" not in written
    assert "\u202e" not in written
    assert ET.fromstring(written).tag == "math"
    assert str(Node("mi", ('"<&>',), (("title", '"<&>'),))) == '<mi title="&quot;&lt;&amp;&gt;">"&lt;&amp;&gt;</mi>'


@pytest.mark.parametrize(
    "text",
    [
        " / ".join(["a"] * (USUAL.depth - 2)),
        " + ".join(["a"] * (USUAL.depth - 2)),
        ".".join(["a"] * (USUAL.depth - 2)),
        "-" * (USUAL.depth - 2) + "a",
        "f(" * 60 + "a" + ")" * 60,
        "".join(f"if a then {n} else " for n in range(60)) + "b",
    ],
)
def test_the_deepest_tree_is_written(text: str) -> None:
    assert str(write_math(value(text))).endswith("</math>")


@cache
def library_formulas() -> tuple[tuple[str, Expression], ...]:
    """Every formula of the library: calculations, defaults, constants, conditions."""
    found: list[tuple[str, Expression]] = []
    modules = load_reference(None)[0].modules.values()
    kinds = [kind for module in modules for kind in module.tree.items if isinstance(kind, Kind)]
    for kind in kinds:
        for entry in kind.block.entries:
            match entry:
                case Calc(name, formula=written) | Input(name, default=written) if written is not None:
                    found.append((f"{kind.name.text}.{name.text}", written))
                case Let(name, value=written) | Assert(name, condition=written):
                    found.append((f"{kind.name.text}.{name.text}", written))
                case _:
                    pass
    return tuple(found)


def test_every_formula_of_the_library_is_well_formed() -> None:
    formulas = library_formulas()
    assert len(formulas) > 400
    for place, written in formulas:
        root = ET.fromstring(str(write_math(written, lambda name: f"#{name.text}")))
        assert root.attrib["alttext"], place
        assert {element.tag for element in root.iter()} <= TAGS, place


TAGS = {
    *(
        "a",
        "math",
        "mfrac",
        "mi",
        "mn",
        "mo",
        "mrow",
        "mspace",
        "msqrt",
        "msub",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
    ),
    "munder",
}
"""All that is written is part of MathML Core, but the links inside names."""
