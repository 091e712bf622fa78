"""Findings in the formats of other programs: annotations of GitHub, SARIF 2.1.0, JUnit XML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from gaic.source.diagnostic import Severity
from gaic.source.rules.drawing import render_rule
from gaic.source.rules.pages import markdown_of, read_rule
from gaic.source.text import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gaic.schema.text import Json
    from gaic.source.diagnostic import Diagnostic, Label
    from gaic.source.text import SourceFile, Span

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

# XML 1.0 knows no other characters (section 2.2 of the recommendation).
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked: its name as given, its findings, and the folder that leads to its project root.

    `folder` is relative to where the command was started, with `/`, empty if that is the root.
    """

    name: str
    folder: str
    diagnostics: tuple[Diagnostic, ...]

    def file_of(self, span: Span) -> str | None:
        """The file of a place as seen from where the command was started; None for a file of the library."""
        return None if span.file.origin is Origin.LIBRARY else self._join(span.file)

    def _join(self, file: SourceFile) -> str:
        return f"{self.folder}/{file.name}" if self.folder else file.name


def github_text(checked: Iterable[Checked]) -> str:
    """Workflow commands that show each finding beside its line in a review."""
    return "".join(_annotation(found, diagnostic) + "\n" for found in checked for diagnostic in found.diagnostics)


def sarif_document(checked: Iterable[Checked], version: str) -> Json:
    """A SARIF log with one run. Columns count characters; files are relative to where the command was started."""
    pairs = [(found, diagnostic) for found in checked for diagnostic in found.diagnostics]
    codes = sorted({diagnostic.code for _, diagnostic in pairs})
    driver = {"name": "gaic", "version": version, "rules": [_sarif_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(found, diagnostic, codes) for found, diagnostic in pairs],
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def junit_text(checked: Iterable[Checked]) -> str:
    """JUnit XML: a suite per file, a case per finding; only errors fail. A file without findings has a passed case."""
    suites = [(_suite_cases(found), found) for found in checked]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    tests = sum(len(cases) for cases, _ in suites)
    failures = sum(_count_errors(found) for _, found in suites)
    lines.append(f'<testsuites name="gaic check" tests="{tests}" failures="{failures}">')
    for cases, found in suites:
        name = _attribute(found.name)
        lines.append(f'  <testsuite name={name} tests="{len(cases)}" failures="{_count_errors(found)}">')
        lines.extend(cases)
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def plain_text(diagnostic: Diagnostic) -> str:
    """Message, labels, notes and help of a finding, a line each."""
    return "\n".join(_sentences(diagnostic))


def _sentences(diagnostic: Diagnostic) -> Iterator[str]:
    yield diagnostic.message
    if diagnostic.label:
        yield diagnostic.label
    for label in diagnostic.labels:
        yield f"{_where(label.span)}: {label.text}" if label.text else _where(label.span)
    for note in diagnostic.notes:
        yield f"note: {note}"
    if diagnostic.help:
        yield f"help: {diagnostic.help}"


def _where(span: Span) -> str:
    line, column = span.file.locate(span.start)
    return f"{span.file.name}:{line}:{column}"


def _ends(span: Span) -> tuple[int, int, int, int]:
    """First line and column, last line and the column after the last character."""
    return *span.file.locate(span.start), *span.file.locate(max(span.end, span.start))


def _annotation(found: Checked, diagnostic: Diagnostic) -> str:
    fields = []
    text = plain_text(diagnostic)
    span = diagnostic.span
    file = None if span is None else found.file_of(span)
    if span is not None and file is None:
        text = f"{_where(span)}: {text}"
    if span is not None and file is not None:
        line, column, last, end = _ends(span)
        fields = [f"file={_field(file)}", f"line={line}", f"endLine={last}"]
        # A place over several lines has no columns there.
        fields += [f"col={column}", f"endColumn={max(end - 1, column)}"] if line == last else []
    fields.append(f"title={_field(diagnostic.code)}")
    return f"::{diagnostic.severity.value} {','.join(fields)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _field(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sarif_rule(code: str) -> Json:
    """A code as SARIF describes it, with the texts of its page."""
    rule = read_rule(code)
    if rule is None:
        return {"id": code}
    name = "".join(word.capitalize() for word in re.findall(r"\w+", rule.title))
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join(rule.about.split())},
        "help": {"text": render_rule(rule), "markdown": markdown_of(rule)},
        "defaultConfiguration": {"level": rule.severities[0].value},
    }


def _sarif_result(found: Checked, diagnostic: Diagnostic, codes: list[str]) -> Json:
    result: Json = {
        "ruleId": diagnostic.code,
        "ruleIndex": codes.index(diagnostic.code),
        "level": diagnostic.severity.value,
        "message": {"text": plain_text(diagnostic)},
        "locations": [] if diagnostic.span is None else [_location(found, diagnostic.span)],
    }
    if diagnostic.labels:
        result["relatedLocations"] = [_related(found, number, label) for number, label in enumerate(diagnostic.labels)]
    fix = _fix(found, diagnostic)
    if fix is not None:
        result["fixes"] = [fix]
    return result


def _fix(found: Checked, diagnostic: Diagnostic) -> Json | None:
    """The edits of a finding, file by file; none where one of them is in the library."""
    files: dict[str, list[Json]] = {}
    for edit in diagnostic.fix:
        if found.file_of(edit.span) is None:
            return None
        replacement: Json = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        files.setdefault(_uri(found, edit.span), []).append(replacement)
    changes = [{"artifactLocation": {"uri": uri}, "replacements": replacements} for uri, replacements in files.items()]
    if not changes:
        return None
    description: Json = {"description": {"text": diagnostic.help}} if diagnostic.help else {}
    return {**description, "artifactChanges": changes}


def _related(found: Checked, number: int, label: Label) -> Json:
    location: Json = {"id": number, **_location(found, label.span)}
    return {**location, "message": {"text": label.text}} if label.text else location


def _location(found: Checked, span: Span) -> Json:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(found, span)}, "region": _region(span)}}


def _uri(found: Checked, span: Span) -> str:
    return quote(found.file_of(span) or span.file.name)


def _region(span: Span) -> Json:
    line, column, last, end = _ends(span)
    return {"startLine": line, "startColumn": column, "endLine": last, "endColumn": end}


def _suite_cases(found: Checked) -> list[str]:
    cases = [_case(found, diagnostic) for diagnostic in found.diagnostics]
    return cases or [f'    <testcase classname={_attribute(found.name)} name="check"/>']


def _case(found: Checked, diagnostic: Diagnostic) -> str:
    where = f" {_where(diagnostic.span)}" if diagnostic.span is not None else ""
    head = f"    <testcase classname={_attribute(found.name)} name={_attribute(diagnostic.code + where)}>"
    text = _xml(plain_text(diagnostic))
    if diagnostic.severity is Severity.ERROR:
        message = _attribute(diagnostic.message)
        return f"{head}<failure type={_attribute(diagnostic.code)} message={message}>{text}</failure></testcase>"
    return f"{head}<system-out>{text}</system-out></testcase>"


def _count_errors(found: Checked) -> int:
    return sum(diagnostic.severity is Severity.ERROR for diagnostic in found.diagnostics)


def _xml(text: str) -> str:
    return escape(NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text), quote=False)


def _attribute(text: str) -> str:
    inner = escape(NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))
    return '"' + inner.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;") + '"'
