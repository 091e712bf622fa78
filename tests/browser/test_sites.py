"""Whole sites of real models, opened from disk in a browser that may reach nothing else, as their readers use them."""

from __future__ import annotations

import io
import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from gaic.report.addresses import page_of
from tests.browser import scripts
from tests.browser.watching import NARROW, WIDE, check_access, layout_faults, open_context, read_axe, watch_page
from tests.site.building import MODELS, list_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.watching import Watch
    from tests.site.building import BuiltSite, Sites

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPENED = (*MODELS, "hostile")


# Tests of one site run on one processor, so that each site is built once.
@pytest.fixture(scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in OPENED])
def site(request: pytest.FixtureRequest, sites: Sites) -> BuiltSite:
    built: BuiltSite = sites(request.param)
    return built


@pytest.fixture
def watch(browser: Browser, site: BuiltSite) -> Iterator[Watch]:
    yield from watch_page(browser, site.folder, bypass_csp=True)  # else axe-core could not be put into the page


@pytest.fixture
def strict(browser: Browser, site: BuiltSite) -> Iterator[Watch]:
    yield from watch_page(browser, site.folder)


def choose_pages(folder: Path) -> list[Path]:
    """Pages that stand for all: at the root of a site all, in every folder of it the largest and a tenth of the others.

    Pages of one sort are made alike. Which of the others are taken follows from their number alone.
    """
    names = list_pages(folder)
    inner = [name for name in names if "/" in name]
    sizes = {name: (folder / name).stat().st_size for name in inner}
    parts = {name.rpartition("/")[0] for name in inner}
    large = {max((n for n in inner if n.rpartition("/")[0] == part), key=sizes.__getitem__) for part in parts}
    others = [name for name in inner if name not in large]
    drawn = random.Random(len(names)).sample(others, len(others) // 10)
    return [folder / name for name in names if "/" not in name or name in large or name in drawn]


def test_every_page_opens_without_a_word_and_breaks_no_box(site: BuiltSite, strict: Watch) -> None:
    found: dict[str, list[str]] = {}
    for name in list_pages(site.folder):
        page = strict.open(site.folder / name)
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]  # a size
            if faults := layout_faults(page, size["width"]):
                found[f"{name} at {size['width']}"] = faults
    assert found == {}
    assert strict.faults == []


def test_opened_details_fit_a_narrow_window(site: BuiltSite, strict: Watch) -> None:
    strict.page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a size
    for path in choose_pages(site.folder):
        page = strict.open(path)
        page.evaluate(scripts.OPEN_DETAILS)
        assert layout_faults(page, NARROW["width"]) == [], path.name


def test_pages_are_accessible_in_every_light(site: BuiltSite, watch: Watch) -> None:
    """WCAG 2.2, levels A and AA, as far as axe-core can tell; of the object pages the largest and a share."""
    axe = read_axe()
    found = {path.name: faults for path in choose_pages(site.folder) if (faults := check_access(watch.open(path), axe))}
    assert found == {}


def test_forced_colours_are_those_of_the_reader(site: BuiltSite, strict: Watch) -> None:
    """The browser forces them on text and borders, on a drawing only the page itself can."""
    objects = [path for path in choose_pages(site.folder) if path.parent.name == "objects"]
    page = strict.open(max(objects, key=lambda path: path.stat().st_size))
    page.emulate_media(color_scheme="dark", forced_colors="active")
    read = "(elements, name) => Array.from(new Set(elements.map(e => getComputedStyle(e)[name])))"
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    ink = page.evaluate("getComputedStyle(document.querySelector('main a:not(.node)')).color")
    assert page.locator("a.node rect").evaluate_all(read, "fill") == [canvas]
    assert page.locator("a.node text").evaluate_all(read, "fill") == [ink]


def test_pages_read_the_same_without_scripts(site: BuiltSite, browser: Browser, strict: Watch) -> None:
    context = open_context(browser, java_script_enabled=False, viewport=WIDE)
    plain = context.new_page()
    for path in choose_pages(site.folder):
        plain.goto(path.as_uri())
        page = strict.open(path)
        assert plain.locator("main").inner_text() == page.locator("main").inner_text(), path.name
        assert plain.locator("form.search").is_hidden()
        assert page.locator("form.search").is_visible()
    context.close()


def test_every_address_is_the_first_that_the_search_finds(site: BuiltSite, strict: Watch) -> None:
    page = strict.open(site.folder / "index.html")
    page.focus("#page-search")
    page.wait_for_function("document.scripts.length > 1")
    page.fill("#page-search", "a")
    page.wait_for_selector(".found a")
    places: dict[str, list[str]] = {path: [place] for path, place in sorted(site.places.items())}
    for path in site.results["objects"]:  # an object of one value may have its path
        places.setdefault(path, []).append(page_of(path))
    assert page.evaluate(scripts.SEARCH_ALL, list(places.items())) == []


