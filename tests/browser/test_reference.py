"""The reference, opened from disk in a real browser that may reach nothing else."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.browser.scripts import WEAK_TEXTS
from tests.browser.test_pages import write_site
from tests.browser.watching import open_context, watch_page, widest
from tests.unit.report.references import library_reference, project_reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

WIDTHS = (400, 1280)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("library"), library_reference())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("project"), project_reference())


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    yield from watch_page(browser)


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_of_the_library_scrolls_sideways(library: Path, watch: Watch, width: int) -> None:
    watch.page.set_viewport_size({"width": width, "height": 800})
    # Pages of one sort are made alike: the few of their own sort, the largest, and a fifth of the others stand for all.
    pages = sorted(library.rglob("*.html"))
    largest = sorted(pages, key=lambda path: path.stat().st_size)[-5:]
    chosen = {*library.glob("*.html"), *largest, *pages[::5]}
    wide = {path.name: found for path in sorted(chosen) if (found := widest(watch.open(path))) > width}
    assert wide == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_words_run_nothing_and_break_no_frame(project: Path, watch: Watch, width: int) -> None:
    watch.page.set_viewport_size({"width": width, "height": 800})
    for folder in ("own", "modules", "."):
        for path in sorted((project / folder).glob("*.html")):
            if not path.name.startswith("std."):
                assert widest(watch.open(path)) <= width, path.name
    watch.page.fill("#page-search", "kettle")
    watch.page.wait_for_selector(".found a")
    assert watch.faults == []


def test_an_attribute_is_found_with_the_keyboard_alone(library: Path, watch: Watch) -> None:
    page = watch.open(library / "index.html")
    page.keyboard.press("/")
    page.keyboard.type("gpu_latency_alpha")
    page.wait_for_selector(".found a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kinds/std.genai.genai_model.html#gpu_latency_alpha")
    place = page.locator("#gpu_latency_alpha")
    assert place.locator("h3").inner_text() == "gpu_latency_alpha"
    box = place.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


def test_formulas_are_laid_out(library: Path, watch: Watch) -> None:
    page = watch.open(library / "kinds" / "std.servers.any_server.html")
    height = "element => element.getBoundingClientRect().height"
    line = float(page.locator("#use_footprint math mi").first.evaluate(height))
    assert float(page.locator("#nb_of_instances_by_ram mfrac").evaluate(height)) > 1.6 * line
    sigma = page.locator("#hour_by_hour_ram_need munder")
    parts = sigma.evaluate("element => Array.from(element.children).map(c => c.getBoundingClientRect().y)")
    assert parts[1] > parts[0], "the members stand below the sign"
    rows = page.locator("#nb_of_instances mtable.cases > mtr")
    assert rows.count() == 3
    tops = [row.bounding_box() for row in rows.all()]
    assert all(first["y"] < second["y"] for first, second in itertools.pairwise(tops) if first and second)


def test_a_name_in_a_formula_leads_to_its_place(library: Path, watch: Watch) -> None:
    page = watch.open(library / "kinds" / "std.servers.any_server.html")
    page.locator("#hour_by_hour_ram_need math a", has_text="ram needed").click()
    page.wait_for_url("**/kinds/std.jobs.any_job.html#ram_needed")
    page.locator("#ram_needed a.place").click()
    page.wait_for_url("**/source/jobs.html#L*")
    assert "ram_needed" in page.locator(":target").inner_text()


def test_pages_read_without_scripts(library: Path, browser: Browser) -> None:
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto((library / "index.html").as_uri())
    assert page.locator("form.search").is_hidden()
    page.locator("a").get_by_text("gpu_server", exact=True).first.click()
    assert page.locator("h1").inner_text() == "GPU server"
    assert page.locator("math").first.bounding_box() is not None
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_have_contrast(library: Path, browser: Browser, scheme: str) -> None:
    context = open_context(browser, color_scheme=scheme)
    page = context.new_page()
    for name in ("index.html", "units.html", "kinds/std.genai.genai_model.html", "modules/std.grid.html"):
        page.goto((library / name).as_uri())
        assert page.evaluate(WEAK_TEXTS) == []
    context.close()
