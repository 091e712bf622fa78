"""Brings texts and files into the one format."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.api.difference import unified_diff
from gaic.api.saving import replace_text
from gaic.load.files import ReadFault, check_size, decode, read_bytes
from gaic.parse.layout import lay_out
from gaic.source.diagnostic import ModelError
from gaic.source.limits import USUAL
from gaic.source.text import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gaic.source.limits import Limits


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text under its name: as it was, byte order mark and CR included, and in the one format."""

    name: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after

    def diff(self) -> str:
        """A unified diff from one to the other; empty where they are equal."""
        return unified_diff(self.before, self.after, self.name)


def format_text(text: str) -> str:
    """The one format of a text; raises `ModelError` where it has syntax errors."""
    return _laid_out(text.removeprefix("\ufeff").replace("\r\n", "\n"), "text", USUAL)


def format_bytes(raw: bytes, name: str, limits: Limits = USUAL) -> Formatted:
    """The one format of what is in a file; raises `ModelError` for what is no text in UTF-8 or has syntax errors."""
    with _finding():
        check_size(len(raw), name, limits)
        text = decode(raw, name)
    after = _laid_out(text, name, limits)
    # A CR in front of a line end inside a text stays: with one more it is not read as part of the line end.
    return Formatted(name, raw.decode("utf-8"), after.replace("\r\n", "\r\r\n"))


def format_file(path: Path, name: str, limits: Limits = USUAL) -> Formatted:
    """The one format of a file, which is left as it is; raises `ModelError` as above."""
    with _finding():
        raw = read_bytes(path, name, limits)
    return format_bytes(raw, name, limits)


def _laid_out(text: str, name: str, limits: Limits) -> str:
    laid, findings = lay_out(SourceFile(name, text), limits)
    if laid is None:
        raise ModelError(findings)
    return laid


@contextmanager
def _finding() -> Iterator[None]:
    """Turn what a file cannot be used for into a finding."""
    try:
        yield
    except ReadFault as fault:
        raise ModelError((fault.at(None),)) from None


def rewrite_file(path: Path, formatted: Formatted) -> None:
    """Put the one format in the place of a file, in one move; raises `UnwritableError`."""
    replace_text(path, formatted.after)
