"""A foreign file as objects with attributes, whatever its layout; nothing in it is trusted."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from gaic.exchange.faults import BadValueError, UnreadableError
from gaic.load.files import ReadFault, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.source.limits import Limits

Json = object
"""Anything that JSON holds."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that the file names."""

    title: str
    link: str | None


@dataclass(slots=True)
class Thing:
    """An object of the file: its id, class and name, and everything else as it stands there."""

    id: str
    sort: str
    name: str
    attributes: dict[str, Json]

    @property
    def place(self) -> str:
        """How messages call it."""
        return f"{self.sort} {shown(self.name)}"


@dataclass(slots=True)
class Document:
    """All objects by id, in the order of the file, and the sources they may name."""

    title: str
    version: int
    things: dict[str, Thing] = field(default_factory=dict)
    sources: dict[str, Cited] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    """Places of things that have no class."""

    def add(self, thing: Thing) -> None:
        """Add an object; raises `BadValueError` if its id is taken."""
        if thing.id in self.things:
            raise BadValueError(f"{thing.place}: the id {shown(thing.id)} is that of another object too")
        self.things[thing.id] = thing

    def of(self, sort: str) -> list[Thing]:
        """All objects of a class."""
        return [thing for thing in self.things.values() if thing.sort == sort]


def shown(text: str, most: int = 60) -> str:
    """A text of the file for a message: in quotes, on one line, cut."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if len(quoted) <= most else quoted[: most - 4] + '..."'


def read_json(path: Path, limits: Limits) -> dict[str, Json]:
    """The object that a JSON file holds; raises `UnreadableError`."""
    try:
        text = read_text(path, path.name, limits)
    except ReadFault as fault:
        raise UnreadableError(". ".join(filter(None, (str(fault), fault.note))), fault.fix) from None
    try:
        value = json.loads(text, object_pairs_hook=_no_key_twice)
    except RecursionError:
        raise UnreadableError(f"{path.name}: lists and objects are nested too deeply") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"{path.name} is not JSON: {error}") from None
    except ValueError as error:
        raise UnreadableError(f"{path.name}: {error}") from None
    if not isinstance(value, dict):
        raise UnreadableError(f"{path.name} holds no JSON object at its top")
    return value


def _no_key_twice(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {shown(key)} stands twice in one object")
        found[key] = value
    return found


def as_mapping(value: Json, what: str) -> dict[str, Json]:
    """A JSON object; raises `BadValueError`."""
    if not isinstance(value, dict):
        raise BadValueError(f"{what} is no object but {name_type(value)}")
    return cast("dict[str, Json]", value)


def as_text(value: Json, what: str) -> str:
    """A text that can be written as UTF-8; raises `BadValueError`."""
    if not isinstance(value, str):
        raise BadValueError(f"{what} is no text but {name_type(value)}")
    return value.encode("utf-8", "replace").decode() if not value.isascii() else value


def as_number(value: Json, what: str) -> float:
    """A finite number; raises `BadValueError`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValueError(f"{what} is no number but {name_type(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise BadValueError(f"{what} is not a finite number")
    return number


def as_numbers(value: Json, what: str, most: int) -> tuple[float, ...]:
    """A list of finite numbers, at most `most`; raises `BadValueError`."""
    if not isinstance(value, list):
        raise BadValueError(f"{what} is no list but {name_type(value)}")
    if len(value) > most:
        raise BadValueError(f"{what} has more than {most:,} entries")
    return tuple(as_number(each, f"entry {place} of {what}") for place, each in enumerate(value, 1))


def name_type(value: Json) -> str:
    """What a value is, in words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case _:
            return "an object"
