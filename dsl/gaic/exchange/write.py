"""A draft as text: one entry per line, values under each other, long series in files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.exchange.draft import Hours, Links, Scalar, Week
from gaic.exchange.weeks import table_lines
from gaic.source.text import SourceFile, Span
from gaic.syntax.expressions import Text
from gaic.syntax.format import format_expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gaic.exchange.document import Cited
    from gaic.exchange.draft import Draft, FieldValue, Item, Link, Provenance

WIDTH = 120
INDENT = "  "
DEEPER = "    "
MOST_HOURS = 48
"""Longest series that stands in the text."""

_NOWHERE = Span(SourceFile("", ""), 0, 0)


def quoted(value: str) -> str:
    """A text as a literal of the language."""
    return format_expression(Text(value, _NOWHERE))


def plain_line(value: str) -> str:
    """A text of a foreign file within a line of documentation: without line ends and signs that are not seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


class Writer:
    """Writes one draft; `names` gives objects (by id) and sources their names."""

    def __init__(self, draft: Draft, names: Mapping[str, str], sources: Mapping[Cited, str], stem: str) -> None:
        self.draft = draft
        self.names = names
        self.sources = sources
        self.stem = stem
        self.files: dict[str, str] = {}

    def text(self) -> str:
        """The model; fills `files`."""
        blocks = [f"## {plain_line(f'Imported from {self.draft.title}')}.\n"]
        if self.draft.module:
            blocks.append(f"import {self.draft.module}\n")
        if self.draft.root is not None:
            kind, name, label = self.draft.root
            blocks.append(f"{kind} {name} {quoted(label)} {{}}\n")
        blocks += [self._source(cited, name) for cited, name in self.sources.items()]
        for title, kinds in self.draft.table.sections:
            items = [item for kind in kinds for item in self.draft.items.values() if item.kind == kind]
            if items:
                blocks.append(f"# ---- {title}\n")
                blocks += map(self._item, items)
        return "\n".join(blocks)

    def _source(self, cited: Cited, name: str) -> str:
        word = "url" if cited.link is not None and cited.link.startswith(("http://", "https://")) else "citation"
        entries = [(word, quoted(cited.link))] if cited.link is not None else []
        return self._block(f"source {name} {quoted(cited.title)}", entries)

    def _item(self, item: Item) -> str:
        docs = "".join(f"## {plain_line(line)}\n" for line in item.docs)
        entries = [(name, self._value(item, value)) for name, value in item.fields.items()]
        return docs + self._block(f"{item.kind} {self.names[item.id]} {quoted(item.label)}", entries)

    def _block(self, head: str, entries: Iterable[tuple[str, str]]) -> str:
        entries = list(entries)
        if not entries:
            return f"{head} {{}}\n"
        width = max(len(name) for name, _ in entries)
        lines = "".join(f"{INDENT}{name:<{width}} = {value}\n" for name, value in entries)
        return f"{head} {{\n{lines}}}\n"

    # ------------------------------------------------------------ values

    def _value(self, item: Item, value: FieldValue) -> str:
        if isinstance(value, Links):
            return self._links(value)
        widest = max(len(field) for field in item.fields)
        return self._sourced(self._text(item, value), value.provenance, len(INDENT) + widest + len(" = "))

    def _text(self, item: Item, value: Scalar | Hours | Week) -> str:
        match value:
            case Scalar():
                return value.written
            case Hours():
                return self._hours(item, value)
            case Week():
                return self._week(value)

    def _sourced(self, text: str, provenance: Provenance, column: int) -> str:
        """A value and where it comes from; on a line of its own where the line would be long."""
        clauses = self._clauses(provenance)
        if not clauses:
            return text
        short = column + len(text.rsplit("\n", 1)[-1]) + 1 + len(clauses) <= WIDTH
        return f"{text} {clauses}" if short else f"{text}\n{DEEPER}{clauses}"

    def _clauses(self, provenance: Provenance) -> str:
        found: list[str] = []
        if provenance.cited is not None:
            found.append(f"from {self.sources[provenance.cited]}")
        elif provenance.note is not None:
            found.append("from hypothesis")
        if provenance.confidence is not None:
            found.append(f"conf {provenance.confidence}")
        if provenance.note is not None:
            found.append(f"note {quoted(provenance.note)}")
        return " ".join(found)

    def _links(self, value: Links) -> str:
        texts = [self._link(entry) for entry in value.entries]
        if not value.many:
            return texts[0]
        line = f"[{', '.join(texts)}]"
        if len(line) + 24 <= WIDTH:
            return line
        return "[\n" + "".join(f"{DEEPER}{text},\n" for text in texts) + f"{INDENT}]"

    def _link(self, entry: Link) -> str:
        name = entry.target if entry.library else self.names[entry.target]
        clauses = self._clauses(entry.provenance)
        if clauses:
            return f"({entry.weight} {clauses}) * {name}"
        return name if entry.weight == "1" else f"{entry.weight} * {name}"

    def _hours(self, item: Item, value: Hours) -> str:
        unit = f" * 1 {value.unit}" if value.unit else ""
        if len(value.values) <= MOST_HOURS:
            return f"hourly({self._numbers(value.values)}, start = {value.start}){unit}"
        file = f"{self.stem}.{self.names[item.id]}.csv"
        number = 2
        while file in self.files:
            file = f"{self.stem}.{self.names[item.id]}.{number}.csv"
            number += 1
        column = next(name for name, each in item.fields.items() if each is value)
        self.files[file] = "\n".join((column, *value.values, ""))
        return f"hourly({quoted(file)}, start = {value.start}){unit}"

    def _week(self, value: Week) -> str:
        if len(value.values) == 1:
            return f"{value.values[0]} {value.unit}".rstrip()
        lines = table_lines(value.values, value.unit, WIDTH - len(DEEPER))
        if lines:
            return "weekly {\n" + "".join(f"{DEEPER}{line}\n" for line in lines) + f"{INDENT}}}"
        return self._numbers(value.values) + (f" * 1 {value.unit}" if value.unit else "")

    def _numbers(self, values: Iterable[str]) -> str:
        line = f"[{', '.join(values)}]"
        if len(line) <= WIDTH - 40:
            return line
        return "[\n" + "".join(f"{DEEPER}{row}\n" for row in _rows(list(values))) + f"{INDENT}]"


def _rows(values: list[str]) -> Iterator[str]:
    """Rows of twelve or twenty-four numbers, as many as fit: halves of a day."""
    widest = max(map(len, values))
    per_row = next((n for n in (24, 12, 6) if n * (widest + 2) + len(DEEPER) <= WIDTH), 3)
    if len(values) <= per_row:
        widest = 0
    for start in range(0, len(values), per_row):
        yield ", ".join(f"{value:>{widest}}" for value in values[start : start + per_row]) + ","
