"""Files that are broken, strange or meant to do harm: a clear message, never a traceback, nothing lost in silence."""

from __future__ import annotations

import base64
import sys
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from gaic.api.importing import import_model
from gaic.exchange.faults import ForeignError, MissingExtraError
from gaic.exchange.table import UnknownFormatError, UnknownRulesError
from gaic.source.limits import Limits
from tests.unit.exchange.foreign import bring, hours, pack, quantity, save, web, week

if TYPE_CHECKING:
    from pathlib import Path

    Change = tuple[str, str, str, Any]

CIRCLE = {
    "a": {"name": "a", "id": "a", "sub_group_counts": {"b": 1}, "edge_device_counts": {}},
    "b": {"name": "b", "id": "b", "sub_group_counts": {"a": 1}, "edge_device_counts": {}},
}


YES = True


def frame(raw: bytes) -> str:
    return base64.b64encode(zstandard.ZstdCompressor().compress(raw)).decode()


def undeclared(size: int) -> str:
    """A frame that does not say how much it holds."""
    writer = zstandard.ZstdCompressor(write_content_size=False)
    return base64.b64encode(writer.compress(bytes(size))).decode()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[1]", "holds no JSON object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": 1, "a": 2}', 'the key "a" stands twice'),
        ('{"a": ' + "9" * 5000 + "}", "model.json"),
        ("{}", "it names no version"),
        ('{"efootprint_version": 27}', "it names no version"),
        ('{"efootprint_version": "9.9.9"}', "versions 10 to 27 are read"),
        ('{"efootprint_version": "28.0.0"}', "versions 10 to 27 are read"),
        ('{"efootprint_version": "27.0.0", "Server": []}', 'the block "Server" is no object but a list'),
        ('{"efootprint_version": "27.0.0", "Server": {"a": 1}}', 'Server "a" is no object but a number'),
        ('{"efootprint_version": "27.0.0", "Server": {"a": {}}}', 'the name of Server "a" is no text but null'),
        ('{"efootprint_version": "27.0.0", "Server": {"a": {"name": "x", "id": "b"}}}', "its id is another one"),
        ('{"efootprint_version": "27.0.0", "Server": {"a": {"name": "x"}}, "Job": {"a": {"name": "y"}}}',
         "that of another object too"),
        ('{"efootprint_version": "27.0.0", "Sources": {"a": 1}}', 'source "a" is no object'),
        ('{"format": "efootprint-conformance/1"}', "it names no version"),
        ('{"format": "efootprint-conformance/1", "peer": "e-footprint 27.0.0"}', "inputs is no object"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ForeignError, match=message) as raised:
        bring(text, tmp_path)
    assert raised.value.exit_code == 1


