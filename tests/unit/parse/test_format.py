"""Trees back to text: reading it again gives the same tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaic.parse import Limits
from gaic.source.text import SourceFile, Span
from gaic.syntax.declarations import Block, Field, Kind
from gaic.syntax.expressions import (
    Aggregate,
    Amend,
    Argument,
    Binary,
    Call,
    Cast,
    ClockTime,
    Conditional,
    Convert,
    Date,
    Every,
    Generator,
    Index,
    ListLiteral,
    Member,
    Name,
    Nothing,
    Number,
    Numbers,
    Path,
    Quantity,
    Reference,
    Row,
    Sourced,
    Spread,
    Table,
    Text,
    Truth,
    Unary,
)
from gaic.syntax.format import format_entry, format_expression

from .reading import bare, item, value

if TYPE_CHECKING:
    from gaic.syntax.expressions import (
        Expression,
    )

S = Span(SourceFile("", ""), 0, 0)
words = st.sampled_from(["a", "b2", "_c", "level", "counts", "template", "formula", "to_utc", "e1"])
names = words.map(lambda word: Name(word, S))
types = st.sampled_from(["Power", "T", "m.Request"]).map(lambda word: Name(word, S))
units = st.sampled_from(["W", "kg*m^2/s^-2", "%", "cpu_core", "e3", "USD/h"]).map(lambda unit: Name(unit, S))
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: Path(tuple(parts), S))
digits = st.sampled_from(["0", "1", "1_000", "2.50", "1e3", "1.5E-7", "007"])
numbers = digits.map(lambda text: Number(float(text), text, S))
leaves = st.one_of(
    numbers,
    st.builds(lambda text, unit: Quantity(float(text), text, unit, S), digits, units),
    st.lists(st.floats(-1e60, 1e60).map(lambda x: x + 0.0), min_size=16, max_size=18).map(
        lambda values: Numbers(tuple(value if abs(value) > 1e-60 else 0.0 for value in values), S)
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(lambda text: Text(text, S)),
    st.booleans().map(lambda truth: Truth(truth, S)),
    st.just(Nothing(S)),
    st.sampled_from(["2026-01-01", "2026-01-01T00:00Z"]).map(lambda text: Date(text, S)),
    st.sampled_from(["00:00", "24:00"]).map(lambda text: ClockTime(text, S)),
    words.map(lambda word: Reference(word, S)),
    paths.map(lambda path: Every(path, S)),
)
WIDE = Limits(exponent=1_000, nesting=1_000, depth=10_000)
OPERATORS = ["+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or", "in", "??", "|", ".."]


def sourced(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.builds(
        lambda value, source, confidence, note: Sourced(value, source, confidence, note, S),
        inner,
        paths,
        st.none() | st.sampled_from(["high", "low"]).map(lambda word: Name(word, S)),
        st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5).map(lambda text: Text(text, S)),
    )


def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    few = st.lists(inner, max_size=3)
    return st.one_of(
        st.builds(lambda op, left, right: Binary(op, left, right, S), st.sampled_from(OPERATORS), inner, inner),
        st.builds(lambda op, operand: Unary(op, operand, S), st.sampled_from(["-", "not"]), inner),
        st.builds(lambda c, a, b: Conditional(c, a, b, S), inner, inner, inner),
        st.builds(lambda operand, unit: Convert(operand, unit, S), inner, units),
        st.builds(lambda operand, kind: Cast(operand, kind, S), inner, types),
        st.builds(lambda op, low, high: Spread(op, low, high, S), st.sampled_from(["to", "+-"]), inner, inner),
        st.builds(lambda subject, name: Member(subject, name, S), inner, names),
        st.builds(lambda subject, keys: Index(subject, tuple(keys), S), inner, st.lists(inner, min_size=1, max_size=3)),
        st.builds(
            lambda function, values: Call(function, tuple(values), S),
            inner,
            st.lists(st.builds(Argument, st.none() | names, inner), max_size=3),
        ),
        st.builds(
            lambda function, body, loops, condition: Aggregate(function, body, tuple(loops), condition, S),
            inner,
            inner,
            st.lists(st.builds(lambda name, each: Generator(name, each, S), names, inner), min_size=1, max_size=2),
            st.none() | inner,
        ),
        few.map(lambda values: ListLiteral(tuple(values), S)),
        st.lists(st.builds(Row, inner, inner), max_size=2).map(lambda rows: Table(tuple(rows), S)),
        st.builds(
            lambda base, fields: Amend(base, Block(tuple(Field(n, v, "", S) for n, v in fields), S), S),
            inner,
            st.lists(st.tuples(names, inner), max_size=2),
        ),
        sourced(inner),
    )


@settings(max_examples=400)
@given(st.recursive(leaves, larger, max_leaves=12))
def test_reading_what_was_written_gives_the_same_tree(tree: Expression) -> None:
    assert bare(value(format_expression(tree), WIDE)) == bare(tree)


@pytest.mark.parametrize(
    "text",
    [
        "a + b - c",
        "a - (b - c)",
        "(a + b) * c",
        "-x ^ 2",
        "(-x) ^ -y",
        "a ^ b ^ c",
        "(a ^ b) ^ c",
        "not a == b and c",
        "(a < b) == c",
        "if a then b else if c then d else e",
        "(if a then b else c) ?? d",
        "x -> kWh as Energy",
        "1.12 to 1.25 from src.tender conf medium",
        "y * (0.1 to 0.6)",
        '(0.2 from hypothesis note "on-call") * shape',
        "sum(u.weight * u.x[p] for u in uses for p in every k where p in u.patterns) as Request",
        "[2 * m { gpus = 4; n = { 1 => 2 } }, x {}]",
        "{ 00:00 .. 07:00 => 0.5 %, 2026-01-01 => nothing }",
        'hourly("a\\n\\u{202e}.csv", start = 2026-01-01T00:00)',
        "(5 W).x(true, false)",
    ],
)
def test_text_has_no_more_parentheses_than_needed(text: str) -> None:
    assert format_expression(value(text)) == text


ENTRIES = [
    "a = 1 from s",
    "input a : Power/Gpu^2*T? = 50 W within 0 W .. 2 * b usual 1 .. 3",
    "input a : on | off? = on",
    "ref a : m.k?",
    "ref a : [k] = b.c",
    "ref a = b.c",
    "back a = k.r",
    "set a = b.c | d",
    "let a : level Power = 1 W",
    "let a = 1",
    "calc a[p in every k] : amount Carbon counts gwp m.use = b[p]",
    "calc a[p in b, q in p.c, r in every k] : T = a[p, q, b[r]]",
    "calc a : T",
    'assert a: b > 0 else warn "m"',
]


@pytest.mark.parametrize("text", ENTRIES)
def test_entries_in_one_line(text: str) -> None:
    kind = item(f"kind k {{ {text} }}\n")
    assert isinstance(kind, Kind)
    (entry,) = kind.block.entries
    assert format_entry(entry) == text
