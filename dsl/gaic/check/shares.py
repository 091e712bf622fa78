"""Numbers that stand in lists and tables: written out, without names and formulas."""

from __future__ import annotations

from gaic.syntax import expressions as s


def plain_number(expression: s.Expression) -> float | None:
    """The value of a number without a unit; None for anything else."""
    match expression:
        case s.Number(value):
            return value
        case s.Unary("-", s.Number(value)):
            return -value
        case s.Sourced(value):
            return plain_number(value)
        case _:
            return None


def read_share(expression: s.Expression) -> float | None:
    """The value of a plain number or a percentage; None for anything else."""
    match expression:
        case s.Sourced(value):
            return read_share(value)
        case s.Quantity(value, _, s.Name("%")):
            return value * 0.01
        case other:
            return plain_number(other)
