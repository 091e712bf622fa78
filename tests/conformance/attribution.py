"""Who causes how much: what the peer says for each job, step, journey and pattern, and the library's own attribution.

For information: the peer's rules need not be the library's, and where its stocks are wrong its shares are too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.api.importing import import_model
from tests.conformance.importing import evaluate, write
from tests.conformance.model import Hours

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.cases import Case, Json
    from tests.conformance.model import Model

LABEL = "who causes what"
LINES = f'\nimport std.attribution\n\nattribution conformance_causes "{LABEL}" {{}}\n'
PARTS = {
    "Device": "devices_part",
    "EcoLogitsGenAIExternalAPIServer": "apis_part",
    "EdgeDevice": "edge_devices_part",
    "GPUServer": "servers_part",
    "Network": "networks_part",
    "Server": "servers_part",
    "Storage": "storage_part",
}
"""The attribute that has the part of a source, by the peer's class of the source."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """How many parts were compared, and the one that is furthest off, relative to the whole footprint of the case."""

    compared: int
    worst: float
    where: str

    def __str__(self) -> str:
        return f"    attribution: {self.compared} parts, worst {self.worst:.1e} of the total, {self.where}"


def compare_attribution(case: Case, folder: Path) -> Attribution | None:
    """Compare what each cause has in a case; None for a case that does not say."""
    rows = case.document["expected"].get("attribution_kg")
    if not rows:
        return None
    path = write(import_model("efootprint", case.native), folder)
    path.write_text(_add_lines(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    found, wanted = _sum_parts(evaluate(path)), _sum_rows(case, rows)
    total = math.fsum(wanted.values())
    off = {key: abs(found.get(key, 0.0) - wanted.get(key, 0.0)) / total for key in {*found, *wanted}}
    where = max(off, key=lambda key: (off[key], key))
    kilograms = f"{found.get(where, 0.0):.6g} kg instead of {wanted.get(where, 0.0):.6g} kg"
    return Attribution(len(off), off[where], f"{where[0]}[{where[1]}]: {kilograms}")


def _add_lines(text: str) -> str:
    """The model with an attribution; imports stand before everything else."""
    head, sign, tail = text.partition("\nimport ")
    first, second = LINES.split("\n\n")
    return f"{head}{first}{sign}{tail}\n{second}" if sign else text + LINES


def _sum_rows(case: Case, rows: list[Json]) -> dict[Key, float]:
    """The peer's rows, streams and phases together."""
    classes = {name: each["class"] for name, each in case.document["expected"]["objects"].items()}
    sums: dict[Key, list[float]] = {}
    for row in rows:
        part = PARTS[classes[row["source"]]]
        trigger = row.get("step") or (row.get("rsn") if "job" in row else row["ef"])
        member = ", ".join(filter(None, (row.get("job"), trigger, row["journey"], row["up"])))
        sums.setdefault((part, member), []).append(row["value"])
    return {key: math.fsum(values) for key, values in sums.items()}


def _sum_parts(model: Model) -> dict[Key, float]:
    """The parts of the library, over the whole time."""
    sums = {}
    for part in sorted(set(PARTS.values())):
        for member, value in (model.find(LABEL, part) or {}).items():
            assert isinstance(value, Hours)
            assert value.unit == "kgCO2e"
            sums[part, member or ""] = math.fsum(value.values)
    return sums
