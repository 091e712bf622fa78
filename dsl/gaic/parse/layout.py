"""The one format of `.gai` files: line ends mostly as the author chose them, everything between them in one way.

A text is cut into chunks and tokens by the parser itself, and each chunk becomes pieces (`layout_pieces`), of which
some begin a line (`layout_breaks`); the lines are written with their indentation and comments (`layout_lines`) onto a
sheet (`layout_sheet`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.parse.chunks import cut, end_of_blank
from gaic.parse.layout_lines import Blanks, write_comments, write_documentation, write_pieces
from gaic.parse.layout_pieces import read_pieces
from gaic.parse.layout_sheet import Sheet
from gaic.parse.module import parse_watched
from gaic.parse.sameness import Words, same_tree
from gaic.source.diagnostic import has_errors
from gaic.source.limits import USUAL
from gaic.source.text import SourceFile

if TYPE_CHECKING:
    from lark import Token

    from gaic.parse.layout_pieces import Pieces
    from gaic.source.diagnostic import Diagnostic
    from gaic.source.limits import Limits


class LayoutError(Exception):
    """A text with another layout would mean something else: a fault of ours, which is found before it does harm."""


def lay_out(file: SourceFile, limits: Limits = USUAL) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a file in the one format, and what is wrong with it; no text where there are errors.

    The new text is parsed again: raises `LayoutError` where its tree, its words or its comments are not the old ones.
    """
    text = file.text if file.text.endswith("\n") else file.text + "\n"
    desk = _Desk(text)
    module, diagnostics = parse_watched(file, limits, desk.take)
    if has_errors(diagnostics):
        return None, diagnostics
    laid = desk.finish()
    if laid != file.text:
        reading = _Reading(laid)
        again, faults = parse_watched(SourceFile(file.name, laid, file.origin), limits, reading.take)
        if has_errors(faults) or reading.words() != desk.words() or not same_tree(module, again):
            message = f"the layout of {file.name} would change its meaning; the file is left as it is"
            raise LayoutError(message)
    return laid, diagnostics


class _Reading:
    """Goes through a text chunk by chunk and notes its words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = Words()
        doc, _ = cut(text)
        begin = end_of_blank(text, 0, len(text)) if doc else 0
        self._done = begin + len(doc)
        self._head(begin, doc)

    def _head(self, begin: int, doc: str) -> None:
        self._words.add_comments(self._text, 0, begin)
        self._words.add_documentation(doc)

    def take(self, tokens: list[Token]) -> None:
        """The next chunk."""
        pieces = read_pieces(self._text, tokens, self._done)
        self._words.add(self._text, pieces)
        self._done = pieces.end
        self._write(pieces)

    def _write(self, pieces: Pieces) -> None:
        """What becomes of a chunk."""

    def words(self) -> bytes:
        """What says which words and comments there were, once all is read."""
        self._words.add_comments(self._text, self._done, len(self._text))
        return self._words.digest()


class _Desk(_Reading):
    """Lays out a text chunk by chunk."""

    def _head(self, begin: int, doc: str) -> None:
        super()._head(begin, doc)
        self._sheet = Sheet()
        apart = write_comments(self._text, 0, begin, self._sheet, 0, Blanks.ALL)
        if doc:
            write_documentation(doc, 0, self._sheet, apart=apart)

    def _write(self, pieces: Pieces) -> None:
        write_pieces(self._text, pieces, self._sheet)

    def finish(self) -> str:
        """The text, once all is read."""
        write_comments(self._text, self._done, len(self._text), self._sheet, 0, Blanks.ALL)
        return self._sheet.text()
