"""Programs that stand in tests: one text for several files, written into a folder of its own."""

from __future__ import annotations

import re
from pathlib import Path

from gaic.source.limits import Limits

HEADER = re.compile(r"^# file: (?P<name>\S+)(?: in (?P<encoding>\S+))?\n", re.MULTILINE)
"""Begins another file of the program, by default in UTF-8: `# file: shapes.gai`, `# file: old.gai in latin-1`."""

LIMITS = re.compile(r"# limits:(?P<limits>(?: \w+=\d+)+)\n")
REJECTED = Path(__file__).parent / "cases" / "reject"
REJECTED_PROGRAMS = sorted(REJECTED.glob("*/*.gai"))
"""Programs with mistakes, by stage; `NAME.txt` beside each holds the messages."""


def read_limits(text: str) -> Limits:
    """The limits that the first line of a program sets."""
    found = LIMITS.match(text)
    pairs = (part.split("=") for part in found["limits"].split()) if found is not None else ()
    return Limits(**{name: int(value) for name, value in pairs})


def name_of(case: Path) -> str:
    """Stage and name of a case."""
    return f"{case.parent.name}/{case.stem}"


def write_program(folder: Path, text: str, main: str = "model.gai") -> Path:
    """Write the files of a program into a folder; return the first one, which is called `main` unless it says so."""
    pieces = HEADER.split(text)
    files = [(main, "utf-8", pieces[0])] if pieces[0].strip() else []
    names, encodings, bodies = (pieces[start::3] for start in (1, 2, 3))
    files += [(name, code or "utf-8", body) for name, code, body in zip(names, encodings, bodies, strict=True)]
    for name, encoding, body in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode(encoding))
    return folder / files[0][0]