def test_every_sort_of_address_is_reached_with_the_keyboard_alone(site: BuiltSite, strict: Watch) -> None:
    for path in _sorts_of_addresses(site):
        page = strict.open(site.folder / "index.html")
        page.keyboard.press("/")
        page.keyboard.type(path)
        page.wait_for_selector(".found a")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent").startswith(path)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{site.places[path]}")
        place = page.locator(":target")
        assert place.count() == 1, path
        box = place.bounding_box()
        assert box is not None, path
        assert -1 <= box["y"] < WIDE["height"], path


def _sorts_of_addresses(site: BuiltSite) -> list[str]:
    """A value of each sort: role, shape, whether it is a member, of the library, of an unnamed object."""
    sorts: dict[tuple[object, ...], str] = {}
    for path, object_ in site.results["objects"].items():
        for name, attribute in object_["attributes"].items():
            shape = attribute["value"]["shape"]
            table = shape == "table"
            whole = f"{path}.{name}"
            found = [p for p in site.places if p.startswith(f"{whole}[")] if table else [whole]
            sort = (attribute["role"], shape, path.startswith("std."), "[" in path)
            for value in found[-1:]:
                if value in site.places:
                    sorts.setdefault(sort, value)
    assert len(sorts) > 3
    return list(sorts.values())


def test_a_dark_page_prints_light_with_formulas_and_trees(site: BuiltSite, browser: Browser) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is part of the extra `dev`")
    context = open_context(browser, color_scheme="dark", viewport=WIDE)
    page = context.new_page()
    names = [name for name in list_pages(site.folder) if name.startswith("objects/")]
    middle = sorted(names, key=lambda name: (site.folder / name).stat().st_size)[len(names) // 2]
    page.goto((site.folder / middle).as_uri())
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    wanted = page.evaluate(scripts.PRINTED_WORDS)
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(print_background=True)))
    text = _squeeze("".join(sheet.extract_text() for sheet in printed.pages))
    assert wanted["formulas"]
    assert [word for word in wanted["formulas"] if _squeeze(word) not in text] == []
    assert [path for path in wanted["trees"] if _squeeze(path) not in text] == []
    inks = {ink for sheet in printed.pages for ink in _inks_of_text(sheet, pypdf)}
    assert len(inks) > 2
    assert [ink for ink in inks if _contrast_to_white(ink) < 4.5] == []
    context.close()


def _squeeze(text: str) -> str:
    """Only letters, digits and `_`: a print breaks lines anywhere and sets signs in its own order."""
    return re.sub(r"\W+", "", text)


def _inks_of_text(sheet: Any, pypdf: Any) -> Iterator[tuple[float, ...]]:
    """The colours that a printed page writes text in."""
    stack: list[tuple[float, ...]] = []
    ink: tuple[float, ...] = (0.0, 0.0, 0.0)
    for operands, operator in pypdf.generic.ContentStream(sheet.get_contents(), sheet.pdf).operations:
        match operator:
            case b"q":
                stack.append(ink)
            case b"Q":
                ink = stack.pop()
            case b"rg":
                ink = tuple(map(float, operands))
            case b"g":
                ink = (float(operands[0]),) * 3
            case b"Tj" | b"TJ":
                yield ink
            case _:
                pass


def _contrast_to_white(ink: tuple[float, ...]) -> float:
    """The contrast of WCAG 2.2."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in ink)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_what_the_checks_look_for_is_found(site: BuiltSite, watch: Watch) -> None:
    """A page made worse on purpose: a checker that sees nothing would let everything pass."""
    page: Page = watch.open(site.folder / "index.html")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a size
    page.evaluate(
        """() => {
          const main = document.querySelector('main');
          main.insertAdjacentHTML('beforeend', '<p class="pale">pale words</p><button></button>');
          document.querySelector('.pale').style = 'color: #ccc; background: #fff; white-space: nowrap; width: 9rem';
          document.querySelector('.pale').textContent = 'pale '.repeat(60);
        }"""
    )
    faults = layout_faults(page, NARROW["width"])
    assert any(fault.endswith("pixels wide") for fault in faults)
    assert any(fault.startswith("p.pale holds") for fault in faults)
    found = " ".join(check_access(page, read_axe()))
    assert "color-contrast" in found
    assert "button-name" in found
