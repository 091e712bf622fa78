"""Whatever happens to the text of a model, gaic answers with findings or with values, never with an exception."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gaic.api.compile import check_model, compile_model
from gaic.source.diagnostic import has_errors
from gaic.source.render import render_concise, render_full
from tests.conftest import ROOT
from tests.laws.models import MODELS

TOKEN = re.compile(r"\s+|\w+|.")
STRANGE = (
    *"(){}[]=:;,.?*/^+-<>\"#%|\\'\n\t\r\0\u202e\ud7ff€×",
    *("->", "??", "..", "+-", "=>", "==", "##", '"""', "1e400", "2026-02-30", "24:61", "0", "-1", "1e-300"),
    *(
        "self",
        "module",
        "std",
        "total",
        "nothing",
        "every",
        "if",
        "then",
        "kind",
        "calc",
        "input",
        "ref",
        "set",
        "back",
    ),
    *("extends", "template", "abstract", "weight", "hourly", "sum", "max", "given", "as", "to", "for", "where", "from"),
    *("kWh", "Energy", "Ratio", "amount", "level", "server", "emitter", "farm", "answer", "study", "shape", "\n\n}"),
)

STARTS = "genai_job_starts.csv"

Change = tuple[str, bool, float, float, str]

CHANGE = st.tuples(
    st.sampled_from(["delete", "double", "move", "replace", "insert"]),
    st.booleans(),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(STRANGE),
)


@cache
def read_model(name: str) -> str:
    """The text of a model of the repository."""
    return (ROOT / "models" / name).read_text(encoding="utf-8")


def apply_change(text: str, change: Change) -> str:
    """The text with a word or a line deleted, doubled, moved or replaced, or with something inserted."""
    how, by_line, where, whence, strange = change
    parts = text.splitlines(keepends=True) if by_line else TOKEN.findall(text)
    if not parts:
        return strange
    place, other = int(where * len(parts)), int(whence * len(parts))
    match how:
        case "delete":
            parts[place] = ""
        case "double":
            parts[place] *= 2
        case "move":
            parts[place], parts[other] = parts[other], parts[place]
        case "replace":
            parts[place] = parts[other]
        case _:
            parts[place] = strange + parts[place]
    return "".join(parts)


def answer(model: str, text: str, *, evaluate: bool) -> None:
    """Check or compile a text in the place of a model; findings must be there where values are not."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / model
        path.write_text(text, encoding="utf-8", newline="")
        (path.parent / STARTS).write_bytes((ROOT / "models" / STARTS).read_bytes())
        outcome = compile_model(path) if evaluate else check_model(path)
        failed = outcome.ledger is None if evaluate else outcome.program is None
        assert has_errors(outcome.diagnostics) or not failed
        assert render_full(outcome.diagnostics, colour=True).count("GAI") >= len(outcome.diagnostics)
        assert len(render_concise(outcome.diagnostics).splitlines()) == len(outcome.diagnostics)


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=30)
@given(changes=st.lists(CHANGE, min_size=1, max_size=3))
def test_the_check_answers_any_text(model: str, changes: list[Change]) -> None:
    text = read_model(model)
    for change in changes:
        text = apply_change(text, change)
    answer(model, text, evaluate=False)


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=12)
@given(changes=st.lists(CHANGE, min_size=1, max_size=2))
def test_the_evaluation_answers_any_text(model: str, changes: list[Change]) -> None:
    text = read_model(model)
    for change in changes:
        text = apply_change(text, change)
    answer(model, text, evaluate=True)


@settings(max_examples=30)
@given(words=st.lists(st.sampled_from([*STRANGE, " ", "x", "y", "1", "Power", "W", "\n", "{", "}"]), max_size=40))
@example(words=["kind", " ", "x", "{", "calc", "y"])
def test_the_check_answers_any_words(words: list[str]) -> None:
    answer("any.gai", " ".join(words), evaluate=False)
