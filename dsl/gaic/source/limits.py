"""The bounds that keep a hostile text from exhausting the machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything a project may hold; only the command line raises a limit, never the project.

    `nesting` counts open brackets. `depth` bounds the height of a tree, in nodes: what a walk over an expression may
    take for granted, and what keeps `1 + 1 + 1 ...` within Python's recursion limit. `chain` bounds how far
    declarations may lean on each other (kinds and objects that extend, constants and references that need others).
    `mistakes` are the broken items of a file after which reading stops.
    """

    nesting: int = 64
    depth: int = 200
    exponent: int = 64
    digits: int = 400
    name_length: int = 128
    file_size: int = 16_000_000
    tokens: int = 2_000_000
    mistakes: int = 200
    files: int = 1_000
    import_depth: int = 32
    series_hours: int = 1_000_000
    csv_rows: int = 1_000_000
    nodes: int = 5_000_000
    chain: int = 64


USUAL = Limits()
"""What holds where the command line says nothing else."""
