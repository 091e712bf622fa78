"""The documents as pydantic models: what readers of the files may rely on, and the source of the JSON Schemas.

gaic itself builds plain mappings (validating what it made would double the time of `results.json`); the suite holds
them against these models. Run `python -m gaic.schema.shipped` after a change to write the schemas anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Instant = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z?$")]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Document(BaseModel):
    """Base of all models: nothing unknown, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Place(Document):
    """Where something is written; the file is relative to the project root, or `stdlib/...`."""

    file: str
    line: int = Field(ge=1)
    column: int = Field(ge=1)


class Range(Document):
    """Ends of an uncertain value: 5th and 95th percentile, or bounds."""

    low: Number
    high: Number
    meaning: Literal["p5-p95", "bounds"]


class ScalarObject(Document):
    """One number with its unit (the empty text for a plain number)."""

    shape: Literal["scalar"]
    value: Number
    unit: str
    range: Range | None = None


class Summary(Document):
    """A series in short; `sum` is null unless the series is an amount."""

    first10: list[Number] = Field(max_length=10)
    last10: list[Number] = Field(max_length=10)
    min: Number
    max: Number
    mean: Number
    sum: Number | None


class HourlyObject(Document):
    """A series of consecutive hours, in short. `start` is the first hour, in UTC if it ends in Z, else local clock."""

    shape: Literal["hourly"]
    nature: Literal["amount", "level", "intensity"]
    unit: str
    start: Instant
    n: int = Field(ge=0)
    summary: Summary


class WeeklyObject(Document):
    """A value for each hour of a week on a local clock, Monday 00:00 first."""

    shape: Literal["weekly"]
    nature: Literal["amount", "level"]
    unit: str
    values: list[Number] = Field(min_length=168, max_length=168)


class WordObject(Document):
    """A text, a word of a choice, a date or an instant as written."""

    shape: Literal["text", "choice", "date"]
    value: str


class TruthObject(Document):
    """True or false."""

    shape: Literal["bool"]
    value: bool


class ReferenceObject(Document):
    """A reference to an object, by path; in a list with its weight."""

    shape: Literal["reference"]
    value: str
    weight: Number | None = None


class AbsentObject(Document):
    """An optional input or reference that is not set."""

    shape: Literal["absent"]


Plain = Annotated[
    ScalarObject | HourlyObject | WeeklyObject | WordObject | TruthObject | ReferenceObject | AbsentObject,
    Field(discriminator="shape"),
]


class TableObject(Document):
    """One value per member; the key is the member's path (`browse#2` for the second link to one object).

    A table with several keys joins them by commas: `a, b`.
    """

    shape: Literal["table"]
    entries: dict[str, Plain]


ValueObject = Annotated[
    ScalarObject
    | HourlyObject
    | WeeklyObject
    | WordObject
    | TruthObject
    | ReferenceObject
    | AbsentObject
    | TableObject,
    Field(discriminator="shape"),
]


class DiagnosticLabel(Document):
    """A place that belongs to a finding, and what is said there."""

    at: Place
    text: str


class Position(Document):
    """A line and a column of a file, counted from 1; a column counts characters."""

    line: int = Field(ge=1)
    column: int = Field(ge=1)


class EditObject(Document):
    """What `gaic check --fix` writes: `text` in place of the characters from `at` up to `end`."""

    at: Place
    end: Position
    text: str


class DiagnosticObject(Document):
    """A finding; `labels` begin with what is said at its own place, if anything is."""

    code: str = Field(pattern="^GAI[0-9]{3}$")
    severity: Literal["error", "warning"]
    message: str
    at: Place | None
    labels: list[DiagnosticLabel]
    notes: list[str]
    help: str | None
    fix: list[EditObject] | None


class AttributeObject(Document):
    """An attribute of an object. `depends_on` are paths of values; `source` is a key of `sources`, or a word."""

    role: Literal["input", "calculated"]
    label: str
    value: ValueObject
    formula: str | None
    depends_on: list[str]
    source: str | None
    confidence: Literal["high", "medium", "low"] | None
    note: str | None
    at: Place


class ModelObject(Document):
    """An object of the model, or of the library where the model uses it."""

    kind: str
    label: str
    doc: str
    at: Place
    attributes: dict[str, AttributeObject]


class TotalObject(Document):
    """A total over the whole time; rows without category and phase are the sums."""

    criterion: str
    criterion_label: str
    category: str | None
    category_label: str | None
    phase: str | None
    phase_label: str | None
    value: ValueObject


class CheckPart(Document):
    """A part of a condition and its value, as text; `depth` counts how many others it stands in."""

    depth: int = Field(ge=0)
    text: str
    value: str


class CheckObject(Document):
    """A promise and whether it holds; an assertion has a condition in place of value, limit and margin."""

    name: str
    kind: Literal["assert", "budget", "slo"]
    object: str | None
    ok: bool
    severity: Literal["error", "warning"]
    value: ValueObject | None
    limit: ValueObject | None
    margin: ValueObject | None
    message: str
    condition: str | None
    parts: list[CheckPart]
    at: Place


class SourceObject(Document):
    """A source: its title and what it says of itself (url, dates, licence, citation), as text."""

    label: str
    doc: str
    fields: dict[str, str]
    at: Place


class StudyObject(Document):
    """What the model is for; `fields` holds what is written, as text."""

    name: str
    label: str
    timezone: str
    start: Instant | None
    hours: int = Field(ge=0)
    fields: dict[str, str]
    at: Place | None


class LibraryObject(Document):
    """The standard library that was used."""

    version: str
    sha256: Sha256


class InputObject(Document):
    """A file that was read; the hash is taken after CRLF is read as LF."""

    file: str
    sha256: Sha256


class Results(Document):
    """`results.json`: everything that was given and calculated. `objects` and `sources` are keyed by path."""

    schema_: Literal["gaic.results/1"] = Field(alias="schema")
    gaic: str
    library: LibraryObject
    tzdata: str
    inputs: list[InputObject]
    study: StudyObject
    objects: dict[str, ModelObject]
    totals: list[TotalObject]
    checks: list[CheckObject]
    sources: dict[str, SourceObject]
    diagnostics: list[DiagnosticObject]


class Diagnostics(Document):
    """The findings of `gaic check --format json`."""

    schema_: Literal["gaic.diagnostics/1"] = Field(alias="schema")
    diagnostics: list[DiagnosticObject]


class SectionObject(Document):
    """A part of a page; `text` is Markdown."""

    heading: str
    text: str


class RuleObject(Document):
    """The page of a code: what a finding with it says, then sections; `severity` has those that findings have."""

    code: str = Field(pattern="^GAI[0-9]{3}$")
    title: str
    severity: list[Literal["error", "warning"]] = Field(min_length=1)
    about: str
    sections: list[SectionObject]


class Rules(Document):
    """What `gaic rule --json` prints."""

    schema_: Literal["gaic.rules/1"] = Field(alias="schema")
    rules: list[RuleObject]
