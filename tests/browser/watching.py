"""A page that is watched: every request, complaint and dialog is noted, and nothing but files of a site may be had."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}
FOREIGN = re.compile(r"^(?!file:|data:)")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# How a reader may have set the machine; in forced colours the page has the reader's own, dark ones here.
SCHEMES: Mapping[str, Mapping[str, str]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}


class Watch:
    """A page with everything that it asked for or complained about; `root` is the folder that it may read."""

    def __init__(self, page: Page, root: Path | None = None) -> None:
        self.page = page
        self.root = root
        self.faults: list[str] = []
        page.on("console", lambda message: self.faults.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", self._refuse_dialog)
        page.on("popup", lambda _: self.faults.append("popup"))
        page.on("download", lambda _: self.faults.append("download"))
        page.on("request", self._note_request)
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))

    def open(self, path: Path, fragment: str = "") -> Page:
        """Load a page from the disk."""
        self.page.goto(path.as_uri() + fragment)
        return self.page

    def _refuse_dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        inside = request.url.startswith("file:" if self.root is None else self.root.as_uri())
        if not inside and not request.url.startswith("data:"):
            self.faults.append(f"request: {request.url}")


def open_context(browser: Browser, **options: Any) -> BrowserContext:
    """A fresh context that reaches nothing but the disk."""
    context = browser.new_context(offline=True, **options)
    context.route(FOREIGN, _refuse)
    return context


def _refuse(route: Route) -> None:
    route.abort()


def watch_page(browser: Browser, root: Path | None = None, **options: Any) -> Iterator[Watch]:
    """A watched page in a context of its own, to be closed by the fixture that yields from this."""
    context = open_context(browser, **{"viewport": WIDE, **options})
    watch = Watch(context.new_page(), root)
    yield watch
    context.close()
    assert watch.faults == []


def widest(page: Page) -> int:
    """Pixels that the page takes from left to right."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def layout_faults(page: Page, width: int) -> list[str]:
    """What breaks its frame: a page that scrolls sideways, text beside its box or beyond the window."""
    taken = widest(page)
    wide = [f"{taken} pixels wide"] if taken > width else []
    return [*wide, *page.evaluate(scripts.SPILLED_TEXTS), *page.evaluate(scripts.SPILLED_BOXES)]


def read_axe() -> str:
    """The script of axe-core, as a package of the extra `dev` carries it."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is part of the extra `dev`")
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def check_access(page: Page, axe: str) -> list[str]:
    """What axe-core finds on the page with every `details` open, in all schemes.

    All rules but those of colour run over the whole page, once. Colour follows from the names and classes of an
    element and those around it: two elements of each such sort stand for all, in every scheme.
    """
    page.evaluate(scripts.OPEN_DETAILS)
    page.evaluate(axe)
    page.evaluate(scripts.CORRECT_ROLES)
    found = [f"any: {fault}" for fault in page.evaluate(scripts.CHECK_RULES, list(RULES))]
    assert page.evaluate(scripts.CHOOSE_TEXTS) > 0
    for name, media in SCHEMES.items():
        page.emulate_media(**media)  # type: ignore[arg-type]  # words of playwright
        found += [f"{name}: {fault}" for fault in page.evaluate(scripts.CHECK_COLOURS)]
    page.emulate_media(color_scheme="light", forced_colors="none")
    return found
