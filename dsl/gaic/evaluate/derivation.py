"""How one value came about: its formula for one object, with every name replaced by what it stood for.

A derivation holds only what was evaluated: of `if` the branch taken, of `and` and `or` the sides that decided, of `??`
the side that was set, of a gathering its members. Each part keeps the checked expression that it comes from (`core`),
and so its place in the text, its type and its unit. Numbers are in root units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.check import core as c


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number, a series, a word or a truth that stands in the text."""

    core: c.Literal | c.Hours | c.Word | c.TruthLiteral


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a node; `node` is None where nothing is there (an empty series, or an optional value)."""

    core: c.Read
    node: int | None


@dataclass(frozen=True, slots=True)
class Thing:
    """An object, or the far object of a link, by its path; None where a reference leads nowhere."""

    core: c.Variable | c.ObjectLiteral | c.Far | c.Follow
    path: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What follows from the links of the model alone: the weight or position of a link, `x in collection`."""

    core: c.LinkPart | c.Belongs
    value: float | bool


@dataclass(frozen=True, slots=True)
class Negation:
    """`-x` or `not x`."""

    core: c.Negate
    operand: Derivation


@dataclass(frozen=True, slots=True)
class Operation:
    """`+ - * / ^`, a comparison, `and`, `or`; `right` is None where the left side of `and` or `or` decided."""

    core: c.Arithmetic | c.Compare | c.Logic
    left: Derivation
    right: Derivation | None


@dataclass(frozen=True, slots=True)
class Choice:
    """`if`: the condition, whether it holds, and the branch that was taken."""

    core: c.Choose
    condition: Derivation
    holds: bool
    taken: Derivation


@dataclass(frozen=True, slots=True)
class Fallback:
    """`a ?? b`: the side that was taken; `used` says whether that is b, because a (`unset`) is not set."""

    core: c.Otherwise
    used: bool
    taken: Derivation
    unset: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """`given(x)`: whether x is set; `node` is the value asked for, None where there is none or x is no value."""

    core: c.Given
    holds: bool
    node: int | None


@dataclass(frozen=True, slots=True)
class Calling:
    """A built-in function of numbers and series."""

    core: c.Apply
    arguments: tuple[Derivation, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a gathering: what its variables stand for, its condition (None without one), and what is gathered.

    `body` is None for `count`, and for a member for which the condition does not hold.
    """

    names: tuple[tuple[str, str], ...]
    condition: Derivation | None
    holds: bool
    body: Derivation | None


@dataclass(frozen=True, slots=True)
class Gathering:
    """`sum`, `min`, `max`, `count`, `any`, `all` over members in their order; `more` members are not among them."""

    core: c.Gather
    members: tuple[Member, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """The same number under another tag (`as`) or shown in another unit (`->`)."""

    core: c.Adopt
    operand: Derivation


Derivation = (
    Fixed
    | Reading
    | Thing
    | Known
    | Negation
    | Operation
    | Choice
    | Fallback
    | Setting
    | Calling
    | Gathering
    | Adoption
)
"""A part of what a value was made from."""
