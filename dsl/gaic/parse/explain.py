"""From the place where reading stopped to a message that says what to type: one small rule for each mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.parse.explain_values import (
    capital,
    chain,
    comma,
    equal_sign,
    missing_after,
    no_block,
    no_else,
    no_equal,
    no_type,
    other_language,
    reserved,
    reserved_field,
    spread_ends,
)
from gaic.parse.faults import Fault, say
from gaic.parse.newlines import GLUE
from gaic.parse.trouble import Found, indent_of, last_word, probable_close
from gaic.parse.words import CONTINUING, ENTRY_WORDS
from gaic.source.diagnostic import Diagnostic, Edit, Label
from gaic.source.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.parse.trouble import Trouble

_CLOSES = {"(": ")", "[": "]", "{": "}"}
_QUOTES = frozenset("'‘’“”„«»`")  # noqa: RUF001 - these are the quotes that people paste
_CURRENCY = "a currency is written with its ISO code, three capital letters"
_OTHER_SIGNS = {
    "!": "`not` negates and `!=` is unequal",
    "&": "write `and`",
    "€": _CURRENCY,
    "$": _CURRENCY,
    "£": _CURRENCY,
    "×": "write `*`",
    "·": "write `*`",
    "÷": "write `/`",
    "−": "write `-`",  # noqa: RUF001 - the signs themselves
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `!=`",
    "±": "write `+-`",
    "…": "write `..`",
    "–": "write `-`, or `..` for a range",  # noqa: RUF001 - the dash itself
    "\r": "line ends are LF or CRLF",
}
_SIGN = re.compile(r"write `(\W+)`")
"""Advice that names one sign in place of another."""


def explain(trouble: Trouble) -> Diagnostic:
    """The message for the first mistake of a chunk."""
    for rule in _RULES:
        diagnostic = rule(trouble)
        if diagnostic is not None:
            return diagnostic
    return _anything(trouble)


# ---------------------------------------------------------------- characters and texts


def _open_text(trouble: Trouble) -> Diagnostic | None:
    if trouble.kind is not Found.CHARACTER or trouble.text != '"':
        return None
    start = trouble.span.start
    text = trouble.file.text
    if text.startswith('"""', start):
        span = Span(trouble.file, start, start + 3)
        return say(Fault.OPEN_TEXT, "this text is not closed", span, 'close it with `"""`', "it begins here")
    end = text.find("\n", start)
    return say(
        Fault.OPEN_TEXT,
        "this text is not closed",
        Span(trouble.file, start, len(text) if end == -1 else end),
        'close it with `"` on the same line; a text of several lines stands between `"""`',
    )


def _character(trouble: Trouble) -> Diagnostic | None:
    if trouble.kind is not Found.CHARACTER:
        return None
    character = trouble.text
    shown = f"`{character}`" if character.isprintable() and not character.isspace() else f"U+{ord(character):04X}"
    help_: str | None = None
    edits: tuple[Edit, ...] = ()
    if character in _OTHER_SIGNS:
        help_ = _OTHER_SIGNS[character]
        sign = _SIGN.fullmatch(help_)
        edits = (Edit(trouble.span, sign[1]),) if sign is not None else ()
    elif character in _QUOTES:
        help_ = 'texts stand in double quotes: `"..."`'
    elif character.isspace():
        help_, edits = "replace it by a plain blank", (Edit(trouble.span, " "),)
    elif character.isalnum():
        help_ = "names are made of the letters a to z and A to Z, digits and `_`"
    return say(Fault.CHARACTER, f"{shown} is no part of the language", trouble.span, help_, "", *edits)


# ---------------------------------------------------------------- documentation and brackets


def _documentation(trouble: Trouble) -> Diagnostic | None:
    if trouble.before == "DOC":
        doc = trouble.tokens[-1]
        help_ = "`##` stands above an item or an entry; a plain comment begins with `#`"
        span = trouble.span_of(doc)
        return say(Fault.STRAY_DOC, "this documentation belongs to nothing", span, help_)
    unfinished = trouble.on_new_line and (trouble.before in GLUE or _inside_value(trouble))
    if trouble.kind is Found.DOC and not unfinished:
        help_ = "`##` stands on lines of its own above an item or an entry; a plain comment begins with `#`"
        return say(Fault.STRAY_DOC, "documentation cannot stand here", trouble.span, help_)
    return None


def _inside_value(trouble: Trouble) -> bool:
    """Whether a bracket is open that is not the `{` of a block."""
    return bool(trouble.opened) and not trouble.opened[-1][1]


def _open_bracket(trouble: Trouble) -> Diagnostic | None:
    """An end, another closing bracket or the next entry before a bracket is closed."""
    if not trouble.opened:
        return None
    bracket, is_block = trouble.opened[-1]
    if trouble.kind is Found.END:
        return _never_closed(trouble)
    closing = _CLOSES[bracket.value]
    wrong_close = trouble.text in _CLOSES.values() and trouble.text != closing
    begins = trouble.starts_entry or trouble.kind is Found.DOC
    next_entry = not is_block and trouble.on_new_line and begins
    if not (wrong_close or next_entry):
        return None
    message = f"`{bracket.value}` is not closed before {f'`{trouble.text}`' if wrong_close else 'the next entry'}"
    labels = (Label(trouble.span, "found this"),)
    help_ = f"close it with `{closing}`"
    return Diagnostic(Fault.UNCLOSED.value, message, trouble.span_of(bracket), "opened here", labels, help=help_)


