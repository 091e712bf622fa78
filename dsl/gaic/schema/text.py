"""Documents as JSON text that people can read line by line and that has the same bytes everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, object]

# Mappings this far down are opened; what lies deeper stands on one line, so that a change shows as few changed lines.
OPEN_LEVELS = 4
INDENT = "  "

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).encode
_encode_closely = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def json_text(document: Json) -> str:
    """The text of a document, with a line end; keys stay in the order in which the document holds them.

    Raises `ValueError` for a number that JSON does not know (not a number, infinity).
    """
    return "".join((*_lines(document, 0), "\n"))


def _lines(value: object, level: int) -> Iterator[str]:
    match value:
        case dict() if value and level < OPEN_LEVELS:
            yield from _enclose("{", ((f"{_encode(key)}: ", item) for key, item in value.items()), "}", level)
        case list() if any(isinstance(item, dict) for item in value) and level < OPEN_LEVELS:
            yield from _enclose("[", (("", item) for item in value), "]", level)
        case _:
            yield _encode(value)


def _enclose(start: str, entries: Iterator[tuple[str, object]], end: str, level: int) -> Iterator[str]:
    inner = "\n" + INDENT * (level + 1)
    yield start
    comma = ""
    for lead, item in entries:
        yield f"{comma}{inner}{lead}"
        # Entries of a list stay on one line each.
        yield from _lines(item, level + 1 if lead else OPEN_LEVELS)
        comma = ","
    yield "\n" + INDENT * level + end


def rows_text(document: Json) -> str:
    """The text of a large document, with a line end: each entry of its mappings and lists on one line, in order."""
    parts = [f"{_encode_closely(key)}: {_rows(value)}" for key, value in document.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rows(value: object) -> str:
    match value:
        case dict() if value:
            lines = (f"{_encode_closely(key)}: {_encode_closely(item)}" for key, item in value.items())
            return "{\n" + ",\n".join(lines) + "\n}"
        case list() if value:
            return "[\n" + ",\n".join(map(_encode_closely, value)) + "\n]"
        case _:
            return _encode_closely(value)


def read_schema(name: str) -> str:
    """The text of a shipped JSON Schema."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
