"""Units as people write them: what was probably meant by one that does not fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.source.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from gaic.syntax.expressions import Name

SCALES = {
    "k": ("k", "K", "thousand"),
    "M": ("M", "m", "mn", "mln", "million", "millions"),
    "G": ("B", "b", "bn", "bln", "billion", "billions"),
    "T": ("T", "tn", "trn", "trillion", "trillions"),
}
"""Prefixes, and the words and letters with which people write numbers of that size."""


def find_part(name: Name, part: str) -> Span:
    """The place of a factor in a written unit; all of it where the factor is not found."""
    found = re.search(rf"(?<![A-Za-z0-9_]){re.escape(part)}(?![A-Za-z0-9_])", name.text)
    if found is None or name.span.text != name.text:
        return name.span
    start = name.span.start + found.start()
    return Span(name.span.file, start, start + len(part))


def space_names(unit: str, is_value: Callable[[str], bool]) -> tuple[str, str, bool] | None:
    """Where a unit runs into names of values (`kWh/x`): the first of these, and the text with blanks (`kWh / x`).

    The last is false where units follow again, which then need a number: `kWh / x / 1 h`.
    """
    first, *rest = re.split(r"([*/])", unit)
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    start = next((i for i, (_, word) in enumerate(pairs) if is_value(word)), None)
    if start is None:
        return None
    words = [(sign, word, is_value(word)) for sign, word in pairs[start:]]
    units = first + "".join(sign + word for sign, word in pairs[:start])
    spaced = units + "".join(f" {sign} {word}" if known else f" {sign} 1 {word}" for sign, word, known in words)
    return pairs[start][1], spaced, all(known for _, _, known in words)


def scale_prefix(written: str) -> str | None:
    """The prefix that a word or letter for a size stands for: `G` for `B` and `billion`."""
    return next((prefix for prefix, words in SCALES.items() if written in words), None)


def respell(text: str) -> list[str]:
    """A unit with one of its factors times or over the hour, written as one word (`kWh`) if possible."""
    parts = re.split(r"([*/])", text)
    found = [
        "".join([*parts[:place], other, *parts[place + 1 :]])
        for place in range(0, len(parts), 2)
        for other in (parts[place].removesuffix("h"), f"{parts[place]}h")
        if other not in {"", parts[place]}
    ]
    return [*found, f"{text}/h", text.removesuffix("/h")]
