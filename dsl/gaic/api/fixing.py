"""Applies the edits that findings carry, as `gaic check --fix` does."""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.api.compile import check_model
from gaic.api.directory import UnwritableError
from gaic.api.saving import replace_text
from gaic.load.files import ReadFault, decode
from gaic.source.diagnostic import Severity
from gaic.source.limits import USUAL
from gaic.source.text import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gaic.api.compile import Outcome
    from gaic.source.diagnostic import Diagnostic, Edit
    from gaic.source.limits import Limits

ROUNDS = 8
"""Mending one finding may show another, but not for ever."""

Drafts = dict[str, str]
"""Texts by the name of their file: what it will hold once it is saved."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What `--fix` did: findings mended by file, and the check of the model as it is now."""

    counts: Mapping[str, int]
    outcome: Outcome


def fix_model(path: Path, limits: Limits = USUAL) -> Fixed:
    """Mend what findings say how to mend, and write the files that change; `counts` is empty if there was nothing.

    An edit that brings an error at its own place is taken back. Files are replaced one by one, each whole; line ends
    that are all alike and a byte order mark stay. Raises `UnwritableError`.
    """
    outcome = check_model(path, limits)
    originals: Drafts = {}
    texts: Drafts = {}
    counts: dict[str, int] = {}
    refused: set[tuple[str, str, str]] = set()
    for _ in range(ROUNDS):
        chosen = _choose(outcome.diagnostics, refused)
        if not chosen:
            break
        for diagnostic in chosen:
            file = diagnostic.fix[0].span.file
            originals.setdefault(file.name, file.text)
        trial = {**texts, **_apply(chosen)}
        after = check_model(path, limits, trial)
        wrong = [d for d in chosen if _is_touched(d, chosen, after.diagnostics)]
        if wrong:
            refused.update(map(_identity, wrong))
            continue
        for diagnostic in chosen:
            name = diagnostic.fix[0].span.file.name
            counts[name] = counts.get(name, 0) + 1
        texts, outcome = trial, after
    for name, text in texts.items():
        _save(outcome.root / name, originals[name], text)
    return Fixed(counts, outcome)


def _identity(diagnostic: Diagnostic) -> tuple[str, str, str]:
    span = diagnostic.fix[0].span
    return diagnostic.code, diagnostic.message, f"{span.file.name}:{span.start}"


def _choose(diagnostics: Iterable[Diagnostic], refused: set[tuple[str, str, str]]) -> list[Diagnostic]:
    """Findings whose edits lie in the project and do not overlap with those of an earlier one."""
    chosen: list[Diagnostic] = []
    taken: list[Edit] = []
    for diagnostic in diagnostics:
        edits = diagnostic.fix
        if not edits or _identity(diagnostic) in refused:
            continue
        if any(edit.span.file.origin is not Origin.PROJECT for edit in edits):
            continue
        if not any(_overlap(edit, other) for edit in edits for other in taken):
            chosen.append(diagnostic)
            taken.extend(edits)
    return chosen


def _overlap(one: Edit, other: Edit) -> bool:
    if one.span.file.name != other.span.file.name:
        return False
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _apply(diagnostics: Iterable[Diagnostic]) -> Drafts:
    """The texts of all files with the edits made."""
    edits = [edit for diagnostic in diagnostics for edit in diagnostic.fix]
    texts: Drafts = {}
    for edit in sorted(edits, key=lambda each: each.span.start, reverse=True):
        span = edit.span
        text = texts.get(span.file.name, span.file.text)
        texts[span.file.name] = text[: span.start] + edit.text + text[span.end :]
    return texts


def _is_touched(diagnostic: Diagnostic, chosen: list[Diagnostic], after: Iterable[Diagnostic]) -> bool:
    """Say whether an error stands where one of the finding's edits is now."""
    edits = [edit for each in chosen for edit in each.fix]
    for edit in diagnostic.fix:
        name = edit.span.file.name
        before = [e for e in edits if e.span.file.name == name and e.span.start < edit.span.start]
        start = edit.span.start + sum(len(e.text) - (e.span.end - e.span.start) for e in before)
        end = start + len(edit.text)
        places = [d.span for d in after if d.severity is Severity.ERROR and d.span and d.span.file.name == name]
        if any(start <= place.start <= end and place.end <= end + 1 for place in places):
            return True
    return False


# ------------------------------------------------------------ files


def _save(path: Path, original: str, text: str) -> None:
    """Write a text as the file was written: with its byte order mark, and with its line ends if they are all alike."""
    raw = path.read_bytes()
    try:
        is_as_checked = decode(raw, path.name) == original
    except ReadFault:
        is_as_checked = False
    if not is_as_checked:
        raise UnwritableError(path, "it has been changed meanwhile")
    if raw.count(b"\r\n") == raw.count(b"\n") > 0:
        text = text.replace("\n", "\r\n")
    replace_text(path, ("\ufeff" if raw.startswith(BOM_UTF8) else "") + text)