def test_files_that_are_no_files_of_text(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(ForeignError, match="not UTF-8"):
        import_model("efootprint", path)
    path.write_text(" " * 100)
    with pytest.raises(ForeignError, match="larger than 50 bytes"):
        import_model("efootprint", path, limits=Limits(file_size=50))
    with pytest.raises(ForeignError, match="not a file"):
        import_model("efootprint", tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("Server", "ser", "power", 5), 'Server "web", power: the value is no object but a number'),
        (("Server", "ser", "power", quantity("much", "watt")), "the value is no number but a text"),
        (("Server", "ser", "power", quantity(YES, "watt")), "the value is no number but true"),
        (("Server", "ser", "power", quantity(float("nan"), "watt")), "the value is not a finite number"),
        (("Server", "ser", "power", quantity(float("-inf"), "watt")), "the value is not a finite number"),
        (("Server", "ser", "power", quantity(10**400, "watt")), "the value is not a finite number"),
        (("Server", "ser", "power", quantity(1, 5)), "the unit is no text but a number"),
        (("Server", "ser", "storage", "none"), 'it links to "none", which the file does not hold'),
        (("Server", "ser", "storage", ["sto"]), "a link is an id, and this is a list"),
        (("Server", "ser", "server_type", {"value": []}), "the value is no text but a list"),
        (("System", "sys", "usage_patterns", ["none"]), 'it links to "none"'),
        (("UsageJourneyStep", "ste", "jobs", [1]), "holds something that is no id"),
        (("UsageJourneyStep", "ste", "jobs", {"job": quantity(-1)}), 'the weight of "job" is below 0'),
        (("UsageJourneyStep", "ste", "jobs", {"job": quantity(None)}), 'the weight of "job" is no number'),
        (("UsageJourneyStep", "ste", "jobs", {"none": 1}), 'it links to "none"'),
        (("Country", "cou", "short_name", 7), "the value is no text but a number"),
        (("UsagePattern", "pat", "hourly_occurrences", 1), "the series is no object"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], compressed_values="%%")), "no base64 text"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], compressed_values="AAAA")), "no Zstandard frame"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], compressed_values=pack([1])[:-8])), "Zstandard"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], compressed_values=frame(b"12345"))), "multiple of 4"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], compressed_values=frame(bytes(4_000_004)))),
         r"more than 1,000,000 packed hours \(1,000,001\)"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], compressed_values=undeclared(4_000_004))),
         "more than 1,000,000 packed hours"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([float("nan")])), "is not a finite number"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], start_date="soon")), "`start_date` is no date"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], start_date="2025-13-01")), "`start_date`"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], start_date=None)), "`start_date` is no text"),
        (("UsagePattern", "pat", "hourly_occurrences", hours([1], timezone="Mars/Base")), "there is no zone"),
        (("EdgeDeviceGroup", "a", "x", CIRCLE), "objects link in a circle: .*a.* -> .*b.* -> .*a"),
    ],
)  # fmt: skip
def test_a_file_that_contradicts_itself(tmp_path: Path, change: Change, message: str) -> None:
    data = web()
    sort, id_, attribute, value = change
    if sort == "EdgeDeviceGroup":
        data[sort] = value
    else:
        data[sort][id_][attribute] = value
    with pytest.raises(ForeignError, match=message):
        bring(data, tmp_path)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    data = web()
    data["Server"]["ser"] |= {f"power_{n}": 1 for n in range(3)} | {"power": 5, "ram": [], "storage": 7}
    with pytest.raises(ForeignError) as raised:
        bring(data, tmp_path)
    assert len(raised.value.faults) == 3
    many = web()
    many["Server"] = {str(n): {"name": "x", "storage": "none"} for n in range(30)}
    with pytest.raises(ForeignError, match="and 11 more"):
        bring(many, tmp_path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("Server", "ser", "colour", "red"), 'Server "web": colour: the attribute is not known'),
        (("Server", "ser", "power", quantity(1, "parsec")), "Server \"web\": power: the unit 'parsec' is not known"),
        (("Server", "ser", "power", quantity(1, "wa$tt")), "Server \"web\": power: the unit 'wa$tt' cannot be read"),
        (("Server", "ser", "power", quantity(1, "x" * 300)), 'Server "web": power: the unit is longer than a unit is'),
        (("Server", "ser", "power", quantity(1, "kilogram")), 'Server "web": power: kg does not fit, W is wanted'),
        (("Server", "ser", "power", quantity(1)), 'Server "web": power: a plain number does not fit, W is wanted'),
        (("Server", "ser", "power", quantity(1, "watt", owner="me")), 'Server "web": power.owner: it is not known'),
        (("Server", "ser", "power", {"value": None, "comment": "ask"}),
         'Server "web": power: a value that is not set has a source or comment'),
        (("Server", "ser", "server_type", {"value": "moon"}),
         'Server "web": server_type: "moon" is none of autoscaling, on-premise, serverless'),
        (("Server", "ser", "fraction_of_usage_time", quantity(1, comment="why")),
         'Server "web": fraction_of_usage_time: it plays no part, though it has a source or comment'),
        (("Server", "ser", "fraction_of_usage_time", quantity(1, confidence=3)),
         'Server "web": fraction_of_usage_time.confidence: the confidence is no text but a number'),
        (("Country", "cou", "timezone", {"zone": "Mars/Base"}),
         'Country "France": timezone: there is no time zone "Mars/Base"'),
        (("UsageJourneyStep", "ste", "jobs", {"job": quantity(1, "watt")}),
         "UsageJourneyStep \"read\": jobs: a weight in 'watt'"),
    ],
)  # fmt: skip
def test_what_has_no_counterpart_is_listed(tmp_path: Path, change: Change, told: str) -> None:
    data = web()
    sort, id_, attribute, value = change
    data[sort][id_][attribute] = value
    assert told in [str(each) for each in bring(data, tmp_path).left_out]


