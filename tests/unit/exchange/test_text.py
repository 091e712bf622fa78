"""Names, labels and the form of the text; whatever a file says, the text is a model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from gaic.api.scratch import check_text, evaluate_text
from gaic.exchange.names import TAKEN, Namer, slug
from gaic.exchange.packed import number_text, shortest
from gaic.exchange.weeks import table_lines
from tests.unit.exchange.foreign import bring, hours, quantity, web

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Web server", "web_server"),
        ("Maker's data sheet, rev. 3", "makers_data_sheet_rev_3"),
        ("Élan vital (straße) №7", "elan_vital_strasse_no7"),
        ("a" * 100, "a" * 48),
        ("one two " * 20, "one_two_one_two_one_two_one_two_one_two_one_two"),
        ("服务器", ""),
        ("", ""),
        ('"; drop', "drop"),
        ("20 min", "20_min"),
    ],
)
def test_a_label_as_a_name(label: str, name: str) -> None:
    assert slug(label) == name


def test_names_are_unique_and_free() -> None:
    namer = Namer(["taken"])
    labels = ["web", "web", "web", "20 min", "", "服务器", "taken", "input", "sum", "Total", "step"]
    names = [namer.name(label, "step") for label in labels]
    assert names == [
        "web", "web_step", "web_step_2", "step_20_min", "step_1", "step_2", "taken_step", "input_step", "sum_step",
        "total_step", "step",
    ]  # fmt: skip
    assert not TAKEN.intersection(names)


LABELS = [
    "",
    " ",
    "plain",
    "plain",
    'said "so"',
    "two\nlines\r\nand\ttab",
    "back\\slash \\n \\u{41}",
    "right\u202eleft",
    "zero\u200bwidth \x00 nul \x1b[31m",
    "服务器 🖥",
    "#=> } ## {",
    "total",
    "input",
    "std",
    "lone \ud800 surrogate",
    "x" * 500,
]


def test_any_label_is_kept_and_the_model_is_sound(tmp_path: Path) -> None:
    data = web()
    job = data["Job"]["job"]
    data["Job"] = {f"id{n}": {**job, "id": f"id{n}", "name": label} for n, label in enumerate(LABELS)}
    data["UsageJourneyStep"]["ste"]["jobs"] = {id_: quantity(1) for id_ in data["Job"]}
    data["System"]["sys"]["name"] = LABELS[7]
    data["Country"]["cou"]["short_name"] = 'F\n} server x "" {'
    data["Server"]["ser"]["ram"]["comment"] = "".join(LABELS)
    imported = bring(data, tmp_path)
    scratch = evaluate_text(imported.text, imported.files)
    assert [found.message for found in scratch.diagnostics] == []
    assert scratch.program is not None
    labels = [entity.label for entity in scratch.program.entities if entity.kind.endswith("job")]
    assert labels == [label.replace("\ud800", "?") for label in LABELS]
    assert next(e.label for e in scratch.program.entities if e.path == "total") == LABELS[7]
    assert not re.search(r"id\d", imported.text)
    assert all(len(line) < 5000 and line.isprintable() for line in imported.text.split("\n"))


def test_every_id_may_be_a_name_and_no_name_is_an_id(tmp_path: Path) -> None:
    """Ids are the peer's; a label that is equal to one gets another name."""
    data = web()
    data["Server"]["ser"]["name"] = "job"
    imported = bring(data, tmp_path)
    assert 'server job_server "job" {' in imported.text


def test_the_form_of_the_text(tmp_path: Path) -> None:
    data = web()
    data["Sources"]["s"] = {"id": "s", "name": "A source with a long name, " + "and so on " * 8, "link": None}
    note = "a remark that is long enough to need a line of its own, with all that it says"
    data["Server"]["ser"]["power"] = quantity(400, "watt", source="s", confidence="low", comment=note)
    jobs = {f"j{n}": {**data["Job"]["job"], "id": f"j{n}", "name": f"job of a long name {n}"} for n in range(12)}
    data["Job"] = jobs
    data["UsageJourneyStep"]["ste"]["jobs"] = dict.fromkeys(jobs, 1)
    data["UsagePattern"]["pat"]["hourly_occurrences"] = hours([1234567.5] * 48)
    imported = bring(data, tmp_path)
    lines = imported.text.split("\n")
    assert max(map(len, lines)) <= 120 + len(note)
    assert all(line == line.rstrip() for line in lines)
    assert imported.text.endswith("}\n")
    assert "\n\n\n" not in imported.text
    assert re.search(r"^  power +=  ?400 W\n    from a_source_with_a_long_name", imported.text, re.MULTILINE)
    assert "  jobs     = [\n    job_of_a_long_name_0,\n" in imported.text
    found = evaluate_text(imported.text, imported.files)
    assert [each.message for each in found.diagnostics] == []


def test_numbers() -> None:
    values = [0.0, -0.0, 1.0, 1e20, 1e-5, 1.5e-7, 0.1, 123456.789, -2.5, 1e70, 1.5e-70]
    assert [number_text(value) for value in values] == [
        "0", "0", "1", "1e20", "1e-5", "1.5e-7", "0.1", "123456.789", "-2.5", "1" + "0" * 70, "0." + "0" * 69 + "15",
    ]  # fmt: skip
    assert shortest([0.10000000149011612, 0.1, 1e39, 3.4028234663852886e38]) == (
        "0.1", "0.1", "1e39", "3.4028234663852886e38",
    )  # fmt: skip


WEEKS = {
    "one pattern": ([0.0] * 8 + [1.0] * 10 + [0.0] * 6) * 7,
    "weekend": ([1.0] * 24) * 5 + [0.0] * 48,
    "only saturday": [2.0] * 120 + [3.0] * 24 + [2.0] * 24,
    "only monday": [5.0] * 24 + [2.0] * 144,
    "all different": [float(hour) for hour in range(168)],
    "two kinds of weekend": [1.0] * 120 + [-3.0] * 24 + [-4.0] * 12 + [0.0] * 12,
}


@pytest.mark.parametrize("name", WEEKS)
def test_a_week_reads_back_as_the_same_hours(name: str) -> None:
    values = WEEKS[name]
    lines = "".join(f"    {line}\n" for line in table_lines(shortest(values), "W", 60)) or None
    week = f"weekly {{\n{lines}  }}" if lines else f"{list(values)} * 1 W"
    text = f"kind thing {{ input power : weekly level Power }}\nthing a {{\n  power = {week}\n}}\n"
    scratch = check_text(text)
    assert [found.message for found in scratch.diagnostics] == []
    evaluated = evaluate_text(text).ledger
    assert evaluated is not None
    node = evaluated.find("a.power")
    assert node is not None
    assert list(evaluated.hours(node)) == values
    assert (lines is None) == (name == "all different")
