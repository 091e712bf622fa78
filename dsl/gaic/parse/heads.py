"""What an item declares, told from its head without the grammar: for items that are broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.parse.words import RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = rf"(?!(?:{'|'.join(RESERVED)})\b)[A-Za-z_]\w*"
_HEAD = re.compile(
    r"(?:abstract[ \t]+kind|kind|let|dimension|quantity)[ \t]+(?P<word>[A-Za-z_]\w*)"
    r"|unit[ \t]+(?P<words>[^:\n]*)"
    r"|import[ \t]+(?P<modules>[^\n]*)"
    r"|(?:assert|correlate)\b"
    rf"|(?:template[ \t]+)?{_WORD}(?:\.{_WORD})*[ \t]+(?P<object>{_WORD})"
)
_WORDS = re.compile(r"[A-Za-z_]\w*")
_CHOSEN = re.compile(r"\bas\b|\{")
_DOCUMENTATION = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\n)*+")
_NEXT = re.compile(r";[ \t]*")
_SEARCHED = 10_000  # characters of a broken item that are searched for more items on its line


def looks_like_item(text: str, start: int) -> bool:
    """Whether an item begins at an offset, under its documentation."""
    return _HEAD.match(text, _below_documentation(text, start)) is not None


def declared_names(text: str, start: int, end: int) -> Iterator[str]:
    """The names that the items between two offsets would have declared; one name too many does no harm.

    An empty one stands for all the names of an import.
    """
    heads = [_below_documentation(text, start)]
    heads.extend(match.end() for match in _NEXT.finditer(text, start, min(end, start + _SEARCHED)))
    for head in heads:
        match = _HEAD.match(text, head, end)
        if match is not None:
            for group in match.groups():
                if group is not None:
                    yield from _WORDS.findall(group)
            if match["modules"] is not None and _CHOSEN.search(match["modules"]) is None:
                yield ""


def _below_documentation(text: str, start: int) -> int:
    match = _DOCUMENTATION.match(text, start)
    return match.end() if match else start
