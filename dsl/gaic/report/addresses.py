"""Stable addresses: an object's page and an attribute's place on it follow from the path alone.

A file name is pure ASCII and stays unique where case does not count. A path of small letters, digits and dots stands
for itself; any other carries the beginning of its SHA-256. `-` occurs in no name of the language, so neither a file
name with a hash nor an anchor of the page itself can be mistaken for the name of an attribute.
"""

from __future__ import annotations

import re
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9_]+(?:\[[0-9]+\])*(?:\.[a-z0-9_]+(?:\[[0-9]+\])*)*")
_LONGEST = 100
DAYS = "data/days/"
HOURS = "data/hours/"
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
