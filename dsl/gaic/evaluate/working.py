"""The working of one value: its formula with numbers in the place of names, as one would write it down by hand.

Of a series it is that of one hour. Numbers are in the unit that stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gaic.syntax.expressions import Expression


@dataclass(frozen=True, slots=True)
class Figure:
    """A number."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is no number: a word of a choice, a text, the path of an object, `true`, `not set`, `nothing`."""

    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A whole series, which has no single number: `text` is its path, without its object if that is the own one."""

    text: str
    node: int


@dataclass(frozen=True, slots=True)
class Signed:
    """`-x` or `not x`; `operator` is "-" or "not"."""

    operator: str
    operand: Term


@dataclass(frozen=True, slots=True)
class Combined:
    """Two sides of `+ - * / ^`, of a comparison, of `and` or `or`."""

    operator: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Called:
    """A function. `value` is what it comes to where that does not follow from numbers of one hour, else None."""

    function: str
    arguments: tuple[Term, ...]
    value: Figure | Phrase | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """`sum`, `min` or `max` of members, of which `more` are not shown; `rest` is their sum, of one hour."""

    function: str
    members: tuple[Term, ...]
    more: int = 0
    rest: Figure | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What is the case of something that stands in the formula: `power` "is not set"."""

    text: str
    state: str


Term = Figure | Phrase | Named | Signed | Combined | Called | Gathered | Stated
"""A part of a formula with numbers."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Which branch of an `if` was taken: the condition as written and with its numbers, whether it holds.

    `taken` is the branch as written, empty where another `if` follows.
    """

    condition: str
    numbers: Term | None
    holds: bool
    taken: str


@dataclass(frozen=True, slots=True)
class Preference:
    """Which side of `first ?? second` was taken: the second if `used`, because the first "is not set"."""

    first: str
    state: str
    second: str
    used: bool


@dataclass(frozen=True, slots=True)
class Extreme:
    """Which of `count` arguments or members of "min" or "max" decided: the first of those that are alike."""

    function: str
    decisive: str
    value: Figure
    count: int


Decision = Branch | Preference | Extreme
"""Something that the values themselves decided."""


@dataclass(frozen=True, slots=True)
class Hour:
    """The hour that a working is of: the first of the highest value.

    `number` counts from 1970-01-01T00:00 on the clock, which is "UTC", "local" or "week"; `alike` says that all hours
    have one value.
    """

    number: int
    clock: str
    alike: bool


@dataclass(frozen=True, slots=True)
class Working:
    """How one value is worked out.

    `name`, `keys` and `written` are its formula. `meanings` has the values that a name in it stands for, by where the
    name ends in its file. `spell` writes a unit as pages do.
    """

    name: str
    keys: tuple[str, ...]
    member: str | None
    written: Expression
    meanings: Mapping[int, tuple[int, ...]]
    numbers: Term
    result: Figure | Phrase
    hour: Hour | None
    decisions: tuple[Decision, ...]
    spell: Callable[[str], str] = str
