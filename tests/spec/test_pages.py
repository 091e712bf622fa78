"""The pages of the language reference are found, begin with what they are for, and link to what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.spec.test_spec import PAGES

HERE = Path(__file__).parent
README = HERE / "README.md"
PROGRAM = re.compile(r"^```\w*\n.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]*)\)")
HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)
ANCHOR = re.compile(r'<a id="(?P<name>[^"]+)">')
ROW = re.compile(r"^\| \[(?P<name>\w+)\]\((?P<target>[^)]+)\) \|", re.MULTILINE)


def prose_of(page: Path) -> str:
    """The text of a page without its programs."""
    return PROGRAM.sub("", page.read_text(encoding="utf-8"))


def anchors_of(page: Path) -> list[str]:
    """What a link may point to on a page: headings, as sites make anchors of them, and written anchors."""
    text = prose_of(page)
    titles = (re.sub(r"[^\w\- ]", "", found["title"].lower()).strip() for found in HEADING.finditer(text))
    return [*(title.replace(" ", "-") for title in titles), *(found["name"] for found in ANCHOR.finditer(text))]


def links_of(page: Path) -> list[str]:
    """The targets of all links of a page."""
    return [found["target"] for found in LINK.finditer(re.sub(r"`[^`\n]*`", "code", prose_of(page)))]


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in links_of(page):
        name, _, anchor = target.partition("#")
        there = page if not name else (page.parent / name).resolve()
        assert there.is_file(), target
        assert not anchor or anchor in anchors_of(there), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_anchors_are_said_once(page: Path) -> None:
    anchors = anchors_of(page)
    assert sorted(set(anchors)) == sorted(anchors)


def test_the_table_has_every_page_once() -> None:
    rows = [(found["name"], found["target"]) for found in ROW.finditer(README.read_text(encoding="utf-8"))]
    assert sorted(rows) == sorted((page.stem, page.name) for page in PAGES)


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: page.stem)
def test_a_page_begins_with_its_title_and_what_it_is_for(page: Path) -> None:
    title, opening, *_ = page.read_text(encoding="utf-8").split("\n\n")
    assert re.fullmatch(r"# [A-Z].*", title)
    assert re.match(r"[A-Z`]", opening), "a sentence says what the page is for"
    assert opening.rstrip().endswith((".", ":"))
