"""The one format changes no meaning and no comment, whoever wrote the text, and has nothing to do a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gaic.parse.layout import lay_out
from gaic.parse.module import parse_module
from gaic.parse.sameness import same_tree
from gaic.source.text import SourceFile
from gaic.syntax.format import format_expression
from tests.accept.random_models import models
from tests.conftest import ROOT
from tests.laws.spacing import comments, read, respaced, words
from tests.unit.parse.test_format import larger, leaves

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.syntax.expressions import Expression

MODELS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "models").glob("*.gai"))}
DENSE = {
    path.stem: path.read_text(encoding="utf-8")
    for path in (ROOT / "stdlib" / name for name in ("attribution.gai", "edge.gai", "external_apis.gai", "units.gai"))
}
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def laid_out(text: str) -> str:
    """The text in the one format, with everything checked that must hold."""
    laid, faults = lay_out(SourceFile("model.gai", text))
    assert laid is not None, faults
    assert same_tree(read(text), read(laid))
    assert comments(laid) == comments(text)
    assert words(laid) == words(text)
    assert lay_out(SourceFile("model.gai", laid)) == (laid, ())
    assert laid == "" or (laid.endswith("\n") and not laid.endswith("\n\n") and not laid.startswith("\n"))
    return laid


@pytest.mark.parametrize("path", sorted(ROOT.glob("**/*.gai")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_of_the_repository(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    _, faults = parse_module(SourceFile("model.gai", text))
    if faults:
        assert lay_out(SourceFile("model.gai", text))[0] is None
    else:
        laid_out(text)


@SLOW
@given(st.data())
def test_blanks_make_no_difference(data: st.DataObject) -> None:
    text = (MODELS | DENSE)[data.draw(st.sampled_from(sorted(MODELS | DENSE)))]
    other = data.draw(respaced(text, line_ends=False))
    assume(parse_module(SourceFile("model.gai", other))[1] == () and same_tree(read(text), read(other)))
    assert laid_out(other) == laid_out(text)


@SLOW
@given(st.data())
def test_line_ends_and_comments_anywhere(data: st.DataObject) -> None:
    text = (MODELS | DENSE)[data.draw(st.sampled_from(sorted(MODELS | DENSE)))]
    other = data.draw(respaced(text, line_ends=True))
    assume(parse_module(SourceFile("model.gai", other))[1] == ())
    laid_out(other)


@SLOW
@given(models())
def test_random_models(text: str) -> None:
    laid_out(text)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.recursive(leaves, larger, max_leaves=30), min_size=1, max_size=4),
    st.sampled_from(
        ("let a = {}", "kind k {{ calc a : T = {} }}", "k o {{ a = {}; bbb = 1 }}", "k o {{ a = m {{ b = {} }} }}")
    ),
    st.data(),
)
def test_random_expressions(trees: list[Expression], form: str, data: st.DataObject) -> None:
    text = "\n".join(form.format(format_expression(tree)) for tree in trees) + "\n"
    assume(parse_module(SourceFile("model.gai", text))[1] == ())
    laid_out(text)
    other = data.draw(respaced(text, line_ends=True))
    assume(parse_module(SourceFile("model.gai", other))[1] == ())
    laid_out(other)
