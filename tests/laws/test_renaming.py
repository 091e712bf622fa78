"""Neither the names of objects nor the order of declarations has a part in any value."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import pytest

from gaic.evaluate.account import HourlyValue, ScalarValue, WordValue
from tests.laws.models import (
    MODELS,
    cut_items,
    declared_kinds,
    declared_objects,
    evaluate,
    rename,
    rename_path,
    values_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gaic.evaluate.account import Value

DIGITS = 1e-12

Values = dict[str, tuple["Value", list[float]]]


def assert_same(one: Values, other: Values, names: Mapping[str, str]) -> None:
    """Two runs have the same values under paths that differ in names alone."""
    assert {rename_path(path, names) for path in one} == set(other)
    for path, (value, hours) in one.items():
        found, other_hours = other[rename_path(path, names)]
        assert type(value) is type(found), path
        most = max((abs(hour) for hour in hours), default=0.0)
        near = [
            math.isclose(a, b, rel_tol=DIGITS, abs_tol=DIGITS * most) for a, b in zip(hours, other_hours, strict=True)
        ]
        assert all(near), path
        if isinstance(value, ScalarValue) and isinstance(found, ScalarValue):
            assert math.isclose(value.value, found.value, rel_tol=DIGITS), path
            assert value.unit == found.unit, path
        elif isinstance(value, HourlyValue) and isinstance(found, HourlyValue):
            same = ("nature", "unit", "start", "n", "local")
            assert [getattr(value, name) for name in same] == [getattr(found, name) for name in same], path
        elif isinstance(value, WordValue) and isinstance(found, WordValue):
            assert rename_path(value.value, names) == found.value, path
        else:
            assert value == found, path


@pytest.mark.parametrize("model", MODELS)
def test_renaming_every_object_changes_no_value(models: Path, model: str) -> None:
    path = models / model
    text = path.read_text(encoding="utf-8")
    before = values_of(evaluate(path))
    # Names that sort the other way round, so that an order by name would show.
    found = [*declared_objects(text), *declared_kinds(text)]
    names = {name: f"z{len(found) - number:02}_thing" for number, name in enumerate(sorted(found))}
    path.write_text(rename(text, names), encoding="utf-8")
    assert_same(before, values_of(evaluate(path)), names)


@pytest.mark.parametrize("order", ["reversed", "sorted", "shuffled"])
@pytest.mark.parametrize("model", MODELS)
def test_the_order_of_declarations_changes_no_value(models: Path, model: str, order: str) -> None:
    path = models / model
    text = path.read_text(encoding="utf-8")
    before = values_of(evaluate(path))
    head, items = cut_items(text)
    assert len(items) > 10
    if order == "shuffled":
        random.Random(1).shuffle(items)
    else:
        items = items[::-1] if order == "reversed" else sorted(items)
    path.write_text(head + "\n".join(items), encoding="utf-8")
    assert_same(before, values_of(evaluate(path)), {})