def _never_closed(trouble: Trouble) -> Diagnostic:
    """A bracket that is open at the end of the item, and where it was probably meant to close."""
    found = probable_close(trouble.file.text, trouble.tokens)
    bracket, before = found or (trouble.opened[-1][0], last_word(trouble.tokens))
    closing = _CLOSES[bracket.value]
    span = trouble.span_of(bracket)
    end = Span(trouble.file, before.end_pos or 0, before.end_pos or 0)
    if bracket is before or bracket.value != "{":
        text = closing
    elif span.line == end.line:
        text = f" {closing}"
    else:
        text = f"\n{' ' * indent_of(trouble.file.text, span.start)}{closing}"
    labels = (Label(end, "probably meant to close here"),)
    message, help_ = f"`{bracket.value}` is not closed", f"close it with `{closing}`"
    edit = Edit(end, text)
    return Diagnostic(Fault.UNCLOSED.value, message, span, "opened here", labels, help=help_, fix=(edit,))


def _closed_twice(trouble: Trouble) -> Diagnostic | None:
    if trouble.opened or trouble.text not in _CLOSES.values():
        return None
    return say(Fault.UNEXPECTED, f"`{trouble.text}` closes nothing", trouble.span, "leave it out")


# ---------------------------------------------------------------- columns


def _first_word(trouble: Trouble) -> Diagnostic | None:
    """What opens a line in column 1 and is no item."""
    if trouble.tokens and not (len(trouble.tokens) == 1 and trouble.text == "="):
        return None
    if trouble.tokens:
        name = trouble.before_text
        return say(
            Fault.UNEXPECTED,
            f"`{name} = ...` stands in no block",
            trouble.span_of(trouble.tokens[0]),
            f"a constant of the file is `let {name} = ...`; what belongs to the item above is indented",
        )
    if trouble.text in ENTRY_WORDS:
        help_ = "write it between the `{` and `}` of a kind, and indent it"
        return say(Fault.COLUMN, f"`{trouble.text}` belongs in a block", trouble.span, help_)
    if trouble.text in CONTINUING or trouble.kind in (Found.SIGN, Found.NUMBER, Found.TEXT, Found.TYPE):
        help_ = "a comment begins with `#`" if trouble.text == "/" else "what continues the line above is indented"
        return say(Fault.COLUMN, f"no item begins with {trouble.found}", trouble.span, help_)
    return None


def begins_second_item(trouble: Trouble) -> bool:
    """Whether an item is complete and a line with something else follows."""
    ended = not trouble.opened and trouble.accepts and trouble.accepts <= {"NL", "SEMI", "$END"}
    new_line = trouble.on_new_line or trouble.before in ("NL", "SEMI")
    return bool(ended and new_line and trouble.text not in _CLOSES.values())


def _second_item(trouble: Trouble) -> Diagnostic | None:
    if begins_second_item(trouble):
        help_ = "move it to column 1; what belongs to the item above stands between its `{` and `}`"
        return say(Fault.COLUMN, "an item starts in column 1", trouble.span, help_)
    if trouble.opened or not trouble.accepts or not trouble.accepts <= {"NL", "SEMI", "$END"}:
        return None
    help_ = "items stand on lines of their own; on one line, `;` stands between them"
    return say(Fault.UNEXPECTED, f"{trouble.found} stands behind the end of the item", trouble.span, help_)


def _anything(trouble: Trouble) -> Diagnostic:
    fault = Fault.MISSING if trouble.kind in (Found.LINE_END, Found.END) else Fault.UNEXPECTED
    help_ = None
    if trouble.text == "within" and any(token.type == "USUAL" for token in trouble.tokens):
        help_ = "`within` stands before `usual`"
    elif trouble.text == "/" and trouble.tokens[0].type == "IMPORT":
        help_ = "the parts of a module are joined by dots: `a.b.c`"
    elif trouble.kind not in (Found.SIGN, Found.LINE_END) and trouble.accepts & {"SEMI", "NL"}:
        help_ = "entries are separated by line ends or `;`"
    elif trouble.wanted() == "`..`":
        help_ = "a range is written `lo .. hi`"
    return say(fault, f"expected {trouble.wanted()}, found {trouble.found}", trouble.span, help_)


def _later_item(trouble: Trouble) -> Diagnostic | None:
    """`rate name = ...`, which has no place in the grammar yet."""
    if not trouble.tokens or trouble.tokens[0].value != "rate" or trouble.text != "=":
        return None
    return say(Fault.UNSUPPORTED, "`rate` is not supported yet", trouble.span_of(trouble.tokens[0]))


_RULES: tuple[Callable[[Trouble], Diagnostic | None], ...] = (
    _later_item,
    _open_text,
    _character,
    _documentation,
    _closed_twice,
    _first_word,
    reserved_field,
    missing_after,
    _open_bracket,
    reserved,
    spread_ends,
    chain,
    other_language,
    _second_item,
    capital,
    no_equal,
    no_type,
    no_block,
    no_else,
    equal_sign,
    comma,
)
