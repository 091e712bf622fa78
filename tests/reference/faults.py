"""What should have been refused before: raised only if the checker and the reference disagree."""

from __future__ import annotations


class MisfitError(TypeError):
    """An expression is not what its place wants."""

    def __init__(self, text: str, wanted: str) -> None:
        super().__init__(f"`{text}` is no {wanted}")


class ConversionError(ValueError):
    """A literal in root units is something else for Pint than for the checker."""

    def __init__(self, text: str, here: float, checked: float) -> None:
        super().__init__(f"`{text}` is {here} in root units, the checker says {checked}")
