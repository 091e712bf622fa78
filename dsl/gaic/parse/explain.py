"""From the place where reading stopped to a message that says what to type: one small rule for each mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.parse.faults import Fault
from gaic.parse.newlines import GLUE
from gaic.parse.trouble import Found
from gaic.parse.words import CONTINUING, ENTRY_WORDS, RESERVED
from gaic.source.diagnostic import Diagnostic, Label
from gaic.source.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.parse.trouble import Trouble

_CLOSES = {"(": ")", "[": "]", "{": "}"}
_SPREADS = frozenset({"TO", "PLUSMINUS"})
_OPERATORS = frozenset({"PLUS", "MINUS", "STAR", "SLASH"})
_BEFORE_NAME = frozenset({"FROM", "CONF", "EVERY", "FOR"})
_COMPARISONS = frozenset({"CMP", "IN"})
_LITERALS = frozenset("NUMBER QUANTITY DATE TIME STRING TRUE FALSE NOTHING".split())
_QUOTES = frozenset("'‘’“”„«»`")  # noqa: RUF001 - these are the quotes that people paste
_OTHER_SIGNS = {
    "!": "`not` negates and `!=` is unequal",
    "&": "write `and`",
    "€": "currencies are written with their ISO codes, such as `EUR`",
    "$": "currencies are written with their ISO codes, such as `USD`",
    "£": "currencies are written with their ISO codes, such as `GBP`",
    "×": "write `*`",  # noqa: RUF001 - the sign itself
    "·": "write `*`",
    "÷": "write `/`",
    "−": "write `-`",  # noqa: RUF001 - the sign itself
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `!=`",
    "±": "write `+-`",
    "…": "write `..`",
    "–": "write `-`, or `..` for a range",  # noqa: RUF001 - the sign itself
    "\r": "line ends are LF or CRLF",
}


def explain(trouble: Trouble) -> Diagnostic:
    """The message for the first mistake of a chunk."""
    for rule in _RULES:
        diagnostic = rule(trouble)
        if diagnostic is not None:
            return diagnostic
    return _anything(trouble)


def _say(fault: Fault, message: str, span: Span, help_: str | None = None, label: str = "") -> Diagnostic:
    return Diagnostic(fault.value, message, span, label=label, help=help_)


# ---------------------------------------------------------------- characters and texts


def _open_text(trouble: Trouble) -> Diagnostic | None:
    if trouble.kind is not Found.CHARACTER or trouble.text != '"':
        return None
    start = trouble.span.start
    text = trouble.file.text
    if text.startswith('"""', start):
        span = Span(trouble.file, start, start + 3)
        return _say(Fault.OPEN_TEXT, "this text is not closed", span, 'close it with `"""`', "it begins here")
    end = text.find("\n", start)
    return _say(
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
    if character in _OTHER_SIGNS:
        help_ = _OTHER_SIGNS[character]
    elif character in _QUOTES:
        help_ = 'texts stand in double quotes: `"..."`'
    elif character.isspace():
        help_ = "replace it by a plain blank"
    elif character.isalnum():
        help_ = "names are made of the letters a to z and A to Z, digits and `_`"
    return _say(Fault.CHARACTER, f"{shown} is no part of the language", trouble.span, help_)


# ---------------------------------------------------------------- documentation and brackets


def _documentation(trouble: Trouble) -> Diagnostic | None:
    if trouble.before == "DOC":
        doc = trouble.tokens[-1]
        help_ = "`##` stands above an item or an entry; a plain comment begins with `#`"
        span = trouble.span_of(doc)
        return _say(Fault.STRAY_DOC, "this documentation belongs to nothing", span, help_)
    if trouble.kind is Found.DOC:
        help_ = "`##` stands on lines of its own above an item or an entry; a plain comment begins with `#`"
        return _say(Fault.STRAY_DOC, "documentation cannot stand here", trouble.span, help_)
    return None


def _open_bracket(trouble: Trouble) -> Diagnostic | None:
    """An end, another closing bracket or the next entry before a bracket is closed."""
    if not trouble.opened:
        return None
    bracket, is_block = trouble.opened[-1]
    closing = _CLOSES[bracket.value]
    labels: tuple[Label, ...] = ()
    message = f"`{bracket.value}` is not closed"
    if trouble.kind is not Found.END:
        wrong_close = trouble.text in _CLOSES.values() and trouble.text != closing
        next_entry = not is_block and trouble.on_new_line and trouble.starts_entry
        if not (wrong_close or next_entry):
            return None
        message += f" before `{trouble.text}`" if wrong_close else " before the next entry"
        labels = (Label(trouble.span, "found this"),)
    return Diagnostic(
        Fault.UNCLOSED.value, message, trouble.span_of(bracket), "opened here", labels, help=f"close it with `{closing}`"
    )


def _closed_twice(trouble: Trouble) -> Diagnostic | None:
    if trouble.opened or trouble.text not in _CLOSES.values():
        return None
    return _say(Fault.UNEXPECTED, f"`{trouble.text}` closes nothing", trouble.span, "leave it out")


# ---------------------------------------------------------------- columns


def _first_word(trouble: Trouble) -> Diagnostic | None:
    """What opens a line in column 1 and is no item."""
    if trouble.tokens and not (len(trouble.tokens) == 1 and trouble.text == "="):
        return None
    if trouble.tokens:
        name = trouble.before_text
        return _say(
            Fault.UNEXPECTED,
            f"`{name} = ...` stands in no block",
            trouble.span_of(trouble.tokens[0]),
            f"a constant of the file is `let {name} = ...`; what belongs to the item above is indented",
        )
    if trouble.text in ENTRY_WORDS:
        help_ = "write it between the `{` and `}` of a kind, and indent it"
        return _say(Fault.COLUMN, f"`{trouble.text}` belongs in a block", trouble.span, help_)
    if trouble.text in CONTINUING or trouble.kind in (Found.SIGN, Found.NUMBER, Found.TEXT, Found.TYPE):
        help_ = "a comment begins with `#`" if trouble.text == "/" else "what continues the line above is indented"
        return _say(Fault.COLUMN, f"no item begins with {trouble.found}", trouble.span, help_)
    return None


def begins_second_item(trouble: Trouble) -> bool:
    """Whether an item is complete and a line with something else follows."""
    ended = not trouble.opened and trouble.accepts and trouble.accepts <= {"NL", "SEMI", "$END"}
    new_line = trouble.on_new_line or trouble.before in ("NL", "SEMI")
    return bool(ended and new_line and trouble.text not in _CLOSES.values())


def _second_item(trouble: Trouble) -> Diagnostic | None:
    if begins_second_item(trouble):
        help_ = "move it to column 1; what belongs to the item above stands between its `{` and `}`"
        return _say(Fault.COLUMN, "an item starts in column 1", trouble.span, help_)
    if trouble.opened or not trouble.accepts or not trouble.accepts <= {"NL", "SEMI", "$END"}:
        return None
    help_ = "items stand on lines of their own; on one line, `;` stands between them"
    return _say(Fault.UNEXPECTED, f"{trouble.found} stands behind the end of the item", trouble.span, help_)


# ---------------------------------------------------------------- values


def _reserved_field(trouble: Trouble) -> Diagnostic | None:
    """`from = 3`, where `from` was read as a clause of the line above."""
    if trouble.text != "=" or not trouble.tokens or trouble.tokens[-1].value not in RESERVED:
        return None
    return _no_name(trouble.before_text, trouble.span_of(trouble.tokens[-1]))


def _reserved(trouble: Trouble) -> Diagnostic | None:
    word = trouble.text
    if trouble.kind is not Found.RESERVED or "NAME" not in trouble.accepts:
        return None
    if trouble.wants_value and word in CONTINUING and not trouble.follows(r"\s*(?:=(?!=)|:)"):
        return None
    return _no_name(word, trouble.span)


def _no_name(word: str, span: Span) -> Diagnostic:
    help_ = f"use another name, such as `{word}_`"
    return _say(Fault.RESERVED, f"`{word}` is a reserved word and cannot be a name", span, help_)


def _missing_after(trouble: Trouble) -> Diagnostic | None:
    """An operator, `=` or clause word with nothing behind it."""
    tokens = trouble.tokens
    if trouble.text == "=" and len(tokens) > 1 and tokens[-1].type == "NAME" and tokens[-2].type in GLUE:
        # `a = b +` and `c = 1` on the next line: `c` was read as the other side.
        between = trouble.file.text[tokens[-2].end_pos : tokens[-1].start_pos]
        if "\n" in between and tokens[-2].type not in ("LBRACE", "LPAR", "COMMA", "DOC"):
            return _nothing_after(trouble, -2, "a name" if tokens[-2].type in _BEFORE_NAME else "a value")
    if trouble.before not in GLUE or trouble.before in ("LBRACE", "LPAR", "LSQB", "COMMA"):
        return None
    ends = trouble.kind in (Found.LINE_END, Found.END) or trouble.on_new_line
    if not ends and trouble.text not in (";", ",", ")", "]", "}", "=", *CONTINUING):
        return None
    return _nothing_after(trouble, -1, trouble.wanted())


def _nothing_after(trouble: Trouble, index: int, what: str) -> Diagnostic:
    token = trouble.tokens[index]
    return _say(Fault.MISSING, f"{what} is missing after `{token.value}`", trouble.span_of(token))


def _spread_ends(trouble: Trouble) -> Diagnostic | None:
    words = {token.type for token in trouble.back()}
    spread = next((token for token in trouble.back() if token.type in _SPREADS), None)
    if trouble.text in ("to", "+-"):
        if spread is not None:
            return _say(Fault.CHAIN, f"`{trouble.text}` does not chain", trouble.span)
        if not words & _OPERATORS:
            return None
    elif spread is None or trouble.text not in ("+", "-", "*", "/"):
        return None
    word = trouble.text if spread is None else spread.value
    return _say(
        Fault.SPREAD_ENDS,
        f"the ends of `{word}` hold no operator",
        trouble.span,
        f"use parentheses: `x * (0.1 {word} 0.6)` or `(2 * x) {word} (3 * x)`",
    )


def _chain(trouble: Trouble) -> Diagnostic | None:
    if trouble.text in ("<", "<=", ">", ">=", "==", "!=", "in"):
        for token in trouble.back():
            if token.type in _COMPARISONS:
                help_ = "join two comparisons: `a < b and b < c`"
                return _say(Fault.CHAIN, "comparisons do not chain", trouble.span, help_)
            if token.type in ("AND", "OR", "NOT"):
                return None
    if trouble.text == ".." and any(token.type == "DOTDOT" for token in trouble.back()):
        return _say(Fault.CHAIN, "`..` does not chain", trouble.span)
    return None


def _other_language(trouble: Trouble) -> Diagnostic | None:
    """Signs that mean the same elsewhere."""
    pairs = {
        ("STAR", "*"): "`^` is the power",
        ("VBAR", "|"): "write `or`",
        ("SLASH", "/"): "a comment begins with `#`",
        ("SLASH", "*"): "a comment begins with `#`",
    }
    help_ = pairs.get((trouble.before, trouble.text))
    if help_ is None and trouble.text == "." and trouble.wants_value and trouble.follows(r"\d"):
        help_ = "a number begins with a digit: write `0` before the point"
    if help_ is None and trouble.text == "." and trouble.before in ("NUMBER", "QUANTITY"):
        help_ = "a number has digits on both sides of its point"
    if help_ is None and trouble.text == "," and trouble.before == "NUMBER" and trouble.follows(r"\d{3}"):
        help_ = "a number is written `1_000` or `1000`"
    if help_ is None and trouble.text in ("(", "[", "{", ".") and trouble.before in _LITERALS:
        help_ = "to multiply, write `*`" if trouble.text == "(" else None
    if help_ is None:
        return None
    return _say(Fault.UNEXPECTED, f"{trouble.found} cannot stand here", trouble.span, help_)


def _equal_sign(trouble: Trouble) -> Diagnostic | None:
    """`=` for `==`, and two entries on one line."""
    if trouble.text != "=" or not trouble.accepts & {"CMP", "PLUS"}:
        return None
    stop = next((token for token in trouble.back() if token.type in ("EQUAL", "COLON", "IF", "WHERE", "LPAR")), None)
    help_ = "`==` compares"
    if stop is not None and stop.type == "EQUAL":
        in_block = not trouble.opened or trouble.opened[-1][1]
        help_ = f"put {'`;` or a line end' if in_block else '`,`'} between the two; `==` compares"
    return _say(Fault.UNEXPECTED, "`=` cannot stand here", trouble.span, help_)


# ---------------------------------------------------------------- entries and declarations


def _capital(trouble: Trouble) -> Diagnostic | None:
    if trouble.kind is Found.TYPE and "NAME" in trouble.accepts and "TYPE" not in trouble.accepts:
        help_ = f"write `{_first(trouble.text, upper=False)}`"
        message = f"only types begin with a capital letter: {trouble.found}"
        return _say(Fault.CAPITAL, message, trouble.span, help_)
    if trouble.kind is Found.NAME and "TYPE" in trouble.accepts and "NAME" not in trouble.accepts:
        help_ = f"write `{_first(trouble.text, upper=True)}`"
        return _say(Fault.CAPITAL, f"a type begins with a capital letter: {trouble.found}", trouble.span, help_)
    return None


def _first(word: str, *, upper: bool) -> str:
    return (word[:1].upper() if upper else word[:1].lower()) + word[1:40]


def _no_equal(trouble: Trouble) -> Diagnostic | None:
    """`name value` and `name: value` in a block."""
    if "EQUAL" not in trouble.accepts or trouble.before != "NAME" or len(trouble.accepts) > 1:
        return None
    name = trouble.before_text
    help_ = f"write `{name} = ...`"
    return _say(Fault.MISSING, f"`=` is missing after `{name}`", trouble.span, help_)


def _no_type(trouble: Trouble) -> Diagnostic | None:
    """`input x = 1`: an input or calculation without type."""
    if "COLON" not in trouble.accepts or trouble.before not in ("NAME", "RSQB"):
        return None
    word = next((token.value for token in reversed(trouble.tokens) if token.type in ("INPUT", "CALC", "ASSERT")), "")
    example = {"input": "`input x : Power = 300 W`", "calc": "`calc x : Power = ...`"}.get(word)
    help_ = "write `assert name: condition else error \"...\"`" if word == "assert" else f"write {example}"
    message = "`:` is missing" if word == "assert" else f"the type of `{word}` is missing"
    if trouble.kind is Found.RESERVED or example or word == "assert":
        return _say(Fault.MISSING, message, trouble.span, help_ if word else None)
    return None


def _no_block(trouble: Trouble) -> Diagnostic | None:
    if "LBRACE" not in trouble.accepts or "STAR" in trouble.accepts or trouble.wants_value:
        return None
    if trouble.kind is Found.LINE_END and trouble.file.text[trouble.span.start :][:400].lstrip().startswith("{"):
        help_ = "write `{` at the end of this line"
        return _say(Fault.UNEXPECTED, "`{` stands on the line of its declaration", trouble.span, help_)
    if trouble.kind in (Found.LINE_END, Found.END) or trouble.text == ";":
        help_ = "write `{}` where there is nothing to set"
        return _say(Fault.MISSING, "`{` is missing", trouble.span, help_)
    return None


def _no_else(trouble: Trouble) -> Diagnostic | None:
    if not trouble.accepts & {"THEN", "ELSE"} or trouble.kind not in (Found.LINE_END, Found.END):
        return None
    if "THEN" in trouble.accepts:
        return _say(Fault.MISSING, "`then` is missing", trouble.span, "write `if ... then ... else ...`")
    if any(token.type == "ASSERT" for token in trouble.tokens[-400:]) and "THEN" not in _words(trouble):
        return _say(Fault.MISSING, "`else` is missing", trouble.span, 'write `else error "..."` behind the condition')
    return _say(Fault.MISSING, "`else` is missing", trouble.span, "every `if ... then ...` has an `else ...`")


def _words(trouble: Trouble) -> set[str]:
    return {token.type for token in trouble.back()}


def _comma(trouble: Trouble) -> Diagnostic | None:
    if trouble.text != "," or not trouble.accepts & {"NL", "SEMI"}:
        return None
    help_ = "entries are separated by line ends or `;`, not by commas"
    return _say(Fault.UNEXPECTED, "`,` cannot stand here", trouble.span, help_)


def _anything(trouble: Trouble) -> Diagnostic:
    fault = Fault.MISSING if trouble.kind in (Found.LINE_END, Found.END) else Fault.UNEXPECTED
    help_ = None
    if trouble.text == "within" and any(token.type == "USUAL" for token in trouble.tokens):
        help_ = "`within` stands before `usual`"
    elif trouble.text == "/" and trouble.tokens[0].type == "IMPORT":
        help_ = "the parts of a module are joined by dots: `std.grid`"
    elif trouble.kind not in (Found.SIGN, Found.LINE_END) and trouble.accepts & {"SEMI", "NL"}:
        help_ = "entries are separated by line ends or `;`"
    elif trouble.accepts == {"DOTDOT"}:
        help_ = "a range is written `lo .. hi`"
    return _say(fault, f"expected {trouble.wanted()}, found {trouble.found}", trouble.span, help_)


_RULES: tuple[Callable[[Trouble], Diagnostic | None], ...] = (
    _open_text,
    _character,
    _documentation,
    _closed_twice,
    _first_word,
    _reserved_field,
    _missing_after,
    _open_bracket,
    _reserved,
    _spread_ends,
    _chain,
    _other_language,
    _second_item,
    _capital,
    _no_equal,
    _no_type,
    _no_block,
    _no_else,
    _equal_sign,
    _comma,
)
