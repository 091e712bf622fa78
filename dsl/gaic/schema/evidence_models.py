"""The documents of the evidence as pydantic models, as `models` has the others."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel

from gaic.schema.models import (
    AbsentObject,
    Document,
    HourlyObject,
    Instant,
    LibraryObject,
    Number,
    Place,
    ScalarObject,
    Sha256,
    TruthObject,
    WeeklyObject,
    WordObject,
)

Index = Annotated[int, Field(ge=0)]
Function = Annotated[str, Field(pattern="^[a-z_0-9]+$")]
Single = Annotated[
    ScalarObject | HourlyObject | WeeklyObject | WordObject | TruthObject | AbsentObject, Field(discriminator="shape")
]


class UnitObject(Document):
    """What one of a unit is worth in root units, and its dimension."""

    factor: Number
    dimension: str


class ZoneObject(Document):
    """How a clock goes between two seconds of UTC (since 1970): what it is ahead, and each change with its second."""

    since: int
    until: int
    offset: int
    changes: list[tuple[int, int]]


class SeriesObject(Document):
    """A series that was given: consecutive hours of `factor` times the values, which are repeated `times`.

    `start` is the first hour, in UTC if it ends in Z, else on a local clock. Numbers are in root units.
    """

    start: Instant
    factor: Number = 1.0
    times: int = Field(default=1, ge=1)
    values: list[Number]


Name = tuple[Literal["read", "object", "fact", "hours"], Index]


class Tree(
    RootModel[
        float
        | bool
        | str
        | Name
        | tuple[Literal["nothing"]]
        | tuple[Literal["negate", "not"], "Tree"]
        | tuple[Literal["+", "-", "*", "/", "^", "==", "!=", "<", "<=", ">", ">="], "Tree", "Tree"]
        | tuple[Literal["and", "or"], "Tree", "Tree | None"]
        | tuple[Literal["if"], bool, "Tree", "Tree"]
        | tuple[Literal["??"], "Tree"]
        | tuple[Literal["??"], "Tree", "Tree"]
        | tuple[Literal["given"], bool, "Tree"]
        | tuple[Literal["where"], bool, "Tree", "Tree | None"]
        | tuple[Literal["call"], Function, "list[Tree]"]
        | tuple[Literal["gather"], Literal["sum", "min", "max", "count", "any", "all"], bool, "list[Tree]"]
    ]
):
    """A formula, with the branch that was taken and the members that were there.

    A number (in root units), a text or a truth stands for itself. `["read", i]` is the i-th of `arguments`,
    `["object", i]` the i-th of `objects`, `["fact", i]` the i-th of `facts` of a value, `["hours", i]` the i-th of
    `series`. `["if", holds, condition, taken]`; `["??", a]` where a is set, else `["??", a, b]`; of `and` and `or` the
    second side is null where the first one decides; `["call", function, [x, ...]]`;
    `["gather", function, of_series, [member, ...]]` over members, of which one that had to meet a condition is
    `["where", holds, condition, x]`.
    """


class FormulaObject(Document):
    """A formula as it is written, where it stands, and its tree; values made in the same way share it."""

    text: str
    at: Place
    tree: Tree


class ValueRecord(Document):
    """A value. `value` is that of `results.json`; a given one has `exact`, a made one a `formula`.

    `exact` and `facts` have all digits, numbers are in root units. `arguments` are paths of values, `objects` paths of
    objects (null where a name leads nowhere), `facts` what follows from the links of the model alone, such as weights.
    """

    role: Literal["input", "calculated"]
    value: Single
    exact: Number | bool | str | None = None
    at: Place | None = None
    formula: Index | None = None
    arguments: list[str | None] = Field(default_factory=list)
    objects: list[str | None] = Field(default_factory=list)
    facts: list[Number | bool] = Field(default_factory=list)


class TotalRecord(Document):
    """A total, and the paths of the values that it adds over their time."""

    criterion: str
    category: str | None
    phase: str | None
    value: ScalarObject
    values: list[str]


class Export(Document):
    """`export.json`: the whole graph of values, with all that is needed to compute it again.

    `hour` is one hour in root units; stocks last until the hour `horizon`.
    """

    schema_: Literal["gaic.export/1"] = Field(alias="schema")
    gaic: str
    library: LibraryObject
    tzdata: str
    hour: Number
    horizon: Instant | None
    units: dict[str, UnitObject]
    zones: dict[str, ZoneObject]
    series: list[SeriesObject]
    formulas: list[FormulaObject]
    values: dict[str, ValueRecord]
    totals: list[TotalRecord]


class FileObject(Document):
    """A file, its bytes and their hash; an input is read without byte order mark and with LF at the ends of lines."""

    file: str
    size: int = Field(ge=0)
    sha256: Sha256


class Manifest(Document):
    """`manifest.json`: everything that went into a build and came out of it.

    `left_out` are files of the evidence that cannot be listed, because they hold hashes of the manifest.
    """

    schema_: Literal["gaic.manifest/1"] = Field(alias="schema")
    gaic: str
    library: LibraryObject
    tzdata: str
    model: str
    inputs: list[FileObject]
    outputs: list[FileObject]
    left_out: list[str]
