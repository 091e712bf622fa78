"""What pages need to know: the evaluated model as a protocol, and what stands at the head of every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gaic.check.program import Declared, Study
    from gaic.evaluate.account import Account, CheckRow, Course, ObjectAccount, TotalRow
    from gaic.evaluate.calendar import Calendar, Days
    from gaic.evaluate.working import Working
    from gaic.schema.ledger import Hours
    from gaic.source.diagnostic import Diagnostic
    from gaic.source.text import SourceFile
    from gaic.study.rests import Rests


class Book(Protocol):
    """An evaluated model. Nodes are numbers of values; every node that is reached belongs to one of `objects`."""

    def objects(self) -> tuple[ObjectAccount, ...]:
        """Objects of the project in order of declaration, then those of the library that are needed."""
        ...

    def account(self, node: int) -> Account:
        """All that is known of one value."""
        ...

    def depends_on(self, node: int) -> tuple[int, ...]:
        """Direct dependencies in order of appearance, each once."""
        ...

    def used_by(self, node: int) -> tuple[int, ...]:
        """Values whose formula reads this one."""
        ...

    def ancestors(self, node: int) -> tuple[int, ...]:
        """Everything that the value rests on, nearest first."""
        ...

    def course(self, node: int, bins: int) -> Course | None:
        """The series in at most `bins` equal parts; None for a value without one."""
        ...

    def calendar(self, node: int, parts: int, columns: int) -> Calendar | None:
        """The series by days, months and hours of the day: at most `parts` of its band, and `columns` of months."""
        ...

    def days(self, node: int) -> Days | None:
        """The series day by day; None for a value without hours."""
        ...

    def hours(self, node: int) -> Hours:
        """Every hour of a series, in the unit of its value."""
        ...

    def working(self, node: int) -> Working | None:
        """How a value is worked out with numbers; None for one that is given or could not be computed."""
        ...

    def totals(self) -> tuple[TotalRow, ...]:
        """Parts of every criterion, and their sums."""
        ...

    def spread(self, row: TotalRow, edges: Sequence[int]) -> tuple[float, ...]:
        """What the series of a total come to from each edge (an hour since 1970) up to the next, in its unit."""
        ...

    def delivered_units(self) -> float | None:
        """How many functional units the model brings; None where the study does not say both in fitting units."""
        ...

    def checks(self) -> tuple[CheckRow, ...]:
        """Assertions that were evaluated."""
        ...


class Sensitivity(Protocol):
    """What values rest on, found when it is asked for."""

    def rests_on(self, node: int) -> Rests | None:
        """The inputs below a value, by their influence on it; None where the model is too large to say."""
        ...


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """An input file, relative to the project root, and the SHA-256 of its bytes as hexadecimal digits."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SiteHead:
    """What every page says of its own making: the file, the versions that made it, every input that was read.

    `diagnostics` are the findings of the whole build, sorted; the summary lists them. `words` are the criteria, phases
    and categories that there are. `files` are `.gai` files to list whatever the pages refer to, among them `rules`,
    which put rules of another method in place of the library's. `evidence` says that a manifest lies beside the pages.
    """

    file: str
    gaic: str
    library: str
    library_sha256: str
    tzdata: str
    inputs: tuple[Fingerprint, ...]
    study: Study
    diagnostics: tuple[Diagnostic, ...] = ()
    words: tuple[Declared, ...] = ()
    files: tuple[SourceFile, ...] = ()
    rules: tuple[SourceFile, ...] = ()
    evidence: bool = False
