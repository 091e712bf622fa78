"""The table of what can be wrong with the text of a file: one code for each kind of fault."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from gaic.source.diagnostic import Diagnostic

if TYPE_CHECKING:
    from gaic.source.diagnostic import Edit
    from gaic.source.text import Span


class Fault(Enum):
    """Codes of the diagnostics of `parse`, with what they stand for."""

    UNEXPECTED = "GAI001"
    """A word or sign that cannot stand here."""
    MISSING = "GAI002"
    """A value, name or sign is missing."""
    UNCLOSED = "GAI003"
    """A bracket is not closed, or by another one."""
    OPEN_TEXT = "GAI004"
    """A text is not closed."""
    RESERVED = "GAI005"
    """A reserved word is used as a name."""
    COLUMN = "GAI006"
    """Items start in column 1, all else is indented."""
    SPREAD_ENDS = "GAI007"
    """The ends of `to` and `+-` hold no operator."""
    REPEATED = "GAI008"
    """`from`, `conf` or `note` is given twice for one value."""
    CHOICE = "GAI009"
    """One of a few words is wanted."""
    CHAIN = "GAI010"
    """Comparison, `..`, `to` and `+-` do not chain."""
    ESCAPE = "GAI011"
    """An escape that means nothing."""
    CAPITAL = "GAI012"
    """Types begin with a capital letter, other names with a small one."""
    STRAY_DOC = "GAI013"
    """Documentation of nothing."""
    CHARACTER = "GAI014"
    """A character that is no part of the language."""
    UNSUPPORTED = "GAI090"
    """A construct of the language that this version refuses."""
    NESTING = "GAI501"
    """Brackets or operators are nested too deeply."""
    EXPONENT = "GAI502"
    """An exponent is too large."""
    DIGITS = "GAI503"
    """A number has too many digits or is too large."""
    NAME_LENGTH = "GAI504"
    """A name is too long."""
    FILE_SIZE = "GAI505"
    """A file is too large."""
    TOKENS = "GAI506"
    """A project has too many words and signs."""
    MISTAKES = "GAI507"
    """A file has so many mistakes that reading stops."""
    KEYS = "GAI515"
    """A calculation has too many keys."""


def say(fault: Fault, message: str, span: Span, help_: str | None = None, label: str = "", *edits: Edit) -> Diagnostic:
    """The message for a fault."""
    return Diagnostic(fault.value, message, span, label=label, help=help_, fix=edits)
