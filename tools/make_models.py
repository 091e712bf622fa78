"""Write stdlib/models/PROVIDER.gai: an entry for each language model of the table.

Run `python -m tools.make_models models.csv`. Models that the table lacks are kept in added_models.csv and survive a new
table.
"""

from __future__ import annotations

import sys
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
    from pathlib import Path

    from tools.text import Row

ADDED = ROOT / "tools" / "added_models.csv"
OUTPUT = ROOT / "stdlib" / "models"
SOURCE = "ecologits_0_11"
VERSION = "0.11.3"
FIGURES = (
    "architecture",
    "total_params_b_min",
    "total_params_b_max",
    "active_params_b_min",
    "active_params_b_max",
    "tps",
    "ttft_s",
    "warnings",
)
PROVIDERS = {
    "anthropic": "Anthropic",
    "cohere": "Cohere",
    "google_genai": "Google",
    "huggingface_hub": "the Hugging Face Hub",
    "mistralai": "Mistral AI",
    "openai": "OpenAI",
}
CAVEATS = {
    "model-arch-not-released": "the architecture is not released, the numbers of parameters are estimates",
    "model-arch-multimodal": "the model handles more than text, which makes estimates less precise",
}


def main() -> int:
    """Read the table named on the command line, write a library file per provider."""
    return run_on_tables("stdlib/models/PROVIDER.gai", ("models.csv",), OUTPUT, write_models)


def write_models(table: Path, output: Path) -> None:
    """Write the models of each provider, ours among them, in order of their identifiers."""
    rows = read_table(table)
    if only_value(rows, "dataset_version") != VERSION:
        raise TableError("dataset_version", "has changed: declare the new one in stdlib/sources.gai, and name it here")
    for row in rows:
        row["source"] = SOURCE
        row["confidence"] = "low" if "model-arch-not-released" in row["warnings"] else "medium"
    rows += read_table(ADDED)
    for provider in sorted({row["provider"] for row in rows}):
        models = merge_spellings([row for row in rows if row["provider"] == provider])
        parts = ["import std.sources as src"]
        parts += [write_model(identifier, models) for identifier in sorted(models)]
        write_file(output / f"{provider}.gai", write_head(provider), parts)


def merge_spellings(rows: list[Row]) -> dict[str, list[Row]]:
    """Group the rows of a provider by identifier. Names that give one identifier must be spellings of one model."""
    models: dict[str, list[Row]] = {}
    for row in rows:
        models.setdefault(make_identifier(row["model"], "model"), []).append(row)
    for identifier, spellings in models.items():
        first = spellings[0]
        for other in spellings[1:]:
            if other["model"] == first["model"] or any(other[figure] != first[figure] for figure in FIGURES):
                raise TableError(
                    identifier, f"stands for {first['model']} and {other['model']}, which are not one model"
                )
    return models


def write_head(provider: str) -> list[str]:
    """Documentation of a file, with licence and origin."""
    if provider not in PROVIDERS:
        raise TableError(provider, "has no name in PROVIDERS")
    return [
        f"## Language models of {PROVIDERS[provider]}.",
        "##",
        *MPL_NOTICE.splitlines(),
        "##",
        f"## Made by tools/make_models.py from ecologits/data/models.json of EcoLogits {VERSION}",
        "## (https://github.com/mlco2/ecologits) and tools/added_models.csv; changes belong there or in the generator.",
        "## Ranges are limits; nothing is claimed about what lies between them.",
    ]


def write_model(identifier: str, models: dict[str, list[Row]]) -> str:
    """Write a model, or another name of one."""
    row, *spellings = models[identifier]
    doc = [f"Also spelled `{other['model']}`." for other in spellings]
    head = f"language_model {identifier} {quote(row['model'])}"
    if row["alias_of"]:
        target = make_identifier(row["alias_of"], "model")
        if target not in models:
            raise TableError(row["model"], f"is an alias of {row['alias_of']}, which is not in the table")
        return write_object(head, [], [*doc, f"Another name of `{row['alias_of']}`."], after=f"extends {target}")
    if row["param_sources"]:
        doc.append("Parameters: " + ", ".join(f"<{url}>" for url in row["param_sources"].split(";")) + ".")
    return write_object(head, list_entries(row), doc)


def list_entries(row: Row) -> list[tuple[str, str]]:
    """List what is known of a model. In a dense one all parameters are active: they follow from the total."""
    trust = f"from src.{row['source']} conf {row['confidence']}"
    entries = [
        ("architecture", f"{row['architecture']} {trust}"),
        ("total_params", f"{write_bounds(row, 'total_params_b')} {trust}"),
    ]
    if row["architecture"] == "moe":
        entries.append(("active_params", f"{write_bounds(row, 'active_params_b')} {trust}"))
    elif write_bounds(row, "active_params_b") != write_bounds(row, "total_params_b"):
        raise TableError(row["model"], "is dense, but not all of its parameters are active")
    if row["tps"]:
        entries.append(("published_token_rate", f"{shorten(row['tps'])} tok/s from src.{row['source']} conf medium"))
    if row["ttft_s"]:
        entries.append(("published_first_token", f"{shorten(row['ttft_s'])} s from src.{row['source']} conf medium"))
    if row["warnings"]:
        caveats = "; ".join(CAVEATS[warning] for warning in row["warnings"].split(";"))
        entries.append(("caveats", f"{quote(caveats)}\n    from src.{row['source']} conf medium"))
    return entries


def write_bounds(row: Row, column: str) -> str:
    """Write a number of parameters: one figure, or the limits it lies between."""
    low, high = shorten(row[f"{column}_min"]), shorten(row[f"{column}_max"])
    return f"{low} Gparam" if low == high else f"between({low} Gparam, {high} Gparam)"


if __name__ == "__main__":
    sys.exit(main())
