"""What `gaic check` said of a project, as the text of a file in the project's cache, and back again.

Read with pydantic's core alone: the models of pydantic would take twice the time that an answer from the cache takes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypedDict

from pydantic_core import SchemaValidator, ValidationError, core_schema

from gaic.source.diagnostic import Diagnostic, Edit, Label, Severity
from gaic.source.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.source.limits import Limits
    from gaic.source.text import SourceFile

SCHEMA = "gaic.checked/1"
"""Changes with every change of the form; a file of another form is not read."""

Place = tuple[int, int, int]  # number of the file, first character, character after the last


class CachedFinding(TypedDict):
    """A finding; its places name files by their number in `CachedCheck.files`."""

    code: str
    message: str
    span: Place | None
    label: str
    labels: list[tuple[Place, str]]
    notes: list[str]
    help: str | None
    severity: str
    fix: list[tuple[Place, str]]


class CachedCheck(TypedDict):
    """All that an answer rests on, and the answer.

    `read` are files and the hashes of their texts; `asked` are folder, name as written and the file it led to; `files`
    are origin and name of the files that findings show. Names are relative to the project root.
    """

    schema: str
    compiler: str
    file: str
    limits: dict[str, int]
    read: list[tuple[str, str]]
    asked: list[tuple[str, str, str]]
    files: list[tuple[str, str]]
    findings: list[CachedFinding]


def cached_text(check: CachedCheck) -> bytes:
    """The text of the file, one line."""
    return json.dumps(check, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def read_cached(text: bytes) -> CachedCheck | None:
    """The content of the file; None if it is of any other form."""
    try:
        check: CachedCheck = _validator().validate_json(text)
    except ValidationError:
        return None
    return check


def limits_object(limits: Limits) -> dict[str, int]:
    """The limits as they stand in the file."""
    return asdict(limits)


def cached_finding(diagnostic: Diagnostic, files: list[SourceFile]) -> CachedFinding:
    """A finding as it stands in the file; files that it shows are added to `files`."""

    def place(span: Span) -> Place:
        if span.file not in files:
            files.append(span.file)
        return files.index(span.file), span.start, span.end

    return {
        "code": diagnostic.code,
        "message": diagnostic.message,
        "span": None if diagnostic.span is None else place(diagnostic.span),
        "label": diagnostic.label,
        "labels": [(place(label.span), label.text) for label in diagnostic.labels],
        "notes": list(diagnostic.notes),
        "help": diagnostic.help,
        "severity": diagnostic.severity.value,
        "fix": [(place(edit.span), edit.text) for edit in diagnostic.fix],
    }


def restored_finding(finding: CachedFinding, files: Sequence[SourceFile]) -> Diagnostic:
    """The finding; raises `IndexError` where a place lies outside its text."""

    def span(place: Place) -> Span:
        file = files[place[0]]
        if not place[1] <= place[2] <= len(file.text):
            raise IndexError(file.name)
        return Span(file, place[1], place[2])

    return Diagnostic(
        finding["code"],
        finding["message"],
        None if finding["span"] is None else span(finding["span"]),
        finding["label"],
        tuple(Label(span(place), text) for place, text in finding["labels"]),
        tuple(finding["notes"]),
        finding["help"],
        Severity(finding["severity"]),
        tuple(Edit(span(place), text) for place, text in finding["fix"]),
    )


def _validator() -> SchemaValidator:
    """The form of `CachedCheck`, strict: nothing unknown, nothing converted."""
    text = core_schema.str_schema()
    place = core_schema.tuple_schema([core_schema.int_schema(ge=0)] * 3)
    placed = core_schema.list_schema(core_schema.tuple_schema([place, text]))
    finding = _record(
        code=core_schema.str_schema(pattern="^GAI[0-9]{3}$"),
        message=text,
        span=core_schema.nullable_schema(place),
        label=text,
        labels=placed,
        notes=core_schema.list_schema(text),
        help=core_schema.nullable_schema(text),
        severity=core_schema.literal_schema([severity.value for severity in Severity]),
        fix=placed,
    )
    check = _record(
        schema=core_schema.literal_schema([SCHEMA]),
        compiler=text,
        file=text,
        limits=core_schema.dict_schema(text, core_schema.int_schema()),
        read=core_schema.list_schema(core_schema.tuple_schema([text] * 2)),
        asked=core_schema.list_schema(core_schema.tuple_schema([text] * 3)),
        files=core_schema.list_schema(core_schema.tuple_schema([text] * 2)),
        findings=core_schema.list_schema(finding),
    )
    return SchemaValidator(check, core_schema.CoreConfig(strict=True))


def _record(**fields: Any) -> core_schema.CoreSchema:  # noqa: ANN401 - schemas of pydantic, which are mappings of any form
    return core_schema.typed_dict_schema(
        {name: core_schema.typed_dict_field(schema) for name, schema in fields.items()}, extra_behavior="forbid"
    )
