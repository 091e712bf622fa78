"""Blocks of `gai` in the pages of the language reference, with what stands in their comments.

- `#=> thing.energy = 6 kWh`: the value of a path, equal to 12 digits, in the unit that pages show. A series is written
  with its first hour: `#=> thing.load = [1, 0, 2] kW from 2026-01-01T00:00Z`; without `Z` it is still on a local
  clock. A long one is cut, as pages do: `[1, 2, ..., 9] x 8760`. Other values are `true`, `unset`, `"text"` and
  words of a choice.
- `#! GAI201: the beginning of the message` at the end of a line: a finding whose place is on this line; several stand
  behind each other. A finding in the library is expected at the object it speaks of, by its first label in the page.
- `# file: shapes.gai` begins another file of the same program.

A block of `text` right behind a program is all that gaic says about it, as it stands on a terminal; such a program has
no `#!`. A block of `gai before` and the block of `gai after` behind it are a text and its one format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.source.text import Origin
from tests.programs import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gaic.source.diagnostic import Diagnostic
    from gaic.source.text import Span

FENCE = re.compile(
    r"^```gai\n(?P<text>.*?)^```$(?:\n\n^```text\n(?P<said>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)
PAIR = re.compile(r"^```gai before\n(?P<before>.*?)^```\n\n```gai after\n(?P<after>.*?)^```$", re.MULTILINE | re.DOTALL)
VALUE = re.compile(r"^\s*#=> (?P<path>\S+(?: \S+)*?) = (?P<value>.*)$")
FINDING = re.compile(r"#! (?P<code>GAI\d{3})(?:: (?P<message>.*?))?(?=\s*#!|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A program of a page: its text, the line on which that begins, and all that is said about it where that stands."""

    page: Path
    line: int
    text: str
    said: str | None

    @property
    def name(self) -> str:
        """Page and line, for the list of tests."""
        return f"{self.page.stem}:{self.line}"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its one format, with the line of the page on which the text begins."""

    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a page announces: file and line in it, code and the beginning of the message."""

    file: str
    line: int
    code: str
    message: str


def read_blocks(page: Path) -> Iterator[Block]:
    """The programs of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield Block(page, text.count("\n", 0, found.start("text")) + 1, found["text"], found["said"])


def write_said(block: Block, said: str) -> None:
    """Put into the page what is said about a program of it."""
    page = block.page.read_text(encoding="utf-8")
    before = f"```gai\n{block.text}```\n\n```text\n"
    assert page.count(before) == 1
    assert f"{before}{block.said}```\n" in page
    page = page.replace(f"{before}{block.said}```\n", f"{before}{said}```\n")
    block.page.write_text(page, encoding="utf-8", newline="\n")


def read_pairs(page: Path) -> Iterator[Pair]:
    """The texts of a page with their one format, in order."""
    text = page.read_text(encoding="utf-8")
    pairs = [
        Pair(text.count("\n", 0, found.start("before")) + 1, found["before"], found["after"])
        for found in PAIR.finditer(text)
    ]
    assert len(pairs) == text.count("```gai before") == text.count("```gai after"), (
        f"{page.name} has a text without pair"
    )
    yield from pairs


def expected_values(block: Block) -> Iterator[tuple[str, str]]:
    """Paths and values of the `#=>` comments."""
    for line in block.text.splitlines():
        found = VALUE.match(line)
        if found is not None:
            yield found["path"], found["value"].strip()
        assert found is not None or "#=>" not in line, f"cannot be read: {line}"


def expected_findings(block: Block) -> list[Expected]:
    """What the `#!` comments announce, sorted."""
    file, before = "model.gai", 0
    found: list[Expected] = []
    for number, line in enumerate(block.text.splitlines(), 1):
        header = HEADER.match(line + "\n")
        if header is not None:
            file, before = header["name"], number
        marks = FINDING.finditer(line)
        found += [Expected(file, number - before, mark["code"], mark["message"] or "") for mark in marks]
        assert line.count("#!") == len(FINDING.findall(line)), f"cannot be read: {line}"
    return sorted(found, key=_place)


def codes_of(block: Block) -> list[str]:
    """The codes of all findings that a page announces or shows for a program."""
    said = re.findall(r"^(?:error|warning)\[(GAI\d{3})\]", block.said or "", re.MULTILINE)
    return [*(expected.code for expected in expected_findings(block)), *said]


def place_of(diagnostic: Diagnostic) -> Span | None:
    """Where a finding lies in the models of the page; tables of hours have no place for `#!`."""
    spans = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    own = [span for span in spans if span is not None and span.file.origin is Origin.PROJECT]
    return next((span for span in own if span.file.name.endswith(".gai")), next(iter(own), None))


def unmatched(expected: list[Expected], diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """What was announced and did not come, and what came without being announced, in words."""
    waiting = list(expected)
    wrong: list[str] = []
    for diagnostic in diagnostics:
        span = place_of(diagnostic)
        file, line = (span.file.name, span.line) if span is not None else ("", 0)
        match = next((e for e in waiting if _fits(e, file, line, diagnostic)), None)
        if match is None:
            wrong.append(f"not announced: {file}:{line} {diagnostic.code}: {diagnostic.message}")
        else:
            waiting.remove(match)
    return wrong + [f"did not come: {e.file}:{e.line} {e.code}: {e.message}" for e in waiting]


def _fits(expected: Expected, file: str, line: int, diagnostic: Diagnostic) -> bool:
    place = (expected.file, expected.line, expected.code) == (file, line, diagnostic.code)
    return place and diagnostic.message.startswith(expected.message)


def _place(expected: Expected) -> tuple[str, int, str]:
    return expected.file, expected.line, expected.code
