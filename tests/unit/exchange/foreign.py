"""Small files of e-footprint, made by hand."""

from __future__ import annotations

import base64
import json
import struct
from typing import TYPE_CHECKING, Any

import zstandard

import gaic
from gaic.api.importing import import_model

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gaic.api.importing import Imported

    File = dict[str, Any]

START = "2025-01-01 00:00:00"


def quantity(value: object, unit: object = "dimensionless", **more: object) -> dict[str, object]:
    """A number as the file holds it, or what a broken file holds in its place."""
    return {"value": value, "unit": unit, "label": "x", "source": "hypothesis", **more}


def pack(values: Iterable[float]) -> str:
    """Hours as the file packs them."""
    raw = b"".join(struct.pack("<f", value) for value in values)
    return base64.b64encode(zstandard.ZstdCompressor().compress(raw)).decode()


def hours(values: Iterable[float], **more: object) -> dict[str, object]:
    """A series as the file holds it."""
    return {"compressed_values": pack(values), "unit": "occurrence", "start_date": START, "timezone": None, **more}


def week(values: Iterable[float] | float, unit: str) -> dict[str, object]:
    """A week as the file holds it: numbers in a text."""
    listed = [values] * 168 if isinstance(values, int | float) else list(values)
    return {"recurring_values": str([float(value) for value in listed]), "unit": unit, "label": "x"}


def web(version: str = "27.0.0") -> File:
    """The smallest system: one pattern, journey, step, job, server, storage, device, network and country."""
    return {
        "efootprint_version": version,
        "Sources": {"hypothesis": {"id": "hypothesis", "name": "e-footprint hypothesis", "link": None}},
        "System": {"sys": {"name": "small web", "id": "sys", "usage_patterns": ["pat"], "edge_usage_patterns": []}},
        "UsagePattern": {
            "pat": {
                "name": "users",
                "id": "pat",
                "hourly_occurrences": hours([4, 3, 2]),
                "usage_journeys": {"jou": quantity(1)},
                "devices": ["dev"],
                "network": "net",
                "country": "cou",
            }
        },
        "UsageJourney": {"jou": {"name": "visit", "id": "jou", "uj_steps": {"ste": quantity(1)}}},
        "UsageJourneyStep": {
            "ste": {
                "name": "read",
                "id": "ste",
                "user_time_spent": quantity(120, "second"),
                "jobs": {"job": quantity(2)},
            }
        },
        "Job": {"job": {"name": "page view", "id": "job", "server": "ser", "request_duration": quantity(1, "second")}},
        "Server": {"ser": {"name": "web", "id": "ser", "storage": "sto", "ram": quantity(256, "gigabyte_ram")}},
        "Storage": {"sto": {"name": "disk", "id": "sto", "data_storage_duration": quantity(43830, "hour")}},
        "Device": {"dev": {"name": "laptop", "id": "dev"}},
        "Network": {"net": {"name": "wifi", "id": "net"}},
        "Country": {"cou": {"name": "France", "id": "cou", "short_name": "FRA"}},
    }


def save(data: object, folder: Path, name: str = "model.json") -> Path:
    """Write a file; a text is written as it is."""
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def bring(data: object, folder: Path, rules: str | None = None, *, defaults: bool = True) -> Imported:
    """Import a file; quickly, unless values that the library has by itself are to be left out.

    Whatever it says, the model is in the one format.
    """
    imported = import_model("efootprint", save(data, folder), rules=rules, defaults=defaults)
    assert gaic.format_text(imported.text) == imported.text
    return imported


def block(imported: Imported, head: str) -> str:
    """The object whose declaration begins so, as text."""
    start = imported.text.index(f"\n{head}") + 1
    end = imported.text.find("\n}\n", start)
    line = imported.text.find("\n", start)
    return imported.text[start:line] if imported.text[line - 2 : line] == "{}" else imported.text[start : end + 2]
