from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gaic.api.compile import build_model
from gaic.api.site import site_files
from gaic.evaluate.account import ScalarValue
from gaic.report import addresses, files
from gaic.report.facts import gather_facts
from gaic.report.site import render_site
from gaic.source.text import Origin, SourceFile, Span
from tests.unit.report.fake_ledger import FakeBook
from tests.unit.report.markup import broken_links, read_page
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from pathlib import Path

    from gaic.report.facts import Facts

LINES = addresses.LINES_OF_FILE


def list_of(book: FakeBook, file: SourceFile) -> files.Listed:
    head = replace(make_head(), diagnostics=(), study=replace(make_head().study, span=None))
    return next(listed for listed in files.list_files(gather_facts(book), head) if listed.file is file)


def shelve_line(book: FakeBook, file: SourceFile, name: str, line: int, value: float = 1) -> None:
    start = file.line_starts[line - 1]
    span = Span(file, start, start + len(file.line(line)))
    book.add(f"{name}.v", ScalarValue(value, "kg"), span=span)
    book.shelve(name, "thing", "Thing", span, library=file.origin is Origin.LIBRARY)


def test_files_of_the_project_come_first(facts: Facts) -> None:
    listed = files.list_files(facts, make_head())
    names = [each.file.name for each in listed]
    assert names[:2] == ["support.gai", "stdlib/genai.gai"]
    assert [each.shipped for each in listed[:2]] == [False, True]


def test_a_line_shows_what_it_declares(site: dict[str, str]) -> None:
    text = site["files/support.gai.html"]
    line = text[text.index('id="L19"') : text.index('id="L20"')]
    assert '<a href="../objects/farm.html#pue" title="farm.pue">1.185</a>' in line
    assert '<span class="k-word">from</span>' in line


def test_places_lead_to_their_lines(site: dict[str, str]) -> None:
    page = read_page(site["objects/farm.html"])
    assert "../files/support.gai.html#L19" in page.links
    assert any(link.startswith("../files/genai.html#L") for link in page.links)


def test_a_line_of_many_values_names_the_first() -> None:
    book, file = FakeBook(), SourceFile("stdlib/a.gai", "kind a {\n  calc v : Mass = 1 kg\n}\n", Origin.LIBRARY)
    for number in range(5):
        shelve_line(book, file, f"o{number}", 2, number)
    (page,) = files.build_file_pages(list_of(book, file))
    line = page.lines[1]
    assert [mark.text for mark in line.marks] == ["o0: 0 kg", "o1: 1 kg"]
    assert line.hidden == 3


def test_a_long_file_of_the_project_has_several_pages() -> None:
    book, file = FakeBook(), SourceFile("a.gai", "".join(f"let v{n} = 1 kg\n" for n in range(2 * LINES + 1)))
    shelve_line(book, file, "far", LINES + 1)
    pages = list(files.build_file_pages(list_of(book, file)))
    assert [page.part.href for page in pages] == ["files/a.gai.html", "files/a.gai-2.html", "files/a.gai-3.html"]
    assert [len(page.lines) for page in pages] == [LINES, LINES, 1]
    assert addresses.line_of_file("a.gai", LINES + 1, shipped=False) == f"files/a.gai-2.html#L{LINES + 1}"
    assert pages[1].lines[0].marks[0].path == "far.v"


def test_of_a_long_file_of_the_library_only_what_is_used_is_shown() -> None:
    items = "".join(f'## Number {n}.\nthing o{n} "O" {{\n  v = {n} kg\n}}\n\n' for n in range(LINES))
    book, file = FakeBook(), SourceFile("stdlib/far/a.gai", items, Origin.LIBRARY)
    shelve_line(book, file, "o2", 13)
    shelve_line(book, file, "last", 5 * LINES - 2)
    pages = list(files.build_file_pages(list_of(book, file)))
    assert [page.part.href for page in pages] == ["files/far.a.html", "files/far.a-5.html"]
    numbers = [line.number for line in pages[0].lines]
    assert numbers == [*range(11, 16)]
    assert (pages[0].lines[0].skipped, pages[0].rest) == (10, LINES - 15)
    text = dict(render_site(book, make_head()))["files/far.a.html"]
    assert "10 lines not shown" in text
    assert "only the declarations that are used are shown" in text


@pytest.mark.parametrize("line", ["x" * 200_000, "1 " * 200, '"' * 500])
def test_a_page_of_a_hostile_file_stays_small(line: str) -> None:
    book, file = FakeBook(), SourceFile("a.gai", f"{line}\n" * LINES)
    shelve_line(book, file, "o", 1)
    text = dict(render_site(book, make_head()))["files/a.gai.html"]
    assert len(text) < 1_000_000
    assert text.count("<") < 20_000


def test_a_long_value_beside_a_line_is_cut() -> None:
    book, file = FakeBook(), SourceFile("a.gai", "let o = 1 kg\nlet o = 2 kg\n")
    shelve_line(book, file, "o" * 500, 1)
    shelve_line(book, file, "p" * 500, 1)
    (page,) = files.build_file_pages(list_of(book, file))
    assert [len(mark.text) for mark in page.lines[0].marks] == [files.LONGEST_MARK + 1]
    assert page.lines[0].hidden == 1


@pytest.mark.parametrize("name", ['a"><b>.gai', "../a.gai", "COM1.gai", "a b/c.gai", "std.hardware.gai"])
def test_an_unusual_name_has_a_plain_address(name: str) -> None:
    address = addresses.page_of_file(name, 1, shipped=False)
    assert address.startswith("files/")
    assert address.removeprefix("files/").isascii()
    assert not set(address.removeprefix("files/")) & set('"<> /\\#?')
    assert address != addresses.page_of_file("stdlib/hardware.gai", 1, shipped=True)


@pytest.fixture(scope="module", params=["genai_job", "support_assistant", "web_shop"])
def model_site(request: pytest.FixtureRequest, repository: Path) -> dict[str, str]:
    model = repository / "models" / f"{request.param}.gai"
    outcome = build_model(model)
    assert outcome.ledger is not None
    return {name: text for name, text in site_files(outcome, model, outcome.ledger) if isinstance(text, str)}


@pytest.mark.slow
def test_every_link_of_a_model_leads_somewhere(model_site: dict[str, str]) -> None:
    pages = {name: read_page(text, texts=False) for name, text in model_site.items() if name.endswith(".html")}
    assert broken_links(pages, model_site) == []
    for name, page in pages.items():
        assert page.balanced, name
        assert len(page.ids) == len(set(page.ids)), name


@pytest.mark.slow
def test_pages_of_files_and_registers_are_small(model_site: dict[str, str]) -> None:
    for name, text in model_site.items():
        if name.startswith("files/") or ("/" not in name and name.endswith(".html")):
            assert len(text.encode()) <= 250_000, name
            assert text.count("</") <= 8_000, name
