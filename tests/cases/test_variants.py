"""Each broken variant of the two models gives one message, and two mistakes in different blocks give two."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import check_model, compile_model
from gaic.source.render import render_full
from tests.cases.variants import CHECKED, EVALUATED, GENAI, SUPPORT
from tests.spec.blocks import place_of

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.source.diagnostic import Diagnostic
    from tests.cases.variants import Variant

PAIRS = [
    (one, other)
    for model in (GENAI, SUPPORT)
    for one, other in pairwise([variant for variant in CHECKED if variant.model == model])
    if one.old != other.old
]


def found_lines(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[int, str]]:
    """Line and code of every finding."""
    spans = [(place_of(diagnostic), diagnostic.code) for diagnostic in diagnostics]
    return sorted((0 if span is None else span.line, code) for span, code in spans)


@pytest.mark.parametrize("model", [GENAI, SUPPORT])
def test_the_models_themselves_are_without_findings(models: Path, model: str) -> None:
    assert compile_model(models / model).diagnostics == ()


@pytest.mark.parametrize("variant", [*CHECKED, *EVALUATED], ids=lambda variant: variant.name)
def test_one_mistake_gives_one_message(models: Path, variant: Variant) -> None:
    model = models / variant.model
    text = variant.apply(model.read_text(encoding="utf-8"))
    model.write_text(text, encoding="utf-8")
    diagnostics = compile_model(model).diagnostics
    said = render_full(diagnostics)
    assert found_lines(diagnostics) == [(variant.line(text), variant.code)], said
    assert variant.says in said, said


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0].name}-{pair[1].name}")
def test_two_mistakes_give_two_messages(models: Path, pair: tuple[Variant, Variant]) -> None:
    model = models / pair[0].model
    text = model.read_text(encoding="utf-8")
    for variant in pair:
        text = variant.apply(text)
    model.write_text(text, encoding="utf-8")
    diagnostics = check_model(model).diagnostics
    expected = sorted((variant.line(text), variant.code) for variant in pair)
    assert found_lines(diagnostics) == expected, render_full(diagnostics)


def test_a_model_that_is_not_utf8(models: Path) -> None:
    model = models / GENAI
    model.write_bytes(model.read_text(encoding="utf-8").replace('"generate"', '"généré"').encode("latin-1"))
    (diagnostic,) = compile_model(model).diagnostics
    assert (diagnostic.code, diagnostic.span) == ("GAI106", None)
    assert f'"{GENAI}" is not UTF-8' in render_full((diagnostic,))


def test_a_model_that_is_not_there(models: Path) -> None:
    (diagnostic,) = compile_model(models / "genai_jbo.gai").diagnostics
    assert (diagnostic.code, diagnostic.help) == ("GAI103", f'did you mean "{GENAI}"?')
