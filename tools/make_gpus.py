"""Write stdlib/hardware/VENDOR.gai: an entry for each GPU of the table, and servers with some of them.

Run `python -m tools.make_gpus gpus.csv`. Which servers there are stands in gpu_templates.csv.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tools.text import (
    ROOT,
    TableError,
    make_identifier,
    only_value,
    quote,
    read_table,
    run_on_tables,
    shorten,
    write_file,
    write_object,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tools.text import Row

TEMPLATES = ROOT / "tools" / "gpu_templates.csv"
OUTPUT = ROOT / "stdlib" / "hardware"

# Embodied impacts by column: the input, its unit, and where the figure comes from.
EMBODIED = {
    "embodied_gwp_boavizta_kgco2eq": ("embodied_by_boavizta", "kgCO2e/gpu", "src.boaviztapi_2_5"),
    "embodied_gwp_ecologits_kgco2eq": ("embodied_by_ecologits", "kgCO2e/gpu", "src.ecologits_0_11"),
    "embodied_adp_boavizta_kgsbeq": ("minerals_by_boavizta", "kgSbeq/gpu", "src.boaviztapi_2_5"),
    "embodied_adpe_ecologits_kgsbeq": ("minerals_by_ecologits", "kgSbeq/gpu", "src.ecologits_0_11"),
    "embodied_pe_boavizta_mj": ("primary_energy_by_boavizta", "MJ/gpu", "src.boaviztapi_2_5"),
    "embodied_pe_ecologits_mj": ("primary_energy_by_ecologits", "MJ/gpu", "src.ecologits_0_11"),
}


def main() -> int:
    """Read the table named on the command line, write a library file per vendor."""
    return run_on_tables("stdlib/hardware/VENDOR.gai", ("gpus.csv",), OUTPUT, write_gpus)


def write_gpus(table: Path, output: Path) -> None:
    """Write the GPUs of each vendor with their datasheets, and the servers that have them."""
    rows = read_table(table)
    templates = read_table(TEMPLATES)
    unknown = {each["gpu"] for each in templates} - {row["name"] for row in rows}
    if unknown:
        raise TableError("gpu_templates.csv", f"names GPUs that the table lacks: {sorted(unknown)}")
    for vendor in sorted({row["vendor"] for row in rows}):
        gpus = [row for row in rows if row["vendor"] == vendor]
        names = [identify_gpu(row["name"], vendor) for row in gpus]
        servers = [each for each in templates if any(each["gpu"] == row["name"] for row in gpus)]
        if len({*names, *(each["name"] for each in servers)}) != len(names) + len(servers):
            raise TableError(vendor, "two GPUs or servers have the same identifier")
        parts = ["import std.sources as src"]
        parts += write_datasheets(gpus)
        parts += [write_gpu(name, row) for name, row in zip(names, gpus, strict=True)]
        parts += [write_server(each, identify_gpu(each["gpu"], vendor)) for each in servers]
        write_file(
            output / f"{make_identifier(vendor, 'vendor')}.gai", write_head(vendor, with_servers=bool(servers)), parts
        )


def write_head(vendor: str, *, with_servers: bool) -> list[str]:
    """Documentation of a file, with origin."""
    return [
        f"## Accelerators of {vendor}{', and servers with them' if with_servers else ''}.",
        "##",
        "## Made by tools/make_gpus.py from gpus.csv and tools/gpu_templates.csv; changes belong there or in",
        "## the generator. Memory, speed and power are the vendor's facts. Embodied impacts are results of",
        "## BoaviztAPI 2.5.0 or constants of EcoLogits 0.11.3. Speeds are peaks for dense matrices: half of what",
        "## a datasheet states for sparse ones.",
    ]


def identify_gpu(name: str, vendor: str) -> str:
    """Give the identifier of a GPU, without the vendor's name and brand: `a100_sxm4_80gb`, `mi300x`."""
    return make_identifier(re.sub(rf"^{re.escape(vendor)} (Instinct )?", "", name), "gpu")


def name_sources(row: Row) -> tuple[str, str | None]:
    """Give the titles of a row's datasheet and of its product carbon footprint, which stands behind a semicolon."""
    if row["vendor_pcf_kgco2eq"]:
        datasheet, _, footprint = row["source"].partition("; ")
        return datasheet, footprint
    return row["source"], None


def identify_source(title: str) -> str:
    """Give the identifier of a datasheet: remarks in brackets play no part."""
    return make_identifier(re.sub(r"\(.*?\)|, per GPU", "", title), "datasheet")


def write_datasheets(gpus: list[Row]) -> list[str]:
    """Declare every datasheet that rows of a vendor name, once."""
    read = only_value(gpus, "retrieved")
    titles: dict[str, str] = {}
    for row in gpus:
        for title in name_sources(row):
            if title and titles.setdefault(identify_source(title), title) != title:
                raise TableError(identify_source(title), "stands for two datasheets")
    return [
        write_object(f"source {identifier} {quote(title)}", [("read", read)])
        for identifier, title in sorted(titles.items())
    ]


def write_gpu(identifier: str, row: Row) -> str:
    """Write what is known of a GPU."""
    datasheet, footprint = name_sources(row)
    trust = f"from {identify_source(datasheet)} conf " + ("low" if "not confirmed" in row["note"] else "high")
    entries = [("memory_per_gpu", f"{shorten(row['memory_gb'])} GB/gpu {trust}")]
    if row["bandwidth_gb_s"]:
        entries.append(("memory_bandwidth", f"{shorten(row['bandwidth_gb_s'])} GB/s/gpu {trust}"))
    if row["bf16_dense_tflops"]:
        entries.append(("peak_16_bit", f"{shorten(row['bf16_dense_tflops'])} TFLOP/s/gpu {trust}"))
    if row["fp8_dense_tflops"]:
        speed, _, whole = row["fp8_dense_tflops"].partition(" (int8)")
        integer = row["fp8_dense_tflops"] != speed + whole
        entries.append(
            ("peak_8_bit_integer" if integer else "peak_8_bit_float", f"{shorten(speed)} TFLOP/s/gpu {trust}")
        )
    if row["tdp_w"]:
        entries.append(("tdp", f"{shorten(row['tdp_w'])} W/gpu {trust}"))
    for column, (name, unit, source) in EMBODIED.items():
        if row[column]:
            entries.append((name, f"{shorten(row[column])} {unit} from {source} conf medium"))
    if footprint:
        figure = shorten(row["vendor_pcf_kgco2eq"])
        entries.append(("embodied_by_vendor", f"{figure} kgCO2e/gpu from {identify_source(footprint)} conf medium"))
    doc = [row["note"][0].upper() + row["note"][1:] + "."] if row["note"] else []
    return write_object(f"gpu_model {identifier} {quote(row['name'])}", entries, doc)


def write_server(template: Row, gpu: str) -> str:
    """Write a server to be extended: a number of one GPU; all else follows from the catalogue or is a default."""
    count = f"{template['gpus']} gpu from hypothesis note {quote(template['basis'])} conf medium"
    return write_object(
        f"template gpu_server {template['name']} {quote(template['label'])}", [("gpu", gpu), ("gpus", count)]
    )


if __name__ == "__main__":
    sys.exit(main())
