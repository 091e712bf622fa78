"""Write stdlib/grid.gai: a country for each zone of the table of electricity mixes.

Run `python -m tools.make_grid electricity-mixes.csv`.
"""

from __future__ import annotations

import sys
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING

from tools.text import (
    MPL_NOTICE,
    ROOT,
    TableError,
    make_identifier,
    only_value,
    quote,
    read_table,
    run_on_tables,
    scale,
    write_file,
    write_object,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tools.text import Row

ZONES = ROOT / "tools" / "zones.csv"
OUTPUT = ROOT / "stdlib" / "grid.gai"
GWP_SOURCE = "Our World in Data (Ember; Energy Institute), CC BY 4.0"

# Zones that are no countries: what their mix is, and why they have this clock.
AREAS = {
    "EEE": "Mean mix of Europe. The clock is that of Brussels.",
    "WOR": "Mean mix of the world. The clock is UTC.",
}


def main() -> int:
    """Read the table named on the command line, write the library file."""
    return run_on_tables("stdlib/grid.gai", ("electricity-mixes.csv",), OUTPUT, write_grid)


def write_grid(table: Path, output: Path) -> None:
    """Write a declaration for each row of the table; every zone has a name and a clock in zones.csv."""
    mixes = read_table(table)
    places = {row["zone"]: row for row in read_table(ZONES)}
    check_zones(mixes, places)
    identifiers = [make_identifier(places[mix["zone"]]["label"], "zone") for mix in mixes]
    if len(set(identifiers)) != len(identifiers):
        raise TableError("zones.csv", "two zones have the same identifier")
    ordered = sorted(zip(identifiers, mixes, strict=True), key=lambda pair: pair[0])
    parts = ["import std.sources as src"]
    parts += [write_country(identifier, mix, places[mix["zone"]]) for identifier, mix in ordered]
    write_file(output, write_head(mixes), parts)


def check_zones(mixes: list[Row], places: dict[str, Row]) -> None:
    """Refuse a table whose zones differ from ours, a clock that tzdata lacks, another source of the mixes."""
    zones = [mix["zone"] for mix in mixes]
    if len(set(zones)) != len(zones):
        raise TableError("zone", "one stands in the table twice")
    if set(zones) != set(places):
        raise TableError("zones.csv", f"its zones and those of the table differ: {sorted(set(zones) ^ set(places))}")
    if only_value(mixes, "gwp_source") != GWP_SOURCE:
        raise TableError("gwp_source", "has changed: declare the new one in stdlib/sources.gai, and name it here")
    folder = resources.files("tzdata") / "zoneinfo"
    for place in places.values():
        if not folder.joinpath(*place["time_zone"].split("/")).is_file():
            raise TableError(place["zone"], f"tzdata has no time zone {place['time_zone']}")


def write_head(mixes: list[Row]) -> list[str]:
    """Documentation of the file, with licence and origin."""
    version = only_value(mixes, "dataset_version")
    return [
        "## Electricity mixes of countries, of Europe and of the world, each with a clock.",
        "##",
        *MPL_NOTICE.splitlines(),
        "##",
        f"## Made by tools/make_grid.py from ecologits/data/electricity_mixes.json of EcoLogits {version}",
        "## (https://github.com/mlco2/ecologits); changes belong there or in the generator. The year of the mixes is",
        "## not recorded in that file. The clock is that of the capital, or of the seat of government.",
    ]


def write_country(identifier: str, mix: Row, place: Row) -> str:
    """Write one zone. Kilograms become grams exactly; a mix of 0 is marked as what it is: implausible."""
    intensity = scale(mix["gwp_kgco2eq_per_kwh"], 3)
    origin = " from src.our_world_in_data conf medium"
    if Decimal(intensity) == 0:
        note = "implausible: no grid has a mix of 0; the table lacks data here"
        origin = f'\n    from src.our_world_in_data conf low note "{note}"'
    entries = [
        ("carbon_intensity", f"{intensity} gCO2e/kWh{origin}"),
        ("timezone", f"{quote(place['time_zone'])} from src.iana_time_zones conf high"),
    ]
    doc = AREAS.get(mix["zone"], f"ISO 3166-1 code {mix['zone']}.")
    return write_object(f"country {identifier} {quote(place['label'])}", entries, [doc])


if __name__ == "__main__":
    sys.exit(main())
