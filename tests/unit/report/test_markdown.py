from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaic.report.markdown import Block, Phrase, is_safe_link, read_markdown, read_phrases


def styles(text: str) -> list[tuple[str, str]]:
    return [(phrase.style, phrase.text) for phrase in read_phrases(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [("plain", "plain")]),
        ("a *b* c", [("plain", "a "), ("emphasis", "b"), ("plain", " c")]),
        ("_b_", [("emphasis", "b")]),
        ("a_b_c and 2*3*4", [("plain", "a_b_c and 2*3*4")]),
        ("**b**", [("strong", "b")]),
        ("`a * b`", [("code", "a * b")]),
        ("`` a ` b ``", [("code", "a ` b")]),
        ("[t](https://example.org/a?b=c)", [("link", "t")]),
        ("<https://example.org>", [("link", "https://example.org")]),
        ("open `code", [("plain", "open `code")]),
    ],
)
def test_phrases(text: str, expected: list[tuple[str, str]]) -> None:
    assert styles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[t](javascript:alert(1))",
        "[t](JaVaScRiPt:alert)",
        "[t](data:text/html,x)",
        "[t](file:///etc/passwd)",
        "[t](//example.org)",
        "![t](https://example.org/x.png)",
        "<javascript:alert>",
        "<img src=x onerror=alert(1)>",
        '[t](https://example.org/"onclick=alert)',
    ],
)
def test_only_links_to_web_pages_are_links(text: str) -> None:
    assert [phrase for phrase in read_phrases(text) if phrase.style == "link" or phrase.href] == []


@pytest.mark.parametrize("address", ["http://a.org", "https://a.org/x#y", "https://a.org:80/wiki/Zürich_(x)?q=%20&r=1"])
def test_safe_links(address: str) -> None:
    assert is_safe_link(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "ftp://a", "https://a b", "https://a'b", "https://a\nb", " https://a", "https://", "https:///a"),
        *("https://a.org/\u202e", "https://a.org/%zz", "https://a#b#c", "https://a.org@evil.invalid/", "https://a:b"),
    ],
)
def test_unsafe_links(address: str) -> None:
    assert not is_safe_link(address)


def test_blocks() -> None:
    text = "One\ntwo.\n\n- a\n  goes on\n- b\n1. c\n\n```\nx = 1\n\n<y>\n```\nafter"
    assert read_markdown(text) == (
        Block("paragraph", ((Phrase("plain", "One two."),),)),
        Block("bullets", ((Phrase("plain", "a goes on"),), (Phrase("plain", "b"),))),
        Block("numbers", ((Phrase("plain", "c"),),)),
        Block("code", ((Phrase("plain", "x = 1\n\n<y>"),),)),
        Block("paragraph", ((Phrase("plain", "after"),),)),
    )


def test_a_fence_that_does_not_end_takes_the_rest() -> None:
    assert read_markdown("```\na\nb") == (Block("code", ((Phrase("plain", "a\nb"),),)),)


@given(st.text(alphabet="ab `*_[]()<>!\n-1.h:/", max_size=80))
def test_no_letter_gets_lost(text: str) -> None:
    letters = "".join(p.text + p.href for block in read_markdown(text) for item in block.items for p in item)
    assert text.count("b") <= letters.count("b")


@pytest.mark.parametrize("mark", ["`", "*", "**a", "_", "[", "[a](", "<https://", "- ", "``` `"])
def test_a_hostile_text_takes_linear_time(mark: str) -> None:
    begin = time.perf_counter()
    read_markdown(mark * 20_000)
    assert time.perf_counter() - begin < 5
