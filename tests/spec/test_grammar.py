"""The page of the grammar is made from the grammar, and what it says is what the parser does."""

from __future__ import annotations

import re
from collections import deque
from copy import copy
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lark import Lark, Token
from lark.lexer import Lexer

from gaic.parse.build import grammar_text
from gaic.parse.newlines import NewlineFilter
from gaic.parse.table import load_parser
from tests.unit.parse.reading import bare, read, value
from tools import grammar as g
from tools.grammar_prose import TOKEN_NAMES
from tools.make_grammar import BESIDE, fixed_terminals, main, page_text, pieces, readable_grammar, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parent / "grammar.md"
FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
STRENGTH = re.compile(r"^\| (?P<operators>`.*`) \| (?P<meaning>[^|]*) \| (?P<chaining>[^|]*) \|$", re.MULTILINE)
CONTEXT = 2
"""As many states of the parser as tell places in a text apart."""


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def fences(page: str, language: str) -> list[str]:
    """The text of every fenced block of a language."""
    return [found["text"] for found in FENCE.finditer(page) if found["language"] == language]


def test_the_page_is_made_from_the_grammar(page: str) -> None:
    assert page == page_text(), "run `python -m tools.make_grammar`"


def test_the_tool_writes_the_page(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.make_grammar.OUTPUT", tmp_path / "grammar.md")
    assert main() == 0
    assert (tmp_path / "grammar.md").read_text(encoding="utf-8") == page


def test_the_productions_on_the_page_say_all_of_the_grammar(page: str) -> None:
    assert g.read_grammar("\n".join(fences(page, "ebnf"))) == readable_grammar()


class NoLexer(Lexer):
    """Stands where Lark wants a lexer: these parsers are given tokens."""

    def __init__(self, _configuration: object) -> None:
        pass

    def lex(self, *_arguments: object) -> Iterator[Token]:
        raise NotImplementedError


def parser_of_the_page(page: str) -> Lark:
    """A parser that is made from nothing but the productions of the page, and names of tokens."""
    words = {text: name for name, text in fixed_terminals().items()}
    names = {readable: name for name, readable in TOKEN_NAMES.items()}

    def back(node: g.Node) -> g.Node | None:
        match node:
            case g.Literal(text):
                return g.Token(words[text]) if text in words else None
            case g.Token(name):
                return g.Token(names.get(name, name))
            case g.Part("items"):
                return g.Part("start")
            case _:
                return None

    rules = g.read_grammar("\n".join(fences(page, "ebnf")))
    texts = [f"{'start' if name == 'items' else name}: {g.written(g.replaced(rules[name], back))}" for name in rules]
    texts += [line for line in grammar_text().splitlines() if re.match(r"[A-Z_]+(?:\.\d+)?: |%ignore", line)]
    return Lark("\n".join(texts) + "\n", parser="lalr", lexer=NoLexer, keep_all_tokens=True)


def test_after_every_beginning_the_page_and_the_parser_expect_the_same(page: str) -> None:
    """From the start on, each token is tried in each place; places differ in the last states of the parser."""
    from_page, shipped = parser_of_the_page(page), load_parser(NewlineFilter(), object())
    waiting = deque([(from_page.parse_interactive(), shipped.parse_interactive())])
    met: set[tuple[int, ...]] = set()
    fed: set[str] = set()
    while waiting:
        first, second = waiting.popleft()
        accepted: set[str] = second.accepts()  # type: ignore[no-untyped-call]  # of lark
        assert first.accepts() == accepted  # type: ignore[no-untyped-call]  # of lark
        for name in sorted(accepted - {"$END"}):
            one, other = copy(first), copy(second)
            one.feed_token(Token(name, ""))
            other.feed_token(Token(name, ""))
            place = tuple(other.parser_state.state_stack[-CONTEXT:])
            fed.add(name)
            if place not in met:
                met.add(place)
                waiting.append((one, other))
    assert fed == {terminal.name for terminal in shipped.terminals if not terminal.name.startswith("_")} - BESIDE
    assert len(met) > len(shipped.terminals)


def test_the_patterns_on_the_page_are_those_of_the_lexer(page: str) -> None:
    (block,) = fences(page, "text")
    shown = dict(line.split(maxsplit=1) for line in block.splitlines())
    named = {name: shown[f"<{name}>"] for name in pieces()}

    def expanded(pattern: str) -> str:
        for _ in named:
            for name, piece in named.items():
                pattern = pattern.replace(f"<{name}>", piece)
        return pattern

    assert {name: expanded(shown[name]) for name in tokens()} == tokens()
    assert set(shown) == {*tokens(), *(f"<{name}>" for name in named)}


# ---------------------------------------------------------------- operators by strength


def rows(page: str) -> list[tuple[list[str], str]]:
    """The signs of each strength and how several of them are read, loosest first."""
    return [
        (re.findall(r"`(.+?)`", found["operators"].replace("\\|", "|")), found["chaining"])
        for found in STRENGTH.finditer(page)
    ]


NO_OPERANDS = {"if", "then", "else", "not", "every", "->", "as", "to", "+-"}
"""Operators that do not stand between two expressions of any sort."""
ALONE = "each takes what is behind it"


def binary(page: str) -> list[tuple[str, str]]:
    """An operator for each strength at which two expressions are joined, with how several are read."""
    firsts = [(next((s for s in signs if s not in NO_OPERANDS), None), chaining) for signs, chaining in rows(page)]
    return [
        (sign, chaining) for sign, chaining in firsts if sign is not None and chaining != "each takes what is behind it"
    ]


def test_the_table_has_every_strength(page: str) -> None:
    assert [sign for sign, _ in binary(page)] == ["??", "or", "and", "<=", "|", "..", "+", "*", "^"]
    assert [signs for signs, _ in rows(page)][-2:] == [["-", "every"], ["^"]]


def test_an_operator_further_down_binds_more_tightly(page: str) -> None:
    for (loose, _), (tight, _) in combinations(binary(page), 2):
        assert bare(value(f"a {loose} b {tight} c")) == bare(value(f"a {loose} (b {tight} c)")), (loose, tight)
        assert bare(value(f"a {tight} b {loose} c")) == bare(value(f"(a {tight} b) {loose} c")), (loose, tight)


def test_several_of_one_strength_are_read_as_the_table_says(page: str) -> None:
    for sign, chaining in binary(page):
        text = f"a {sign} b {sign} c"
        match chaining:
            case "from the left":
                assert bare(value(text)) == bare(value(f"(a {sign} b) {sign} c")), sign
            case "from the right":
                assert bare(value(text)) == bare(value(f"a {sign} (b {sign} c)")), sign
            case _:
                assert chaining == "not allowed"
                (finding,) = read(f"let x = {text}\n")[1]
                assert finding.code == "GAI010", sign


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("-a ^ b", "-(a ^ b)"),
        ("-a * b", "(-a) * b"),
        ("not a and b", "(not a) and b"),
        ("not a < b", "not (a < b)"),
        ("a + b -> h", "(a + b) -> h"),
        ("a as Time -> h", "(a as Time) -> h"),
        ("a .. b -> h", "a .. (b -> h)"),
        ("if a then b else c + d", "if a then b else (c + d)"),
        ("if a then b else c ?? d", "if a then b else (c ?? d)"),
        ("1 to 3 -> h", "(1 to 3) -> h"),
    ],
)
def test_the_other_operators_bind_as_the_table_says(text: str, meant: str) -> None:
    assert bare(value(text)) == bare(value(meant))


# ---------------------------------------------------------------- lines


def test_the_page_names_every_word_and_sign_that_continues_a_line(page: str) -> None:
    listed = re.search(r"before a line that begins with (.+?) or with `\.` and a name\.", page, re.DOTALL)
    assert listed is not None
    line_end = re.compile(tokens()["LINE_END"])
    signs = {
        *fixed_terminals().values(),
        *(part.text for node in readable_grammar().values() for part in literals(node)),
    }
    continuing = {sign for sign in signs if line_end.match(f"\n  {sign} b\n") is None}
    assert continuing == {*re.findall(r"`(.+?)`", listed[1]), "+-", "*="}  # those begin with one of the signs
    assert line_end.match("\n  .b\n") is None
    assert line_end.match("\n  - b\n") is not None


def literals(node: g.Node) -> list[g.Literal]:
    """The words and signs of a production."""
    return [part for part in g.leaves(node) if isinstance(part, g.Literal)]
