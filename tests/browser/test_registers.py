"""Search over every address and source listings, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.report.site import render_site
from tests.browser.scripts import WEAK_TEXTS
from tests.browser.test_pages import write_site
from tests.browser.watching import Watch, open_context
from tests.unit.report.example import make_book
from tests.unit.report.texts import make_head
from tests.unit.report.weights import make_influences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

REGISTERS = ("sources.html", "assumptions.html", "quality.html", "scope.html", "files.html", "files/support.gai.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = make_book()
    influences = make_influences(book, {"farm.pue": 0.4, "farm.power": 0.6})
    return write_site(tmp_path_factory.mktemp("registers"), dict(render_site(book, make_head(), influences)))


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    context = open_context(browser, viewport={"width": 1280, "height": 900})
    watch = Watch(context.new_page())
    yield watch.open(site / "index.html")
    context.close()
    assert watch.faults == []


def found(page: Page, query: str) -> list[str]:
    page.fill("#page-search", query)
    page.wait_for_selector(".found p:not(:text-is('0 found'))")
    return page.locator(".found a code").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("farm.pue", "farm.pue"),
        ("pue", "farm.pue"),
        ("answer", "answer"),
        ("data quality", "Data quality"),
        ("support.gai", "support.gai"),
        ("ecologits", "std.sources.ecologits"),
        ("hourly_occurrences_per_usage_pattern[night]", "answer.hourly_occurrences_per_usage_pattern[night]"),
    ],
)
def test_what_is_named_comes_first(page: Page, query: str, first: str) -> None:
    assert found(page, query)[0] == first


def test_words_that_mean_the_same_are_found_by_each_other(page: Page) -> None:
    assert "farm.instances_manufacturing_footprint" in found(page, "embodied")
    assert "farm.instances_manufacturing_footprint" in found(page, "fabric")


def test_a_line_is_shown_from_its_link(page: Page, site: Path) -> None:
    page.goto((site / "objects" / "farm.html").as_uri())
    page.locator("a.place[href$='support.gai.html#L19']").first.click()
    page.wait_for_url("**/files/support.gai.html#L19")
    line = page.locator("#L19")
    assert line.bounding_box() is not None
    assert "pue   = 1.12 to 1.25" in line.inner_text()
    line.locator("a").click()
    page.wait_for_url("**/objects/farm.html#pue")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_registers_have_contrast(site: Path, browser: Browser, scheme: str) -> None:
    context = open_context(browser, color_scheme=scheme)
    page = context.new_page()
    for name in REGISTERS:
        page.goto((site / name).as_uri())
        assert page.evaluate(WEAK_TEXTS) == [], name
    context.close()
