"""What can go wrong while numbers are computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gaic.source.diagnostic import GaicError

if TYPE_CHECKING:
    from gaic.lower.joins import Indices
    from gaic.source.diagnostic import Label
    from gaic.source.text import Span


class RowFault(GaicError):
    """A formula cannot be computed for some rows; the evaluation goes on with the others."""

    def __init__(
        self, code: str, message: str, span: Span, fix: str | None = None, labels: tuple[Label, ...] = ()
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.fix = fix
        self.labels = labels


class FailedBefore(GaicError):
    """A formula reads a value that failed; that was reported already."""


class NotReady(GaicError):
    """A formula reads values of a circular stage that are not computed yet."""

    def __init__(self, nodes: Indices) -> None:
        super().__init__()
        self.nodes = nodes
