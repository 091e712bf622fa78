"""Why evidence cannot be used."""

from __future__ import annotations


class NoEvidenceError(Exception):
    """There is nothing to verify: the folder is not there, or its site was built without evidence."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        self.hint = hint
        super().__init__(message)


class BrokenError(Exception):
    """A file of the evidence is not what it must be; `file` is its name in the site."""

    def __init__(self, file: str, message: str) -> None:
        self.file = file
        self.message = message
        super().__init__(f"{file}: {message}")


class FormulaError(Exception):
    """A formula has no result: it divides by zero, asks for what is not there, or is none."""
