"""The reference: a page for every kind, a place for every name, links that lead somewhere, words that stay words."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from gaic.check.meanings import Meaning, Sort
from gaic.check.survey import survey_bundle
from gaic.check.symbols import STRUCTURAL
from gaic.load.bundle import load_reference
from gaic.report.reference.entries import cut_lines
from gaic.report.reference.kinds import first_sentence
from gaic.report.reference.places import LINES_OF_PAGE, address_of_line, make_guide, page_of_kind, page_of_module
from gaic.report.reference.site import ASSETS, render_reference
from gaic.source.text import SourceFile, Span
from gaic.syntax.declarations import Assert, Field, Kind, Object
from tests.unit.report.markup import broken_links, read_index, read_page
from tests.unit.report.references import (
    HEAD,
    MARKUP,
    OBJECT,
    PROJECT,
    library_reference,
    project_reference,
    survey_library,
    survey_project,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gaic.check.lineage import RawKind
    from gaic.check.survey import Survey
    from tests.unit.report.markup import Page

    Reference = tuple[Survey, dict[str, str], dict[str, Page]]

LARGEST_PAGE = 300_000
LARGEST_INDEX = 300_000


@cache
def read_all(make: Callable[[], dict[str, str]]) -> dict[str, Page]:
    return {name: read_page(text, texts=False) for name, text in make().items() if name.endswith(".html")}


@pytest.fixture(params=["library", "project"], scope="module")
def reference(request: pytest.FixtureRequest) -> Reference:
    if request.param == "library":
        return survey_library(), library_reference(), read_all(library_reference)
    return survey_project(), project_reference(), read_all(project_reference)


IDS: dict[int, set[str]] = {}


def ids_of(pages: Mapping[str, Page], name: str) -> set[str]:
    page = pages[name]
    return IDS.setdefault(id(page), set(page.ids))


def declared(raw: RawKind) -> set[str]:
    """Anchors of the entries that a kind declares itself."""
    assert isinstance(raw.declaration, Kind)
    entries = [entry for entry in raw.declaration.block.entries if not isinstance(entry, Field)]
    return {
        f"assert-{entry.name.text}" if isinstance(entry, Assert) else entry.name.text
        for entry in entries
        if hasattr(entry, "name")
    }


def test_every_kind_has_its_page_and_every_entry_its_place(reference: Reference) -> None:
    survey, _, pages = reference
    for name, raw in survey.kinds.items():
        ids = set(pages[page_of_kind(survey, name)].ids)
        assert declared(raw) | set(survey.open_names.get(name, ())) <= ids, name


def test_every_line_and_object_has_its_place(reference: Reference) -> None:
    survey, _, pages = reference
    for module in survey.bundle.modules.values():
        file = module.tree.file
        for number in range(1, file.text.count("\n") + 1):
            page, _, anchor = address_of_line(file, number).partition("#")
            assert anchor in ids_of(pages, page), (file.name, number)
        for item in module.tree.items:
            if module.library and isinstance(item, Object) and item.kind.text not in STRUCTURAL:
                assert item.name.text in ids_of(pages, page_of_module(module))


def test_every_link_leads_somewhere(reference: Reference) -> None:
    assert broken_links(reference[2]) == []


def test_pages_are_well_formed_and_have_each_id_once(reference: Reference) -> None:
    for name, page in reference[2].items():
        assert page.balanced, name
        assert len(page.ids) == len(set(page.ids)), name
        assert [e for e in page.elements if "style" in e.attributes] == [], name
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), name


def test_pages_read_without_scripts_and_ask_for_nothing_else(reference: Reference) -> None:
    for name, page in reference[2].items():
        scripts = [e.attributes.get("src") for e in page.all("script")]
        assert scripts == [name.count("/") * "../" + "site.js"]
        assert page.all("img") == []
        assert [e for e in page.elements if any(key.startswith("on") for key in e.attributes)] == []
        assert [link for link in page.links if re.match(r"\s*(?!https?:)[a-z]+:", link, re.IGNORECASE)] == []
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in reference[1][name]
    assert "url(" not in reference[1]["reference.css"]


def test_hostile_words_stay_words() -> None:
    for name, text in project_reference().items():
        assert MARKUP not in text, name
    assert "alert(1)" in project_reference()["own/kettle.html"]
    sources = project_reference()["sources.html"]
    assert f'href="{OBJECT.replace("&", "&amp;")}"' in sources
    assert "onclick=alert(4)" in sources
    assert not re.search("href=[^>]*onclick", sources)
    index = project_reference()["search.js"]
    assert "<" not in index
    assert index.isascii()


def test_the_search_finds_every_attribute(reference: Reference) -> None:
    survey, files, pages = reference
    entries = read_index(files["search.js"])
    assert all(len(entry) == 4 for entry in entries)
    for name, _, address, _ in entries:
        page, _, anchor = address.partition("#")
        assert page in pages, name
        assert not anchor or anchor in pages[page].ids, name
    addresses = {entry[2] for entry in entries}
    assert any(name == "use_footprint" and "emitter.use_footprint: " in words for name, words, _, _ in entries)
    for kind, raw in survey.kinds.items():
        assert {f"{page_of_kind(survey, kind)}#{anchor}" for anchor in declared(raw)} <= addresses


def test_the_same_declarations_give_the_same_bytes() -> None:
    again = dict(render_reference(survey_bundle(load_reference(None)[0]), HEAD))
    assert list(again.items()) == list(library_reference().items())


def test_pages_stay_small(reference: Reference) -> None:
    sizes = {name: len(text.encode()) for name, text in reference[1].items()}
    assert {name: size for name, size in sizes.items() if name.endswith(".html") and size > LARGEST_PAGE} == {}
    assert sizes["search.js"] <= LARGEST_INDEX
    assert sum(sizes[name] for name in ASSETS) <= 40_000


def section(text: str, anchor: str) -> str:
    """What stands between an anchor and the end of its section."""
    return text[text.index(f'id="{anchor}"') :].partition("</section>")[0]


def test_an_input_shows_all_that_is_known_of_it() -> None:
    power = section(project_reference()["own/kettle.html"], "power")
    line = PROJECT["m.gai"].partition("  input power")[0].count("\n") + 1
    for part in (
        '<a href="../units.html#Power">Power</a>',
        "in W",
        "<dt>Default</dt><dd><code>2 kW</code></dd>",
        '<a href="../sources.html#paper">A paper',
        '<span class="badge high">high</span>',
        "<dt>Allowed</dt><dd>0 W to 10\N{NARROW NO-BREAK SPACE}000 W</dd>",
        "<dt>Usual</dt><dd>1 kW to 3 kW</dd>",
        '<a href="../own/kettle.html#filled"><code>filled</code></a>',
        '<a href="../own/kettle.html#assert-fine"><code>fine</code></a>',
        f'<a class="place" href="../source/m.gai.html#L{line}">',
    ):
        assert part in power
    page = project_reference()["own/kettle.html"]
    assert "none: may stay unset" in section(page, "made")
    assert "none: every object gives one" in section(page, "sold")
    assert "<code>slow</code>" in section(page, "mode")


def test_a_calculation_shows_its_formula_twice_and_who_reads_it() -> None:
    page = project_reference()["own/kettle.html"]
    filled = section(page, "filled")
    assert '<math display="block" alttext="filled = sum(k.weight * k.object.power for k in prior where' in filled
    assert '<mrow><mi></mi><mtext><a href="../own/kettle.html#power">power</a></mtext></mrow>' in filled
    assert "sum(k.weight * k.object.power" in filled.partition('<pre class="written"')[2]
    assert "One value for each" in section(page, "named")
    assert "counts in gwp, use</a>" in section(
        library_reference()["kinds/std.accounting.emitter.html"], "use_footprint"
    )
    own = section(project_reference()["own/whistler.html"], "power")
    assert "replaces <" not in own
    assert '<a href="../own/kettle.html#power">replaces kettle.power</a>' in own
    assert "kettle.filled" in own, "who reads the parent's attribute reads the child's"


def test_what_children_declare_is_named_where_it_is_read() -> None:
    page = project_reference()["own/kettle.html"]
    row = page[page.index('<tr id="own_share"') :].partition("</tr>")[0]
    assert "whistler.own_share" in row
    assert 'href="../own/kettle.html#both"' in row


def test_references_say_where_they_lead() -> None:
    page = project_reference()["own/kettle.html"]
    assert '<a href="../own/kettle.html">kettle</a>?' in section(page, "next")
    assert "<dt>Way back of</dt><dd><a" in section(page, "prior")
    around = section(page, "around")
    assert '[<a href="../own/kettle.html">kettle</a>]' in around
    assert " and <a" in around


def test_a_kind_shows_its_family_and_what_it_inherits() -> None:
    text = project_reference()["own/server.html"]
    assert "From <a" in text
    assert 'href="../own/kettle.html#mode"' in text
    assert 'href="../kinds/std.accounting.emitter.html"' in text
    kettle = project_reference()["own/kettle.html"]
    assert '<dt>Extended by</dt><dd><a href="../own/whistler.html">' in kettle
    assert '<a href="../totals.html#boiling"><code>boiling</code></a>' in kettle
    hidden = project_reference()["kinds/std.servers.any_server.html"]
    assert "<code>std.servers.server</code>" in hidden, "the project's own kind has taken the bare name"
    assert "<code>server</code>" in library_reference()["kinds/std.servers.any_server.html"]


def test_a_catalogue_is_a_table_with_sources() -> None:
    text = library_reference()["modules/std.grid.html"]
    row = text[text.index('<tr id="france"') :].partition("</tr>")[0]
    assert "g CO2e/kWh</td>" in row
    assert "Europe/Paris</td>" in row
    assert 'href="../sources.html#std.sources.our_world_in_data"' in row
    own, modules = project_reference(), survey_project().bundle.modules
    assert '<tr id="nearby">' in own[page_of_module(modules["parts/things.gai"])]
    model = own[page_of_module(modules["m.gai"])]
    assert '<tr id="shrill">' in model
    assert '<tr id="first">' not in model, "objects of the model itself are no catalogue"


def test_sources_name_what_rests_on_them() -> None:
    text = library_reference()["sources.html"]
    world = section(text, "std.sources.our_world_in_data")
    assert "objects of <a" in world
    assert "CC BY 4.0" in world
    assert 'href="kinds/std.servers.any_server.html#embodied"' in section(text, "std.sources.base_ademe")


def test_registers_list_everything() -> None:
    files = library_reference()
    units = files["units.html"]
    for part in ('id="Carbon"', 'id="unit-percent"', "1000 kg", '<td data-label="Tag">ram</td>', "<code>k</code>"):
        assert part in units
    assert '<tr id="ceil">' in files["functions.html"]
    totals = files["totals.html"]
    assert 'href="kinds/std.accounting.emitter.html#use_footprint"' in totals
    assert 'href="kinds/std.servers.any_server.html"' in totals
    assert "std.grid" in files["index.html"]


def test_every_shipped_formula_has_links() -> None:
    """Names in formulas lead somewhere, but for what generators bind, words of choices and parts of links."""
    survey = survey_library()
    guide = make_guide(survey, {}, "")
    assert guide.attribute(Meaning(Sort.ATTRIBUTE, "server", "compute")).href == "kinds/std.servers.server.html#compute"
    unlinked: set[str] = set()
    for name, text in library_reference().items():
        if name.startswith("kinds/"):
            unlinked.update(re.findall("<mi>([^<]+)</mi>", text.replace("\N{NO-BREAK SPACE}", "_")))
    words = {word for word in unlinked if f'id="{word}"' in "".join(library_reference().values())}
    assert {"weight", "autoscaling"} <= unlinked
    assert "available_ram_per_instance" in words  # the name before `=`


def test_long_files_have_several_pages() -> None:
    pages = read_all(library_reference)
    assert f"L{LINES_OF_PAGE}" in pages["source/cloud.aws.html"].ids
    assert f"L{LINES_OF_PAGE + 1}" in pages["source/cloud.aws-2.html"].ids
    assert "cloud.aws-3.html" in library_reference()["source/cloud.aws.html"]


@pytest.mark.parametrize(
    ("doc", "sentence"),
    [
        ("One thing. And more.", "One thing."),
        ("Half a `b. c` thing. More.", "Half a b. c thing."),
        ("No end", "No end"),
        ("- a list", ""),
        ("", ""),
    ],
)
def test_the_first_sentence_stands_for_the_whole(doc: str, sentence: str) -> None:
    assert "".join(phrase.text for phrase in first_sentence(doc)) == sentence


def test_a_formula_keeps_its_lines() -> None:
    file = SourceFile("a.gai", "calc x : A =\n    if a then b\n      else c\n")
    start = file.text.index("if")
    lines = cut_lines(Span(file, start, len(file.text) - 1))
    assert ["".join(piece.text for piece in line) for line in lines] == ["if a then b", "  else c"]
    many = SourceFile("b.gai", "\n".join("x" * 3 for _ in range(500)))
    assert len(cut_lines(Span(many, 0, len(many.text)))) < 50
