from __future__ import annotations

import pytest

from gaic.source.diagnostic import Diagnostic, ModelError, Severity, has_errors, sort_diagnostics
from gaic.source.limits import Limits
from gaic.source.text import SourceFile, Span


@pytest.mark.parametrize(("offset", "place"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (4, (3, 1)), (6, (3, 3))])
def test_lines_and_columns_count_from_1(offset: int, place: tuple[int, int]) -> None:
    assert SourceFile("a", "ab\n\ncd").locate(offset) == place


def test_lines_are_without_their_ends() -> None:
    file = SourceFile("a", "ab\n\ncd")
    assert [file.line(number) for number in (1, 2, 3)] == ["ab", "", "cd"]


def test_a_span_knows_its_text_and_reaches_to_another() -> None:
    file = SourceFile("a", "ab cd")
    first, second = Span(file, 0, 2), Span(file, 3, 5)
    assert first.to(second).text == "ab cd"
    assert (second.line, second.column, second.text) == (1, 4, "cd")


def test_diagnostics_are_sorted_by_place_and_said_once() -> None:
    file = SourceFile("a", "ab\ncd")
    later = Diagnostic("GAI002", "later", Span(file, 3, 4))
    first = Diagnostic("GAI001", "first", Span(file, 0, 1), severity=Severity.WARNING)
    nowhere = Diagnostic("GAI003", "nowhere", None)
    assert sort_diagnostics([later, first, nowhere, later]) == (nowhere, first, later)
    assert has_errors([first, later])
    assert not has_errors([first])
    assert str(ModelError([later, first])) == "GAI002: later"
    assert str(ModelError([first])) == "the model has errors"


def test_limits_are_those_of_the_contract() -> None:
    limits = Limits()
    assert (limits.nesting, limits.exponent, limits.digits, limits.name_length) == (64, 64, 400, 128)
    assert (limits.file_size, limits.tokens, limits.files, limits.import_depth) == (16_000_000, 2_000_000, 1_000, 32)
    assert (limits.series_hours, limits.csv_rows, limits.nodes) == (1_000_000, 1_000_000, 5_000_000)
