from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gaic.check.program import Provenance
from gaic.source.diagnostic import Severity
from gaic.source.text import Origin
from gaic.study.defaults import LARGE, is_weak, warn_of_defaults
from gaic.study.factors import Standing
from gaic.study.influence import measure_influence
from tests.unit.study.worlds import evaluate, path_of

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.source.diagnostic import Diagnostic

SERVERS = """
import std.grid { france }
server big "Big" { grid = france; server_type = on_premise; SAID }
server same "Same" { grid = france; server_type = on_premise }
server tiny "Tiny" { grid = france; server_type = serverless; embodied = 1 gCO2e; power = 1 W; idle_power = 1 W }
job ask "Ask" { server = big }
job more "More" { server = same }
job rest "Rest" { server = tiny }
step work { duration = 1 min from hypothesis note "x"; jobs = [ask, more, rest] }
journey way { steps = [work] }
usage_pattern staff {
  journeys = [way]
  country = france
  network = std.network.wired
  starts = hourly([40, 20], start = 2026-01-05T09:00) from hypothesis note "x"
}
"""


def warn(folder: Path, said: str = "", large: float = LARGE) -> dict[str, Diagnostic]:
    """The warnings by the input that they name."""
    ledger = evaluate(folder, SERVERS.replace("SAID", said))
    influences = measure_influence(ledger)
    found = warn_of_defaults(ledger.program, influences, large)
    return {diagnostic.message.split("`")[3]: diagnostic for diagnostic in found}


def test_a_weak_default_with_a_large_share_is_named_with_its_objects(tmp_path: Path) -> None:
    found = warn(tmp_path)
    assert list(found) == ["lifespan"]
    warning = found["lifespan"]
    assert (warning.code, warning.severity) == ("GAI603", Severity.WARNING)
    assert warning.message.startswith("`big` and 1 more leave `lifespan` to a weak default, 6 year, which weighs ")
    assert warning.message.endswith(" % in the total of Climate change")
    assert warning.span is not None
    assert (warning.span.text, warning.label) == ("big", "`lifespan` is not set here")
    same, library = warning.labels
    assert (same.span.text, same.text) == ("same", "nor here")
    assert (library.span.text, library.text) == ("6 year", "the default, a hypothesis, confidence low")
    assert library.span.file.origin is Origin.LIBRARY
    assert warning.notes[0] == "the library says of it: as long as the hardware is supported"
    assert warning.notes[1].startswith("with `lifespan` 10 % larger, Climate change is ")
    assert warning.notes[1].endswith(" % smaller")
    assert warning.help == (
        "set `lifespan = ... from SOURCE` in `big`, `same`; if the default holds, write it there and say why"
    )


def test_what_is_set_is_no_default_whatever_its_source(tmp_path: Path) -> None:
    """Half of it is left, which weighs less than the threshold."""
    found = warn(tmp_path, "lifespan = 6 year")
    assert [label.span.text for label in found["lifespan"].labels] == ["6 year"]
    assert found["lifespan"].message.startswith("`same` leaves `lifespan` to a weak default")


def test_a_good_source_is_no_reason_to_warn(tmp_path: Path) -> None:
    """`embodied` has nearly the share of `lifespan`, from a published source of medium confidence."""
    ledger = evaluate(tmp_path, SERVERS.replace("SAID", ""))
    influences = measure_influence(ledger)
    row = next(each for each in influences.rows if each.factor.span.text == "600 kgCO2e")
    assert row.factor.standing is Standing.DEFAULT
    assert row.largest > LARGE
    assert not any("`embodied`" in each.message for each in warn_of_defaults(ledger.program, influences, 0.0))


def test_a_total_that_hangs_on_a_default_says_no_wild_number(tmp_path: Path) -> None:
    ledger = evaluate(tmp_path, SERVERS.replace("SAID", ""))
    influences = measure_influence(ledger)
    row = next(each for each in influences.rows if each.uses[0].input == "lifespan")
    for elasticity in (-1e9, 1e9):
        steep = replace(influences, rows=(replace(row, elasticities=(elasticity,)),))
        (warning,) = warn_of_defaults(ledger.program, steep)
        assert warning.notes[1] == "with `lifespan` 10 % larger or smaller, Climate change changes several times over"


def test_only_large_shares_are_worth_it(tmp_path: Path) -> None:
    assert {"lifespan", "pue", "idle_power"} <= warn(tmp_path, large=0.001).keys()
    assert warn(tmp_path, large=0.9) == {}


def test_a_constant_stands_for_the_defaults_that_read_it(tmp_path: Path) -> None:
    text = SERVERS.replace("SAID", "").replace("grid = france; server_type = on", "server_type = on")
    ledger = evaluate(tmp_path, text)
    influences = measure_influence(ledger)
    row = next(each for each in influences.rows if each.factor.span.text == "400 gCO2e/kWh")
    assert row.factor.standing is Standing.DEFAULT
    assert [path_of(ledger.program, use) for use in row.factor.uses] == [
        "big.carbon_intensity",
        "same.carbon_intensity",
    ]
    (warning,) = (w for w in warn_of_defaults(ledger.program, influences) if "carbon_intensity" in w.message)
    assert warning.help is not None
    assert warning.help.startswith("set `carbon_intensity = ... from SOURCE` in `big`, `same`;")


def test_an_object_of_the_library_is_named_where_the_model_refers_to_it(tmp_path: Path) -> None:
    """No object of the library leaves a number to its kind today; one that is set stands for it here."""
    ledger = evaluate(tmp_path, SERVERS.replace("SAID", ""))
    influences = measure_influence(ledger)
    row = next(each for each in influences.rows if each.uses[0].input == "energy_intensity")
    provenance = Provenance("hypothesis", "low", "a guess")
    factor = replace(row.factor, standing=Standing.DEFAULT, formula=replace(row.factor.formula, provenance=provenance))
    changed = replace(influences, rows=(replace(row, factor=factor, shares=(0.5,)),))
    (warning,) = warn_of_defaults(ledger.program, changed)
    assert warning.message.startswith("`std.network.wired` leaves `energy_intensity` to a weak default, 0.05 kWh/GB,")
    assert warning.span is not None
    assert (warning.span.text, warning.span.file.origin) == ("std.network.wired", Origin.PROJECT)
    assert warning.help == "amend it where you refer to it: `std.network.wired { energy_intensity = ... from SOURCE }`"
    cured = warning.help.split("`")[1].replace("... from SOURCE", "0.2 kWh/GB")
    again = evaluate(tmp_path / "cured", SERVERS.replace("SAID", "").replace("std.network.wired", cured))
    assert again.find("staff.network.energy_intensity") is not None


@pytest.mark.parametrize(
    ("source", "confidence", "weak"),
    [
        (None, None, True),
        (None, "high", True),
        ("hypothesis", "low", True),
        ("hypothesis", "medium", True),
        ("hypothesis", None, True),
        ("hypothesis", "high", False),
        ("std.sources.x", "low", True),
        ("std.sources.x", None, False),
        ("std.sources.x", "medium", False),
        ("std.sources.x", "high", False),
    ],
)
def test_what_is_weak(tmp_path: Path, source: str | None, confidence: str | None, weak: bool) -> None:
    ledger = evaluate(tmp_path, SERVERS.replace("SAID", ""))
    factors = {row.uses[0].input: row.factor for row in measure_influence(ledger).rows}
    default, given = factors["lifespan"], factors["starts"]
    provenance = Provenance(source, confidence, "a note")
    changed = [replace(each, formula=replace(each.formula, provenance=provenance)) for each in (default, given)]
    assert [is_weak(each) for each in changed] == [weak, False]
