"""Types of expressions: form, dimension and tag of numbers; kinds of objects and links; words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.units.dimension import Dimension


class Form(Enum):
    """How a number lies in time: one value, how much falls into each hour, or how much is there.

    A week is one of the two in the hours of a local clock; it becomes a series where it is expanded.
    """

    SCALAR = "scalar"
    AMOUNT = "amount"
    LEVEL = "level"
    WEEKLY_AMOUNT = "weekly amount"
    WEEKLY_LEVEL = "weekly level"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number: form, dimension and the tag that keeps counts (and kinds of data) apart."""

    form: Form
    dimension: Dimension
    tag: str | None = None

    @property
    def is_series(self) -> bool:
        """Say whether there is a value for each hour."""
        return self.form in {Form.AMOUNT, Form.LEVEL}

    @property
    def is_week(self) -> bool:
        """Say whether there is a value for each hour of a week."""
        return self.form in {Form.WEEKLY_AMOUNT, Form.WEEKLY_LEVEL}

    @property
    def is_plain(self) -> bool:
        """Say whether this is a scalar number without dimension and tag."""
        return self.form is Form.SCALAR and self.dimension.is_number and self.tag is None


@dataclass(frozen=True, slots=True)
class Emptiness:
    """The type of `nothing`: fits wherever a series is wanted."""


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text. `kind` is "text", "zone" or "date"; a choice lists its `words`."""

    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListName:
    """A list of links: the kind that declares the reference, and the reference."""

    kind: str
    ref: str


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """An object of a kind or of one of its children."""

    kind: str


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A link of one of `lists`. `kind` is the kind of the far object: the target, or the owner if `backward`."""

    kind: str
    lists: tuple[ListName, ...]
    backward: bool


@dataclass(frozen=True, slots=True)
class Poison:
    """The type of what was reported already: fits everywhere, so that one problem gives one message."""


POISON = Poison()
EMPTINESS = Emptiness()
TRUTH = Truth()

Type = Measure | Emptiness | Truth | Words | ObjectOf | LinkTo | Poison
