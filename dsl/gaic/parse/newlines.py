"""The filter between lexer and parser: which line ends count, and how deep a text may nest."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from gaic.source.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lark import Token


def terminals(row: str) -> frozenset[str]:
    """The names of terminals, written in a row."""
    return frozenset(row.split())


GLUE = terminals(
    "EQUAL COMMA COLON PLUS MINUS STAR SLASH CIRCUMFLEX CMP VBAR LPAR LSQB LBRACE DOC DOTDOT ARROW GIVES OTHERWISE "
    "PLUSMINUS TIMES AND OR NOT IF THEN ELSE TO IN AS FROM CONF NOTE FOR WHERE WITHIN USUAL EVERY"
)
"""Terminals after which a line cannot end."""

_BEFORE_BLOCK = terminals("NAME STRING RPAR RSQB RBRACE")
OPENING = terminals("LPAR LSQB LBRACE")
CLOSING = terminals("RPAR RSQB RBRACE")
_SEPARATING = terminals("COMMA SEMI NL")
_DEEPENING = terminals(
    "PLUS MINUS STAR SLASH CIRCUMFLEX CMP VBAR DOT DOTDOT ARROW OTHERWISE PLUSMINUS AND OR NOT IF TO IN AS"
)
_WATCHED = OPENING | CLOSING | _SEPARATING | _DEEPENING


class Excess(Exception):
    """A bound of `Limits` is passed at a token; `bound` is its name."""

    def __init__(self, bound: str, token: Token) -> None:
        super().__init__(bound)
        self.bound = bound
        self.token = token


class NewlineFilter:
    """Drops the line ends that do not end anything, and counts.

    It may drop a token and never holds one back, which would let the contextual lexer run ahead of the
    parser. `tokens` are those of the current chunk that have reached the parser, also after a failure.

    The height of the tree is bounded before there is a tree: each open bracket and each operator since the
    last separator of its bracket can add one level, so their number is an upper bound of the height.
    """

    always_accept: ClassVar[tuple[str, ...]] = ("NL",)

    def __init__(self) -> None:
        self.start_file(Limits())

    def start_file(self, limits: Limits) -> None:
        """Begin to count."""
        self._limits = limits
        self._counted = 0
        self.tokens: list[Token] = []
        self._opened: list[bool] = []

    def start_chunk(self) -> None:
        """Forget the tokens of the chunk before, but not their number."""
        self._counted += len(self.tokens)
        self.tokens = []
        self._opened = []

    def go_on(self, opened: Sequence[tuple[Token, bool]]) -> None:
        """Forget the tokens of the chunk but its open brackets, each with the token before it: more of it follows."""
        brackets = {id(token) for token, _ in opened}
        kept: list[Token] = []
        for before, token in pairwise(self.tokens):
            if id(token) in brackets:
                kept += (before, token)
        self._counted += len(self.tokens) - len(kept)
        self.tokens = kept
        self._opened = [is_block for _, is_block in opened]

    @property
    def count(self) -> int:
        """The number of tokens of the file so far."""
        return self._counted + len(self.tokens)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass on the tokens of one chunk, less the line ends that mean nothing."""
        tokens = self.tokens
        most = self._limits.tokens - self._counted
        blocks = list(self._opened)  # for each open bracket: is it the `{` of a block?
        heights = [0] * (len(blocks) + 1)  # operators since the last separator, for each open bracket
        height = 0  # their sum
        previous = tokens[-1].type if tokens else ""
        for token in stream:
            kind = token.type
            if kind in _WATCHED:
                if kind in _SEPARATING:
                    if kind == "NL" and (previous in GLUE or (blocks and not blocks[-1])):
                        continue
                    height -= heights[-1]
                    heights[-1] = 0
                elif kind in CLOSING:
                    if blocks:
                        blocks.pop()
                        height -= heights.pop()
                else:
                    heights[-1] += 1
                    height += 1
                    if kind in OPENING:
                        blocks.append(opens_block(kind, previous))
                        heights.append(0)
                    self._check(len(blocks), height, token)
            tokens.append(token)
            if len(tokens) > most:
                raise Excess("tokens", token)
            previous = kind
            yield token

    def _check(self, brackets: int, height: int, token: Token) -> None:
        if brackets > self._limits.nesting:
            raise Excess("nesting", token)
        if height > self._limits.depth:
            raise Excess("depth", token)


def opens_block(kind: str, previous: str) -> bool:
    """Whether a bracket is the `{` of a block, not of a table: that depends on the terminal before it."""
    return kind == "LBRACE" and previous in _BEFORE_BLOCK
