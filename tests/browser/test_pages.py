"""Every page, opened from disk in a real browser that may reach nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.report.site import render_site
from tests.browser.scripts import OVERLAPS, SPILLED_TEXTS, WEAK_TEXTS
from tests.browser.watching import open_context, watch_page, widest
from tests.unit.report.example import make_book
from tests.unit.report.fake_sensitivity import make_sensitivity
from tests.unit.report.test_site import make_hostile_site
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

WIDTHS = (320, 400, 1280)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = make_book()
    pages = dict(render_site(book, make_head(), sensitivity=make_sensitivity(book)))
    return write_site(tmp_path_factory.mktemp("site"), pages)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("hostile"), make_hostile_site())


def write_site(root: Path, texts: Mapping[str, str]) -> Path:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    return root


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    yield from watch_page(browser)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_opens_without_a_request_and_fits_its_window(site: Path, watch: Watch, width: int) -> None:
    watch.page.set_viewport_size({"width": width, "height": 800})
    for path in sorted(site.rglob("*.html")):
        assert widest(watch.open(path)) <= width, path.name
    assert watch.faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_words_run_nothing_and_break_no_frame(hostile_site: Path, watch: Watch, width: int) -> None:
    watch.page.set_viewport_size({"width": width, "height": 800})
    for path in sorted(hostile_site.rglob("*.html")):
        assert widest(watch.open(path)) <= width, path.name
    watch.page.fill("#page-search", "script")
    watch.page.wait_for_selector(".found a")
    assert watch.faults == []


def test_pages_read_without_scripts(site: Path, browser: Browser) -> None:
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "objects" / "answer.html").as_uri())
    assert page.locator("h1").inner_text() == "Answer one question"
    assert page.locator("form.search").is_hidden()
    assert page.locator("button.theme").is_hidden()
    page.locator("a.node[href='assistant.html#bits_per_token']").first.click()
    assert page.url.endswith("objects/assistant.html#bits_per_token")
    context.close()


def test_a_value_is_found_with_the_keyboard_alone(site: Path, watch: Watch) -> None:
    page = watch.open(site / "objects" / "farm.html")
    page.keyboard.press("/")
    page.keyboard.type("request dura")
    page.wait_for_selector(".found a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/objects/answer.html#request_duration")


def test_escape_and_enter_in_the_search(site: Path, watch: Watch) -> None:
    page = watch.open(site / "index.html")
    page.fill("#page-search", "farm.pue")
    page.wait_for_selector(".found a")
    page.keyboard.press("Escape")
    assert page.locator(".found").is_hidden()
    page.fill("#page-search", "no such thing")
    assert page.locator(".found").inner_text() == "0 found"
    page.fill("#page-search", "farm.pue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/objects/farm.html#pue")


def test_the_light_can_be_switched_and_stays_so(site: Path, watch: Watch) -> None:
    page = watch.open(site / "index.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.click("button.theme")
    dark = page.evaluate(paper)
    assert dark == "rgb(20, 23, 28)"
    assert watch.open(site / "sources.html").evaluate(paper) == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_have_contrast(site: Path, browser: Browser, scheme: str) -> None:
    context = open_context(browser, color_scheme=scheme)
    page = context.new_page()
    for name in ("index.html", "sources.html", "objects/farm.html"):
        page.goto((site / name).as_uri())
        assert page.evaluate(WEAK_TEXTS) == []
    context.close()


def test_a_dark_page_prints_light_with_its_trees(site: Path, browser: Browser) -> None:
    context = open_context(browser, color_scheme="dark")
    page = context.new_page()
    page.goto((site / "objects" / "farm.html").as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("details.tree li").first.bounding_box() is not None
    context.close()


def test_a_box_shows_its_edges(site: Path, watch: Watch) -> None:
    page = watch.open(site / "objects" / "answer.html")
    page.locator("a.node[href='assistant.html#bits_per_token']").first.hover()
    lit = page.locator(".edges path.lit")
    assert lit.count() == 1
    boxes = page.locator("svg.graph").first.locator("a.node")
    ends = (lit.get_attribute("data-e") or "").split()
    assert boxes.nth(int(ends[0])).get_attribute("href") == "assistant.html#bits_per_token"


def test_drawn_boxes_do_not_overlap_and_hold_their_text(site: Path, watch: Watch) -> None:
    for name in ("farm", "answer", "per_ticket"):
        page = watch.open(site / "objects" / f"{name}.html")
        assert page.evaluate(SPILLED_TEXTS) == []
        assert page.evaluate(OVERLAPS) == 0
