from __future__ import annotations

import itertools
import re
import subprocess
import sys
import time
from dataclasses import fields, is_dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from gaic.evaluate.account import ScalarValue
from gaic.report.facts import find_address, gather_facts
from gaic.report.site import ASSETS, list_study, render_site
from gaic.report.template import TEMPLATES
from tests.unit.report.example import make_book
from tests.unit.report.fake_ledger import NOWHERE, FakeBook
from tests.unit.report.fake_sensitivity import make_sensitivity
from tests.unit.report.markup import broken_links, read_graphs, read_index, read_page
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.unit.report.markup import Page

HOSTILE = (
    "</script></title><img src=x onerror=alert(1)>'\"><a href='javascript:alert(2)'>\u202e\x07{{ 7 * 7 }}"
    + "long" * 120
)


@pytest.fixture(scope="module")
def pages(site: Mapping[str, str]) -> dict[str, Page]:
    return {name: read_page(text) for name, text in site.items() if name.endswith(".html")}


def test_the_site_has_a_page_per_object_and_ends_with_its_index(site: Mapping[str, str], book: FakeBook) -> None:
    names = list(site)
    assert names[:3] == ["style.css", "site.js", "search.js"]
    objects = [f"objects/{object_.path}.html" for object_ in book.shelves]
    files = ["files/support.gai.html", "files/genai.html"]
    registers = ["sources.html", "assumptions.html", "quality.html", "scope.html", "files.html"]
    assert [name for name in names[3:] if not name.endswith(".csv")] == [*objects, *files, *registers, "index.html"]


def test_every_page_is_well_formed_and_has_each_id_once(pages: Mapping[str, Page]) -> None:
    for name, page in pages.items():
        assert page.balanced, name
        assert len(page.ids) == len(set(page.ids)), name
        assert [e for e in page.elements if "style" in e.attributes] == [], name


def test_headings_do_not_skip_a_level(pages: Mapping[str, Page]) -> None:
    for name, page in pages.items():
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), name


def test_every_link_leads_somewhere(pages: Mapping[str, Page], site: Mapping[str, str]) -> None:
    assert broken_links(pages, site) == []


def test_every_value_has_its_address(pages: Mapping[str, Page], book: FakeBook) -> None:
    for account in book.accounts.values():
        anchor = account.attribute if account.member is None else f"{account.attribute}.{account.member}"
        assert anchor in pages[f"objects/{account.object}.html"].ids


def test_drawn_edges_are_the_edges_of_the_graph(site: Mapping[str, str], book: FakeBook) -> None:
    drawn = {edge for text in site.values() for graph in read_graphs(text) for edge in graph.edges}
    assert drawn == {
        (find_address(book.accounts[dependency]), find_address(book.accounts[reader]))
        for reader, dependencies in book.edges.items()
        for dependency in dependencies
    }


def test_boxes_say_path_value_and_unit(pages: Mapping[str, Page]) -> None:
    boxes = [e for e in pages["objects/farm.html"].all("a") if e.attributes.get("class", "").startswith("node")]
    box = next(e for e in boxes if e.attributes["href"] == "std.grid.france.html#carbon_intensity")
    assert box.text == "std.grid.francecarbon_intensity56 gCO2e/kWh"
    own = next(e for e in boxes if e.attributes["href"] == "farm.html#pue")
    assert own.text == "pue1.185"


def test_a_calculated_value_is_explained(site: Mapping[str, str]) -> None:
    text = site["objects/answer.html"]
    section = text[text.index('id="request_duration"') : text.index('id="compute_needed"')]
    for part in (
        "28.15",
        "Time from the first to the last token",
        '<a href="answer.html#output_token_count">output_token_count</a>',
        "1000 tok * (8.02e-13 s/tok/param * 7.3 Gparam + 0.0223 s/tok) = <strong>28.15 s</strong>",
        "4 values enter the formula directly",
        "Drawn 4 of 4",
        '<a href="../sources.html#std.sources.ecologits">EcoLogits 0.6</a>',
        "stdlib/genai.gai:9",
        "Used by",
    ):
        assert part in section


def test_parameters_show_what_they_replace_and_what_is_missing(site: Mapping[str, str]) -> None:
    text = site["objects/farm.html"]
    assert "default: 1.2" in text
    assert "5th to 95th percentile" in text
    assert "no source given" in text
    assert "not set" in text


def test_a_series_shows_its_ends_its_time_and_a_chart(site: Mapping[str, str]) -> None:
    text = site["objects/answer.html"]
    assert "26\u202f299: 2024-12-31 23:00 to 2028-01-01 17:00" in text
    assert "<p>3 · 5 · 6 · " in text
    assert 'class="band"' in text


def test_the_index_says_what_is_not_supplied(site: Mapping[str, str]) -> None:
    text = site["index.html"]
    assert text.count("not supplied") == 10
    assert "1 of 2 assertions hold" in text
    assert "GAI601" in text
    assert "0f" * 32 in text


def test_a_study_lists_its_own_fields_last() -> None:
    study = replace(make_head().study, fields={"weather": "fine", "goal": "x"})
    facts = gather_facts(FakeBook())
    assert list_study(study, facts)[0] == ("Goal", "x")
    assert list_study(study, facts)[1] == ("Audience", None)
    assert list_study(study, facts)[-1] == ("Weather", "fine")


