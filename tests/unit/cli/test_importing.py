"""`gaic import` as a user meets it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.exchange.foreign import hours, quantity, save, web

if TYPE_CHECKING:
    from gaic.api.importing import Imported
    from gaic.api.rules import Comparison
    from gaic.source.limits import Limits
    from tests.unit.cli.conftest import Gaic

NATIVE = Path(__file__).resolve().parents[2] / "conformance" / "native"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the command is started."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_becomes_a_model_that_can_be_checked_and_built(gaic: Gaic, folder: Path) -> None:
    data = web()
    data["UsagePattern"]["pat"]["hourly_occurrences"] = hours(range(60))
    save(data, folder, "shop.json")
    found = gaic("import", "efootprint", "shop.json")
    assert (found.code, found.err) == (0, "")
    assert found.out == (
        "shop.gai and 1 CSV file beside it, from e-footprint 27.0.0, rules efootprint_27\n"
        "objects: 1 usage_pattern, 1 country, 1 journey, 1 step, 1 job, 1 server, 1 storage, 1 network, 1 device\n"
        "1 series, 0 sources\n"
    )
    assert sorted(path.name for path in folder.iterdir()) == ["shop.gai", "shop.json", "shop.users.csv"]
    assert gaic("check", "shop.gai").code == 0
    assert gaic("eval", "shop.gai", "total.period_footprint").code == 0


def test_where_the_model_goes(gaic: Gaic, folder: Path) -> None:
    data = web()
    data["UsagePattern"]["pat"]["hourly_occurrences"] = hours(range(60))
    save(data, folder, "shop.json")
    (folder / "out").mkdir()
    assert gaic("import", "efootprint", "shop.json", "-o", "out/other.gai", "-q").out == ""
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["other.gai", "other.users.csv"]
    again = gaic("import", "efootprint", "shop.json", "-o", "out/other.gai")
    assert again.code == 2
    assert again.err.startswith("error: out/other.users.csv is there already\nhelp: choose another one with -o")
    assert gaic("import", "efootprint", "shop.json", "-o", "out/other.gai", "--force").code == 0


def test_what_is_not_translated_is_told(gaic: Gaic, folder: Path) -> None:
    data = web()
    data["Server"]["ser"]["colour\x1b[31m"] = "red"
    save(data, folder, "m.json")
    found = gaic("import", "efootprint", "m.json")
    assert found.code == 0
    assert 'not translated (1):\n  Server "web": colour<U+001B>[31m: the attribute is not known\n' in found.out
    assert gaic("import", "efootprint", "m.json", "--force", "--strict").code == 1
    assert gaic("import", "efootprint", "m.json", "--force", "--strict", "--exit-zero").code == 0


def test_a_file_that_cannot_be_read(gaic: Gaic, folder: Path) -> None:
    save("{", folder, "m.json")
    found = gaic("import", "efootprint", "m.json")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("error: m.json is not JSON")
    assert [path.name for path in folder.iterdir()] == ["m.json"]
    data = web()
    data["Server"]["ser"] |= {"power": 5, "storage": "none"}
    save(data, folder, "m.json")
    assert gaic("import", "efootprint", "m.json").err.splitlines() == [
        'error: Server "web", storage: it links to "none", which the file does not hold',
        '  Server "web", power: the value is no object but a number',
    ]
    assert gaic("import", "efootprint", "none.json").code == 2
    assert gaic("import", "none", "m.json").err == "error: there is no format `none`\nhelp: formats are efootprint\n"
    assert gaic("import", "efootprint", "m.json", "--rules", "none").code == 2
    assert gaic("import", "efootprint", "m.json", "--max-file-size", "10").code == 1


def test_a_model_with_errors_is_written_and_told(gaic: Gaic, folder: Path) -> None:
    data = web()
    data["Server"]["ser"]["power_usage_effectiveness"] = quantity(0.5)
    save(data, folder, "m.json")
    found = gaic("import", "efootprint", "m.json", "--rules", "std")
    assert found.code == 1
    assert "m.gai:" in found.err
    assert "error[GAI310]" in found.err
    assert (folder / "m.gai").is_file()


def test_the_rules_of_the_library_and_how_they_differ(gaic: Gaic, folder: Path) -> None:
    name = "v03_many_patterns_countries_timezones"
    found = gaic("import", "efootprint", str(NATIVE / f"{name}.json"), "--rules", "std")
    assert found.code == 0
    lines = found.out.split("\n")
    start = lines.index("Climate change, kgCO2e")
    rows = [line for line in lines[start + 1 :] if line and not line.startswith("    ")]
    cells = [(line.split()[0], float(line.split()[-1])) for line in rows]
    assert [name for name, _ in cells] == [
        "efootprint_27",
        "usage_pattern.utc_hourly_occurrences",
        "step.hourly_occurrences_per_journey",
        "std",
    ]
    assert sum(number for _, number in cells[:-1]) == pytest.approx(cells[-1][1], abs=2e-5)
    assert "    The peer takes one offset for the whole series" in found.out
    ends = {len(line) for line in rows}
    assert len(ends) == 1
    assert "import" not in (folder / f"{name}.gai").read_text(encoding="utf-8").split("\n")[1:5]


def test_totals_that_cannot_be_compared(gaic: Gaic) -> None:
    found = gaic("import", "efootprint", str(NATIVE / "v15_deletion.json"), "--rules", "std")
    assert found.code == 1
    assert "the totals cannot be compared with those under efootprint_15; one of the two has errors:\n" in found.out
    assert "  GAI310 `data_stored` is -1 MB, allowed is 0 kB to 1000 TB\n" in found.out


def test_strange_provenance_is_no_internal_error(gaic: Gaic, folder: Path) -> None:
    data = web()
    data["Server"]["ser"]["fixed_nb_of_instances"] = {"value": None, "confidence": "bogus"}
    data["Server"]["ser"]["power"] = quantity(5, "watt", source="nope")
    save(data, folder, "m.json")
    found = gaic("import", "efootprint", "m.json")
    assert found.code == 0
    assert "error" not in found.err
    assert 'fixed_nb_of_instances.confidence: "bogus" is none of high, medium, low\n' in found.out
    assert 'power.source: it names the source "nope", which the file does not hold\n' in found.out
    assert "= 5 W\n" in (folder / "m.gai").read_text()


def test_the_comparison_keeps_to_the_limits_of_the_command(
    gaic: Gaic, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gaic.api import rules

    compare = rules.compare_rules
    seen: list[Limits] = []

    def spy(theirs: Imported, ours: Imported, *limits: Limits) -> Comparison:
        seen.extend(limits)
        return compare(theirs, ours, *limits)

    monkeypatch.setattr(rules, "compare_rules", spy)
    save(web(), folder, "m.json")
    found = gaic("import", "efootprint", "m.json", "--rules", "std", "--max-rows", "2000000", "--max-hours", "1234567")
    assert (found.code, found.err) == (0, "")
    assert [(each.csv_rows, each.series_hours) for each in seen] == [(2_000_000, 1_234_567)]


def test_a_name_that_no_file_can_have(gaic: Gaic, folder: Path) -> None:
    save(web(), folder, "m.json")
    found = gaic("import", "efootprint", "m.json", "-o", "x" * 300 + ".gai")
    assert found.code == 2
    assert "cannot be written: file name too long" in found.err
    assert [path.name for path in folder.iterdir()] == ["m.json"]
