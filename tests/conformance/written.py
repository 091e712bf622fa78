"""What `gaic build --series` writes, read the way another program would: `results.json` and `data/series.npz`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from tests.conformance.model import Hours, Nothing, Number, Word

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.units.system import UnitSystem
    from tests.conformance.cases import Json
    from tests.conformance.model import Value, Values


class Written:
    """A folder of results; `system` are the units of the library."""

    def __init__(self, folder: Path, system: UnitSystem) -> None:
        self._results: Json = json.loads((folder / "results.json").read_text(encoding="utf-8"))
        with np.load(folder / "data" / "series.npz") as archive:
            self._series = {path: tuple(archive[path].tolist()) for path in archive.files}
        self.system = system

    def find(self, label: str, attribute: str) -> Values | None:
        """The values of an attribute of the object with that label; None if there is none."""
        for path, described in self._results["objects"].items():
            if described["label"] == label and attribute in described["attributes"]:
                value = described["attributes"][attribute]["value"]
                if value["shape"] != "table":
                    return {None: self._value(f"{path}.{attribute}", value)}
                return {
                    self._results["objects"][member]["label"]: self._value(f"{path}.{attribute}[{member}]", each)
                    for member, each in value["entries"].items()
                }
        return None

    def totals(self) -> dict[tuple[str, str], float]:
        """The totals by category and phase, in kg."""
        rows = [row for row in self._results["totals"] if row["criterion"] == "gwp" and row["category"] is not None]
        assert {row["value"]["unit"] for row in rows} == {"kgCO2e"}
        return {(row["category"], row["phase"]): row["value"]["value"] for row in rows}

    def _value(self, path: str, value: Json) -> Value:
        match value["shape"]:
            case "scalar":
                return Number(value["value"], value["unit"])
            case "hourly" if value["n"] == 0:
                return Hours(0, (), value["unit"])
            case "hourly":
                assert len(self._series[path]) == value["n"]
                local = not value["start"].endswith("Z")
                start = datetime.fromisoformat(value["start"]).replace(tzinfo=UTC)
                hours = round((start - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(hours=1))
                return Hours(hours, self._series[path], value["unit"], local)
            case "absent":
                return Nothing()
            case _:
                return Word(str(value["value"]))
