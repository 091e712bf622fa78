"""Every page, opened from disk in a real browser that may reach nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gaic.report.site import render_site
from tests.unit.report.example import make_book, make_sensitivity
from tests.unit.report.test_site import make_hostile_site
from tests.unit.report.texts import make_head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.conftest import Command

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


class Watch:
    """A page with everything that it asked for or complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", lambda message: self.faults.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        page.on("request", self._note_request)

    def _note_request(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith(("file:", "data:")):
            self.faults.append(f"request: {url}")

    def open(self, path: Path, fragment: str = "") -> Page:
        self.page.goto(path.as_uri() + fragment)
        return self.page


def open_context(browser: Browser, **options: object) -> BrowserContext:
    return browser.new_context(offline=True, **options)  # type: ignore[arg-type]  # names of playwright


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    context = open_context(browser, viewport={"width": 1280, "height": 900})
    watch = Watch(context.new_page())
    yield watch
    context.close()
    assert watch.faults == []


def widest(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_opens_without_a_request_and_fits_its_window(site: Path, watch: Watch, width: int) -> None:
    watch.page.set_viewport_size({"width": width, "height": 800})
    for path in sorted(site.rglob("*.html")):
        assert widest(watch.open(path)) <= width, path.name
    assert watch.faults == []


@pytest.mark.slow
@pytest.mark.parametrize("model", ["genai_job", "support_assistant"])
def test_pages_of_the_models_open_without_a_request(
    model: str, models: Path, gaic_command: Command, watch: Watch
) -> None:
    done = gaic_command("build", models / f"{model}.gai", "-o", models / "site")
    assert done.returncode == 0, done.stderr
    pages = sorted((models / "site").rglob("*.html"))
    assert len(pages) > 10
    for width in WIDTHS:
        watch.page.set_viewport_size({"width": width, "height": 800})
        for path in pages:
            page = watch.open(path)
            assert widest(page) <= width, path.name
            assert page.evaluate(SPILLED_TEXTS) == []
            assert page.evaluate(OVERLAPS) == 0
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


# Texts whose contrast to what is behind them is below 4.5 (WCAG 2.2, 1.4.3); behind an SVG text is its box or the page.
WEAK_TEXTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const read = color => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data);
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    const tile = element.closest('a.node');
    if (tile) return read(getComputedStyle(tile.querySelector('rect')).fill);
    for (let at = element; at; at = at.parentElement) {
      const color = read(getComputedStyle(at).backgroundColor);
      if (color[3] > 250) return color;
    }
    return read('white');
  };
  const weak = new Set();
  for (const element of document.querySelectorAll('body *')) {
    const own = Array.from(element.childNodes).some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || element.closest('title') || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const ink = read(element.tagName === 'text' ? style.fill : style.color);
    const [a, b] = [light(ink), light(behind(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) weak.add(element.tagName + '.' + element.getAttribute('class'));
  }
  return Array.from(weak);
}"""

SPILLED_TEXTS = """() => Array.from(document.querySelectorAll('a.node text'))
  .filter(text => text.getBBox().width > text.parentElement.querySelector('rect').getBBox().width - 4)
  .map(text => text.textContent)"""

OVERLAPS = """() => Array.from(document.querySelectorAll('svg.graph')).map(svg => {
  const boxes = Array.from(svg.querySelectorAll('rect')).map(rect => rect.getBoundingClientRect());
  return boxes.filter((a, i) => boxes.slice(0, i).some(b =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
}).reduce((sum, found) => sum + found, 0)"""
