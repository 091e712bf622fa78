"""Documentation text to blocks of spans: paragraphs, lists, code, emphasis, links to http and https, nothing else.

The result is data that templates write and escape; no markup of the text gets through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of text; `style` is "plain", "code", "strong", "emphasis" or "link" (then `href` is its address)."""

    style: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """`style` is "paragraph", "bullets", "numbers" or "code"; a paragraph and code have one item."""

    style: str
    items: tuple[tuple[Phrase, ...], ...]


# Every repetition is bounded, so that a hostile text takes no more than linear time.
_SPAN = re.compile(
    r"(?P<ticks>`{1,3})(?P<code>[^`].{0,400}?)(?P=ticks)(?!`)"
    r"|(?P<image>!)?\[(?P<label>[^\[\]]{1,400})\]\((?P<target>[^()\s]{1,2000})\)"
    r"|<(?P<address>https?://[^<>\s]{1,2000})>"
    r"|\*\*(?P<strong>[^*\s](?:[^*]{0,400}[^*\s])?)\*\*"
    r"|(?<![\w*])\*(?P<star>[^*\s](?:[^*]{0,400}[^*\s])?)\*(?![\w*])"
    r"|(?<!\w)_(?P<bar>[^_\s](?:[^_]{0,400}[^_\s])?)_(?!\w)"
)
# What RFC 3986 lets stand in an address, and letters of any script: no quote, no sign that acts unseen, no user.
_SIGNS = r"(?:[\w.~:/?@!$&()*+,;=-]|%[0-9A-Fa-f]{2})*"
_SAFE = re.compile(rf"https?://[\w.-]+(?::[0-9]{{1,5}})?(?:[/?]{_SIGNS})?(?:#{_SIGNS})?")
_ITEM = re.compile(r"\s{0,3}(?:(?P<bullet>[-*])|\d{1,4}[.)])\s+(?P<text>.*)")
_FENCE = re.compile(r"\s{0,3}```")


def read_markdown(text: str) -> tuple[Block, ...]:
    """Cut documentation into blocks."""
    return tuple(_read_blocks(text.splitlines()))


def read_phrases(text: str) -> tuple[Phrase, ...]:
    """Cut a line of running text into phrases; what is not understood stays as it is written."""
    phrases: list[Phrase] = []
    position = 0
    for found in _SPAN.finditer(text):
        if found.start() > position:
            phrases.append(Phrase("plain", text[position : found.start()]))
        phrases.append(_read_phrase(found))
        position = found.end()
    if position < len(text):
        phrases.append(Phrase("plain", text[position:]))
    return tuple(phrases)


def is_safe_link(address: str) -> bool:
    """Say whether an address may become a link: http or https, a host, and only signs of an address."""
    return _SAFE.fullmatch(address) is not None


def _read_phrase(found: re.Match[str]) -> Phrase:
    if found["code"] is not None:
        return Phrase("code", found["code"].strip() or found["code"])
    if found["label"] is not None:
        linked = not found["image"] and is_safe_link(found["target"])
        return Phrase("link", found["label"], found["target"]) if linked else Phrase("plain", found["label"])
    if found["address"] is not None:
        linked = is_safe_link(found["address"])
        return Phrase("link" if linked else "plain", found["address"], found["address"] if linked else "")
    if found["strong"] is not None:
        return Phrase("strong", found["strong"])
    return Phrase("emphasis", found["star"] or found["bar"])


def _read_blocks(lines: list[str]) -> Iterator[Block]:
    position = 0
    while position < len(lines):
        if not lines[position].strip():
            position += 1
        elif _FENCE.match(lines[position]):
            end = next((n for n in range(position + 1, len(lines)) if _FENCE.match(lines[n])), len(lines))
            yield Block("code", ((Phrase("plain", "\n".join(lines[position + 1 : end])),),))
            position = end + 1
        else:
            end = next((n for n in range(position, len(lines)) if _ends_paragraph(lines[n])), len(lines))
            yield from _read_paragraphs(lines[position:end])
            position = end


def _ends_paragraph(line: str) -> bool:
    return not line.strip() or _FENCE.match(line) is not None


def _read_paragraphs(lines: list[str]) -> Iterator[Block]:
    """Neighbouring lines: running text up to the first list item, then lists; a line without a mark goes on above."""
    groups: list[tuple[str, list[str]]] = []
    for line in lines:
        item = _ITEM.match(line)
        if item is None:
            if not groups:
                groups.append(("paragraph", [line.strip()]))
            else:
                groups[-1][1][-1] += f" {line.strip()}"
            continue
        style = "bullets" if item["bullet"] else "numbers"
        if groups and groups[-1][0] == style:
            groups[-1][1].append(item["text"].strip())
        else:
            groups.append((style, [item["text"].strip()]))
    for style, texts in groups:
        yield Block(style, tuple(read_phrases(text) for text in texts))
