"""The cases beside this file: inputs, and every value that e-footprint computed from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Json = dict[str, Any]

FOLDER = Path(__file__).resolve().parent
NAMES = tuple(sorted(path.stem for path in (FOLDER / "cases").glob("[ev]*.json")))

GHOSTS = "convolution noise under a ceil"
"""How the defect of a case begins that adds instances to hours without load."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One expected value: a number, a series, a word, or `empty`; `member` is the key in an attribute that has several.

    `corrected` says that the peer is wrong here and the value is that of the independent evaluation.
    """

    owner: str
    owner_class: str
    attribute: str
    member: str | None
    value: Json
    corrected: bool = False

    def __str__(self) -> str:
        return f"{self.owner}.{self.attribute}" + ("" if self.member is None else f"[{self.member}]")


@dataclass(frozen=True, slots=True)
class Ghosts:
    """A server that has, by the peer, one instance too many in some hours without load."""

    owner: str
    hours: int


@dataclass(frozen=True, slots=True)
class Case:
    """A case file; `version` is the major version of the peer that computed it."""

    name: str
    version: int
    document: Json

    @property
    def neutral(self) -> Path:
        """The file with inputs in the format of the cases."""
        return FOLDER / "cases" / f"{self.name}.json"

    @property
    def native(self) -> Path:
        """The peer's own file of the same system."""
        return FOLDER / "native" / f"{self.name}.json"

    def figures(self) -> Iterator[Figure]:
        """Every expected value, the corrected one where there is one."""
        corrected = self.document.get("corrected", {})
        for owner, described in self.document["expected"]["objects"].items():
            for attribute, expected in described["attributes"].items():
                right = corrected.get(owner, {}).get(attribute)
                value = expected if right is None else right
                for member, each in value["by"].items() if "by" in value else ((None, value),):
                    yield Figure(owner, described["class"], attribute, member, each, right is not None)

    def figure(self, owner: str, attribute: str) -> Figure:
        """The expected value of that name."""
        return next(f for f in self.figures() if (f.owner, f.attribute) == (owner, attribute))

    def by_peer(self, owner: str, attribute: str) -> Json:
        """What the peer says, right or wrong."""
        found: Json = self.document["expected"]["objects"][owner]["attributes"][attribute]
        return found

    def ghosts(self) -> Ghosts | None:
        """The server with ghost instances that no corrected value speaks of."""
        for defect in self.document.get("peer_defects", ()):
            if defect["defect"].startswith(GHOSTS):
                return Ghosts(defect["object"], round(defect["sum_difference_absolute"]))
        return None


@cache
def read_case(name: str) -> Case:
    """A case by the name of its file without ending."""
    document = json.loads((FOLDER / "cases" / f"{name}.json").read_text(encoding="utf-8"))
    version = document["peer"].removeprefix("e-footprint ").partition(".")[0]
    return Case(name, int(version), document)
