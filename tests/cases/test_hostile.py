"""Texts that mean to exhaust the machine get an answer: values, or the finding that names the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import compile_model
from gaic.source.diagnostic import has_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KIND = """\
kind k {
  input a : Ratio = 1
  ref next : k?
  ref list : [k]
  calc b : Ratio = 1 + (next.b ?? 0)
  calc s : Ratio = 1 + sum(x.s for x in list)
}
"""


def lines(count: int, line: Callable[[int], str]) -> str:
    """Lines that are made of their numbers."""
    return "".join(f"{line(number)}\n" for number in range(count))


# What is nested or joined too deeply. Name -> text and the codes that gaic gives.
DEEP = {
    "round brackets": "let a = " + "(" * 5000 + "1" + ")" * 5000,
    "square brackets": "let a = b" + "[b" * 5000 + "]" * 5000,
    "curly brackets": "server a " + "{ x = a " * 5000,
    "sums": "let a = " + " + ".join(["1"] * 5000),
    "powers": "let a = " + " ^ ".join(["1"] * 5000),
    "signs": "let a = " + "-" * 5000 + "1",
    "negations": "let a = " + "not " * 5000 + "true",
    "branches": "let a = " + "if true then 1 else " * 5000 + "1",
    "members": "let a = " + ".".join(["b"] * 5000),
    "keys": "let a = b" + "[b]" * 5000,
    "words of a choice": "kind k { input a : " + " | ".join(f"w{number}" for number in range(5000)) + " }",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_deep_texts_meet_a_limit(tmp_path: Path, text: str) -> None:
    model = tmp_path / "model.gai"
    model.write_text(text + "\nlet good = 3 kWk\n", encoding="utf-8")
    outcome = compile_model(model)
    codes = {diagnostic.code for diagnostic in outcome.diagnostics}
    assert codes & {"GAI501", "GAI001", "GAI003"}
    assert len(outcome.diagnostics) <= 3


# Declarations that lean on each other, forwards and backwards.
CHAINS = {
    "constants": lines(300, lambda n: f"let a{n} = a{n + 1} + 1") + "let a300 = 1\n",
    "kinds": lines(300, lambda n: f"kind a{n} extends a{n + 1} {{}}") + "kind a300 {}\n",
    "objects": KIND + lines(300, lambda n: f"k a{n} extends a{n + 1} {{}}") + "k a300 {}\n",
    "references": KIND + lines(300, lambda n: f"k a{n} {{ next = a{n + 1} }}") + "k a300 {}\n",
    "lists": KIND + lines(300, lambda n: f"k a{n} {{ list = [a{n + 1}] }}") + "k a300 {}\n",
    "inputs": KIND + lines(300, lambda n: f"k a{n} {{ a = a{n + 1}.a + 1 }}") + "k a300 {}\n",
    "ring": KIND + lines(300, lambda n: f"k a{n} {{ a = a{(n + 1) % 300}.a + 1 }}"),
    "calculations": "kind k {\n"
    + lines(300, lambda n: f"  calc a{n} : Ratio = a{n + 1} + 1")
    + "  calc a300 : Ratio = 1\n}\nk x {}\n",
    "units": lines(300, lambda n: f"unit u{n} : Number = 2 u{n + 1}") + "unit u300 : Number = 1\n",
    "ring of units": lines(300, lambda n: f"unit u{n} : Number = 2 u{(n + 1) % 300}"),
}


@pytest.mark.parametrize("text", CHAINS.values(), ids=CHAINS.keys())
def test_long_chains_get_the_same_answer_in_both_orders(tmp_path: Path, text: str) -> None:
    model = tmp_path / "model.gai"
    answers = []
    head, body = (KIND, text.removeprefix(KIND)) if text.startswith(KIND) else ("", text)
    turned = head + "".join(reversed(body.splitlines(keepends=True))) if "kind k {\n  calc" not in text else text
    for order in (text, turned):
        model.write_text(order, encoding="utf-8")
        outcome = compile_model(model)
        codes = {diagnostic.code for diagnostic in outcome.diagnostics if diagnostic.code != "GAI190"}
        answers.append((outcome.ledger is None, codes))
        assert len(outcome.diagnostics) <= 3
    assert answers[0] == answers[1]


# Numbers that leave what a computer can hold.
NUMBERS = {
    "towers": ("calc a : Ratio = 10 ^ 64 ^ 64", {"GAI402"}),
    "overflow": ("input b : Ratio = 1e64\n  calc a : Ratio = b^64 - b^64", {"GAI402"}),
    "units to the 64th": ("calc b : Mass^64 = (1 kg) ^ 64\n  calc a : Mass^64*Mass^64 = b * b", {"GAI502"}),
    "many factors": ("calc a : Mass = 1" + " * 1 kg" * 150, {"GAI502"}),
    "far away": (
        "input i : amount Ratio = hourly([1], start = 9999-01-01T00:00Z)\n  calc a : amount Ratio = h + i",
        {"GAI509"},
    ),
    "shifted far": ("calc a : amount Ratio = shift(h, 1e60 h)", {"GAI405"}),
    "very long": ("calc a : level Ratio = in_parallel(h, 1e60 h)", {"GAI405"}),
}


@pytest.mark.parametrize(("text", "codes"), NUMBERS.values(), ids=NUMBERS.keys())
def test_numbers_that_grow_too_large(tmp_path: Path, text: str, codes: set[str]) -> None:
    model = tmp_path / "model.gai"
    series = "input h : amount Ratio = hourly([1], start = 2026-01-01T00:00Z)"
    model.write_text(f"kind k {{\n  {series}\n  {text}\n}}\nk x {{}}\n", encoding="utf-8")
    outcome = compile_model(model)
    found = {diagnostic.code for diagnostic in outcome.diagnostics}
    assert has_errors(outcome.diagnostics) == (outcome.ledger is None)
    assert found == codes, outcome.diagnostics


def test_gathering_over_too_many_members(tmp_path: Path) -> None:
    model = tmp_path / "model.gai"
    kind = "kind k {\n  calc a : Ratio = count(x for x in every k for y in every k for z in every k)\n}\n"
    model.write_text(kind + lines(300, lambda n: f"k a{n} {{}}"), encoding="utf-8")
    assert [diagnostic.code for diagnostic in compile_model(model).diagnostics] == ["GAI514"]


@pytest.mark.parametrize(
    "raw", [b"\0" * 1000, bytes(range(128)), b"#" * 500_000, b"## x\n" * 20_000, b'"' * 9_999, b";" * 9_999]
)
def test_odd_bytes(tmp_path: Path, raw: bytes) -> None:
    model = tmp_path / "model.gai"
    model.write_bytes(raw)
    outcome = compile_model(model)
    assert has_errors(outcome.diagnostics) == (outcome.ledger is None)
