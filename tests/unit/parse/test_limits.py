"""Hostile texts: each bound has its own diagnostic, and no text takes long or fails otherwise."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaic.parse import Limits
from gaic.source.render import render_full

from .reading import read, told

NAME_PART = "give a part of it a name of its own"


def chain(operator: str, count: int) -> str:
    return "let x = a" + f"{operator}a" * count + "\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"let x = {'(' * 65}1{')' * 65}\n", f"1:73 GAI501 brackets are nested more than 64 deep | {NAME_PART}"),
        (chain(" + ", 201), f"1:811 GAI501 this expression has more than 200 operators in a row | {NAME_PART}"),
        (f"let x = {'-' * 201}1\n", f"1:209 GAI501 this expression has more than 200 operators in a row | {NAME_PART}"),
        ("let x = 1 kg^65\n", "1:11 GAI502 the exponent 65 is too large; at most 64 is allowed"),
        ("let x = y -> kg^-65\n", "1:14 GAI502 the exponent 65 is too large; at most 64 is allowed"),
        ("let x = 1e-65\n", "1:9 GAI502 the exponent 65 is too large; at most 64 is allowed"),
        (f"let x = 1e{'9' * 99}\n", f"1:9 GAI502 the exponent {'9' * 17}... is too large; at most 64 is allowed"),
        ("let x = y ^ -65\n", "1:14 GAI502 the exponent 65 is too large; at most 64 is allowed"),
        ("kind k { input a : T^65 }\n", "1:22 GAI502 the exponent 65 is too large; at most 64 is allowed"),
        (f"let x = {'1' * 401}\n", "1:9 GAI503 this number has 401 digits; at most 400 are allowed"),
        (
            f"let x = {'1' * 400}\n",
            "1:9 GAI503 this number is too large; the largest is about 1.8e308 | write it in a larger unit",
        ),
        (
            f"let x = [{'1,' * 20}{'1' * 401}]\n",
            "1:9 GAI503 this number has 401 digits; at most 400 are allowed",
        ),
        (f"let x = [{'1,' * 20}1e65]\n", "1:9 GAI502 the exponent 65 is too large; at most 64 is allowed"),
        (
            f"let {'a' * 129} = 1\n",
            "1:5 GAI504 this name has 129 characters; at most 128 are allowed | use a shorter name",
        ),
        (f"let x = 1 {'m' * 129}\n", "1:11 GAI504 this unit has 129 characters; at most 128 are allowed"),
    ],
    ids=lambda text: text[:30],
)
def test_each_bound_has_a_message(text: str, message: str) -> None:
    assert told(text) == [message]


@pytest.mark.parametrize(
    "text",
    [
        f"let x = {'(' * 64}1{')' * 64}\n",
        chain(" + ", 200),
        "let x = 1 kg^64\n",
        "let x = 1e64\n",
        f"let x = 0.{'1' * 399}\n",
        f"let {'a' * 128} = 1\n",
        f"let x = [{', '.join(['a + b'] * 500)}]\n",
        "k x {\n" + "  a = b + c\n" * 500 + "}\n",
    ],
    ids=lambda text: text[:30],
)
def test_what_is_within_bounds_is_read(text: str) -> None:
    assert told(text) == []


def test_the_size_of_a_file() -> None:
    assert told("# 45\n" * 3, Limits(file_size=14)) == [
        "1:1 GAI505 this file has 15 characters; at most 14 are allowed | split it into several files and import them"
    ]


def test_the_number_of_words_of_a_file() -> None:
    text = "let a = 1\nlet b = 2\nlet c = 3\nlet d = 4\n"
    assert told(text, Limits(tokens=12)) == [
        "3:7 GAI506 this file has more than 12 words and signs | put long lists of numbers into a CSV file"
    ]
    module, _ = read(text, Limits(tokens=12))
    assert len(module.items) == 2
    assert module.lost == ("c", "d")


def test_trees_are_no_higher_than_walks_can_bear() -> None:
    deepest = "(" * 60 + "a" + " + b)" * 60 + " + c" * 70
    assert told(f"let x = {deepest}\n") == []
    assert repr(read(f"let x = {deepest}\n")[0].items)


MANY = 20_000
HOSTILE = {
    "digits": "let x = " + "1" * 10 * MANY,
    "blanks": "let x =" + " " * 10 * MANY + "1\n",
    "quotes": "let x = " + '"' * MANY,
    "escaped quotes": 'let x = "' + '\\"' * 10 * MANY,
    "escaped quotes on many lines": ('let x = "' + '\\"' * 100 + "\n") * 1000,
    "open text": 'let x = """' + 'a"b ' * MANY,
    "units": "let x = 1 " + "m*" * MANY + "m\n",
    "brackets": "let x = " + "(" * MANY + "1" + ")" * MANY,
    "brackets in column 1": "let x = (\n" + "(\n" * MANY,
    "not": "let x = " + "not " * MANY + "a\n",
    "calls": "let x = a" + "(1)" * MANY + "\n",
    "powers": "let x = a" + "^2" * MANY + "\n",
    "if": "let x = " + "if a then b else " * MANY + "c\n",
    "blank lines": "let x = 1\n" + "\n" * MANY + "  + 2\n",
    "comments": "let x = 1\n" + "# c\n" * MANY + "  + 2\n",
    "mistakes": "x\n" * MANY,
    "blocks": "a b {\n" * MANY,
    "blocks with entries": ("a b {\n" + "x = 1\n" * 10) * (MANY // 20),
    "indented items": "let a = 1\n" + "  let a = 1\n" * MANY,
    "documentation": "## a\n\n" * MANY,
    "backslashes": "\\" * MANY,
    "closing": "}" * MANY,
    "null": "\0" * MANY,
    "carriage returns": "\r" * MANY,
    "exponent": "let x = 1e" + "9" * 10 * MANY,
    "blanks in a list": "let x = [" + (", ".join(["1"] * 16) + " " * MANY + "a, ") * 3 + "]\n",
    "clauses": "let x = 1" + " from a" * (MANY // 4) + "\n",
    "lone surrogate": "let x = \ud800\n",
}


PIECES = (
    'a B 1 2.5 "t" ( ) [ ] { } = : ; , . .. -> => ?? + - * / ^ < == | ? % # ## $ " """ \\ from conf note to in if then '
    "else and or not for where as unit kind set within usual every nothing true input ref back let calc assert vary "
    "correlate import quantity dimension abstract extends template prefixes counts amount weekly scenario"
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES.split()), st.sampled_from(["", " ", " ", "\n", "\n  "])), max_size=40))
def test_no_text_makes_it_raise(pieces: list[tuple[str, str]]) -> None:
    module, diagnostics = read("".join(piece + blank for piece, blank in pieces))
    render_full(diagnostics)
    assert diagnostics or not module.lost


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()
    read(text)
    # Ten times what it takes; a scan in squares of the length takes minutes.
    assert time.perf_counter() - start < 5
