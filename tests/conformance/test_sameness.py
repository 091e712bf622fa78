"""Neither the format of a file nor the names and the order of what is in it change a value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conformance.cases import NAMES, read_case
from tests.conformance.importing import import_file
from tests.conformance.model import Hours, Nothing, Number, Word
from tests.conformance.renaming import rename_native, rename_neutral
from tests.conformance.sameness import find_differences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conformance.conftest import Imports
    from tests.conformance.model import Model, Value
    from tests.conformance.sameness import Name

SEED = 20261120


@pytest.mark.parametrize("name", NAMES)
def test_both_formats_give_the_same_values(name: str, imported: Imports) -> None:
    case = read_case(name)
    differences = list(find_differences(imported(case.native), imported(case.neutral), {}))
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("name", NAMES)
def test_names_and_order_of_the_native_file_do_not_matter(name: str, imported: Imports, tmp_path: Path) -> None:
    case = read_case(name)
    renamed, labels = rename_native(json.loads(case.native.read_text(encoding="utf-8")), SEED)
    assert_same(imported(case.native), renamed, labels, tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_names_and_order_of_the_neutral_file_do_not_matter(name: str, imported: Imports, tmp_path: Path) -> None:
    case = read_case(name)
    renamed, labels = rename_neutral(case.document, SEED)
    assert_same(imported(case.neutral), renamed, labels, tmp_path)


def assert_same(original: Model, renamed: dict[str, object], labels: dict[str, str], folder: Path) -> None:
    path = folder / "renamed.json"
    path.write_text(json.dumps(renamed), encoding="utf-8")
    differences = list(find_differences(original, import_file(path, folder / "other"), labels))
    assert not differences, "\n".join(differences)


class Listing:
    """Values written down."""

    def __init__(self, values: dict[Name, Value]) -> None:
        self._values = values

    def everything(self) -> Iterator[tuple[Name, Value]]:
        return iter(self._values.items())


def named(label: str, member: str | None = None) -> Name:
    return (label, "server", "power", member)


@pytest.mark.parametrize(
    ("found", "same"),
    [
        (Hours(0, (1.0, 2.0), "W"), True),
        (Hours(0, (1.0, 2.0 + 1e-13), "W"), True),
        (Hours(0, (1.0, 2.0 + 1e-11), "W"), False),
        (Hours(1, (1.0, 2.0), "W"), False),
        (Hours(0, (1.0, 2.0, 0.0), "W"), False),
        (Hours(0, (1.0, 2.0), "kW"), False),
        (Number(1.0, "W"), False),
        (Word("W"), False),
        (Nothing(), False),
    ],
)
def test_another_value_is_a_difference(found: Value, same: bool) -> None:
    one, other = Listing({named("a"): Hours(0, (1.0, 2.0), "W")}), Listing({named("b"): found})
    assert (not list(find_differences(one, other, {"a": "b"}))) == same


def test_what_is_missing_or_besides_is_a_difference() -> None:
    one = Listing({named("a", "m"): Number(1.0, "W")})
    assert not list(find_differences(one, Listing({named("b", "n"): Number(1.0, "W")}), {"a": "b", "m": "n"}))
    assert list(find_differences(one, Listing({named("b", "m"): Number(1.0, "W")}), {"a": "b", "m": "n"})) == [
        "'a' (server) power[m] is not there as 'b' (server) power[n]",
        "'b' (server) power[m] is there besides",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_renaming_leaves_no_old_name(name: str) -> None:
    case = read_case(name)
    native = json.loads(case.native.read_text(encoding="utf-8"))
    for document, rename in ((native, rename_native), (case.document, rename_neutral)):
        renamed, labels = rename(document, SEED)
        assert len(set(labels.values())) == len(labels) > 5
        assert not set(labels) & set(labels.values())
        assert rename(document, SEED + 1)[1] != labels == rename(document, SEED)[1]
        assert count(renamed) >= count({**document, "expected": {}})


def count(value: object) -> int:
    """How many values a document has."""
    match value:
        case dict():
            return sum(map(count, value.values()))
        case list():
            return sum(map(count, value))
        case _:
            return 1
