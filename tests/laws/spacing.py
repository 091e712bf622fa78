"""The same program written in another way: other blanks, and line ends and comments where the language allows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from gaic.parse.module import parse_watched
from gaic.parse.newlines import CLOSING, GLUE, OPENING, opens_block
from gaic.source.limits import USUAL
from gaic.source.text import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Token

    from gaic.syntax.declarations import Module

TEXT_OR_COMMENT = re.compile(r'"""(?s:.)*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*')
CONTINUING = re.compile(r"(?:from|conf|note|then|else|and|or|where|to|within|usual|as|for)\b|->|\?\?|[+*/^]|\.[a-z]")
BLANKS = st.sampled_from((" ", " ", "  ", "\t", "    "))
ENDS = st.sampled_from(("\n ", "\n\n\t", "\n\n\n  ", " # why\n ", "\n # why\n\n#x\n ", "\n# a\n   "))
"""A word in column 1 would begin another item."""


@dataclass(frozen=True)
class Place:
    """What stands between two words: blanks may change, and where `free` there may be line ends and comments."""

    written: str
    free: bool
    changing: bool


def read(text: str) -> Module:
    """The tree of a text without mistakes."""
    module, faults = parse_watched(SourceFile("model.gai", text), USUAL, None)
    assert faults == ()
    return module


def comments(text: str) -> list[str]:
    """The comments of a text, told from texts without the lexer of the language; those of `##` too."""
    found = (match[0] for match in TEXT_OR_COMMENT.finditer(text) if match[0].startswith("#"))
    return [comment.rstrip() for comment in found]


def words(text: str) -> str:
    """All but blanks and what may be added or left out between entries and items; texts keep theirs."""
    parts = TEXT_OR_COMMENT.split(text)
    kept = [match if match.startswith('"') else "" for match in TEXT_OR_COMMENT.findall(text)]
    bare = (re.sub(r"[\s;,]+", "", part) for part in parts)
    return "".join(part + rest for part, rest in zip(bare, [*kept, ""], strict=True))


def cut(text: str) -> tuple[list[str], list[Place]]:
    """The words of a text and what stands between them, one place more than words."""
    tokens: list[Token] = []
    parse_watched(SourceFile("model.gai", text), USUAL, tokens.extend)
    real = [token for token in tokens if token.type != "NL"]
    ends = [0, *((token.end_pos or 0) for token in real)]
    starts = [*((token.start_pos or 0) for token in real), len(text)]
    gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    return [str(token) for token in real], list(_places(real, gaps))


def _places(tokens: list[Token], gaps: list[str]) -> Iterator[Place]:
    opened: list[bool] = []
    yield Place(gaps[0], free=False, changing=False)
    previous = ""
    for token, gap, following in zip(tokens, gaps[1:], [*tokens[1:], None], strict=True):
        if token.type in OPENING:
            opened.append(opens_block(token.type, previous))
        elif token.type in CLOSING:
            opened.pop()
        previous = token.type
        continues = following is not None and CONTINUING.match(str(following)) is not None
        free = bool(opened and not opened[-1]) or token.type in GLUE - {"DOC"} or continues
        yield Place(gap, free, changing="\n" not in gap and following is not None)


@st.composite
def respaced(draw: st.DrawFn, text: str, *, line_ends: bool) -> str:
    """The text with other blanks in a few places, and with other line ends where that is asked for."""
    spelled, places = cut(text)
    gaps = [place.written for place in places]
    changed = draw(st.lists(st.integers(0, len(places) - 1), max_size=40))
    for number in changed:
        place = places[number]
        if not place.changing:
            continue
        if line_ends and place.free and draw(st.booleans()):
            gaps[number] = draw(ENDS)
        elif place.written.strip(" ") == "":
            gaps[number] = draw(BLANKS) if place.written or draw(st.booleans()) else ""
            if place.written and draw(st.booleans()) and not _joins(spelled, number):
                gaps[number] = ""
    return "".join(gap + word for gap, word in zip(gaps, [*spelled, ""], strict=True))


def _joins(spelled: list[str], number: int) -> bool:
    """Whether two words would become one without the blank, or a quantity another one."""
    return not {spelled[number - 1][-1], spelled[number][0]} & set("=,{}[]()")
