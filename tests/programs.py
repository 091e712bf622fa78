"""Programs that stand in tests: one text for several files, compiled in a folder of its own.

The library is parsed once and its trees are used again: they are frozen, and the check makes its own tables of them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

from gaic.api.compile import check_model, compile_model
from gaic.parse.module import parse_module
from gaic.source.limits import Limits
from gaic.source.text import Origin, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.api.compile import Outcome
    from gaic.source.diagnostic import Diagnostic
    from gaic.syntax.declarations import Module

    Parsed = tuple[Module, tuple[Diagnostic, ...]]

HEADER = re.compile(r"^# file: (?P<name>\S+)(?: in (?P<encoding>\S+))?\n", re.MULTILINE)
"""Begins another file of the program, by default in UTF-8: `# file: shapes.gai`, `# file: old.gai in latin-1`."""


def write_program(folder: Path, text: str, main: str = "model.gai") -> Path:
    """Write the files of a program into a folder; return the first one, which is called `main` unless it says so."""
    pieces = HEADER.split(text)
    files = [(main, "utf-8", pieces[0])] if pieces[0].strip() else []
    files += [
        (name, code or "utf-8", body) for name, code, body in zip(*(pieces[i::3] for i in (1, 2, 3)), strict=True)
    ]
    for name, encoding, body in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode(encoding))
    return folder / files[0][0]


def compile_program(path: Path, limits: Limits = Limits()) -> Outcome:  # noqa: B008 - frozen
    """Check and evaluate a model."""
    with patch("gaic.load.bundle.parse_module", _parse):
        return compile_model(path, limits)


def check_program(path: Path, limits: Limits = Limits()) -> Outcome:  # noqa: B008 - frozen
    """Check a model without evaluating it."""
    with patch("gaic.load.bundle.parse_module", _parse):
        return check_model(path, limits)


def _parse(file: SourceFile, limits: Limits = Limits()) -> Parsed:  # noqa: B008 - frozen
    if file.origin is Origin.LIBRARY:
        return _parse_library(file.name, file.text)
    return parse_module(file, limits)


@cache
def _parse_library(name: str, text: str) -> Parsed:
    return parse_module(SourceFile(name, text, Origin.LIBRARY))
