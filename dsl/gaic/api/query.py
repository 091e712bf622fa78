"""Answers a question for one PATH of an evaluated model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gaic.api.lookup import Found, FoundWithoutValue, find_path
from gaic.api.units import NotANumberError, convert_account, read_unit
from gaic.schema.evaluation import evaluation_of, evaluation_without_value

if TYPE_CHECKING:
    from gaic.api.lookup import Searchable
    from gaic.evaluate.account import Account
    from gaic.schema.text import Json


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path means and its values in the unit that was asked for (none for what has no value of its own).

    `factor` turns the hours of the ledger into that unit.
    """

    found: Found | FoundWithoutValue
    accounts: tuple[Account, ...]
    factor: float
    ledger: Searchable

    @property
    def table(self) -> bool:
        """Say whether there is one value per member."""
        return isinstance(self.found, Found) and self.found.table

    def document(self) -> Json:
        """The answer as JSON: a value object with what is known of it; a series in full."""
        if isinstance(self.found, FoundWithoutValue):
            return evaluation_without_value(self.found.path, self.found.kind, self.found.attribute)
        return evaluation_of(self.ledger, self.accounts, self.found.path, self.factor)


def answer_query(ledger: Searchable, path: str, unit: str | None = None) -> Answer:
    """The value or values of a path, in `unit` if one is given.

    Raises `UnknownPathError` for a path that means nothing, `UsageError` for a unit that does not fit.
    """
    found = find_path(ledger, path)
    system = ledger.program.system
    if isinstance(found, FoundWithoutValue):
        if unit is not None:
            read_unit(system, unit)
            raise NotANumberError(found.path, unit)
        return Answer(found, (), 1.0, ledger)
    converted = [convert_account(system, ledger.account(node), unit) for node in found.nodes]
    return Answer(found, tuple(each.account for each in converted), converted[0].factor, ledger)
