"""What is known of one value, of one object and of the totals: the nouns that pages and files are made of.

All numbers here are in the unit that is shown beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.units.days import DAY, WEEKDAYS

if TYPE_CHECKING:
    from gaic.check.program import Declared
    from gaic.source.text import Span


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Ends of an uncertain input; `meaning` is "p5-p95" or "bounds"."""

    low: float
    high: float
    meaning: str


@dataclass(frozen=True, slots=True)
class ScalarValue:
    """One number."""

    value: float
    unit: str
    range: Uncertainty | None = None


@dataclass(frozen=True, slots=True)
class HourlyValue:
    """A series in summary: `start` counts hours from 1970-01-01T00:00Z, or on the local clock if `local`.

    `nature` is "amount" or "level"; `sum` is None unless it is an amount.
    """

    nature: str
    unit: str
    start: int
    n: int
    first10: tuple[float, ...]
    last10: tuple[float, ...]
    min: float
    max: float
    mean: float
    sum: float | None
    local: bool


@dataclass(frozen=True, slots=True)
class WeeklyValue:
    """The 168 hours of a week on a local clock, Monday 00:00 first; `nature` is "amount" or "level"."""

    nature: str
    unit: str
    values: tuple[float, ...]

    @property
    def is_constant(self) -> bool:
        """Say whether all hours are alike."""
        return len(set(self.values)) == 1

    @property
    def days(self) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """The hours of each day with its name."""
        starts = range(0, len(self.values), DAY)
        return tuple((n.capitalize(), self.values[s : s + DAY]) for n, s in zip(WEEKDAYS, starts, strict=True))


@dataclass(frozen=True, slots=True)
class WordValue:
    """A text, a date, a zone ("text", "date"), a word of a choice ("choice") or a path of an object ("reference")."""

    shape: str
    value: str


@dataclass(frozen=True, slots=True)
class TruthValue:
    """True or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class AbsentValue:
    """An optional input that is not set."""


Value = ScalarValue | HourlyValue | WeeklyValue | WordValue | TruthValue | AbsentValue


@dataclass(frozen=True, slots=True)
class Account:
    """One value explained.

    `path` is `a.b`, `a.b[c]` or `a.b[c, d]`; `object`, `attribute` and `member` (`c`, or `c, d`) are its parts.
    `role` is "input", "constant" or "calculated"; `given` says whether the object set the input itself (else it is the
    default of its kind). `formula` is the text of the formula (None for a plain value),
    `substituted` the same with this build's numbers. `written` is an input as it stands in the file. `default` is the
    library's default that an input of the object replaced, as text. `uncertain` says that an ancestor is uncertain, so
    that the value is a nominal one.
    """

    node: int
    path: str
    object: str
    attribute: str
    member: str | None
    kind: str
    role: str
    given: bool
    label: str
    doc: str
    value: Value
    formula: str | None
    substituted: str | None
    written: str | None
    default: str | None
    source: Declared | None
    source_text: str | None
    confidence: str | None
    note: str | None
    limits: str | None
    uncertain: bool
    span: Span


@dataclass(frozen=True, slots=True)
class LinkAccount:
    """An entry of a reference: path of the object it leads to, its weight."""

    ref: str
    doc: str
    target: str
    weight: float


@dataclass(frozen=True, slots=True)
class ObjectAccount:
    """One object: `nodes` are its values in the order of its kind; `used_by` the paths of objects that refer to it.

    `kind_span` is where its kind is declared; None for one of the language's own.
    """

    path: str
    kind: str
    kind_label: str
    kind_doc: str
    category: str
    label: str
    doc: str
    nodes: tuple[int, ...]
    links: tuple[LinkAccount, ...]
    used_by: tuple[str, ...]
    library: bool
    span: Span
    kind_span: Span | None = None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A total over the whole time; category and phase are None in the row that is the sum of a criterion.

    `nodes` are the values that were added, `parts` what each of them adds, in the unit of the total.
    """

    criterion: str
    criterion_label: str
    category: str | None
    category_label: str | None
    phase: str | None
    phase_label: str | None
    value: ScalarValue
    nodes: tuple[int, ...]
    parts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CheckPart:
    """A sub-expression of a condition and its value as text; `depth` counts how many others it stands in."""

    depth: int
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """An assertion that was evaluated: `parts` are its sub-expressions, outermost first."""

    name: str
    object: str | None
    ok: bool
    severity: str
    message: str
    condition: str
    parts: tuple[CheckPart, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Course:
    """A series in `len(middle)` equal parts for a chart: mean, lowest and highest hour of each."""

    start: int
    hours_per_bin: float
    middle: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    unit: str
