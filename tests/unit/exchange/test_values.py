"""Numbers, units, words, links and where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.exchange.faults import ForeignError
from tests.unit.exchange.foreign import block, bring, hours, quantity, web

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.exchange.foreign import File


@pytest.mark.parametrize(
    ("sort", "attribute", "value", "written"),
    [
        ("Server", "power", quantity(250, "watt"), "power = 250 W"),
        ("Server", "power", quantity(0.25, "kilowatt"), "power = 0.25 kW"),
        ("Server", "power", quantity(250, "joule / second"), "power = 250 J/s"),
        ("Server", "lifespan", quantity(35064, "hour"), "lifespan = 4 year"),
        ("Server", "lifespan", quantity(35065, "hour"), "lifespan = 35065 h"),
        ("Server", "lifespan", quantity(4.5, "year"), "lifespan = 4.5 year"),
        ("Server", "carbon_footprint_manufacturing", quantity(0.7, "metric_ton"), "embodied = 0.7 tCO2e"),
        ("Server", "carbon_footprint_manufacturing", quantity(700, "kilogram"), "embodied = 700 kgCO2e"),
        ("Server", "average_carbon_intensity", quantity(33, "gram / kilowatt_hour"), "carbon_intensity = 33 gCO2e/kWh"),
        ("Server", "utilization_rate", quantity(0.7), "utilization_rate = 70 %"),
        ("Server", "utilization_rate", quantity(1 / 3), f"utilization_rate = {1 / 3!r}"),
        ("Server", "power_usage_effectiveness", quantity(1.4), "pue = 1.4"),
        ("Server", "fixed_nb_of_instances", quantity(3, "concurrent"), "fixed_instances = 3 instance"),
        ("Server", "server_type", {"value": "on-premise"}, "server_type = on_premise"),
        ("Storage", "storage_capacity", quantity(0.002, "terabyte_stored"), "capacity = 2 GB"),
        ("Storage", "data_replication_factor", quantity(2), "replication = 2"),
        ("Storage", "carbon_footprint_manufacturing_per_storage_capacity", quantity(20, "kilogram / terabyte_stored"),
         "embodied_per_capacity = 20 kgCO2e/TB"),
        ("Device", "fraction_of_usage_time", quantity(0.25), "use_time = 6 h/day"),
        ("Device", "fraction_of_usage_time", quantity(5, "hour / day"), "use_time = 5 h/day"),
        ("Network", "bandwidth_energy_intensity", quantity(0.05, "kilowatt_hour / gigabyte"),
         "energy_intensity = 0.05 kWh/GB"),
        ("Job", "data_transferred", quantity(1e-5, "terabyte"), "data_transferred = 10 MB"),
        ("Job", "ram_needed", quantity(64, "megabyte_ram"), "ram_needed = 64 MB"),
        ("Job", "compute_needed", quantity(1e-5, "cpu_core"), "compute_needed = 1e-5 cpu_core"),
        ("Country", "timezone", {"zone": "Asia/Tokyo"}, 'timezone = "Asia/Tokyo"'),
    ],
)  # fmt: skip
def test_a_value_in_our_units(tmp_path: Path, sort: str, attribute: str, value: object, written: str) -> None:
    data = web()
    next(iter(data[sort].values()))[attribute] = value
    imported = bring(data, tmp_path)
    assert imported.left_out == ()
    assert written in " ".join(imported.text.split())


def test_what_the_library_has_by_itself_is_not_written(tmp_path: Path) -> None:
    data = web()
    data["Server"]["ser"] |= {
        "power": quantity(300, "watt"),
        "idle_power": quantity(0.05, "kilowatt"),
        "lifespan": quantity(72, "month"),
        "server_type": {"value": "autoscaling"},
        "average_carbon_intensity": quantity(0.4, "kilogram / kilowatt_hour"),
    }
    imported = bring(data, tmp_path, defaults=False)
    assert block(imported, "server") == 'server web "web" {\n  storage = disk\n  ram     = 256 GB\n}'
    assert block(imported, "storage") == 'storage disk "disk" {}'
    full = bring(data, tmp_path)
    assert "  idle_power       = 0.05 kW\n" in block(full, "server")


def test_a_default_that_follows_another_input_is_written(tmp_path: Path) -> None:
    """One GPU of the catalogue entry has 80 GB by itself, which a server of another memory would not have."""
    data = web()
    data["GPUServer"] = {
        "gpu": {
            "name": "gpus",
            "id": "gpu",
            "storage": "sto",
            "compute": quantity(2, "gpu"),
            "ram_per_gpu": quantity(80, "gigabyte_ram / gpu"),
        }
    }
    imported = bring(data, tmp_path, defaults=False)
    assert block(imported, "gpu_server") == 'gpu_server gpus "gpus" {\n  storage = disk\n  gpus    = 2 gpu\n}'


def test_provenance(tmp_path: Path) -> None:
    data = web()
    data["Sources"] |= {
        "s1": {"id": "s1", "name": "Data sheet", "link": "https://example.org/a"},
        "s2": {"id": "s2", "name": "Data sheet", "link": None},
        "s3": {"id": "s3", "name": "Nobody's", "link": None},
        "user_data": {"id": "user_data", "name": "user data", "link": None},
    }
    data["Server"]["ser"] |= {
        "power": quantity(300, "watt", source="s1", confidence="high", comment='it\'s "sure"\nsaid ±1'),
        "idle_power": quantity(50, "watt", source="s2", confidence=None, comment=""),
        "lifespan": quantity(6, "year", comment="as bought"),
        "ram": quantity(128, "gigabyte_ram", confidence="low"),
        "compute": quantity(24, "cpu_core", source="user_data"),
    }
    data["UsageJourneyStep"]["ste"]["jobs"] = {"job": quantity(2, source="s1", comment="counted")}
    data["Country"]["cou"]["timezone"] = {"zone": "Europe/Paris", "source": "s2"}
    imported = bring(data, tmp_path)
    server = block(imported, "server")
    assert 'power      = 300 W from data_sheet_source conf high note "it\'s \\"sure\\"\\nsaid ±1"\n' in server
    assert "idle_power = 50 W from data_sheet\n" in server
    assert 'lifespan   = 6 year from hypothesis note "as bought"\n' in server
    assert "ram        = 128 GB conf low\n" in server
    assert "compute    = 24 cpu_core from user_data\n" in server
    assert '(2 from data_sheet_source note "counted") * page_view' in imported.text
    assert 'timezone = "Europe/Paris" from data_sheet' in imported.text
    assert 'source data_sheet_source "Data sheet" {\n  url = "https://example.org/a"\n}' in imported.text
    assert 'source data_sheet "Data sheet" {}' in imported.text
    assert 'source user_data "User data" {}' in imported.text
    assert [str(each) for each in imported.left_out] == ['source "Nobody\'s": no value of the model names it']
    assert imported.sources == 3


def test_sources_in_place_as_before_version_21(tmp_path: Path) -> None:
    data = web("15.0.1")
    del data["Sources"]
    data["Server"]["ser"]["ram"]["source"] = {"name": "Data sheet", "link": None}
    data["Storage"]["sto"]["data_storage_duration"]["source"] = {"name": "user data", "link": None}
    data["UsageJourneyStep"]["ste"]["user_time_spent"]["source"] = {"name": "e-footprint hypothesis", "link": None}
    data["UsageJourneyStep"]["ste"]["jobs"] = ["job"]
    data["UsagePattern"]["pat"]["hourly_occurrences"]["source"] = {"name": "Data sheet", "link": None}
    imported = bring(data, tmp_path)
    assert "256 GB from data_sheet\n" in imported.text
    assert "retention = 5 year from user_data\n" in imported.text
    assert "duration = 2 min\n" in imported.text
    assert "hourly([4, 3, 2], start = 2025-01-01T00:00) from data_sheet\n" in imported.text


def test_links(tmp_path: Path) -> None:
    data = web()
    data["UsageJourneyStep"]["two"] = {"name": "send", "id": "two", "jobs": {"job": 0.5}}
    data["UsageJourney"]["jou"]["uj_steps"] = {"two": quantity(1.5), "ste": quantity(1)}
    assert "steps = [1.5 * send, read]" in bring(data, tmp_path).text
    assert "jobs = [0.5 * page_view]" in bring(data, tmp_path).text


def test_repeated_entries(tmp_path: Path) -> None:
    """Lists of earlier versions: jobs become weights; steps stay where they are, unless later rules merge them."""
    data = web("20.0.0")
    data["UsageJourney"]["jou"]["uj_steps"] = ["ste", "ste"]
    data["UsageJourneyStep"]["ste"]["jobs"] = ["job", "job", "job"]
    imported = bring(data, tmp_path, "std")
    assert "steps = [read, read]" in imported.text
    assert "jobs     = [3 * page_view]" in imported.text
    assert "steps = [2 * read]" in bring(data, tmp_path).text


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ({}, "hourly([4, 3, 2], start = 2025-01-01T00:00)"),
        ({"timezone": "UTC"}, "hourly([4, 3, 2], start = 2025-01-01T00:00Z)"),
        ({"timezone": "Europe/Paris"}, "hourly([4, 3, 2], start = 2024-12-31T23:00Z)"),
        ({"start_date": "2025-07-01 06:00:00+00:00"}, "hourly([4, 3, 2], start = 2025-07-01T06:00Z)"),
        ({"start_date": "2025-07-01T06:00:00+02:00"}, "hourly([4, 3, 2], start = 2025-07-01T04:00Z)"),
        ({"start_date": "2025-07-01"}, "hourly([4, 3, 2], start = 2025-07-01T00:00)"),
    ],
)
def test_where_a_series_begins(tmp_path: Path, change: dict[str, object], written: str) -> None:
    data = web()
    data["UsagePattern"]["pat"]["hourly_occurrences"] |= change
    assert written in bring(data, tmp_path).text


def test_series_of_every_form(tmp_path: Path) -> None:
    data = web()
    pattern = data["UsagePattern"]["pat"]
    pattern["hourly_occurrences"] = hours([0.1, 1 / 3, 1e-7, 16777217, 0])
    assert "hourly([0.1, 0.33333334, 1e-7, 16777216, 0], start" in bring(data, tmp_path).text
    pattern["hourly_occurrences"] = {"values": [1, 2.5], "unit": "occurrence", "start_date": "2025-01-01"}
    assert "hourly([1, 2.5], start = 2025-01-01T00:00)" in bring(data, tmp_path).text
    pattern["hourly_occurrences"] = hours(range(49))
    imported = bring(data, tmp_path)
    assert 'hourly("model.users.csv", start = 2025-01-01T00:00)' in imported.text
    assert imported.files == {"model.users.csv": "starts\n" + "".join(f"{n}\n" for n in range(49))}


def test_a_series_in_the_form_of_growth(tmp_path: Path) -> None:
    """72 visits on the first day and 10 % more each 30 days: after a month the daily volume has grown by a tenth."""
    rows = bring(_growing({"modeling_duration_value": "2"}), tmp_path).files["model.users.csv"].split()[1:]
    assert len(rows) == 60 * 24
    assert rows[:24] == ["3"] * 24
    assert float(rows[30 * 24]) == pytest.approx(3.3, rel=1e-7)
    still = _growing({"net_growth_rate_in_percentage": 0})
    assert set(bring(still, tmp_path).files["model.users.csv"].split()[1:]) == {"3"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"modeling_duration_value": 0}, "is empty, or longer than"),
        ({"modeling_duration_value": 10**6}, "is empty, or longer than"),
        ({"modeling_duration_value": 0.01, "modeling_duration_unit": "day"}, "a series of 0.01 days is empty"),
        ({"net_growth_rate_in_percentage": -100}, "a volume shrinks by less than 100 %"),
        ({"net_growth_rate_in_percentage": 1e9, "net_growth_rate_timespan": "day"}, "grows beyond all numbers"),
        ({"net_growth_rate_in_percentage": 1e300, "net_growth_rate_timespan": "day"}, "grows beyond all numbers"),
        ({"initial_volume": "many"}, "`initial_volume` is no number"),
        ({"initial_volume": None}, "`initial_volume` is no number but null"),
        ({"initial_volume_timespan": 5}, "a span of time is no text but a number"),
    ],
)
def test_growth_that_is_broken(tmp_path: Path, change: dict[str, object], told: str) -> None:
    with pytest.raises(ForeignError, match=told):
        bring(_growing(change), tmp_path)


def test_growth_over_an_unknown_span(tmp_path: Path) -> None:
    told = [str(each) for each in bring(_growing({"initial_volume_timespan": "moons"}), tmp_path).left_out]
    assert "the span of time 'moon' is not known" in told[0]


def _growing(change: dict[str, object]) -> File:
    data = web()
    form = {
        "start_date": "2025-01-01",
        "modeling_duration_value": 2,
        "modeling_duration_unit": "month",
        "initial_volume": 72,
        "initial_volume_timespan": "day",
        "net_growth_rate_in_percentage": 10,
        "net_growth_rate_timespan": "month",
    }
    data["UsagePattern"]["pat"]["hourly_occurrences"] = {"form_inputs": form | change}
    return data


def test_a_constant_week(tmp_path: Path) -> None:
    data = web()
    data["EdgeCPUComponent"] = {"cpu": {"name": "cpu", "id": "cpu"}}
    form = {"constant_value": 1.5, "constant_unit": "cpu_core"}
    need = {"name": "need", "id": "need", "edge_component": "cpu", "recurrent_need": {"form_inputs": form}}
    data["RecurrentEdgeComponentNeed"] = {"need": need}
    assert "recurrent_need = 1.5 cpu_core\n" in bring(data, tmp_path).text


def test_a_week_of_day_profiles(tmp_path: Path) -> None:
    """A base and hours that differ, by days counted from Monday; the unit may stand there in short."""
    data = web()
    data["EdgeRAMComponent"] = {"ram": {"name": "ram", "id": "ram"}}
    work = {"days": [0, 1, 2, 3, 4], "baseline": 0.5, "ranges": [{"start": 8, "end": 18, "value": 2}]}
    rest = {"days": [5, 6], "baseline": 0.25, "ranges": []}
    form = {"unit": "GB_ram", "profiles": [work, rest]}
    need = {"name": "need", "id": "need", "edge_component": "ram", "recurrent_need": {"form_inputs": form}}
    data["RecurrentEdgeComponentNeed"] = {"need": need}
    text = bring(data, tmp_path).text
    assert "weekday = { 00:00..08:00 => 0.5 GB, 08:00..18:00 => 2 GB, 18:00..24:00 => 0.5 GB }" in text
    assert "weekend = 0.25 GB" in text or "weekend = { 00:00..24:00 => 0.25 GB }" in text
