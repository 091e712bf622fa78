from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from gaic.check.program import Declared
from gaic.evaluate.account import ScalarValue
from gaic.load.library import read_library_table
from gaic.report.facts import gather_facts
from gaic.report.files import list_files
from gaic.report.search import SYNONYMS, list_addresses, write_index
from gaic.report.site import render_site
from tests.unit.report.example import make_book
from tests.unit.report.fake_ledger import NOWHERE, FakeBook
from tests.unit.report.markup import read_index, read_page
from tests.unit.report.texts import MODEL_FILE, find_span, make_head

if TYPE_CHECKING:
    from collections.abc import Iterator


def spell_out(text: str) -> Iterator[tuple[str, str]]:
    """Path and address of every entry, as the script makes them."""
    for path, _, href, _, *values in read_index(text):
        yield path, href
        for name, *more in values[0] if values else ():
            anchor = more[1] if len(more) > 1 and more[1] else name.replace("[", ".").removesuffix("]")
            yield f"{path}.{name}", f"{href.partition('#')[0]}#{anchor}"


def test_every_address_is_found_and_is_there() -> None:
    book = make_book()
    words = (Declared("gwp", "criterion", "Climate", "", {}, find_span("study support_2026", MODEL_FILE)),)
    spans = {"answer": find_span("kind genai_job"), "farm": find_span("kind gpu_server")}
    book.shelves = [replace(o, kind_span=spans.get(o.path)) for o in book.shelves]
    site = dict(render_site(book, replace(make_head(), words=words)))
    found = dict(spell_out(site["search.js"]))
    assert {account.path for account in book.accounts.values()} <= found.keys()
    assert {o.path for o in book.shelves} <= found.keys()
    assert {"tender", "gwp", "support.gai", "Assumptions", "std.genai.genai_job"} <= found.keys()
    assert found["std.genai.genai_job"] == "files/genai.html#L2"
    pages = {name: read_page(text) for name, text in site.items() if name.endswith(".html")}
    for path, href in found.items():
        page, _, anchor = href.partition("#")
        assert page in pages, path
        assert not anchor or anchor in pages[page].ids, (path, href)


def test_an_object_of_one_value_is_one_entry() -> None:
    entries = {entry[0]: entry for entry in read_index(dict(render_site(make_book(), make_head()))["search.js"])}
    assert entries["requests_per_ticket"] == [
        "requests_per_ticket",
        "Constant",
        "objects/requests_per_ticket.html#value",
        "3.2 req/ticket",
    ]


def test_ten_thousand_values_stay_small() -> None:
    book = FakeBook()
    for index in range(500):
        for number in range(20):
            book.add(
                f"some_object_{index}.a_long_name_of_a_value_{number}[member_{index}]", ScalarValue(number, "kg CO2e")
            )
        book.shelve(f"some_object_{index}", "thing", "Thing", NOWHERE)
    facts = gather_facts(book)
    text = write_index(list_addresses(facts, list_files(facts, make_head()), make_head()))
    assert len(list(spell_out(text))) > 10_500
    assert len(text) < 1_500_000


def test_the_library_says_which_words_are_alike() -> None:
    index = json.loads(write_index([]).removeprefix("gaicIndex(").removesuffix(");\n"))
    assert index == {"alike": read_library_table(SYNONYMS)["groups"], "entries": []}
    assert any({"manufacturing", "embodied", "fabrication"} <= set(group) for group in index["alike"])
