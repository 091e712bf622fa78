"""Mistakes in different items of a model are independent: each gives its message, and nothing else is said."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gaic.api.compile import check_model
from gaic.source.render import render_full
from tests.conftest import ROOT
from tests.laws.mistakes import make_mistakes, possible_mistakes

if TYPE_CHECKING:
    from tests.laws.mistakes import Mistake

FILES = [*sorted((ROOT / "models").glob("*.gai")), *sorted((ROOT / "tests" / "cases" / "accept").glob("*.gai"))]
MOST = 8


@cache
def places(file: Path) -> list[list[Mistake]]:
    """The possible mistakes of a model, item by item."""
    return possible_mistakes(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@settings(max_examples=12, derandomize=True, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_each_mistake_gives_its_message_and_nothing_else(file: Path, data: st.DataObject) -> None:
    items = data.draw(st.lists(st.sampled_from(places(file)), min_size=1, max_size=MOST, unique_by=id))
    mistakes = [data.draw(st.sampled_from(item)) for item in items]
    text, expected = make_mistakes(file.read_text(encoding="utf-8"), mistakes)
    with TemporaryDirectory() as folder:
        model = Path(folder) / file.name
        model.write_text(text, encoding="utf-8")
        for other in file.parent.glob("*.csv"):
            copy(other, folder)
        diagnostics = check_model(model).diagnostics
    found = sorted((d.span.line if d.span is not None else 0, d.code) for d in diagnostics)
    assert found == expected, f"{[m.name for m in mistakes]}\n{render_full(diagnostics)}"
