"""Stable addresses: an object's page and an attribute's place on it follow from the path alone.

A file name is pure ASCII and stays unique where case does not count. A path of small letters, digits and dots stands
for itself; any other carries the beginning of its SHA-256. `-` occurs in no name of the language, so neither a file
name with a hash nor an anchor of the page itself can be mistaken for the name of an attribute.
"""

from __future__ import annotations

import re
from hashlib import sha256

LINES_OF_FILE = 750
"""A page of a file shows so many lines; a longer file has several pages."""

_PLAIN = re.compile(r"[a-z0-9_]+(?:\[[0-9]+\])*(?:\.[a-z0-9_]+(?:\[[0-9]+\])*)*")
_LONGEST = 100
DAYS = "data/days/"
HOURS = "data/hours/"
_SHIPPED, _ENDING = "stdlib/", ".gai"
_DIGITS = 12
# Names that Windows keeps for itself, with any ending: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)}
)


def slug_of(path: str) -> str:
    """File name of an object's page, without its ending."""
    plain = _PLAIN.fullmatch(path) and len(path) <= _LONGEST and path.split(".", 1)[0] not in _RESERVED
    if plain:
        return path.replace("[", "-").replace("]", "")
    readable = re.sub(r"[^a-z0-9_]+", "-", path.lower()).strip("-")[: _LONGEST // 2]
    return f"{readable}--{sha256(path.encode()).hexdigest()[:_DIGITS]}"


def page_of(path: str) -> str:
    """Address of an object's page, relative to the root of the site."""
    return f"objects/{slug_of(path)}.html"


def slug_of_file(name: str, *, shipped: bool) -> str:
    """File name of the pages of a `.gai` file, without its ending: a library file goes by the name of its module."""
    if shipped and name.startswith(_SHIPPED) and name.endswith(_ENDING):
        name = name.removeprefix(_SHIPPED).removesuffix(_ENDING).replace("/", ".")
    return slug_of(name)


def page_of_file(name: str, part: int, *, shipped: bool) -> str:
    """Address of a page of a `.gai` file, relative to the root of the site; `part` counts from 1."""
    return f"files/{slug_of_file(name, shipped=shipped)}{f'-{part}' if part > 1 else ''}.html"


def part_of_line(line: int) -> int:
    """The part of a file that shows a line, both counted from 1."""
    return (line - 1) // LINES_OF_FILE + 1


def line_of_file(name: str, line: int, *, shipped: bool) -> str:
    """Where a line of a `.gai` file is shown, relative to the root of the site."""
    return f"{page_of_file(name, part_of_line(line), shipped=shipped)}#L{line}"


def anchor_of(attribute: str, member: str | None) -> str:
    """Place of a value on the page of its object: `attribute`, or `attribute.member`."""
    return attribute if member is None else f"{attribute}.{_escape_anchor(member)}"


def days_of(object_: str, attribute: str, member: str | None) -> str:
    """Address of the days of a series as a table, relative to the root of the site."""
    return f"{DAYS}{_table_of(object_, attribute, member)}"


def hours_of(object_: str, attribute: str, member: str | None) -> str:
    """Address of the hours of a series as a table, relative to the root of the site."""
    return f"{HOURS}{_table_of(object_, attribute, member)}"


def _table_of(object_: str, attribute: str, member: str | None) -> str:
    """Folder and file of a table; no attribute has a dot in its name, so different values have different files."""
    return f"{slug_of(object_)}/{slug_of(attribute if member is None else f'{attribute}.{member}')}.csv"


def _escape_anchor(member: str) -> str:
    """Write a member without characters that mean something in an address; different members stay different."""
    short = member.replace("#", "--").replace(", ", "--").replace("[", "-").replace("]", "")
    return re.sub(r"[^A-Za-z0-9_.-]", lambda found: f"-x{ord(found[0]):x}-", short)
