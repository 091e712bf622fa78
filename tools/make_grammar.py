"""Write tests/spec/grammar.md, the grammar for people, from the grammar that the parser is made from.

Run `python -m tools.make_grammar` after a change of `grammar.lark`, `words.py` or `grammar_prose.py`.
"""

from __future__ import annotations

import re
import sys
from textwrap import fill
from typing import TYPE_CHECKING

from gaic.parse.build import grammar_text
from gaic.parse.newlines import GLUE
from gaic.parse.words import CONTINUING, LOCAL, RESERVED, terminal_of
from tools.grammar import (
    GrammarError,
    Literal,
    Many,
    Maybe,
    Part,
    Token,
    leaves,
    read_grammar,
    replaced,
    simplified,
    with_part,
    written_rule,
)
from tools.grammar_prose import (
    HEAD,
    INLINED,
    LAYOUT,
    MEANINGS,
    NAMES,
    SECTIONS,
    STEPS,
    STRENGTH,
    STRENGTH_PROGRAM,
    TOKEN_NAMES,
    TOKENS,
    WORDS,
)
from tools.text import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tools.grammar import Grammar, Node

OUTPUT = ROOT / "tests" / "spec" / "grammar.md"
WIDTH = 120
GUARD = f"(?!(?:{'|'.join(RESERVED)})[^A-Za-z0-9_])"
"""What keeps a reserved word from being read as another token, in the patterns."""
BESIDE = frozenset({"CONTINUED", "COMMENT"})
"""Terminals that are skipped: the text on lines and comments is about them."""
_TERMINAL = re.compile(r"^(?P<name>[A-Z]+(?:_[A-Z]+)*)(?:\.\d+)?: (?P<body>.+)$", re.MULTILINE)
_NUMBER = re.compile(r"(?P<digits>.+)\(\?:(?P<exponent>[^()]+)\)\?")
_CONTINUED = re.compile(r"/\\n(?P<blank_lines>.+)\(\?=(?P<continuing>.+)\)/")
_SIGN = re.compile(r'"[^"]+"')
_ANONYMOUS = {
    "EQUAL": "=",
    "COMMA": ",",
    "COLON": ":",
    "PLUS": "+",
    "MINUS": "-",
    "STAR": "*",
    "SLASH": "/",
    "CIRCUMFLEX": "^",
    "VBAR": "|",
    "LPAR": "(",
    "LSQB": "[",
    "LBRACE": "{",
}
"""Lark's names for signs that stand in the grammar as they are."""


def terminals() -> dict[str, str]:
    """The terminals of the parser and what they are, a text in quotes or a pattern between slashes."""
    return {found["name"]: found["body"] for found in _TERMINAL.finditer(grammar_text())}


def fixed_terminals() -> dict[str, str]:
    """Terminals that are one word or sign, with that."""
    signs = {name: body[1:-1] for name, body in terminals().items() if _SIGN.fullmatch(body)}
    return {terminal_of(word): word for word in (*RESERVED, *LOCAL)} | signs


def readable_grammar() -> Grammar:
    """The productions of the page, in order."""
    fixed = fixed_terminals()

    def renamed(node: Node) -> Node | None:
        match node:
            case Token(name):
                return Literal(fixed[name]) if name in fixed else Token(TOKEN_NAMES.get(name, name))
            case Part(name):
                return Part(NAMES.get(name, name))
            case _:
                return None

    rules = with_part(simplified(read_grammar(grammar_text()), INLINED), *STEPS)
    productions = {NAMES.get(name, name): replaced(node, renamed) for name, node in rules.items()}
    order = [name for section in SECTIONS for name in section.lines]
    if sorted(order) != sorted(productions):
        raise GrammarError(*sorted(set(order) ^ set(productions)))
    return {name: productions[name] for name in order}


def tokens() -> dict[str, str]:
    """The tokens of the page with their exact patterns, in order."""
    rest = {TOKEN_NAMES.get(name, name): body.strip("/") for name, body in terminals().items() if name not in BESIDE}
    return {name: rest[name] for name in TOKENS}


def pieces() -> dict[str, str]:
    """Parts of patterns that the page names, each made of plain pattern, those first that hold others."""
    exact = tokens()
    number = _NUMBER.fullmatch(exact["NUMBER"])
    continued = _CONTINUED.fullmatch(terminals()["CONTINUED"])
    if number is None or continued is None:
        raise GrammarError("NUMBER", "CONTINUED")
    return {
        "reserved": GUARD.removeprefix("(?!").removesuffix(")"),
        "number": exact["NUMBER"],
        "unit": exact["UNIT"],
        "unit_name": exact["UNIT_NAME"],
        **number.groupdict(),
        **continued.groupdict(),
    }


def shortened(pattern: str, besides: str = "") -> str:
    """A pattern with `<name>` for the pieces in it."""
    for name, piece in pieces().items():
        if name != besides:
            pattern = pattern.replace(piece, f"<{name}>")
    return pattern


# ------------------------------------------------------------------------------------------------ parts of the page


