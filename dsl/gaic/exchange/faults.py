"""What can go wrong with a foreign file, and what of it cannot be translated."""

from __future__ import annotations

from dataclasses import dataclass

from gaic.source.diagnostic import GaicError, UsageError

MOST_SHOWN = 20
"""How many faults of one file a message lists before it counts the rest."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of a foreign file that the translation lacks: its place there, what it is, and why."""

    place: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}: {self.why}" if self.what else f"{self.place}: {self.why}"


class ForeignError(GaicError):
    """A foreign file that cannot be read, or that contradicts itself; `faults` are the places and reasons."""

    exit_code = 1

    def __init__(self, faults: tuple[str, ...], hint: str | None = None) -> None:
        self.faults = faults
        self.hint = hint
        more = len(faults) - MOST_SHOWN
        super().__init__("\n  ".join(faults[:MOST_SHOWN]) + (f"\n  and {more} more" if more > 0 else ""))


class UnreadableError(ForeignError):
    """One reason why a file cannot be read at all."""

    def __init__(self, reason: str, hint: str | None = None) -> None:
        super().__init__((reason,), hint)


class MissingExtraError(UsageError):
    """A library is needed that a plain installation does not bring."""

    def __init__(self, library: str, extra: str) -> None:
        self.hint = f"pip install gaic[{extra}]"
        super().__init__(f"this file needs the library {library}, which is not installed")


class BadValueError(GaicError):
    """A value that is not what stands at its place in a sound file; collected, then raised as `ForeignError`."""

    exit_code = 1


class StrangeValueError(GaicError):
    """A sound value that has no counterpart; it is listed as left out."""

    exit_code = 1
