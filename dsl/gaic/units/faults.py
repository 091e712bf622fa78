"""What can be wrong with declarations of units; whoever knows the text turns these values into messages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gaic.units.dimension import Dimension


class UnitFaultKind(Enum):
    """The ways in which a declaration of a dimension, unit or quantity can be wrong."""

    DUPLICATE_DIMENSION = "duplicate dimension"
    DUPLICATE_UNIT = "duplicate unit"
    DUPLICATE_QUANTITY = "duplicate quantity"
    UNKNOWN_TYPE = "unknown type"
    UNKNOWN_UNIT = "unknown unit"
    WRONG_DIMENSION = "wrong dimension"
    CIRCULAR = "circular"
    BAD_NAME = "bad name"
    BAD_PREFIX = "bad prefix"
    BAD_VALUE = "bad value"
    MISSING_VALUE = "missing value"
    SECOND_BASE = "second base unit"
    NO_BASE = "no base unit"


@dataclass(frozen=True, slots=True)
class UnitFault:
    """One fault: `subject` is the (first) name of the declaration, `declaration` the number that adding it returned.

    part      the name, prefix or factor at fault, where it is not the subject
    other     number of the earlier declaration (DUPLICATE_..., SECOND_BASE); None for a built-in one
    found, expected   the dimensions that differ (WRONG_DIMENSION)
    members   the units of the circle, each defined by the next and the last by the first (CIRCULAR)
    similar   known names that look like `part`
    hint      a sentence on what to write instead, or empty
    """

    kind: UnitFaultKind
    subject: str
    declaration: int
    part: str = ""
    other: int | None = None
    found: Dimension | None = None
    expected: Dimension | None = None
    members: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    hint: str = ""
