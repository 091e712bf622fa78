from __future__ import annotations

import pytest

from gaic.source.suggest import Speller, distance, suggest


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("strage", "storage"),
        ("stroage", "storage"),
        ("Storage", "storage"),
        ("pwoer", "power"),
        ("powers", "power"),
        ("xyz", None),
        ("storage", None),
        ("", None),
        ("p", None),
        ("x" * 100, None),
    ],
)
def test_the_nearest_word_is_meant(word: str, meant: str | None) -> None:
    assert suggest(word, ["power", "storage", "", "x" * 99]) == meant


def test_of_equally_near_words_the_first_of_the_alphabet() -> None:
    assert suggest("cat", ["hat", "bat", "car"]) == "bat"
    assert suggest("cat", ["Cat", "bat"]) == "Cat"


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("", "ab", 2), ("ab", "ba", 1), ("abc", "abc", 0), ("abcd", "acbd", 1), ("ca", "abc", 3)],
)
def test_distance(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == steps


def test_a_speller_stops_when_it_has_compared_enough() -> None:
    speller = Speller(left=500)
    known = [f"word{number}" for number in range(20)]
    assert speller.suggest("wrod1", known) == "word1"
    assert speller.suggest("wrod1", lambda: known) is None
    assert Speller().suggest("wrod1", lambda: known) == "word1"
