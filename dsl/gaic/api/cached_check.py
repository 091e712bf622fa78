"""Checks a model, or answers from the project's cache what was found the last time.

An entry belongs to a file and to limits, and lists all that its answer rests on: the compiler (`fingerprint`), every
file that was read with the hash of its text, and for every name of a file in the texts the file it led to, so that a
link that leads elsewhere counts as a change. All of it is looked at again before the answer is given. The project root
is looked for anew each time. What was found while a file could not be had is not kept: it rests on what is absent.

Nothing of the compiler is imported unless the answer has to be found anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.api.cache_folder import CacheFolder
from gaic.api.fingerprint import fingerprint_compiler
from gaic.load.files import ProjectFiles, ReadFault, find_root, hash_text, read_text
from gaic.load.library import find_library, root_name
from gaic.schema.cached import SCHEMA, cached_finding, cached_text, limits_object, read_cached, restored_finding
from gaic.source.limits import Limits
from gaic.source.text import Origin, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.api.compile import Outcome
    from gaic.schema.cached import CachedCheck
    from gaic.source.diagnostic import Diagnostic

SORT = "check"
SHOWN_LIBRARY = "stdlib/"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check says: the findings, and the project root to which names of files are relative."""

    root: Path
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked: a file of a project, under limits, of a compiler."""

    files: ProjectFiles
    file: str
    compiler: str
    folder: CacheFolder

    @property
    def text(self) -> bytes:
        return json.dumps([self.file, limits_object(self.files.limits)]).encode()


def check_file(path: Path, limits: Limits, secret: bytes | None) -> Answer:
    """Check a model; with a secret an unchanged one is answered from the project's cache, which keeps new answers."""
    question = None if secret is None else _ask(path, limits, secret)
    known = None if question is None else _recall(question)
    if known is not None:
        return known
    from gaic.api.compile import check_model

    outcome = check_model(path, limits)
    if question is not None:
        _keep(question, outcome)
    return Answer(outcome.root, outcome.diagnostics)


def _ask(path: Path, limits: Limits, secret: bytes) -> _Question | None:
    """The question; None where the file or the compiler cannot be read, of which the compiler itself will speak."""
    compiler = fingerprint_compiler()
    if compiler is None:
        return None
    files = ProjectFiles(find_root(path), limits)
    try:
        target = files.resolve(path.absolute().parent.resolve(), path.name)
    except (ReadFault, OSError, RuntimeError):
        return None
    return _Question(files, root_name(target, files, find_library()), compiler, CacheFolder(files.root, SORT, secret))


def _recall(question: _Question) -> Answer | None:
    """The answer that was kept, if everything it rests on is as it was."""
    entry = question.folder.read(question.text)
    check = None if entry is None else read_cached(entry)
    if (
        check is None
        or check["compiler"] != question.compiler
        or check["file"] != question.file
        or check["limits"] != limits_object(question.files.limits)
    ):
        return None
    try:
        texts = _read_again(question.files, check)
        shown = [_shown_file(origin, name, texts) for origin, name in check["files"]]
        diagnostics = tuple(restored_finding(finding, shown) for finding in check["findings"])
    except (ReadFault, OSError, RuntimeError, LookupError):
        return None
    return Answer(question.files.root, diagnostics)


def _read_again(files: ProjectFiles, check: CachedCheck) -> dict[str, str]:
    """The texts of all files that the answer rests on; `LookupError` if one differs or a name leads elsewhere."""
    for base, written, file in check["asked"]:
        if files.name_of(files.resolve(files.root / base, written)) != file:
            raise LookupError(written)
    texts = {name: files.read_text(files.resolve(files.root, name)) for name, _ in check["read"]}
    for name, sha256 in check["read"]:
        if files.read[name].sha256 != sha256:
            raise LookupError(name)
    return texts


def _shown_file(origin: str, name: str, texts: dict[str, str]) -> SourceFile:
    if origin == Origin.PROJECT.value:
        return SourceFile(name, texts[name], Origin.PROJECT)
    path = find_library() / name.removeprefix(SHOWN_LIBRARY)
    return SourceFile(name, read_text(path, name, Limits()), Origin.LIBRARY)


def _keep(question: _Question, outcome: Outcome) -> None:
    """Keep an answer that rests on nothing but the compiler and files that were read, neither of which has changed."""
    if outcome.asked is None or fingerprint_compiler() != question.compiler:
        return
    files: list[SourceFile] = []
    findings = [cached_finding(diagnostic, files) for diagnostic in outcome.diagnostics]
    read = {file.name: file.sha256 for file in outcome.inputs}
    if any(file.origin is Origin.PROJECT and hash_text(file.text) != read.get(file.name) for file in files):
        return
    check: CachedCheck = {
        "schema": SCHEMA,
        "compiler": question.compiler,
        "file": question.file,
        "limits": limits_object(question.files.limits),
        "read": list(read.items()),
        "asked": [(asked.base, asked.written, asked.file) for asked in outcome.asked],
        "files": [(file.origin.value, file.name) for file in files],
        "findings": findings,
    }
    question.folder.write(question.text, cached_text(check))
