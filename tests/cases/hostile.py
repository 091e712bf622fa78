"""Texts that mean to exhaust the machine, made for a size; `python -m tests.cases.hostile SIZE FOLDER` checks them.

The program prints a line of JSON for each text: its name, the codes that gaic gave, and how many findings there were.
It is started in a process of its own, with a ceiling on its memory.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTES = 100
"""A line of `size` times this many characters: ten million for the usual size."""


def lines(count: int, line: Callable[[int], str]) -> str:
    """Lines that are made of their numbers."""
    return "".join(f"{line(number)}\n" for number in range(count))


DEEP: dict[str, Callable[[int], str]] = {
    "round brackets": lambda n: "let a = " + "(" * n + "1" + ")" * n,
    "square brackets": lambda n: "let a = b" + "[b" * n + "]" * n,
    "lists": lambda n: "let a = " + "[" * n + "1" + "]" * n,
    "blocks": lambda n: "k a { x = " + "b { x = " * n + "1" + "}" * n,
    "tables": lambda n: "let a = " + "{ 1 => " * n + "1" + "}" * n,
    "minus": lambda n: "let a = " + "-" * n + "1",
    "branches": lambda n: "let a = " + "if b then c else " * n + "1",
    "conditions": lambda n: "let a = " + "if " * n + "1",
    "not": lambda n: "let a = " + "not " * n + "b",
    "members": lambda n: "let a = b" + ".a" * n,
    "powers": lambda n: "let a = 1" + "^2" * n,
    "calls": lambda n: "let a = " + "f(" * n + "1" + ")" * n,
    "calls of calls": lambda n: "let a = f" + "(1)" * n,
    "open blocks": lambda n: "k a {\n" * n,
    "mixed brackets": lambda n: "k a {\n x = " + "(" * n + "]" * n + "\n}",
}

LONG: dict[str, Callable[[int], str]] = {
    "letters": lambda n: "x" * n * MEGABYTES,
    "digits": lambda n: "let a = " + "1" * n * MEGABYTES,
    "brackets": lambda n: "(" * n * MEGABYTES,
    "quotes": lambda n: "let a = " + '"' * n * MEGABYTES,
    "hashes": lambda n: "let a = 1 " + "#" * n * MEGABYTES,
    "operators": lambda n: "let a = 1" + "+" * n * MEGABYTES,
    "sums": lambda n: "let a = 1" + " + 1" * (n * MEGABYTES // 4),
    "a unit": lambda n: "let a = 1 m" + "*m" * (n * MEGABYTES // 2),
    "blanks": lambda n: "let a =" + " " * n * MEGABYTES + "1",
    "nothing but blanks": lambda n: " " * n * MEGABYTES,
    "escapes": lambda n: 'let a = "' + "\\n" * (n * MEGABYTES // 2) + '"',
    "wrong escapes": lambda n: 'let a = "' + "\\q" * (n * MEGABYTES // 2) + '"',
    "escapes without end": lambda n: 'let a = "' + '\\"' * (n * MEGABYTES // 2),
    "null bytes": lambda n: "\0" * n * MEGABYTES,
    "carriage returns": lambda n: "\r" * n * MEGABYTES,
    "semicolons": lambda n: ";" * (n * MEGABYTES * 3 // 2),
    "semicolons in a block": lambda n: "k a {" + ";" * n * MEGABYTES + "}",
    "line ends behind a mistake": lambda n: "k a {\n x = = 1" + "\n" * n * MEGABYTES + "y = 2\n}",
    "documentation": lambda n: "k a {\n" + "## d\n" * (n * MEGABYTES // 5) + "}",
}

MANY: dict[str, Callable[[int], str]] = {
    "names declared twice": lambda n: "let a = 1\n" * n,
    "objects declared twice": lambda n: "server a {}\n" * n,
    "fields set twice": lambda n: "server a {\n" + " pue = 1\n" * n + "}",
    "imports": lambda n: "import std.grid\n" * n,
    "unknown names": lambda n: lines(n, lambda i: f"let a{i} = b{i}x"),
    "one unknown name": lambda n: lines(n, lambda i: f"let a{i} = nobody_knows"),
    "unknown kinds": lambda n: lines(n, lambda i: f"kk{i} a{i} {{}}"),
    "unknown fields": lambda n: "server a {\n" + lines(n, lambda i: f" f{i} = 1") + "}",
    "unknown units": lambda n: lines(n, lambda i: f"let a{i} = 3 u{i}x"),
    "unknown types": lambda n: "kind k {\n" + lines(n, lambda i: f" input a{i} : T{i}x") + "}",
    "unknown sources": lambda n: lines(n, lambda i: f"let a{i} = 3 from s{i}x"),
    "unknown paths": lambda n: lines(n, lambda i: f"let a{i} = std.x{i}.y"),
    "alike names": lambda n: lines(n, lambda i: f"let {'a' * 30}{i} = {'a' * 30}x{i}"),
    "kinds that extend": lambda n: "kind a0 {}\n" + lines(n, lambda i: f"kind a{i + 1} extends a{i} {{}}"),
    "objects that extend": lambda n: "kind k {}\nk a0 {}\n" + lines(n, lambda i: f"k a{i + 1} extends a{i} {{}}"),
    "mistakes in a block": lambda n: "k a {\n" + " x = \n" * n + "}",
    "open brackets in a block": lambda n: "k a {\n" + " x = (\n" * n + "}",
    "indented items": lambda n: "let a = 1\n" + "  let a = 1\n" * n,
}

ODD = {
    "line ends of all sorts": "let a = 1\rlet b = 2\r\nlet c = 3\nlet d = 4\u2028let e = 5\u2029\n".encode(),
    "marks of byte order": "\ufefflet a = 1\n\ufefflet b = 2\n".encode(),
    "lone surrogates": b'let a = "\xed\xa0\x80"\n',
    "a long name": f"let {'a' * 50_000} = 1\n".encode(),
    "long unknown names": "".join(f"let a{i} = {'b' * 50_000}{i}\n" for i in range(50)).encode(),
    "null bytes in a line": b"let a = \0\0 1\n",
}


def texts(size: int) -> dict[str, bytes]:
    """All texts of a size by their names."""
    made = {name: make(size).encode() for group in (DEEP, LONG) for name, make in group.items()}
    # Beyond that the findings themselves are what takes the time.
    made |= {name: make(size // 40).encode() for name, make in MANY.items()}
    return made | ODD


def main() -> None:
    """Check each text and print what came of it."""
    from gaic.api.compile import check_model
    from gaic.source.render import render_concise

    model = Path(sys.argv[2]) / "model.gai"
    for name, raw in texts(int(sys.argv[1])).items():
        model.write_bytes(raw)
        diagnostics = check_model(model).diagnostics
        render_concise(diagnostics)
        sys.stdout.write(json.dumps([name, sorted({d.code for d in diagnostics}), len(diagnostics)]) + "\n")


if __name__ == "__main__":
    main()
