"""Classes with more to them than attributes: parts that the peer makes itself, catalogues, earlier versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gaic.api.scratch import evaluate_text
from gaic.exchange.faults import ForeignError
from gaic.exchange.table import read_table
from tests.unit.exchange.foreign import block, bring, hours, quantity, web, week

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.api.importing import Imported
    from tests.unit.exchange.foreign import File


def findings(imported: Imported) -> list[str]:
    """What is wrong with an imported model."""
    scratch = evaluate_text(imported.text, imported.files)
    return [f"{found.code} {found.message}" for found in scratch.diagnostics]


def edge() -> File:
    """A system with one edge computer and one appliance, and the objects that the peer makes for them."""
    data = web()
    data["System"]["sys"] |= {"usage_patterns": [], "edge_usage_patterns": ["ep"]}
    for sort in ("UsagePattern", "UsageJourney", "UsageJourneyStep", "Device", "Job", "Server", "Storage"):
        del data[sort]
    pattern = {
        "name": "sites",
        "id": "ep",
        "hourly_deployment_starts": hours([1]),
        "edge_usage_journeys": ["ej"],
        "usage_span": quantity(30, "day"),
        "network": "net",
        "country": "cou",
    }
    function = {"name": "watch", "id": "ef", "recurrent_edge_device_needs": ["rp", "rw"], "recurrent_server_needs": []}
    computer = {
        "name": "box",
        "id": "ec",
        "carbon_footprint_manufacturing": quantity(60, "kilogram"),
        "power": quantity(30, "watt"),
        "idle_power": quantity(5, "watt"),
        "lifespan": quantity(6, "year"),
        "ram": quantity(8, "gigabyte_ram"),
        "compute": quantity(4, "cpu_core"),
        "base_ram_consumption": quantity(1, "gigabyte_ram"),
        "base_compute_consumption": quantity(0, "cpu_core"),
        "storage": "es",
        "components": ["c1", "c2", "es"],
    }
    process = {
        "name": "detect",
        "id": "rp",
        "edge_device": "ec",
        "recurrent_compute_needed": week(1, "cpu_core"),
        "recurrent_ram_needed": week(2, "gigabyte_ram"),
        "recurrent_storage_needed": week(0, "gigabyte_stored"),
        "recurrent_edge_component_needs": ["n2"],
    }
    appliance = {"name": "lamp", "id": "ea", "power": quantity(70, "watt"), "lifespan": quantity(5, "year")}
    workload = {"name": "shine", "id": "rw", "edge_device": "ea", "recurrent_workload": week(0.5, "concurrent")}
    return data | {
        "EdgeUsagePattern": {"ep": pattern},
        "EdgeUsageJourney": {"ej": {"name": "life", "id": "ej", "edge_functions": ["ef"]}},
        "EdgeFunction": {"ef": function},
        "EdgeComputer": {"ec": computer},
        "EdgeComputerRAMComponent": {"c1": {"name": "box RAM", "id": "c1"}},
        "EdgeComputerCPUComponent": {"c2": {"name": "box CPU", "id": "c2"}},
        "EdgeStorage": {"es": {"name": "flash", "id": "es", "base_storage_need": quantity(0, "gigabyte_stored")}},
        "RecurrentEdgeProcess": {"rp": process},
        "RecurrentEdgeProcessRAMNeed": {"n1": {"name": "detect memory", "id": "n1"}},
        "RecurrentEdgeProcessCPUNeed": {"n2": {"name": "what the processor does", "id": "n2"}},
        "EdgeAppliance": {"ea": appliance},
        "RecurrentEdgeWorkload": {"rw": workload},
    }


def test_edge_computers_and_their_parts(tmp_path: Path) -> None:
    imported = bring(edge(), tmp_path, defaults=False)
    assert imported.left_out == ()
    assert findings(imported) == []
    assert block(imported, "edge_device box") == (
        'edge_device box "box" {\n  structure_embodied = 60 kgCO2e\n  components         = [box_ram, box_cpu, flash]\n}'
    )
    assert '"box CPU"' in block(imported, "edge_cpu")
    assert "power_per_unit      = 30 W" in block(imported, "edge_cpu")
    assert "embodied_per_unit   = 0 kgCO2e" in block(imported, "edge_ram")
    assert "idle_power_per_unit = 0 W" in block(imported, "edge_ram")
    assert "component_needs = [detect_memory, what_the_processor_does, detect_storage_need]" in imported.text
    assert block(imported, "cpu_need") == (
        'cpu_need what_the_processor_does "what the processor does" {\n'
        "  edge_component = box_cpu\n  recurrent_need = 1 cpu_core\n}"
    )
    assert "edge_component = flash" in block(imported, "edge_storage_need detect_storage_need")
    assert '"lamp appliance"' in block(imported, "edge_workload")
    assert "edge_component = lamp_appliance" in block(imported, "workload_need shine_workload_need")


def test_a_part_that_belongs_to_nothing_is_listed(tmp_path: Path) -> None:
    data = edge()
    data["EdgeComputerRAMComponent"]["c9"] = {"name": "lonely", "id": "c9"}
    told = [str(each) for each in bring(data, tmp_path).left_out]
    assert told == ['EdgeComputerRAMComponent "lonely": it belongs to no object that makes such a one']


def test_a_need_of_a_part_that_was_made(tmp_path: Path) -> None:
    data = edge()
    need = {"name": "more", "id": "nn", "edge_component": "c1", "recurrent_need": week(1, "gigabyte_ram")}
    data["RecurrentEdgeComponentNeed"] = {"nn": need}
    assert "edge_component = box_ram" in block(bring(data, tmp_path), "ram_need more")
    need["edge_component"] = "net"
    assert "nothing of this kind goes with Network" in str(bring(data, tmp_path).left_out[0])
    need["edge_component"] = "none"
    with pytest.raises(ForeignError, match="edge_component"):
        bring(data, tmp_path)


def test_earlier_edge_files(tmp_path: Path) -> None:
    """Version 11: no functions, no network, the span on the journey, a computer under the name of the device."""
    data = edge()
    data["efootprint_version"] = "11.2.0"
    pattern = data["EdgeUsagePattern"]["ep"]
    journey = data["EdgeUsageJourney"]["ej"]
    pattern["hourly_edge_usage_journey_starts"] = pattern.pop("hourly_deployment_starts")
    pattern["edge_usage_journey"] = pattern.pop("edge_usage_journeys")[0]
    journey["usage_span"] = pattern.pop("usage_span")
    del pattern["network"], data["EdgeFunction"], data["EdgeAppliance"], data["RecurrentEdgeWorkload"]
    del journey["edge_functions"]
    journey["edge_processes"] = ["rp"]
    computer = data["EdgeComputer"]["ec"]
    computer["carbon_footprint_fabrication"] = computer.pop("carbon_footprint_manufacturing")
    computer["power_usage_effectiveness"] = quantity(1)
    data["EdgeDevice"] = data.pop("EdgeComputer")
    imported = bring(data, tmp_path, "std")
    assert imported.left_out == ()
    assert findings(imported) == []
    pattern_text = block(imported, "edge_usage_pattern")
    assert "network             = std.network.wired" in pattern_text
    assert "usage_span          = 30 day" in pattern_text
    assert 'edge_function life_functions "life functions" {\n  device_needs = [detect]\n}' in imported.text
    assert "structure_embodied = 60 kgCO2e" in imported.text
    computer["power_usage_effectiveness"] = quantity(1.3)
    told = [str(each) for each in bring(data, tmp_path, "std").left_out]
    assert told == ['EdgeComputer "box": power_usage_effectiveness: only 1 has a counterpart here']


def test_old_and_new_name_of_one_attribute(tmp_path: Path) -> None:
    data = web("12.0.0")
    data["Server"]["ser"] |= {"carbon_footprint_fabrication": 1, "carbon_footprint_manufacturing": 2}
    with pytest.raises(ForeignError, match="under an old and a new name"):
        bring(data, tmp_path)


def test_results_are_passed_over(tmp_path: Path) -> None:
    data = web("15.0.1")
    result = hours([1], explain_nested_tuples=None, direct_ancestors_with_id=[])
    data["Server"]["ser"] |= {"instances_energy": result, "by_pattern": {"pat": result}}
    data["Server"]["ser"]["ram"] |= {"explain_nested_tuples": None, "direct_ancestors_with_id": []}
    data["System"]["sys"] |= {"total_footprint": result, "impact_repartition_matrix": [[1]]}
    data["calculation_graph"] = {"nodes": [[1]], "edges": []}
    imported = bring(data, tmp_path)
    assert imported.left_out == ()
    assert "256 GB" in imported.text


def services() -> File:
    """One of each service, cloud server and external API."""
    data = web()
    return data | {
        "BoaviztaCloudServer": {
            "cl": {
                "name": "rented",
                "id": "cl",
                "storage": "sto",
                "provider": {"value": "scaleway", "source": "hypothesis"},
                "instance_type": {"value": "ent1-s", "confidence": "low", "comment": "what | we < saw"},
                "idle_power": quantity(0, "watt"),
                "carbon_footprint_manufacturing": {"value": None},
            }
        },
        "VideoStreaming": {
            "vs": {"name": "films", "id": "vs", "server": "ser", "bits_per_pixel": quantity(0.1, "bit")}
        },
        "VideoStreamingJob": {
            "vj": {
                "name": "watch",
                "id": "vj",
                "service": "vs",
                "resolution": {"value": "1080p (1920 x 1080)"},
                "refresh_rate": quantity(25, "1 / second"),
                "video_duration": quantity(1.5, "hour"),
            }
        },
        "EcoLogitsGenAIExternalAPI": {
            "ai": {
                "name": "chat",
                "id": "ai",
                "server": "as",
                "provider": {"value": "mistralai"},
                "model_name": {"value": "mistral-large-2512"},
            }
        },
        "EcoLogitsGenAIExternalAPIServer": {"as": {"name": "chat server", "id": "as"}},
        "EcoLogitsGenAIExternalAPIJob": {
            "aj": {
                "name": "ask",
                "id": "aj",
                "external_api": "ai",
                "output_token_count": quantity(400),
                "data_stored": quantity(0, "megabyte_stored"),
            }
        },
        "EcoLogitsVideoGenExternalAPI": {
            "va": {
                "name": "clips",
                "id": "va",
                "provider": {"value": "openai"},
                "model_name": {"value": "sora-2-pro"},
            }
        },
        "EcoLogitsVideoGenExternalAPIJob": {
            "vb": {
                "name": "make a clip",
                "id": "vb",
                "external_api": "va",
                "resolution": {"value": "720p (1280 x 720)"},
                "duration": quantity(8, "second"),
                "with_audio": {"value": False},
            }
        },
    }


def test_services_cloud_servers_and_apis(tmp_path: Path) -> None:
    data = services()
    data["UsageJourneyStep"]["ste"]["jobs"] = dict.fromkeys(("job", "vj", "aj", "vb"), quantity(1))
    imported = bring(data, tmp_path)
    assert imported.left_out == ()
    assert findings(imported) == []
    assert "instance   = std.cloud.scaleway.ent1_s\n" in block(imported, "cloud_server")
    assert "## Instance type: confidence low; what | we < saw.\ncloud_server" in imported.text
    assert "resolution     = std.video.pixels_1920x1080" in block(imported, "video_streaming_job")
    assert "refresh_rate   = 25 Hz" in block(imported, "video_streaming_job")
    assert "model    = std.models.mistralai.mistral_large_2512" in block(imported, "llm_api chat")
    assert block(imported, "external_api_server chat_server") == (
        'external_api_server chat_server "chat server" {\n  external_api = chat\n}'
    )
    assert "with_audio     = false" in block(imported, "video_api_job")
    assert "external_api_server" not in bring(data, tmp_path, "std").text


def test_an_entry_that_the_catalogue_lacks(tmp_path: Path) -> None:
    data = services()
    data["EcoLogitsGenAIExternalAPI"]["ai"]["model_name"] = {"value": "no-such"}
    lost = ", which could not be translated"
    api = 'EcoLogitsGenAIExternalAPI "chat"'
    told = [str(each).removesuffix(lost) for each in bring(data, tmp_path).left_out]
    assert sorted(told) == [
        f'{api}, its part "chat server": it cannot be without `external_api`',
        f"{api}: it cannot be without `model`",
        f'{api}: model_name: the library has no "no-such" in std.models.mistralai',
        'EcoLogitsGenAIExternalAPIJob "ask": it cannot be without `external_api`',
    ]
    data["EcoLogitsGenAIExternalAPI"]["ai"]["provider"] = {"value": "../../etc"}
    assert "in std.models.etc" in str(bring(data, tmp_path).left_out)
    next(iter(data["BoaviztaCloudServer"].values()))["instance_type"]["value"] = "no-such"
    assert 'the library has no "no-such" in std.cloud.scaleway: write a `server` with' in str(
        bring(data, tmp_path).left_out
    )


def test_an_attribute_of_other_rules(tmp_path: Path) -> None:
    data = web("15.0.1")
    data["Storage"]["sto"] |= {"power_per_storage_capacity": quantity(2, "watt / terabyte")}
    assert "power_per_capacity = 2 W/TB" in bring(data, tmp_path, "std").text
    told = [str(each) for each in bring(data, tmp_path, "efootprint_27").left_out]
    assert told == ['Storage "disk": power_per_storage_capacity: the rules that were chosen do not know it']


@pytest.mark.parametrize(("version", "rules"), [("10.0.0", "15"), ("15.9", "15"), ("16.0.0", "27"), ("27.0.0", "27")])
def test_the_rules_of_a_version(tmp_path: Path, version: str, rules: str) -> None:
    imported = bring(web(version), tmp_path)
    assert imported.rules == imported.usual_rules == f"efootprint_{rules}"
    assert f"import std.compat.efootprint_{rules}\n" in imported.text
    assert "import" not in bring(web(version), tmp_path, "std").text


def test_the_table_names_kinds_of_the_library_and_has_a_place_for_each() -> None:
    """Every kind of the table is in one section, and the other way round."""
    table = read_table("efootprint")
    placed = [kind for _, kinds in table.sections for kind in kinds]
    assert len(placed) == len(set(placed))
    made: set[str] = set()
    for sort in table.sorts.values():
        made |= {sort.kind, *(part.kind for part in sort.parts), *(sort.kind_by[1].values() if sort.kind_by else ())}
    assert made - {""} == set(placed)


def neutral() -> dict[str, Any]:
    """A small system in the neutral layout, its series in every form."""
    forms: dict[str, Any] = {
        "a": {"values": [1, 2]},
        "b": {"constant": 3},
        "c": {"runs": [[4, 1], [5, 1]]},
        "d": {"formula": {"offset": 1, "terms": [{"kind": "mod", "a": 2, "b": 1, "m": 2, "scale": 3}]}},
        "e": {"formula": {"terms": [{"kind": "floordiv", "a": 3, "m": 2}], "divide_by": 2, "clip_min": 0.5}},
        "f": {"formula": {"terms": [{"kind": "cycle", "values": [7, 8]}, {"kind": "hash", "p": 97, "k": 10, "b": 5}]}},
        "g": {"constant": 1, "set": [[1, 9]], "start_is_utc": True},
    }
    series = {
        key: {"unit": "occurrence", "n": 2, "start": "2025-01-01T00:00:00", **form} for key, form in forms.items()
    }
    links = {"network": {"ref": "net"}, "country": {"ref": "France"}, "devices": {"refs": []}}
    patterns = {
        f"p {key}": {
            "class": "UsagePattern",
            "attributes": {"hourly_occurrences": {"series": key}, "usage_journeys": {"weights": {"j": 2}}, **links},
        }
        for key in forms
    }
    objects = {
        "France": {"class": "Country", "attributes": {"short_name": "FRA", "timezone": {"timezone": "Europe/Paris"}}},
        "net": {"class": "Network", "attributes": {}},
        "j": {"class": "UsageJourney", "attributes": {"uj_steps": {"weights": {}}}},
        "s": {
            "class": "Server",
            "attributes": {"server_type": {"choice": "serverless"}, "fixed_nb_of_instances": None},
        },
        "cpu": {"class": "EdgeCPUComponent", "attributes": {}},
        "need": {
            "class": "RecurrentEdgeComponentNeed",
            "attributes": {
                "edge_component": {"ref": "cpu"},
                "recurrent_need": {"weekly": {"unit": "cpu_core", "constant": 2}},
            },
        },
        **patterns,
    }
    return {
        "format": "efootprint-conformance/1",
        "peer": "e-footprint 27.0.0 (x)",
        "inputs": {"series": series, "objects": objects},
    }


def test_the_neutral_layout(tmp_path: Path) -> None:
    imported = bring(neutral(), tmp_path)
    assert imported.left_out == ()
    rows = [line.split("hourly(")[1] for line in imported.text.split("\n") if "hourly(" in line]
    assert rows == [
        "[1, 2], start = 2025-01-01T00:00)",
        "[3, 3], start = 2025-01-01T00:00)",
        "[4, 5], start = 2025-01-01T00:00)",
        "[4, 4], start = 2025-01-01T00:00)",
        "[0.5, 0.5], start = 2025-01-01T00:00)",
        "[12, 14], start = 2025-01-01T00:00)",
        "[1, 9], start = 2025-01-01T00:00Z)",
    ]
    assert "journeys = [2 * j]" in imported.text
    assert "server_type = serverless" in imported.text
    assert "recurrent_need = 2 cpu_core" in imported.text


def test_an_object_that_the_peer_makes_takes_the_place_of_no_other(tmp_path: Path) -> None:
    """Neither where ids are names, nor where an id of the file looks like one that is made."""
    data = services()
    data["Job"]["va server"] = {"name": "other page", "id": "va server", "server": "ser"}
    data["UsageJourneyStep"]["ste"]["jobs"] = {"job": 1, "va server": 1}
    imported = bring(data, tmp_path)
    assert 'job other_page "other page"' in imported.text
    assert "jobs     = [page_view, other_page]" in imported.text
    assert dict(imported.objects)["external_api_server"] == 2
    assert findings(imported) == findings(bring(services(), tmp_path))
