"""Whether two texts say the same: equal trees but for places, equal words and comments in equal order."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from gaic.parse.layout_pieces import BLANKS
from gaic.source.text import SourceFile, Span

if TYPE_CHECKING:
    from gaic.parse.layout_pieces import Pieces
    from gaic.syntax.declarations import Module

_COMMENT = re.compile(r"#[^\n]*")


def same_tree(one: Module, other: Module) -> bool:
    """Whether two trees are equal but for the places of their nodes."""
    waiting: list[tuple[object, object]] = [(one.doc, other.doc), (one.items, other.items)]
    while waiting:
        left, right = waiting.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, tuple) and isinstance(right, tuple):
            if len(left) != len(right):
                return False
            waiting += zip(left, right, strict=True)
        elif isinstance(left, (Span, SourceFile)):
            continue
        elif is_dataclass(left):
            names = _names(left.__class__)
            waiting += ((getattr(left, name), getattr(right, name)) for name in names)
        elif left != right:
            return False
    return True


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """The parts of a node."""
    return tuple(field.name for field in fields(kind))


class Words:
    """The words, numbers, texts, signs and comments of a text, one behind the other."""

    def __init__(self) -> None:
        self._hash = sha256()

    def add(self, text: str, pieces: Pieces) -> None:
        """Those of a chunk."""
        for place, word in enumerate(pieces.texts):
            if pieces.comment[place]:
                self.add_comments(text, pieces.gap_start[place], pieces.gap_end[place])
            if pieces.kinds[place] == "DOC":
                self.add_documentation(word)
            else:
                self.add_text(word)

    def add_comments(self, text: str, start: int, end: int) -> None:
        """The comments of a gap."""
        for comment in _COMMENT.finditer(text, start, end):
            self.add_text(comment[0].rstrip(BLANKS))

    def add_documentation(self, block: str) -> None:
        """A block of `##` lines."""
        for line in block.split("\n"):
            self.add_text(line.strip(BLANKS))

    def add_text(self, word: str) -> None:
        """A word."""
        self._hash.update(word.encode("utf-8", "surrogatepass") + b"\n")

    def digest(self) -> bytes:
        """What tells one sequence of words from all others."""
        return self._hash.digest()
