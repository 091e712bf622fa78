"""Whatever is wrong with a model, mending it brings no error and leaves nothing that it could mend."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gaic.api.compile import check_model
from gaic.api.fixing import fix_model
from gaic.source.diagnostic import Severity
from tests.laws.mistakes import make_mistakes
from tests.laws.test_mistakes import FILES, MOST, places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gaic.source.diagnostic import Diagnostic

LARGE = 12_000
"""Bytes from which a model takes too long to be checked again and again."""
SHORT = [file for file in FILES if file.stat().st_size < LARGE]


def errors(diagnostics: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(d.code for d in diagnostics if d.severity is Severity.ERROR)


@pytest.mark.parametrize("file", SHORT, ids=lambda file: file.stem)
@settings(max_examples=3, derandomize=True, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_mending_ends_errors_and_brings_none(file: Path, data: st.DataObject) -> None:
    items = data.draw(st.lists(st.sampled_from(places(file)), min_size=1, max_size=MOST, unique_by=id))
    text, _ = make_mistakes(file.read_text(encoding="utf-8"), [data.draw(st.sampled_from(item)) for item in items])
    with TemporaryDirectory() as folder:
        model = Path(folder) / file.name
        model.write_text(text, encoding="utf-8")
        for other in file.parent.glob("*.csv"):
            copy(other, folder)
        before = errors(check_model(model).diagnostics)
        fixed = fix_model(model)
        after = errors(fixed.outcome.diagnostics)
        assert after <= before
        assert (model.read_text(encoding="utf-8") == text) is (not fixed.counts)
        assert errors(check_model(model).diagnostics) == after
        assert fix_model(model).counts == {}
