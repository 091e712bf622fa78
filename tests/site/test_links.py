"""Every link leads somewhere, every value has an address, and no page names anything outside its own folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.site.building import MATHML, MODELS, SVG, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site.building import BuiltSite, ReadPage, Sites

pytestmark = pytest.mark.xdist_group("sites")

LINKED = (*MODELS, "hostile")
OUTSIDE = re.compile(r"https?://")
# Attributes that name elements of the same page: one, or several with blanks between.
REFERENCES = ("for", "aria-controls", "aria-labelledby", "aria-describedby", "aria-owns", "headers", "list")
LOCAL = re.compile(r"url\(#([^)]*)\)")


@pytest.mark.parametrize("name", LINKED)
def test_every_link_and_every_fragment_resolves(sites: Sites, name: str) -> None:
    site = sites(name)
    assert [fault for page in site.pages.values() for fault in _broken_links(site, page)] == []


@pytest.mark.parametrize("name", LINKED)
def test_every_reference_inside_a_page_resolves(sites: Sites, name: str) -> None:
    for page in sites(name).pages.values():
        there = set(page.identifiers)
        assert [found for found in _references(page) if found not in there] == [], page.name


@pytest.mark.parametrize("name", LINKED)
def test_pages_load_only_files_beside_them(sites: Sites, name: str) -> None:
    """A link that is followed may lead to the web; what a page loads by itself may not."""
    site = sites(name)
    for page in site.pages.values():
        loaded = [e.attrib.get("href", "") for e in page.find("link")]
        loaded += [
            e.attrib[key] for e in page.root.iter() for key in ("src", "srcset", "poster", "data") if key in e.attrib
        ]
        for address in loaded:
            assert address == "data:," or place_of(page.name, address) in ("style.css", "site.js", "search.js"), (
                page.name
            )
    style = (site.folder / "style.css").read_text(encoding="utf-8")
    assert not re.search(r"url\(|@import", style)


@pytest.mark.parametrize("name", LINKED)
def test_every_value_and_every_object_has_its_place(sites: Sites, name: str) -> None:
    site = sites(name)
    assert site.places.keys() == site.read.keys()
    assert [place for place in site.places.values() if not _resolves(site, "index.html", place)] == []
    shared = {path: place for path, place in site.places.items() if place not in site.paths}
    assert [path for path, place in shared.items() if not path.endswith("]") or f".{_name(place)}[" not in path] == []
    assert len(shared) < 0.05 * len(site.places), "few values share an address: the last members of long tables"
    linked = {place_of(page.name, link.attrib["href"]) for page in site.pages.values() for link in page.find("a")}
    assert site.pages.keys() <= linked | {"index.html"}, "no page leads there"


def test_a_broken_link_is_noticed(sites: Sites) -> None:
    site = sites("genai_job")
    page = site.pages["index.html"]
    assert _resolves(site, page.name, "objects/answer.html#request_duration")
    assert not _resolves(site, page.name, "objects/answer.html#request_durations")
    assert not _resolves(site, page.name, "objects/nothing.html")
    assert not _resolves(site, page.name, "../secret.html")


def _broken_links(site: BuiltSite, page: ReadPage) -> Iterator[tuple[str, str]]:
    for element in page.root.iter():
        tag = str(element.tag)
        if tag in ("a", "area", f"{SVG}a") or tag.startswith(MATHML):
            address = element.attrib.get("href")
            if address is not None and not OUTSIDE.match(address) and not _resolves(site, page.name, address):
                yield page.name, address


def _name(place: str) -> str:
    return place.partition("#")[2]


def _references(page: ReadPage) -> Iterator[str]:
    for element in page.root.iter():
        for name, value in element.attrib.items():
            if name in REFERENCES:
                yield from value.split()
            yield from LOCAL.findall(value)


def _resolves(site: BuiltSite, page: str, address: str) -> bool:
    """Say whether the address leads to a file of the site, and to a place on it if it names one."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", address):
        return False
    file, _, fragment = place_of(page, address).partition("#")
    if file not in site.pages:
        return not fragment and not file.startswith("..") and (site.folder / file).is_file()
    return not fragment or fragment in site.pages[file].identifiers
