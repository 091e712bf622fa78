"""Go on behind a broken entry of a block: where the next one begins, and how the parser gets there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.parse.newlines import CLOSING, OPENING
from gaic.parse.words import CONTINUING, ENTRY_WORDS, RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Token
    from lark.parsers.lalr_parser_state import ParserState

_MOST_NAMES = 10_000  # of a broken entry that are remembered
_WORDS = "|".join((*ENTRY_WORDS, "let", "assert"))
_HEAD = re.compile(rf"(?:(?:{_WORDS})[ \t]+|(?=[A-Za-z_]\w*[ \t]*=(?![=>])))(?P<name>[A-Za-z_]\w*)?")
_DOCUMENTATION = re.compile(r"(?:\s*+##[^\n]*+(?:\n\s*+|$))*+")
_FIRST = re.compile(r"[A-Za-z_][\w \t]{0,1000}")
_NAME = re.compile(r"[A-Za-z_]\w*")
_CONTINUED = re.compile(rf"(?:{'|'.join(CONTINUING)})(?!\w)|->|\?\?|[+*/^]|\.[A-Za-z_]")
_SCAN = re.compile(r'"""(?s:.)*?"""|"(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"?|#[^\n]*|[\n;()\[\]{}]')
_BLANK = re.compile(r"(?:[ \t\n;]++|#(?!#)[^\n]*+)*+")
_BLOCK = re.compile(r'(?:[^\n{#"]++|"[^"\n]*+")*+\{|[ \t]*\n\s*\{')
_INDENTATION = re.compile(r"[ \t]*")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def find_gap(text: str, tokens: list[Token], brace: Token, place: int, end: int) -> tuple[int, int]:
    """Where the entry of a block begins that broke at `place`, behind these tokens, and where reading goes on."""
    first = _entry_start(tokens, brace, place)
    start = place if first is None else first.start_pos or 0
    return start, _next_entry(text, start, place, end)


def begins_entry(text: str, place: int) -> bool:
    """Whether what stands at a place looks like an entry of a block."""
    return _HEAD.match(text, place) is not None


def _entry_start(tokens: list[Token], brace: Token, place: int) -> Token | None:
    """The first token of the entry that a block is at; None before it. A separator at the place ends no entry."""
    depth = 0
    last: Token | None = None
    for token in reversed(tokens):
        if token is brace:
            break
        if token.type in CLOSING:
            depth += 1
        elif token.type in OPENING:
            # An open bracket belongs to the entry; what lies before it is counted from there.
            depth = max(0, depth - 1)
        elif depth == 0 and token.type in ("NL", "SEMI") and (token.start_pos or 0) < place:
            break
        last = token
    return last


def _next_entry(text: str, start: int, place: int, end: int) -> int:
    """Where the entry behind a broken one begins, or the `}` of their block, or the end of the chunk."""
    column = _column(text, start)
    opened: list[str] = []
    count = dict.fromkeys("([{", 0)
    after = start
    for match in _SCAN.finditer(text, start, end):
        sign = match[0]
        if sign == "\n" and match.start() >= after:
            after = _skip(text, match.end(), end)
            if _may_begin(text, after, place, column, inside=bool(opened)):
                return after
        elif sign == ";":
            if not opened and match.start() >= place:
                return _skip(text, match.end(), end)
        elif sign in count:
            opened.append(sign)
            count[sign] += 1
        elif sign in _PAIRS:
            while count[_PAIRS[sign]]:
                last = opened.pop()
                count[last] -= 1
                if last == _PAIRS[sign]:
                    break
            else:
                if sign == "}":
                    return match.start()
    return end


def _may_begin(text: str, position: int, place: int, column: int, *, inside: bool) -> bool:
    """Whether a line may begin an entry behind one that broke at `place` and began in `column`.

    Inside an open bracket only what looks like an entry and is indented no further does; so does it before the place of
    the mistake, where a line that lacks its end has swallowed the next one.
    """
    if inside:
        return position >= place and _HEAD.match(text, position) is not None and _column(text, position) <= column
    if position < place:
        return _HEAD.match(text, position) is not None
    return _CONTINUED.match(text, position) is None or _HEAD.match(text, position) is not None


def _column(text: str, position: int) -> int:
    return position - text.rfind("\n", 0, position)


def _skip(text: str, position: int, end: int) -> int:
    blank = _BLANK.match(text, position, end)
    return blank.end() if blank else position


def lost_names(text: str, start: int, end: int) -> Iterator[str]:
    """The names of a broken entry and of those it has swallowed; an empty one where none can be told."""
    start = _skip_documentation(text, start, end)
    if not text[start:end].strip():
        return
    first = _FIRST.match(text, start, end)
    words = _NAME.findall(first[0]) if first is not None else []
    # `input note : T` has no name that anyone could use; `note = 3` sets what is not there.
    declared = [word for word in words if word not in RESERVED]
    yield from (declared if len(words) > 1 else words) or ("",)
    line = text.find("\n", start, end)
    for _ in range(_MOST_NAMES):
        if line == -1:
            return
        begin = _skip(text, line, end)
        head = _HEAD.match(text, begin, end)
        if head is not None and head["name"]:
            yield head["name"]
        line = text.find("\n", begin, end)


def _skip_documentation(text: str, position: int, end: int) -> int:
    documentation = _DOCUMENTATION.match(text, position, end)
    return documentation.end() if documentation else position


def block_behind(text: str, place: int, end: int) -> int | None:
    """Where the `{` stands that opens the block of a head that broke at `place`; None if there is none."""
    match = _BLOCK.match(text, place, end)
    return match.end() - 1 if match else None


def rewind(state: ParserState[int], brace: Token) -> bool:
    """Take the parser back to where the next entry of a block may begin; False if this is no block of entries."""
    from lark import Token, Tree

    values, states = state.value_stack, state.state_stack
    depth = next((index for index in range(len(values) - 1, -1, -1) if values[index] is brace), None)
    if depth is None or "INPUT" not in state.parse_conf.states[states[depth + 1]]:
        return False
    kept = depth + 1
    has_entries = len(values) > kept and isinstance(values[kept], Tree) and values[kept].data == "_entries"
    kept += has_entries
    del values[kept:]
    del states[kept + 1 :]
    if has_entries:
        state.feed_token(Token("NL", "\n"))
    return True


def closes_evenly(text: str, start: int, end: int) -> bool:
    """Whether each `}` that begins a line is indented as the line with its `{`: else it may be another's."""
    opened: list[int] = []
    for match in _SCAN.finditer(text, start, end):
        if match[0] == "{":
            opened.append(_indentation(text, match.start()))
        elif match[0] == "}" and opened:
            indentation = opened.pop()
            line = text.rfind("\n", 0, match.start()) + 1
            if not text[line : match.start()].strip() and match.start() - line != indentation:
                return False
    return True


def _indentation(text: str, position: int) -> int:
    line = text.rfind("\n", 0, position) + 1
    blank = _INDENTATION.match(text, line)
    return blank.end() - line if blank else 0
