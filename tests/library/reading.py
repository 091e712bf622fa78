"""Evaluates small models that use the library, and reads their values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaic.api.compile import compile_model
from gaic.evaluate.account import HourlyValue, ScalarValue

if TYPE_CHECKING:
    import pytest

    from gaic.api.compile import Outcome
    from gaic.evaluate.ledger import Ledger

    Json = dict[str, Any]

FOLDER = Path(__file__).resolve().parent


def read_json(name: str) -> Json:
    """A file of expected values in this folder."""
    content: Json = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def compile_text(folder: Path, text: str) -> Outcome:
    """What comes of a model that is written into a folder."""
    path = folder / "model.gai"
    path.write_text(text, encoding="utf-8")
    return compile_model(path)


def evaluate(factory: pytest.TempPathFactory, text: str) -> Ledger:
    """The values of a model that has no errors."""
    outcome = compile_text(factory.mktemp("model"), text)
    assert outcome.ledger is not None, outcome.diagnostics
    return outcome.ledger


def read(ledger: Ledger, path: str) -> object:
    """Any value."""
    node = ledger.find(path)
    assert node is not None, path
    return ledger.account(node).value


def number(ledger: Ledger, path: str, unit: str) -> float:
    """A number, or the sum of an hourly amount, in the given unit."""
    value = read(ledger, path)
    system = ledger.program.system
    if isinstance(value, HourlyValue):
        assert value.sum is not None, path
        return value.sum * system.unit(value.unit).factor / system.unit(unit).factor
    assert isinstance(value, ScalarValue), f"{path} is {value}"
    return value.value * system.unit(value.unit).factor / system.unit(unit).factor
