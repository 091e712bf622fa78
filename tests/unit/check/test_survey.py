"""What names stand for, who reads what, and what rests on a source, without a word of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import check_model
from gaic.check.builtins import SHELVES
from gaic.check.functions import GATHERERS, Functions
from gaic.check.meanings import Meaning, Sort
from gaic.check.measures import Measures
from gaic.check.operators import Operators
from gaic.check.survey import survey_bundle
from gaic.load.bundle import load_reference
from gaic.report.reference.site import render_reference
from gaic.source.diagnostic import has_errors
from tests.unit.report.references import HEAD

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.check.survey import Survey
    from gaic.source.text import Span

TEXT = """
source book "A book" {}
source leaf "A leaf" {}
let limit : Ratio = 2 from leaf

abstract kind thing {
  input size : Ratio = 1 from book
  input mood : merry | sad = merry from leaf
  ref next : thing?
  back before_it = thing.next
  set all_of = next | before_it.next
  calc twice : Ratio = size * limit
  calc named[t in before_it] : Ratio = t.weight * t.object.size + t.twice
  calc open_sum : Ratio = far_value + self.size
  calc mean_of : Ratio = if given(next) and next.mood == sad then next.size else 0
  calc linked : Ratio = sum(named[t] for t in before_it where t in before_it)
  calc ahead : Ratio = sum(count(s for s in before(t)) for t in before_it)
  assert sane: any(t.size > 0 for t in every thing) else warn "no size"
}
kind box extends thing { calc far_value : Ratio = size; let pad : Ratio = 1 }
kind lid extends box { calc size : Ratio = pad }
template box plain {}
box one { next = two }
box two extends plain { size = 2 from leaf }
"""

# Texts that no check would let pass: what means nothing is passed over, all else is found.
ODD = """
import std.no_such_module
source leaf "A leaf" {}
let limit = 2 from leaf
kind box extends nobody { input size : Ratio = 1 }
kind crate {
  category = limit
  input size : Ratio = nowhere.at_all
  ref next : nobody
  ref other : crate
  ref third : crate
  ref third = other.other
  back prior = crate
  back later = nobody.next
  set all_of = other | nothing_here.other
  calc a : Ratio = -size as Count -> kWh
  calc b : Ratio = (limit from unknown) * (limit from leaf) + std.numbers.none + limit.size
  calc c[k in every nobody] : Ratio = k.size + k.weight + size.far + [size, limit] + other[size] + (1 to size)
  calc d : Ratio = other.f(size) + x.size == size
  calc e : Ratio counts nobody nothing_here = if size then other else size
  assert g: (size == size) == limit else error "h"
}
crate one { other = one { size = limit; calc z : Ratio = 1 } }
nobody two extends three { x = { 00:00..24:00 => limit } }
"""


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    model = tmp_path_factory.mktemp("survey") / "m.gai"
    model.write_text(TEXT, encoding="utf-8", newline="\n")
    assert not has_errors(check_model(model).diagnostics)
    return survey_bundle(load_reference(model)[0])


def attribute(owner: str, name: str) -> Meaning:
    return Meaning(Sort.ATTRIBUTE, owner, name)


def meaning(survey: Survey, line: str, word: str, nth: int = 0) -> Meaning | None:
    """What the nth occurrence of a word in a line stands for."""
    start = TEXT.index(line)
    for _ in range(nth + 1):
        start = TEXT.index(word, start) + len(word)
    places: dict[tuple[int, int], Meaning] = {
        (span.start, span.end): found for span, found in survey.meanings.items() if is_own(span)
    }
    return places.get((start - len(word), start))


def is_own(span: Span) -> bool:
    return span.file.name == "m.gai"


@pytest.mark.parametrize(
    ("line", "word", "nth", "wanted"),
    [
        ("calc twice", "size", 0, attribute("thing", "size")),
        ("calc twice", "limit", 0, Meaning(Sort.VALUE, "", "limit")),
        ("calc twice", "Ratio", 0, Meaning(Sort.TYPE, "", "Ratio")),
        ("calc named", "before_it", 0, attribute("thing", "before_it")),
        ("calc named", "weight", 0, None),
        ("calc named", "size", 0, attribute("thing", "size")),
        ("calc named", "twice", 0, attribute("thing", "twice")),
        ("calc open_sum", "far_value", 0, attribute("thing", "far_value")),
        ("calc open_sum", "size", 0, attribute("thing", "size")),
        ("calc mean_of", "mood", 0, attribute("thing", "mood")),
        ("calc mean_of", "sad", 0, None),
        ("calc mean_of", "given", 0, Meaning(Sort.FUNCTION, "", "given")),
        ("calc linked", "named", 0, attribute("thing", "named")),
        ("calc ahead", "count", 0, Meaning(Sort.FUNCTION, "", "count")),
        ("assert sane", "thing", 0, Meaning(Sort.KIND, "", "thing")),
        ("set all_of", "next", 1, attribute("thing", "next")),
        ("back before_it", "next", 0, attribute("thing", "next")),
        ("kind lid", "pad", 0, attribute("box", "pad")),
        ("kind box", "thing", 0, Meaning(Sort.KIND, "", "thing")),
        ("box one", "two", 0, Meaning(Sort.VALUE, "", "two")),
        ("box two", "plain", 0, Meaning(Sort.VALUE, "", "plain")),
        ("box two", "leaf", 0, Meaning(Sort.VALUE, "", "leaf")),
        ("input mood", "merry", 1, None),
    ],
)
def test_a_name_stands_for_its_declaration(
    survey: Survey, line: str, word: str, nth: int, wanted: Meaning | None
) -> None:
    assert meaning(survey, line, word, nth) == wanted


def test_what_means_nothing_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "m.gai").write_text(ODD, encoding="utf-8", newline="\n")
    survey = survey_bundle(load_reference(tmp_path / "m.gai")[0])
    read = {found.name for found in survey.readers_of("crate", "size")}
    assert read == {"a", "c", "d", "e", "g"}
    assert set(survey.citations["leaf"]) == {Meaning(Sort.VALUE, "", "limit"), attribute("crate", "b")}
    assert {found.name for found in survey.readers_of("crate", "other")} == {"third", "all_of", "c", "e"}
    assert survey.leads[attribute("crate", "other")] == "crate"
    dict(render_reference(survey, HEAD))


def test_readers_of_a_parent_read_its_children(survey: Survey) -> None:
    readers = {found.name for found in survey.readers_of("thing", "size")}
    assert readers == {"twice", "named", "open_sum", "mean_of", "sane", "far_value"}
    assert attribute("thing", "twice") in survey.readers_of("lid", "size")
    assert survey.readers_of("thing", "linked") == ()


def test_names_of_children_are_open(survey: Survey) -> None:
    assert survey.open_names == {**survey.open_names, "thing": ("far_value",)}


def test_families_references_and_their_ends(survey: Survey) -> None:
    assert survey.children["thing"] == ("box",)
    assert survey.pointing["thing"] == (attribute("thing", "next"),)
    assert survey.leads[attribute("thing", "all_of")] == "thing"
    assert set(survey.declared_in["m.gai"]) == {"thing", "box", "lid"}


def test_sources_know_what_rests_on_them(survey: Survey) -> None:
    assert survey.citations["book"] == (attribute("thing", "size"),)
    assert survey.citations["leaf"] == (
        attribute("thing", "mood"),
        Meaning(Sort.VALUE, "", "limit"),
        Meaning(Sort.VALUE, "", "two"),
    )


def test_every_function_of_the_language_is_described(survey: Survey) -> None:
    from gaic.check.findings import Findings

    findings = Findings()
    known = {*Functions(Operators(Measures(survey.system, findings), findings)).table, *GATHERERS}
    described = [function.name for shelf in SHELVES for function in shelf.functions]
    assert sorted(described) == sorted(known | {"given", "before", "hourly", "weekly"})
    for shelf in SHELVES:
        for function in shelf.functions:
            assert function.call.startswith(f"{function.name}(")
            assert function.meaning.endswith(".")


def test_a_file_of_the_library_is_the_library() -> None:
    from gaic.load.bundle import PRELUDE
    from gaic.load.library import find_library

    bundle, faults = load_reference(find_library() / "grid.gai")
    assert faults == ()
    assert bundle.root == PRELUDE
    assert bundle.modules["std.grid"].prefix == "std.grid."
