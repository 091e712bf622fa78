"""Messages for mistakes in values, entries and declarations: one small rule for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.parse.faults import Fault, say
from gaic.parse.newlines import GLUE, terminals
from gaic.parse.trouble import Found
from gaic.parse.words import CONTINUING, RESERVED

if TYPE_CHECKING:
    from gaic.parse.trouble import Trouble
    from gaic.source.diagnostic import Diagnostic
    from gaic.source.text import Span

_SPREADS = frozenset({"TO", "PLUSMINUS"})
_OPERATORS = frozenset({"PLUS", "MINUS", "STAR", "SLASH"})
_BEFORE_NAME = frozenset({"FROM", "CONF", "EVERY", "FOR"})
_COMPARISONS = frozenset({"CMP", "IN"})
_LITERALS = terminals("NUMBER QUANTITY DATE TIME STRING TRUE FALSE NOTHING")


# ---------------------------------------------------------------- values


def reserved_field(trouble: Trouble) -> Diagnostic | None:
    """`from = 3`, where `from` was read as a clause of the line above."""
    if trouble.text != "=" or not trouble.tokens or trouble.tokens[-1].value not in RESERVED:
        return None
    return _no_name(trouble.before_text, trouble.before_span)


def reserved(trouble: Trouble) -> Diagnostic | None:
    """A reserved word where a name is wanted."""
    word = trouble.text
    if trouble.kind is not Found.RESERVED or "NAME" not in trouble.accepts:
        return None
    if trouble.wants_value and word in CONTINUING and not trouble.follows(r"\s*(?:=(?!=)|:)"):
        return None
    return _no_name(word, trouble.span)


def _no_name(word: str, span: Span) -> Diagnostic:
    help_ = f"use another name, such as `{word}_`"
    return say(Fault.RESERVED, f"`{word}` is a reserved word and cannot be a name", span, help_)


def missing_after(trouble: Trouble) -> Diagnostic | None:
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
    return say(Fault.MISSING, f"{what} is missing after `{token.value}`", trouble.span_of(token))


def spread_ends(trouble: Trouble) -> Diagnostic | None:
    """An operator beside `to` or `+-`."""
    words = {token.type for token in trouble.back()}
    spread = next((token for token in trouble.back() if token.type in _SPREADS), None)
    if trouble.text in ("to", "+-"):
        if spread is not None:
            return say(Fault.CHAIN, f"`{trouble.text}` does not chain", trouble.span)
        if not words & _OPERATORS:
            return None
    elif spread is None or trouble.text not in ("+", "-", "*", "/"):
        return None
    word = trouble.text if spread is None else spread.value
    return say(
        Fault.SPREAD_ENDS,
        f"the ends of `{word}` hold no operator",
        trouble.span,
        f"use parentheses: `x * (0.1 {word} 0.6)` or `(2 * x) {word} (3 * x)`",
    )


def chain(trouble: Trouble) -> Diagnostic | None:
    """`a < b < c`."""
    if trouble.text in ("<", "<=", ">", ">=", "==", "!=", "in"):
        for token in trouble.back():
            if token.type in _COMPARISONS:
                help_ = "join two comparisons: `a < b and b < c`"
                if any(each.type == "VBAR" for each in trouble.back()):
                    help_ = "`|` stands between the words of a choice; conditions are joined by `or`"
                return say(Fault.CHAIN, "comparisons do not chain", trouble.span, help_)
            if token.type in ("AND", "OR", "NOT"):
                return None
    if trouble.text == ".." and any(token.type == "DOTDOT" for token in trouble.back()):
        return say(Fault.CHAIN, "`..` does not chain", trouble.span)
    return None


def other_language(trouble: Trouble) -> Diagnostic | None:
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
    return say(Fault.UNEXPECTED, f"{trouble.found} cannot stand here", trouble.span, help_)


def equal_sign(trouble: Trouble) -> Diagnostic | None:
    """`=` for `==`, and two entries on one line."""
    if trouble.text != "=" or not trouble.accepts & {"CMP", "PLUS"}:
        return None
    stop = next((token for token in trouble.back() if token.type in ("EQUAL", "COLON", "IF", "WHERE", "LPAR")), None)
    help_ = "`==` compares"
    if stop is not None and stop.type == "EQUAL":
        in_block = not trouble.opened or trouble.opened[-1][1]
        help_ = f"put {'`;` or a line end' if in_block else '`,`'} between the two; `==` compares"
    return say(Fault.UNEXPECTED, "`=` cannot stand here", trouble.span, help_)


# ---------------------------------------------------------------- entries and declarations


NO_NUMBERS = frozenset({"nan", "inf", "infinity"})
"""What other languages call numbers."""
WRITE_A_NUMBER = "write the number that holds; 0 where nothing happened"


def capital(trouble: Trouble) -> Diagnostic | None:
    """`let Power` and `dimension ticket`."""
    if trouble.kind is Found.TYPE and "NAME" in trouble.accepts and "TYPE" not in trouble.accepts:
        if trouble.text.casefold() in NO_NUMBERS:
            return say(Fault.UNEXPECTED, f"there is no number {trouble.found}", trouble.span, WRITE_A_NUMBER)
        help_ = f"write `{_first(trouble.text, upper=False)}`"
        message = f"only types begin with a capital letter: {trouble.found}"
        return say(Fault.CAPITAL, message, trouble.span, help_)
    if trouble.kind is Found.NAME and "TYPE" in trouble.accepts and "NAME" not in trouble.accepts:
        help_ = f"write `{_first(trouble.text, upper=True)}`"
        return say(Fault.CAPITAL, f"a type begins with a capital letter: {trouble.found}", trouble.span, help_)
    if trouble.before == "NAME" and trouble.accepts == {"DOT"}:
        # Where a type is wanted, a name was read as the module before it.
        name = trouble.before_text
        help_ = f"write `{_first(name, upper=True)}`, or `{name}.` and a type of that module"
        return say(Fault.CAPITAL, f"a type begins with a capital letter: `{name}`", trouble.before_span, help_)
    return None


def _first(word: str, *, upper: bool) -> str:
    return (word[:1].upper() if upper else word[:1].lower()) + word[1:40]


def no_equal(trouble: Trouble) -> Diagnostic | None:
    """`name value` and `name: value` in a block."""
    if "EQUAL" not in trouble.accepts or trouble.before != "NAME" or len(trouble.accepts) > 1:
        return None
    name = trouble.before_text
    help_ = f"write `{name} = ...`"
    return say(Fault.MISSING, f"`=` is missing after `{name}`", trouble.span, help_)


_TYPED = {
    "INPUT": ("the type of `input` is missing", "write `input x : Power = 300 W`"),
    "CALC": ("the type of `calc` is missing", "write `calc x : Power = ...`"),
    "ASSERT": ("`:` is missing", 'write `assert name: condition else error "..."`'),
    "QUANTITY_WORD": ("`:` is missing", "write `quantity Power : W`"),
}


def no_type(trouble: Trouble) -> Diagnostic | None:
    """`input x = 1`: no `:` and type."""
    if "COLON" not in trouble.accepts:
        return None
    for token in reversed(trouble.tokens):
        if token.type in _TYPED:
            message, help_ = _TYPED[token.type]
            return say(Fault.MISSING, message, trouble.span, help_)
        if token.type in ("NL", "SEMI", "LBRACE"):
            return None
    return None


def no_block(trouble: Trouble) -> Diagnostic | None:
    """A kind or object without `{ }`."""
    if "LBRACE" not in trouble.accepts or "STAR" in trouble.accepts or trouble.wants_value:
        return None
    if trouble.kind is Found.LINE_END and trouble.file.text[trouble.span.start :][:400].lstrip().startswith("{"):
        help_ = "write `{` at the end of this line"
        return say(Fault.UNEXPECTED, "`{` stands on the line of its declaration", trouble.span, help_)
    if trouble.kind in (Found.LINE_END, Found.END) or trouble.text == ";":
        help_ = "write `{}` where there is nothing to set"
        return say(Fault.MISSING, "`{` is missing", trouble.span, help_)
    return None


def no_else(trouble: Trouble) -> Diagnostic | None:
    """`if` or `assert` without `else`."""
    ends = trouble.kind in (Found.LINE_END, Found.END) or trouble.text in {"}", ";", ")"}
    if not trouble.accepts & {"THEN", "ELSE"} or not ends:
        return None
    if "THEN" in trouble.accepts:
        return say(Fault.MISSING, "`then` is missing", trouble.span, "write `if ... then ... else ...`")
    if any(token.type == "ASSERT" for token in trouble.tokens[-400:]) and "THEN" not in _words(trouble):
        return say(Fault.MISSING, "`else` is missing", trouble.span, 'write `else error "..."` behind the condition')
    return say(Fault.MISSING, "`else` is missing", trouble.span, "every `if ... then ...` has an `else ...`")


def _words(trouble: Trouble) -> set[str]:
    return {token.type for token in trouble.back()}


def comma(trouble: Trouble) -> Diagnostic | None:
    """A comma between entries."""
    if trouble.text != "," or not trouble.accepts & {"NL", "SEMI"}:
        return None
    help_ = "entries are separated by line ends or `;`, not by commas"
    return say(Fault.UNEXPECTED, "`,` cannot stand here", trouble.span, help_)
