"""The words of the language: one table, from which the word parts of the grammar are made."""

from __future__ import annotations

RESERVED = (
    "and",
    "as",
    "assert",
    "back",
    "calc",
    "conf",
    "correlate",
    "else",
    "every",
    "false",
    "for",
    "from",
    "if",
    "in",
    "input",
    "kind",
    "let",
    "not",
    "note",
    "nothing",
    "or",
    "ref",
    "set",
    "then",
    "to",
    "true",
    "unit",
    "usual",
    "vary",
    "where",
    "within",
)
"""Never a name, in no place."""

CONTINUING = (
    "and",
    "as",
    "conf",
    "else",
    "for",
    "from",
    "note",
    "or",
    "then",
    "to",
    "usual",
    "where",
    "within",
)
"""A line that opens with one of these continues the line above."""

LOCAL = ("abstract", "counts", "dimension", "extends", "import", "prefixes", "quantity", "template", "weekly")
"""Words with a meaning in one place only; elsewhere they are names."""

FORMS = ("amount", "level", "intensity")
"""What may stand before a type; elsewhere they are names."""

ENTRY_WORDS = ("input", "ref", "back", "set", "calc")
"""Words that open an entry of a block, never an item of a file."""

_BOUNDARY = "(?![A-Za-z0-9_])"
_NO_WORD = "[^A-Za-z0-9_]"
# A run of blank and comment lines. A lookahead must stand before it: behind it, it is tried again for each shorter run,
# n*n steps for n lines.
_BLANK_LINES = r"(?:[ \t]*(?:#(?:[^#\n][^\n]*)?)?\n)*"
_SIGNS = r"->|\?\?|[+*\/^]|\.[A-Za-z_]"
_UNIT = r"(?:%|[A-Za-zµΩ°][A-Za-z0-9_]*)"
_UNIT_FACTOR = rf"{_UNIT}(?:\^-?\d+)?"
_UNIT_PRODUCT = rf"{_UNIT_FACTOR}(?:[*\/]{_UNIT_FACTOR})*"
_MANTISSA = r"\d+(?:_\d+)*(?:\.\d+)?"
_EXPONENT = r"[eE][+-]?\d+"
_ESCAPED = r'(?:\\[^\n][^"\\\n]*)*'
_DOC_LINES = r"(?:\n[ \t]*##[^\n]*)*"
_PLAIN = rf"{_MANTISSA}(?:{_EXPONENT})?"


def without_ways_back(pattern: str) -> str:
    """The same regular expression with its long repetitions possessive: they match the same and remember no way back.

    A text of ten million letters in one token would else take gigabytes. The grammar itself cannot say so, because
    interegular does not know possessive repetitions.
    """
    for repeated in (
        _BLANK_LINES,
        rf"(?:[*\/]{_UNIT_FACTOR})*",
        _ESCAPED,
        _DOC_LINES,
        rf"(?:\s*,\s*-?{_PLAIN}){{15,}}",
    ):
        kept = repeated.replace(r"\n", "\n").replace(r"\t", "\t")  # as Lark keeps it in the table
        pattern = pattern.replace(kept, f"{kept}+")
    return pattern


def terminal_of(word: str) -> str:
    """The name of the terminal of a word; `unit` and `quantity` would else share theirs with a token."""
    return f"{word.upper()}_WORD" if word in ("unit", "quantity") else word.upper()


def word_terminals() -> str:
    r"""The terminals of the grammar in which reserved words or the form of numbers and units take part.

    A word carries its own boundary, because `x fromage` is not `x from age`, and so does each guard against words: in
    a guard it is a character that is no part of a word, so every text ends in a line end. `\b` and lookbehind
    are unknown to interegular, which proves that no two terminals collide. Terminals of unequal priority
    are not compared, hence the priorities of the line ends and numbers, whose automata take minutes.
    """
    reserved = f"(?!(?:{'|'.join(RESERVED)}){_NO_WORD})"
    unit = f"{reserved}{_UNIT_PRODUCT}"
    continued = rf"[ \t]*(?:(?:{'|'.join(CONTINUING)}){_NO_WORD}|{_SIGNS})"
    rules = {f"{terminal_of(word)}.2": f"{word}{_BOUNDARY}" for word in (*RESERVED, *LOCAL)}
    rules |= {
        "FORM.2": f"(?:{'|'.join(FORMS)}){_BOUNDARY}",
        "NL.8": rf"\n(?!{_BLANK_LINES}{continued}){_BLANK_LINES}",
        "CONTINUED.1": rf"\n{_BLANK_LINES}(?={continued})",
        "NAME": f"{reserved}[a-z_][A-Za-z0-9_]*",
        "UNITNAME": _UNIT,
        "UNIT": _UNIT_PRODUCT,
        # A long run of plain numbers is one token: 8 ms for five years of hours instead of a second.
        "NUMBERS.7": rf"-?{_PLAIN}(?:\s*,\s*-?{_PLAIN}){{15,}}\s*(?:,\s*)?(?=\])",
        # A number takes one blank and a tight unit; without the guard `1 .. 3 usual` had the unit `usual`.
        # Three forms, because in one `1e3` would be read as 1 of the unit `e3`.
        "QUANTITY.4": rf"{_MANTISSA}{_EXPONENT}[ \t]?{unit}|{_MANTISSA}[ \t]{unit}|{_MANTISSA}(?!{_EXPONENT}){unit}",
        "NUMBER.3": _PLAIN,
    }
    return "".join(f"{name}: /{pattern}/\n" for name, pattern in rules.items())
