from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.report import listing
from gaic.source.text import SourceFile, Span

if TYPE_CHECKING:
    from gaic.report.facts import Facts
    from tests.unit.report.fake_ledger import FakeBook

ACROSS = "hourly_occurrences_across_usage_patterns"


def cut(text: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.style) for piece in listing.cut_code(text) if piece.style]


def test_a_line_is_cut_by_what_it_is_made_of() -> None:
    text = 'input count_2 : Time = 1_000.5 s from src note "from # 3"  # calc'
    assert cut(text) == [
        ("input", "word"),
        ("1_000.5", "figure"),
        ("from", "word"),
        ("note", "word"),
        ('"from # 3"', "text"),
        ("# calc", "remark"),
    ]
    assert "".join(piece.text for piece in listing.cut_code(text)) == text


def test_a_long_line_is_cut_off() -> None:
    assert len("".join(piece.text for piece in listing.cut_code("x" * 5000))) == listing.LONGEST_LINE + 1


def test_a_place_shows_lines_around_it() -> None:
    text = "".join(f"line {number}\n" for number in range(1, 41))
    file = SourceFile("a.gai", text)
    place = listing.show_place(Span(file, text.index("line 5\n"), text.index("line 7\n")))
    assert [line.number for line in place.lines] == [3, 4, 5, 6, 7, 8]
    assert [line.number for line in place.lines if line.marked] == [5, 6]
    assert place.text == "a.gai:5"
    assert not place.shipped


def test_a_long_place_shows_its_beginning() -> None:
    text = "".join(f"line {number}\n" for number in range(1, 41))
    lines = listing.show_place(Span(SourceFile("a.gai", text), 0, len(text))).lines
    assert [lines[0].number, lines[-1].number] == [1, 10]


def test_an_empty_file_has_a_place() -> None:
    assert [line.number for line in listing.show_place(Span(SourceFile("a.gai", ""), 0, 0)).lines] == [1]


@pytest.mark.parametrize(
    ("path", "linked"),
    [
        (
            "answer.request_duration",
            {
                "output_token_count": "answer.html#output_token_count",
                "service.gpu_latency_alpha": "assistant.html#gpu_latency_alpha",
                "service.active_params": "assistant.html#active_params",
                "service.gpu_latency_beta": "assistant.html#gpu_latency_beta",
            },
        ),
        (
            "per_ticket.value",
            {
                "farm.use_footprint": "farm.html#use_footprint",
                "farm.instances_manufacturing_footprint": "farm.html#instances_manufacturing_footprint",
                f"answer.{ACROSS}": f"answer.html#{ACROSS}",
                "requests_per_ticket": "requests_per_ticket.html#value",
            },
        ),
        (
            "farm.load",
            {
                "job.hourly_avg_occurrences_per_usage_pattern": "answer.html#hourly_avg_occurrences_per_usage_pattern",
                "job.compute_needed": "answer.html#compute_needed",
            },
        ),
        (
            "answer.hourly_occurrences_across_usage_patterns",
            {"hourly_occurrences_per_usage_pattern": "answer.html#hourly_occurrences_per_usage_pattern"},
        ),
        ("answer.hourly_occurrences_per_usage_pattern[staff]", {}),
    ],
)
def test_names_in_a_formula_lead_to_what_they_mean(
    book: FakeBook, facts: Facts, path: str, linked: dict[str, str]
) -> None:
    node = book.find(path)
    account = book.accounts[node]
    assert account.formula is not None
    pieces = listing.link_formula(account.formula, account.object, facts.point(facts.edges[node]))
    assert {piece.text: piece.href for piece in pieces if piece.href} == linked
    assert "".join(piece.text for piece in pieces) == account.formula