def test_classes_without_counterpart_take_with_them_what_needs_them(tmp_path: Path) -> None:
    data = web()
    data["WebApplication"] = {"app": {"name": "shop", "id": "app", "server": "ser"}}
    data["WebApplicationJob"] = {"waj": {"name": "buy", "id": "waj", "service": "app"}}
    data["Spaceship"] = {"xyz": {"id": "xyz"}}
    data["weather"] = "fine"
    data["UsageJourneyStep"]["ste"]["jobs"] = {"job": 1, "waj": 2}
    data["Job"]["far"] = {"name": "far", "id": "far", "server": "xyz"}
    told = [str(each) for each in bring(data, tmp_path).left_out]
    assert told[0] == 'the entry "weather": it is not known'
    assert any(line.startswith('WebApplication "shop": the measured catalogue') for line in told)
    assert 'Spaceship "xyz": the class "Spaceship" is not known' in told
    assert 'Job "far": it cannot be without `server`, which could not be translated' in told
    assert 'UsageJourneyStep "read": jobs: a link leads to what could not be translated' in told


def test_strange_series_take_their_pattern_with_them(tmp_path: Path) -> None:
    for strange in ({"unit": "occurrence"}, {"form_inputs": {"type": "tide"}}, hours([]),
                    hours([1], timezone="Asia/Kolkata")):  # fmt: skip
        data = web()
        data["UsagePattern"]["pat"]["hourly_occurrences"] = strange
        told = [str(each) for each in bring(data, tmp_path).left_out]
        assert told[0].startswith('UsagePattern "users": hourly_occurrences: ')
        assert told[1] == 'UsagePattern "users": it cannot be without `starts`, which could not be translated'


def test_several_wholes_and_patterns_outside(tmp_path: Path) -> None:
    data = web()
    data["UsagePattern"]["out"] = {**data["UsagePattern"]["pat"], "id": "out", "name": "outside"}
    data["System"]["two"] = {"name": "second", "id": "two", "usage_patterns": ["out"]}
    imported = bring(data, tmp_path)
    assert "outside" not in imported.text
    assert [str(each) for each in imported.left_out] == [
        'System "second": one file is one model, and this is its second whole',
        'UsagePattern "outside": it is no part of System "small web"',
    ]
    del data["System"]
    assert 'usage_pattern outside "outside"' in bring(data, tmp_path).text
    assert "totals" not in bring(data, tmp_path).text


def test_all_series_together_are_bounded(tmp_path: Path) -> None:
    data = web()
    pattern, packed = data["UsagePattern"]["pat"], pack([0] * 1_000_000)
    data["UsagePattern"] = {
        f"p{n}": {
            **pattern,
            "id": f"p{n}",
            "hourly_occurrences": hours([], compressed_values=packed),
        }
        for n in range(6)
    }
    data["System"]["sys"]["usage_patterns"] = list(data["UsagePattern"])
    path = save(data, tmp_path)
    with pytest.raises(ForeignError, match="more than 0 packed hours"):
        import_model("efootprint", path)


def test_many_objects_of_one_name_are_quick(tmp_path: Path) -> None:
    data = web()
    data["EdgeComputerCPUComponent"] = {f"c{n}": {"name": "same", "id": f"c{n}"} for n in range(20_000)}
    imported = bring(data, tmp_path)
    assert len(imported.left_out) == 20_000


def test_without_the_library_that_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingExtraError, match="zstandard") as raised:
        bring(web(), tmp_path)
    assert raised.value.hint == "pip install gaic[efootprint]"
    assert raised.value.exit_code == 2


def test_unknown_formats_and_rules(tmp_path: Path) -> None:
    path = save(web(), tmp_path)
    with pytest.raises(UnknownFormatError, match="there is no format `none`"):
        import_model("none", path)
    with pytest.raises(UnknownRulesError) as raised:
        import_model("efootprint", path, rules="none")
    assert raised.value.hint == "rules are efootprint_27, efootprint_15, std"


