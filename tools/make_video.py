"""Write stdlib/video_models/PROVIDER.gai and stdlib/video_models/machines.gai: models that make videos, and servers.

Run `python -m tools.make_video video-models.csv video-hardware.csv`.
"""

from __future__ import annotations

import sys
from decimal import Decimal
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
    shorten,
    write_file,
    write_object,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tools.text import Row

OUTPUT = ROOT / "stdlib" / "video_models"
VERSION = "0.11.3"
TRUST = "from src.ecologits_0_11 conf medium"
MACHINES = "machines"
"""Name of the file with the servers."""

PROVIDERS = {
    "alibaba": "Alibaba",
    "bytedance": "ByteDance",
    "google": "Google",
    "klingai": "Kling AI",
    "lightricks": "Lightricks",
    "openai": "OpenAI",
    "runway": "Runway",
    "tencent": "Tencent",
}

# Coefficients of the time in seconds, by column of the table.
COEFFICIENTS = {
    "g": "time_fixed",
    "m1": "time_per_frame",
    "n1": "time_per_frame_squared",
    "m2": "time_per_size_squared",
    "n": "time_per_frame_and_size_squared",
    "m": "time_per_thousand_pixels",
    "n2": "time_per_thousand_pixels_squared",
}

LABELS = {
    "dgx_h200": "NVIDIA DGX H200",
    "dgx_h800": "NVIDIA DGX H800",
    "single_h200": "One NVIDIA H200",
    "tpu_v6e": "Google TPU v6e",
}

# Constants of the servers by column: the input and its unit.
IMPACTS = {
    "server_gwp_kgco2eq": ("embodied_without_accelerators", "kgCO2e"),
    "accelerator_gwp_kgco2eq": ("embodied_per_accelerator", "kgCO2e"),
    "server_adpe_kgsbeq": ("minerals_without_accelerators", "kgSbeq"),
    "accelerator_adpe_kgsbeq": ("minerals_per_accelerator", "kgSbeq"),
    "server_pe_mj": ("primary_energy_without_accelerators", "MJ"),
    "accelerator_pe_mj": ("primary_energy_per_accelerator", "MJ"),
}


def main() -> int:
    """Read the tables named on the command line, write a library file per provider and one with the servers."""
    return run_on_tables("stdlib/video_models/*.gai", ("video-models.csv", "video-hardware.csv"), OUTPUT, write_video)


def write_video(models: Path, servers: Path, output: Path) -> None:
    """Write the models of each provider in order of their identifiers, and the servers that they run on."""
    rows, machines = read_table(models), read_table(servers)
    for table in (rows, machines):
        if only_value(table, "dataset_version") != VERSION:
            raise TableError("dataset_version", "has changed: declare it in stdlib/sources.gai, and name it here")
    unknown = {row["hardware"] for row in rows} - {machine["hardware"] for machine in machines}
    if unknown:
        raise TableError("hardware", f"models run on servers that the table lacks: {sorted(unknown)}")
    opening = ["import std.sources as src"]
    parts = [write_machine(machine) for machine in sorted(machines, key=lambda row: row["hardware"])]
    write_file(output / f"{MACHINES}.gai", write_head("Servers that models for videos run on."), opening + parts)
    for provider in sorted({row["provider"] for row in rows}):
        if provider not in PROVIDERS:
            raise TableError(provider, "has no name in PROVIDERS")
        own = {make_identifier(shorten_name(row), "model"): row for row in rows if row["provider"] == provider}
        if len(own) != sum(row["provider"] == provider for row in rows):
            raise TableError(provider, "two models have the same identifier")
        parts = [write_model(identifier, own[identifier]) for identifier in sorted(own)]
        head = write_head(f"Video models of {PROVIDERS[provider]}.")
        write_file(output / f"{provider}.gai", head, opening + parts)


def write_head(title: str) -> Sequence[str]:
    """Documentation of a file, with licence and origin."""
    return [
        f"## {title}",
        "##",
        *MPL_NOTICE.splitlines(),
        "##",
        f"## Made by tools/make_video.py from ecologits/data/video_models.json of EcoLogits {VERSION}",
        "## (https://github.com/mlco2/ecologits); changes belong there or in the generator.",
    ]


def write_machine(row: Row) -> str:
    """Write a server: the power is a range between two percentiles, taken as limits."""
    low, high = shorten(row["server_power_w_p2_5"]), shorten(row["server_power_w_p97_5"])
    entries = [
        ("accelerators", f"{shorten(row['accelerators'])} {TRUST}"),
        ("power", f"between({low} W, {high} W) {TRUST}"),
        ("mean_power", f"{shorten(row['server_power_w_mean'])} W {TRUST}"),
        *((name, f"{shorten(row[column])} {unit} {TRUST}") for column, (name, unit) in IMPACTS.items()),
    ]
    label = LABELS.get(row["hardware"])
    if label is None:
        raise TableError(row["hardware"], "has no name in LABELS")
    return write_object(f"video_hardware {make_identifier(row['hardware'], 'server')} {quote(label)}", entries)


def shorten_name(row: Row) -> str:
    """Give the name of a model without its provider, who stands before a slash."""
    return row["model"].removeprefix(f"{row['provider']}/")


def write_model(identifier: str, row: Row) -> str:
    """Write a model: where it runs, the coefficients that are not 0, and what was measured."""
    server = make_identifier(row["hardware"], "server")
    entries = [("runs_on", f"std.video_models.{MACHINES}.{server}")]
    entries += [
        (name, f"{row[column].lower()} s {TRUST}") for column, name in COEFFICIENTS.items() if Decimal(row[column]) != 0
    ]
    makes_sound = {"True": True, "False": False}[row["audio"]]
    if makes_sound:
        entries.append(("time_without_sound", f"{shorten(row['non_audio_weight'])} {TRUST}"))
    elif Decimal(row["non_audio_weight"]) != 1:
        raise TableError(row["model"], "makes no sound, but takes another time without")
    sizes = ", ".join(f"std.video.pixels_{size}" for size in row["resolutions"].split(";"))
    frames = sorted(int(count) for count in row["frames"].split(";"))
    entries += [
        ("resolutions", f"[{sizes}]"),
        ("fewest_frames", f"{frames[0]} {TRUST}"),
        ("most_frames", f"{frames[-1]} {TRUST}"),
    ]
    doc = [f"Makes {'sound with the pictures' if makes_sound else 'no sound'}."]
    return write_object(f"video_model {identifier} {quote(row['model'])}", entries, doc)


if __name__ == "__main__":
    sys.exit(main())
