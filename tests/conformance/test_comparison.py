"""The comparison itself: it finds what is wrong, absent or too much, and lets pass what the tolerances allow."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gaic.units.system import UnitSystemBuilder
from tests.conformance.cases import NAMES, Case, read_case
from tests.conformance.compare import Comparison, compare
from tests.conformance.model import Hours, Nothing, Number, Word
from tests.conformance.peer_units import UnitMisfitError, factor_between, write_unit
from tests.conformance.totals import compare_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gaic.units.system import UnitSystem
    from tests.conformance.model import Value, Values

    Objects = dict[str, dict[str, Values]]

START = 20089 * 24  # 2025-01-01T00:00Z
POWER = {"value": 1600.0, "unit": "watt"}


class Fake:
    """A model written down."""

    def __init__(self, objects: Objects, totals: Mapping[tuple[str, str], float] | None = None) -> None:
        self.objects = objects
        self._totals = dict(totals or {})
        self.system = make_units()

    def find(self, label: str, attribute: str) -> Values | None:
        return self.objects.get(label, {}).get(attribute)

    def totals(self) -> Mapping[tuple[str, str], float]:
        return self._totals


def make_units() -> UnitSystem:
    builder = UnitSystemBuilder()
    for dimension in ("CO2e", "Core", "Data", "Energy", "Gpu", "Param", "Time", "Token"):
        builder.add_dimension(dimension)
    builder.add_quantity("Power", "W")
    builder.add_unit(["second", "s"], "Time", [], None)
    builder.add_unit(["minute", "min"], "Time", [], (60.0, "s"))
    builder.add_unit(["hour", "h"], "Time", [], (3600.0, "s"))
    builder.add_unit(["year"], "Time", [], (8766.0, "h"))
    builder.add_unit(["cpu_core"], "Core", [], None)
    builder.add_unit(["joule", "J"], "Energy", [], None)
    builder.add_unit(["watt", "W"], "Power", ["k"], (1.0, "J/s"))
    builder.add_unit(["watt_hour", "Wh"], "Energy", ["k"], (3600.0, "J"))
    builder.add_unit(["gCO2e"], "CO2e", ["k"], None)
    builder.add_unit(["gpu"], "Gpu", [], None)
    builder.add_unit(["param"], "Param", ["G"], None)
    builder.add_unit(["token", "tok"], "Token", [], None)
    builder.add_unit(["byte", "B"], "Data", ["k", "M", "G", "T"], None)
    system, faults = builder.finish()
    assert not faults, faults
    return system


def make_case(objects: dict[str, Any], *, version: int = 27, **more: Any) -> Case:
    expected = {"objects": objects, "period_totals": more.pop("period_totals", {})}
    return Case("made", version, {"expected": expected, **more})


def series(values: list[float], unit: str = "kilogram") -> dict[str, Any]:
    return {
        "unit": unit,
        "n": len(values),
        "start_utc": "2025-01-01T00:00:00Z",
        "sum": sum(values),
        "min": min(values),
        "max": max(values),
        "first24": values[:24],
        "last24": values[-24:],
        "checkpoints": [[i, values[i]] for i in range(0, len(values), 10)],
    }


def one(attribute: str, expected: dict[str, Any], owner_class: str = "Server", **more: Any) -> Case:
    return make_case({"farm": {"class": owner_class, "attributes": {attribute: expected}}}, **more)


def reasons(case: Case, value: Value | None, attribute: str) -> list[str]:
    comparison = compare(case, Fake({"farm": {attribute: {None: value}}} if value is not None else {}))
    return [finding.reason for finding in comparison.findings]


def hours(values: list[float], unit: str = "kgCO2e", start: int = START) -> Hours:
    return Hours(start, tuple(values), unit)


def test_a_number_agrees_in_another_unit() -> None:
    assert reasons(one("power", POWER), Number(1.6, "kW"), "power") == []


def test_a_number_that_differs_is_found() -> None:
    assert reasons(one("power", POWER), Number(1600.0000001, "W"), "power") == []
    assert reasons(one("power", POWER), Number(1600.00001, "W"), "power") == ["1600.00001 instead of 1600.0"]
    assert reasons(one("power", POWER), Number(float("nan"), "W"), "power") == ["nan instead of 1600.0"]


def test_another_dimension_is_found() -> None:
    (reason,) = reasons(one("power", POWER), Number(1600.0, "Wh"), "power")
    assert reason.startswith("the peer's unit is `watt`, that of gaic `Wh` (Energy instead of ")


def test_another_shape_is_found() -> None:
    assert reasons(one("power", POWER), Word("1600 W"), "power")
    assert reasons(one("power", POWER), hours([1600.0], "W"), "power")
    assert reasons(one("power", POWER), Nothing(), "power")
    assert reasons(one("use_footprint", series([1.0])), Number(1.0, "kgCO2e"), "use_footprint")


@pytest.mark.parametrize("objects", [{}, {"farm": {"other": {None: Number(1.0, "W")}}}, {"other": {"power": {}}}])
def test_an_absent_attribute_is_named(objects: Objects) -> None:
    comparison = compare(one("power", POWER), Fake(objects))
    assert [(f.figure, f.reason, f.absent) for f in comparison.findings] == [
        ("farm.power", "absent", True),
        ("made", "nothing was compared", False),
    ]


def test_a_case_without_anything_to_compare_fails() -> None:
    assert [str(f) for f in compare(make_case({}), Fake({})).findings] == ["made: nothing was compared"]


def test_hours_agree_within_their_tolerance() -> None:
    values = [0.0] + [float(i) for i in range(1, 100)]
    found = [value * (1 + 1e-6) for value in values]
    assert reasons(one("use_footprint", series(values)), hours(found), "use_footprint") == []


@pytest.mark.parametrize("hour", [0, 23, 50, 85, 108])
def test_an_hour_that_differs_is_found(hour: int) -> None:
    values = [float(i % 7) for i in range(100)] + [9.0] * 5 + [3.0] * 4
    found = [*values[:hour], values[hour] + 0.001, *values[hour + 1 :]]
    assert f"hour {hour} " in reasons(one("use_footprint", series(values)), hours(found), "use_footprint")[0]


def test_an_hour_that_is_not_listed_shows_in_the_sum() -> None:
    values = [1.0] * 100
    found = [*values[:45], 0.999, *values[46:]]
    found_reasons = reasons(one("use_footprint", series(values)), hours(found), "use_footprint")
    assert any(reason.startswith("sum ") for reason in found_reasons)
    assert any(reason.startswith("lowest hour ") for reason in found_reasons)


def test_another_extent_is_found() -> None:
    case = one("use_footprint", series([1.0, 2.0]))
    assert reasons(case, hours([1.0, 2.0, 0.0]), "use_footprint")
    assert reasons(case, hours([1.0, 2.0], start=START + 1), "use_footprint")
    assert reasons(case, Hours(START, (1.0, 2.0), "kgCO2e", local=True), "use_footprint")


def test_counts_of_instances_are_exact_where_they_are_whole() -> None:
    whole = one("nb_of_instances", series([1.0, 2.0], "concurrent"))
    assert reasons(whole, hours([1.0, 2.0], ""), "nb_of_instances") == []
    assert reasons(whole, hours([1.0, 2.000001], ""), "nb_of_instances")
    parts = one("nb_of_instances", series([0.5, 1.5], "concurrent"))
    assert reasons(parts, hours([0.5, 1.500001], ""), "nb_of_instances") == []


def test_a_stock_has_a_wider_tolerance() -> None:
    need = series([1.0, 2.0, 3.0], "terabyte_stored")
    found = hours([1.0, 2.0, 3.0005], "TB")
    assert reasons(one("full_cumulative_storage_need", need, "Storage"), found, "full_cumulative_storage_need") == []
    assert reasons(one("hour_by_hour_ram_need", need), found, "hour_by_hour_ram_need")


def test_empty_is_nothing_or_zero() -> None:
    case = one("instances_energy", {"empty": True})
    nothing: tuple[Value, ...] = (Nothing(), Number(0.0, "kWh"), hours([]), hours([0.0, 0.0]))
    assert [reasons(case, value, "instances_energy") for value in nothing] == [[]] * 4
    something: tuple[Value, ...] = (Number(1.0, "kWh"), hours([0.0, 0.1]), Word("none"))
    assert all(reasons(case, value, "instances_energy") for value in something)


def test_a_choice_is_compared() -> None:
    case = one("datacenter_location", {"choice": "USA"})
    assert reasons(case, Word("USA"), "datacenter_location") == []
    assert reasons(case, Word("FRA"), "datacenter_location") == ["'FRA' instead of 'USA'"]


def test_members_are_found_by_label_and_the_table_may_drop_its_end() -> None:
    case = one("use_footprint_per_usage_pattern", {"by": {"here": series([1.0]), "there": {"empty": True}}})
    whole: Values = {None: hours([1.0])}
    rows: Values = {"here": hours([1.0])}
    assert compare(case, Fake({"farm": {"use_footprint_per_usage_pattern": rows}})).findings == []
    assert compare(case, Fake({"farm": {"use_footprint": rows}})).findings == []
    assert [f.absent for f in compare(case, Fake({"farm": {"use_footprint": whole}})).findings] == [True, True, False]


def test_a_missing_and_an_additional_member_are_found() -> None:
    case = one("x_per_job", {"by": {"here": series([1.0])}})
    missing = compare(case, Fake({"farm": {"x": {"there": hours([0.0])}}}))
    assert str(missing.findings[0]) == "farm.x_per_job[here]: absent; its members are ['there']"
    more = compare(case, Fake({"farm": {"x": {"here": hours([1.0]), "there": hours([1.0])}}}))
    assert [f.figure for f in more.findings] == ["farm.x_per_job[there]"]


def test_a_corrected_value_wins() -> None:
    corrected = {"farm": {"use_footprint": series([2.0])}}
    case = one("use_footprint", series([1.0]), corrected=corrected)
    assert reasons(case, hours([2.0]), "use_footprint") == []
    assert reasons(case, hours([1.0]), "use_footprint")


def test_version_15_may_have_the_names_of_version_27() -> None:
    expected = series([1.0])
    assert reasons(one("energy_footprint", expected, version=15), hours([1.0]), "use_footprint") == []
    assert reasons(one("energy_footprint", expected), hours([1.0]), "use_footprint")


def test_the_rounded_total_of_version_15() -> None:
    case = one("total_footprint", series([1.0, 1.0]), "System", version=15)
    assert reasons(case, hours([1.00005, 0.99996]), "total_footprint") == []
    assert reasons(case, hours([1.0002, 1.0]), "total_footprint")
    assert any(reason.startswith("sum") for reason in reasons(case, hours([1.00009, 1.00009]), "total_footprint"))


def test_ghost_instances_of_the_peer_may_be_missing() -> None:
    farm = {
        "idle_power": {"value": 50, "unit": "watt"},
        "power_usage_effectiveness": {"value": 1.2, "unit": ""},
        "average_carbon_intensity": {"value": 500, "unit": "gram / kilowatt_hour"},
        "carbon_footprint_manufacturing": {"value": 8766, "unit": "kilogram"},
        "lifespan": {"value": 1, "unit": "year"},
    }
    defect = {"object": "farm", "defect": "convolution noise under a ceil: ...", "sum_difference_absolute": 2.0}
    more: dict[str, Any] = {"inputs": {"objects": {"farm": {"attributes": farm}}}, "peer_defects": [defect]}
    for attribute, step, unit in (("nb_of_instances", 1.0, "concurrent"), ("use_footprint", 0.03, "kilogram")):
        case = one(attribute, series([5 * step] * 9, unit), **more)
        shown = "" if unit == "concurrent" else "kgCO2e"
        fewer = [hours([4 * step] * ghosts + [5 * step] * (9 - ghosts), shown) for ghosts in (0, 2, 3)]
        assert [len(reasons(case, each, attribute)) for each in fewer] == [0, 0, 1]
        assert reasons(case, hours([6 * step] + [5 * step] * 8, shown), attribute)
        assert reasons(case, hours([4.5 * step] + [5 * step] * 8, shown), attribute)
    total = make_case({"all": {"class": "System", "attributes": {"total_footprint": series([5.0] * 9)}}}, **more)
    found: list[Values] = [{None: hours([5.0 - 1.03 * steps] + [5.0] * 8)} for steps in (0, 1, 2)]
    faults = [compare(total, Fake({"all": {"total_footprint": each}})).findings for each in found]
    assert [bool(each) for each in faults] == [False, False, True]


def test_totals_are_compared() -> None:
    totals = {"total_use_footprint_sum_over_period": {"Servers": {"value": 2.0, "unit": "kilogram"}}}
    case = one("power", POWER, period_totals=totals)

    def findings(found: Mapping[tuple[str, str], float]) -> list[str]:
        comparison = compare(case, Fake({"farm": {"power": {None: Number(1600.0, "W")}}}, found))
        compare_totals(comparison)
        return [str(finding) for finding in comparison.findings]

    assert findings({("servers", "use"): 2.000001}) == []
    assert findings({("servers", "use"): 2.1}) == ["total of Servers, use: 2.1 kg instead of 2.0 kg"]
    assert findings({}) == ["total of Servers, use: 0.0 kg instead of 2.0 kg"]
    assert findings({("servers", "use"): 2.0, ("others", "use"): 1.0}) == [
        "total of others, use: 1.0 kg, which the case does not know"
    ]


def test_units_of_the_peer() -> None:
    assert write_unit("kilogram / kilowatt_hour") == "kgCO2e/kWh"
    assert write_unit("concurrent * terabyte_stored") == "TB"
    assert write_unit("concurrent ** 2") == ""
    assert write_unit("megabyte / second") == "MB/s"
    with pytest.raises(UnitMisfitError, match="`parsec`, which is not in the table"):
        write_unit("parsec / second")


def test_counts_are_plain_numbers_for_the_peer() -> None:
    system = make_units()
    assert factor_between(system, "Gparam", "dimensionless", "total_params") == 1e9
    assert factor_between(system, "param", "billion", "model_total_params") == 1e-9
    assert factor_between(system, "gpu", "dimensionless", "gpu_required_count") == 1
    assert factor_between(system, "tok/s", "dimensionless", "tokens_per_second") == 1
    with pytest.raises(UnitMisfitError):
        factor_between(system, "", "gpu", "compute_needed")


@pytest.mark.parametrize("name", NAMES)
def test_a_case_agrees_with_itself_and_nothing_else(name: str) -> None:
    """Every figure of every case: its own value agrees; without it, or with another one, there is a finding."""
    case = read_case(name)
    for figure in case.figures():
        value = write_down(figure.value)
        for found, agrees in ((value, True), (doctor(value), False), (None, "empty" in figure.value)):
            values: Values = {"another": Nothing()} if figure.member is not None else {}
            objects = {figure.owner: {figure.attribute: values}}
            if found is not None:
                values[figure.member] = found
            elif figure.member is None:
                objects = {}
            comparison = Comparison(case, Fake(objects))
            comparison.compare(figure)
            expected = agrees and (found is not None or figure.member is not None)
            assert (not comparison.findings) == expected, (str(figure), found, comparison.findings)


def write_down(expected: dict[str, Any]) -> Value:
    """A value that is as expected; hours that the case does not list fill up the sum."""
    if "empty" in expected:
        return Nothing()
    if "choice" in expected:
        return Word(expected["choice"])
    unit = write_unit(expected["unit"])
    if "value" in expected:
        return Number(expected["value"], unit)
    n, listed = expected["n"], dict(map(tuple, expected["checkpoints"]))
    listed |= dict(enumerate(expected["first24"])) | dict(enumerate(expected["last24"], n - len(expected["last24"])))
    rest = [i for i in range(n) if i not in listed]
    ends = (end for end in (expected["min"], expected["max"]) if end not in listed.values())
    listed |= {rest.pop(): end for end in ends}
    whole = all(float(value).is_integer() for value in listed.values())
    missing = expected["sum"] - math.fsum(listed.values())
    each, left = divmod(missing, len(rest) or 1) if whole else (missing / (len(rest) or 1), 0)
    listed |= {i: each + (place < left) for place, i in enumerate(rest)}
    return hours([listed[i] for i in range(n)], unit, first_hour(expected["start_utc"]))


def first_hour(text: str) -> int:
    return round((datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(hours=1))


def doctor(value: Value) -> Value:
    """Another value, a little off."""
    match value:
        case Number(number, unit):
            return Number(number * (1 + 1e-6) + 1e-9, unit)
        case Hours(start, values, unit):
            largest = max(map(abs, values)) or 1.0
            return Hours(start, (values[0] + 0.01 * largest, *values[1:]), unit)
        case Word(text):
            return Word(f"{text}.")
        case Nothing():
            return Number(1.0, "")
