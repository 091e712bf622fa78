from __future__ import annotations

import json
import math

import pytest

from gaic.evaluate.account import ScalarValue
from gaic.schema.text import json_text
from gaic.schema.values import full_value_object, instant, place, reference_object, value_object
from tests.unit.evaluated import SERIES, VALUES, WAIT, hourly


def test_a_scalar_with_what_is_uncertain_about_it() -> None:
    assert value_object(VALUES["wait"]) == {
        "shape": "scalar",
        "value": 84.8528137424,
        "unit": "s",
        "range": {"low": 60.0, "high": 120.0, "meaning": "p5-p95"},
    }
    assert value_object(VALUES["share"]) == {"shape": "scalar", "value": 0.333333333333, "unit": ""}


def test_a_series_in_short_and_in_full() -> None:
    head = {"shape": "hourly", "nature": "amount", "unit": "req", "start": "2024-12-31T23:00:00Z", "n": 30}
    assert value_object(VALUES["count[web]"]) == {
        **head,
        "summary": {
            "first10": SERIES[:10],
            "last10": SERIES[-10:],
            "min": 0.0,
            "max": 6.0,
            "mean": 2.83333333333,
            "sum": 85.0,
        },
    }
    assert full_value_object(VALUES["count[web]"], SERIES) == {**head, "values": SERIES}


def test_the_sum_of_a_level_is_null_and_a_local_start_has_no_z() -> None:
    level = value_object(hourly(SERIES, nature="level", local=True))
    assert level["start"] == "2024-12-31T23:00:00"
    assert isinstance(level["summary"], dict)
    assert level["summary"]["sum"] is None


def test_words_truth_nothing_references() -> None:
    assert value_object(VALUES["mode"]) == {"shape": "choice", "value": "slow"}
    assert value_object(VALUES["since"]) == {"shape": "date", "value": "2026-01-01"}
    assert value_object(VALUES["open"]) == {"shape": "bool", "value": True}
    assert value_object(VALUES["limit"]) == {"shape": "absent"}
    assert full_value_object(VALUES["limit"], ()) == {"shape": "absent"}
    assert reference_object("a.b") == {"shape": "reference", "value": "a.b"}
    assert reference_object("a.b", 0.5) == {"shape": "reference", "value": "a.b", "weight": 0.5}


def test_places_and_instants() -> None:
    assert place(WAIT) == {"file": "m.gai", "line": 2, "column": 10}
    assert instant(0) == "1970-01-01T00:00:00Z"
    assert instant(-8760 * 1900) < "0100"
    assert len(instant(-8760 * 1900)) == len("0071-04-05T00:00:00Z")


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_does_not_know_are_a_fault(number: float) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are those of the library
        value_object(ScalarValue(number, "s"))
    with pytest.raises(ValueError):  # noqa: PT011 - Python chooses the words
        json_text({"x": number})


def test_text_is_open_to_the_fourth_level_and_one_line_below() -> None:
    document: dict[str, object] = {
        "a": {"b": {"c": {"d": {"e": 1, "f": [1, 2]}, "g": "é\u202e"}}},
        "rows": [{"x": 1}, {"y": {"z": None}}],
        "numbers": [1.0, 2.5],
        "empty": {},
        "none": [],
    }
    text = json_text(document)
    assert json.loads(text) == document
    assert text == (
        "{\n"
        '  "a": {\n'
        '    "b": {\n'
        '      "c": {\n'
        '        "d": {"e": 1, "f": [1, 2]},\n'
        '        "g": "é\u202e"\n'
        "      }\n"
        "    }\n"
        "  },\n"
        '  "rows": [\n'
        '    {"x": 1},\n'
        '    {"y": {"z": null}}\n'
        "  ],\n"
        '  "numbers": [1.0, 2.5],\n'
        '  "empty": {},\n'
        '  "none": []\n'
        "}\n"
    )