NEUTRAL: dict[str, Any] = {
    "format": "efootprint-conformance/1",
    "peer": "e-footprint 27.0.0 (ecologits 0.11.3)",
    "inputs": {"series": {}, "objects": {}},
}


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ({"n": -1}, "n is not a whole number"),
        ({"n": 1.5}, "n is not a whole number"),
        ({"n": 10**7}, "from 0 to 1,000,000"),
        ({"n": 2, "values": [1]}, "has 1 values, and n is 2"),
        ({"n": 1, "values": [None]}, "entry 1 of .* is no number but null"),
        ({"n": 1}, "has neither values nor"),
        ({"n": 2, "runs": [[1]]}, "a run of .* is not a value and how many hours it lasts"),
        ({"n": 2, "runs": [[1, 10**9]]}, "a run of .* is not a value and how many hours it lasts"),
        ({"n": 2, "runs": [[1, 1.5]]}, "a run of .* is not a value and how many hours it lasts"),
        ({"n": 2, "constant": 1, "set": [[5, 1]]}, "an hour that is not there"),
        ({"n": 2, "constant": 1, "set": [[0.5, 1]]}, "an hour that is not there"),
        ({"n": 2, "constant": 1, "set": [[1]]}, "an entry of `set` of .* is not an hour and a value"),
        ({"n": 2, "constant": 1, "set": [5]}, "an entry of `set` of .* is no list but a number"),
        ({"n": 2, "constant": 1, "set": 5}, "`set` of .* is no list but a number"),
        ({"n": 2, "constant": 1, "set": {}}, "`set` of .* is no list but an object"),
        ({"n": 2, "formula": {"terms": 5}}, "`terms` of .* is no list but a number"),
        ({"n": 2, "formula": {"terms": [{"kind": "mod", "m": 0}]}}, "divides by a number above 0"),
        ({"n": 2, "formula": {"terms": [{"kind": "mod", "m": 1.5}]}}, "not a whole number"),
        ({"n": 2, "formula": {"terms": [{"kind": "wave"}]}}, "the unknown kind"),
        ({"n": 2, "formula": {"terms": [{"kind": "cycle", "values": []}]}}, "a cycle of .* is empty"),
        ({"n": 2, "formula": {"terms": [{"kind": "cycle", "values": 1}]}}, "`values` of a cycle of .* is no list"),
        ({"n": 2, "formula": {"divide_by": 0}}, "divides by 0"),
    ],
)
def test_neutral_series_that_are_broken(tmp_path: Path, series: dict[str, object], message: str) -> None:
    entry = {"class": "UsagePattern", "attributes": {"hourly_occurrences": {"series": "s"}}}
    data = {**NEUTRAL, "inputs": {"series": {"s": {"start": "2025-01-01", **series}}, "objects": {"p": entry}}}
    with pytest.raises(ForeignError, match=message):
        bring(data, tmp_path)


def test_neutral_objects_that_are_broken(tmp_path: Path) -> None:
    entry = {"class": "UsagePattern", "attributes": {"hourly_occurrences": {"series": "none"}}}
    data = {**NEUTRAL, "inputs": {"series": {}, "objects": {"p": entry, "q": {"class": 5}}}}
    with pytest.raises(ForeignError) as raised:
        bring(data, tmp_path)
    assert [fault.split(": ")[-1] for fault in raised.value.faults] == [
        'there is no series "none"',
        'the class of "q" is no text but a number',
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"recurring_values": "[1, 2]", "unit": "cpu_core"},
        {"recurring_values": "nothing", "unit": "cpu_core"},
        {"recurring_values": "[" * 5000, "unit": "cpu_core"},
        {"recurring_values": "[" + "0" * 10_000, "unit": "cpu_core"},
        {"recurring_values": "[NaN" + ", 1" * 167 + "]", "unit": "cpu_core"},
        {"form_inputs": {"constant_value": "x"}, "unit": "cpu_core"},
        {"form_inputs": {"profiles": 1, "unit": "cpu_core"}},
        {"form_inputs": {"profiles": [{"days": [0], "baseline": 1, "ranges": []}], "unit": "cpu_core"}},
        {"form_inputs": {"profiles": [{"days": list(range(7)), "baseline": 1e99, "ranges": []}], "unit": "cpu_core"}},
        {"form_inputs": {"profiles": [{"days": [*range(7), 0], "baseline": 1, "ranges": []}], "unit": "cpu_core"}},
        {"form_inputs": {"profiles": [{"days": [0.5], "baseline": 1, "ranges": []}], "unit": "cpu_core"}},
        {
            "form_inputs": {
                "profiles": [
                    {
                        "days": list(range(7)),
                        "baseline": 1,
                        "ranges": [{"start": 1, "end": 9, "value": 2}, {"start": 8, "end": 10, "value": 3}],
                    }
                ],
                "unit": "cpu_core",
            }
        },
    ],
)
def test_weeks_that_are_broken(tmp_path: Path, broken: dict[str, object]) -> None:
    data = web()
    data["EdgeCPUComponent"] = {"cpu": {"name": "cpu", "id": "cpu"}}
    need = {"name": "need", "id": "need", "edge_component": "cpu", "recurrent_need": week(1, "cpu_core")}
    data["RecurrentEdgeComponentNeed"] = {"need": need}
    assert bring(data, tmp_path).left_out == ()
    need["recurrent_need"] = broken
    with pytest.raises(ForeignError, match="recurrent_need"):
        bring(data, tmp_path)
    need["recurrent_need"] = {"form_inputs": {"tide": 1}}
    assert "a week in a form that is not known" in str(bring(data, tmp_path).left_out[0])
