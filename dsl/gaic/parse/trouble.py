"""Where the reading of a chunk has stopped: what was found, what had come before, what could have followed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from gaic.parse.newlines import CLOSING, OPENING, opens_block, terminals
from gaic.parse.text import shortened
from gaic.parse.words import ENTRY_WORDS, RESERVED
from gaic.source.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Token

    from gaic.source.text import SourceFile


class Found(Enum):
    """What stands at the place where reading stopped."""

    RESERVED = "reserved word"
    NAME = "name"
    TYPE = "type"
    NUMBER = "number"
    TEXT = "text"
    DOC = "documentation"
    SIGN = "sign"
    LINE_END = "line end"
    END = "end"
    CHARACTER = "character"


# Read anew from the text: the lexer's own guess outside its context may be a unit where a name is meant.
_FOUND = re.compile(
    r"(?P<NAME>[a-z_][A-Za-z0-9_]*)|(?P<TYPE>[A-Z][A-Za-z0-9_]*)"
    r"|(?P<NUMBER>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?[ \t]?%?)"
    r'|(?P<TEXT>"""(?s:.)*?"""|"(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+")'
    r"|(?P<DOC>##)"
    r"|(?P<SIGN>\.\.|->|=>|\?\?|\+-|\*=|<=|>=|==|!=|[-+*/^=:;,.?|<>(){}\[\]%])"
)
_SEPARATORS = terminals("COMMA SEMI NL EQUAL COLON GIVES IF THEN ELSE FROM CONF NOTE FOR WHERE WITHIN USUAL DOC")
_ENTRY_START = re.compile(rf"(?:{'|'.join((*ENTRY_WORDS, 'let', 'assert'))})\b|[a-z_][A-Za-z0-9_]*\s*=(?![=>])")
_SPOKEN = {
    "NAME": "a name",
    "TYPE": "a type",
    "STRING": 'a text in quotes (`"..."`)',
    "UNIT": "a unit",
    "UNITNAME": "a unit name",
    "EQUAL": "`=`",
    "COLON": "`:`",
    "LBRACE": "`{`",
    "IN": "`in`",
    "THEN": "`then`",
    "ELSE": "`else`",
    "KIND": "`kind`",
    "GIVES": "`=>`",
    "DOTDOT": "`..`",
    "COMMA": "`,`",
    "RPAR": "`)`",
    "RSQB": "`]`",
    "RBRACE": "`}`",
}
"""How a message speaks of terminals, in the order in which it lists them."""
_LINE_ENDS = frozenset({"NL", "SEMI", "$END"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """A text that cannot go on at `span`; `accepts` are the terminals that could have followed.

    `tokens` have been read before, `opened` are the brackets still open, each with whether it is the `{` of a block.
    """

    kind: Found
    span: Span
    accepts: frozenset[str]
    tokens: list[Token]
    opened: list[tuple[Token, bool]]

    @property
    def text(self) -> str:
        """What was found."""
        return self.span.text

    @property
    def file(self) -> SourceFile:
        """The file."""
        return self.span.file

    @property
    def found(self) -> str:
        """What was found, for a message."""
        if self.kind is Found.LINE_END:
            return "the end of the line"
        if self.kind is Found.END:
            return "the end of the item"
        return f"`{shortened(self.text)}`"

    @property
    def before(self) -> str:
        """The terminal before, empty at the start."""
        return self.tokens[-1].type if self.tokens else ""

    @property
    def before_text(self) -> str:
        """The text of the token before."""
        return shortened(self.tokens[-1].value) if self.tokens else ""

    @property
    def before_span(self) -> Span:
        """The place of the token before; at the start, of what was found."""
        return self.span_of(self.tokens[-1]) if self.tokens else self.span

    def span_of(self, token: Token) -> Span:
        """The place of a token."""
        return Span(self.file, token.start_pos or 0, token.end_pos or 0)

    @property
    def on_new_line(self) -> bool:
        """Whether a line end lies between the token before and the place."""
        start = self.tokens[-1].end_pos or 0 if self.tokens else 0
        return "\n" in self.file.text[start : self.span.start]

    @property
    def starts_entry(self) -> bool:
        """Whether an entry (`name =`, `calc` ...) begins at the place."""
        return _ENTRY_START.match(self.file.text, self.span.start) is not None

    def follows(self, pattern: str) -> bool:
        """Whether a pattern matches behind what was found."""
        return re.compile(pattern).match(self.file.text, self.span.end) is not None

    def back(self) -> Iterator[Token]:
        """The tokens before, backwards to the start of the expression, over what is in closed brackets."""
        depth = 0
        for token in reversed(self.tokens):
            if token.type in CLOSING:
                depth += 1
            elif token.type in OPENING:
                depth -= 1
                if depth < 0:
                    return
            elif depth == 0:
                yield token
                if token.type in _SEPARATORS:
                    return

    @property
    def wants_value(self) -> bool:
        """Whether a value could stand here."""
        return "NUMBER" in self.accepts and "LPAR" in self.accepts

    def wanted(self) -> str:
        """What could stand here, for a message."""
        parts: list[str] = []
        rest = self.accepts
        if self.wants_value:
            parts.append("a value")
            rest -= {"NAME", "STRING", "LSQB", "LBRACE", "LPAR"}
        elif {"NAME", "INPUT"} <= rest or "DOC" in rest:
            parts.append("an entry" if "RBRACE" in rest or "INPUT" in rest else "an item")
            rest &= {"RBRACE"}
        elif {"NAME", "TYPE"} <= rest:
            parts.append("a type" if "FORM" in rest else "a name")
            rest -= {"NAME", "TYPE"}
        if {"PLUS", "STAR"} <= rest:
            parts.append("an operator")
            rest -= {"IN", "DOTDOT", "LBRACE"}
        parts.extend(spoken for terminal, spoken in _SPOKEN.items() if terminal in rest)
        if rest & _LINE_ENDS:
            parts.append("the end of the line")
        return _listed(parts) or "something else"


def _listed(parts: list[str]) -> str:
    return " or ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def open_brackets(tokens: list[Token]) -> list[tuple[Token, bool]]:
    """The brackets that are open behind some tokens, each with whether it is the `{` of a block."""
    opened: list[tuple[Token, bool]] = []
    previous = ""
    for token in tokens:
        if token.type in OPENING:
            opened.append((token, opens_block(token.type, previous)))
        elif token.type in CLOSING and opened:
            opened.pop()
        previous = token.type
    return opened


def indent_of(text: str, position: int) -> int:
    """The blanks in front of the line on which a position lies."""
    start = text.rfind("\n", 0, position) + 1
    return len(text[start:position]) - len(text[start:position].lstrip(" \t"))


def probable_close(text: str, tokens: list[Token]) -> tuple[Token, Token] | None:
    """The first bracket with a line below it that is indented no deeper than its own, and the token before that line.

    Whoever writes code indents what stands in brackets, so that there the closing one is missing.
    """
    opened: list[Token] = []
    for place, (before, token) in enumerate(pairwise(tokens)):
        if before.type in OPENING:
            opened.append(before)
        elif before.type in CLOSING and opened:
            opened.pop()
        if not opened or token.type in CLOSING or token.type in _LINE_ENDS:
            continue
        begins_line = "\n" in text[before.end_pos or 0 : token.start_pos or 0] or before.type == "NL"
        if begins_line and _column(text, token.start_pos or 0) <= indent_of(text, opened[-1].start_pos or 0):
            return opened[-1], last_word(tokens[: place + 1])
    return None


def _column(text: str, position: int) -> int:
    return position - (text.rfind("\n", 0, position) + 1)


def last_word(tokens: list[Token]) -> Token:
    """The last token that is no line end."""
    return next((token for token in reversed(tokens) if token.type != "NL"), tokens[-1])


def look_at(text: str, position: int) -> tuple[Found, int]:
    """What stands at a position, and where it ends."""
    match = _FOUND.match(text, position)
    if match is None:
        return Found.CHARACTER, position + 1
    word = match[0]
    if match.lastgroup == "NAME" and word in RESERVED:
        return Found.RESERVED, match.end()
    end = match.end() - (1 if word.endswith((" ", "\t")) else 0)
    return Found[match.lastgroup or "SIGN"], end
