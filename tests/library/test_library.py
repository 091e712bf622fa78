"""The standard library: every file stands alone, every figure has a source, the catalogues are whole."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import check_model
from gaic.check import core as c
from gaic.check.program import Role
from gaic.load.library import find_library
from gaic.source.diagnostic import Severity
from gaic.source.text import Origin
from gaic.syntax import expressions as s
from gaic.units.zones import is_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gaic.check.program import Formula, Program

LIBRARY = find_library()
FILES = sorted(path.relative_to(LIBRARY).as_posix() for path in LIBRARY.rglob("*.gai"))
ZONES = 215
"""213 countries, Europe and the world."""


@cache
def check(name: str) -> Program:
    """The program of a library file, which has no errors."""
    outcome = check_model(LIBRARY / name)
    errors = [d.message for d in outcome.diagnostics if d.severity is Severity.ERROR]
    assert not errors
    assert outcome.program is not None
    return outcome.program


@pytest.mark.parametrize("name", FILES)
def test_every_file_loads_alone(name: str) -> None:
    """A library file is a model like any other."""
    assert check(name).kinds


def figures(program: Program, name: str) -> Iterator[tuple[str, Formula]]:
    """Every number that a library file gives: defaults and constants of its kinds, inputs of its objects."""
    file = f"stdlib/{name}"
    for kind in program.kinds.values():
        for attribute in kind.attributes.values():
            formula = attribute.formula
            if formula is not None and attribute.role is not Role.CALCULATED and formula.span.file.name == file:
                yield f"{kind.shown}.{attribute.name}", formula
    for entity in program.entities:
        for attribute_name, formula in entity.inputs.items():
            if formula.span.file.name == file:
                yield f"{entity.path}.{attribute_name}", formula


@pytest.mark.parametrize("name", FILES)
def test_every_figure_has_a_source_and_a_confidence(name: str) -> None:
    """A number without origin does not enter the library; a hypothesis says why."""
    bare = []
    for place, formula in figures(check(name), name):
        literal = isinstance(formula.core, c.Literal | c.Word) or isinstance(formula.written, s.Sourced)
        known = formula.provenance
        if literal and (known.source is None or known.confidence is None):
            bare.append(place)
        if known.source == "hypothesis" and not known.note:
            bare.append(place)
    assert not bare


def test_every_source_says_where_it_is_and_when_it_was_read() -> None:
    """A source has an address or a citation, and the day on which it was read."""
    declared = check("sources.gai").declared.values()
    sources = [d for d in declared if d.sort == "source"]
    assert len(sources) >= 10
    for source in sources:
        assert {"url", "citation"} & set(source.fields), source.path
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", source.fields.get("read", "")), source.path


def test_every_attribute_of_a_library_kind_is_documented() -> None:
    """Inputs and calculations say what they mean."""
    kinds = [k for k in check("prelude.gai").kinds.values() if k.span.file.origin is Origin.LIBRARY]
    bare = [
        f"{kind.shown}.{attribute.name}"
        for kind in kinds
        for attribute in kind.attributes.values()
        if not attribute.doc and attribute.role is not Role.CONSTANT and kind.shown != "let"
    ]
    assert not bare


def test_countries_are_whole_and_their_zones_known() -> None:
    """One entry per zone of the table, each with an intensity and a time zone of the pinned data."""
    entities = [e for e in check("grid.gai").entities if e.span.file.name == "stdlib/grid.gai"]
    assert len(entities) == ZONES
    for entity in entities:
        zone = entity.inputs["timezone"].core
        assert isinstance(zone, c.Word)
        assert is_zone(zone.value)
        intensity = entity.inputs["carbon_intensity"].core
        assert isinstance(intensity, c.Literal)
        assert intensity.value >= 0


def test_an_intensity_of_zero_is_marked_implausible() -> None:
    """A grid without emissions does not exist; the table has one."""
    zero = [
        entity
        for entity in check("grid.gai").entities
        if (formula := entity.inputs.get("carbon_intensity")) and getattr(formula.core, "value", 1.0) == 0
    ]
    assert [entity.path.rpartition(".")[2] for entity in zero] == ["central_african_republic"]
    assert "implausible" in (zero[0].inputs["carbon_intensity"].provenance.note or "")
    assert zero[0].inputs["carbon_intensity"].provenance.confidence == "low"


def test_the_hand_added_model_is_there() -> None:
    """`open_mistral_7b` is not in the table; it stands in the catalogue with its own source."""
    entity = next(e for e in check("models/mistralai.gai").entities if e.path.endswith("open_mistral_7b"))
    formula = entity.inputs["total_params"]
    assert formula.written.span.text.startswith("7.3 Gparam")
    assert formula.provenance.source == "std.sources.ecologits_0_6"
    assert formula.provenance.confidence == "medium"


def test_guessed_sizes_are_limits_and_not_percentiles() -> None:
    """A range of a closed model claims no shape."""
    ranges = [
        part.range
        for name in FILES
        if name.startswith("models/")
        for entity in check(name).entities
        for formula in entity.inputs.values()
        if isinstance(part := formula.core, c.Literal) and part.range is not None
    ]
    assert len(ranges) > 50
    assert {r.meaning for r in ranges} == {"bounds"}


def test_identifiers_of_models_are_unique_over_files() -> None:
    """Two names that give one identifier are an alias or an error of the generator."""
    for name in FILES:
        if name.startswith("models/"):
            text = (LIBRARY / name).read_text(encoding="utf-8")
            names = re.findall(r"^language_model (\w+)", text, re.MULTILINE)
            assert len(names) == len(set(names))
            assert Path(name).stem in {
                "anthropic",
                "cohere",
                "google_genai",
                "huggingface_hub",
                "mistralai",
                "openai",
            }