def test_a_model_of_nothing_has_an_index() -> None:
    site = dict(render_site(FakeBook(), replace(make_head(), diagnostics=())))
    assert "No value of this model counts in a total." in site["index.html"]
    assert "nothing to remark" in site["index.html"]
    assert "No number of the model cites a declared source." in site["sources.html"]


def test_the_same_book_gives_the_same_bytes(site: Mapping[str, str]) -> None:
    book = make_book()
    assert dict(render_site(book, make_head(), sensitivity=make_sensitivity(book))) == site


def test_members_beyond_the_first_are_listed() -> None:
    book = FakeBook()
    for index in range(20):
        book.add(f"a.table[m{index}]", ScalarValue(index, "kg"), formula="x", substituted="x")
    book.shelve("a", "thing", "Thing", NOWHERE)
    page = read_page(dict(render_site(book, make_head()))["objects/a.html"])
    assert {f"table.m{index}" for index in range(20)} <= set(page.ids)
    assert "20 members" in next(e.text for e in page.all("nav") if "overview" in e.attributes.get("class", ""))


def poison(value: Any) -> Any:
    """The same account, object or finding with hostile words wherever a text is free."""
    kept = {"path", "object", "attribute", "member", "role", "file", "nature", "target", "span", "code", "confidence"}
    kept.add("zone")  # of the study, which was checked
    if isinstance(value, str):
        return value + HOSTILE
    if is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: poison(getattr(value, f.name)) for f in fields(value) if f.init and f.name not in kept}
        return replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(map(poison, value))
    if isinstance(value, dict):
        return {poison(key): poison(entry) for key, entry in value.items()}
    return value


def make_hostile_site() -> dict[str, str]:
    book = make_book()
    book.accounts = {node: poison(account) for node, account in book.accounts.items()}
    book.shelves = [replace(poison(o), links=o.links, used_by=o.used_by) for o in book.shelves]
    book.rows = [poison(row) for row in book.rows]
    book.asserted = poison(book.asserted)
    head = replace(poison(make_head()), file="a" + HOSTILE, inputs=())
    return dict(render_site(book, head, sensitivity=make_sensitivity(book)))


@pytest.fixture(scope="module")
def hostile() -> dict[str, str]:
    return make_hostile_site()


def test_hostile_words_stay_words(hostile: Mapping[str, str]) -> None:
    for name, text in hostile.items():
        if not name.endswith(".html"):
            continue
        page = read_page(text)
        assert page.balanced, name
        assert [e.attributes.get("src") for e in page.all("script")] == [name.count("/") * "../" + "site.js"]
        assert page.all("img") == []
        assert [e for e in page.elements if any(key.startswith("on") for key in e.attributes)] == []
        assert [link for link in page.links if re.match(r"\s*(?!https?:)[a-z]+:", link, re.IGNORECASE)] == []
        assert "49" not in page.all("h1")[0].text
        assert not set(text) & {"\u202e", "\x07"}


def test_hostile_words_do_not_leave_the_search_index(hostile: Mapping[str, str]) -> None:
    text = hostile["search.js"]
    assert "<" not in text
    assert text.isascii()
    assert all(len(entry) in {4, 5} for entry in read_index(text))


def test_no_template_switches_escaping_off() -> None:
    for name in TEMPLATES:
        text = resources.files("gaic.report").joinpath("templates", name).read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|Markup|autoescape\s+false|style=", text), name


def test_pages_ask_for_nothing_but_their_own_files(site: Mapping[str, str]) -> None:
    for name, text in site.items():
        if name.endswith(".html"):
            assert "default-src 'none'; script-src 'self'; style-src 'self'" in text
    assert "url(" not in site["style.css"]
    assert "import" not in site["style.css"]


def test_style_and_script_are_small(site: Mapping[str, str]) -> None:
    assert sum(len(site[name].encode()) for name in ASSETS) <= 40_000


def test_templates_are_loaded_only_when_pages_are_written() -> None:
    code = "import sys, gaic.report.site, gaic.report.terminal; print('jinja2' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.split() == ["False", "False"]


def grow_book(objects: int, values: int) -> FakeBook:
    """Objects in a row, each value resting on two of its own and on one of the object before."""
    book = FakeBook()
    for index in range(objects):
        for number in range(values):
            node = len(book.accounts)
            edges = {node - 1, node - 2} if number > 1 else set()
            if number and index:
                edges.add(node - values)
            book.add(f"o{index}.v{number}", ScalarValue(number, "kg"), formula="a + b" if edges else None)
            book.edges[node] = tuple(sorted(edges))
        book.shelve(f"o{index}", "thing", "Thing", NOWHERE)
    return book


@pytest.mark.slow
def test_a_site_of_three_thousand_values_takes_seconds() -> None:
    book = grow_book(150, 20)
    readers: dict[int, list[int]] = {node: [] for node in book.accounts}
    for reader, dependencies in book.edges.items():
        for dependency in dependencies:
            readers[dependency].append(reader)
    book.used_by = lambda node: tuple(readers[node])  # type: ignore[method-assign]  # a fake
    nearest = {node: book.ancestors(node) for node in book.accounts}
    book.ancestors = lambda node: nearest[node]  # type: ignore[method-assign]  # a fake
    begin = time.process_time()
    sizes = {name: len(text) for name, text in render_site(book, make_head()) if name.startswith("objects/")}
    slower = 1 if sys.gettrace() is None else 4  # lines are counted one by one while coverage is measured
    assert time.process_time() - begin < 10 * slower
    assert len(sizes) == 150
    assert max(sizes.values()) <= 300_000
