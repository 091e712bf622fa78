"""The models of the repository as texts that can be rewritten: names replaced, items moved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gaic.api.compile import compile_model
from gaic.parse.module import parse_module
from gaic.source.text import SourceFile
from gaic.syntax.declarations import Kind, Let, Object

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gaic.evaluate.account import Value
    from gaic.evaluate.ledger import Ledger

MODELS = ("genai_job.gai", "support_assistant.gai")
TEXT_OR_COMMENT = re.compile(r'"""(?s:.)*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*')


def declared_objects(text: str) -> tuple[str, ...]:
    """The names of all objects, constants, shapes and sources that a text declares, not those of kinds and units."""
    module, faults = parse_module(SourceFile("model.gai", text))
    assert faults == ()
    return tuple(item.name.text for item in module.items if isinstance(item, Object | Let))


def rename(text: str, names: Mapping[str, str]) -> str:
    """The text with other names; not behind a dot, which is another file's, nor in front of `=`, which is a field."""
    words = re.compile(rf"(?<![.\w])(?:{'|'.join(map(re.escape, names))})(?![\w])(?! *=(?!=))")
    parts = TEXT_OR_COMMENT.split(text)
    kept = TEXT_OR_COMMENT.findall(text)
    renamed = [words.sub(lambda word: names[word[0]], part) for part in parts]
    lets = [re.sub(r"(?m)^let (\w+)", lambda found: f"let {names.get(found[1], found[1])}", part) for part in renamed]
    return "".join(part + rest for part, rest in zip(lets, [*kept, ""], strict=True))


def rename_path(path: str, names: Mapping[str, str]) -> str:
    """The path of a value in a model with other names: its object and the members of its keys."""
    return re.sub(r"(^|\[|, )(\w+)", lambda found: found[1] + names.get(found[2], found[2]), path)


def cut_items(text: str) -> tuple[str, list[str]]:
    """The documentation of a file, and its items with the documentation above each."""
    module, faults = parse_module(SourceFile("model.gai", text))
    assert faults == ()
    starts = [_with_documentation(text, item.span.start) for item in module.items]
    ends = [*starts[1:], len(text)]
    return text[: starts[0]], [text[start:end].rstrip() + "\n" for start, end in zip(starts, ends, strict=True)]


def _with_documentation(text: str, start: int) -> int:
    """Where the documentation above an item begins, or the item itself."""
    while start > 0:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text.startswith("##", above):
            break
        start = above
    return start


def declared_kinds(text: str) -> tuple[str, ...]:
    """The names of the kinds that a text declares."""
    module, _ = parse_module(SourceFile("model.gai", text))
    return tuple(item.name.text for item in module.items if isinstance(item, Kind))


def evaluate(model: Path) -> Ledger:
    """The ledger of a model without findings."""
    outcome = compile_model(model)
    assert outcome.ledger is not None, outcome.diagnostics
    assert outcome.diagnostics == ()
    return outcome.ledger


def values_of(ledger: Ledger) -> dict[str, tuple[Value, list[float]]]:
    """Every value by its path, with all hours of a series."""
    nodes = [node for found in ledger.objects() for node in found.nodes]
    accounts = [(node, ledger.account(node)) for node in nodes]
    return {account.path: (account.value, [float(hour) for hour in ledger.hours(node)]) for node, account in accounts}
