"""Write stdlib/cloud/PROVIDER.gai: an entry for each type of instance in the table of cloud instances.

Run `python -m tools.make_cloud cloud-instances.csv gpus.csv`. The second table names the GPUs, as for make_gpus.py.
Types that the table lacks are kept in added_instances.csv, which has the same columns; results as BoaviztAPI prints
them, which e-footprint takes, in printed_instances.csv.
"""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

from tools.make_gpus import identify_gpu
from tools.text import (
    ROOT,
    TableError,
    make_identifier,
    only_value,
    quote,
    read_table,
    run_on_tables,
    scale,
    shorten,
    write_file,
    write_object,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tools.text import Row

OUTPUT = ROOT / "stdlib" / "cloud"
ADDED = ROOT / "tools" / "added_instances.csv"
PRINTED = ROOT / "tools" / "printed_instances.csv"
RETRIEVED = "2026-11-20"
"""The day that `read` of the source in stdlib/sources.gai names."""

COMPUTED = "BoaviztAPI 2.5.0 (archetypes + computation)"
PROVIDERS = {
    "aws": "Amazon Web Services",
    "azure": "Microsoft Azure",
    "gcp": "Google Cloud",
    "ovhcloud": "OVHcloud",
    "scaleway": "Scaleway",
}

# The vendor counts chips, the entry of the GPU stands for a board with two of them.
CHIPS_PER_BOARD = {"NVIDIA K80": 2, "NVIDIA M60": 2}

# Results by column: the input and its unit.
RESULTS = {
    "embodied_gwp_kgco2eq": ("embodied", "kgCO2e"),
    "embodied_gwp_min": ("embodied_low", "kgCO2e"),
    "embodied_gwp_max": ("embodied_high", "kgCO2e"),
    "embodied_gwp_gpu_part": ("embodied_of_gpus", "kgCO2e"),
    "embodied_adp_kgsbeq": ("minerals", "kgSbeq"),
    "embodied_pe_mj": ("primary_energy", "MJ"),
    "boavizta_power_w_0": ("power_at_0_percent", "W"),
    "boavizta_power_w_10": ("power_at_10_percent", "W"),
    "boavizta_power_w_50": ("power_at_50_percent", "W"),
    "boavizta_power_w_100": ("power_at_100_percent", "W"),
}

# Columns of the printed results: the input, its unit.
AS_PRINTED = {
    "embodied_gwp_kgco2eq": ("embodied_as_printed", "kgCO2e"),
    "mean_power_w": ("mean_power_as_printed", "W"),
}

# Notes of the table that concern the figure of the GPUs, hence all that is made of it.
ABOUT_GPUS = ("modelled as", "GPU row", "K80 row", "GPU part", "models the card")


def main() -> int:
    """Read the tables named on the command line, write a library file per provider."""
    return run_on_tables("stdlib/cloud/PROVIDER.gai", ("cloud-instances.csv", "gpus.csv"), OUTPUT, write_cloud)


def write_cloud(table: Path, gpus: Path, output: Path) -> None:
    """Write the types of each provider, in order of their identifiers."""
    rows = read_table(table)
    if only_value(rows, "retrieved") != RETRIEVED:
        raise TableError("retrieved", "has changed: change `read` in stdlib/sources.gai, and name the day here")
    rows += read_table(ADDED)
    printed = {(row["provider"], row["instance"]): row for row in read_table(PRINTED)}
    if not printed.keys() <= {(row["provider"], row["instance"]) for row in rows}:
        raise TableError(PRINTED.name, "names a type that is in no table")
    paths = {
        row["name"]: f"std.hardware.{make_identifier(row['vendor'], 'vendor')}."
        + identify_gpu(row["name"], row["vendor"])
        for row in read_table(gpus)
    }
    for provider in sorted({row["provider"] for row in rows}):
        if provider not in PROVIDERS:
            raise TableError(provider, "has no name in PROVIDERS")
        own = [row for row in rows if row["provider"] == provider]
        named = {make_identifier(row["instance"], provider): row for row in own}
        if len(named) != len(own):
            raise TableError(provider, "two types have the same identifier")
        parts = ["import std.sources as src", *write_pages(own)]
        parts += [
            write_instance(identifier, row, paths, printed.get((provider, row["instance"])))
            for identifier, row in sorted(named.items())
        ]
        write_file(output / f"{provider}.gai", write_head(provider, own), parts)


def write_head(provider: str, rows: list[Row]) -> list[str]:
    """Documentation of a file, with origin."""
    lines = [
        f"## Types of instances of {PROVIDERS[provider]}.",
        "##",
        "## Made by tools/make_cloud.py from cloud-instances.csv; changes belong there or in the generator.",
        "## Figures are results of BoaviztAPI 2.5.0 (Boavizta). The power has no GPUs in it. Limits of the",
        "## manufacturing do not cover the choice of a source for GPUs. Sizes and spellings are the provider's.",
    ]
    if any(row["gpu"] for row in rows):
        lines.append("## GPUs are those that the provider sells; where another one was calculated, the entry says so.")
    if any(not row["embodied_gwp_kgco2eq"] for row in rows):
        lines.append("## Types that BoaviztAPI does not know have their specification alone, and no figure.")
    return lines


def write_pages(rows: list[Row]) -> list[str]:
    """Declare the pages of the provider that rows were read from."""
    pages = sorted({row["source"] for row in rows if row["source"].startswith("https://")})
    if not pages:
        return []
    if len(pages) > 1:
        raise TableError("source", f"one page per provider is expected: {pages}")
    title = f"Sizes of virtual machines, documentation of {PROVIDERS[rows[0]['provider']]}"
    return [write_object(f"source machine_sizes {quote(title)}", [("url", quote(pages[0])), ("read", RETRIEVED)])]


def write_instance(identifier: str, row: Row, paths: dict[str, str], printed: Row | None) -> str:
    """Write one type: what the provider sells, and what was calculated for it."""
    computed = row["source"].startswith(COMPUTED)
    trust = "from src.boaviztapi_2_5 conf medium" if computed else "from machine_sizes conf high"
    entries = [
        ("vcpus", f"{shorten(row['vcpus'])} cpu_core {trust}"),
        ("ram", f"{shorten(row['memory_gb'])} GB {trust}"),
    ]
    if Decimal(row["gpus"]):
        count = Decimal(row["gpus"]) / CHIPS_PER_BOARD.get(row["gpu"], 1)
        entries += [("gpus", f"{shorten(str(count))} gpu {trust}"), ("gpu", paths[row["gpu"]])]
    if row["local_ssd_gb"]:
        entries.append(("local_disk", f"{write_size(row['local_ssd_gb'])} {trust}"))
    if row["cpu_model"]:
        entries.append(("processor_name", f"{quote(row['cpu_model'])} {trust}"))
    entries += list_results(row)
    if printed is not None:
        trust = "from src.boaviztapi_2_5 conf medium"
        entries += [(name, f"{shorten(printed[column])} {unit} {trust}") for column, (name, unit) in AS_PRINTED.items()]
    return write_object(f"cloud_instance {identifier} {quote(row['instance'])}", entries, write_doc(row))


def list_results(row: Row) -> list[tuple[str, str]]:
    """List what was calculated for a type; low confidence where another GPU stands in for the one it has."""
    unsure = any(part in row["note"] for part in ABOUT_GPUS)
    entries = []
    for column, (name, unit) in RESULTS.items():
        if not row[column] or (name == "embodied_of_gpus" and not Decimal(row["gpus"])):
            continue
        confidence = "low" if unsure and not name.startswith("power") else "medium"
        entries.append((name, f"{shorten(row[column])} {unit} from src.boaviztapi_2_5 conf {confidence}"))
    return entries


def write_size(gigabytes: str) -> str:
    """Write the size of a disk, in terabytes from one on.

    >>> write_size("75.0"), write_size("1900.0")
    ('75 GB', '1.9 TB')
    """
    return f"{scale(gigabytes, -3)} TB" if Decimal(gigabytes) >= Decimal(1000) else f"{shorten(gigabytes)} GB"


def write_doc(row: Row) -> list[str]:
    """Write what a reader has to know of a type."""
    doc = []
    if row["sagemaker_type"]:
        doc.append(f"SageMaker calls it `{row['sagemaker_type']}`.")
    if row["note"]:
        doc.append(row["note"][0].upper() + row["note"][1:] + ".")
    if row["gpu"] in CHIPS_PER_BOARD:
        doc.append(f"The provider counts chips, {shorten(row['gpus'])} in all; a board of this GPU carries two.")
    return doc


if __name__ == "__main__":
    sys.exit(main())
