"""Programs from the rules of the grammar, whole and with local damage, get findings or values, never an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gaic.parse import parse_module
from gaic.source.text import SourceFile
from tests.laws.programs import PROGRAMS
from tests.laws.test_robustness import CHANGE, answer, apply_change

if TYPE_CHECKING:
    from tests.laws.test_robustness import Change

BOUNDED = settings(max_examples=40, derandomize=True, phases=[Phase.explicit, Phase.generate])


@BOUNDED
@given(text=PROGRAMS)
def test_programs_are_checked(text: str) -> None:
    answer("program.gai", text, evaluate=False)


@BOUNDED
@given(text=PROGRAMS)
def test_programs_are_evaluated(text: str) -> None:
    answer("program.gai", text, evaluate=True)


@BOUNDED
@given(text=PROGRAMS, changes=st.lists(CHANGE, min_size=1, max_size=3))
def test_damaged_programs_are_checked(text: str, changes: list[Change]) -> None:
    for change in changes:
        text = apply_change(text, change)
    answer("program.gai", text, evaluate=False)


@settings(max_examples=400, derandomize=True, phases=[Phase.explicit, Phase.generate])
@given(text=PROGRAMS, changes=st.lists(CHANGE, max_size=4))
def test_every_message_about_a_damaged_text_has_its_place_in_it(text: str, changes: list[Change]) -> None:
    for change in changes:
        text = apply_change(text, change)
    module, diagnostics = parse_module(SourceFile("a.gai", text))
    for diagnostic in diagnostics:
        assert diagnostic.span is not None
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text) + 1
    starts = [item.span.start for item in module.items]
    assert starts == sorted(starts)
