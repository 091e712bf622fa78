"""Renames every object of a file and permutes their order, in both formats: nothing that is computed may change."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.conformance.cases import Json

WORDS = (
    "answer", "Bücherei", "calc", "day", "Ελλάδα", "first", "kind", "let", "l'été", "Netzwerk", "nothing", "step",
    "sum", "total", "über-uns", "visit", "wasser", "東京",
)  # fmt: skip
"""Words that labels are made of; some have a meaning in gaic, some no letter that a name may have."""

SHAPES = (
    "{word}",
    "{word} no. {number}",
    '"{word}" ({number})',
    "{number} {word}",
    "{word}/{number} \\ {word}",
    "{word}_",
)
NOT_OBJECTS = frozenset({"Sources", "efootprint_version", "calculation_graph"})
MADE_ENDS = {
    "EcoLogitsGenAIExternalAPI": (" server",),
    "EcoLogitsVideoGenExternalAPI": (" server",),
    "EdgeAppliance": (" appliance",),
    "EdgeComputer": (" CPU", " RAM"),
    "RecurrentEdgeProcess": (" CPU need", " RAM need", " storage need"),
    "RecurrentEdgeWorkload": (" workload need",),
}
"""What the peer puts behind the name of an object for those that it makes itself beside it, by class."""


def make_labels(names: Iterable[str], chance: random.Random) -> dict[str, str]:
    """A new label for each name, no two alike."""
    labels: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        label = ""
        while not label or label in taken:
            shape = chance.choice(SHAPES)
            label = shape.format(word=chance.choice(WORDS), number=chance.randrange(1, 1000))
        taken.add(label)
        labels[name] = label
    return labels


def rename_native(document: Json, seed: int) -> tuple[Json, dict[str, str]]:
    """The peer's own file with other names, other identifiers and another order; and the new label of each old one."""
    chance = random.Random(seed)
    blocks = {name: block for name, block in document.items() if name not in NOT_OBJECTS}
    labels = make_labels([each["name"] for block in blocks.values() for each in block.values()], chance)
    identifiers = [identifier for block in blocks.values() for identifier in block]
    other = {identifier: f"{chance.getrandbits(48):012x}" for identifier in identifiers}
    renamed = {
        name: shuffle({key: {**each, "name": labels[each["name"]]} for key, each in block.items()}, chance)
        for name, block in blocks.items()
    }
    kept = {name: block for name, block in document.items() if name in NOT_OBJECTS}
    return {**kept, **replace_strings(shuffle(renamed, chance), other)}, labels


def rename_neutral(document: Json, seed: int) -> tuple[Json, dict[str, str]]:
    """The inputs of a case with other names of objects and series and another order; and the new label of each."""
    chance = random.Random(seed)
    objects, series = document["inputs"]["objects"], document["inputs"]["series"]
    labels = make_labels(objects, chance)
    columns = make_labels(series, chance)
    inputs = {
        "series": shuffle({columns[name]: each for name, each in series.items()}, chance),
        "objects": shuffle({labels[name]: _relink(each, labels, columns) for name, each in objects.items()}, chance),
    }
    made = {
        name + end: labels[name] + end for name, each in objects.items() for end in MADE_ENDS.get(each["class"], ())
    }
    return {**document, "inputs": {**document["inputs"], **inputs}, "expected": {}}, {**labels, **made}


def shuffle(table: Mapping[str, Any], chance: random.Random) -> Json:
    """The same entries in another order."""
    names = list(table)
    chance.shuffle(names)
    return {name: table[name] for name in names}


def replace_strings(value: Any, other: Mapping[str, str]) -> Any:
    """The same JSON with some strings, keys too, replaced by others."""
    match value:
        case dict():
            return {other.get(key, key): replace_strings(each, other) for key, each in value.items()}
        case list():
            return [replace_strings(each, other) for each in value]
        case str():
            return other.get(value, value)
        case _:
            return value


def _relink(described: Json, labels: Mapping[str, str], columns: Mapping[str, str]) -> Json:
    """An object of a case with its links under the new names."""
    attributes: Json = {}
    for name, value in described["attributes"].items():
        match value:
            case {"ref": str(target)}:
                attributes[name] = {"ref": labels[target]}
            case {"refs": list(targets)}:
                attributes[name] = {"refs": [labels[target] for target in targets]}
            case {"weights": dict(weights)}:
                attributes[name] = {"weights": {labels[target]: weight for target, weight in weights.items()}}
            case {"series": str(column)}:
                attributes[name] = {"series": columns[column]}
            case _:
                attributes[name] = value
    return {**described, "attributes": attributes}
