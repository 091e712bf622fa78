from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.report.addresses import anchor_of, page_of, slug_of

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,6}", fullmatch=True)
STEPS = st.tuples(NAMES, st.lists(st.integers(0, 30), max_size=2))
PATHS = st.lists(STEPS, min_size=1, max_size=4).map(
    lambda steps: ".".join(name + "".join(f"[{index}]" for index in indices) for name, indices in steps)
)


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("answer", "objects/answer.html"),
        ("shapes.office", "objects/shapes.office.html"),
        ("ask.steps[1]", "objects/ask.steps-1.html"),
        ("ask.steps[1].jobs[0]", "objects/ask.steps-1.jobs-0.html"),
    ],
)
def test_a_plain_path_is_its_own_file_name(path: str, page: str) -> None:
    assert page_of(path) == page


@pytest.mark.parametrize("path", ["con", "NUL", "com1", "aux.part", "lpt9", "prn.a.b"])
def test_names_that_windows_reserves_are_not_file_names(path: str) -> None:
    assert slug_of(path).split(".")[0] not in {"con", "nul", "com1", "aux", "lpt9", "prn"}


def test_names_that_differ_in_case_have_different_files() -> None:
    slugs = {slug_of(path).casefold() for path in ("answer", "Answer", "ANSWER", "ansWer")}
    assert len(slugs) == 4


@given(st.lists(PATHS, unique=True, max_size=20))
def test_different_paths_have_different_files_where_case_does_not_count(paths: list[str]) -> None:
    assert len({slug_of(path).casefold() for path in paths}) == len(paths)


@given(st.text(min_size=1, max_size=300))
def test_a_file_name_is_short_and_safe_whatever_the_path(path: str) -> None:
    assert re.fullmatch(r"[a-z0-9_.-]{1,100}", slug_of(path))


@pytest.mark.parametrize(
    ("attribute", "member", "anchor"),
    [
        ("request_duration", None, "request_duration"),
        ("per_pattern", "staff", "per_pattern.staff"),
        ("per_pattern", "browse#2", "per_pattern.browse--2"),
        ("per_pattern", "a.b[1]", "per_pattern.a.b-1"),
        ("per_pattern", "a.b[1], c#2", "per_pattern.a.b-1--c--2"),
        ("per_pattern", "é", "per_pattern.-xe9-"),
    ],
)
def test_the_place_of_a_value_on_its_page(attribute: str, member: str | None, anchor: str) -> None:
    assert anchor_of(attribute, member) == anchor
