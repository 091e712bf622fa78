"""Reads the pages: one Markdown file per code, all of one shape.

A page has a title (`# GAI201: short title`), a line `Severity: error` (or `warning`, or both with a comma), a paragraph
that says what the finding means, and sections (`## Why`, `## Example`, `## Fix`). Programs stand between lines of three
backquotes; a `##` in them is documentation, not a section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from gaic.source.diagnostic import Severity
from gaic.source.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDING = ".md"
FENCE = "```"
NEAREST = 3

HUNDREDS = {
    "0": "Syntax",
    "1": "Names and modules",
    "2": "Units, counts and series",
    "3": "Objects and their values",
    "4": "Evaluation",
    "5": "Limits and safety",
    "6": "Quality of data",
}
"""First digit of a code -> what the codes of this hundred are about."""

_HEAD = re.compile(
    r"# (?P<code>GAI\d{3}): (?P<title>\S.*)\n\nSeverity: (?P<severities>[a-z, ]+)\n\n(?P<rest>\S[\s\S]*)"
)
_ASKED = re.compile(r"(?:GAI)?([0-9]{1,3})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: a program, or a paragraph or list around programs."""

    text: str
    program: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page; `text` is Markdown."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A code and its page: `about` is one paragraph; `severities` are those that its findings have."""

    code: str
    title: str
    severities: tuple[Severity, ...]
    about: str
    sections: tuple[Section, ...]


@cache
def list_codes() -> tuple[str, ...]:
    """All codes that have a page, in order."""
    folder = resources.files(__package__)
    return tuple(sorted(page.name.removesuffix(ENDING) for page in folder.iterdir() if page.name.endswith(ENDING)))


@cache
def read_rule(code: str) -> Rule | None:
    """The page of a code; None if there is none."""
    if code not in list_codes():
        return None
    return parse_page((resources.files(__package__) / f"{code}{ENDING}").read_text(encoding="utf-8"))


def parse_page(text: str) -> Rule:
    """Read the text of a page; raises `ValueError` where it has not the shape of one."""
    head = _HEAD.fullmatch(text.replace("\r\n", "\n"))
    if head is None:
        message = f"a page begins with its title and a line of severity, this one with {text[:40]!r}"
        raise ValueError(message)
    severities = tuple(Severity(word) for word in head["severities"].split(", "))
    first, *sections = _cut(head["rest"])
    return Rule(head["code"], head["title"], severities, first.text, tuple(sections))


def markdown_of(rule: Rule) -> str:
    """What a page says below its title, as Markdown."""
    parts = [rule.about, *(f"## {section.heading}\n\n{section.text}" for section in rule.sections)]
    return "\n\n".join(parts) + "\n"


def split_pieces(text: str) -> Iterator[Piece]:
    """Cut Markdown into programs, and paragraphs and lists around them."""
    for number, part in enumerate(re.split(rf"^{FENCE}.*(?:\n|\Z)", text, flags=re.MULTILINE)):
        if number % 2:
            yield Piece(part.rstrip("\n"), program=True)
        else:
            yield from (Piece(block.strip("\n"), program=False) for block in part.split("\n\n") if block.strip())


def find_code(asked: str) -> str | None:
    """The code that is meant: `gai004`, `004` and `4` are `GAI004`; None if no page has it."""
    found = _ASKED.fullmatch(asked)
    code = f"GAI{int(found[1]):03}" if found else None
    return code if code in list_codes() else None


def near_codes(asked: str) -> tuple[str, ...]:
    """The codes whose numbers are nearest, in order; for what is no number the code that looks like it, if any."""
    found = _ASKED.fullmatch(asked)
    if found is None:
        near = suggest(asked, list_codes())
        return () if near is None else (near,)
    number = int(found[1])
    return tuple(sorted(sorted(list_codes(), key=lambda code: abs(int(code[3:]) - number))[:NEAREST]))


def _cut(text: str) -> Iterator[Section]:
    """The sections of a text; what stands before the first heading is one without a name."""
    heading, lines, inside = "", list[str](), False
    for line in text.split("\n"):
        inside ^= line.startswith(FENCE)
        if line.startswith("## ") and not inside:
            yield Section(heading, "\n".join(lines).strip("\n"))
            heading, lines = line.removeprefix("## "), []
        else:
            lines.append(line)
    yield Section(heading, "\n".join(lines).strip("\n"))
