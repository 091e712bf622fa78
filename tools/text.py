"""Pieces of `.gai` text that the generators share."""

from __future__ import annotations

import argparse
import csv
import re
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
"""The folder of the repository."""

# Words that the language keeps for itself: an identifier made from one of them would not parse.
RESERVED = frozenset(
    word
    for line in (
        "and as assert back calc conf correlate else every false for from if in input kind let not note nothing or ref",
        "set then to true unit usual vary where within",
        "abstract amount counts dimension extends import intensity level prefixes quantity template weekly",
    )
    for word in line.split()
)

MPL_NOTICE = """\
## SPDX-License-Identifier: MPL-2.0
## This file is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not distributed
## with this file, You can obtain one at https://mozilla.org/MPL/2.0/."""
"""The notice that the licence asks for, as lines of documentation at the head of a file."""

Row = dict[str, str]


class TableError(Exception):
    """A table cannot be turned into `.gai`: which row, column or name is at fault, and why."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")


def run_on_tables(writes: str, tables: Sequence[str], output: Path, write: Callable[..., None]) -> int:
    """Call `write` with the tables that the command line names and where it shall write; give the exit code."""
    parser = argparse.ArgumentParser(description=f"Write {writes}.")
    for table in tables:
        parser.add_argument(table, type=Path)
    parser.add_argument("-o", "--output", type=Path, default=output)
    named = vars(parser.parse_args())
    try:
        write(*(named[table] for table in tables), named["output"])
    except TableError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def read_table(path: Path) -> list[Row]:
    """Read a CSV file with a header line."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def only_value(rows: Sequence[Row], column: str) -> str:
    """Give the one value that a column has in all rows."""
    values = {row[column] for row in rows}
    if len(values) != 1:
        raise TableError(column, f"should have one value in all rows, has {sorted(values)}")
    return values.pop()


def make_identifier(name: str, prefix: str) -> str:
    """Turn a name into an identifier: ASCII small letters, digits and `_`; `prefix` goes before a digit at the front.

    >>> make_identifier("São Tomé", "zone")
    'sao_tome'
    >>> make_identifier("01-light", "model")
    'model_01_light'
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    identifier = re.sub(r"[^a-z0-9]+", "_", folded).strip("_")
    if not identifier:
        raise TableError(name, "no letter or digit is left for an identifier")
    if identifier[0].isdigit() or identifier in RESERVED:
        identifier = f"{prefix}_{identifier}"
    return identifier


def quote(text: str) -> str:
    """Write a text as a string of the language."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def shorten(number: str) -> str:
    """Write a decimal number without needless zeros and without an exponent; its value stays exactly the same.

    >>> shorten("98.0"), shorten("0.00376"), shorten("700")
    ('98', '0.00376', '700')
    """
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scale(number: str, power: int) -> str:
    """Multiply a decimal number by a power of ten, exactly.

    >>> scale("0.13131", 3)
    '131.31'
    """
    return shorten(str(Decimal(number).scaleb(power)))


def write_entries(entries: Sequence[tuple[str, str]]) -> list[str]:
    """Write entries `name = value`, one per line, with the signs below each other."""
    width = max((len(name) for name, _ in entries), default=0)
    return [f"  {name:<{width}} = {value}" for name, value in entries]


def write_object(head: str, entries: Sequence[tuple[str, str]], doc: Sequence[str] = (), *, after: str = "") -> str:
    """Write a declaration: documentation, `head`, and a block with the entries."""
    lines = [f"## {line}" if line else "##" for line in doc]
    tail = f" {after}" if after else ""
    if not entries:
        return "\n".join([*lines, f"{head}{tail} {{}}"])
    return "\n".join([*lines, f"{head}{tail} {{", *write_entries(entries), "}"])


def write_file(path: Path, head: Sequence[str], parts: Sequence[str]) -> None:
    """Write a library file: its head, then its declarations with blank lines between them; line ends are LF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n\n".join(["\n".join(head), *parts]) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
