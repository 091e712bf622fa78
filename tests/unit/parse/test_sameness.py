"""The net below the one format finds every difference but that of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.parse.layout_pieces import read_pieces
from gaic.parse.module import parse_watched
from gaic.parse.sameness import Words, same_tree
from gaic.source.limits import USUAL
from gaic.source.text import SourceFile

from .reading import read

if TYPE_CHECKING:
    from lark import Token

TEXT = '## doc\nkind k { input a : Power = 10 W from s conf low within 0 W .. 1 kW }\nlet b = [1, x, "t"]\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("## doc", "## dog"),
        ("kind k", "kind l"),
        ("kind k", "abstract kind k"),
        ("10 W", "10.0 W"),
        ("conf low", "conf high"),
        ("Power =", "Power? ="),
        ("1 kW", "2 kW"),
        ("[1, x", "[x, 1"),
        (', "t"', ""),
        ('"t"', "t"),
        ("from s ", ""),
        ("let b", "let c"),
    ],
)
def test_other_trees_are_not_the_same(old: str, new: str) -> None:
    assert old in TEXT
    assert not same_tree(read(TEXT)[0], read(TEXT.replace(old, new))[0])


def test_places_make_no_difference() -> None:
    other = TEXT.replace(" = ", "  =  ").replace("{ ", "{ # c\n  ").replace(" }", "\n}").replace("low", "low;")
    assert "low;" in other
    assert same_tree(read(TEXT)[0], read(other.replace("low;", "low"))[0])


def words(text: str) -> bytes:
    found = Words()
    done = 0
    chunks: list[int] = []

    def add(tokens: list[Token]) -> None:
        pieces = read_pieces(text, tokens, chunks[-1] if chunks else done)
        chunks.append(pieces.end)
        found.add(text, pieces)

    assert parse_watched(SourceFile("m.gai", text), USUAL, add)[1] == ()
    found.add_comments(text, chunks[-1], len(text))
    return found.digest()


def test_words_and_comments_are_counted_with_their_order() -> None:
    text = "let a = [1, b] # c\n# d\nlet e = 2\n"
    assert words(text) == words(
        "let a = [\n 1, # c\n b,\n]\n # d\nlet e = 2 ;\n".replace(" # c\n b", " b").replace("b,\n]", "b,\n] # c")
    )
    for other in (
        text.replace("# c", "#c"),
        text.replace("# d\n", ""),
        text.replace("1, b", "1.0, b"),
        text.replace("[1, b] # c\n# d", "[1, b] # d\n# c"),
        text.replace("] # c", "]").replace("2\n", "2 # c\n"),
    ):
        assert words(other) != words(text)
