"""Pages as text for a terminal, and the list of all of them."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from gaic.source.rules.pages import HUNDREDS, split_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gaic.source.rules.pages import Rule

WIDTH = 100
_INDENT = "    "
_BULLET = "- "
_RESET = "\x1b[0m"
_STYLES = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "strong": "\x1b[1m", "program": "\x1b[36m"}


@dataclass(frozen=True, slots=True)
class _Paint:
    colour: bool

    def __call__(self, style: str, text: str) -> str:
        return f"{_STYLES[style]}{text}{_RESET}" if self.colour and text else text


def render_rule(rule: Rule, *, colour: bool = False, width: int = WIDTH) -> str:
    """A page: title, what the finding says, then the sections; lines of text are at most `width` long."""
    paint = _Paint(colour)
    severity = paint(rule.severities[0].value, _name_severities(rule))
    lines = [f"{severity} {paint('strong', f'{rule.code}: {rule.title}')}", "", *_wrap(rule.about, width)]
    for section in rule.sections:
        lines += ["", paint("strong", section.heading)]
        lines += _draw(section.text, paint, width)
    return "".join(f"{line}\n" for line in lines)


def render_list(rules: Sequence[Rule], *, colour: bool = False) -> str:
    """A line for each code with severity and title, a heading for each hundred."""
    paint = _Paint(colour)
    room = max((len(_name_severities(rule)) for rule in rules), default=0)
    blocks = []
    for hundred, group in groupby(rules, key=lambda rule: rule.code[3]):
        lines = [paint("strong", HUNDREDS[hundred])]
        for rule in group:
            severity, blanks = _name_severities(rule), " " * (room - len(_name_severities(rule)))
            lines.append(f"  {rule.code}  {paint(rule.severities[0].value, severity)}{blanks}  {rule.title}")
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def _name_severities(rule: Rule) -> str:
    return " or ".join(each.value for each in rule.severities)


def _draw(text: str, paint: _Paint, width: int) -> Iterator[str]:
    for piece in split_pieces(text):
        yield ""
        if piece.program:
            yield from (_INDENT + paint("program", line) if line else "" for line in piece.text.split("\n"))
        else:
            yield from _wrap(piece.text, width)


def _wrap(text: str, width: int) -> Iterator[str]:
    """Fill the lines of a paragraph, or of each entry of a list."""
    for number, entry in enumerate(f"\n{text}".split(f"\n{_BULLET}")):
        lead = _BULLET if number else ""
        yield from textwrap.wrap(
            " ".join(entry.split()),
            width,
            initial_indent=lead,
            subsequent_indent=" " * len(lead),
            break_long_words=False,
            break_on_hyphens=False,
        )