def _sections(grammar: Grammar) -> Iterator[str]:
    users = {name: [user for user, node in grammar.items() if Part(name) in set(leaves(node))] for name in grammar}
    for section in SECTIONS:
        column = max(map(len, section.lines))
        rules = "\n".join(written_rule(name, grammar[name], column) for name in section.lines)
        yield f"## {section.title}\n\n{_wrapped(section.opening)}\n\n```ebnf\n{rules}\n```\n\n"
        yield "| production | what it is | made of | used in |\n|---|---|---|---|\n"
        for name, line in section.lines.items():
            made = _linked(part.name for part in leaves(grammar[name]) if isinstance(part, Part | Token))
            yield f'| <a id="{name}"></a>`{name}` | {line} | {made} | {_linked(users[name]) or "a file"} |\n'
        yield "\n"


def _linked(names: Iterable[str]) -> str:
    """Links to productions and tokens of the page, each once."""
    anchors = {name: f"token-{name.lower()}" if name.isupper() else name for name in names}
    return ", ".join(f"[{name}](#{anchor})" for name, anchor in anchors.items())


def _tokens(grammar: Grammar) -> str:
    users = {name: [user for user, node in grammar.items() if Token(name) in set(leaves(node))] for name in TOKENS}
    patterns = tokens()
    lines = ["## Tokens\n", "| token | what it is | used in |", "|---|---|---|"]
    for name, line in TOKENS.items():
        what = line or ", ".join(f"`{sign}`" for sign in _signs_in(patterns[name]))
        lines.append(f'| <a id="token-{name.lower()}"></a>`{name}` | {what} | {_linked(users[name])} |')
    parts = pieces()
    shown = [(f"<{name}>", shortened(piece, name)) for name, piece in parts.items()]
    shown += [(name, shortened(pattern, name.lower())) for name, pattern in patterns.items()]
    lines += [
        "",
        "Their patterns, as regular expressions; `<unit>` and the like stand for what is written behind them first.",
        "",
        "```text",
        *(f"{name:<13} {pattern}" for name, pattern in shown),
        "```",
        "",
    ]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, indent: str = "") -> str:
    """A text on lines of the length of the page; short ones stay as they are."""
    if len(text) <= WIDTH:
        return text
    return fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _signs_in(body: str) -> list[str]:
    """The signs of a token that is one of several."""
    return [sign.strip('"') for sign in body.split(" | ")]


def _strengths(grammar: Grammar) -> Iterator[str]:
    levels = list(MEANINGS)
    comparisons = _signs_in(tokens()["COMPARISON"])
    for place, level in enumerate(levels):
        node = grammar[level]
        signs = [part.text for part in leaves(node) if isinstance(part, Literal)]
        signs = [*(comparisons if Token("COMPARISON") in set(leaves(node)) else ()), *signs]
        signs += ["every"] if Part("every") in set(leaves(node)) else []
        shown = " ".join(f"`{sign}`".replace("|", "\\|") for sign in signs)
        yield f"| {shown} | {MEANINGS[level]} | {_chaining(level, node, levels[:place])} |\n"


def _chaining(level: str, node: Node, looser: list[str]) -> str:
    """How a row of operators of one strength is read."""
    parts = set(leaves(node))
    if _holds(node, Many):
        return "from the left"
    if Part(level) in parts:
        return "each takes what is behind it"
    if _holds(node, Maybe) and any(Part(name) in parts for name in looser):
        return "from the right"
    return "not allowed"


def _holds(node: Node, sort: type[Many | Maybe]) -> bool:
    found: list[Node] = []
    replaced(node, lambda part: found.append(part) if isinstance(part, sort) else None)
    return bool(found)


def _layout() -> str:
    names = fixed_terminals() | _ANONYMOUS | {"CMP": "a comparison"}
    glue = sorted((names[name] for name in GLUE - {"DOC"}), key=lambda text: (text.isalpha(), text))
    text = LAYOUT.format(
        glue=", ".join(word if " " in word else f"`{word}`" for word in glue),
        continuing=", ".join(f"`{word}`" for word in CONTINUING),
        signs=", ".join(f"`{sign}`" for sign in ("->", "??", "+", "*", "/", "^")),
    )
    return "\n".join(_wrapped(line, "    ") for line in text.split("\n"))


def page_text() -> str:
    """The whole page."""
    grammar = readable_grammar()
    words = WORDS.format(
        reserved=", ".join(f"`{word}`" for word in RESERVED), local=", ".join(f"`{word}`" for word in LOCAL)
    )
    words = "\n".join(map(_wrapped, words.split("\n")))
    parts = [HEAD, "\n", *_sections(grammar), STRENGTH, *_strengths(grammar), STRENGTH_PROGRAM, "\n"]
    return "".join([*parts, _tokens(grammar), words, "\n", _layout()])


def main() -> int:
    """Write the page."""
    OUTPUT.write_text(page_text(), encoding="utf-8", newline="\n")
    print(f"wrote {OUTPUT.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
